"""Rents of bounds that go on from one set of bounds to the next."""

from dataclasses import replace

import numpy as np

from tests.unit.test_bounds import ABROAD, BOTH, cells_of, quota
from threatpoint.equilibrium.carried import carried
from threatpoint.equilibrium.cells import SHARE, VOLUME
from threatpoint.policy.limits import PriceLimit

ONE, OTHER = (0, 1, 0, SHARE), (1, 0, 0, VOLUME)


def test_a_bound_that_stays_keeps_its_rent_wherever_it_stands_now():
    before, after = (cells_of(quota(0.5), binding) for binding in ({OTHER}, {ONE, OTHER}))
    rents = np.array([0.3, 0.4, 0.5])
    # both quotas, the share that enters, the limit on a flow that has a quota too
    np.testing.assert_array_equal(carried(before, rents, after), [0.3, 0.4, 0.0, 0.5])


def test_a_price_cap_starts_anew():
    limits = PriceLimit(ABROAD, 0.9, 0.5, 0.1, ABROAD * 0.7)
    wedges = replace(quota(0.5), price_limits=(limits,))
    cells = cells_of(wedges, capped=BOTH)
    found = carried(cells, np.arange(1.0, 1.0 + len(cells)), cells)
    np.testing.assert_array_equal(found, [1.0, 2.0, 0.0, 0.0, 0.0, 0.0])


def test_without_bounds_before_or_after_there_is_nothing_to_keep():
    cells = cells_of(quota(0.5))
    np.testing.assert_array_equal(carried(None, np.zeros(0), cells), [0.0, 0.0])
    assert carried(cells, np.ones(2), None).shape == (0,)
