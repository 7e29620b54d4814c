"""Solve one counterfactual: feasibility first, then the fused fixed point, then every check.

Nothing is returned unless every market clears to the tolerance; a failure is a typed
error that carries its status.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable
from weakref import WeakKeyDictionary

import numpy as np

from threatpoint.equilibrium import system as sy
from threatpoint.equilibrium.assembly import assemble
from threatpoint.equilibrium.calibration import Calibration
from threatpoint.equilibrium.cells import PRICE, SHARE, VOLUME, Binding, Cells, bound_cells
from threatpoint.equilibrium.equations import DEFICITS
from threatpoint.equilibrium.feasibility import structure
from threatpoint.equilibrium.horizon import elasticities_for
from threatpoint.equilibrium.iterate import iterate
from threatpoint.equilibrium.solution import Solution, rebased
from threatpoint.equilibrium.status import Status, classify
from threatpoint.equilibrium.supply import Supply
from threatpoint.errors import (
    ConvergenceError,
    InfeasibleError,
    PolicyError,
    WorldError,
    require_label,
    require_type,
)
from threatpoint.policy.numbers import number
from threatpoint.policy.policy import Policy
from threatpoint.policy.wedges import Wedges
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities
from threatpoint.world.identities import require_balanced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from threatpoint.equilibrium.iterate import Attempt
    from threatpoint.policy import Instrument

    Array = NDArray[np.float64]

TOLERANCES = (1e-13, 1e-6)
"""Tolerances that a caller may ask for."""

IDENTITIES = 1e-9
"""A baseline whose accounts are off by more is refused: no market system would clear at it."""

BALANCED = 1e-12
"""Trade counts as balanced when no deficit exceeds this part of world value added."""

KEPT = 4
"""Sets of elasticities for which an economy's calibration is kept."""

SLACK = 1.0 + 1e-9
"""A physical limit counts as exceeded above this multiple of it."""

T = TypeVar("T")
_CALIBRATED: WeakKeyDictionary[Economy, dict[Elasticities, Calibration]] = WeakKeyDictionary()
_REBASED: WeakKeyDictionary[Economy, dict[Elasticities, Economy]] = WeakKeyDictionary()


@runtime_checkable
class HasWedges(Protocol):
    """Anything that turns into trade-cost wedges on an economy, such as a policy."""

    def wedges(self, economy: Economy) -> Wedges:
        """The wedges on this economy."""
        ...


def solve(
    economy: Economy,
    policy: HasWedges | Wedges | Sequence[Instrument] | None = None,
    *,
    elasticities: Elasticities | None = None,
    horizon: str = "long",
    deficits: str = "fixed",
    tolerance: float = 1e-10,
    start: Solution | None = None,
    rebase: bool = True,
    supply: Supply | None = None,
) -> Solution:
    """Counterfactual equilibrium of an economy under a policy.

    Args:
        economy: a balanced baseline.
        policy: wedges, instruments, or anything with `.wedges(economy)`; None: the baseline.
        elasticities: a set that replaces the economy's own.
        horizon: which of the economy's sets to use.
        deficits: closure, "fixed" (units of world value added), "balanced" or "proportional".
        tolerance: bound on every market's residual, 1e-13 to 1e-6.
        start: a solution of the same economy to start from.
        rebase: under "balanced", first re-solve the baseline with trade balanced and compare with
            that (`solution.economy` then is `balanced_trade(economy)`), so that the result is the
            policy's alone. False keeps the baseline: the closing of its deficits is then part of
            the result.
        supply: regimes of output (held, idle capacity, shut-in, limits on one origin); None: every
            sector follows its supply elasticity.

    Raises:
        UnbalancedError: the baseline violates an accounting identity.
        PolicyError, WorldError: bad wedges, closure, horizon, tolerance or start.
        InfeasibleError: the policy leaves no equilibrium.
        ConvergenceError: no point met the tolerance; carries the status.
    """
    values = elasticities_for(economy, horizon, elasticities)
    require_type("rebase", rebase, bool, PolicyError)
    wedges = _wedges(economy, policy)
    if deficits == "balanced" and rebase:
        economy = balanced_trade(economy, elasticities=values)
    calibration = _calibrated(economy, values)
    return solve_shares(
        calibration,
        wedges,
        deficits=deficits,
        tolerance=tolerance,
        economy=economy,
        start=start,
        supply=supply,
    )


