"""`threatpoint design` as a person types it."""

from __future__ import annotations

import csv
import json

import pytest

from tests.cli.test_cli import threatpoint

QUICK = ("design", "--targets", "IND", "--forms", "tariff,export-tax", "--draws", "0")


def test_design_prints_frontier_threats_made_and_the_law(tmp_path):
    run = threatpoint(*QUICK, "--answer", "25%", "--out", "d.csv", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    for shown in (
        "in the world under the tariffs in force on 31 March 2025",
        "Elasticities: first year. Closure of trade balances: fixed.",
        "Status: every design shown is a converged equilibrium",
        "A caution: in the first year",
        "The most that the targets can be made to lose",
        "After the answer of those hit (target adds 25 points",
        "The threats made",
        "25-point tariff",
        "The cheapest threat that makes them give in",
        "What the law lets a sender threaten",
        "Art. I, sec. 9, cl. 5",
    ):
        assert shown in run.stdout
    assert max(map(len, run.stdout.splitlines())) <= 200
    with (tmp_path / "d.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["table"] for row in rows} == {
        "design-frontier", "design-beside", "design-yielding", "design-legal"
    }  # fmt: skip
    side = json.loads((tmp_path / "d.meta.json").read_text(encoding="utf-8"))
    assert side["targets"] == ["IND"]
    assert side["forms"] == ["tariff", "export-tax"]
    assert side["date"] == "2025-03-31"
    assert (side["draws"], side["seed"], side["baseline"]) == (0, 0, "collected")
    for key in ("standing", "year", "fingerprint", "s_usd_bn", "crude", "solved"):
        assert side[key], key


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("--sender", "USB"), "unknown sender"),
        (("--answer", "lots"), "--answer"),
        (("--answer", ".25"), "ambiguous"),
        (("--forms", "export-tax", "--lawful"), "nothing lawful can be threatened"),
        (("--draws", "12"), "power of 2"),
        (("--s", "0"), "s of 0"),
    ],
)
def test_what_cannot_be_asked_is_one_clear_error(words, shown):
    run = threatpoint("design", "--workers", "1", *words)
    assert run.returncode == 2
    assert shown in run.stderr
    assert "Traceback" not in run.stderr
