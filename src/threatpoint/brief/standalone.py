"""A figure as a file of its own: its words inside the picture, in the plain colours of paper."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from threatpoint.brief import svg
from threatpoint.brief.theme import LIGHT

if TYPE_CHECKING:
    from threatpoint.brief.charts import Figure

FONT = "Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
PLAIN = LIGHT | {"sans": FONT}
"""Variable -> what stands in its place."""
MARGIN, LEAST = 16, 400
"""Pixels around, and least width for the words."""
TITLE, SUB, SMALL = 16, 13, 12
"""Sizes of the title, of subtitle and legend, of note and source."""
GAP = 14
"""Pixels between two marks of the legend."""
PNG = b"\x89PNG\r\n\x1a\n"
"""How the file begins."""
SCALE = 2
"""Pixels of the PNG for one of the drawing."""


def standalone(figure: Figure) -> str:
    """Title, subtitle, legend, drawing, note and source as one SVG without variables."""
    wide, high = svg.frame(figure.wide)
    width = max(wide, LEAST)
    head, y = _stacked(figure.title, TITLE, "ink", width, MARGIN, bold=True)
    more, y = _stacked(figure.subtitle, SUB, "muted", width, y + 2)
    legend, y = _legend(figure.legend, width, y)
    drawing = _nested(figure.wide, y + 8)
    note, y = _stacked(figure.note, SMALL, "muted", width, y + high + 16)
    source, y = _stacked(figure.source, SMALL, "muted", width, y)
    parts = "".join((*head, *more, *legend, drawing, *note, *source))
    total, tall = svg.px(width + 2 * MARGIN), svg.px(y + MARGIN)
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{total}" height="{tall}" '
        f'viewBox="0 0 {total} {tall}" role="img" font-family="{FONT}">'
        f"<title>{escape(figure.title)}</title>"
        f'<rect width="{total}" height="{tall}" style="fill:var(--paper)"/>{parts}</svg>\n'
    )
    return plain(text)


def has_png() -> bool:
    """Whether the package that makes a PNG of a drawing is installed; pages go without."""
    from importlib.util import find_spec

    return find_spec("vl_convert") is not None


def require_png(what: str) -> None:
    """Refuse pictures where the package is missing; raises `MissingExtraError`."""
    from threatpoint.errors import require_extra

    require_extra("brief", what, "vl_convert")


def png(figure: Figure) -> bytes:
    """The same as a PNG, two pixels for one.

    Raises:
        MissingExtraError: the extra "brief" is not installed.
    """
    require_png("pictures")
    import vl_convert

    return packed(vl_convert.svg_to_png(standalone(figure), scale=SCALE))


def packed(data: bytes) -> bytes:
    """The same PNG, its pixels compressed well: a third of the size."""
    parts, place = [], len(PNG)
    while place < len(data):
        end = place + 12 + int.from_bytes(data[place : place + 4], "big")
        parts.append((data[place + 4 : place + 8], data[place + 8 : end - 4]))
        place = end
    pixels = zlib.decompress(b"".join(body for kind, body in parts if kind == b"IDAT"))
    found = [(kind, body) for kind, body in parts if kind not in (b"IDAT", b"IEND")]
    found += [(b"IDAT", zlib.compress(pixels, 7)), (b"IEND", b"")]
    return PNG + b"".join(map(_chunk, found))


def _chunk(part: tuple[bytes, bytes]) -> bytes:
    """Length, kind, content and check sum."""
    kind, body = part
    check = zlib.crc32(kind + body).to_bytes(4, "big")
    return len(body).to_bytes(4, "big") + kind + body + check


def plain(drawing: str) -> str:
    """A drawing with colours and fonts in place of its variables."""
    return re.sub(r"var\(--([\w-]+)\)", lambda found: PLAIN[found[1]], drawing)


def _stacked(
    words: str, size: float, colour: str, width: float, y: float, bold: bool = False
) -> tuple[list[str], float]:
    """A text in lines from `y` on, and where it ends; nothing for no words."""
    texts = svg.wrapped(words, width, size, bold) if words else []
    high = 1.3 * size
    found = [
        svg.text(MARGIN, y + size + n * high, line, size, colour=colour, bold=bold)
        for n, line in enumerate(texts)
    ]
    return found, y + len(texts) * high + 4 * bool(texts)


def _legend(legend: Sequence[tuple[str, str]], width: float, y: float) -> tuple[list[str], float]:
    """Marks with their words, side by side as far as there is room; and where they end."""
    found: list[str] = []
    row = 0
    for row, x, (mark, words) in _flowing(legend, width):
        top = y + row * 18
        found.append(f'<g transform="translate({svg.px(x)} {svg.px(top + 2)})">{mark}</g>')
        found.append(svg.text(x + 17, top + SUB - 0.5, words, SUB, colour="muted"))
    return found, y + (row + 1) * 18 if legend else y


def _flowing(
    legend: Sequence[tuple[str, str]], width: float
) -> Iterator[tuple[int, float, tuple[str, str]]]:
    """Row and left end of each mark."""
    row, x = 0, 0.0
    for item in legend:
        room = 17 + svg.reserve(item[1], SUB)
        if x and x + room > width:
            row, x = row + 1, 0.0
        yield row, MARGIN + x, item
        x += room + GAP


def _nested(drawing: str, y: float) -> str:
    """The drawing inside another, at its place, without what names it on a page."""
    head, rest = drawing.split(">", 1)
    head = re.sub(r' (role|style|aria-labelledby)="[^"]*"', "", head)
    rest = re.sub(r' font-family="[^"]*"', "", rest)
    wide, high = map(svg.px, svg.frame(drawing))
    place = f'x="{MARGIN}" y="{svg.px(y)}" width="{wide}" height="{high}"'
    named = re.sub(r' id="[^"]*-(?:title|desc)"', "", rest)
    return f"{head} {place}>{named}"
