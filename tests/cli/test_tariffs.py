"""`threatpoint tariffs` as typed."""

from __future__ import annotations

import csv
import json

import pytest
import typer
from typer.testing import CliRunner

from threatpoint.cli import tariffs
from threatpoint.errors import ThreatpointError


@pytest.fixture
def app():
    found = typer.Typer()
    tariffs.register(found)
    return found


def run(app, *words):
    return CliRunner().invoke(app, list(words))


def test_the_best_tariff_is_said_first(app):
    result = run(app, "--of", "USA", "--on", "India")
    assert result.exit_code == 0, result.exception
    said = " ".join(result.output.split())
    first, second = said.split(". ", 1)
    assert first == "The world under the tariffs of the table of 2023"
    assert second.startswith("An added tariff of 17 % would pay the United States best: +USD 2.4")
    assert "The gain is gone at 41 %" in said
    assert "curves down in every direction" in said
    assert "In the first year (horizon short); every trade balance keeps" in said


def test_rates_at_a_bound_are_counted_apart(app):
    bounds, goods = "--bounds=0:16%", ("--goods", "ELEC,COAL")
    result = run(app, "--of", "USA", "--on", "IND", "--by", "sector", *goods, bounds)
    assert result.exit_code == 0, result.exception
    said = " ".join(result.output.split())
    assert "Where no bound holds the rate (1 of 2), slopes vanish" in said
    assert "bounds hold the other 1, and income would still rise beyond them" in said


def test_rates_by_sector_with_the_path_and_the_files(app, tmp_path):
    table = tmp_path / "best.csv"
    goods = ("--goods", "ELEC,COAL,TEX")
    result = run(
        app, "--of", "USA", "--on", "IND", "--by", "sector", *goods, "--path", "--out", str(table)
    )
    assert result.exit_code == 0, result.exception
    assert "All 3 starts led there" in result.output
    assert "Newton" in result.output
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    rates = {r["sector"]: r["value"] for r in rows if r["measure"] == "rate_percent"}
    assert set(rates) == {"ELEC", "COAL", "TEX"}
    (maximum,) = (r["value"] for r in rows if r["measure"] == "maximum")
    assert "curves down" in maximum
    about = json.loads(table.with_suffix(".meta.json").read_text(encoding="utf-8"))
    assert (about["by"], about["horizon"]) == ("sector", "short")


def test_a_war(app, tmp_path):
    table = tmp_path / "war.json"
    result = run(app, "--of", "USA", "--nash", "IND", "--out", str(table))
    assert result.exit_code == 0, result.exception
    said = " ".join(result.output.split())
    assert "5 of 5 starts" in said
    assert "It is an equilibrium" in said
    filed = json.loads(table.read_text(encoding="utf-8"))
    assert [row["best"] for row in filed["war"]] == ["yes", "yes"]
    assert {row["led_to"] for row in filed["war-starts"]} == {1}


def test_the_day_moves_the_answer(app):
    plain, dated = (
        run(app, "--of", "USA", "--on", "CHN", *day).output
        for day in ((), ("--date", "2025-03-31"))
    )
    assert plain.split("%")[0] != dated.split("%")[0]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--on", "USA"), "both sides"),
        (("--on", "CHNN"), "did you mean"),
        (("--by", "month"), "known: uniform"),
        (("--bounds", "150%"), "as 0%:150%"),
        (("--bounds", "0:1"), "'--bounds 0:1': 1 is ambiguous; write 1% or 100%"),
        (("--bounds", "5%:10%"), "must hold 0"),
        (("--on", "IND", "--nash", "CHN"), "leave --on out"),
        (("--nash", "CHN,CHN"), "twice"),
        (("--nash", "CHN+"), "loose +"),
        (("--goods", ","), "an entry is empty"),
        (("--deficits", "foo"), "--deficits: unknown deficit closure 'foo'"),
        (("--horizon", "soon"), "soon"),
        (("--goods", "STEEL"), "STEEL"),
    ],
)
def test_bad_words(app, words, says):
    result = run(app, "--of", "USA", *words)
    assert isinstance(result.exception, ThreatpointError)
    assert says in str(result.exception)
