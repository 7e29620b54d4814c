"""The layout of a heat map of pairs: a row and a column each, the more colour the more it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from threatpoint.brief import svg
from threatpoint.brief.dots_layout import name_lines, named
from threatpoint.brief.theme import WIDE

NAMES, NARROW_NAMES = (150,), (34,)
"""Pixels of the names of rows, and of their codes."""
TOP, HEAD, LOW, HIGH = 20, 11, 22, 30
"""Pixels above the rows, size of heads, and height of a row without numbers and with them."""
LARGE, SMALL = 12.5, 9.5
"""Sizes of a number, in a wide drawing and in a narrow one."""
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
    left, lines = named(
        [(n, False) for n in (names if wide else codes)], NAMES if wide else NARROW_NAMES
    )
    pitch, size = (width - left - svg.EDGE) / len(codes), LARGE if wide else SMALL
    numbered = all(_fits(cell, pitch, size) for row in rows for cell in row)
    high = HIGH if numbered else LOW
    marks = [
        svg.text(
            left + pitch * (k + 0.5),
            TOP - 6,
            code,
            HEAD if wide else SMALL,
            colour="muted",
            anchor="middle",
        )
        for k, code in enumerate(codes)
    ]
    for k, row in enumerate(rows):
        top = TOP + high * k
        marks += name_lines(lines[k], top + high / 2)
        for m, cell in enumerate(row):
            at = (left + pitch * m, top, pitch - GAP, high - GAP)
            marks += _cell(cell, at, size if numbered else 0)
    return (width, TOP + high * len(rows) + 2), marks


def _fits(cell: Cell | None, pitch: float, size: float) -> bool:
    return cell is None or svg.reserve(cell.number, size) <= pitch


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
