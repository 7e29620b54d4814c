"""The front: the record, drift by source, projection, territory, rows."""

import csv
import json
import math
from datetime import date

import numpy as np
import pytest
from scipy import stats

from threatpoint.errors import TalksError, ThreatpointError
from threatpoint.front import data as front_data
from threatpoint.front import front, projection, territory
from threatpoint.front.results import areas
from threatpoint.front.tidy import tidy_rows, write


def record(totals, start=2024, shares=None):
    """One observation on the first of each month from January, one oblast."""
    days = [date(start, 1, 1)]
    while len(days) < len(totals):
        days.append(front_data.next_month(days[-1]))
    held = np.full((len(totals), 1), 0.5) if shares is None else shares
    return front_data.Control(tuple(days), np.array(totals, float), ("UA-14",), held)


def test_march_2025_by_source():
    drift = front.drift("2025-03")
    found = {f.source: f.value for f in drift.published}
    assert found == {
        "AFP from ISW data": 240, "ISW": 203, "UK Ministry of Defence": 143, "DeepState": 133,
    }  # fmt: skip
    assert drift.low <= 133
    assert drift.high == 240
    assert drift.computed == pytest.approx(133, abs=5)  # the same producer, by its own polygons


def test_nothing_later_than_the_month_is_looked_at():
    result = front.solve_front("2025-03")
    assert result.observed == date(2025, 3, 13)
    assert result.total == 112_415
    held, rest = (side for side in result.lines if side.line == "contact line")
    assert held.area == held.area_low == held.area_high == result.total
    whole = sum(oblast.official_area for oblast in front_data.oblasts())
    assert rest.area == pytest.approx(whole - result.total)
    assert result.of("donetsk").share == result.of("UA-14").share == 0.6859
    assert result.known.months[-1] == date(2025, 2, 1)
    assert result.gained.months == result.gained.advancing == 7
    assert all(span.period.endswith(("2024-02", "2025-02")) for span in result.gained.spans)


def test_areas_by_oblast_add_up_to_the_total_of_the_polygons():
    for month in ("2024-07", "2025-03", "2026-08"):
        result = front.solve_front(month)
        assert sum(h.area for h in result.held) == pytest.approx(result.total, rel=0.002)


def test_a_month_that_is_not_whole_has_no_drift():
    result = front.solve_front("2026-08")
    assert result.drift is None
    assert not [row for row in tidy_rows(result) if row["table"] == "drift"]
    assert math.isnan(front.solve_front("2024-07").of("Donetsk").gain)


def test_where_it_gained():
    found = front.solve_front().gained
    assert found.first == date(2024, 7, 8)
    (most, share), *_ = found.largest
    assert (most.name, round(share, 2)) == ("Donetsk", 0.85)
    assert sum(part for _, part in found.largest) == pytest.approx(1, abs=0.01)
    assert found.of("UA-51") == 0
    assert found.of("UA-65") < 10
    first = front.solve_front("2024-07")
    assert first.gained.largest == ()
    assert (first.gained.months, first.known) == (0, None)  # nothing of it was out by then


def test_what_was_not_held_of_the_oblasts_claimed_last():
    found = front.solve_front().annexed
    assert {item.oblast.name for item in found} == {
        "Donetsk", "Luhansk", "Zaporizhzhia", "Kherson",
    }  # fmt: skip
    assert sum(item.not_held for item in found) == pytest.approx(24_138, abs=1)
    later = front.solve_front("2025-04").annexed  # the last observation of April is of the 2nd
    assert sum(item.not_held for item in later) == pytest.approx(24_036, abs=1)


def test_gains_by_hand():
    months, gains = projection.monthly_gains(record([100, 110, 130, 130, 120]))
    assert months[0] == date(2024, 1, 1)
    np.testing.assert_allclose(gains, [10, 20, 0, -10])


def test_projection_by_hand():
    data = record([100, 110, 130, 160, 200])  # gains 10, 20, 30, 40
    fitted = projection.fit(data, date(2024, 12, 31))
    assert fitted.mean == 25
    assert fitted.deviation == pytest.approx((500 / 3) ** 0.5)
    day = date(2024, 7, 1)
    made = projection.project(data, date(2024, 12, 31), (day,), 0.9)
    h = (day - date(2024, 5, 1)).days / projection.DAYS
    wide = projection.student_quantile(0.95, 3) * fitted.deviation * (h + h * h / 4) ** 0.5
    assert made.central[0] == pytest.approx(200 + 25 * h)
    assert made.high[0] - made.central[0] == pytest.approx(wide)


def test_a_steady_advance_is_met_exactly():
    data = record([100 + 30.4375 * k for k in range(12)])
    score = projection.score(data, date(2024, 7, 1))
    assert score.observations == 5
    assert abs(score.bias) < 2  # months differ in length, no more


