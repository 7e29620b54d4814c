"""`threatpoint leverage` as typed (the command alone, in this process)."""

import csv
import json

import pytest
import typer
from typer.testing import CliRunner

from threatpoint.cli import leverage
from threatpoint.errors import ThreatpointError


def run(*words: str):
    app = typer.Typer()
    leverage.register(app)
    return CliRunner().invoke(app, list(words))


def test_says_which_flow_hurts_and_solves_the_largest_anew():
    found = run("--of", "USA", "--over", "China", "--top", "3")
    assert found.exit_code == 0, found.output
    said = " ".join(found.output.split())
    for words in (
        "The world under the tariffs in force on 31 March 2025.",
        "What 1 % less of each flow costs a year, in the first year, cut by the United States",
        "loss of China",
        "First order: the slope in the world as it is",
        "The three flows that hurt most, solved anew: 1 % less, and cut off altogether",
        "In the first year (horizon short); every trade balance keeps its baseline size",
        "Power of one over another",
        "Friends and enemies",
        "Status: converged",
    ):
        assert words in said


def test_a_whole_flow_is_solved_once_and_no_title_has_a_unit_that_columns_lack():
    whole = run("--of", "USA", "--over", "CHN", "--cut", "100%", "--top", "1").output
    said = " ".join(whole.split())
    assert "The flow that hurts most, solved anew: cut off altogether, in the first year" in said
    (title,) = (line for line in whole.split("Power by pair")[0].splitlines() if "(USD bn)" in line)
    assert "loss of China" in title
    table = whole.split("solved anew")[1].split("Power by pair")[0]
    assert "million" not in table
    part = run("--of", "USA", "--over", "CHN", "--top", "1").output
    assert "(USD bn)" not in part.split("Power by pair")[0]


def test_refined_products_have_a_caution_in_the_first_year_only():
    cut = ("--of", "IND", "--over", "USA", "--trade", "REFPET", "--top", "2")
    assert "A caution: in the first year buyers of refined oil" in run(*cut).output
    assert "A caution" not in run(*cut, "--horizon", "long").output


def test_all_pairs_and_files(tmp_path):
    out, heat = tmp_path / "map.csv", tmp_path / "power.svg"
    words = ("--cut", "2%", "--horizon", "long", "--trade", "ELEC", "--out", str(out))
    found = run(*words, "--heat", str(heat))
    assert found.exit_code == 0, found.output
    assert "What 2 % less of each flow costs" in found.output
    with out.open(encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    assert {row["sector"] for row in rows} == {"ELEC"}
    assert {row["of"] for row in rows}.isdisjoint({"ROW", "REU"})
    with (tmp_path / "map-solved.csv").open(encoding="utf-8") as text:
        solved = list(csv.DictReader(text))
    assert len(solved) == 10
    assert float(solved[0]["loss_first"]) == pytest.approx(float(rows[0]["loss"]))
    about = json.loads((tmp_path / "map.meta.json").read_text(encoding="utf-8"))
    assert about["horizon"] == "long"
    assert "Power of each economy" in heat.read_text(encoding="utf-8")


def test_another_situation_has_its_own_day():
    found = run("border-2025-02-01", "--of", "USA", "--over", "MEX", "--top", "1")
    assert found.exit_code == 0, found.output
    assert "31 March" not in found.output
    assert "loss of Mexico" in " ".join(found.output.split())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--of", "UAS"], "did you mean 'USA'"),
        (["--over", "Atlantis"], "unknown country or group"),
        (["--of", "USA", "--over", "USA"], "both sides"),
        (["--cut", ".25"], "'--cut .25': .25 is ambiguous"),
        (["--deficits", "foo"], "--deficits: unknown deficit closure 'foo'"),
        (["--of", ","], "--of ',': an entry is empty"),
        (["--trade", ","], "--trade ',': an entry is empty"),
        (["--of", "WORLD"], "of: WORLD is everybody"),
        (["--of", "EU,DEU"], "DEU is named twice"),
        (["--cut", "0"], "--cut '0': give a part above 0"),
        (["--cut", "many"], "'--cut many': 'many' is not a number"),
        (["--cut", "150%"], "at most 100%"),
        (["--trade", "ships"], "unknown sector 'ships'"),
        (["--horizon", "all"], "unknown horizon 'all'"),
        (["--date", "yesterday"], "yesterday"),
        (["--heat", "power.pdf"], "ends in .svg or .png"),
        (["--out", "x.txt"], "ends in .csv or .json"),
        (["--of", "USA,"], "an entry is empty"),
    ],
)
def test_bad_words_are_one_typed_error(words, message):
    found = run(*words)
    assert isinstance(found.exception, ThreatpointError), found.output
    assert message in str(found.exception)
