"""Lines of marks with their names and numbers, on wide and on narrow charts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from threatpoint.brief.theme import COLOURS, GLYPH, NARROW, ROLES, alt

Row = Mapping[str, Any]
KEYS = ("name", "role", "value", "low", "high", "label", "ring", "panel")
LEADING = 14
"""Pixels from a line of a name to the next."""


@dataclass(frozen=True)
class Plot:
    """Lines of marks: names on the left, or on narrow charts above the marks; numbers.

    Attributes:
        rows: with what is narrow put in place.
        width: pixels of the drawing.
        numbers: "beside" the plot, "above" the marks, or at the "ends" of bars.
        left: pixels for the names.
        inner: pixels for the marks.
    """

    rows: list[dict[str, Any]]
    width: int
    numbers: str
    left: int
    inner: int

    @classmethod
    def of(cls, rows: Iterable[Row], width: int, numbers: str = "") -> Plot:
        """With room for names and numbers as they need it; numbers above on narrow charts alone."""
        numbers = numbers or ("beside" if width > NARROW else "above")
        found = [_fitted(row, width) for row in rows]
        names, right = (max(len(row[key]) for row in found) * GLYPH for key in ("name", "label"))
        left = int(min(names + 10, 300)) if width > NARROW else 0
        taken = {"beside": left + int(right) + 26, "above": 16, "ends": left + 10}[numbers]
        return cls(found, width, numbers, left, width - taken)

    def drawn(self, *layers: Any) -> Any:
        """The layers with names and numbers, of the height they need."""
        lines = max(len(self.above(row)) for row in self.rows)
        chart = alt.layer(*layers, *self._names(lines), *self._numbers())
        step = 22 if self.width > NARROW else 37 + LEADING * (lines - 1)
        return chart.properties(width=self.inner, height=alt.Step(step))

    def axis(self, unit: str = "", **more: Any) -> Any:
        """The axis of the values, on top."""
        look: Row = {"format": ",.3~f", "labelExpr": f"datum.label + '{unit}'", "orient": "top"}
        room = {"tickCount": max(self.inner // 90, 3), "offset": 0 if self.width > NARROW else 10}
        return alt.Axis(**{**look, **room, **more})

    def marks(self) -> Any:
        """A chart of the rows that have a value."""
        return self._chart([row for row in self.rows if math.isfinite(row["value"])])

    def above(self, row: Row) -> list[str]:
        """The name from its last line up, each short enough to leave room for its numbers."""
        taken = len(row["label"]) + 2 if self.numbers == "above" else 0
        letters = int((self.width - 16) / GLYPH) - taken
        return (wrap(row["name"], max(letters, 16)) or [""])[::-1]

    def _chart(self, rows: Sequence[Row]) -> Any:
        """A chart of rows, a line a name in the order of all rows."""
        axis = alt.Axis(
            title=None, labelLimit=self.left, minExtent=self.left, maxExtent=self.left,
            labelPadding=8, labelColor=COLOURS["ink"], grid=False,
        )  # fmt: skip
        order = list(dict.fromkeys(row["name"] for row in self.rows))
        y = alt.Y("name:N", sort=order, axis=axis if self.width > NARROW else None)
        return alt.Chart(alt.Data(values=list(rows))).encode(y=y)

    def _each(self) -> list[dict[str, Any]]:
        """One row a name, with the lines of the name and the numbers as texts."""
        found = {row["name"]: row for row in self.rows}
        return [
            {key: row[key] for key in ("name", "label")}
            | {f"above{n}": line for n, line in enumerate(self.above(row))}
            for row in found.values()
        ]

    def _names(self, lines: int) -> list[Any]:
        """Names above the marks, on narrow charts."""
        found = []
        for n in range(lines if self.width <= NARROW else 0):
            chart = self._chart([row for row in self._each() if f"above{n}" in row])
            look = {"align": "left", "dy": -15 - LEADING * n, "x": 0}
            found += _haloed(chart, f"above{n}:N", "muted", **look)
        return found

    def _numbers(self) -> list[Any]:
        """The numbers of each line."""
        chart = self._chart(self._each())
        if self.numbers == "above":
            return _haloed(chart, "label:N", "ink", align="right", dy=-15, x=self.inner)
        text = chart.mark_text(align="left", color=COLOURS["ink"], x=self.inner + 12)
        return [text.encode(text="label:N")] if self.numbers == "beside" else []


def _haloed(chart: Any, text: str, colour: str, **look: Any) -> list[Any]:
    """A text on a halo of paper, for letters that stand on marks."""
    paper = {"color": COLOURS["paper"], "stroke": COLOURS["paper"], "strokeWidth": 7}
    looks = (look | paper, look | {"color": COLOURS[colour]})
    return [chart.mark_text(**each).encode(text=text) for each in looks]


def _fitted(row: Row, width: int) -> dict[str, Any]:
    """What is drawn of a row at a width; its range is its value by default."""
    row = narrowed(row, width)
    value = row.get("value", math.nan)
    given = {key: row[key] for key in KEYS if key in row}
    return {"low": value, "high": value} | given


def by_role() -> Any:
    """The colour of a role, the same everywhere."""
    scale = alt.Scale(domain=list(ROLES), range=[COLOURS[role] for role in ROLES])
    return alt.Color("role:N", scale=scale, legend=None)


def narrowed(row: Row, width: int) -> Row:
    """The row with the keys that differ on narrow charts put in place on those."""
    return {**row, **row.get("narrow", {})} if width <= NARROW else row
