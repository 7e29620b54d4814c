"""The map is written against the array API standard, so another array library can run it."""

from __future__ import annotations

from dataclasses import fields, replace

import array_api_strict as strict
import numpy as np
import pytest

from tests.unit.test_feasibility import cut, economy
from threatpoint.equilibrium import Calibration
from threatpoint.equilibrium.assembly import assemble
from threatpoint.equilibrium.evaluation import advance, evaluate
from threatpoint.equilibrium.feasibility import structure
from threatpoint.equilibrium.system import System
from threatpoint.world.elasticities import Elasticities


def strict_copy(holder):
    """The same dataclass with its arrays in the strict library."""
    arrays = {
        f.name: strict.asarray(value)
        for f in fields(holder)
        if isinstance(value := getattr(holder, f.name), np.ndarray)
    }
    return replace(holder, **arrays)


@pytest.mark.parametrize("phi", [1.0, 0.4])
@pytest.mark.parametrize("closure", ["fixed", "balanced", "proportional"])
def test_the_map_runs_on_a_strict_array_library(phi, closure, monkeypatch):
    e = economy()
    shares = Calibration.from_economy(e, Elasticities.of(e.countries, e.sectors, 4.0, phi))
    shock = cut(e, "C", "A", "S")
    system = assemble(shares, structure(shares, shock, closure), closure)
    z = np.random.default_rng(1).normal(scale=0.05, size=3 + 2 * 2 * 3)
    expected = advance(system, evaluate(system, z))
    other = strict_copy(system)
    if system.curves is not None:
        other = replace(other, curves=strict_copy(system.curves))
    monkeypatch.setattr(System, "xp", strict)
    state = evaluate(other, strict.asarray(z))
    result = advance(other, state)
    np.testing.assert_allclose(np.asarray(result), expected, rtol=1e-13, atol=1e-14)
