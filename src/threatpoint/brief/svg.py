"""Marks of a drawing as SVG, in the variables of the theme, and the room that words need.

A picture is laid out before any font is known, so every text is given the width of the widest font
it may be shown in: 0.62 em a letter, 0.69 em in bold (DejaVu Sans; Arial and Liberation are less).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from textwrap import TextWrapper

EM, BOLD_EM = 0.62, 0.69
"""Width of a letter, in its size."""
LEADING = 1.1
"""From a line of a text to the next, in its size."""
FADED = 0.38
"""Opacity of a range."""
EDGE = 2
"""Pixels that stay free between a text and the frame."""
BAR, LEAST = 10, 1.5
"""Height of a bar and its least visible width, pixels."""


def reserve(words: str, size: float, bold: bool = False) -> float:
    """Pixels to keep free for a text."""
    return len(words) * size * (BOLD_EM if bold else EM)


def widest(texts: Iterable[str], size: float, bold: bool = False) -> float:
    """Pixels to keep free for the longest of several; 0 for none."""
    return max((reserve(words, size, bold) for words in texts), default=0.0)


def wrapped(words: str, width: float, size: float, bold: bool = False) -> list[str]:
    """A text in lines that fit into a width; a word is broken only where it is wider itself."""
    letters = max(int(width / reserve("0", size, bold)), 1)
    return TextWrapper(letters, break_on_hyphens=False).wrap(words) or [""]


Line = tuple[str, float, str, bool]
"""Words, size, colour, bold."""


# -- marks -------------------------------------------------------------------------------------


def text(
    x: float,
    y: float,
    words: str,
    size: float = 13,
    *,
    colour: str = "ink",
    bold: bool = False,
    anchor: str = "start",
    halo: bool = False,
) -> str:
    """A line of words on its base line; a halo of paper for words that stand on marks."""
    more = ' font-weight="700"' if bold else ""
    more += f' text-anchor="{anchor}"' if anchor != "start" else ""
    around = ";stroke:var(--paper)" if halo else ""
    more += ' paint-order="stroke" stroke-width="4" stroke-linejoin="round"' if halo else ""
    place = f'x="{px(x)}" y="{px(y)}" font-size="{px(size)}"{more}'
    return f'<text {place} style="fill:var(--{colour}){around}">{escape(words)}</text>'


def pair(x: float, y: float, first: str, second: str) -> str:
    """Words in bold and, on the same line, smaller ones."""
    more = f' <tspan font-size="12" style="fill:var(--muted)">{escape(second)}</tspan>'
    return (
        f'<text x="{px(x)}" y="{px(y)}" font-size="13" style="fill:var(--ink)">'
        f'<tspan font-weight="700">{escape(first)}</tspan>{more if second else ""}</text>'
    )


def lines(x: float, middle: float, texts: Iterable[Line]) -> list[str]:
    """Lines from the left, one block around a middle."""
    texts = list(texts)
    y = middle - sum(size * LEADING for _, size, *_ in texts) / 2
    found = []
    for words, size, colour, bold in texts:
        found.append(text(x, y + 0.88 * size, words, size, colour=colour, bold=bold))
        y += size * LEADING
    return found


def line(
    start: tuple[float, float],
    end: tuple[float, float],
    colour: str,
    width: float = 1,
    *,
    dashed: bool = False,
) -> str:
    """A straight line."""
    return path((start, end), colour, width, dashed=dashed)


def path(
    points: Iterable[tuple[float, float]],
    colour: str,
    width: float = 1,
    *,
    dashed: bool = False,
    filled: bool = False,
) -> str:
    """A line through points, or the pale surface inside them."""
    corners = "L".join(f"{px(x)} {px(y)}" for x, y in points)
    if filled:
        return f'<path d="M{corners}Z" opacity="0.16" style="fill:var(--{colour})"/>'
    more = ' stroke-dasharray="5 3"' if dashed else ""
    return (
        f'<path d="M{corners}" fill="none" stroke-width="{px(width)}"{more} '
        f'style="stroke:var(--{colour})"/>'
    )


def spread(start: float, end: float, y: float, colour: str) -> str:
    """The bar of a range, from left to right."""
    left, right = sorted((start, end))
    return (
        f'<rect x="{px(left)}" y="{px(y - 2)}" width="{px(right - left)}" height="4" '
        f'opacity="{FADED}" style="fill:var(--{colour})"/>'
    )


def bar(zero: float, end: float, y: float, colour: str) -> str:
    """A bar from zero, no thinner than can be seen."""
    width = max(abs(end - zero), LEAST)
    return box(zero - width if end < zero else zero, y - BAR / 2, width, BAR, colour)


def arrow(x: float, y: float, colour: str) -> str:
    """The head of a bar that goes on to the right."""
    shape = f"M{px(x)} {px(y - 4)}L{px(x + 7)} {px(y)}L{px(x)} {px(y + 4)}Z"
    return f'<path d="{shape}" style="fill:var(--{colour})"/>'


def box(
    x: float, y: float, width: float, height: float, colour: str, opacity: float = 1, edge: str = ""
) -> str:
    """A rectangle, with an edge in another colour where one is named."""
    stroke = f";stroke:var(--{edge})" if edge else ""
    clear = f' fill-opacity="{opacity:.2f}"' if opacity < 1 else ""
    return (
        f'<rect x="{px(x)}" y="{px(y)}" width="{px(width)}" height="{px(height)}"{clear} '
        f'style="fill:var(--{colour}){stroke}"/>'
    )


def dot(x: float, y: float, colour: str, radius: float = 5.4) -> str:
    """A filled dot with a thin edge of paper."""
    return (
        f'<circle cx="{px(x)}" cy="{px(y)}" r="{px(radius)}" '
        f'style="fill:var(--{colour});stroke:var(--paper)"/>'
    )


def ring(x: float, y: float, colour: str, radius: float = 3.9) -> str:
    """A ring that covers what is below it."""
    return (
        f'<circle cx="{px(x)}" cy="{px(y)}" r="{px(radius)}" stroke-width="1.8" '
        f'style="fill:var(--paper);stroke:var(--{colour})"/>'
    )


Drawn = tuple[tuple[float, float], list[str]]
"""Width and height in pixels; marks as the functions above give them, the first at the bottom."""


def drawing(key: str, drawn: Drawn, title: str, description: str) -> str:
    """Marks as an `<svg>` element for HTML that is read out and follows the width of its column.

    Args:
        key: unique on the page; prefixes the ids.
        drawn: the picture.
        title: the finding, read out as its name.
        description: read out: every number with its range.
    """
    (width, height), marks = (map(px, drawn[0])), drawn[1]
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" style="max-width:{width}px" '
        f'aria-labelledby="{key}-title {key}-desc"><title id="{key}-title">{escape(title)}</title>'
        f'<desc id="{key}-desc">{escape(description)}</desc>{"".join(marks)}</svg>'
    )


def frame(svg: str) -> tuple[float, float]:
    """Width and height of a drawing, pixels."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert found is not None, "a drawing has a viewBox from 0"
    return float(found[1]), float(found[2])


def px(value: float) -> str:
    """Pixels to a tenth."""
    return f"{round(value, 1) + 0.0:g}"
