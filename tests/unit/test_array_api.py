"""The map is written against the array API standard, so another array library can run it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace

import array_api_strict as strict
import numpy as np
import pytest

from tests.unit.test_feasibility import cut, economy
from threatpoint.equilibrium import Calibration, Given
from threatpoint.equilibrium.assembly import assemble
from threatpoint.equilibrium.door import problem_of, wedges_of
from threatpoint.equilibrium.evaluation import advance, evaluate
from threatpoint.equilibrium.feasibility import structure
from threatpoint.equilibrium.kept import calibrated
from threatpoint.equilibrium.system import System
from threatpoint.policy import Quota, StopBuying
from threatpoint.words import HORIZONS
from threatpoint.world import load_world
from threatpoint.world.elasticities import Elasticities


def strict_copy(value):
    """The same with every array in the strict library, dataclasses and tuples gone through."""
    if isinstance(value, np.ndarray):
        return strict.asarray(value)
    if is_dataclass(value):
        return replace(
            value, **{f.name: strict_copy(getattr(value, f.name)) for f in fields(value)}
        )
    if isinstance(value, tuple):
        items = [strict_copy(each) for each in value]
        return type(value)(*items) if hasattr(value, "_fields") else tuple(items)
    return value


def step(system, z):
    """The stacked state after one pass."""
    return advance(system, evaluate(system, z))


@pytest.mark.parametrize("phi", [1.0, 0.4])
@pytest.mark.parametrize("closure", ["fixed", "balanced", "proportional"])
def test_the_map_runs_on_a_strict_array_library(phi, closure, monkeypatch):
    e = economy()
    shares = Calibration.from_economy(e, Elasticities.of(e.countries, e.sectors, 4.0, phi))
    shock = cut(e, "C", "A", "S")
    system = assemble(shares, structure(shares, shock, closure), closure)
    z = np.random.default_rng(1).normal(scale=0.05, size=3 + 2 * 2 * 3)
    expected = step(system, z)
    monkeypatch.setattr(System, "xp", strict)
    result = step(strict_copy(system), strict.asarray(z))
    np.testing.assert_allclose(np.asarray(result), expected, rtol=1e-13, atol=1e-14)


def systems(horizon):
    """(a system of the shipped world, a state) for a stop, a quota and a sector given."""
    world = load_world()
    base = calibrated(world, world.elasticities[horizon])
    stop = StopBuying("CHN", "RUS", "crude")
    dearer = Given.none(world, "OILGAS").times(1.2)
    for policy, given in (
        (wedges_of(world, [Quota("USA", "CHN", "goods", volume=0.5)]), None),
        (wedges_of(world, [stop]), dearer),
    ):
        asked = (policy, "fixed", 1e-10, given, world)
        system, _ = problem_of(base, *asked).system
        yield system, np.random.default_rng(2).normal(scale=0.02, size=system.size)


@pytest.mark.parametrize("horizon", HORIZONS)
def test_bounds_and_prices_given_run_on_a_strict_array_library_at_every_horizon(
    horizon, monkeypatch
):
    for system, z in systems(horizon):
        expected = step(system, z)
        with monkeypatch.context() as patch:
            patch.setattr(System, "xp", strict)
            result = step(strict_copy(system), strict.asarray(z))
        np.testing.assert_allclose(np.asarray(result), expected, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("horizon", HORIZONS)
def test_jax_runs_the_map_and_differentiates_it_as_it_is(horizon, monkeypatch):
    jax = pytest.importorskip("jax", reason="JAX is not installed")
    before = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", True)
    try:
        for system, z in systems(horizon):
            direction = np.random.default_rng(3).normal(size=z.size)
            expected, h = step(system, z), 1e-6
            slope = (step(system, z + h * direction) - step(system, z - h * direction)) / (2 * h)
            with monkeypatch.context() as patch:
                patch.setattr(System, "xp", jax.numpy)
                found, tangent = jax.jvp(lambda x, s=system: step(s, x), (z,), (direction,))
            np.testing.assert_allclose(found, expected, rtol=1e-11, atol=1e-12)
            np.testing.assert_allclose(tangent, slope, rtol=1e-5, atol=1e-7)
    finally:
        jax.config.update("jax_enable_x64", before)
