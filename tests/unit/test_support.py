"""Support: keys, three tests, record, rows; by hand where it can be."""

import datetime
import json
from dataclasses import replace

import numpy as np
import pytest
from validation.models.provision import efficient, revealed, voluntary
from validation.support_after_2025_03_31.record import record

from threatpoint.analysis.ground import drawn_support
from threatpoint.errors import ThreatpointError
from threatpoint.support.classes import listed_share, load_kinds
from threatpoint.support.data import load_support
from threatpoint.support.gap import years
from threatpoint.support.keys import KEYS, apportion, common_share
from threatpoint.support.results import (
    announced,
    donors,
    kinds,
    priors,
    require_donor,
    write,
)
from threatpoint.support.support import solve_support
from threatpoint.support.three_tests import path_rows, three_tests

DATE = datetime.date(2025, 3, 31)


def test_olson_zeckhauser_row_13():
    found = voluntary((100.0, 50.0, 10.0), 0.05)
    assert found.total == pytest.approx(4.7619, abs=1e-4)
    assert (found.given > 0.0).tolist() == [True, False, False]
    assert found.given.sum() == pytest.approx(found.total, rel=1e-12)
    assert efficient((100.0, 50.0, 10.0), 0.05) == pytest.approx(7.619, abs=1e-4)


def test_two_equal_donors_by_hand():
    found = voluntary((21.0, 21.0), 0.1)  # A = 42 / (1 + 20) = 2, each gives 1
    assert found.total == pytest.approx(2.0)
    assert found.given == pytest.approx([1.0, 1.0])


def test_revealed_weights_return_the_gifts():
    income, given = np.array([100.0, 40.0, 7.0]), np.array([2.0, 0.5, 0.3])
    found = voluntary(income, revealed(income, given))
    assert found.given == pytest.approx(given)


@pytest.mark.parametrize("key", KEYS)
def test_keys_sum_to_the_gap(key):
    result = solve_support(key)
    assert result.added.sum() == pytest.approx(result.gap)
    assert (result.added >= 0.0).all()


def test_keys_by_hand():
    given, gdp = np.array([1.0, 3.0]), np.array([100.0, 100.0])
    assert apportion("gdp", 2.0, given, gdp) == pytest.approx([1.0, 1.0])
    assert apportion("effort", 2.0, given, gdp) == pytest.approx([0.5, 1.5])
    assert apportion("capacity", 2.0, given, gdp) == pytest.approx([2.0, 0.0])
    assert common_share(4.0, given, gdp) == pytest.approx(0.04)


def test_numbers_of_the_shipped_table():
    gap = solve_support().shared
    assert gap.whole == pytest.approx(39.39, abs=0.01)
    assert gap.pair[0] == pytest.approx(33.11, abs=0.01)
    assert gap.given.sum() == pytest.approx(44.04, abs=0.01)
    assert gap.ends == pytest.approx((28.10, 46.44), abs=0.01)
    of_gdp = [100.0 * gap.of_gdp(end) for end in gap.ends]
    assert of_gdp == pytest.approx([0.132, 0.217], abs=0.001)


def test_windows_are_the_baseline_and_its_years():
    assert years(("2022-02", "2024-12")) == [
        ("2022-02", "2023-01"),
        ("2023-01", "2023-12"),
        ("2024-01", "2024-12"),
    ]
    assert years(("2024-01", "2024-12")) == []
    assert years(("2024-01", "2024-06")) == []


def test_who_refused_adds_nothing_and_the_neutral_give_no_arms():
    gap = solve_support().shared
    added = dict(zip(gap.donors, gap.added, strict=True))
    size = dict(zip(gap.donors, gap.gdp, strict=True))
    assert added["HUN"] == added["SVK"] == 0.0
    civil, whole = (added[code] / size[code] for code in ("AUT", "DEU"))
    assert 0.0 < civil < whole
    before = solve_support(date=datetime.date(2022, 3, 31)).shared
    assert dict(zip(before.donors, before.added, strict=True))["SVK"] > 0.0
    assert (gap.low <= gap.added + 1e-12).all()
    assert (gap.added <= gap.high + 1e-12).all()


def test_shares_in_the_aid_of_the_institutions_sum_to_one():
    table = load_support()
    assert table.eu_share.sum() == pytest.approx(1.0, abs=1e-4)
    common = table.yearly("2024-01", "2024-12")[table.members("institutions")].sum()
    through = solve_support(baseline=("2024-01", "2024-12")).shared.through_eu.sum()
    assert through == pytest.approx(common, rel=1e-4)


def test_kinds_of_arms_by_hand():
    found = {kind.name: kind for kind in load_kinds()}
    long = found["long-range air defence"]
    assert (long.items, long.of_leaver, long.fed) == (14, 3 / 14, 10 / 14)
    assert long.lost
    assert found["rocket artillery"].fed == pytest.approx(72 / 84)
    assert (found["medium-range air defence"].in_12, found["tanks"].in_12) == ("part", "yes")
    assert found["intelligence"].fed is None
    assert not found["intelligence"].lost
    assert listed_share() == pytest.approx(0.067, abs=0.001)
    assert all(kind.source for kind in found.values())


