"""`threatpoint support` as typed (the command alone, in this process)."""

import csv

import pytest
import typer
from typer.testing import CliRunner

from threatpoint.cli import support
from threatpoint.errors import ThreatpointError


def run(*words: str):
    app = typer.Typer()
    support.register(app)
    return CliRunner().invoke(app, list(words))


def test_prints_donors_and_the_three_tests():
    found = run("--key", "capacity")
    assert found.exit_code == 0, found.output
    for word in (
        "Germany",
        "EUR 39 bn a year",
        "Ready",
        "Willing",
        "Able",
        "replaces 31 %",
    ):
        assert word in found.output


def test_writes_one_donor(tmp_path):
    out = tmp_path / "germany.csv"
    found = run("--key", "gdp", "--donor", "DEU", "--out", str(out))
    assert found.exit_code == 0, found.output
    (row,) = csv.DictReader(out.read_text(encoding="utf-8").splitlines())
    assert row["donor"] == "DEU"
    assert float(row["added_eur_bn"]) == pytest.approx(8.13, abs=0.01)
    assert (tmp_path / "germany.meta.json").is_file()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--key", "gpd"], "unknown key"),
        (["--donor", "DEX"], "unknown European donor"),
        (["--from", "2019-01"], "no data"),
        (["--from", "2025-01", "--to", "2024-12"], "before the first"),
        (["--out", "x.txt"], "ends in .csv or .json"),
    ],
)
def test_bad_words_are_one_typed_error(words, message):
    found = run(*words)
    assert isinstance(found.exception, ThreatpointError)
    assert message in str(found.exception)
