"""Bargaining over one divisible thing: the range war leaves, and how it is divided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from threatpoint.talks.terms import require

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.talks.terms import Number


def fearon_range(win: Number, cost_a: Number, cost_b: Number) -> tuple[Array, Array]:
    """[p - c_A, p + c_B]: shares for A that both prefer to war, within [0, 1].

    Fearon (1995), International Organization 49:379-414, with risk-neutral sides.

    Args:
        win: p, probability that A wins, in [0, 1].
        cost_a: cost of war to A as a share of what is fought over, 0 or more.
        cost_b: the same for B.

    Raises:
        TalksError: a probability outside 0 to 1, a cost below 0.
    """
    p = require("probability that A wins", win, "", least=0.0, most=1.0)
    a = require("war cost of A", cost_a, "of the stake", least=0.0)
    b = require("war cost of B", cost_b, "of the stake", least=0.0)
    return np.maximum(0.0, p - a), np.minimum(1.0, p + b)


def nash_point(low: Number, high: Number, power: Number = 0.5) -> Array:
    """Nash's (1950) division of a surplus that can be passed on: low + power (high - low).

    Args:
        low: lower end of the range that both accept.
        high: upper end.
        power: bargaining power of the side that wants more, in [0, 1]; 0.5 is Nash's.

    Raises:
        TalksError: an empty range (high below low), a power outside 0 to 1.
    """
    bottom, top = require("low end", low, ""), require("high end", high, "")
    share = require("bargaining power", power, "", least=0.0, most=1.0)
    require("width of the range", top - bottom, "", least=0.0)
    return bottom + share * (top - bottom)