def solve_shares(
    calibration: Calibration,
    wedges: Wedges | None = None,
    *,
    deficits: str = "fixed",
    tolerance: float = 1e-10,
    economy: Economy | None = None,
    start: Solution | None = None,
    supply: Supply | None = None,
) -> Solution:
    """The same from baseline shares, which need not be an equilibrium themselves.

    Raises: as `solve`.
    """
    require_label("deficit closure", deficits, DEFICITS, PolicyError)
    number("tolerance", tolerance, "1e-10")
    if not TOLERANCES[0] <= tolerance <= TOLERANCES[1]:
        raise PolicyError(
            f"tolerance {tolerance:g} must lie between {TOLERANCES[0]:g} (rounding) and "
            f"{TOLERANCES[1]:g}: it bounds every market's residual and cannot switch checks off"
        )
    if wedges is None:
        wedges = Wedges(calibration.tariff, np.ones_like(calibration.tariff))
    supply = _fitting(supply, calibration)
    left = structure(calibration, wedges, deficits)
    if start is not None:
        _require_same(calibration, start)
    binding: Binding = {}
    evaluations = 0
    while True:
        cells = bound_cells(calibration, wedges, binding)
        system = assemble(calibration, left, deficits, supply, cells)
        first = np.zeros(system.size) if start is None else start.stacked(system)
        attempt = iterate(system, first, tolerance)
        state, status = _judge(calibration, system, attempt, tolerance)
        evaluations += status.evaluations
        if not status.converged:
            raise ConvergenceError(_failure(calibration, status, attempt, left.one_way), status)
        status = replace(status, evaluations=evaluations)
        start = Solution.from_state(
            calibration, wedges, system, state, status, deficits, supply, economy
        )
        broken = _exceeded(start, supply, binding)
        if not broken:
            return start
        binding |= broken


def balanced_economy(
    calibration: Calibration, *, services: tuple[str, ...] = (), **labels: Any
) -> Economy:
    """A balanced baseline from shares that are not one: re-solved with trade balanced.

    Used for published data, as Caliendo & Parro (2015) do for their Table 2.
    """
    return rebased(solve_shares(calibration, deficits="balanced"), services=services, **labels)


def balanced_trade(
    economy: Economy, *, elasticities: Elasticities | None = None, horizon: str = "long"
) -> Economy:
    """The economy re-solved with every country's trade balanced, labels kept.

    The baseline that a policy under closure "balanced" is compared with. Cell provenance no longer
    holds, so `basis` and the finer flows are dropped. An economy whose trade is balanced already
    is returned as it is.
    """
    values = elasticities_for(economy, horizon, elasticities)
    if np.abs(economy.deficit).max() <= BALANCED * economy.value_added.sum():
        return economy
    known = _kept(_REBASED, economy)
    if values not in known:
        base = solve(economy, elasticities=values, deficits="balanced", rebase=False)
        labels = ("services", "names", "sector_names", "groups", "residuals", "unit", "year")
        _keep(
            known,
            values,
            rebased(
                base,
                metadata={**economy.metadata, "rebased": "trade balanced"},
                **{name: getattr(economy, name) for name in labels},
            ),
        )
    return known[values]


def _fitting(supply: Supply | None, c: Calibration) -> Supply:
    """The regimes, checked against the economy's shape."""
    shape = c.value_added.shape
    if supply is None:
        return Supply.free(*shape)
    require_type("supply", supply, Supply, WorldError)
    wanted = dict.fromkeys(("held", "spare", "floor"), shape)
    wanted |= dict.fromkeys(("largest_share", "largest_volume"), c.pi.shape)
    wrong = [
        f"{name} has {np.shape(getattr(supply, name))}, not {fits}"
        for name, fits in wanted.items()
        if np.shape(getattr(supply, name)) != fits
    ]
    if wrong:
        raise WorldError("supply regimes do not fit this economy: " + "; ".join(wrong))
    return supply


def _exceeded(found: Solution, supply: Supply, known: Binding) -> Binding:
    """Limits of physics that the equilibrium breaks and that do not bind yet.

    A limit on one origin below the baseline share is the baseline share. Only limits that bind
    ever enter the system.
    """
    c, policy = found.calibration, found.wedges.largest_volume
    broken: Binding = {}
    if np.isfinite(policy).any() or np.isfinite(supply.largest_volume).any():
        most = np.minimum(supply.largest_volume, policy)
        volume = found.trade / found.unit_costs / np.where(c.pi > 0, found.baseline_trade, 1.0)
        for n, i, j in np.argwhere((c.pi > 0) & (volume > most * SLACK)):
            broken[int(n), int(i), int(j)] = (VOLUME, float(most[n, i, j]))
    if (supply.largest_share < 1.0).any():
        limit = np.maximum(supply.largest_share, c.pi)
        for n, i, j in np.argwhere((supply.largest_share < 1.0) & (found.shares > limit * SLACK)):
            broken.setdefault((int(n), int(i), int(j)), (SHARE, float(limit[n, i, j])))
    return {cell: bound for cell, bound in broken.items() if cell not in known}


