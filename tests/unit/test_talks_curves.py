"""Curves for charts: each point is the measure at that value."""

from __future__ import annotations

import math

import pytest

from threatpoint.errors import TalksError
from threatpoint.quantity import Quantity
from threatpoint.situation import load_talks
from threatpoint.talks.curves import line_by_sanction
from threatpoint.talks.priors import BY_NAME
from threatpoint.talks.talks import solve_talks

PRIORS = load_talks("ukraine-2025-03-31").priors


def answer(measure, s_R=0.0, aid_change=0.0, **priors):
    return solve_talks({**PRIORS, **priors}, s_R, aid_change).numbers[measure]


def test_ground_is_worth_more_the_nearer_the_freeze():
    dates = [Quantity.exactly(months, "months") for months in (24, 6, 1, 0)]
    found = [answer("value of ground", months_to_freeze=date) for date in dates]
    values = [number.value for number in found]
    assert values == sorted(values)
    assert all(number.low <= number.value <= number.high for number in found)
    last = PRIORS["attacker_land_value"].value / (1 - PRIORS["discount"].value)
    assert values[-1] == pytest.approx(last)


def test_lines_fall_with_sanctions_and_with_aid():
    sanctions = [row["value"] for row in line_by_sanction(PRIORS, (0.0, 1.0, 3.0))]
    assert sanctions[0] == answer("least line").value
    assert sanctions[2] == answer("least line", s_R=3.0).value
    aid = [answer("least line", aid_change=change).value for change in (-1.0, -0.4, 0.5)]
    for values in (sanctions, aid):
        assert values == sorted(values, reverse=True)


@pytest.mark.parametrize("months", [-1.0, math.inf, math.nan])
def test_bad_months(months):
    with pytest.raises(TalksError, match="months_to_freeze is"):
        BY_NAME["months_to_freeze"].read(months)


def test_bad_points():
    with pytest.raises(TalksError, match="threat_sanctions is nan"):
        line_by_sanction(PRIORS, (math.nan,))
    with pytest.raises(TalksError, match="aid_change is -2"):
        solve_talks(PRIORS, aid_change=-2.0)