def test_without_announcements_the_reason_is_said():
    found = solve_support(date=datetime.date(2024, 6, 30))
    assert found.programme is None
    assert "no announcements are on record" in found.missing
    assert "30 June 2024" in found.missing
    assert drawn_support(found) is None
    assert found.missing.lower() in three_tests(found).note.lower()
    assert solve_support(date=DATE).missing == ""
    late = solve_support(date=datetime.date(2030, 1, 31))
    assert late.waits == {}


def test_the_record_is_what_the_tracker_holds():
    found = record(DATE)
    assert (found.first, found.last) == ("2025-04", "2026-03")
    assert (found.capitals, found.common) == pytest.approx((6.21, 10.82), abs=0.01)
    assert found.loan == pytest.approx(14.1)
    assert (found.share, found.share_without) == pytest.approx((0.432, 0.088), abs=0.001)
    nine = record(DATE, 9)
    assert (nine.share, nine.bought) == pytest.approx((0.758, 0.147), abs=0.001)


def test_nothing_after_the_date_is_read():
    table = load_support()
    flows = table.flows.copy()
    flows[:, table.month("2025-04") :] = np.nan
    one, other = (
        solve_support(date=DATE),
        solve_support(date=DATE, table=replace(table, flows=flows)),
    )
    assert other.added.tolist() == one.added.tolist()
    assert (other.waits, other.stocks, other.listed) == (one.waits, one.stocks, one.listed)
    first, second = (drawn_support(found) for found in (one, other))
    assert first is not None
    assert second is not None
    assert (first.change == second.change).all()


def test_draws_say_what_is_replaced_and_what_carries_it():
    drawn = drawn_support(solve_support())
    assert drawn is not None
    replaced, plain = drawn.replaced(), drawn.replaced(12, loan=False)
    assert (replaced.low, replaced.median, replaced.high) == pytest.approx(
        (0.03, 0.31, 0.58), abs=0.015
    )
    assert plain.median < 0.0 < plain.high
    assert next(iter(drawn.carried())) == "what capitals give beyond announcements"
    both = drawn.of_common().values + drawn.of_capitals().values
    assert drawn.adds().values == pytest.approx(both)
    assert drawn.covered(1.0) == pytest.approx(0.0)
    assert -0.5 < drawn.change_after(12).median < -drawn.part.median * 0.5


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: solve_support("gpd"), "did you mean 'gdp'"),
        (lambda: solve_support(baseline=("2021-01", "2024-12")), "no data"),
        (lambda: solve_support(baseline=("2024-13", "2024-12")), "YYYY-MM"),
        (lambda: solve_support(baseline=("2024-12", "2024-01")), "before the first"),
        (lambda: solve_support(baseline=("2025-06", "2025-12")), "gave nothing"),
        (lambda: require_donor(solve_support(), "DEX"), "unknown European donor"),
        (lambda: load_support().index("XXX"), "unknown donor"),
        (lambda: voluntary((), 0.1), "shape"),
        (lambda: voluntary((1.0, float("nan")), 0.1), "donor 1"),
        (lambda: voluntary((1.0, 2.0), (0.1, -0.1)), "beta: donor 1"),
        (lambda: voluntary((1.0, 2.0), (0.1, 0.1, 0.1)), "shape"),
        (lambda: revealed((1.0,), (2.0,)), "its income or more"),
        (lambda: revealed((1.0,), (0.5,), -1.0), "outside"),
        (lambda: apportion("gdp", -1.0, np.ones(1), np.ones(1)), "gap"),
        (lambda: apportion("gdp", 1.0, np.ones(2), np.ones(1)), "shape"),
        (lambda: apportion("gdp", 1.0, -np.ones(1), np.ones(1)), "given"),
        (lambda: apportion("gdp", 1.0, np.ones(1), np.zeros(1)), "gdp"),
        (lambda: apportion("effort", 1.0, np.zeros(1), np.ones(1)), "nobody gives"),
    ],
)
def test_bad_input_is_one_clear_error(call, words):
    with pytest.raises(ThreatpointError, match=words):
        call()


def test_rows_and_files(tmp_path):
    result = solve_support("capacity")
    drawn = drawn_support(result)
    rows = donors(result).rows
    assert len(rows) == len(result.donors) == 31
    assert sum(row["added_eur_bn"] for row in rows) == pytest.approx(result.gap)
    assert len(path_rows(drawn)) == 18
    assert path_rows(None) == []
    assert all(row["known"] and row["source"] for row in priors().rows)
    assert all(row["source"] for row in announced(result).rows)
    assert len(kinds(result).rows) == 9
    said = {row["measure"] for row in three_tests(result, drawn).rows}
    assert said >= {"gap", "willing", "able: money", "ready: capitals"}
    table, beside = write(result, tmp_path / "x.csv", drawn=drawn)
    assert len(table.read_text(encoding="utf-8").splitlines()) == 32
    assert json.loads(beside.read_text(encoding="utf-8"))["rule"] == KEYS["capacity"]
    (whole,) = write(result, tmp_path / "x.json", "DEU")
    content = json.loads(whole.read_text(encoding="utf-8"))
    assert [row["donor"] for row in content["donors"]] == ["DEU"]
    assert content["aid_change"] == []


def test_the_year_of_a_donor_holds_every_month():
    table = load_support()
    military = table.yearly("2024-01", "2024-12")[table.index("USA")][0]
    assert military == pytest.approx(20.141, abs=1e-3)
    assert table.months[:2] == ("2022-01", "2022-02")
    assert len(table.months) == table.flows.shape[1]
