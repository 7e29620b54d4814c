"""Programme: the talks as a dynamic programme, solved by value iteration.

It knows nothing of the closed forms in `ceasefire`; both must give the same thresholds. Each month
a side either stops (takes the peace on offer, for good) or fights one month more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from threatpoint.errors import TalksError
from threatpoint.talks.terms import require

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from threatpoint.talks.terms import Array, Side

TOLERANCE = 1e-11
MOST_SWEEPS = 40_000
TAIL = 1e-13
"""Weight delta^T of the months beyond the last one that is followed."""


@dataclass(frozen=True)
class IterationStatus:
    """Outcome of value iteration.

    Attributes:
        code: "converged" or "stalled" (the bound was not met within the sweeps).
        sweeps: passes over all states.
        residual: bound on |V - V*| over the largest |V|, delta/(1-delta) times the last change.
        tolerance: bound on the residual.
    """

    code: Literal["converged", "stalled"]
    sweeps: int
    residual: float
    tolerance: float

    @property
    def converged(self) -> bool:
        """True if the bound is met."""
        return self.code == "converged"

    def __str__(self) -> str:
        """One line for a person."""
        return (
            f"{self.code} after {self.sweeps} sweeps of value iteration, error {self.residual:.1e}"
        )


@dataclass(frozen=True, eq=False)
class Programme:
    """Solution of a stopping problem.

    Attributes:
        value: (S,) present value in each state.
        stops: (S,) bool, where stopping is best (ties stop).
        status: outcome of the iteration.
    """

    value: Array
    stops: NDArray[np.bool_]
    status: IterationStatus


def value_iteration(
    flow: Array,
    stop: Array,
    following: Callable[[Array], Array],
    discount: float,
    tolerance: float = TOLERANCE,
    most_sweeps: int = MOST_SWEEPS,
) -> Programme:
    """V = max(stop, flow + delta E[V']) by successive approximation (Bellman 1957).

    Args:
        flow: (S,) what one more month of war brings.
        stop: (S,) present value of stopping; -inf where it is not possible.
        following: V (S,) -> expected value of the next state, (S,).
        discount: delta in (0, 1).
        tolerance: bound on the error relative to the largest value.
        most_sweeps: passes before it gives up, with status "stalled".

    Raises:
        TalksError: a discount outside (0, 1), shapes that differ.
    """
    delta = float(require("discount", discount, "per month", above=0.0, below=1.0))
    flow = require("flow of war", flow, "USD bn per month")
    if flow.shape != np.shape(stop):
        raise TalksError(f"flow has shape {flow.shape}, stop has {np.shape(stop)}; they must agree")
    value = np.maximum(stop, flow / (1.0 - delta))
    bound, sweep = np.inf, 0
    while bound > tolerance and sweep < most_sweeps:
        new = np.maximum(stop, flow + delta * following(value))
        change = float(np.abs(new - value).max())
        bound = delta / (1.0 - delta) * change / max(1e-300, float(np.abs(new).max()))
        value, sweep = new, sweep + 1
    code = "converged" if bound <= tolerance else "stalled"
    fight = flow + delta * following(value)
    return Programme(value, stop >= fight, IterationStatus(code, sweep, bound, tolerance))


def months_followed(discount: float, tail: float = TAIL) -> int:
    """Months until delta^T is below the tail, at most `MOST_SWEEPS`."""
    return min(MOST_SWEEPS, int(np.ceil(np.log(tail) / np.log(discount))) + 1)


def next_month(value: Array) -> Array:
    """The value a month later along a path; the last month repeats itself."""
    return np.append(value[1:], value[-1])


def path(line: float, drift: float, discount: float) -> Array:
    """(T,) km2, the line in each month of a war that is never ended."""
    return line + drift * np.arange(months_followed(discount), dtype=float)


def war_programme(side: Side, line: float, drift: float, discount: float, sign: float) -> Programme:
    """War without end, no peace on offer; sign +1 for the attacker, -1 for the defender."""
    lines = path(line, drift, discount)
    flow = sign * float(side.land_value) * lines - float(side.war_cost)
    return value_iteration(flow, np.full_like(flow, -np.inf), next_month, discount)


def accepted_line(
    side: Side, line: float, drift: float, discount: float, sign: float
) -> tuple[float, IterationStatus]:
    """The line, km2, at which a side is indifferent between peace and war without end.

    It is y_min for the attacker (sign +1) and y_max for the defender (sign -1).
    """
    war = war_programme(side, line, drift, discount, sign)
    monthly = (1.0 - discount) * float(war.value[0])
    return (monthly - float(side.peace_gain)) / (sign * float(side.land_value)), war.status


def freeze_programme(
    side: Side, line: float, drift: float, discount: float, sign: float = 1.0
) -> Programme:
    """A freeze in place is on offer every month: stop now, later or never."""
    lines = path(line, drift, discount)
    worth = sign * float(side.land_value) * lines
    stop = (worth + float(side.peace_gain)) / (1.0 - discount)
    return value_iteration(worth - float(side.war_cost), stop, next_month, discount)
