"""The scores of the front are those written down; only the scorer looks past the day."""

import numpy as np
import pytest
from validation import front_after_2025_03_31 as after
from validation.front_after_2025_03_31 import increments
from validation.front_after_2025_03_31.replicate import table

from tests.front_draws import front_values
from threatpoint.front import data as front_data
from threatpoint.front.gains import published
from threatpoint.front.paths import solve_paths


def test_the_score_is_the_one_written_down():
    assert [str(check) for check in after.checks() if not check.holds] == []
    assert len(table()) == 18
    assert [day for day, *_, inside in table() if not inside] == ["2026-08-22"]


def test_laws_are_scored_as_numerical_integrals_say():
    seen = 130.0
    laws = (
        increments.Student(200.0, 90.0, 6.0),
        increments.Student(200.0, 90.0),
        increments.Mixture(np.array([75.0, 300.0, 440.0]), 60.0),
    )
    at = np.linspace(-6000.0, 6000.0, 240_001)
    for law in laws:
        below = np.array([law.below(x) for x in at[::60]])
        step = at[60] - at[0]
        whole = ((below - (at[::60] >= seen)) ** 2).sum() * step
        assert law.crps(seen) == pytest.approx(whole, rel=0.02)
        slope = (law.below(seen + 0.01) - law.below(seen - 0.01)) / 0.02
        assert law.log_density(seen) == pytest.approx(np.log(slope), abs=1e-4)


def test_a_forecast_that_is_surer_and_right_scores_better():
    sure, wide = (increments.Student(100.0, sd) for sd in (10.0, 100.0))
    assert sure.log_density(101.0) > wide.log_density(101.0)
    assert sure.crps(101.0) < wide.crps(101.0)


def test_nothing_after_the_day_enters_the_paths():
    data = front_data.control()
    short = data.until(increments.CUTOFF)
    values = front_values(64)
    own, cut = (solve_paths(values, increments.CUTOFF, each) for each in (data, short))
    np.testing.assert_array_equal(own.gains, cut.gains)
    assert own.start == cut.start
    assert own.known.months[-1] < increments.CUTOFF
    assert all(gain.known > increments.CUTOFF for gain in published() if gain.first > "2025-02")
