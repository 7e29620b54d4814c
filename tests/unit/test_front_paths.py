"""The paths of the front: what was known on a day, two models, and what no path may do."""

from datetime import date

import numpy as np
import pytest

from tests.front_draws import front_values
from threatpoint.errors import TalksError
from threatpoint.front import data as front_data
from threatpoint.front import gains, path_inputs, paths

DAY = date(2025, 3, 31)


def single(**given):
    """One value of every input: the middle of each, months at their medians."""
    middle = {item.key: item.quantile(np.array([0.5])) for item in path_inputs.inputs()}
    return middle | {f"front_{key}": np.array([value]) for key, value in given.items()}


def test_known_on_the_day_is_what_was_published_by_then():
    known = gains.known_on(DAY)
    assert known.source == gains.PUBLISHED
    assert (known.months[0], known.months[-1]) == (date(2023, 1, 1), date(2025, 2, 1))
    assert len(known.gains) == 26
    # what the sources of the priors say of these months
    assert known.gains.mean() == pytest.approx(208, abs=0.5)
    assert np.log(known.gains).std(ddof=1) == pytest.approx(1.0, abs=0.05)
    assert np.log(known.gains[-7:]).std(ddof=1) == pytest.approx(0.2, abs=0.05)
    assert known.gains[:12] == pytest.approx(584 / 12)
    assert known.skipped == 1  # March was published on 1 April
    assert known.year == pytest.approx(4500 / 12, rel=0.01)  # AFP's own figure of twelve months
    assert known.quarter == pytest.approx((476 + 431 + 389) / 3)
    expected = known.expected
    assert expected.low == pytest.approx(known.gains.mean())
    assert expected.high == known.quarter
    assert "2024-03 to 2025-02" in expected.period


def test_march_is_known_a_day_later():
    later = gains.known_on(date(2025, 4, 1))
    assert later.months[-1] == date(2025, 3, 1)
    assert later.gains[-1] == 240
    assert later.skipped == 1


def test_the_fresher_source_is_taken():
    known = gains.known_on(date(2025, 7, 9))
    assert known.source == gains.COMPUTED
    assert known.months[-1] == date(2025, 6, 1)
    assert len(known.gains) == 11


@pytest.mark.parametrize("day", [date(2023, 5, 1), date(2030, 1, 1)])
def test_a_date_the_tables_do_not_reach_is_refused(day):
    with pytest.raises(TalksError, match="too little was known"):
        gains.known_on(day)


def test_the_first_model_by_hand():
    start = paths.start_level(gains.known_on(DAY))
    assert start == pytest.approx((gains.known_on(DAY).year * 432) ** 0.5)
    found = paths.solve_paths(single(model=0.2, norm=200.0, persistence=0.5, log_sd=1.0), DAY)
    assert found.gains[0, 0] == pytest.approx(200 * (start / 200) ** 0.25)  # March is stepped over
    assert found.gains[0, 1] == pytest.approx(200 * (start / 200) ** 0.125)
    shock = single(model=0.2, norm=200.0, persistence=0.5, log_sd=1.0, month_01=0.841344746)
    first = paths.solve_paths(shock, DAY).gains[0, 0]
    assert first == pytest.approx(found.gains[0, 0] * np.exp((1 - 0.5**4) ** 0.5))


def test_the_second_model_by_hand():
    calm = single(model=0.7, slow=80.0, fast=400.0, stay=0.9, start=0.7)
    assert paths.solve_paths(calm, DAY).gains[0] == pytest.approx(400)
    slowed = calm | {"front_month_01": np.array([0.29])}
    found = paths.solve_paths(slowed, DAY).gains[0]
    assert found[0] == 80
    assert found[1:] == pytest.approx(80)  # the median month keeps its speed
    back = slowed | {"front_month_03": np.array([0.95])}
    assert paths.solve_paths(back, DAY).gains[0, :3] == pytest.approx([80, 80, 400])


