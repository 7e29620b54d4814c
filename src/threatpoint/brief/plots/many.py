"""Charts of many solutions: real income along the members, such as rates of a tariff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import altair as alt

from threatpoint import words
from threatpoint.brief.plots.look import WIDTH, Caption, finished
from threatpoint.brief.theme import LIGHT
from threatpoint.equilibrium.results import together
from threatpoint.errors import ConvergenceError
from threatpoint.policy.scope import listed, member_codes
from threatpoint.world.places import code_of, name_of

if TYPE_CHECKING:
    from threatpoint.equilibrium.solution import Solution
    from threatpoint.equilibrium.solutions import Solutions
    from threatpoint.policy.scope import Selector

MOST, HEIGHT = 4, 240
COLOURS = [LIGHT[name] for name in ("sender", "target", "third", "gain-2", "loss-1", "gain-1")]


class SolutionsPlots:
    """Charts of the members that have an equilibrium."""

    def __init__(self, many: Solutions) -> None:
        self._solved = {label: one for label, one in many.items() if one.status.converged}
        if not self._solved:
            raise ConvergenceError("nothing to draw: no member has an equilibrium")

    def __repr__(self) -> str:
        return "charts: .welfare(of=(...), label='tariff rate'); save with .save('x.png')"

    def welfare(self, of: Selector | None = None, label: str = "member") -> Any:
        """Change in real income along the members, a line an economy or group.

        Args:
            of: codes, names or groups; None: the four that the members move most.
            label: what the labels of the members are, for the axis.

        Raises:
            PolicyError: unknown words, with the nearest name.
        """
        first = next(iter(self._solved.values()))
        sides = self._most(first) if of is None else _sides(first, listed(of, "of"))
        rows = [
            {
                "member": _plain(key),
                "name": name,
                "value": value,
                "shown": words.percent(value, True),
            }
            for name, codes in sides.items()
            for key, one in self._solved.items()
            for value, _ in [together(one, codes)]
        ]
        number = all(isinstance(row["member"], float) for row in rows)
        when = words.when(first.calibration.elasticities.horizon)
        return _lines(rows, list(sides), "Q" if number else "N", label, when)

    def _most(self, first: Solution) -> dict[str, tuple[str, ...]]:
        """Those with the largest change in money in any member."""
        codes, names = first.table.countries, first.table.names
        size = {
            code: max(abs(float(one.welfare.usd[n])) for one in self._solved.values())
            for n, code in enumerate(codes)
        }
        ranked = sorted(codes, key=lambda code: -size[code])[:MOST]
        return {names.get(code, code): (code,) for code in ranked}


def _sides(first: Solution, given: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Name -> members of each economy or group that is asked for."""
    economy = first.table
    found = {word: member_codes(economy, (word,), "of") for word in given}
    return {name_of(code_of(word, economy) or word, economy): c for word, c in found.items()}


def _plain(label: object) -> float | str:
    """A label as the axis takes it."""
    is_number = isinstance(label, int | float) and not isinstance(label, bool)
    return float(label) if is_number else str(label)  # type: ignore[arg-type]


def _short(label: float | str) -> str:
    """A label as the title takes it: 0.6, not 0.6000000000000001."""
    return label if isinstance(label, str) else f"{label:.6g}"


def _lines(rows: list[dict[str, Any]], names: list[str], kind: str, label: str, when: str) -> Any:
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X(f"member:{kind}", title=label, sort=None),
        y=alt.Y("value:Q", title="Change in real income, %"),
        color=alt.Color("name:N", scale=alt.Scale(domain=names, range=COLOURS), sort=names),
        tooltip=[alt.Tooltip(f"member:{kind}", title=label), "name:N", "shown:N"],
    )
    zero = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=LIGHT["ink"])
    drawn = alt.layer(
        zero.encode(y="zero:Q"), base.mark_line(strokeWidth=2), base.mark_circle(size=45, opacity=1)
    )
    worst = min(rows, key=lambda row: row["value"])
    title = f"{worst['name']} loses most, {worst['shown']}, at {label} {_short(worst['member'])}"
    caption = Caption(
        title if worst["value"] < 0 else "Nobody of those shown loses",
        f"Change in real income, %, {when}, by {label}",
    )
    return finished(drawn.properties(width=WIDTH, height=HEIGHT), caption)
