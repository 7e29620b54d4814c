"""Small shocks to a closed economy: Hulten's first order and the second order beyond it.

Baqaee & Farhi (2019, Econometrica 87:4), one factor: if the productivity of good 0 rises by x,

    d log Y = lambda_0 x + 1/2 sum_nests (sigma - 1) size Var(psi) x^2

where lambda_0 is the Domar weight of good 0, psi[k] the share of good 0 in the cost of k, with that
in its inputs, size the cost of a nest over GDP, and Var is taken over the nest with its shares as
weights. Fixed quantities: 1/2 lambda_0 (1 - lambda_0) (1 - 1/sigma) x^2.
"""

from types import SimpleNamespace

import numpy as np
import pytest

from tests import oracle
from tests.economies import World
from tests.nested import WAYS, Nests, real_income
from threatpoint.policy.wedges import Wedges
from threatpoint.world.economy import Economy

THETA = 3.0
NO_LEVIES = {"export_tax": np.zeros((2, 2, 4)), "cost": np.zeros((2, 2, 4))}
WAYS_AND_SIGNS = [
    pytest.param(way.values[0], sign, id=f"{way.id}{sign:+d}")
    for way, sign in ((WAYS[0], -1), (WAYS[0], 1), (WAYS[1], -1))
]
NESTS = [Nests(0.5, 0.2, 0.9), Nests(0.2, 2.0, 0.5), Nests(2.0, 0.4, 1.5), Nests()]


def mirror(seed, s=4):
    """Two mirror images; each sells all of good 0 to the other, so its iceberg is productivity."""
    rng = np.random.default_rng(seed)
    use = rng.uniform(0, 1, (s, s)) / s  # input coefficients, column sums below 1
    final = rng.uniform(0.2, 1, s)
    output = np.linalg.solve(np.eye(s) - use, final)
    flows = np.zeros((2, 2, s))
    for n in (0, 1):
        flows[n, n, 1:] = output[1:]
        flows[n, 1 - n, 0] = output[0]
    inputs = np.array([use * output] * 2)
    value_added = flows.sum(axis=0) - inputs.sum(axis=1)
    names = [f"S{j}" for j in range(s)]
    economy = Economy.from_arrays(
        ["A", "B"], names, flows, inputs, value_added, np.array([final] * 2)
    )
    return World(economy, np.full(s, THETA), np.ones((2, s)))


def shock(world, x):
    """Good 0 arrives exp(x) times as plentiful per unit sent."""
    survival = np.ones_like(world.economy.trade)
    survival[0, 1, 0] = survival[1, 0, 0] = np.exp(x) ** THETA
    # a gain has a survival above 1, which wedges do not know: then the oracle alone is asked
    kind = Wedges if x <= 0 else SimpleNamespace
    return kind(tariff=world.economy.tariff, survival=survival, **NO_LEVIES)


def coefficients(world, nests):
    """The first- and second-order coefficients, from the accounts alone."""
    e = world.economy
    output, gdp = e.trade.sum(axis=0)[0], e.value_added[0].sum()
    use = e.inputs[0] / output
    psi = np.linalg.inv(np.eye(len(use)) - use.T)[:, 0]
    bundle = use.sum(axis=0)
    inner = use / bundle

    def variance(weights, values):
        return weights @ values**2 - (weights @ values) ** 2

    total = (nests.rho - 1) * variance(e.final[0] / gdp, psi)
    for j, size in enumerate(output / gdp):
        q = inner[:, j] @ psi
        outer = variance(np.array([1 - bundle[j], bundle[j]]), np.array([0.0, q]))
        total += size * (nests.eta - 1) * outer
        total += size * bundle[j] * (nests.epsilon - 1) * variance(inner[:, j], psi)
    return output[0] / gdp, total / 2


@pytest.mark.parametrize(("way", "sign"), WAYS_AND_SIGNS)
@pytest.mark.parametrize("nests", NESTS, ids=str)
def test_error_shrinks_at_third_order(way, sign, nests):
    world = mirror(3)
    first, second = coefficients(world, nests)
    errors = []
    for x in sign * np.array([0.08, 0.04, 0.02]):
        log = np.log(real_income(way(world, nests, world.phi, shock(world, x)))[0])
        errors.append((abs(log - first * x), abs(log - first * x - second * x**2)))
    first_order, second_order = np.array(errors).T
    if nests == Nests():  # log-linear: Hulten is exact
        assert first_order.max() < 1e-11
        return
    np.testing.assert_allclose(first_order[:-1] / first_order[1:], 4, rtol=0.2)
    np.testing.assert_allclose(second_order[:-1] / second_order[1:], 8, rtol=0.2)
    assert np.all(second_order < 0.2 * first_order)


@pytest.mark.parametrize("s", [0.2, 0.5, 2.0])
def test_fixed_quantities_second_order(s):
    """1/2 lambda (1 - lambda) (1 - 1/sigma): the lower sigma, the worse a loss."""
    share = 0.3
    flows = np.zeros((2, 2, 2))
    flows[0, 1, 0] = flows[1, 0, 0] = share
    flows[0, 0, 1] = flows[1, 1, 1] = 1 - share
    final = flows.sum(axis=1)
    economy = Economy.from_arrays(["A", "B"], ["E", "R"], flows, np.zeros((2, 2, 2)), final, final)
    b = oracle.baseline(economy, THETA, rho=s, fixed=True)
    errors = []
    for x in (-0.04, -0.02, -0.01):
        survival = np.ones((2, 2, 2))
        survival[0, 1, 0] = survival[1, 0, 0] = np.exp(THETA * x)
        log = np.log(oracle.solve(b, survival=survival).real_income[0])
        errors.append(abs(log - share * x - 0.5 * share * (1 - share) * (1 - 1 / s) * x**2))
    np.testing.assert_allclose(np.array(errors[:-1]) / errors[1:], 8, rtol=0.25)
