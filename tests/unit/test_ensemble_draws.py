"""Draws: seeded, extensible, and of the distributions that are stated."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ensembles import asked
from threatpoint.analysis.ensemble.draws import draws_of, require_draws, uniforms
from threatpoint.analysis.ensemble.inputs import from_registry, inputs_of, split_log
from threatpoint.errors import ThreatpointError
from threatpoint.words import HORIZONS
from threatpoint.world import load_world
from threatpoint.world.horizons import HOMOGENEOUS, horizon_sets
from threatpoint.world.parameters import parameter

WORLD = load_world()


def some_draws(horizon, seed, count):
    """The first draws of a seed."""
    return draws_of(WORLD, horizon, uniforms(seed, len(inputs_of(WORLD, horizon)), 0, count))


MANY = {name: some_draws(name, 1, 2048) for name in HORIZONS}


def column(horizon: str, key: str) -> np.ndarray:
    """Values of one input."""
    keys = [item.key for item in inputs_of(WORLD, horizon)]
    return MANY[horizon].values[:, keys.index(key)]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**31 - 1), st.integers(0, 40), st.sampled_from([1, 2, 8, 32]))
def test_a_draw_depends_on_seed_and_number_alone(seed, block, size) -> None:
    whole = uniforms(seed, 5, 0, 2048)
    begin = block * size
    np.testing.assert_array_equal(uniforms(seed, 5, begin, size), whole[begin : begin + size])
    assert ((whole > 0) & (whole < 1)).all()


def test_another_seed_gives_other_draws() -> None:
    assert not (uniforms(1, 5, 0, 32) == uniforms(2, 5, 0, 32)).any()


@pytest.mark.parametrize("horizon", HORIZONS)
def test_the_median_of_every_input_is_the_set_of_the_horizon(horizon) -> None:
    """With theta by sector, uniforms of a half give the set that `solve` uses."""
    keys = [item.key for item in inputs_of(WORLD, horizon)]
    middle = np.where(np.array(keys) == "theta_set", 0.25, 0.5)[None]
    (found,) = draws_of(WORLD, horizon, middle).sets
    central = WORLD.elasticities[horizon]
    np.testing.assert_allclose(found.theta, central.theta, rtol=1e-3)
    np.testing.assert_allclose(found.phi, central.phi, rtol=1e-12)
    for name in ("eta", "epsilon", "rho"):
        np.testing.assert_allclose(found.sectoral(name), central.sectoral(name))


def test_draw_k_means_the_same_at_all_horizons() -> None:
    for name in HORIZONS:
        np.testing.assert_array_equal(MANY[name].uniforms, MANY["long"].uniforms)
        assert (MANY[name].theta <= MANY["long"].theta * (1 + 1e-15)).all()


@pytest.mark.parametrize("horizon", ["abrupt", "short", "medium"])
@pytest.mark.parametrize("name", ["eta", "epsilon", "rho", "phi"])
def test_a_range_is_kept_and_its_value_is_the_median(horizon, name) -> None:
    row, found = parameter(name, horizon), column(horizon, name)
    assert row.low <= found.min() <= found.max() <= row.high
    assert np.median(found) == pytest.approx(row.value, rel=0.02)
    quarters = np.exp([(np.log(row.low) + np.log(row.value)) / 2])
    assert np.mean(found < quarters) == pytest.approx(0.25, abs=0.01)


@pytest.mark.parametrize("name", ["eta", "epsilon"])
def test_sectors_with_values_of_their_own_are_drawn_apart(name) -> None:
    for code in ("OILGAS", "REFPET"):
        found = column("short", f"{name}_{code}")
        assert (found >= 0.01).all()
        assert (found <= 0.2).all()
        assert np.median(found) == pytest.approx(0.05, rel=0.05)
        sets = [values.sectoral(name) for values in MANY["short"].sets]
        np.testing.assert_array_equal(np.array(sets)[:, WORLD.sector(code)], found)
        assert (column("long", f"{name}_{code}") == 1.0).all()


def test_theta_of_the_long_run_is_half_by_sector_and_half_one_level() -> None:
    sets, theta = column("long", "theta_set"), MANY["long"].theta
    assert sets.mean() == 0.5
    chosen = WORLD.sectors.index("MACH")
    one = theta[sets == 1.0][:, chosen]
    by_sector = theta[sets == 0.0][:, chosen]
    assert np.median(by_sector) == pytest.approx(4.01, rel=0.03)
    assert np.median(one) == pytest.approx(1.0, rel=0.03)
    assert np.log(by_sector).std() == pytest.approx(0.25, rel=0.05)
    other = theta[sets == 0.0][:, WORLD.sectors.index("CHEM")]
    assert np.corrcoef(np.log(by_sector), np.log(other))[0, 1] == pytest.approx(0.5, abs=0.05)


def test_theta_of_the_first_year_before_it_is_capped() -> None:
    """Lognormal, median and deviation as stated; correlated with the long factor."""
    mach = WORLD.sectors.index("MACH")
    by_sector = column("short", "theta_set") == 0.0
    free = by_sector & ~MANY["short"].capped[:, mach]
    short, long = MANY["short"].theta[:, mach], MANY["long"].theta[:, mach]
    assert np.median(short[by_sector]) == pytest.approx(1.53, rel=0.03)
    assert np.log(short[free]).std() == pytest.approx(0.32, abs=0.03)
    assert np.corrcoef(np.log(short[free]), np.log(long[free]))[0, 1] > 0.3
    assert (short[MANY["short"].capped[:, mach]] == long[MANY["short"].capped[:, mach]]).all()


def test_theta_of_the_first_months_has_its_own_range_and_goes_with_the_first_year() -> None:
    row, mach = parameter("theta", "abrupt"), WORLD.sectors.index("MACH")
    theta, capped = MANY["abrupt"].theta[:, mach], MANY["abrupt"].capped[:, mach]
    short = MANY["short"].theta[:, mach]
    assert (theta <= short).all()
    assert (theta[capped] == short[capped]).all()
    assert ((row.low <= theta[~capped]) & (theta[~capped] <= row.high)).all()
    assert np.median(theta[~capped]) == pytest.approx(row.value, rel=0.03)
    free = ~capped & ~MANY["short"].capped[:, mach]
    order = short[free].argsort()
    assert (np.diff(theta[free][order]) >= 0).all()


def test_homogeneous_goods_have_one_theta_at_all_horizons() -> None:
    places = [WORLD.sectors.index(code) for code in HOMOGENEOUS]
    for name in HORIZONS:
        np.testing.assert_array_equal(MANY[name].theta[:, places], MANY["long"].theta[:, places])
        assert not MANY[name].capped[:, places].any()


def test_the_registry_knows_the_shipped_horizons_alone() -> None:
    assert all(from_registry(WORLD, name) for name in HORIZONS)
    assert not from_registry(WORLD, "short-low")
    assert not from_registry(asked().economy, "long")
    assert set(HORIZONS) - {"long"} <= set(
        horizon_sets(WORLD.countries, WORLD.sectors, WORLD.elasticities["long"].theta)
    )


def test_another_set_is_spread_around_itself() -> None:
    found = some_draws("short-low", 1, 2048)
    own = WORLD.elasticities["short-low"]
    np.testing.assert_allclose(np.median(found.theta, axis=0), own.theta, rtol=0.05)
    assert np.log(found.theta[:, 0]).std() == pytest.approx(0.25, rel=0.05)
    for one in found.sets[:8]:
        np.testing.assert_array_equal(one.eta, own.eta)
        np.testing.assert_array_equal(one.phi, own.phi)


def test_a_number_without_a_range_is_not_drawn() -> None:
    quantile = split_log(parameter("eta", "long"))
    assert (quantile(np.array([0.01, 0.5, 0.99])) == 1.0).all()


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "from 1 to 65,536"),
        (-4, "from 1 to 65,536"),
        (10**12, "from 1 to 65,536"),
        (True, "from 1 to 65,536"),
        (1000, "use 512 or 1,024"),
        (65_535, "use 32,768 or 65,536"),
    ],
)
def test_numbers_of_draws_that_are_refused(count, said) -> None:
    with pytest.raises(ThreatpointError, match=said):
        require_draws(count)
