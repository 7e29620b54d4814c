"""From shares, surviving flows and regimes to the constants of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.equations import netted
from threatpoint.equilibrium.supply import Supply, curves
from threatpoint.equilibrium.system import CARRY, LARGEST, WAGE_STEP, System

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask, Positions
    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.equilibrium.cells import Cells
    from threatpoint.equilibrium.feasibility import Structure
    from threatpoint.equilibrium.flows import Flows


def assemble(
    base: Calibration,
    structure: Structure,
    closure: str,
    supply: Supply | None = None,
    cells: Cells | None = None,
) -> System:
    """Constants of the map from shares, surviving flows, closure, regimes and bounds."""
    flows = structure.flows
    n, s = len(base.countries), len(base.sectors)
    A_off, A_own = _apart(flows.weights)
    B_off, B_own = _apart(flows.received)
    # A market nobody demands needs a finite price only for the arithmetic; it is never reported.
    A_own[A_own + A_off.sum(axis=2) <= 0] = 1.0
    supply = Supply.free(n, s) if supply is None else supply
    specific = _specific(base, supply)
    charged = _charged(flows, cells)
    factor_income = base.value_added.sum(axis=1)
    expenditure = np.where(structure.demanded, base.expenditure, 0.0).T.copy()
    values = base.elasticities
    carry = CARRY[0] + CARRY[1] * float(np.average(values.phi, weights=base.value_added))
    return System(
        A_off=A_off,
        A_own=A_own,
        B_off=B_off,
        B_own=B_own,
        C_off=_apart(flows.charged[:, :, charged])[0],
        W_off=_apart(flows.wasted[:, :, charged])[0],
        charged=np.eye(s)[:, charged],
        follow=carry * (A_own / (A_own + A_off.sum(axis=2))) ** 2,
        gamma=np.ascontiguousarray(base.gamma.T),
        shares=base.input_shares,
        alpha=np.ascontiguousarray(base.alpha.T),
        theta=values.theta[:, None],
        eta=values.eta,
        epsilon=values.epsilon,
        rho=values.rho,
        phi=np.ascontiguousarray(values.phi.T),
        place=np.eye(s)[:, specific],
        curves=curves(base, supply, specific) if specific.size else None,
        B_place=B_off[specific],
        output=np.ascontiguousarray(base.output.T),
        expenditure=expenditure,
        per_expenditure=np.divide(1.0, expenditure, out=expenditure.copy(), where=expenditure > 0),
        mobile=(values.phi * base.value_added).sum(axis=1),
        deficit=_settled(base.deficit, factor_income, structure.blocs),
        deficit_share=base.deficit / factor_income,
        closure=closure,
        blocs=structure.blocs.astype(np.float64),
        factor_income=factor_income,
        step=_step(base),
        cells=cells if cells is not None and len(cells) else None,
    )


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


def _specific(base: Calibration, supply: Supply) -> Positions:
    """Sectors with a specific factor, or a regime, somewhere."""
    fixed = (base.elasticities.phi < 1) | supply.held | (supply.spare > 0) | (supply.floor > 0)
    return np.flatnonzero((fixed & (base.value_added > 0)).any(axis=0))


def _charged(flows: Flows, cells: Cells | None) -> Positions:
    """Sectors in which somebody on the exporter's side may be paid before the producer.

    A subsidy that offsets a real cost leaves a charge of 0, and the cost is used up all the same.
    """
    found = ((flows.charged != 0) | (flows.wasted != 0)).any(axis=(0, 1))
    if cells is not None and len(cells):
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
