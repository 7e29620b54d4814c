"""Bars and tiles of the chart of options."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from threatpoint.brief import svg
from threatpoint.brief.scale import Reach, Scale, fitted
from threatpoint.brief.svg import LEAST

Row = Mapping[str, Any]
WHO = (("sender", "sender"), ("targets", "target"))
"""Bars of an option and their colours, the first above."""
BARS = 16
"""Pixels from a bar to the next."""
NUMBER, TILE, HEAD = 13, 11.5, 11
"""Sizes of the numbers of bars, of words in tiles, and of heads."""
PALE, DARK = 0.10, 0.55
"""Opacity of a tile for a chance just above 0 and for 1; ink reads on both."""


def scale(rows: Sequence[Row], left: float, right: float) -> Scale:
    """One scale for all bars, their numbers in the frame."""
    return fitted([_reach(row, who) for row in rows for who, _ in WHO], left, right)


def _reach(row: Row, who: str) -> Reach:
    """How far a bar and its range go, with the number beyond the longer of both."""
    known = [0.0, *filter(math.isfinite, row[who])]
    room = svg.reserve(row[f"{who}_label"], NUMBER, True) + LEAST + 5
    before, behind = (room, LEAST) if row[who][0] < 0 else (LEAST, room)
    return Reach(min(known), max(known), before, behind)


def chosen(row: Row, y: float, width: float, height: float) -> Iterator[str]:
    """A shade behind the option that was chosen, where one was."""
    if row.get("chosen"):
        yield svg.box(0, y, width, height, "chosen")


def bars(row: Row, middle: float, on: Scale) -> Iterator[str]:
    """The sender's bar over that of the targets, each with its range and its number."""
    for n, (who, role) in enumerate(WHO):
        y = middle + (n - 0.5) * BARS
        yield from _bar(row[who], y, role, on)
        x, anchor = on.at(_reach(row, who).high) + LEAST + 3, "start"
        if row[who][0] < 0:
            x, anchor = on.at(_reach(row, who).low) - LEAST - 3, "end"
        yield svg.text(x, y + 4.5, row[f"{who}_label"], NUMBER, bold=True, anchor=anchor)


def _bar(values: Sequence[float], y: float, role: str, on: Scale) -> Iterator[str]:
    """A bar from zero and a line over its range."""
    value, low, high = values
    if math.isfinite(value):
        yield svg.bar(on.at(0), on.at(value), y, role)
    if low < high:
        yield svg.line((on.at(low), y), (on.at(high), y), "ink", 1.2)


def tile(
    row: Row, centre: float, middle: float, size: tuple[float, float], texts: Sequence[str]
) -> Iterator[str]:
    """A box as dark as the chance is high."""
    chance, (width, height) = row["chance"], size
    known = not math.isnan(chance)
    if known:
        corner = (centre - width / 2, middle - height / 2)
        yield svg.box(*corner, width, height, "target", shade(chance), "line")
    yield from words(centre, middle, texts, "ink" if known else "muted")


def shade(chance: float) -> float:
    """Opacity of a tile: none at 0, the darker the likelier."""
    return PALE + (DARK - PALE) * chance if chance > 0 else 0.0


def words(x: float, middle: float, texts: Sequence[str], colour: str) -> Iterator[str]:
    """Lines around a point."""
    for n, line in enumerate(texts):
        y = middle + 0.35 * TILE + (n - (len(texts) - 1) / 2) * TILE * svg.LEADING
        yield svg.text(x, y, line, TILE, colour=colour, anchor="middle")
