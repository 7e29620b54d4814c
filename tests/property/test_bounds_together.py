"""Small cases found by the stress: bounds beside levies, and caps just below the price."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.draw import draw
from benchmarks.residuals import BOUND, largest, residuals

from tests.economies import random_world
from threatpoint.equilibrium import solve
from threatpoint.equilibrium.problem import Problem
from threatpoint.errors import EquilibriumError
from threatpoint.policy import ExportTax, Quota
from threatpoint.policy.limits import PriceLimit, VolumeLimit
from threatpoint.policy.wedges import Wedges
from threatpoint.world import load_world
from threatpoint.world.elasticities import Elasticities


def right(found):
    """Every market and account of a solution is right; returns it."""
    label, worst, place = largest(residuals(found))
    assert worst <= BOUND, f"{label} {worst:.1e} at {place}"
    return found


@pytest.mark.parametrize("payee", ["importer", "exporter"])
def test_the_rent_of_a_quota_on_a_taxed_flow(payee):
    """The whole gap between the buyers' worth and the price with its tax is the payee's."""
    quota = Quota("USA", "CHN", "goods", 0.5, payee)
    right(solve(load_world(), [quota, ExportTax("CHN", "USA", "goods", 0.1)]))


@pytest.mark.parametrize("levy", ["export_tax", "cost"])
def test_an_exporters_rent_by_hand(levy):
    """Buyers pay (1 + levy) omega per unit of what sellers get; the exporter has all but that 1."""
    e = random_world(3, 3, 2, zeros=False).economy
    values = Elasticities.of(e.countries, e.sectors, 3.0)
    cells = np.zeros_like(e.trade, dtype=bool)
    cells[0, 1, 0] = True
    limit = VolumeLimit(cells, 0.5, "exporter")
    shock = replace(Wedges.none(e), volume_limits=(limit,), **{levy: 0.1 * cells})
    found = solve(e, shock, elasticities=values)
    at_border = (found.spending / (1 + e.tariff))[0, 1, 0]
    np.testing.assert_allclose(found.trade[0, 1, 0] + found.charges[0, 1, 0], at_border, rtol=1e-8)


@pytest.mark.parametrize("number", [34, 47, 135])
def test_a_limit_of_physics_on_a_flow_with_a_levy(number):
    """Cases of the stress at seed 0."""
    right(draw(0, number).solve())


@pytest.mark.parametrize(
    ("seed", "number"),
    [
        (11, 101),  # a cap on a sector with idle capacity
        (11, 552),  # a cap that leaves next to nothing of a flow
        (21, 130),  # a limit of physics on a flow under a cap above the seller's price
        (21, 2554),  # all but cut off by all, theta .1 to 30: a sector that sells nothing at all
        (21, 3680),  # an income that all but runs out
    ],
)
def test_what_the_stress_found_is_right_or_refused(seed, number):
    try:
        found = draw(seed, number).solve()
    except EquilibriumError:
        return
    right(found)


def test_a_limit_of_physics_on_the_only_flow_under_a_cap_that_is_evaded():
    """Half the policy of a case at seed 12: its reports have the sum of both rents only."""
    case = draw(12, 308)
    found = right(case.solve(wedges=Problem.of(case.solve()).at(0.5).wedges))
    dearer = replace(found, unit_costs=found.unit_costs * 1.001)
    assert largest(residuals(dearer))[1] > 1e-4


@pytest.mark.parametrize("served", [0.0, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("part", [0.3, 1.0])
def test_a_cap_just_below_the_price(served, part):
    e = random_world(3, 3, 2, zeros=False).economy
    values = Elasticities.of(e.countries, e.sectors, 3.0, 0.3)
    cells = np.zeros_like(e.trade, dtype=bool)
    cells[[0, 2], 1, 0] = True
    limit = PriceLimit(cells, 0.97, served, 0.1, np.where(cells, part, 0.0))
    try:
        found = solve(e, replace(Wedges.none(e), price_limits=(limit,)), elasticities=values)
    except EquilibriumError:
        return
    right(found)
