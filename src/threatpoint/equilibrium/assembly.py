"""From shares, surviving flows and prices given to the constants of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium.calibration import once, once_of_shares
from threatpoint.equilibrium.equations import by_sector, netted
from threatpoint.equilibrium.supply import curves
from threatpoint.equilibrium.system import CARRY, LARGEST, WAGE_STEP, System
from threatpoint.world.elasticities import BY_SECTOR

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask, Positions
    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.equilibrium.cells import Cells
    from threatpoint.equilibrium.feasibility import Structure
    from threatpoint.equilibrium.flows import Flows
    from threatpoint.equilibrium.given import Given


def assemble(
    base: Calibration,
    structure: Structure,
    closure: str,
    given: Given | None = None,
    cells: Cells | None = None,
) -> System:
    """Constants of the map from shares, surviving flows, closure, prices given and bounds."""
    flows = structure.flows
    constants = _shares(base)
    specific = _specific(base, given)
    A_own, total = _priced(flows)
    return System(
        **constants,
        **_factors(_responses(base), base, given),
        A_off=flows.A_off,
        A_own=A_own,
        B_off=flows.B_off,
        B_own=flows.B_own,
        **_charged(flows, cells),
        follow=_carry(base) * (A_own / total) ** 2,
        place=np.eye(len(base.sectors))[:, specific],
        curves=curves(base, specific, given) if specific.size else None,
        B_place=_rows(flows.B_off, specific),
        **_spending(base, structure.demanded),
        deficit=_settled(base.deficit, constants["factor_income"], structure.blocs),
        closure=closure,
        blocs=structure.blocs.astype(np.float64),
        cells=cells,
    )


@once_of_shares
def _shares(base: Calibration) -> dict[str, Any]:
    """The constants that no policy and no elasticity touches."""
    factor_income = base.value_added.sum(axis=1)
    return _frozen(
        gamma=np.ascontiguousarray(base.gamma.T),
        alpha=np.ascontiguousarray(base.alpha.T),
        output=np.ascontiguousarray(base.output.T),
        deficit_share=base.deficit / factor_income,
        factor_income=factor_income,
    )


@once
def _responses(base: Calibration) -> dict[str, Any]:
    """The constants that elasticities make, whatever the policy."""
    values = base.elasticities
    arrays = _frozen(
        theta=values.theta[:, None],
        phi=np.ascontiguousarray(values.phi.T),
        mobile=(values.phi * base.value_added).sum(axis=1),
    )
    return arrays | nests(base) | {"rho": values.rho, "step": _step(base)}


def nests(base: Calibration) -> dict[str, Any]:
    """How sectors combine inputs: eta, epsilon, the input shares and epsilon of their rows."""
    eta, epsilon = (by_sector(getattr(base.elasticities, name)) for name in BY_SECTOR)
    found = {"eta": eta, "epsilon": epsilon, "within": epsilon, "shares": base.input_shares}
    if not isinstance(epsilon, np.ndarray):
        return found
    users = epsilon[:, 0]
    values: list[float] = list(dict.fromkeys(users.tolist()))  # in the order of the sectors
    shares = np.concatenate([base.input_shares * (users == x) for x in values], axis=1)
    within = np.repeat(np.array(values), len(users))[:, None]
    return found | _frozen(shares=shares, within=within)


def _factors(responses: dict[str, Any], base: Calibration, given: Given | None) -> dict[str, Any]:
    """The same where a sector's prices are given: its mobile factor stays, outside the market.

    It keeps its baseline amount at the going wage, a payment within the country: all that the
    sector's value added adds to income counts as rent.
    """
    if given is None:
        return responses
    j, phi = given.sector, responses["phi"].copy()
    stays = phi[j] * base.value_added[:, j]
    phi[j] = 0.0
    return responses | _frozen(phi=phi, mobile=responses["mobile"] - stays)


def _frozen(**arrays: Array) -> dict[str, Any]:
    """Read-only arrays by name: many systems share them."""
    for values in arrays.values():
        values.setflags(write=False)
    return dict(arrays)


def _step(base: Calibration) -> float:
    """Wage response of the map: the stiffer trade is, the larger."""
    theta = float(np.average(base.elasticities.theta, weights=base.expenditure.sum(axis=0)))
    return min(WAGE_STEP / theta, LARGEST)


@once
def _carry(base: Calibration) -> float:
    """How far prices and spending follow a wage step at once, of a country closed to trade."""
    mean = float(np.average(base.elasticities.phi, weights=base.value_added))
    return CARRY[0] + CARRY[1] * mean


def _priced(flows: Flows) -> tuple[Array, Array]:
    """(A at home, sum of A) [j, n], each 1 in a market that nobody serves.

    Such a market needs a finite price only for the arithmetic; it is never reported.
    """
    empty = flows.total <= 0
    if not empty.any():
        return flows.A_own, flows.total
    return np.where(empty, 1.0, flows.A_own), np.where(empty, 1.0, flows.total)


def _spending(base: Calibration, demanded: Mask) -> dict[str, Any]:
    """X [j, n] at baseline and 1 / X, 0 where no market is left."""
    expenditure = np.where(demanded, base.expenditure, 0.0).T.copy()
    inverse = np.divide(1.0, expenditure, out=expenditure.copy(), where=expenditure > 0)
    return {"expenditure": expenditure, "per_expenditure": inverse}


def _rows(values: Array, sectors: Positions) -> Array:
    """Rows of these sectors; the array itself where that is all of them."""
    return values if len(sectors) == len(values) else values[sectors]


def _specific(base: Calibration, given: Given | None) -> Positions:
    """Sectors with a specific factor, or prices that are given, somewhere."""
    found = np.any((base.elasticities.phi < 1) & (base.value_added > 0), axis=0)
    if given is not None:
        found[given.sector] = True
    return np.flatnonzero(found)


def _charged(flows: Flows, cells: Cells | None) -> dict[str, Any]:
    """Charges, with rows for the sectors in which a bound may give the exporter's side a rent."""
    sectors = flows.charged
    if cells is not None:
        sectors = np.union1d(sectors, cells.sector)
    C_off, W_off = flows.C_off, flows.W_off
    if len(sectors) > len(flows.charged):
        rows = np.searchsorted(sectors, flows.charged)
        C_off, W_off = np.zeros((2, len(sectors), *flows.A_off.shape[1:]))
        C_off[rows], W_off[rows] = flows.C_off, flows.W_off
    charged = np.eye(len(flows.A_off))[:, sectors]
    return {"charged": charged, "C_off": C_off, "W_off": W_off}


def _settled(deficit: Array, factor_income: Array, blocs: Mask) -> Array:
    """Deficits less each bloc's rounding error, which feasibility has bounded, by income.

    A country alone in its bloc gets exactly 0: with no trade left, any rest would be infinite in
    logarithms.
    """
    members = blocs.astype(np.float64)
    alone = (members.sum(axis=1) @ members) == 1.0
    return np.where(alone, 0.0, netted(deficit, factor_income, members, np))
