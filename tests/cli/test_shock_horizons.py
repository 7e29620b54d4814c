"""`threatpoint shock` at every horizon, and the oil market it prints."""

from __future__ import annotations

import csv
import json
import re

import pytest

from tests.cli.test_cli import threatpoint

STOP = ("shock", "--stop-buying", "IND:RUS:crude")
HORIZONS = ("abrupt", "short", "medium", "long")


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory):
    """One run at all horizons, and where it wrote."""
    folder = tmp_path_factory.mktemp("out")
    return threatpoint(*STOP, "--horizon", "all", "--out", "r.csv", cwd=folder), folder


def test_all_horizons_print_their_statuses_and_one_table(everywhere):
    run, _ = everywhere
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    for name in HORIZONS:
        assert f"Status, {name}: converged" in run.stdout
        assert f"Who pumps more, {name}: " in run.stdout
    assert "withheld" not in run.stdout
    legend = "abrupt = first months, short = first year, medium = 1-3 years, long"
    assert legend in " ".join(run.stdout.split())
    assert re.search(r"Russia( +−\d+\.\d+){4}( +−\d+){4}\s", run.stdout)
    assert run.stdout.count("change in real income") == 1


def test_the_oil_market_has_one_column_a_horizon(everywhere):
    lines = everywhere[0].stdout.splitlines()
    (world,) = (line for line in lines if line.strip().startswith("world price, USD"))
    before, *after = (float(word) for word in world.split()[-5:])
    assert len(after) == 4
    assert after[0] > after[3] > before
    (seller,) = (line for line in lines if "price of RUS at the border" in line)
    assert all(float(word) < float(seller.split()[-5]) for word in seller.split()[-4:])


def test_volumes_by_buyer_add_up_to_exports_at_every_horizon(everywhere):
    lines = everywhere[0].stdout.splitlines()
    (exports,) = (line.split()[-5:] for line in lines if "exports of RUS, mb/d" in line)
    start = next(n for n, line in enumerate(lines) if "by buyer, mb/d" in line)
    rows = []
    for line in lines[start + 4 :]:
        if not line.strip():
            break
        rows.append([float(word) for word in line.split()[-5:]])
    assert [0.0] * 4 in [row[1:] for row in rows]  # India
    for total, column in zip(exports, zip(*rows, strict=True), strict=True):
        assert sum(column) == pytest.approx(float(total), abs=0.005 * len(rows))


def test_how_sure_it_is_stands_below_with_each_pair_and_a_range(everywhere):
    text = " ".join(everywhere[0].stdout.split())
    for word in ("Under each pair of elasticities", "Caldara", "What carries the world price",
                 "What owners of idle capacity gain", "Barrels balance"):  # fmt: skip
        assert word in text


def test_out_writes_one_file_a_horizon_with_its_assumptions(everywhere):
    run, folder = everywhere
    assert not (folder / "r.csv").exists()
    losses = {}
    for name in HORIZONS:
        path = folder / f"r-{name}.csv"
        assert f"{path.name}\n" in run.stdout
        side = json.loads((folder / f"r-{name}.meta.json").read_text())
        assert side["horizon"] == name
        assert side["status"] == "converged"
        assert "leave it idle" in side["supply"]
        with path.open(newline="") as file:
            rows = list(csv.DictReader(file))
        (losses[name],) = (
            float(r["value"])
            for r in rows
            if r["measure"] == "real_income_percent" and r["country"] == "RUS"
        )
    assert losses["abrupt"] < losses["short"] < losses["medium"] < losses["long"] < 0


