"""Watch-points: at which drift of the front, or loss of the attacker, a freeze gets so likely."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.quantity import Ranged
from threatpoint.spread import ENDS
from threatpoint.talks.freeze import freeze

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.talks.attacker import Attacker
    from threatpoint.talks.terms import Number

HALVINGS = 50
MOST_LOSS = 1e4
"""USD bn a month: more than the world earns."""


def drift_at(
    attacker: Attacker,
    level: float,
    expected: Array | float,
    loss: Number = 0.0,
    support: Number = 0.0,
) -> float:
    """The mean drift of twelve months at which the chance of a freeze is `level`, km2 a month.

    It is likelier below. NaN ("never") where not even a front that stands still brings it there.

    Args:
        attacker: in each draw.
        level: a probability.
        expected: drift expected on the date, km2 a month, (K,) or one number, above 0.
        loss: as in `freeze`.
        support: as in `freeze`.
    """

    def enough(drift: float) -> bool:
        return freeze(attacker, loss, support, drift / np.asarray(expected)).value >= level

    return -_first(lambda minus: enough(-minus), -100.0 * float(np.max(expected)), 0.0)


def loss_at(
    attacker: Attacker, level: float, support: Number = 0.0, most: float = MOST_LOSS
) -> float:
    """The loss a month, lifted as drawn, at which the chance of a freeze is `level`, USD bn.

    NaN ("never") where even `most` does not bring it there; 0 where no loss is needed.
    """
    return _first(lambda loss: freeze(attacker, loss, support).value >= level, 0.0, most)


def sanction_needed(attacker: Attacker) -> Ranged:
    """s_R* = C (r - 1), what a ceasefire must lift, given the refusal: median, 5 and 95 %.

    P(s_R* <= s) is the chance of a freeze with s lifted in place of s_R; its quantiles are roots.
    """
    nothing, all_ = np.zeros_like(attacker.peace), np.ones_like(attacker.lifted)

    def at(level: float) -> float:
        return _first(lambda sum_: _within(attacker, sum_, all_, nothing) >= level, 0.0, MOST_LOSS)

    low, high = (at(level) for level in ENDS)
    return Ranged(at(0.5), low, high, "USD bn/month")


def _within(attacker: Attacker, lifted: float, all_: Array, nothing: Array) -> float:
    """P(s_R* <= lifted), given the refusal."""
    whole = replace(attacker, lifted=all_)
    return freeze(whole, lifted + nothing - attacker.peace).value


def _first(holds: Callable[[float], bool], low: float, high: float) -> float:
    """Where a condition that is false below and true above turns; NaN where it is never true."""
    if not holds(high):
        return math.nan
    if holds(low):
        return low
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
