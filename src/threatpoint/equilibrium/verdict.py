"""The verdict on a point: the residual of every market, or what failed and what to try."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import numpy as np

from threatpoint.equilibrium import supply as sp
from threatpoint.equilibrium import system as sy
from threatpoint.equilibrium.active import Active
from threatpoint.equilibrium.cells import PRICE, SHARE, VOLUME
from threatpoint.equilibrium.status import Status, classify
from threatpoint.errors import ConvergenceError, NoPathError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.equilibrium.cells import Cells
    from threatpoint.equilibrium.continuation import Path
    from threatpoint.equilibrium.problem import Problem

    Array = NDArray[np.float64]

POOR = 0.05
"""A country is running out of income below this part of its baseline's."""


def judge(
    calibration: Calibration,
    system: sy.System,
    z: Array,
    method: str,
    history: list[float],
    tolerance: float,
) -> tuple[sy.State, Status]:
    """The state and its status: "converged" only if every market clears and it is sound."""
    with np.errstate(all="ignore"):
        state = sy.evaluate(system, z)
    gaps = (state.price_gap, state.spend_gap, state.imbalance)
    price, goods, trade = (np.abs(gap.T) for gap in gaps)
    bounds, supply = np.abs(state.bound_gap), _supply_gaps(calibration, system, state)
    clears = max(state.residual, supply.max(initial=0.0) / sy.WALRAS) <= tolerance
    clears = clears and state.sound and _alive(calibration, system, state)
    status = Status(
        code="converged" if clears else classify(tuple(history)),
        method=method or "Anderson",
        evaluations=len(history),
        tolerance=tolerance,
        price=price,
        goods=goods,
        trade=trade,
        bounds=bounds,
        supply=supply,
        numeraire=np.abs(state.drift),
        walras=state.labour,
        history=tuple(history),
        worst=_worst(calibration, price, goods, trade, system.cells, bounds),
    )
    return state, status


def _alive(c: Calibration, system: sy.System, state: sy.State) -> bool:
    """Whether every sector that still has a buyer sells more than rounding can hold."""
    bought = (system.B_own > 0) | (system.B_off > 0).any(axis=1)
    lost = bought & (c.output.T > 0) & ~(state.output > 0)
    return not bool((lost | (bought & (c.value_added.T > 0) & ~(state.value_added > 0))).any())


def _supply_gaps(c: Calibration, system: sy.System, state: sy.State) -> Array:
    """(K, N) |log| by which a sector with a specific factor is off its supply curve."""
    if system.curves is None:
        return np.zeros((0, len(c.countries)))
    j = system.place.argmax(axis=0)
    before = c.value_added.T[j]
    with np.errstate(all="ignore"):
        earned = np.log(state.value_added[j] / before)
        gaps = sp.gaps(system.curves, state.log_wage, state.log_cost[j], state.log_value[j], earned)
    return np.abs(np.where(before > 0, gaps, 0.0))


def refuse(problem: Problem, path: Path, failed: Status | None) -> NoReturn:
    """Say what failed, how far it came and what to try.

    Args:
        problem: the counterfactual.
        path: followed from the baseline as far as it goes.
        failed: what the map said of the whole shock.

    Raises:
        NoPathError: a country runs out of income before the whole shock is in.
        ConvergenceError: the path ends for another reason.
    """
    _, one_way = problem.system(Active())
    if one_way:
        raise ConvergenceError(
            f"no equilibrium found: {one_way}, and the deficits of closure 'proportional' do not "
            f"pay for that. Cut off both directions or use an enforcement below 1. ({failed})",
            failed,
        )
    name, left = _poorest(problem.calibration, path)
    reached = f"{path.share:.1%} of the shock"
    if left < POOR:
        raise NoPathError(
            f"no equilibrium on the path from the baseline: grown step by step, {reached} has one, "
            f"and there {name} has {left:.1%} of its income left, net of trade deficit and real "
            "costs of trading; with more it would run out. Try --deficits balanced or "
            f"proportional, or a smaller shock. ({failed})",
            failed,
            path.share,
        )
    raise ConvergenceError(
        f"no equilibrium found: grown from the baseline, the path ends with {reached}; the income "
        f"of {name} shrinks most on the way, to {left:.0%}. Try a smaller shock, an enforcement "
        f"below 1, another --deficits, or a longer horizon. ({failed})",
        failed,
    )


def _poorest(c: Calibration, path: Path) -> tuple[str, float]:
    """(country, income as a part of the baseline's) with the least at the end of the path."""
    if not path.points:
        return c.countries[0], 1.0
    end = path.points[-1].found
    left = (end.income - end.waste) / c.income
    return c.countries[int(left.argmin())], float(left.min())


def _worst(
    calibration: Calibration,
    price: Array,
    goods: Array,
    trade: Array,
    cells: Cells | None,
    bounds: Array,
) -> str:
    """The market, or the bound, with the largest residual, in words."""
    sizes = {"price": price, "goods market": goods, "trade balance": trade}
    largest = max(float(np.nan_to_num(size, nan=np.inf).max()) for size in sizes.values())
    if cells is not None and np.nan_to_num(bounds, nan=np.inf).max() > largest:
        return _bound_words(calibration, cells, int(np.nan_to_num(bounds, nan=np.inf).argmax()))
    what = max(sizes, key=lambda name: float(np.nan_to_num(sizes[name], nan=np.inf).max()))
    place = np.unravel_index(
        int(np.nan_to_num(sizes[what], nan=np.inf).argmax()), sizes[what].shape
    )
    where = calibration.countries[int(place[0])]
    if len(place) == 2:
        where += f", {calibration.sectors[int(place[1])]}"
    return f"{what} of {where}"


def _bound_words(calibration: Calibration, cells: Cells, k: int) -> str:
    """Which bound on which flow."""
    kinds = {VOLUME: "bound on the volume", SHARE: "limit on the share", PRICE: "price cap"}
    k = cells.bound_of(k)
    at = cells.head[k]
    seller, buyer = (calibration.countries[int(x[at])] for x in (cells.exporter, cells.importer))
    sector = calibration.sectors[int(cells.sector[at])]
    return f"{kinds[int(cells.kind[k])]} of {sector} from {seller} to {buyer}"
