"""Do finite prices exist? Closed economies by hand, then the solver on both sides of the limit."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.economies import random_world
from threatpoint.equilibrium import solve
from threatpoint.equilibrium.calibration import Calibration
from threatpoint.equilibrium.finite import escaping
from threatpoint.errors import InfeasibleError
from threatpoint.policy.wedges import Wedges
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities

MANY = settings(max_examples=40)
SEEDS = st.integers(0, 2**31 - 1)


def closed(seed: int, s: int, sigma: float, size: float):
    """One closed economy: its shares, and weights A at home below 1 (foreign suppliers lost)."""
    rng = np.random.default_rng([seed, s])
    gamma = rng.uniform(0.05, 0.4, s)
    mix = rng.dirichlet(np.ones(s), size=s).T  # [k, j], sums to 1 over k
    weights = np.exp(-size * rng.uniform(0, 1, s))
    theta = rng.uniform(1.0, 6.0, s)
    names = (["A"], [f"S{j}" for j in range(s)])
    values = Elasticities.of(*names, theta, eta=sigma, epsilon=sigma)
    c = Calibration(
        *map(tuple, names),
        pi=np.ones((1, 1, s)),
        gamma=gamma[None],
        gamma_in=((1 - gamma) * mix)[None],
        alpha=np.full((1, s), 1 / s),
        tariff=np.zeros((1, 1, s)),
        value_added=np.ones((1, s)),
        deficit=np.zeros(1),
        expenditure=np.ones((1, s)),
        elasticities=values,
    )
    return c, weights


def by_spectral_radius(c, weights, sigma: float) -> float:
    """Growth factor of prices, P^(1-sigma) -> a^(1-sigma) ((1-gamma) s)' P^(1-sigma)."""
    a = weights ** (-1.0 / c.elasticities.theta)
    matrix = a[:, None] ** (1 - sigma) * c.gamma_in[0].T
    return float(np.abs(np.linalg.eigvals(matrix)).max()) ** (1 / (1 - sigma))


@given(SEEDS, st.integers(1, 5), st.floats(0.1, 0.8), st.floats(0.0, 8.0))
@MANY
def test_one_closed_economy_by_the_spectral_radius(seed, s, sigma, size):
    """With eta = epsilon = sigma the limit map is linear in P^(1 - sigma)."""
    c, weights = closed(seed, s, sigma, size)
    radius = by_spectral_radius(c, weights, sigma)
    assume(abs(radius - 1) > 1e-3)
    lost = escaping(c, weights[:, None, None], np.ones((1, s), dtype=bool))
    assert (lost is not None) == (radius > 1)
    if lost is not None:
        assert lost[2] == pytest.approx(radius, rel=0.02)


@given(SEEDS, st.integers(1, 5), st.floats(0.1, 0.8), st.floats(0.0, 8.0))
@MANY
def test_a_market_whose_price_is_given_is_no_reason(seed, s, sigma, size):
    """The same growth as in the economy of the others alone, into which it sells at a price."""
    c, weights = closed(seed, s + 1, sigma, size)
    rest = c.gamma_in[0, :s, :s]
    a = weights[:s] ** (-1.0 / c.elasticities.theta[:s])
    matrix = a[:, None] ** (1 - sigma) * rest.T
    radius = float(np.abs(np.linalg.eigvals(matrix)).max()) ** (1 / (1 - sigma))
    assume(abs(radius - 1) > 1e-3)
    lost = escaping(c, weights[:, None, None], (np.arange(s + 1) < s)[None])
    assert (lost is not None) == (radius > 1)
    if lost is not None:
        assert lost[1] < s
        assert lost[2] == pytest.approx(radius, rel=0.02)


def test_both_sides_of_that_limit_are_drawn():
    """So that the test above tests something."""
    cases = [(seed, 0.1 + 0.1 * (seed % 7), seed % 9) for seed in range(40)]
    radii = [by_spectral_radius(*closed(seed, 3, s, size), s) for seed, s, size in cases]
    assert sum(r > 1 for r in radii) > 8
    assert sum(r < 1 for r in radii) > 8


def test_one_good_by_hand():
    """One good made of itself: P = a c, c^(1-eta) = gamma + (1-gamma) P^(1-eta).

    Finite if and only if a (1 - gamma)^(1 / (1 - eta)) < 1: here a x 0.8^2 < 1.
    """
    for a, finite in ((1.5, True), (1.56, True), (1.57, False), (3.0, False)):
        c, _ = closed(0, 1, 0.5, 0.0)
        c = Calibration(**{**vars_of(c), "gamma": np.array([[0.2]]), "gamma_in": [[[0.8]]]})
        weight = np.full((1, 1, 1), a ** -c.elasticities.theta[0])
        assert (escaping(c, weight, np.ones((1, 1), dtype=bool)) is None) == finite


def vars_of(c) -> dict:
    """The fields of a calibration, to build another."""
    names = Calibration.__dataclass_fields__
    return {name: getattr(c, name) for name in names}


