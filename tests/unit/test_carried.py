"""Where the rents of bounds start, from a solution with other bounds."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.test_bounds import ABROAD, BOTH, THETA, cells_of, quota
from threatpoint.equilibrium.carried import alone, carried
from threatpoint.equilibrium.cells import SHARE, VOLUME
from threatpoint.equilibrium.supply import Supply
from threatpoint.policy.limits import PriceLimit

ONE, OTHER = (0, 1, 0, SHARE), (1, 0, 0, VOLUME)
LIMITS = replace(
    Supply.free(2, 1),
    largest_share=np.where(ABROAD, 0.2, 1.0),
    largest_volume=np.where(ABROAD, 1.1, np.inf),
)


def start(before, rents, after):
    """With all flows as large as their bounds."""
    volume, share = (np.where(after.kind == kind, after.bound, 0.3) for kind in (VOLUME, SHARE))
    return carried(before, rents, after, volume, share)


def test_a_bound_that_stays_keeps_its_rent_wherever_it_stands_now():
    sets = ({OTHER}, {ONE, OTHER})
    before, after = (cells_of(quota(0.5), binding, supply=LIMITS) for binding in sets)
    rents = np.array([0.3, 0.4, 0.5])
    # both quotas, the share that enters, the limit on a flow that has a quota too
    np.testing.assert_array_equal(start(before, rents, after), [0.3, 0.4, 0.0, 0.5])


def test_a_price_cap_starts_anew():
    limits = PriceLimit(ABROAD, 0.9, 0.5, 0.1, ABROAD * 0.7)
    cells = cells_of(replace(quota(0.5), price_limits=(limits,)), capped=BOTH)
    found = start(cells, np.arange(1.0, 1.0 + len(cells)), cells)
    np.testing.assert_array_equal(found, [1.0, 2.0, 0.0, 0.0, 0.0, 0.0])


@pytest.mark.parametrize("binding", [{ONE}, {OTHER}])
def test_a_bound_that_enters_starts_where_its_flow_alone_would_meet_it(binding):
    cells = cells_of(quota(0.5), binding, supply=LIMITS)
    volume, share = np.full(3, 1.25 * cells.bound[-1]), np.full(3, 0.4)
    rent = carried(None, np.zeros(0), cells, volume, share)[-1]
    steep = THETA * 0.6 + (OTHER in binding)
    size = share[-1] if ONE in binding else volume[-1]
    assert size * np.exp(-steep * rent) == pytest.approx(cells.bound[-1], rel=1e-12)


def test_a_flow_below_its_bound_starts_without_a_rent():
    cells = cells_of(quota(0.5))
    np.testing.assert_array_equal(alone(cells, np.array([0.4, np.nan]), np.array([0.3, 0.3])), 0.0)
