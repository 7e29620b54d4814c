"""`threatpoint threat` as a person types it."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.test_cli import threatpoint
from threatpoint.cli import main


def test_threat_prints_every_answer_for_every_target():
    words = ("--targets", "CHN,IND", "--horizon", "long", "--kappa", "IND=25:10:40")
    run = threatpoint("threat", "--threat", "oil-cutoff", *words)
    assert run.returncode == 0, run.stderr
    for shown in (
        "2 targets (CHN, IND): 9 worlds",
        "China",
        "India",
        "p*",
        "price of credibility:",
        "prior: kappa = 25 (10 to 40) USD bn per year, IND",
        "prior: psi = 0",
        "Subgame-perfect",
        "complete",
        "Settle for",
        "9 of 9 worlds have an equilibrium",
    ):
        assert shown in run.stdout
    assert max(map(len, run.stdout.splitlines())) <= 200
    assert run.stderr == ""


def test_all_tables_go_to_a_file(tmp_path):
    words = ("threat", "--targets", "IND", "--moves", "sequential", "--horizon", "long")
    run = threatpoint(*words, "--out", "t.csv", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    with (tmp_path / "t.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {"targets", "options", "equilibria", "terms"} <= {r["table"] for r in rows}
    targets = [r for r in rows if r["table"] == "targets"]
    bite = [r["value"] for r in targets if r["measure"] == "bite_usd_bn"]
    assert len(bite) == 1
    assert float(bite[0]) > 0
    side = json.loads((tmp_path / "t.meta.json").read_text(encoding="utf-8"))
    assert side["targets"] == {"IND": ["IND"]}
    assert "sum" in side["sender_payoff"]


def test_json_cache_and_probabilities(tmp_path):
    words = (
        "threat",
        "--threat",
        "oil-tariff",
        "--targets",
        "TUR",
        "--lambda",
        "0",
        "--lambda",
        "0.5",
        "--cache",
        "kept",
        "--horizon",
        "long",
    )
    run = threatpoint(*words, "--retaliation", "25%", "--out", "t.json", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "4 worlds" in run.stdout
    assert "logit agent-QRE" in run.stdout
    found = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert [r["lambda_per_usd_bn"] for r in found["probabilities"]] == [0.0, 0.5]
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_lambda_zero_is_even_and_a_huge_one_names_the_largest(tmp_path):
    words = ("threat", "--targets", "TUR", "--horizon", "long", "--cache", "kept", "--lambda")
    even = threatpoint(*words, "0", "--out", "t.json", cwd=tmp_path)
    assert even.returncode == 0, even.stderr
    (row,) = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))["probabilities"]
    assert (row["threat_made"], row["complies"], row["punished_if_it_defies"]) == (0.5, 0.5, 0.5)
    huge = threatpoint(*words, "1e14", cwd=tmp_path)
    assert huge.returncode == 2
    assert huge.stderr.startswith("error: lambda 1e+14 is above ")
    assert "the largest solved" in huge.stderr
    assert len(huge.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--sender", "USB"), "unknown sender 'USB' (did you mean 'USA'?)"),
        (("--targets", "GBR"), "GBR"),
        (("--targets", "INDIAA"), "'INDIAA' (did you mean 'India', IND?)"),
        (("--lambda", "-1"), "--lambda -1 is below 0"),
        (("--lambda", "nan"), "--lambda 'nan' is not finite"),
        (("--lambda", "inf"), "--lambda 'inf' is not finite"),
        (("--moves", "sequentail"), "did you mean 'sequential'"),
        (("--threat", "oil-cutof"), "did you mean 'oil-cutoff'"),
        (("--horizon", "shortt"), "unknown horizon"),
        (("--kappa", "much"), "give a number"),
        (("--kappa", "-5"), "below 0"),
        (("--kappa", "IND=5:6:7"), "outside its range"),
        (("--phi", "INDI=5"), "unknown target 'INDI' (did you mean 'IND'?)"),
        (("--phi", "IND=5,6"), "write TARGET=NUMBER"),
        (("--retaliation", "a lot"), "give a rate in percent"),
        (("--out", "x.txt"), ".csv or .json"),
        (("--add", "KOR,SAU,TWN,EU,ARE,IDN"), "the limit is 10,000"),
    ],
)
def test_bad_words_get_one_error_and_exit_code_2(words, message, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["threatpoint", "threat", *words])
    with pytest.raises(SystemExit) as end:
        main()
    shown = capsys.readouterr()
    assert end.value.code == 2
    assert shown.out == ""
    assert shown.err.startswith("error: ")
    assert message in shown.err


BORDER = str(Path(__file__).parents[1] / "situations" / "files" / "border.toml")


def test_retaliation_changes_what_is_printed(tmp_path):
    words = ("threat", "--threat", "oil-tariff", "--targets", "IND", "--horizon", "long")
    without = threatpoint(*words, cwd=tmp_path)
    with_it = threatpoint(*words, "--retaliation", "25%", cwd=tmp_path)
    assert without.returncode == with_it.returncode == 0, with_it.stderr
    assert "The same if the punished hit back" in with_it.stdout
    assert "retaliate" in with_it.stdout
    assert "retaliate" not in without.stdout
    assert "hit back" not in without.stdout
    made = "Made by the United States on 30 March 2025, at 25 to 50 percentage points"
    assert made in " ".join(without.stdout.split())


def test_retaliation_against_what_is_cut_off_is_one_error(monkeypatch, capsys):
    monkeypatch.setattr(
        "sys.argv", ["threatpoint", "threat", "--threat", "oil-cutoff", "--retaliation", "25%"]
    )
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    assert "has no effect: what it hits is cut off" in capsys.readouterr().err


def test_a_demand_that_is_no_trade_is_played_with_the_stated_retaliation(tmp_path):
    run = threatpoint("threat", BORDER, "--horizon", "long", "--out", "t.csv", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "16 worlds" in run.stdout
    assert "Made by the United States on 1 February 2025" in run.stdout
    assert "prior: cost = 2 (0.5 to 8) USD bn per year, CAN" in run.stdout
    with (tmp_path / "t.csv").open(encoding="utf-8") as file:
        measures = {row["measure"] for row in csv.DictReader(file)}
    assert {"bite_with_retaliation_usd_bn", "credibility_with_retaliation_usd_bn"} <= measures
