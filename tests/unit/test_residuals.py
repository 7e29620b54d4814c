"""The residuals written apart from the solver notice whatever is wrong in a solution."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.residuals import BOUND, REPORTED, WELFARE, largest, residuals

from tests.economies import random_world
from threatpoint.equilibrium import Given, solve
from threatpoint.policy.limits import VolumeLimit
from threatpoint.policy.wedges import Wedges
from threatpoint.world.elasticities import Elasticities


def everything():
    """A solution with tariffs, evasion, export taxes, real costs, a quota and a sector given."""
    world = random_world(3, 4, 3, zeros=False)
    e = world.economy
    values = Elasticities.of(e.countries, e.sectors, 3.0, 0.5, eta=0.5, epsilon=0.2, rho=0.9)
    wedges, taxed, quota = (np.zeros_like(e.trade) for _ in range(3))
    wedges[0, 1], taxed[1, 0], quota[2, 3, 0] = 0.3, 0.1, 1.0
    cost = np.where(np.eye(4) > 0, 0.0, -0.1)
    given = Given(1, np.array([1.2, 1.1, 1.3, 1.2]), 1.0 - 3 * cost, cost)
    policy = Wedges(
        e.tariff + wedges,
        np.where(wedges > 0, 0.8, 1.0),
        export_tax=taxed,
        cost=0.05 * (wedges > 0),
        evading=0.2 * (wedges > 0),
        evasion_cost=0.1 * (wedges > 0),
        volume_limits=(VolumeLimit(quota > 0, 0.5, "exporter"),),
    )
    return solve(e, policy, elasticities=values, given=given)


SOLVED = everything()


class Altered:
    """A solution in which one field reads differently."""

    def __init__(self, solution, name, value):
        self._solution, self._name, self._value = solution, name, value

    def __getattr__(self, name):
        return self._value if name == self._name else getattr(self._solution, name)


def test_a_solution_satisfies_every_equation():
    found = residuals(SOLVED)
    assert largest(found)[1] < BOUND
    assert all(np.isfinite(values).all() for values in found.values())


@pytest.mark.parametrize("wrong", ["off", "nan"])
@pytest.mark.parametrize("name", REPORTED)
def test_any_reported_number_that_is_off_is_noticed(name, wrong):
    value = np.array(getattr(SOLVED, name))
    place = np.unravel_index(np.abs(value).argmax(), value.shape)
    value[place] = np.nan if wrong == "nan" else value[place] * 1.001
    assert largest(residuals(Altered(SOLVED, name, value)))[1] > 1e-7


@pytest.mark.parametrize("name", WELFARE)
def test_any_measure_of_welfare_that_is_off_is_noticed(name):
    value = np.array(getattr(SOLVED.welfare, name)) + 1e-4
    altered = Altered(SOLVED, "welfare", replace(SOLVED.welfare, **{name: value}))
    label, worst, _ = largest(residuals(altered))
    assert worst > 1e-7
    assert label.startswith("welfare")


@pytest.mark.parametrize("name", ["wages", "prices", "unit_costs", "income"])
def test_a_level_of_0_is_noticed_whatever_clears(name):
    value = np.array(getattr(SOLVED, name))
    value.flat[0] = 0.0
    assert residuals(Altered(SOLVED, name, value))[f"above 0: {name}"].max() == np.inf


def test_more_waste_than_income_is_noticed():
    found = residuals(Altered(SOLVED, "waste", SOLVED.income * 1.3))
    assert found["above 0: income net of waste"].max() == np.inf
