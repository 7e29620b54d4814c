"""From numbers to pixels: a linear scale with round ticks, and bars with room for their words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from threatpoint import words
from threatpoint.brief.svg import reserve

TICK, APART, GRID = 12, 10, 24
"""Size of the numbers of an axis, least distance of two of them and of two lines, pixels."""
SMALLEST = 1e-12
"""Values closer together than this are one."""
_STEPS = [times * 10.0**power for power in range(-18, 19) for times in (1, 2, 5)]


@dataclass(frozen=True)
class Scale:
    """A linear scale.

    Attributes:
        low, high: numbers at the ends, low < high.
        left, right: their pixels.
    """

    low: float
    high: float
    left: float
    right: float

    @classmethod
    def over(cls, values: Iterable[float], left: float, right: float, margin: float) -> Scale:
        """Over 0 and all finite values, each at least `margin` pixels from the ends."""
        known = [0.0, *filter(math.isfinite, values)]
        low, high = min(known), max(known)
        if high - low < SMALLEST:
            low, high = -1.0, 1.0
        spare = (high - low) * margin / (right - left - 2 * margin)
        return cls(low - spare, high + spare, left, right)

    def at(self, value: float) -> float:
        """Pixels of a number."""
        return self.left + (value - self.low) * self.unit

    @property
    def unit(self) -> float:
        """Pixels of a difference of 1."""
        return (self.right - self.left) / (self.high - self.low)

    def ticks(self, signed: bool = True, apart: float = 0) -> list[tuple[float, str]]:
        """Round numbers on the scale, and the words of those that have room for them.

        Zero has its words, and of the others as many as stand `APART`; none goes far to the right,
        where other words stand. `signed`: gains have a plus; `apart`: pixels from words to words of
        an upright scale.
        """
        step = next(step for step in _STEPS if step * self.unit >= GRID)
        first, last = math.ceil(self.low / step), math.floor(self.high / step)
        values = {n: n * step for n in range(first, last + 1)}
        for every in (1, 2, 5, 10):
            texts = {n: _words(v, step * every, signed) for n, v in values.items() if not n % every}
            room = apart or max(reserve(text, TICK) for text in texts.values()) + APART
            if every * step * self.unit >= room:
                break
        ends = self.left - room / 2, self.right + APART - room / 2
        shown = {n for n in texts if not n or ends[0] <= self.at(values[n]) <= ends[1]}
        return [(v, texts[n] if n in shown else "") for n, v in values.items()]


def _words(value: float, step: float, signed: bool) -> str:
    """A multiple of a step with the digits that the step has."""
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return words.number(value, signed, decimals) if value else "0"


class Reach(NamedTuple):
    """How far a bar goes from zero.

    Attributes:
        low, high: its ends, low <= 0 <= high.
        before, behind: pixels of the words beyond either end.
    """

    low: float
    high: float
    before: float
    behind: float


def fitted(bars: Sequence[Reach], left: float, right: float) -> Scale:
    """The scale from a common zero line on which bars are longest, their words in the frame."""
    room = right - left
    units = (
        (room - a.before - b.behind) / (b.high - a.low)
        for a in bars
        for b in bars
        if b.high > a.low
    )
    unit = max(min(units, default=1.0), SMALLEST)
    zero = right - max((bar.high * unit + bar.behind for bar in bars), default=0.0)
    return Scale((left - zero) / unit, (right - zero) / unit, left, right)
