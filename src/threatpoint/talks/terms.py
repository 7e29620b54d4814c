"""Terms of the war: what both sides have at stake while the front moves, numbers or arrays.

Symbols (R is the attacker, U the defender): x line, mu drift, delta discount, omega land value,
c war cost, s_R and g what peace brings R and U. All arrays of one object broadcast together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import TalksError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]
    Number = float | Array


@dataclass(frozen=True, eq=False)
class Side:
    """One side of the war.

    Attributes:
        land_value: omega, USD bn per km2 and month, above 0.
        war_cost: c, USD bn per month that end with the war, 0 or more.
        peace_gain: USD bn per month that peace brings: sanctions lifted (s_R) or guarantees (g).
            It may be below 0.
        patience: discount between two offers at the table, in (0, 1).

    Raises:
        TalksError: a number that is not finite or outside its bounds.
    """

    land_value: Number
    war_cost: Number
    peace_gain: Number = 0.0
    patience: Number = 0.99

    def __post_init__(self) -> None:
        require("land value", self.land_value, "USD bn per km2 and month", above=0.0)
        require("war cost", self.war_cost, "USD bn per month", least=0.0)
        require("gain from peace", self.peace_gain, "USD bn per month")
        require("patience", self.patience, "per offer", above=0.0, below=1.0)


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
    tests: dict[str, tuple[float | None, Any]] = {
        "at least": (least, array < (-np.inf if least is None else least)),
        "at most": (most, array > (np.inf if most is None else most)),
        "above": (above, array <= (-np.inf if above is None else above)),
        "below": (below, array >= (np.inf if below is None else below)),
    }
    words = " and ".join(
        f"{word} {bound:g}" for word, (bound, _) in tests.items() if bound is not None
    )
    bad = ~np.isfinite(array)
    for bound, outside in tests.values():
        bad = bad | (outside if bound is not None else False)
    if np.any(bad):
        worst = float(array[bad].flat[0])
        raise TalksError(
            f"{name} is {worst:g} {unit}; it must be finite{' and ' * bool(words)}{words}"
        )
    return array


def require_names(given: Mapping[str, Any], known: tuple[str, ...], kind: str) -> None:
    """Refuse unknown names and name those that are missing, all at once.

    Raises:
        TalksError: with the nearest spelling of each unknown name.
    """
    from threatpoint.errors import unknown

    problems = [unknown(kind, name, known) for name in given if name not in known]
    missing = [name for name in known if name not in given]
    if missing:
        problems.append(f"missing {kind}s: {', '.join(missing)}")
    if problems:
        raise TalksError("; ".join(problems))
