"""Charts of draws: the range of what an act does to economies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from threatpoint import words
from threatpoint.brief.plots.look import PITCH, WIDTH, Caption, finished
from threatpoint.brief.plots.solution import TOP, require_top
from threatpoint.brief.theme import LIGHT
from threatpoint.errors import PolicyError, require_label
from threatpoint.spread import ENDS, Spread

if TYPE_CHECKING:
    from threatpoint.analysis.chain import Chain


class ChainPlots:
    """Charts of a situation in draws."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain

    def __repr__(self) -> str:
        return "charts: .losses(act='', top=12); save with .save('x.png')"

    def losses(self, act: str = "", top: int = TOP) -> Any:
        """Change in real income if something is done: the middle draw, and 90 of 100.

        Args:
            act: a key of `chain.worlds.acts`; "": the threat made first, carried out on all.
            top: so many economies, the largest changes in money.

        Raises:
            PolicyError: an unknown act, or no number of rows.
        """
        worlds = self._chain.worlds
        known = require_label("act", act or self._first(), worlds.acts, PolicyError)
        at = worlds.at(known)
        size = np.abs(np.nanmedian(worlds.money[:, at], axis=0))
        kept = np.argsort(-size, kind="stable")[: require_top(top)]
        rows = sorted((self._row(at, int(n)) for n in kept), key=lambda row: row["value"])
        when = words.when(self._chain.asked.horizon)
        measure = f"Change in real income {when}, %: the middle draw and 90 of 100 draws"
        first = rows[0]
        title = (
            f"{first['name']} loses most: {first['shown']}"
            if first["value"] < 0
            else "Nobody loses"
        )
        return _ranges(rows, Caption(title, f"{measure}; {known}"))

    def _first(self) -> str:
        """The threat made first on all; any act where nobody is threatened."""
        threats = self._chain.threats
        return threats[0].all_hit if threats else next(iter(self._chain.worlds.acts), "")

    def _row(self, at: int, n: int) -> dict[str, Any]:
        worlds = self._chain.worlds
        spread, code = Spread(worlds.percent[:, at, n]), worlds.economy.countries[n]
        low, high = (spread.at(end) for end in ENDS)
        shown = words.percent(spread.median, True)
        name = worlds.economy.names.get(code, code)
        return {"name": name, "value": spread.median, "low": low, "high": high, "shown": shown}


def _ranges(rows: list[dict[str, Any]], caption: Caption) -> Any:
    order = [row["name"] for row in rows]
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("name:N", sort=order, title=None, axis=alt.Axis(grid=False, labelPadding=8))
    )
    tips = [alt.Tooltip(f"{key}:{kind}") for key, kind in (("name", "N"), ("shown", "N"))]
    bar = base.mark_rule(strokeWidth=4, opacity=0.4, color=LIGHT["target"])
    dot = base.mark_circle(size=90, opacity=1, color=LIGHT["target"])
    axis = alt.X("low:Q", title="Change in real income, %")
    zero = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=LIGHT["ink"])
    drawn = alt.layer(
        zero.encode(x="zero:Q"),
        bar.encode(x=axis, x2="high:Q", tooltip=tips),
        dot.encode(x="value:Q", tooltip=tips),
    )
    return finished(drawn.properties(width=WIDTH, height=PITCH * max(len(rows), 1)), caption)
