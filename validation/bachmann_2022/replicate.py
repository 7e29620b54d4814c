"""Loss of output when energy is cut: the closed form, and the same through the full solver.

Output is a CES aggregate of energy E and everything else R, both fixed in quantity, with cost share
a of energy and elasticity s between the two:

    Y'/Y = (a (E'/E)^((s-1)/s) + (1-a))^(s/(s-1))

The solver is given two mirror images that sell each other all their energy and keep the rest at
home. Energy has a specific factor (phi near 0), so its quantity stands still, and an iceberg loss
on the way takes the cut out of what arrives. Both countries are alike, so trade stays balanced and
the real income of each is Y'/Y. Energy is a final good in one world and an input in the other.
"""

from __future__ import annotations

import numpy as np

from threatpoint.equilibrium import solve
from threatpoint.policy.wedges import Wedges
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities
from validation.check import Check, compare, given, published

ROWS = published(__file__)
CASES = {
    row["item"]: (share, elasticity, percent / 100.0)
    for row in ROWS
    for share, elasticity, percent in [given(row["item"])]
}
"""Words of a case -> cost share of energy, elasticity of substitution, share of energy lost."""
THETA = 2.0
"""Of no consequence: every market has one supplier."""
SPECIFIC = 1e-7
"""phi of energy; the response of its quantity, and the error made, are of this order."""


def loss(share: float, elasticity: float, cut: float) -> float:
    """The closed form: loss of output, % (positive)."""
    power = (elasticity - 1.0) / elasticity
    return 100.0 * (1.0 - (share * (1.0 - cut) ** power + 1.0 - share) ** (1.0 / power))


def mirror(share: float, *, input_of_all: bool) -> Economy:
    """Two equal countries with output 1 that sell each other their energy.

    Args:
        share: of energy in final use, or in the cost of the other sector.
        input_of_all: energy is used by the other sector alone; else by consumers alone.
    """
    trade, inputs = np.zeros((2, 2, 2)), np.zeros((2, 2, 2))
    trade[0, 1, 0] = trade[1, 0, 0] = share
    trade[0, 0, 1] = trade[1, 1, 1] = 1.0 if input_of_all else 1.0 - share
    inputs[:, 0, 1] = share if input_of_all else 0.0
    value_added = trade.sum(axis=0) - inputs.sum(axis=1)
    final = trade.sum(axis=1) - inputs.sum(axis=2)
    return Economy.from_arrays(["A", "B"], ["ENERGY", "REST"], trade, inputs, value_added, final)


def wedges(economy: Economy, cut: float) -> Wedges:
    """An iceberg loss d on energy: 1 / d arrives, stated as survival d^-theta."""
    survival = np.ones_like(economy.trade)
    survival[0, 1, 0] = survival[1, 0, 0] = (1.0 - cut) ** THETA
    return Wedges(economy.tariff, survival)


def solved_loss(share: float, elasticity: float, cut: float, *, input_of_all: bool) -> float:
    """Loss of real income by the full solver, %; nan where it does not take these elasticities."""
    economy = mirror(share, input_of_all=input_of_all)
    phi = [[SPECIFIC, 1.0]] * 2
    nests = {"eta": elasticity, "epsilon": elasticity} if input_of_all else {"rho": elasticity}
    values = Elasticities.of(economy.countries, economy.sectors, THETA, phi, **nests)
    found = solve(economy, wedges(economy, cut), elasticities=values, throw=False)
    return -float(found.welfare.percent[0])  # nan never passes a check


def checks() -> list[Check]:
    """Row 6: the printed number, and the solver against the closed form."""
    computed = {(row["measure"], row["item"]): loss(*CASES[row["item"]]) for row in ROWS}
    return compare(ROWS, computed) + solver_checks()


def solver_checks() -> list[Check]:
    """The solver against the closed form, energy as final good and as input."""
    source = "(a (1-x)^((s-1)/s) + 1-a)^(s/(s-1)), in closed form"
    return [
        Check(
            6,
            f"solver equals formula, {item}, energy {'an input' if used else 'final'}",
            "%",
            loss(*case),
            solved_loss(*case, input_of_all=used),
            1e-4,
            source,
        )
        for item, case in CASES.items()
        for used in (False, True)
    ]
