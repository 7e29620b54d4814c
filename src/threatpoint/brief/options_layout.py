"""The layouts of the chart of options: rows on a wide page, a block an option on a phone."""

from __future__ import annotations

import math
from collections.abc import Sequence

from threatpoint.brief import option_marks as marks
from threatpoint.brief import svg
from threatpoint.brief.option_columns import Columns
from threatpoint.brief.option_marks import HEAD, TILE, Row
from threatpoint.brief.scale import Scale

WIDE, NARROW = 660, 358
"""Pixels of the two drawings."""
LABELS, ROW, BLOCK = 158, 38, 34
"""Most pixels for the words of an option; least height of a row; height of the bars of a block."""
Texts = list[list[str]]
"""Lines of each tile."""
FEW = 4
"""Most tiles side by side on a phone; more stand in rows of three."""


def wide(rows: Sequence[Row], title: str, measure: Sequence[str]) -> svg.Drawn:
    """A row an option: words, bars on one scale, a column of tiles a target.

    Args:
        rows: see `first_charts.options`.
        title: of the tiles.
        measure: what the bars measure, in lines.
    """
    left, labels = _labels(rows)
    columns = Columns.of(rows, WIDE)
    money = marks.scale(rows, left + 8, columns.left - 12)
    top, found = columns.heads(title)
    found += _money_head(measure, money)
    y = top = max(top, 14.0 * len(measure)) + 4
    for row, label in zip(rows, labels, strict=True):
        if row["last"]:
            y += 4
            found.append(svg.line((0, y), (WIDE, y), "line"))
            y += 4
        high = max(ROW, sum(size for _, size, *_ in label) * svg.LEADING + 8)
        found += marks.chosen(row, y, WIDE, high)
        found += svg.lines(svg.EDGE, y + high / 2, label)
        found += marks.bars(row, y + high / 2, money)
        found += columns.tiles(row, y + high / 2)
        y += high
    zero = svg.line((money.at(0), top - 2), (money.at(0), y), "ink")
    return (WIDE, y + 2), [*found, zero]


def _labels(rows: Sequence[Row]) -> tuple[float, list[list[svg.Line]]]:
    """Width of the words on the left, and their lines."""
    needs = [svg.reserve(row["words"], 13, True) for row in rows]
    needs += [svg.reserve(row["on"], 12) for row in rows]
    width = min(max(needs), LABELS)
    return width + svg.EDGE, [
        [(line, 13.0, "ink", True) for line in svg.wrapped(row["words"], width, 13, True)]
        + [(line, 12.0, "muted", False) for line in svg.wrapped(row["on"], width, 12) if line]
        for row in rows
    ]


def _money_head(texts: Sequence[str], money: Scale) -> list[str]:
    """What the bars measure, over the zero line."""
    x = max(money.at(0), svg.widest(texts, HEAD) + svg.EDGE)
    return [
        svg.text(x, 11 + 13 * n, words, HEAD, colour="muted", anchor="end")
        for n, words in enumerate(texts)
    ]


def narrow(rows: Sequence[Row]) -> svg.Drawn:
    """A block an option: its words, its bars, its tiles."""
    money = marks.scale(rows, svg.EDGE, NARROW - svg.EDGE)
    across, texts = _tile_texts(rows)
    found: list[str] = []
    y = 0.0
    for n, row in enumerate(rows):
        found += [svg.line((0, y), (NARROW, y), "line")] if row["last"] else []
        before = y
        y, heading = _heading(row, y + 6 * row["last"])
        found += marks.chosen(row, before, NARROW, _high(row, y, across, texts[n]) - before)
        zero = svg.line((money.at(0), y), (money.at(0), y + BLOCK), "ink")
        found += [*heading, *marks.bars(row, y + BLOCK / 2, money), zero]
        y, tiles = _tiles(row, y + BLOCK + 3, across, texts[n])
        found += tiles
        y += 10
    return (NARROW, y), found


def _high(row: Row, y: float, across: int, texts: Texts) -> float:
    """Where a block ends whose heading ends at `y`."""
    return _tiles(row, y + BLOCK + 3, across, texts)[0] + 5


def _heading(row: Row, y: float) -> tuple[float, list[str]]:
    """What and on whom, side by side where there is room; and where it ends."""
    room, what, on = NARROW - 2 * svg.EDGE, row["words"], row["on"]
    if svg.reserve(f"{what}, {on}", 13, True) <= room:
        return y + 18, [svg.pair(svg.EDGE, y + 13, f"{what}," if on else what, on)]
    texts = [(line, 13, "ink", True) for line in svg.wrapped(what, room, 13, True)]
    texts += [(line, 12, "muted", False) for line in svg.wrapped(on, room, 12) if line]
    high = sum(size for _, size, *_ in texts) * svg.LEADING
    return y + high + 4, svg.lines(svg.EDGE, y + high / 2, texts)


def _tiles(row: Row, y: float, across: int, texts: Texts) -> tuple[float, list[str]]:
    """Tiles with name and number, or the words in their place; and where they end."""
    if not row["tiles"]:
        lines = svg.wrapped(row["instead"], NARROW - 2 * svg.EDGE, TILE)
        high = 14.0 * len(lines) if row["instead"] else 0.0
        return y + high, list(marks.words(NARROW / 2, y + high / 2, lines, "muted"))
    pitch, high = _pitch(across), 8 + 14.0 * max(map(len, texts))
    found: list[str] = []
    for n, tile in enumerate(row["tiles"]):
        down, right = divmod(n, across)
        place = pitch * right + (pitch - 4) / 2, y + high / 2 + down * (high + 4)
        found += marks.tile(tile, *place, (pitch - 4.5, high), texts[n])
    return y + (high + 4) * math.ceil(len(row["tiles"]) / across) - 4, found


def _tile_texts(rows: Sequence[Row]) -> tuple[int, list[Texts]]:
    """How many tiles stand side by side, and the lines of each.

    Name and number stand in one line where all tiles have room for it, else apart.
    """
    many = max((len(row["tiles"]) for row in rows), default=0)
    across = many if many <= FEW else 3
    room = _pitch(across) - 8
    whole = [[f"{tile['target']} {tile['label']}" for tile in row["tiles"]] for row in rows]
    if max(svg.widest(texts, TILE) for texts in whole) <= room:
        return across, [[[text] for text in texts] for texts in whole]
    return across, [
        [[*svg.wrapped(tile["target"], room, TILE), tile["label"]] for tile in row["tiles"]]
        for row in rows
    ]


def _pitch(across: int) -> float:
    """Pixels from a tile to the next."""
    return min((NARROW + 4) / max(across, 1), 120)
