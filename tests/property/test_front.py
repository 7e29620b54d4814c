"""The projection moves as a random walk with drift must."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.front_draws import front_values
from threatpoint.front import data as front_data
from threatpoint.front import projection, territory
from threatpoint.front.paths import solve_paths

GAINS = st.lists(st.floats(-500, 1000), min_size=3, max_size=12)
LATE = date(2030, 1, 1)


def record(gains, start=1e5):
    days = [date(2024, 1, 1)]
    for _ in gains:
        days.append(front_data.next_month(days[-1]))
    total = start + np.concatenate([[0.0], np.cumsum(gains)])
    shape = (len(days), 1)
    return front_data.Control(tuple(days), total, ("UA-14",), np.full(shape, 0.5))


def ahead(data, months):
    days = [front_data.next_month(data.dates[-1])]
    while len(days) < months:
        days.append(front_data.next_month(days[-1]))
    return tuple(days)


@settings(max_examples=60)
@given(GAINS, st.floats(0.5, 0.95), st.floats(1, 2))
def test_the_band_holds_the_centre_and_widens(gains, level, scale):
    data = record(gains)
    days = ahead(data, 6)
    made = projection.project(data, LATE, days, level)
    width = made.high - made.central
    assert (width >= -1e-9).all()
    assert (np.diff(width) >= -1e-9).all()
    wider = projection.project(data, LATE, days, (1 + level) / 2)
    assert (wider.high >= made.high - 1e-9).all()
    scaled = projection.fit(record([g * scale for g in gains]), LATE)
    np.testing.assert_allclose(scaled.mean, scale * projection.fit(data, LATE).mean, atol=1e-7)


@settings(max_examples=60)
@given(GAINS, GAINS)
def test_what_comes_after_the_cut_off_changes_nothing(gains, later):
    short, long = record(gains), record(gains + later)
    cutoff = short.dates[-1]
    a, b = projection.fit(short, cutoff), projection.fit(long, cutoff)
    assert (a.mean, a.deviation) == (b.mean, b.deviation)


@settings(max_examples=60)
@given(st.lists(st.floats(0, 1), min_size=27, max_size=27))
def test_two_sides_of_any_line_are_the_whole(shares):
    codes = [o.code for o in front_data.oblasts()]
    first, second = territory.sides("a", ("b", "c"), dict(zip(codes, shares, strict=True)))
    whole = sum(o.official_area for o in front_data.oblasts())
    np.testing.assert_allclose(first.area + second.area, whole)
    for side in (first, second):
        assert side.population_low <= side.population <= side.population_high


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([date(2025, 3, 31), date(2025, 7, 9)]))
def test_paths_are_finite_never_lose_ground_and_stay_in_the_country(seed, day):
    found = solve_paths(front_values(64, seed), day)
    assert np.isfinite(found.gains).all()
    assert (found.gains >= 0).all()
    assert (np.diff(found.held, axis=1) >= 0).all()
    assert found.held.max() <= sum(o.official_area for o in front_data.oblasts())
    np.testing.assert_allclose(found.held[:, -1] - found.start, found.ground(18))


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_the_same_inputs_give_the_same_paths_and_more_draws_move_none(seed):
    few, many = (solve_paths(front_values(count, seed), date(2025, 3, 31)) for count in (32, 64))
    np.testing.assert_array_equal(few.gains, many.gains[:32])


@settings(max_examples=30, deadline=None)
@given(st.floats(0.05, 0.9), st.floats(0.01, 0.09), st.integers(1, 18))
def test_a_faster_month_never_gains_less(chance, more, month):
    values = front_values(64)
    key = f"front_month_{month:02d}"
    low = solve_paths({**values, key: np.full(64, chance)}, date(2025, 3, 31))
    high = solve_paths({**values, key: np.full(64, chance + more)}, date(2025, 3, 31))
    assert (high.gains >= low.gains - 1e-9).all()
