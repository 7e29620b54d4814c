"""The set-up as it was: every flow, market and check formed anew for each counterfactual.

From commit 77056f0, for `benchmarks.reference`; today's is in `threatpoint.equilibrium`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.reference_network import network
from threatpoint.equilibrium.assembly import nests
from threatpoint.equilibrium.equations import kappa, netted, trade_weights
from threatpoint.equilibrium.given import Given, costs
from threatpoint.equilibrium.supply import curves
from threatpoint.equilibrium.system import CARRY, LARGEST, WAGE_STEP, System

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask, Positions
    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.equilibrium.cells import Cells
    from threatpoint.equilibrium.given import Costs
    from threatpoint.policy.wedges import Wedges


@dataclass(frozen=True, eq=False)
class Flows:
    """Trade weights and the split of spending, (N n, N i, S j) each.

    Attributes:
        weights: A, share weights at unit costs of 1.
        received: B, the part of A that reaches the producer.
        charged: the part of A that the exporter's treasury takes, plus `wasted`.
        wasted: the part of A paid for real costs of trading.
    """

    weights: Array
    received: Array
    charged: Array
    wasted: Array

    def kept(self, mask: Mask) -> Flows:
        """Only the flows of a mask; the others are exactly 0."""
        if mask.all():
            return self
        weights, received = self.weights * mask, self.received * mask
        if self.charged is self.wasted:  # neither exists
            return Flows(weights, received, self.charged, self.wasted)
        return Flows(weights, received, self.charged * mask, self.wasted * mask)


def _flows(base: Calibration, wedges: Wedges | Costs) -> Flows:
    """Weights and split of every flow under a policy; the baseline has tariffs only.

    Channel 1 pays tau' and bears export tax and cost; channel 2, the evading share, pays the
    baseline tariff and bears the evasion cost besides. A = sum of channels.
    """
    theta = base.elasticities.theta
    if not (wedges.export_tax.any() or wedges.cost.any() or wedges.evading.any()):
        return _tariffs_only(base, wedges)
    charges = wedges.export_tax + wedges.cost
    first = kappa(base.tariff, wedges.tariff) * (1.0 + charges)
    honest = wedges.survival * (1.0 - wedges.evading)
    main = trade_weights(base.pi, first, honest, theta)
    border = main / (1.0 + wedges.tariff)
    received = border / (1.0 + charges)
    wasted = received * wedges.cost
    if not wedges.evading.any():
        return Flows(main, received, border - received, wasted)
    dearer = 1.0 + charges + wedges.evasion_cost
    hidden = trade_weights(base.pi, dearer, wedges.survival * wedges.evading, theta)
    at_border = hidden / (1.0 + base.tariff)
    got = at_border / dearer
    return Flows(
        main + hidden,
        received + got,
        border - received + at_border - got,
        wasted + got * (wedges.cost + wedges.evasion_cost),
    )


def _tariffs_only(base: Calibration, wedges: Wedges | Costs) -> Flows:
    """The common case: nobody is paid between the border and the producer."""
    cost = kappa(base.tariff, wedges.tariff)
    weights = trade_weights(base.pi, cost, wedges.survival, base.elasticities.theta)
    none = np.zeros_like(weights)
    return Flows(weights, weights / (1.0 + wedges.tariff), none, none)


def assemble(
    base: Calibration,
    wedges: Wedges,
    closure: str,
    given: Given | None = None,
    cells: Cells | None = None,
) -> tuple[System, str]:
    """(the constants of the map, what goes one way only); raises `InfeasibleError`."""
    flows = _flows(base, costs(wedges, given))
    at = None if given is None else given.sector
    structure = network(base, flows.weights, closure, at)
    flows = flows.kept(structure.flows)
    s = len(base.sectors)
    A_off, A_own = _apart(flows.weights)
    B_off, B_own = _apart(flows.received)
    # A market nobody demands needs a finite price only for the arithmetic; it is never reported.
    A_own[A_own + A_off.sum(axis=2) <= 0] = 1.0
    specific, phi = _specific(base, at), values_of_phi(base, at)
    charged = _charged(flows, cells)
    factor_income = base.value_added.sum(axis=1)
    expenditure = np.where(structure.demanded, base.expenditure, 0.0).T.copy()
    values = base.elasticities
    carry = CARRY[0] + CARRY[1] * float(np.average(values.phi, weights=base.value_added))
    system = System(
        A_off=A_off,
        A_own=A_own,
        B_off=B_off,
        B_own=B_own,
        C_off=_apart(flows.charged[:, :, charged])[0],
        W_off=_apart(flows.wasted[:, :, charged])[0],
        charged=np.eye(s)[:, charged],
        follow=carry * (A_own / (A_own + A_off.sum(axis=2))) ** 2,
        gamma=np.ascontiguousarray(base.gamma.T),
        alpha=np.ascontiguousarray(base.alpha.T),
        theta=values.theta[:, None],
        **nests(base),
        rho=values.rho,
        phi=np.ascontiguousarray(phi.T),
        place=np.eye(s)[:, specific],
        curves=curves(base, specific, given) if specific.size else None,
        B_place=B_off[specific],
        output=np.ascontiguousarray(base.output.T),
        expenditure=expenditure,
        per_expenditure=np.divide(1.0, expenditure, out=expenditure.copy(), where=expenditure > 0),
        mobile=(phi * base.value_added).sum(axis=1),
        deficit=_settled(base.deficit, factor_income, structure.blocs),
        deficit_share=base.deficit / factor_income,
        closure=closure,
        blocs=structure.blocs.astype(np.float64),
        factor_income=factor_income,
        step=_step(base),
        cells=cells,
    )
    return system, structure.one_way


def _step(base: Calibration) -> float:
    """Wage response of the map: the stiffer trade is, the larger."""
    theta = float(np.average(base.elasticities.theta, weights=base.expenditure.sum(axis=0)))
    return min(WAGE_STEP / theta, LARGEST)


def _apart(flows: Array) -> tuple[Array, Array]:
    """([j, n, i] between countries, [j, n] at home) of (N n, N i, S j)."""
    off = flows.transpose(2, 0, 1).copy()  # a view would zero the caller's diagonal
    own = np.arange(len(flows))
    home = off[:, own, own]
    off[:, own, own] = 0.0
    return off, home


def _specific(base: Calibration, given: int | None) -> Positions:
    """Sectors with a specific factor, or with prices given, somewhere."""
    found = ((base.elasticities.phi < 1) & (base.value_added > 0)).any(axis=0)
    return np.flatnonzero(found | (np.arange(len(found)) == given))


def values_of_phi(base: Calibration, given: int | None) -> Array:
    """Mobile shares; 0 where prices are given."""
    return np.where(np.arange(len(base.sectors)) == given, 0.0, base.elasticities.phi)


def _charged(flows: Flows, cells: Cells | None) -> Positions:
    """Sectors in which somebody on the exporter's side may be paid before the producer.

    A subsidy that offsets a real cost leaves a charge of 0, and the cost is used up all the same.
    """
    found = ((flows.charged != 0) | (flows.wasted != 0)).any(axis=(0, 1))
    if cells is not None:
        found[cells.sector] = True
    return np.flatnonzero(found)


def _settled(deficit: Array, factor_income: Array, blocs: Mask) -> Array:
    """Deficits less each bloc's rounding error, which feasibility has bounded, by income.

    A country alone in its bloc gets exactly 0: with no trade left, any rest would be infinite in
    logarithms.
    """
    members = blocs.astype(np.float64)
    alone = (members.sum(axis=1) @ members) == 1.0
    return np.where(alone, 0.0, netted(deficit, factor_income, members, np))