@pytest.mark.parametrize("degrees", [2, 3, 6, 30])
@pytest.mark.parametrize("p", [0.05, 0.5, 0.9, 0.95])
def test_student_quantile(p, degrees):
    exact = stats.t.ppf(p, degrees)
    assert projection.student_quantile(p, degrees) == pytest.approx(exact, abs=2e-3)


def test_claims_against_control():
    shares = {c.oblast.name: c.share for c in front.solve_front().claims}
    assert shares["Odesa"] == 0
    assert shares["Luhansk"] > 0.98
    for month in ("2024-07", "2026-08"):  # none of it is ever held in the record
        assert front.solve_front(month).of("Odesa").area == 0


def test_pockets_carry_a_range_and_sources():
    found = {(p.item.split()[0], p.period): p for p in territory.pockets()}
    kursk = found["Kursk", "2025-03"]
    assert (kursk.low, kursk.high) == (80, 140)
    assert len(kursk.sources) == 3
    assert "uncertain" in found["Belgorod:", "2025-03"].sources[0]


def test_sides_of_a_line_are_the_whole():
    whole = sum(o.official_area for o in front_data.oblasts())
    people = sum(o.population or 0 for o in front_data.oblasts())
    assert people == pytest.approx(41418.7)  # printed total of the table
    for pair in (territory.oblast_borders(), front.solve_front().lines[:2]):
        assert sum(side.area for side in pair) == pytest.approx(whole)
        assert sum(side.population for side in pair) == pytest.approx(people)


def test_every_table_states_producer_licence_and_unit():
    names = {path.name for path in front_data.TABLES.glob("*")}
    for name, about in front_data.about().items():
        assert name in names
        assert all(about[key] for key in ("what", "producer", "licence", "unit"))


@pytest.mark.parametrize("month", ["2025-13", "2025", "", "march", "0000-01", "2025-3"])
def test_not_a_month(month):
    with pytest.raises(TalksError, match="YYYY-MM"):
        front.solve_front(month)


def test_month_without_data_names_the_record():
    with pytest.raises(TalksError, match="2024-07 to 2026-08"):
        front.solve_front("2023-01")
    with pytest.raises(TalksError, match="whole months"):
        front.drift("2023-01")


def test_unknown_oblast_suggests():
    with pytest.raises(TalksError, match="did you mean 'Donetsk'"):
        front.solve_front().of("Donezk")


@pytest.mark.parametrize("bad", [-1.0, math.nan, math.inf])
def test_bad_area(bad):
    with pytest.raises(TalksError, match="area held"):
        record([100, bad, 110])


def test_bad_shapes_and_order():
    with pytest.raises(TalksError, match="shape"):
        record([100, 110], shares=np.ones((3, 1)))
    with pytest.raises(TalksError, match="at least one day"):
        front_data.Control((), np.empty(0), (), np.empty((0, 0)))
    with pytest.raises(TalksError, match="share is 2"):
        record([100, 110], shares=np.full((2, 1), 2.0))
    days = (date(2024, 2, 1), date(2024, 1, 1))
    with pytest.raises(TalksError, match="rising"):
        front_data.Control(days, np.ones(2), ("UA-14",), np.ones((2, 1)))


def test_projection_refuses():
    data = record([100, 110, 130])
    with pytest.raises(TalksError, match="whole months"):
        projection.fit(data, date(2024, 12, 31))
    with pytest.raises(TalksError, match="no data up to"):
        projection.fit(data, date(2020, 1, 1))
    long = record([100, 110, 130, 150, 170])
    with pytest.raises(TalksError, match="level"):
        projection.project(long, date(2024, 12, 31), (), 1.0)
    with pytest.raises(TalksError, match="after the last"):
        projection.project(long, date(2024, 12, 31), (date(2024, 1, 1),))
    with pytest.raises(TalksError, match="nothing to score"):
        projection.score(long, date(2024, 12, 31))


def test_files_hold_the_rows(tmp_path):
    result = front.solve_front()
    with write(result, tmp_path / "a.csv").open(newline="", encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    assert len(rows) == len(tidy_rows(result))
    assert {row["table"] for row in rows} == {
        "control", "gains", "drift", "claims", "pockets", "lines",
    }  # fmt: skip
    read = json.loads(write(result, tmp_path / "a.json").read_text(encoding="utf-8"))
    assert read["status"] == "exact"
    assert read["tables"]["outlines.json"]["licence"] == "public domain"
    one = tidy_rows(result, "Kharkiv")
    assert {row["item"] for row in one} == {"Kharkiv"}
    assert [row["name"] for row in areas(result, "UA-63").rows] == ["Kharkiv"]
    with pytest.raises(ThreatpointError, match=r"--out .*a\.txt: .* ends in \.csv or \.json"):
        write(result, tmp_path / "a.txt")
    with pytest.raises(ThreatpointError, match=r"--out .*the folder .* does not exist"):
        write(result, tmp_path / "no" / "a.csv")
