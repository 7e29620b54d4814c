"""Programme: the talks as a dynamic programme, solved by value iteration.

It knows nothing of the closed forms in `ceasefire`; both must give the same thresholds. Each month
a side either stops (takes the peace on offer, for good) or fights one month more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from threatpoint.talks.terms import require

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.talks.terms import Side

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
    stops: Mask
    status: IterationStatus


def value_iteration(
    flow: Array,
    stop: Array,
    following: Callable[[Array], Array],
    discount: float,
    most_sweeps: int = MOST_SWEEPS,
) -> Programme:
    """V = max(stop, flow + delta E[V']) by successive approximation (Bellman 1957).

    Args:
        flow: (S,) what one more month of war brings.
        stop: (S,) present value of stopping; -inf where it is not possible.
        following: V (S,) -> expected value of the next state, (S,).
        discount: delta in (0, 1).
        most_sweeps: passes before it gives up, with status "stalled".

    Raises:
        TalksError: a flow that is not finite: terms too large for the months followed.
    """
    require("flow of war", flow, "USD bn per month")
    value = np.maximum(stop, flow / (1.0 - discount))
    bound, sweep = np.inf, 0
    while bound > TOLERANCE and sweep < most_sweeps:
        new = np.maximum(stop, flow + discount * following(value))
        change = float(np.abs(new - value).max())
        bound = discount / (1.0 - discount) * change / max(1e-300, float(np.abs(new).max()))
        value, sweep = new, sweep + 1
    code = "converged" if bound <= TOLERANCE else "stalled"
    fight = flow + discount * following(value)
    return Programme(value, stop >= fight, IterationStatus(code, sweep, bound, TOLERANCE))


def next_month(value: Array) -> Array:
    """The value a month later along a path; the last month repeats itself."""
    return np.append(value[1:], value[-1])


def path(line: float, drift: float, discount: float) -> Array:
    """(T,) km2, the line in each month of a war that is never ended, until delta^T is tiny."""
    months = min(MOST_SWEEPS, int(np.ceil(np.log(TAIL) / np.log(discount))) + 1)
    return line + drift * np.arange(months, dtype=float)


def accepted_line(
    side: Side, line: float, drift: float, discount: float, sign: float
) -> tuple[float, IterationStatus]:
    """The line, km2, at which a side is indifferent between peace and war without end.

    It is y_min for the attacker (sign +1) and y_max for the defender (sign -1).
    """
    flow = sign * float(side.land_value) * path(line, drift, discount) - float(side.war_cost)
    war = value_iteration(flow, np.full_like(flow, -np.inf), next_month, discount)
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
