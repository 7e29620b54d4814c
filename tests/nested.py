"""Random nests for the tests of nested CES, and both ways to solve them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from tests import oracle
from tests.economies import World
from threatpoint.equilibrium import solve
from threatpoint.policy.wedges import Wedges
from threatpoint.world.elasticities import Elasticities


@dataclass(frozen=True)
class Nests:
    """The three elasticities of substitution."""

    eta: float = 1.0
    epsilon: float = 1.0
    rho: float = 1.0


def random_nests(seed: int) -> Nests:
    """Each drawn log-uniformly from 0.2 to 2."""
    rng = np.random.default_rng([seed, 7])
    return Nests(*(float(x) for x in np.exp(rng.uniform(np.log(0.2), np.log(2.0), 3))))


def random_phi(world: World, seed: int) -> np.ndarray:
    """Mobile shares from 0.1 to 1 in every cell."""
    return np.random.default_rng([seed, 8]).uniform(0.1, 1.0, world.phi.shape)


def by_oracle(world, nests, phi, wedges=None, closure="balanced"):
    """The oracle's answer: levies read from the wedges."""
    b = oracle.baseline(world.economy, world.theta, phi, **vars(nests))
    if wedges is None:
        return oracle.solve(b, closure=closure)
    more = {"export_tax": wedges.export_tax, "cost": wedges.cost}
    return oracle.solve(b, wedges.tariff, wedges.survival, closure, **more)


def by_solver(world, nests, phi, wedges=None, closure="balanced"):
    """The solver's answer."""
    e = world.economy
    values = Elasticities.of(e.countries, e.sectors, world.theta, phi, **vars(nests))
    return solve(e, wedges, elasticities=values, deficits=closure, rebase=False)


def real_income(found) -> np.ndarray:
    """Ratio of real income to the baseline, whoever found it."""
    return found.real_income if hasattr(found, "real_income") else 1 + found.welfare.percent / 100


WAYS = [pytest.param(by_oracle, id="oracle"), pytest.param(by_solver, id="solver")]


def isolated(world: World, who: list[int]) -> Wedges:
    """The countries `who` neither buy from nor sell to anybody."""
    survival = np.ones_like(world.economy.trade)
    for n in who:
        survival[n, :], survival[:, n] = 0.0, 0.0
        survival[n, n] = 1.0
    return Wedges(world.economy.tariff, survival)