def test_opec_names_its_regime_in_print_and_file(tmp_path):
    words = {}
    for regime in ("hold", "all"):
        more = ("--horizon", "short", "--opec", regime, "--out", f"{regime}.json")
        run = threatpoint("shock", "--stop-buying", "WORLD:RUS:crude", *more, cwd=tmp_path)
        assert run.returncode == 0, run.stderr
        found = json.loads((tmp_path / f"{regime}.json").read_text())["assumptions"]
        assert found["horizon"] == "short"
        words[regime] = found["supply"].split(";")[0]
        assert words[regime] in " ".join(run.stdout.split())
        exports = next(x for x in run.stdout.splitlines() if "exports of RUS" in x)
        assert exports.split()[-1] == "0.00"
        discount = next(x for x in run.stdout.splitlines() if "discount to the world" in x)
        assert discount.split()[-1] == "–"
    assert words["hold"] != words["all"]


def test_a_policy_that_leaves_the_sellers_oil_alone_prints_no_oil_table():
    run = threatpoint("shock", "--tariff", "USA:IND:+25%/ELEC", "--horizon", "short")
    assert run.returncode == 0, run.stderr
    assert "change in real income in the first year" in " ".join(run.stdout.split())
    for word in ("market of crude", "pumps", "USD/bbl"):
        assert word not in run.stdout


def test_one_that_asks_for_a_regime_gets_the_oil_table_anyway():
    run = threatpoint("shock", "--tariff", "USA:IND:+25%/ELEC", "--opec", "half")
    assert run.returncode == 0, run.stderr
    assert "The market of crude" in run.stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--horizon", "shrot"], ["unknown horizon 'shrot'", "did you mean 'short'"]),
        (["--horizon", "all,short"], ["unknown horizon", "short"]),
        (["--opec", "hodl"], ["'hodl'", "did you mean 'hold'", "half"]),
        (["--horizon", "all", "--out", "r.xls"], [".csv or .json"]),
        (["--horizon", "all", "--out", "no/such/r.csv"], ["does not exist"]),
    ],
)
def test_wrong_words_give_one_line(words, expected):
    run = threatpoint(*STOP, *words)
    assert run.returncode == 2
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    for word in expected:
        assert word in run.stderr


def test_a_file_of_one_horizon_that_cannot_be_written_is_refused_before_solving(tmp_path):
    (tmp_path / "r-medium.csv").mkdir()
    run = threatpoint(*STOP, "--horizon", "all", "--out", "r.csv", cwd=tmp_path)
    assert run.returncode == 2
    assert "r-medium.csv is a folder" in run.stderr
    assert not (tmp_path / "r-short.csv").exists()


def test_no_equilibrium_at_any_horizon_is_an_error():
    run = threatpoint("shock", "--cut-off", "RUS:others", "--services", "--horizon", "all")
    assert run.returncode == 3
    assert "no equilibrium" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    "words", [("--export-ban", "NOR:USA/FOOD"), ("--tariff", "USA:NOR:+1%/FOOD")]
)
def test_a_small_flow_prints_its_size_and_every_loss_with_one(words):
    """No minus before zero; the smallest losses keep their sign and a digit."""
    run = threatpoint("shock", *words)
    assert run.returncode == 0, run.stderr
    assert "Trade that the policy touches: USD 612 million a year at baseline." in run.stdout
    assert not re.search(r"[-−+]0(\.0+)?\s", run.stdout)
    norway, prices = (line.split() for line in run.stdout.splitlines() if "Norway" in line)
    assert all(re.match("−[0-9.]*[1-9]|%", cell) for cell in norway[1:])
    assert len(prices) == 12, "its name, five percent and an amount"
    assert "United States" in run.stdout  # whom the policy touches, however small


def test_the_hardest_hit_is_shown_however_small_its_economy():
    run = threatpoint("shock", "--cut-off", "USA:VNM,CHN", "--top", "3")
    assert run.returncode == 0, run.stderr
    for name in ("United States", "China", "Viet Nam"):
        assert name in run.stdout
    run = threatpoint("shock", "--cut-off", "USA:VNM,CHN", "--top", "1", "--horizon", "all")
    assert "Viet Nam" in run.stdout