@pytest.mark.parametrize("eta", [1.0, 1.3])
def test_value_added_that_can_replace_inputs_bounds_every_price(eta):
    c, _ = closed(0, 2, 0.5, 0.0)
    values = Elasticities.of(c.countries, c.sectors, 4.0, eta=eta, epsilon=0.2)
    c = Calibration(**{**vars_of(c), "elasticities": values})
    assert escaping(c, np.full((2, 1, 1), 1e-9), np.ones((1, 2), dtype=bool)) is None


# -- brute force ---------------------------------------------------------------------------------


def iterated(c, weights, steps: int = 6000) -> str:
    """Prices at unchanged wages, iterated from 1: "finite" or "escapes".

    P -> T(P) is monotone and T(0) > 0, so from P = 1 it settles if and only if it stays bounded.
    """
    e, P = c.elasticities, np.ones_like(c.gamma)
    for _ in range(steps):
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            if e.epsilon == 1:
                q = np.exp(np.einsum("nkj,nk->nj", c.input_shares, np.log(P)))
            else:
                power = np.einsum("nkj,nk->nj", c.input_shares, P ** (1 - e.epsilon))
                q = power ** (1 / (1 - e.epsilon))
            q = np.where(c.gamma < 1, q, 1.0)
            cost = (c.gamma + (1 - c.gamma) * q ** (1 - e.eta)) ** (1 / (1 - e.eta))
            sold = np.einsum("nij,ij->nj", weights, cost**-e.theta)
            after = np.where(weights.sum(axis=1) > 0, sold, 1.0) ** (-1 / e.theta)
        if not after.max() < 1e60:
            return "escapes"
        if np.abs(np.log(after / P)).max() < 1e-12:
            return "finite"
        P = after
    return "undecided"


def shares_and_weights(seed: int, n: int, s: int, eta: float, epsilon: float):
    """Shares of a random world, and what a random shock leaves of its trade weights."""
    world = random_world(seed, n, s, zeros=False, theta_range=(1.0, 5.0))
    e = world.economy
    values = Elasticities.of(e.countries, e.sectors, world.theta, eta=eta, epsilon=epsilon)
    c = Calibration.from_economy(e, values)
    rng = np.random.default_rng([seed, 3])
    return c, c.pi * np.exp(-rng.uniform(0, 40) * rng.uniform(0.3, 1, c.pi.shape))


@given(SEEDS, st.integers(2, 4), st.integers(1, 3), st.floats(0.15, 0.9), st.floats(0.15, 1.5))
@MANY
def test_it_agrees_with_iterating_prices(seed, n, s, eta, epsilon):
    c, weights = shares_and_weights(seed, n, s, eta, epsilon)
    brute = iterated(c, weights)
    assume(brute != "undecided")
    lost = escaping(c, weights.transpose(2, 0, 1), np.ones_like(c.gamma, dtype=bool))
    assert (lost is not None) == (brute == "escapes")


def test_iterating_prices_ends_both_ways():
    """So that the test above tests something."""
    ends = [iterated(*shares_and_weights(seed, 3, 2, 0.3, 0.6)) for seed in range(40)]
    assert ends.count("escapes") > 5
    assert ends.count("finite") > 5


# -- in the solver -------------------------------------------------------------------------------


def dependent(home: float = 0.1) -> Economy:
    """Two alike countries and one good, made almost only of itself; each buys it abroad."""
    trade = np.array([[[100 * home], [100 * (1 - home)]], [[100 * (1 - home)], [100 * home]]])
    names = (["A", "B"], ["F"])
    inputs, value_added = np.full((2, 1, 1), 80.0), np.full((2, 1), 20.0)
    values = Elasticities.of(*names, 2.0, eta=0.5, epsilon=0.5)
    return Economy.from_arrays(
        *names, trade, inputs, value_added, np.full((2, 1), 20.0), elasticities={"short": values}
    )


def left(e: Economy, share: float) -> Wedges:
    survival = np.array([[[1.0], [share]], [[share], [1.0]]])
    return Wedges(e.tariff, survival)


def test_a_shock_that_lets_prices_escape_is_refused_and_named():
    """The limit by hand: P = a c, a = (0.1 + 0.9 x)^(-1/2), finite if a 0.8^2 < 1."""
    e = dependent()
    limit = (0.8**4 - 0.1) / 0.9
    with pytest.raises(InfeasibleError, match=r"no finite price of F in [AB]") as caught:
        solve(e, left(e, 0.97 * limit), horizon="short")
    words = str(caught.value)
    growth = float(re.search(r"unchanged wages is ([\d.]+),", words).group(1))
    assert growth == pytest.approx((0.1 + 0.9 * 0.97 * limit) ** -0.5 * 0.8**2, abs=6e-4)
    assert "eta = 0.5" in words
    assert "enforcement below 1" in words


@pytest.mark.parametrize("above", [1.02, 1.1, 2.0])
def test_just_inside_the_limit_it_is_solved(above):
    """P = a c and c^(1/2) = 0.2 w^(1/2) + 0.8 P^(1/2), with w = 1 by symmetry."""
    e = dependent()
    limit = (0.8**4 - 0.1) / 0.9
    found = solve(e, left(e, above * limit), horizon="short")
    assert found.status.converged
    root = (0.1 + 0.9 * above * limit) ** -0.25
    price = (0.2 * root / (1 - 0.8 * root)) ** 2
    np.testing.assert_allclose(found.prices, price, rtol=1e-7)