def test_a_slow_quarter_starts_slow():
    slow = gains.Known(DAY, "a count", (date(2025, 2, 1),), np.full(12, 60.0))
    values = single(model=0.7, stay=0.9, start=0.7)
    chances = np.full((1, 18), 0.5)
    assert paths.two_speeds(values, chances, slow)[0] == pytest.approx(75)


def test_means_and_ground_are_sums_of_months():
    found = paths.solve_paths(single(model=0.7, slow=80.0, fast=400.0), DAY)
    assert found.months[0] == date(2025, 4, 1)
    assert found.months[-1] == date(2026, 9, 1)
    assert found.start == 112_415
    assert found.ground(12)[0] == pytest.approx(4800)
    assert found.mean_of_year[0] == pytest.approx(400)
    assert found.held[0, -1] == pytest.approx(112_415 + 18 * 400)
    assert found.shown(12).median == pytest.approx(4800)  # noise at its middle
    for wrong in (0, 19):
        with pytest.raises(TalksError, match="1 to 18"):
            found.ground(wrong)


def test_band_of_the_first_pass():
    """3,200 (900 to 6,700) in 12 months, 5,000 (1,700 to 9,700) in 18, with the levels fixed."""
    found = paths.solve_paths(front_values(4096), DAY)
    year, longer = found.shown(12), found.shown(18)
    assert year.median == pytest.approx(3500, rel=0.05)
    assert year.low == pytest.approx(900, rel=0.15)
    assert year.high == pytest.approx(7500, rel=0.1)
    assert longer.median == pytest.approx(5150, rel=0.05)


def test_the_mixture_has_the_band_of_its_two_halves():
    """Quantiles of a mixture by its definition: half of each half lies below."""
    values = front_values(4096)
    found = paths.solve_paths(values, DAY)
    first = values["front_model"] < 0.5
    total = found.ground(12)
    assert first.mean() == pytest.approx(0.5, abs=0.001)
    for share in (0.05, 0.5, 0.95):
        at = np.quantile(total, share)
        below = 0.5 * (total[first] <= at).mean() + 0.5 * (total[~first] <= at).mean()
        assert below == pytest.approx(share, abs=0.003)


def test_the_months_of_the_first_model_have_its_closed_form_law():
    """Month 18 given the parameters is lognormal: mean and variance of a stationary AR(1)."""
    values = front_values(4096)
    kept, dev = 0.8, 0.85
    fixed = {
        "front_model": 0.1,
        "front_norm": 200.0,
        "front_persistence": kept,
        "front_log_sd": dev,
    }
    values |= {key: np.full(4096, value) for key, value in fixed.items()}
    found = paths.solve_paths(values, DAY)
    logs = np.log(found.gains[:, 17] / 200)
    start = np.log(paths.start_level(found.known) / 200)
    assert logs.mean() == pytest.approx(kept**19 * start, abs=0.03)
    assert logs.std() == pytest.approx(dev * (1 - kept**38) ** 0.5, rel=0.03)


def test_support_changes_the_gains_and_nothing_else():
    found = paths.solve_paths(front_values(256), DAY)
    less = paths.with_support(found, np.linspace(1.0, 0.5, 18))
    assert less.gains == pytest.approx(found.gains * np.linspace(1.0, 0.5, 18))
    assert less.known is found.known
    for wrong in (np.array([-0.1]), np.array([np.nan])):
        with pytest.raises(TalksError, match="0 or more"):
            paths.with_support(found, wrong)


def test_no_path_leaves_the_country():
    found = paths.solve_paths(front_values(256), DAY)
    much = paths.with_support(found, np.full((256, 1), 1e4))
    whole = sum(oblast.official_area for oblast in front_data.oblasts())
    assert much.held.max() <= whole + 1e-6
    assert much.ground(18).max() == pytest.approx(whole - found.start)
    assert (much.gains >= 0).all()


def test_inputs_say_where_they_are_from_and_when():
    found = path_inputs.inputs()
    assert len({item.key for item in found}) == len(found) == 27
    assert all(item.key.startswith("front_") and item.source and item.known for item in found)
    assert {item.group for item in found if "month" in item.key} == {path_inputs.GROUP}
