"""The two charts of the first screen: losses by economy and horizon, and the sender's options.

Rows come with numbers and words ready; here they get their place. Every text has the room of the
widest font it may be shown in, so nothing leaves its frame and no two texts meet.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from threatpoint.brief import options_layout
from threatpoint.brief.charts import RANGE, Caption, Figure, kinds
from threatpoint.brief.dots_layout import KINDS, Line, dots
from threatpoint.brief.prose import Said, say

Row = Mapping[str, Any]
MANY = 8
"""Most rows of losses."""
SENDER, TARGETS = (
    f'<rect y="1" width="12" height="10" style="fill:var(--{role})"/>'
    for role in ("sender", "target")
)
LINE = '<rect y="5.4" width="12" height="1.2" style="fill:var(--ink)"/>'
"""Marks of a legend, in a square of 12."""


def losses(key: str, caption: Caption, rows: Sequence[Row], horizons: Sequence[str]) -> Figure:
    """Losses by economy: a dot for the first horizon with its range, smaller ones for the later.

    Args:
        key: unique on the page.
        caption: its measure, unit and threat are read out too.
        rows: at most 8: name, role, first, middle, last (% of real income, NaN where unknown), low
            and high (of the first; NaN without a range), label (the first in words).
        horizons: words of first, middle and last, at least the first.
    """
    placed = sorted(rows, key=lambda row: (math.isnan(row["first"]), row["first"]))[:MANY]
    described = say("charts.losses", caption.subtitle, placed, horizons)["description"]
    lines = [
        Line.of(r["name"], r["role"], [r[k] for k in KINDS], r["label"], (r["low"], r["high"]))
        for r in placed
    ]
    drawn = dots(lines, [horizons[0]])
    legend = _losses_legend(placed, horizons)
    return caption.figure(key, described, drawn, drawn, legend)


def _losses_legend(rows: Sequence[Row], horizons: Sequence[str]) -> list[tuple[str, str]]:
    """Marks that are drawn, with their words."""
    found = kinds(
        words
        for kind, words in zip(KINDS, horizons, strict=False)
        if any(math.isfinite(row[kind]) for row in rows)
    )
    return found + ([(RANGE, "range")] if any(math.isfinite(row["low"]) for row in rows) else [])


def options(key: str, caption: Caption, rows: Sequence[Row], said: Said) -> Figure:
    """Options of the sender, from mild to hard.

    Args:
        key: unique on the page.
        caption: its measure, unit and horizon are read out too.
        rows: words (what), on (on whom), sender and targets (value, low, high in one unit of money;
            NaN without a range), sender_label and targets_label (the values in words), tiles, last
            (the ceiling, below a line), and instead (words in place of tiles, if any). A tile:
            target, chance (0 to 1; NaN: no threat to it), label. Every row has its tiles in the
            same order, or none.
        said: sender and targets, names of the bars; money, what these measure, a line each;
            tiles, what the tiles say.
    """
    told = say("charts.options", caption.subtitle, rows, said["sender"], said["tiles"])
    wide = options_layout.wide(rows, said["tiles"], said.all("money"))
    narrow, legend = options_layout.narrow(rows), _options_legend(rows, said)
    return caption.figure(key, told["description"], wide, narrow, legend)


def _options_legend(rows: Sequence[Row], said: Said) -> list[tuple[str, str]]:
    """Marks that are drawn, with their words."""
    ranged = any(math.isfinite(row[who][1]) for row in rows for who in ("sender", "targets"))
    found = [(SENDER, said["sender"]), (TARGETS, said["targets"])]
    return found + ([(LINE, "range")] if ranged else [])
