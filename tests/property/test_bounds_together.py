"""Quotas beside levies."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.draw import draw
from benchmarks.residuals import BOUND, largest, residuals

from tests.economies import random_world
from threatpoint.equilibrium import solve
from threatpoint.errors import EquilibriumError
from threatpoint.policy import ExportTax, Quota
from threatpoint.policy.limits import VolumeLimit
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


@pytest.mark.parametrize("number", [34, 47, 101, 130, 135, 308, 552, 2554, 3680])
def test_what_the_stress_draws_is_right_or_refused(number):
    try:
        found = draw(21, number).solve()
    except EquilibriumError:
        return
    right(found)
