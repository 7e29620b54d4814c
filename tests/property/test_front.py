"""The projection moves as a random walk with drift must."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from threatpoint.front import data as front_data
from threatpoint.front import projection, territory

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
