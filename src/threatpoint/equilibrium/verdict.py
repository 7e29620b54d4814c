"""The verdict on a point: the residual of every market, and the worst in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium.evaluation import evaluate
from threatpoint.equilibrium.state import WALRAS
from threatpoint.equilibrium.supply import off_curve, off_price
from threatpoint.equilibrium.system import opened
from threatpoint.status import Status, classify, largest

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.equilibrium.cells import Cells
    from threatpoint.equilibrium.state import State
    from threatpoint.equilibrium.system import System

MARKETS = {
    "goods": "goods market",
    "trade": "trade balance",
    "given": "price given, less than inputs alone cost,",
}
"""Kinds of markets in words."""


def judge(
    calibration: Calibration,
    system: System,
    z: Array,
    method: str,
    history: list[float],
    tolerance: float,
) -> tuple[State, Status]:
    """The state and its status: "converged" only if every market clears and it is sound."""
    with np.errstate(all="ignore"):
        state = evaluate(system, z)
    gaps: dict[str, Any] = {
        "price": np.abs(state.price_gap.T),
        "goods": np.abs(state.spend_gap.T),
        "trade": np.abs(state.imbalance),
        "bounds": np.abs(state.bound_gap),
    }
    supply, gaps["given"] = _supply_gaps(calibration, system, state), _given_gaps(system, state)
    clears = max(state.residual, supply.max(initial=0.0) / WALRAS) <= tolerance
    clears = clears and largest(gaps["given"]) <= tolerance
    clears = clears and state.sound and _alive(calibration, system, state)
    status = Status(
        code="converged" if clears else classify(tuple(history)),
        method=method or "Anderson",
        evaluations=len(history),
        tolerance=tolerance,
        **gaps,
        supply=supply,
        numeraire=np.abs(state.drift),
        walras=state.labour,
        history=tuple(history),
        worst=_worst(calibration, gaps, system.cells),
    )
    return state, status


def _alive(base: Calibration, system: System, state: State) -> bool:
    """Whether every sector that still has a buyer sells more than rounding can hold."""
    free = system if system.apart is None else opened(system, np.zeros(len(system.apart.cells)))
    bought = (free.B_own > 0) | (free.B_off > 0).any(axis=1)
    lost = bought & (base.output.T > 0) & ~(state.output > 0)
    return not bool((lost | (bought & (base.value_added.T > 0) & ~(state.value_added > 0))).any())


def _supply_gaps(base: Calibration, system: System, state: State) -> Array:
    """(K, N) |log| by which a sector with a specific factor is off its supply curve."""
    if system.curves is None:
        return np.zeros((0, len(base.countries)))
    j = system.place.argmax(axis=0)
    before = base.value_added.T[j]
    with np.errstate(all="ignore"):
        earned = np.log(state.value_added[j] / before)
        off = off_curve(system.curves, state.log_wage, state.log_value[j], earned)
    return np.abs(np.where(before > 0, off, 0.0))


def _given_gaps(system: System, state: State) -> Array:
    """(N, S) |log| by which a unit cost is off the price given; no more than rounding."""
    gaps = np.zeros_like(state.log_cost)
    if system.curves is not None:
        j = system.place.argmax(axis=0)
        with np.errstate(all="ignore"):
            gaps[j] = np.abs(off_price(system.curves, state.log_value[j], state.bundle[j]))
    return gaps.T


def _worst(calibration: Calibration, gaps: dict[str, Array], cells: Cells | None) -> str:
    """The market, or the bound, with the largest residual, in words; no number is the largest."""
    sizes = {name: np.nan_to_num(size, nan=np.inf) for name, size in gaps.items() if size.size}
    what = max(sizes, key=lambda name: float(sizes[name].max()))
    at = [int(k) for k in np.unravel_index(int(sizes[what].argmax()), sizes[what].shape)]
    if what == "bounds" and cells is not None:
        return _bound_words(calibration, cells, at[0])
    labels = zip((calibration.countries, calibration.sectors), at, strict=False)
    return f"{MARKETS.get(what, what)} of {', '.join(names[k] for names, k in labels)}"


def _bound_words(calibration: Calibration, cells: Cells, k: int) -> str:
    """Which flow is bound."""
    seller, buyer = (calibration.countries[int(x[k])] for x in (cells.exporter, cells.importer))
    sector = calibration.sectors[int(cells.sector[k])]
    return f"bound on the volume of {sector} from {seller} to {buyer}"
