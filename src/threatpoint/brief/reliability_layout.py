"""The layout of reliability: what was given which chance, and how often it came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.brief import svg
from threatpoint.brief.scale import Scale

if TYPE_CHECKING:
    from threatpoint.analysis.losses import Class

SIDE, LEFT, TOP, BELOW, RIGHT = 240, 58, 34, 46, 86
"""Pixels of the square, and of what stands around it."""
WIDE, HIGH = 52, 15
"""Pixels that a label takes."""
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def reliability(classes: Sequence[Class]) -> svg.Drawn:
    """A dot a class on a square of chances, with what right chances would have brought."""
    across = Scale(0.0, 1.0, LEFT, LEFT + SIDE)
    upright = Scale(0.0, 1.0, TOP + SIDE, TOP)
    marks = [*_frame(across, upright)]
    for each in classes:
        x = across.at(each.chance)
        high, low = upright.at(each.high), upright.at(each.low)
        marks.append(svg.box(x - 4, high, 8, max(low - high, 1.0), "third", svg.FADED))
    at = [(each, across.at(each.chance), upright.at(each.share)) for each in classes]
    marks += [svg.dot(x, y, "ink") for _, x, y in at]
    marks += _labels(at)
    return (LEFT + SIDE + RIGHT, TOP + SIDE + BELOW), marks


def _labels(at: Sequence[tuple[Class, float, float]]) -> list[str]:
    """How often each came, above its dot, or below where another label stands there."""
    found: list[str] = []
    placed: list[tuple[float, float]] = []
    for each, x, y in at:
        places = (y - 5, y + 15) if y > TOP + 12 else (y + 14, y + 28)
        near = [other for left, other in placed if abs(left - x) < WIDE]
        line = next((p for p in places if all(abs(p - other) > HIGH for other in near)), places[-1])
        placed.append((x, line))
        told = f"{each.came} of {each.count}"
        found.append(svg.text(x + 9, line, told, 12, bold=True, halo=True))
    return found


def _frame(across: Scale, upright: Scale) -> list[str]:
    """Grid, diagonal, and the words of both axes."""
    found: list[str] = []
    for share in TICKS:
        x, y = across.at(share), upright.at(share)
        told, below = words.percent(100 * share), upright.left + 18
        found += [
            svg.line((across.left, y), (across.right, y), "line"),
            svg.text(across.left - 8, y + 4, told, 12, colour="muted", anchor="end"),
            svg.text(x, below, told, 12, colour="muted", anchor="middle"),
        ]
    corner = (across.at(0.0), upright.at(0.0)), (across.at(1.0), upright.at(1.0))
    found.append(svg.line(*corner, "muted", dashed=True))
    middle = across.at(0.5), upright.left + 38
    found.append(svg.text(*middle, "chance that was given", 12, colour="muted", anchor="middle"))
    found.append(svg.text(0, 12, "share that came", 12, colour="muted"))
    return found
