"""Economics of support that must hold for any donors."""

import datetime
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from validation.models.provision import efficient, voluntary

from threatpoint.support.announced import refused
from threatpoint.support.data import load_support
from threatpoint.support.gap import shared, years
from threatpoint.support.keys import KEYS, apportion
from threatpoint.support.programme import gap_and_part

incomes = st.lists(
    st.tuples(st.floats(0.1, 1e4), st.floats(1e-3, 5.0)), min_size=1, max_size=6
).map(lambda pairs: (np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])))


def brute_force(income, beta):
    """The total of the one contributing set at which nobody wants to change."""
    found = []
    for inside in itertools.product((True, False), repeat=len(income)):
        c = np.array(inside)
        if not c.any():
            continue
        total = income[c].sum() / (1.0 + (1.0 / beta[c]).sum())
        gift, slack = income - total / beta, 1e-9 * income
        if (gift[c] >= -slack[c]).all() and (gift[~c] <= slack[~c]).all():
            found.append(total)
    return found


@given(incomes)
def test_contributing_set_equals_brute_force(donors):
    found = voluntary(*donors)
    totals = brute_force(*donors)
    assert totals
    assert totals == pytest.approx([found.total] * len(totals), rel=1e-7)
    assert found.given.sum() == pytest.approx(found.total, rel=1e-9)


@given(incomes)
def test_efficient_is_never_below_voluntary(donors):
    assert efficient(*donors) >= voluntary(*donors).total * (1 - 1e-12)


@given(incomes, st.floats(0.1, 1e4), st.floats(1e-3, 5.0))
def test_another_donor_never_lowers_aid(donors, income, beta):
    more = voluntary(np.append(donors[0], income), np.append(donors[1], beta))
    assert more.total >= voluntary(*donors).total * (1 - 1e-12)


@given(incomes, st.floats(1e-3, 1e3))
def test_another_currency_changes_nothing_real(donors, rate):
    income, beta = donors
    here, there = voluntary(income, beta), voluntary(rate * income, beta)
    assert there.total == pytest.approx(rate * here.total)
    assert there.given == pytest.approx(rate * here.given, rel=1e-6, abs=1e-9 * rate * here.total)


@given(incomes, st.floats(0.0, 1e3), st.floats(1e-2, 1e2), st.sampled_from(list(KEYS)))
def test_keys_sum_to_the_gap_in_any_currency(donors, gap, rate, key):
    gdp, given_now = donors
    added = apportion(key, gap, given_now, gdp)
    assert added.sum() == pytest.approx(gap, rel=1e-9, abs=1e-9)
    assert (added >= 0.0).all()
    other = apportion(key, rate * gap, rate * given_now, rate * gdp)
    assert other == pytest.approx(rate * added, rel=1e-6, abs=1e-7)


@given(
    st.sampled_from(list(KEYS)),
    st.sampled_from([("2022-02", "2024-12"), *years(("2022-02", "2024-12"))]),
    st.booleans(),
    st.dates(datetime.date(2022, 3, 1), datetime.date(2025, 3, 31)),
)
def test_the_gap_is_shared_in_full_by_those_who_join(key, window, loan, date):
    table, said = load_support(), refused(date)
    added = shared(table, key, window, said, loan)
    pair, _ = gap_and_part(table, window)
    assert added.sum() == pytest.approx(pair[int(loan)], rel=1e-9)
    assert (added >= 0.0).all()
    out = [one.donor for one in said if one.leaves == "all"]
    europe = [table.donors[i] for i in table.members("europe")]
    assert all(added[europe.index(donor)] == 0.0 for donor in out)