def _kept(
    store: WeakKeyDictionary[Economy, dict[Elasticities, T]], economy: Economy
) -> dict[Elasticities, T]:
    return store.setdefault(economy, {})


def _keep(known: dict[Elasticities, T], values: Elasticities, made: T) -> None:
    """Keep a result for the last few sets of elasticities; both sides are frozen."""
    while len(known) >= KEPT:
        known.pop(next(iter(known)))
    known[values] = made


def _calibrated(economy: Economy, values: Elasticities) -> Calibration:
    """Check and calibrate an economy once for each set of elasticities."""
    known = _kept(_CALIBRATED, economy)
    if values not in known:
        require_balanced(economy, IDENTITIES)
        _keep(known, values, Calibration.from_economy(economy, values))
    return known[values]


def _require_same(calibration: Calibration, start: Solution) -> None:
    require_type("start", start, Solution, WorldError)
    ours = (calibration.countries, calibration.sectors)
    theirs = (start.calibration.countries, start.calibration.sectors)
    if ours != theirs:
        raise WorldError(
            f"start is a solution of another economy: {len(theirs[0])} countries x "
            f"{len(theirs[1])} sectors, this one has {len(ours[0])} x {len(ours[1])}, or other "
            "labels"
        )


def _wedges(economy: Economy, policy: HasWedges | Wedges | Sequence[Instrument] | None) -> Wedges:
    if policy is None:
        return Wedges.none(economy)
    if isinstance(policy, Wedges):
        wedges = policy
    elif isinstance(policy, list | tuple):
        wedges = Policy(tuple(policy)).wedges(economy)
    elif isinstance(policy, HasWedges):
        wedges = policy.wedges(economy)
    else:
        raise PolicyError(
            f"{type(policy).__name__} is not a policy: use Policy([CutOff(...), Tariff(...)]), a "
            "Rule, or Wedges"
        )
    shape = economy.trade.shape
    if wedges.tariff.shape != shape or wedges.survival.shape != shape:
        raise WorldError(
            f"wedges have shape {wedges.tariff.shape}, the economy's trade has {shape}"
        )
    return wedges


def _judge(
    calibration: Calibration, system: sy.System, attempt: Attempt, tolerance: float
) -> tuple[sy.State, Status]:
    """Residual of every market at the attempt's point, and the verdict."""
    with np.errstate(all="ignore"):
        state = sy.evaluate(system, attempt.z)
    gaps = (state.price_gap, state.spend_gap, state.imbalance)
    price, goods, trade = (np.abs(gap.T) for gap in gaps)
    bounds = np.abs(state.bound_gap)
    clears = state.residual <= tolerance
    if clears:
        _require_income(calibration, system.closure, state)
    status = Status(
        code="converged" if clears else classify(attempt.history),
        method=attempt.method,
        evaluations=len(attempt.history),
        tolerance=tolerance,
        price=price,
        goods=goods,
        trade=trade,
        bounds=bounds,
        numeraire=np.abs(state.drift),
        walras=state.labour,
        history=attempt.history,
        worst=_worst(calibration, price, goods, trade, system.cells, bounds),
    )
    return state, status


def _failure(calibration: Calibration, status: Status, attempt: Attempt, one_way: str) -> str:
    """What failed, how far it came, what to try."""
    if one_way:
        return (
            f"no equilibrium found: {one_way}, and the deficits of closure 'proportional' do not "
            f"pay for that. Cut off both directions or use an enforcement below 1. ({status})"
        )
    if attempt.poorest is not None:
        poorest = calibration.countries[attempt.poorest]
        return (
            f"no equilibrium found: markets clear with {attempt.financed:.0%} of the baseline "
            f"deficits, but not with all of them; the income of {poorest} shrinks most on the way. "
            f"Try --deficits balanced, or a smaller shock. ({status})"
        )
    return (
        f"no equilibrium found: {status}. Try a smaller shock, an enforcement below 1, "
        "another --deficits, or higher trade elasticities."
    )


def _require_income(calibration: Calibration, closure: str, state: sy.State) -> None:
    """Markets that clear only with a country spending less than nothing are no equilibrium."""
    broke = np.flatnonzero(state.income <= 0)
    if broke.size:
        names = ", ".join(calibration.countries[n] for n in broke)
        raise InfeasibleError(
            f"no equilibrium: under closure '{closure}' {names} would have to lend abroad more "
            "than its whole income. Try --deficits balanced or proportional, or a smaller shock."
        )


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
    seller, buyer = (calibration.countries[int(x[k])] for x in (cells.exporter, cells.importer))
    sector = calibration.sectors[int(cells.sector[k])]
    return f"{kinds[int(cells.kind[k])]} of {sector} from {seller} to {buyer}"
