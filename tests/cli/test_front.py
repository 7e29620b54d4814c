"""`threatpoint front` as typed."""

import re

import pytest
import typer
from typer.testing import CliRunner

from threatpoint.cli import front
from threatpoint.errors import ThreatpointError


@pytest.fixture
def app():
    found = typer.Typer()
    front.register(found)
    return found


def run(app, *words):
    return CliRunner().invoke(app, list(words))


def test_the_month_is_shown(app):
    result = run(app)
    assert result.exit_code == 0, result.exception
    for words in (
        "Donetsk",
        "112\u202f415 km²",
        "DeepState",
        "UK Ministry of Defence",
        "85 %",
        "in twelve months",
    ):
        assert words in result.output


def test_the_same_seed_says_the_same_and_what_is_not_known_is_said(app):
    few = [run(app, "--draws", "64", "--seed", "7").output for _ in range(2)]
    assert few[0] == few[1]
    assert "expected to gain" in run(app, "--month", "2025-07").output
    early = run(app, "--month", "2024-07")
    assert early.exit_code == 0, early.exception


def test_files_are_written(app, tmp_path):
    pytest.importorskip("shapely", reason="the map needs shapely")
    table, picture = tmp_path / "f.csv", tmp_path / "m.svg"
    result = run(app, "--oblast", "Donetsk", "--out", str(table), "--map", str(picture))
    assert result.exit_code == 0, result.exception
    assert table.read_text(encoding="utf-8").count("Donetsk") == 3
    assert picture.read_text(encoding="utf-8").startswith("<svg")


def test_sides_of_lines_are_shown(app):
    pytest.importorskip("shapely", reason="the river needs shapely")
    result = run(app, "--lines")
    assert result.exit_code == 0, result.exception
    assert re.search("east bank +271\u202f895 +18 +9.9 to 26", result.output)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--month", "2019-01"), "2024-07 to 2026-08"),
        (("--month", "soon"), "YYYY-MM"),
        (("--oblast", "Odessa"), "did you mean 'Odesa'"),
        (("--out", "x.txt"), ".csv or .json"),
        (("--map", "x.png"), ".svg"),
        (("--draws", "100"), "power of 2"),
    ],
)
def test_bad_words_give_one_error(app, words, says):
    error = run(app, *words).exception
    assert isinstance(error, ThreatpointError)
    assert says in str(error)
