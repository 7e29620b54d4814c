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
    marks += [_label(*each) for each in at]
    return (LEFT + SIDE + RIGHT, TOP + SIDE + BELOW), marks


def _label(each: Class, x: float, y: float) -> str:
    told = f"{each.came} of {each.count}"
    return svg.text(x + 9, y - 5 if y > TOP + 12 else y + 14, told, 12, bold=True, halo=True)


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
