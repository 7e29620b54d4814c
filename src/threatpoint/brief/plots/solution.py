"""Charts of one solution: who loses, what trade moves, and the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import altair as alt
import numpy as np

from threatpoint import words
from threatpoint.brief import world_map
from threatpoint.brief.plots.land import shapes
from threatpoint.brief.plots.look import OTHERS, TOUCHED, Caption, bars, finished, in_money
from threatpoint.brief.theme import LIGHT
from threatpoint.equilibrium.changes import trade_changes
from threatpoint.equilibrium.results import country_rows, largest, touched_codes
from threatpoint.errors import ConvergenceError, PolicyError

if TYPE_CHECKING:
    from threatpoint.equilibrium.solution import Solution
    from threatpoint.policy.scope import Selector

Measure = Literal["percent", "money"]
TOP = 12


def require_top(top: object) -> int:
    """A number of rows above 0; raises `PolicyError`."""
    if isinstance(top, bool) or not isinstance(top, int) or top < 1:
        raise PolicyError(f"top is {top!r}; give a whole number of rows, 1 or more")
    return top


class SolutionPlots:
    """Charts of a solution; raises `ConvergenceError` where there is no equilibrium to draw."""

    def __init__(self, solution: Solution) -> None:
        if not solution.status.converged:
            raise ConvergenceError(f"nothing to draw, {solution.status}", solution.status)
        self._solution = solution
        self._economy = solution.table

    def __repr__(self) -> str:
        return "charts: .welfare(top=12), .trade(importer=...), .map(); save with .save('x.png')"

    @property
    def _when(self) -> str:
        return words.when(self._solution.calibration.elasticities.horizon)

    def welfare(self, top: int = TOP, measure: Measure = "percent") -> Any:
        """Change in real income of those who lose and gain most, the largest loss first.

        Args:
            top: about so many; who the policy touches is never left out where that is a few.
            measure: "percent" of real income, or "money" a year.

        Raises:
            PolicyError: another measure, or no number of rows.
        """
        key = _key(measure)
        rows = largest(
            self._solution, country_rows(self._solution), require_top(top), "real_income"
        )
        rows.sort(key=lambda row: row[key])
        hit = touched_codes(self._solution)
        drawn = [
            {
                "name": row["name"],
                "value": row[key],
                "shown": words.percent(row[key], True),
                "role": TOUCHED if row["country"] in hit else OTHERS,
            }
            for row in rows
            if np.isfinite(row[key])
        ]
        unit = "%"
        if measure == "money":
            drawn, unit = in_money(drawn, self._economy.unit)
        caption = Caption(self._worst(drawn), f"Change in real income {self._when}, {unit}")
        return bars(drawn, caption, f"Change in real income, {unit}")

    def _worst(self, drawn: list[dict[str, Any]]) -> str:
        """The finding: who loses most of those shown."""
        first = drawn[0] if drawn else {"value": 0.0}
        if first["value"] >= 0:
            return "Nobody loses"
        return f"{first['name']} loses most: {first['shown']}"

    def trade(
        self,
        importer: Selector | None = None,
        exporter: Selector | None = None,
        sector: Selector | None = None,
        top: int = TOP,
    ) -> Any:
        """Largest changes of trade: by partner of an importer or exporter, else by pair.

        Args:
            importer: who buys: code, name or group.
            exporter: who sells; likewise.
            sector: codes, names, "goods", "services" or "all"; None: all.
            top: so many partners.

        Raises:
            PolicyError: unknown words, with the nearest name; no flow.
        """
        by = tuple(
            axis
            for axis, side, other in (
                ("importer", importer, exporter), ("exporter", exporter, importer)
            )
            if side is None or other is not None
        )  # fmt: skip
        table = trade_changes(self._solution, importer, exporter, sector, by)
        rows = sorted(table.rows[: require_top(top)], key=lambda row: row["change"])
        drawn = [
            {
                "name": _flow(row),
                "value": row["change"],
                "role": OTHERS,
            }
            for row in rows
        ]
        drawn, unit = in_money(drawn, table.unit)
        return bars(drawn, Caption(_moves(drawn), f"{table.caption}, {unit}"), f"Change, {unit}")

    def map(self) -> Any:
        """The world map of changes in real income, in five classes."""
        codes, percent = self._economy.countries, self._solution.welfare.percent
        known = {c: float(x) for c, x in zip(codes, percent, strict=True) if np.isfinite(x)}
        found = world_map.limits(known.values())
        rows = shapes(self._economy, known, found)
        classes = world_map.legend_words(found)
        colours = [LIGHT[name] for name in world_map.CLASSES]
        lowest = min(known, key=lambda code: known[code])
        name = self._economy.names.get(lowest, lowest)
        title = (
            f"{name} loses most: {words.percent(known[lowest], True)}"
            if known[lowest] < 0
            else "Nobody loses"
        )
        width, height = world_map.shipped()["size"]
        base = alt.Chart(alt.Data(values=rows)).mark_geoshape(
            stroke=LIGHT["paper"], strokeWidth=0.5
        )
        drawn = base.encode(
            color=alt.condition(
                "datum.properties.class != null",
                alt.Color(
                    "properties.class:N",
                    scale=alt.Scale(domain=classes, range=colours),
                    legend=alt.Legend(columns=5, symbolType="square"),
                ),
                alt.value(LIGHT["panel"]),
            ),
            tooltip=[
                alt.Tooltip("properties.name:N", title=" "),
                alt.Tooltip("properties.shown:N", title="Change"),
            ],
        ).project(type="identity")
        measure = f"Change in real income {self._when}, %; outlines: Natural Earth"
        return finished(drawn.properties(width=width, height=height), Caption(title, measure))


def _key(measure: str) -> str:
    if measure not in ("percent", "money"):
        raise PolicyError(f"unknown measure {measure!r}; known: percent, money")
    return f"real_income_{measure}"


def _flow(row: Any) -> str:
    """'China', or 'United States from China'."""
    if "importer_name" in row and "exporter_name" in row:
        return f"{row['importer_name']} from {row['exporter_name']}"
    return row.get("importer_name") or row["exporter_name"]


def _moves(drawn: list[dict[str, Any]]) -> str:
    """The finding: what moves most."""
    if not drawn:
        return "No trade moves"
    most = max(drawn, key=lambda row: abs(row["value"]))
    return f"{most['name']}: {most['shown']}, the largest change"
