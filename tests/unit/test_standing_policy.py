"""Which tariffs were in force on which day, and that they stand behind what is reported."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from threatpoint.equilibrium import solve
from threatpoint.errors import PolicyError
from threatpoint.policy import CutOff, Tariff
from threatpoint.policy.standing import LEFT_OUT, last_row, on_day, standing_policy
from threatpoint.world import load_world

WORLD = load_world()


def points(day, partner):
    """Percentage points on a partner's machinery on a day."""
    economy = on_day(WORLD, day)
    at = (WORLD.country("USA"), WORLD.country(partner), WORLD.sector("MACH"))
    return 100 * (economy.tariff_in_force - WORLD.tariff)[at]


@pytest.mark.parametrize(
    ("day", "partner", "expected"),
    [
        ("2025-02-03", "CHN", 0.0),
        ("2025-02-04", "CHN", 10.0),
        ("2025-03-31", "CHN", 20.2937),
        ("2025-03-31", "DEU", 0.6687),
        ("2025-08-06", "IND", 10.5832),
        ("2025-08-07", "IND", 22.7515),
        ("2025-08-27", "IND", 43.0321),
        ("2030-01-01", "IND", 32.9934),
    ],
)
def test_what_was_added_by_a_day(day, partner, expected):
    assert points(day, partner) == pytest.approx(expected, abs=5e-4)


def test_nothing_was_added_before_the_first_row():
    assert standing_policy("2025-01-20").items == ()
    np.testing.assert_array_equal(on_day(WORLD, "2025-01-20").tariff_in_force, WORLD.tariff)


def test_fuels_were_left_out():
    economy = on_day(WORLD, date(2025, 8, 27))
    at = [WORLD.sector(code) for code in LEFT_OUT]
    np.testing.assert_array_equal(economy.tariff_in_force[..., at], WORLD.tariff[..., at])


def test_after_the_last_row_the_words_say_so():
    assert str(last_row().year) in on_day(WORLD, "2030-01-01").standing.words
    assert on_day(WORLD, "2025-03-31").standing.words == "the tariffs in force on 31 March 2025"


def test_of_a_day_before_the_table_the_tariffs_are_those_of_the_table_and_said_so():
    old = on_day(WORLD, "2019-05-30")
    assert old.standing.words == "the tariffs of 2023 (the oldest known)"
    np.testing.assert_array_equal(old.tariff_in_force, WORLD.tariff)
    assert on_day(WORLD, "2023-01-01").standing.words == "the tariffs in force on 1 January 2023"


@pytest.mark.parametrize("wrong", ["31 March", "2025-13-01", 2025, None])
def test_not_a_date(wrong):
    with pytest.raises(PolicyError, match="is not a date: write it as 2025-03-31"):
        on_day(WORLD, wrong)


def test_set_replaces_add_adds_and_a_cut_off_wins():
    economy = on_day(WORLD, "2025-03-31")
    at = (WORLD.country("USA"), WORLD.country("CHN"), WORLD.sector("MACH"))
    before = economy.tariff_in_force[at]
    assert before > WORLD.tariff[at] + 0.2
    set_to = solve(economy, Tariff("USA", "CHN", rate=0.05)).wedges.tariff[at]
    assert set_to == pytest.approx(0.05)
    added = solve(economy, Tariff("USA", "CHN", rate=0.05, mode="add")).wedges.tariff[at]
    assert added == pytest.approx(before + 0.05)
    assert solve(economy, CutOff("USA", "CHN")).trade[at] == 0.0


def test_an_action_bites_less_on_a_world_that_has_adjusted():
    """Rates of the day on the trade of 2023 would have raised it."""
    china = WORLD.country("CHN")
    bare, stood = (
        solve(economy, CutOff("USA", "CHN")).welfare.percent[china]
        for economy in (WORLD, on_day(WORLD, "2025-03-31"))
    )
    assert bare < 1.3 * stood < 0


def test_named_flows_move_with_their_cells():
    economy = on_day(WORLD, "2025-08-27")
    found = solve(economy, CutOff("USA", "CHN")).economy
    flow, before = found.flows["crude"], WORLD.flows["crude"]
    j = WORLD.sector(flow.sector)
    traded = WORLD.trade[:, :, j] > 0
    ratio = found.trade[:, :, j][traded] / WORLD.trade[:, :, j][traded]
    np.testing.assert_allclose(flow.values[traded], before.values[traded] * ratio)
