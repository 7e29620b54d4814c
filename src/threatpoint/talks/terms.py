"""Terms of the war: what both sides have at stake while the front moves, numbers or arrays.

Symbols (R is the attacker, U the defender): x line, mu drift, delta discount, omega land value,
c war cost, s_R and g what peace brings R and U. All arrays of one object broadcast together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from threatpoint.array_types import Array
from threatpoint.errors import TalksError

Number = float | Array


@dataclass(frozen=True, eq=False)
class Side:
    """One side of the war.

    Attributes:
        land_value: omega, USD bn per km2 and month, above 0.
        war_cost: c, USD bn per month that end with the war, 0 or more.
        peace_gain: USD bn per month that peace brings: sanctions lifted (s_R) or guarantees (g).
            It may be below 0.

    Raises:
        TalksError: a number that is not finite or outside its bounds.
    """

    land_value: Number
    war_cost: Number
    peace_gain: Number = 0.0

    def __post_init__(self) -> None:
        require("land value", self.land_value, "USD bn per km2 and month", above=0.0)
        require("war cost", self.war_cost, "USD bn per month", least=0.0)
        require("gain from peace", self.peace_gain, "USD bn per month")

    @property
    def margin(self) -> Array:
        """(c + gain from peace) / omega, km2: how much the side gives up to end the war."""
        return np.asarray((self.war_cost + self.peace_gain) / self.land_value)


@dataclass(frozen=True, eq=False)
class WarTerms:
    """The stand-off at the table.

    Attributes:
        line: x, km2 the attacker holds, 0 or more.
        drift: mu, km2 the attacker gains per month; below 0 it loses ground.
        discount: delta per month, in (0, 1), of both sides.
        attacker, defender: R and U.

    Raises:
        TalksError: a number that is not finite or outside its bounds.
    """

    line: Number
    drift: Number
    discount: Number
    attacker: Side
    defender: Side

    def __post_init__(self) -> None:
        require("line", self.line, "km2", least=0.0)
        require("drift", self.drift, "km2 per month")
        require("discount", self.discount, "per month", above=0.0, below=1.0)


def require(
    name: str,
    value: Any,
    unit: str,
    *,
    least: float | None = None,
    most: float | None = None,
    above: float | None = None,
    below: float | None = None,
) -> Array:
    """The value as a float array, or one error that says what is wrong with it.

    Raises:
        TalksError: not a number, empty, not finite, or outside the bounds.
    """
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise TalksError(f"{name}: {value!r} is not a number ({unit})") from None
    if array.size == 0:
        raise TalksError(f"{name} is empty; give at least one number ({unit})")
    bounds = {
        "at least": (least, np.less),
        "at most": (most, np.greater),
        "above": (above, np.less_equal),
        "below": (below, np.greater_equal),
    }
    words, bad = ["finite"], ~np.isfinite(array)
    for word, (bound, outside) in bounds.items():
        if bound is not None:
            words.append(f"{word} {bound:g}")
            bad = bad | outside(array, bound)
    if np.any(bad):
        worst = float(array[bad].flat[0])
        raise TalksError(f"{name} is {worst:g} {unit}; it must be {' and '.join(words)}")
    return array
