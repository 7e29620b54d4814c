"""The layout of a heat map of pairs: a row and a column each, the more colour the more it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from threatpoint.brief import svg
from threatpoint.brief.dots_layout import name_lines, named
from threatpoint.brief.theme import WIDE

NAMES, CODES = (150,), (34, 60, 100)
"""Pixels of the names of rows, and of their codes in a narrow drawing."""
LOW, HIGH, LEAD = 22, 30, 11
"""Height of a row without numbers and with them, and from a line of a head to the next."""
LARGE, SMALL = 12.5, 9.5
"""Sizes of a number and of a head, in a wide drawing and in a narrow one."""
GAP = 2
"""Pixels between cells."""
PALE, DEEP = 0.06, 0.45
"""Opacity of a cell of next to nothing, and of one that has most: ink reads on both."""
MORE, LESS = "gain-2", "loss-2"
"""Colours of cells above and below the middle."""


class Cell(NamedTuple):
    """A cell.

    Attributes:
        shade: -1 to 1; its sign is the colour, its size how much of it.
        number: in words; "" where nothing is known.
    """

    shade: float
    number: str


def heat(
    names: Sequence[str],
    codes: Sequence[str],
    rows: Sequence[Sequence[Cell | None]],
    width: float = WIDE,
) -> svg.Drawn:
    """The picture.

    Args:
        names: of the rows, in a wide drawing.
        codes: above the columns, which are in the order of the rows.
        rows: the cells of each; None is left blank.
        width: pixels.
    """
    wide = width >= WIDE
    left, lines = named([(n, False) for n in (names if wide else codes)], NAMES if wide else CODES)
    pitch, size = (width - left - svg.EDGE) / len(codes), LARGE if wide else SMALL
    numbered = all(_fits(cell, pitch, size) for row in rows for cell in row)
    heads = [svg.wrapped(code, pitch, min(size, LEAD)) for code in codes]
    top, high = 9.0 + LEAD * max(map(len, heads)), float(HIGH if numbered else LOW)
    marks: list[str] = []
    for k, head in enumerate(heads):
        marks += _head(left + pitch * (k + 0.5), top, head, min(size, LEAD))
    for k, row in enumerate(rows):
        y = top + high * k
        marks += name_lines(lines[k], y + high / 2)
        for m, cell in enumerate(row):
            at = (left + pitch * m, y, pitch - GAP, high - GAP)
            marks += _cell(cell, at, size if numbered else 0)
    return (width, top + high * len(rows) + 2), marks


def _fits(cell: Cell | None, pitch: float, size: float) -> bool:
    return cell is None or svg.reserve(cell.number, size) <= pitch


def _head(x: float, top: float, lines: Sequence[str], size: float) -> Iterator[str]:
    """The lines above a column, the last just above the first row."""
    for n, line in enumerate(reversed(lines)):
        yield svg.text(x, top - 6 - LEAD * n, line, size, colour="muted", anchor="middle")


def _cell(cell: Cell | None, at: tuple[float, float, float, float], size: float) -> Iterator[str]:
    """A box and its number; an empty one on the diagonal."""
    x, y, wide, high = at
    yield svg.box(x, y, wide, high, "panel")
    if cell is None or not cell.number:
        return
    shade = PALE + (DEEP - PALE) * min(abs(cell.shade), 1.0)
    yield svg.box(x, y, wide, high, MORE if cell.shade >= 0 else LESS, shade)
    if size:
        yield svg.text(x + wide / 2, y + high / 2 + size * 0.36, cell.number, size, anchor="middle")
