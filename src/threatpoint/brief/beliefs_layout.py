"""The layout of beliefs: from 0 to 100 %, then a panel "never" without a scale; a line a threat."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from threatpoint import words
from threatpoint.brief import svg
from threatpoint.brief.dots_layout import KINDS, TOP, WIDTH, dot, heights, name_lines, named
from threatpoint.brief.scale import Scale

if TYPE_CHECKING:
    from threatpoint.quantity import Ranged

LINE, APART = 18, 8
"""Pixels from a line of a target to the next, and more to the next target."""
PANEL = 74
"""Width of the panel "never", pixels."""
NUMBER = 13
"""Size of the numbers."""
NEVER = math.inf
"""Where "never" stands: beyond every number, in the panel."""


class Belief(NamedTuple):
    """From which belief a target gives in.

    Attributes:
        role: colour.
        value: 0 to 1; above it never, NaN unknown.
        low, high: its range; NaN without one.
    """

    role: str
    value: float
    low: float
    high: float

    @classmethod
    def of(cls, role: str, found: Ranged | None) -> Belief:
        """Unknown where the threat is not to a target."""
        ends = [math.nan] * 3 if found is None else (found.value, found.low, found.high)
        return cls(role, *ends)


def beliefs(rows: Sequence[tuple[str, Sequence[Belief]]]) -> svg.Drawn:
    """The picture: a target each, with its beliefs in the order of the threats."""
    left, names = named([(name, False) for name, _ in rows])
    tops = _tops([len(name) for name in names], [len(found) for _, found in rows])
    panel = WIDTH - PANEL
    scale = Scale(0, 100, left + 12, panel - 8)
    marks = [svg.box(panel, TOP - 6, PANEL, tops[-1] - TOP + 6, "panel"), *_axis(scale, tops[-1])]
    for n, (_, found) in enumerate(rows):
        middle = (tops[n] + tops[n + 1]) / 2
        marks += name_lines(names[n], middle)
        for k, belief in enumerate(found):
            y = middle + (k - (len(found) - 1) / 2) * LINE
            marks += _line(belief, y, KINDS[min(k, 2)], scale, left + 2)
    return (WIDTH, tops[-1] + 2), marks


def _tops(lines: Sequence[int], threats: Sequence[int]) -> list[float]:
    """Upper end of each target, as high as its name and its beliefs need it."""
    by_name = heights(lines)
    high = [b - a for a, b in pairwise(by_name)]
    need = [max(h, n * LINE + APART) for h, n in zip(high, threats, strict=True)]
    return list(accumulate(need, initial=float(TOP)))


def _axis(scale: Scale, bottom: float) -> list[str]:
    """Quarters of certainty, the numbers above, and the head of the panel."""
    found: list[str] = []
    for quarter in range(5):
        x = scale.at(25 * quarter)
        found.append(svg.line((x, TOP - 6), (x, bottom), "line" if quarter else "ink"))
        label = f"{25 * quarter}"
        found.append(svg.text(x, 18, label, 12, colour="muted", anchor="middle"))
    middle = WIDTH - PANEL / 2
    return [*found, svg.text(middle, 18, "never", 12, colour="muted", anchor="middle")]


def _line(belief: Belief, y: float, kind: str, scale: Scale, least: float) -> list[str]:
    """Range, arrow where it leaves, dot, and number."""
    role, value = belief.role, belief.value
    if math.isnan(value):
        return [svg.text(scale.at(0) + 8, y + 4.5, words.DASH, NUMBER, colour="muted")]
    x, *ends = (
        WIDTH - PANEL / 2 if place(b) == NEVER else scale.at(place(b))
        for b in (value, belief.low, belief.high)
    )
    ranged = belief.low < belief.high and belief.low <= 1
    found: list[str] = []
    if ranged:
        found.append(svg.spread(ends[0], ends[1], y, role))
    if ranged and belief.high > 1:
        found += [svg.spread(ends[1], WIDTH - 10, y, role), svg.arrow(WIDTH - 10, y, role)]
    found.append(dot(kind, x, y, role))
    if value > 1:
        return found
    start, end = (min(x, ends[0]), max(x, ends[1])) if ranged else (x, x)
    return [*found, _number(words.belief(value), start, end, y, least)]


def place(belief: float) -> float:
    """Where a belief stands, %: 0 for "anyway", `NEVER` beyond certainty."""
    return NEVER if belief > 1 else max(0.0, 100 * belief)


def _number(text: str, start: float, end: float, y: float, least: float) -> str:
    """A number beside a bar: right of it, else left, else on the panel where the bar covers all."""
    room = svg.reserve(text, NUMBER, True)
    if end + 9 + room <= WIDTH - PANEL / 2 - 8:
        over = end + 9 < WIDTH - PANEL < end + 9 + room  # the edge of the panel
        return svg.text(end + 9, y + 4.5, text, NUMBER, bold=True, halo=over)
    if start - 9 - room >= least:
        return svg.text(start - 9, y + 4.5, text, NUMBER, bold=True, anchor="end")
    place = WIDTH - PANEL / 2 + 4
    return svg.text(place, y + 4.5, text, NUMBER, bold=True, anchor="middle", halo=True)
