"""Support: keys, three tests, record, rows; by hand where it can be."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from threatpoint.errors import ThreatpointError
from threatpoint.quantity import Quantity
from threatpoint.support import capability as cap
from threatpoint.support.data import load_support
from threatpoint.support.keys import KEYS, apportion, common_share
from threatpoint.support.provision import efficient, revealed, voluntary
from threatpoint.support.results import (
    donors,
    path_rows,
    priors,
    require_donor,
    three_tests,
    write,
)
from threatpoint.support.support import solve_support

WEIGHTLESS = replace(cap.CAPABILITIES[0], weight=Quantity.exactly(0.0, "share"))


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
    result = solve_support()
    assert result.gap == pytest.approx(39.39, abs=0.01)
    assert result.given.sum() == pytest.approx(44.04, abs=0.01)
    assert result.lost_share == pytest.approx(0.437, abs=0.001)
    assert result.afterwards_change.sum() == pytest.approx(18.50, abs=0.01)
    assert result.score == pytest.approx(0.470, abs=0.001)


def test_shares_in_the_aid_of_the_institutions_sum_to_one():
    table = load_support()
    assert table.eu_share.sum() == pytest.approx(1.0, abs=1e-4)
    common = table.yearly("2024-01", "2024-12")[table.members("institutions")].sum()
    through = solve_support(baseline=("2024-01", "2024-12")).through_eu.sum()
    assert through == pytest.approx(common, rel=1e-4)


def test_aid_change_starts_at_the_loss_and_rises():
    result = solve_support(horizon=36)
    assert result.aid_change(0) == pytest.approx(-result.lost_share)
    assert (np.diff(result.path) > 0.0).all()
    assert result.path[-1] <= 0.0
    assert result.aid_change(0.5) == pytest.approx(result.path[:2].mean())


def test_ces_by_hand():
    assert cap.ces((0.5, 0.5), (0.5, 0.5), 0.5) == pytest.approx(1.0)
    # s = 1/2: A = 1 / sum(theta^2 / q) = 1 / (1/4 + 1) = 0.8
    assert cap.ces((0.5, 0.5), (1.0, 0.25), 0.5) == pytest.approx(0.8)
    assert cap.ces((0.5, 0.5), (1.0, 0.0), 0.5) == 0.0
    assert cap.ces((0.5, 0.5), (0.5, 1e-300), 0.05) == pytest.approx(1e-300, rel=0.2)


def test_ramp_up_by_hand():
    assert cap.ramp_up(0.8, 12.0, 12.0) == pytest.approx(0.8 * (1 - math.exp(-1)))
    month = -12.0 * math.log(1 - 0.5 / 0.8)
    assert cap.ramp_up(0.8, 12.0, month) == pytest.approx(0.5)


def test_ready_month_is_the_first_that_covers():
    month = cap.months_until(0.5)
    assert month is not None
    assert cap.replaced(month) == pytest.approx(0.5)
    assert cap.months_until(0.99) is None
    assert solve_support(covered=0.5).ready_months == pytest.approx(month)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: solve_support("gpd"), "did you mean 'gdp'"),
        (lambda: solve_support(horizon=0), "1 to 600"),
        (lambda: solve_support(horizon=2.5), "whole months"),
        (lambda: solve_support(covered=float("nan")), "covered"),
        (lambda: solve_support(substitution=1.0), "between 0 and 1"),
        (lambda: solve_support(capabilities=()), "capabilities"),
        (lambda: solve_support(baseline=("2021-01", "2024-12")), "no data"),
        (lambda: solve_support(baseline=("2024-13", "2024-12")), "YYYY-MM"),
        (lambda: solve_support(baseline=("2024-12", "2024-01")), "before the first"),
        (lambda: solve_support(baseline=("2025-06", "2025-12")), "gave nothing"),
        (lambda: solve_support().aid_change(99), "within 0 and 24"),
        (lambda: solve_support().aid_change(float("nan")), "within 0 and 24"),
        (lambda: require_donor(solve_support(), "DEX"), "unknown European donor"),
        (lambda: load_support().index("XXX"), "unknown donor"),
        (lambda: voluntary((), 0.1), "shape"),
        (lambda: voluntary((1.0, float("nan")), 0.1), "donor 1"),
        (lambda: voluntary((1.0, 2.0), (0.1, -0.1)), "beta: donor 1"),
        (lambda: voluntary((1.0, 2.0), (0.1, 0.1, 0.1)), "shape"),
        (lambda: revealed((1.0,), (2.0,)), "its income or more"),
        (lambda: revealed((1.0,), (0.5,), -1.0), "outside"),
        (lambda: solve_support(substitution=float("nan")), "between 0 and 1"),
        (lambda: solve_support(capabilities=(WEIGHTLESS,)), "weights: .0.0,.; use positive"),
        (lambda: replace(WEIGHTLESS, months=Quantity.exactly(0.0)), "months must be positive"),
        (lambda: Quantity(2.0, 0.0, 1.0, "share"), "2 share is outside its range 0 to 1"),
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


def test_ranges_of_the_priors_enclose_the_answer():
    result = solve_support()
    low, high = result.capability_range
    assert low < result.capability["all"] < high <= 1.0
    assert "intelligence, command and control" in result.short


def test_rows_and_files(tmp_path):
    result = solve_support("capacity")
    rows = donors(result).rows
    assert len(rows) == len(result.donors) == 31
    assert sum(row["added_eur_bn"] for row in rows) == pytest.approx(result.gap)
    assert len(path_rows(result)) == 25
    assert all(row["prior"] and row["source"] for row in priors(result).rows)
    assert {row["measure"] for row in three_tests(result).rows} >= {"gap", "ready", "score"}
    table, beside = write(result, tmp_path / "x.csv")
    assert len(table.read_text(encoding="utf-8").splitlines()) == 32
    assert json.loads(beside.read_text(encoding="utf-8"))["rule"] == KEYS["capacity"]
    (whole,) = write(result, tmp_path / "x.json", "DEU")
    content = json.loads(whole.read_text(encoding="utf-8"))
    assert [row["donor"] for row in content["donors"]] == ["DEU"]


def test_the_year_of_a_donor_holds_every_month():
    table = load_support()
    military = table.yearly("2024-01", "2024-12")[table.index("USA")][0]
    assert military == pytest.approx(20.141, abs=1e-3)
    assert table.months[:2] == ("2022-01", "2022-02")
    assert len(table.months) == table.flows.shape[1]
