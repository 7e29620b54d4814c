"""A given sector in random worlds: imposed, cleared, and without effect where it says so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from benchmarks.residuals import BOUND, largest, residuals
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.economies import SHOCKS, random_shock, random_world
from threatpoint.equilibrium import Given, solve, solve_many
from threatpoint.errors import EquilibriumError
from threatpoint.world.elasticities import Elasticities

SOME = settings(max_examples=25)
SEEDS = st.integers(0, 2**31 - 1)
NESTS = st.sampled_from([(1.0, 1.0, 1.0), (0.5, 0.2, 0.9), (1.5, 0.7, 1.0), (0.05, 0.05, 0.5)])


def drawn(seed: int, nests, kind: str):
    """A world of several sectors, its elasticities, a shock, and a sector's prices and flows."""
    rng = np.random.default_rng([seed, 13])
    n, s = (int(k) for k in rng.integers((2, 2), (6, 5)))
    world = random_world(seed, n, s, specific=bool(rng.random() < 0.5), theta_range=(0.8, 8.0))
    e = world.economy
    names = dict(zip(("eta", "epsilon", "rho"), nests, strict=True))
    values = Elasticities.of(e.countries, e.sectors, world.theta, world.phi, **names)
    sector = int(rng.integers(1, s))
    made = (e.output[:, sector] <= 0) | (e.value_added[:, sector] > 0)
    rest = np.delete(e.value_added, sector, axis=1).sum(axis=1) > 0
    assume(bool(made.all() and rest.all()))
    cost = rng.uniform(-0.2, 0.3, (n, n)) * (1.0 - np.eye(n))
    weight = np.exp(0.5 * rng.normal(size=(n, n)))
    outside = Given(sector, np.exp(0.3 + 0.2 * rng.normal(size=n)), weight, cost)
    return e, values, random_shock(world, seed, kind), outside


def solved(e, values, shock, outside):
    """The answer; a draw without equilibrium is dropped."""
    try:
        return solve(e, shock, elasticities=values, rebase=False, given=outside)
    except EquilibriumError:
        assume(False)
        raise


@given(SEEDS, NESTS, st.sampled_from(SHOCKS))
@SOME
def test_the_price_is_hit_and_every_account_adds_up(seed, nests, kind):
    e, values, shock, outside = drawn(seed, nests, kind)
    s = solved(e, values, shock, outside)
    made = e.output[:, outside.sector] > 0
    np.testing.assert_allclose(s.unit_costs[made, outside.sector], outside.price[made], rtol=1e-10)
    label, worst, place = largest(residuals(s))
    assert worst <= BOUND, f"{label} {worst:.1e} at {place}"


@given(SEEDS, NESTS, st.sampled_from(SHOCKS))
@SOME
def test_the_price_that_the_equilibrium_has_anyway_changes_nothing(seed, nests, kind):
    """With next to no mobile factor in the sector: all it earns is rent, given or not."""
    e, values, shock, outside = drawn(seed, nests, kind)
    phi = values.phi.copy()
    phi[:, outside.sector] = 1e-9
    values = replace(values, phi=phi)
    free = solved(e, values, shock, None)
    own = replace(Given.none(e, outside.sector), price=free.unit_costs[:, outside.sector])
    s = solved(e, values, shock, own)
    for name in ("wages", "prices", "unit_costs", "income"):
        np.testing.assert_allclose(getattr(s, name), getattr(free, name), rtol=1e-6)


@given(SEEDS, NESTS)
@settings(max_examples=10)
def test_together_as_alone(seed, nests):
    e, values, shock, outside = drawn(seed, nests, "pair tariffs")
    dearer = outside.times(1.1)
    many = solve_many(e, shock, elasticities=values, given=[outside, dearer], rebase=False)
    for s, one in zip(many.values(), (outside, dearer), strict=True):
        assume(s.status.converged)
        alone = solved(e, values, shock, one)
        np.testing.assert_allclose(s.welfare.percent, alone.welfare.percent, atol=1e-6)
