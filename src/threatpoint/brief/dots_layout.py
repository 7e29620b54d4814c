"""The layout of dots: a line a name, dots and ranges on one scale, numbers at the right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from threatpoint.brief import svg
from threatpoint.brief.scale import Scale

WIDTH, TOP, PITCH = 400, 30, 26
"""Pixels of the drawing, above the lines, and of a line."""
NAMES, LONG = (118, 140, 162), (270,)
"""Pixels of the names: the first into which each goes in two lines; in a wider drawing."""
KINDS = ("first", "middle", "last")
"""Kinds of dots, the largest first: a filled one, a ring, a small one; "bar" is one from zero."""
MARKS = {"first": (svg.dot, 5.4), "middle": (svg.ring, 3.9), "last": (svg.dot, 2.6)}
"""Kind -> mark and radius."""
SMALL, HEAD, LEAD = 11.5, 11.5, 12
"""Size of a name in several lines, and of a head; from a line of a head to the next."""


@dataclass(frozen=True)
class Line:
    """One line of dots.

    Attributes:
        name: on the left.
        dots: kind, role and number of each, the first on top; NaN is not drawn.
        ranges: role, lowest and highest; NaN is not drawn.
        numbers: at the right, in words, one a column.
        bold: the name.
    """

    name: str
    dots: Sequence[tuple[str, str, float]]
    ranges: Sequence[tuple[str, float, float]] = ()
    numbers: Sequence[str] = ()
    bold: bool = False

    @classmethod
    def of(
        cls,
        name: str,
        role: str,
        values: Sequence[float],
        label: str,
        ends: tuple[float, float] = (math.nan, math.nan),
    ) -> Line:
        """Dots of one role, at most three; number and range are of the first."""
        found = [(kind, role, value) for kind, value in zip(KINDS, values, strict=False)]
        return cls(name, found, [(role, *ends)], [label], role == "sender")

    @property
    def values(self) -> list[float]:
        """All that is drawn."""
        return [v for *_, v in self.dots] + [v for _, *ends in self.ranges for v in ends]


def dots(
    lines: Sequence[Line],
    heads: Sequence[str] = ("",),
    signed: bool = True,
    width: float = WIDTH,
    over: Sequence[float] = (),
) -> svg.Drawn:
    """The picture.

    Args:
        lines: in their order, with the same columns of numbers each.
        heads: of the columns of numbers.
        signed: the numbers of the axis have a plus.
        width: pixels.
        over: numbers that the scale has room for, besides those of the lines.
    """
    _, names = _named(lines, width)
    columns, _ = _columns(lines, heads, width)
    top = TOP + LEAD * (max((len(head) for _, head in columns), default=1) - 1)
    tops = heights([len(name) for name in names], top)
    scale = scale_of(lines, heads, width, over)
    marks = axis(scale, top, tops[-1] - 2, signed)
    for x, head in columns:
        marks += _head(x, top - 12, head)
    for n, line in enumerate(lines):
        y = (tops[n] + tops[n + 1]) / 2
        marks += name_lines(names[n], y, line.bold)
        marks += _marks(line, y, scale)
        marks += [
            svg.text(x, y + 4.5, words, bold=True, anchor="end")
            for (x, _), words in zip(columns, line.numbers, strict=True)
            if words
        ]
    return (width, tops[-1]), marks


def scale_of(
    lines: Sequence[Line], heads: Sequence[str], width: float = WIDTH, over: Sequence[float] = ()
) -> Scale:
    """The scale of `dots`."""
    left, right = _named(lines, width)[0], _columns(lines, heads, width)[1]
    values = [*over, *(value for line in lines for value in line.values)]
    return Scale.over(values, left + 8, right - 8, 8)


def axis(scale: Scale, top: float, bottom: float, signed: bool) -> list[str]:
    """Grid, zero line, and the numbers above."""
    found: list[str] = []
    for value, words in scale.ticks(signed):
        x = scale.at(value)
        found.append(svg.line((x, top - 6), (x, bottom), "line" if value else "ink"))
        if words:
            found.append(svg.text(x, top - 12, words, 12, colour="muted", anchor="middle"))
    return found


def _marks(line: Line, y: float, scale: Scale) -> list[str]:
    """Ranges, then dots, the first one on top."""
    found = [
        svg.spread(scale.at(low), scale.at(high), y, role)
        for role, low, high in line.ranges
        if math.isfinite(low) and math.isfinite(high)
    ]
    for kind, role, value in reversed(line.dots):
        if math.isfinite(value):
            x = scale.at(value)
            bar = kind == "bar"
            found.append(svg.bar(scale.at(0), x, y, role) if bar else dot(kind, x, y, role))
    return found


def dot(kind: str, x: float, y: float, role: str) -> str:
    """The mark of a kind."""
    mark, radius = MARKS[kind]
    return mark(x, y, role, radius)


def _columns(
    lines: Sequence[Line], heads: Sequence[str], width: float
) -> tuple[list[tuple[float, list[str]]], float]:
    """Right end and lines of the head of each column of numbers, and where the first begins."""
    found: list[tuple[float, list[str]]] = []
    right = float(width - svg.EDGE)
    for n in reversed(range(len(heads))):
        head = svg.wrapped(heads[n], 84, HEAD)
        found.insert(0, (right, head))
        numbers = svg.widest([line.numbers[n] for line in lines], 13, True)
        right -= max(svg.widest(head, HEAD), numbers) + 10
    return found, right + 10


def _head(x: float, y: float, texts: Sequence[str]) -> list[str]:
    """The lines of a head, the last beside the numbers of the axis."""
    return [
        svg.text(x, y - LEAD * n, words, HEAD, colour="muted", anchor="end")
        for n, words in enumerate(reversed(texts))
    ]


# -- names -------------------------------------------------------------------------------------


def named(
    names: Sequence[tuple[str, bool]], widths: Sequence[float] = NAMES
) -> tuple[float, list[list[str]]]:
    """Width of the names (words, bold) and the lines of each."""
    found: list[list[str]] = []
    for width in widths:
        found = [_split(name, width - svg.EDGE, bold) for name, bold in names]
        if max(map(len, found), default=1) <= 2:
            return width, found
    return widths[-1], found


def _named(lines: Sequence[Line], width: float) -> tuple[float, list[list[str]]]:
    """Of the lines of a picture so wide."""
    return named([(line.name, line.bold) for line in lines], NAMES if width <= WIDTH else LONG)


def _split(name: str, width: float, bold: bool) -> list[str]:
    """A name in one line of full size, or in lines of a smaller one."""
    whole = svg.reserve(name, 13, bold) <= width
    return [name] if whole else svg.wrapped(name, width, SMALL, bold)


def heights(lines: Sequence[int], top: float = TOP) -> list[float]:
    """Upper end of each row by the lines of its name, and the lower end of the last."""
    tops = [float(top)]
    for many in lines:
        tops.append(tops[-1] + max(PITCH, 12.7 * many + 5))
    return tops


def name_lines(name: Sequence[str], y: float, bold: bool = False) -> list[str]:
    """A name around the middle of its row."""
    size = 13.0 if len(name) == 1 else SMALL
    return svg.lines(svg.EDGE, y, [(words, size, "ink", bold) for words in name])
