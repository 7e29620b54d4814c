"""The tiles of the chart of options: one column a target, its name above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from threatpoint.brief import option_marks as marks
from threatpoint.brief import svg
from threatpoint.brief.option_marks import HEAD, TILE, Row

FEW, AREA = 4, 124
"""So many columns are few; least width of their part, pixels."""


@dataclass(frozen=True)
class Columns:
    """The tiles of a wide chart: one column a target, at the right.

    Attributes:
        names: of the targets.
        pitch: pixels from a column to the next.
        left, right: where their part begins and ends.
    """

    names: Sequence[str]
    pitch: float
    left: float
    right: float

    @classmethod
    def of(cls, rows: Sequence[Row], right: float) -> Columns:
        """As many columns as the rows have tiles."""
        names = next(([t["target"] for t in row["tiles"]] for row in rows if row["tiles"]), [])
        labels = svg.widest([t["label"] for row in rows for t in row["tiles"]], TILE)
        pitch = max(58.0 if len(names) <= FEW else 52.0, labels + 8)
        return cls(names, pitch, right - max(len(names) * pitch, AREA), right)

    @property
    def middle(self) -> float:
        """Of their part."""
        return (self.left + self.right) / 2

    def centre(self, n: int) -> float:
        """Of a column."""
        return self.middle + (n - (len(self.names) - 1) / 2) * self.pitch

    def tiles(self, row: Row, middle: float) -> list[str]:
        """The tiles of a row, or the words that stand in their place."""
        size = (self.pitch - 4, 28)
        found = [
            mark
            for n, tile in enumerate(row["tiles"])
            for mark in marks.tile(tile, self.centre(n), middle, size, [tile["label"]])
        ]
        texts = svg.wrapped(row["instead"], self.right - self.left - 4, TILE)
        return found or list(marks.words(self.middle, middle, texts, "muted"))

    def heads(self, title: str) -> tuple[float, list[str]]:
        """What the tiles say, a line, the names of the targets; and the pixels they take."""
        if not self.names:
            return 0.0, []
        texts = svg.wrapped(title, self.right - self.left - 4, HEAD)
        found = [
            svg.text(self.middle, 11 + 13 * n, words, HEAD, colour="muted", anchor="middle")
            for n, words in enumerate(texts)
        ]
        y = 13.0 * len(texts) + 4
        found.append(svg.line((self.left + 2, y), (self.right - 2, y), "line"))
        for level in self._levels():
            for x, name in level:
                found += [
                    svg.text(x, y + 13 + 12 * n, words, HEAD, colour="muted", anchor="middle")
                    for n, words in enumerate(name)
                ]
            y += 12.0 * max(len(name) for _, name in level)
        return y + 6, found

    def _levels(self) -> list[list[tuple[float, list[str]]]]:
        """Names at one level where the columns are wide enough for their words, else at two."""
        many = len(self.names)
        slot = max(self.pitch, AREA / many) - 4
        longest = svg.widest([word for name in self.names for word in name.split(" ")], HEAD)
        if longest <= slot:
            return [[(self.centre(n), self._split(n, slot)) for n in range(many)]]
        return [[self._staggered(n) for n in range(first, many, 2)] for first in (1, 0)]

    def _staggered(self, n: int) -> tuple[float, list[str]]:
        """A name over two columns, moved in at the ends."""
        ends = {0: self.pitch / 4, len(self.names) - 1: -self.pitch / 4}
        name = self._split(n, 1.5 * self.pitch - 2 if n in ends else 2 * self.pitch - 6)
        return self.centre(n) + ends.get(n, 0.0), name

    def _split(self, n: int, width: float) -> list[str]:
        return svg.wrapped(self.names[n], width, HEAD)
