"""Solve one counterfactual: feasibility first, then the fused fixed point, then every check.

Nothing is returned unless every market clears to the tolerance; a failure is a typed
error that carries its status.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol
from weakref import WeakKeyDictionary

import numpy as np

from threatpoint.equilibrium import system as sy
from threatpoint.equilibrium.calibration import Calibration
from threatpoint.equilibrium.equations import DEFICITS
from threatpoint.equilibrium.feasibility import structure
from threatpoint.equilibrium.horizon import elasticities_for
from threatpoint.equilibrium.iterate import iterate
from threatpoint.equilibrium.solution import Solution, rebased
from threatpoint.equilibrium.status import Status, classify
from threatpoint.errors import ConvergenceError, InfeasibleError, PolicyError, WorldError, unknown
from threatpoint.policy.wedges import Wedges
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities
from threatpoint.world.identities import require_balanced

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from threatpoint.equilibrium.iterate import Attempt

    Array = NDArray[np.float64]

WALRAS = 100.0
"""The redundant labour markets add up the others' residuals: allow this many tolerances."""


class HasWedges(Protocol):
    """Anything that turns into trade-cost wedges on an economy, such as a policy."""

    def wedges(self, economy: Economy) -> Wedges:
        """The wedges on this economy."""
        ...


def solve(
    economy: Economy,
    policy: HasWedges | Wedges | None = None,
    *,
    elasticities: Elasticities | None = None,
    horizon: str = "long",
    deficits: str = "fixed",
    tolerance: float = 1e-10,
    start: Solution | None = None,
) -> Solution:
    """Counterfactual equilibrium of an economy under a policy.

    Args:
        economy: a balanced baseline.
        policy: wedges, or anything with `.wedges(economy)`; None solves the baseline.
        elasticities: a set that replaces the economy's own.
        horizon: which of the economy's sets to use.
        deficits: closure, "fixed" (units of world value added), "balanced" or "proportional".
            "balanced" sets D' = 0 whatever the baseline: in a baseline with deficits the result
            then holds their closing too. Solve on `balanced_trade(economy)` to see the policy's
            effect alone, as the command line does.
        tolerance: bound on every market's residual.
        start: a solution of the same economy to start from.

    Raises:
        UnbalancedError: the baseline violates an accounting identity.
        InfeasibleError: the policy leaves no equilibrium; said before any iteration.
        ConvergenceError: no point met the tolerance; carries the status.
    """
    values = elasticities_for(economy, horizon, elasticities)
    wedges = _wedges(economy, policy)
    calibration = _calibrated(economy, values)
    return solve_shares(
        calibration, wedges, deficits=deficits, tolerance=tolerance, economy=economy, start=start
    )


def solve_shares(
    calibration: Calibration,
    wedges: Wedges | None = None,
    *,
    deficits: str = "fixed",
    tolerance: float = 1e-10,
    economy: Economy | None = None,
    start: Solution | None = None,
) -> Solution:
    """The same from baseline shares, which need not be an equilibrium themselves.

    Raises: as `solve`.
    """
    if deficits not in DEFICITS:
        raise PolicyError(unknown("deficit closure", deficits, tuple(DEFICITS)))
    if wedges is None:
        wedges = Wedges(calibration.tariff, np.ones_like(calibration.tariff))
    left = structure(calibration, wedges, deficits)
    system = sy.assemble(calibration, left, wedges.tariff, deficits)
    first = np.zeros(sum(system.shape[1:]) + 2 * system.shape[0] * system.shape[1])
    if start is not None:
        first = start.stacked(system.expenditure)
    attempt = iterate(system, first, tolerance)
    state, status = _judge(calibration, system, attempt, tolerance)
    if not status.converged:
        raise ConvergenceError(_failure(calibration, status, attempt), status)
    return Solution.from_state(calibration, wedges, left.weights, state, status, deficits, economy)


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

    The baseline to compare with when a policy is solved under closure "balanced": otherwise the
    closing of the deficits would be read as an effect of the policy. Cell provenance no longer
    holds, so `basis` and the finer flows are dropped.
    """
    base = solve(economy, elasticities=elasticities, horizon=horizon, deficits="balanced")
    return rebased(
        base,
        services=economy.services,
        names=economy.names,
        sector_names=economy.sector_names,
        groups=economy.groups,
        residuals=economy.residuals,
        unit=economy.unit,
        year=economy.year,
        metadata={**economy.metadata, "rebased": "trade balanced"},
    )


_CALIBRATED: WeakKeyDictionary[Economy, dict[Elasticities, Calibration]] = WeakKeyDictionary()


def _calibrated(economy: Economy, values: Elasticities) -> Calibration:
    """Check and calibrate an economy once; both are frozen, so the result can be kept."""
    known = _CALIBRATED.setdefault(economy, {})
    if values not in known:
        require_balanced(economy)
        known[values] = Calibration.from_economy(economy, values)
    return known[values]


def _wedges(economy: Economy, policy: HasWedges | Wedges | None) -> Wedges:
    wedges = (
        Wedges.none(economy)
        if policy is None
        else policy
        if isinstance(policy, Wedges)
        else policy.wedges(economy)
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
        paid = (system.phi * system.gamma * state.output).sum(axis=0)
        walras = paid / (np.exp(state.log_wage) * system.mobile) - 1.0
    gaps = (state.price_gap, state.spend_gap, state.imbalance)
    price, goods, trade = (np.abs(gap.T) for gap in gaps)
    clears = state.residual <= tolerance
    if clears:
        _require_income(calibration, state)
    sound = bool(np.abs(walras).max() <= WALRAS * tolerance)
    status = Status(
        code="converged" if clears and sound else classify(attempt.history),
        method=attempt.method,
        evaluations=len(attempt.history),
        tolerance=tolerance,
        price=price,
        goods=goods,
        trade=trade,
        walras=walras,
        history=attempt.history,
        worst=_worst(calibration, price, goods, trade),
    )
    return state, status


def _failure(calibration: Calibration, status: Status, attempt: Attempt) -> str:
    """What failed, how far it came, what to try."""
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


def _require_income(calibration: Calibration, state: sy.State) -> None:
    """Markets that clear only with a country spending less than nothing are no equilibrium."""
    broke = np.flatnonzero(state.income <= 0)
    if broke.size:
        names = ", ".join(calibration.countries[n] for n in broke)
        raise InfeasibleError(
            f"no equilibrium: under closure 'fixed' {names} would have to lend abroad more "
            "than its whole income. Try --deficits balanced or proportional, or a smaller shock."
        )


def _worst(calibration: Calibration, price: Array, goods: Array, trade: Array) -> str:
    """The market with the largest residual, in words."""
    sizes = {"price": price, "goods market": goods, "trade balance": trade}
    what = max(sizes, key=lambda name: float(np.nan_to_num(sizes[name], nan=np.inf).max()))
    place = np.unravel_index(
        int(np.nan_to_num(sizes[what], nan=np.inf).argmax()), sizes[what].shape
    )
    where = calibration.countries[int(place[0])]
    if len(place) == 2:
        where += f", {calibration.sectors[int(place[1])]}"
    return f"{what} of {where}"
