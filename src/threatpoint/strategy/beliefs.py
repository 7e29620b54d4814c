"""Beliefs and chances in words, one rule for page, terminal and files.

Rounding never turns one verdict into another: what is above 1 is "never", whatever it rounds to.
"""

from __future__ import annotations

import math
from collections.abc import Callable

NO_ANSWER, ANYWAY, NEVER = "no answer", "anyway", "never"
Percent = Callable[[float], str]


def plain_percent(value: float) -> str:
    """A value in percent, two significant digits below 10: 7.12 -> '7.1 %', 34.4 -> '34 %'."""
    size = abs(value)
    if 0 < size < 0.995:
        return f"{value:.2g} %"
    return f"{value:.1f} %" if 0 < size < 9.95 else f"{value:.0f} %"


def belief_words(belief: float, percent: Percent = plain_percent, none: str = NO_ANSWER) -> str:
    """A break-even belief: 'anyway' at 0 or less, 'never' above 1, else in percent.

    Args:
        belief: as a share; NaN where there is no answer.
        percent: writes a number of percent.
        none: for NaN.
    """
    if math.isnan(belief):
        return none
    if belief <= 0:
        return ANYWAY
    return NEVER if belief > 1 else percent(100 * belief)


def gives_in(belief: float) -> str:
    """When a target gives in, in words: 'from 34 % on', 'never', 'anyway'."""
    words = belief_words(belief)
    return f"from {words} on" if 0 < belief <= 1 else words


def belief_range(
    low: float, high: float, percent: Percent = plain_percent, none: str = NO_ANSWER
) -> str:
    """Two break-even beliefs: '32 % to 47 %', '34 % to never'; one where both read the same."""
    if math.isnan(low) or math.isnan(high):
        return none
    ends = dict.fromkeys(belief_words(end, percent, none) for end in (low, high))
    return " to ".join(ends)


def chance_words(chance: float) -> str:
    """A probability: '34 %'; what is not certain never reads 0 or 100 %."""
    if math.isnan(chance):
        return NO_ANSWER
    if 0 < chance < 0.005:
        return "under 1 %"
    return "over 99 %" if 0.995 <= chance < 1 else f"{100 * chance:.0f} %"
