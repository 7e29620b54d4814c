"""The layout of shares: a row a group of inputs, a column a headline, darker where it is more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from threatpoint.brief import svg
from threatpoint.brief.dots_layout import heights, name_lines, named
from threatpoint.brief.theme import WIDE

HEAD, LEAD, NUMBER = 11, 12, 12.5
"""Size of heads, from a line of a head to the next, and size of numbers."""
NAMES, NARROW_NAMES = (270,), (140,)
"""Pixels of the names of rows."""
PALE = 0.6
"""Opacity of a cell that carries all: ink reads on it."""
TINY = 0.005
"""Part below which a cell stays empty."""
GAP = 3
"""Pixels between cells."""
Row = tuple[str, Sequence[float]]
"""Words, and the part in each column, 0 to 1."""


def shares(rows: Sequence[Row], heads: Sequence[str], width: float = WIDE) -> svg.Drawn:
    """The picture.

    Args:
        rows: in their order.
        heads: above the columns.
        width: pixels.
    """
    widths = NAMES if width >= WIDE else NARROW_NAMES
    left, names = named([(name, False) for name, _ in rows], widths)
    pitch = (width - left - svg.EDGE) / len(heads)
    lines = [svg.wrapped(head, pitch - GAP, HEAD) for head in heads]
    top = 10.0 + LEAD * max(map(len, lines))
    tops = heights([len(name) for name in names], top)
    middles = [left + pitch * (n + 0.5) for n in range(len(heads))]
    marks = [mark for x, words in zip(middles, lines, strict=True) for mark in _head(x, top, words)]
    for n, (_, parts) in enumerate(rows):
        marks += name_lines(names[n], (tops[n] + tops[n + 1]) / 2)
        for x, part in zip(middles, parts, strict=True):
            marks += _cell(part, x, tops[n], (pitch - GAP, tops[n + 1] - tops[n] - GAP))
    return (width, tops[-1] + 2), marks


def _head(x: float, top: float, words: Sequence[str]) -> Iterator[str]:
    """The lines of a head, the last just above the first row."""
    for n, line in enumerate(reversed(words)):
        yield svg.text(x, top - 6 - LEAD * n, line, HEAD, colour="muted", anchor="middle")


def _cell(part: float, x: float, top: float, size: tuple[float, float]) -> Iterator[str]:
    """A part as a box and a whole number of percent; nothing below a half percent."""
    wide, high = size
    yield svg.box(x - wide / 2, top, wide, high, "panel")
    if part < TINY:
        return
    yield svg.box(x - wide / 2, top, wide, high, "third", PALE * min(part, 1.0))
    text = f"{100 * part:.0f}"
    yield svg.text(x, top + high / 2 + 4.5, text, NUMBER, anchor="middle", bold=part >= 0.5)
