"""The layout of the chart of losses: a line an economy, a dot a horizon, one scale."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from threatpoint.brief import svg
from threatpoint.brief.scale import Scale

Row = Mapping[str, Any]
WIDTH, TOP, PITCH = 400, 30, 26
"""Pixels of the drawing, above the rows, and of a row."""
NAMES = (118, 140, 162)
"""Pixels of the names: the first into which each goes in two lines."""
DOTS = {"last": (svg.dot, 2.6), "middle": (svg.ring, 3.9), "first": (svg.dot, 5.4)}
"""Mark and radius of a horizon, the last drawn on top."""


def has_range(row: Row) -> bool:
    """There is a range to draw."""
    return math.isfinite(row["low"]) and math.isfinite(row["high"])


@dataclass(frozen=True)
class Losses:
    """The layout of the losses.

    Attributes:
        rows: in their order.
        names: lines of each name.
        head: lines of the head of the numbers.
        tops: upper end of each row, and the lower end of the last.
        scale: of the values.
    """

    rows: Sequence[Row]
    names: Sequence[Sequence[str]]
    head: Sequence[str]
    tops: Sequence[float]
    scale: Scale

    @classmethod
    def of(cls, rows: Sequence[Row], head: str) -> Losses:
        """As wide and as high as names and numbers need it."""
        left, names = _named(rows)
        heads = svg.wrapped(head, 84, 11.5)
        right = max(svg.widest(heads, 11.5), svg.widest([r["label"] for r in rows], 13, True))
        tops: list[float] = [TOP]
        for name in names:
            tops.append(tops[-1] + max(PITCH, 12.7 * len(name) + 6 * (len(name) > 2)))
        values = [row[k] for row in rows for k in ("first", "middle", "last", "low", "high")]
        scale = Scale.over(values, left + 8, WIDTH - svg.EDGE - right - 8, 8)
        return cls(rows, names, heads, tops, scale)

    def drawn(self) -> svg.Drawn:
        """The picture."""
        rows = [mark for n in range(len(self.rows)) for mark in self.row(n)]
        return (WIDTH, self.tops[-1]), [*self.axis(), *rows]

    def axis(self) -> list[str]:
        """Grid, zero line, the numbers above, and the head of the numbers of the rows."""
        end, found = self.tops[-1] - 2, []
        for value, words in self.scale.ticks():
            x = self.scale.at(value)
            found.append(svg.line((x, TOP - 6), (x, end), "ink" if not value else "line"))
            found += [svg.text(x, 18, words, 12, colour="muted", anchor="middle")] if words else []
        for n, words in enumerate(reversed(self.head)):
            y, right = 18 - 11 * n, WIDTH - svg.EDGE
            found.append(svg.text(right, y, words, 11.5, colour="muted", anchor="end"))
        return found

    def row(self, n: int) -> list[str]:
        """Name, range, dots (the first on top) and number."""
        row, at, y = self.rows[n], self.scale.at, (self.tops[n] + self.tops[n + 1]) / 2
        own, name = row["role"] == "sender", self.names[n]
        size = 13 if len(name) == 1 else 11.5
        found = svg.lines(svg.EDGE, y, [(words, size, "ink", own) for words in name])
        if has_range(row):
            found.append(svg.spread(at(row["low"]), at(row["high"]), y, row["role"]))
        for key, (mark, radius) in DOTS.items():
            if math.isfinite(row[key]):
                found.append(mark(at(row[key]), y, row["role"], radius))
        right = WIDTH - svg.EDGE
        return [*found, svg.text(right, y + 4.5, row["label"], 13, bold=True, anchor="end")]


def _named(rows: Sequence[Row]) -> tuple[float, list[list[str]]]:
    """Width of the names and their lines, in full size where one line is enough."""
    found: list[list[str]] = []
    for width in NAMES:
        found = [_lines(row["name"], width, row["role"] == "sender") for row in rows]
        if max(map(len, found), default=1) <= 2:
            return width, found
    return NAMES[-1], found


def _lines(name: str, width: float, bold: bool) -> list[str]:
    """A name in one line of full size, or in lines of a smaller one."""
    whole = svg.reserve(name, 13, bold) <= width - svg.EDGE
    return [name] if whole else svg.wrapped(name, width - svg.EDGE, 11.5, bold)
