"""Curves for charts: each point is the measure at that value."""

from __future__ import annotations

import math

import pytest

from threatpoint.errors import TalksError
from threatpoint.situation import load_talks
from threatpoint.talks.curves import ground_by_month, line_by_aid, line_by_sanction
from threatpoint.talks.talks import solve_talks

PRIORS = load_talks("ukraine-2025-03-31").priors


def test_ground_is_worth_more_the_nearer_the_freeze():
    rows = ground_by_month(PRIORS)
    values = [row["value"] for row in rows]
    assert values == sorted(values)
    assert all(row["low"] <= row["value"] <= row["high"] for row in rows)
    last = PRIORS["attacker_land_value"].value / (1 - PRIORS["discount"].value)
    assert rows[-1]["value"] == pytest.approx(last)


def test_lines_fall_with_sanctions_and_with_aid():
    sanctions = line_by_sanction(PRIORS, (0.0, 1.0, 3.0))
    assert sanctions[0]["value"] == solve_talks(PRIORS).numbers["least line"].value
    assert sanctions[2]["value"] == solve_talks(PRIORS, s_R=3.0).numbers["least line"].value
    aid = line_by_aid(PRIORS, (-1.0, -0.4, 0.0, 0.5))
    for rows in (sanctions, aid):
        values = [row["value"] for row in rows]
        assert values == sorted(values, reverse=True)


@pytest.mark.parametrize("months", [-1.0, math.inf, math.nan])
def test_bad_months(months):
    with pytest.raises(TalksError, match="months_to_freeze is"):
        ground_by_month(PRIORS, (months,))


def test_bad_points():
    with pytest.raises(TalksError, match="threat_sanctions is nan"):
        line_by_sanction(PRIORS, (math.nan,))
    with pytest.raises(TalksError, match="aid_change is -2"):
        line_by_aid(PRIORS, (-2.0,))
