"""Situations as their users type them: those built in, files of their own, and bad ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_cli import threatpoint
from threatpoint.situation import built_in

FILES = Path(__file__).parents[1] / "situations" / "files"
IRAN = (FILES / "iran-oil.toml").read_text(encoding="utf-8")
OWN = {
    "border": ("unless the flow of fentanyl", "Who is punished may hit back", "Canada", "Mexico"),
    "coalition": ("CHN", "Who is punished may hit back", "All senders together"),
    "iran-oil": ("whoever buys crude, petrochemicals from Iran", "as no table here holds this"),
}
LIBRARY = {
    "border-2025-02-01": ("Canada", "Mexico", "The same if the punished hit back"),
    "brazil-2025-07-09": ("Nobody says what giving in costs BRA",),
    "venezuela-2025-03-24": ("Buy, but do not play (USD bn): United States 4.7", "27 of 27 worlds"),
}


def test_the_list_names_every_situation_and_what_was_carried_out():
    run = threatpoint("situations")
    assert run.returncode == 0, run.stderr
    assert all(name in run.stdout for name in built_in())
    hit = next(line for line in run.stdout.splitlines() if "border-2025-02-01" in line)
    assert "2025-02-04, 2025-03-04" in hit
    assert "CAN, MEX" in hit


@pytest.mark.parametrize("name", OWN)
def test_a_file_of_ones_own_is_played(name, tmp_path):
    asked = ("threat", str(FILES / f"{name}.toml"), "--horizon", "short", "--out", "t.csv")
    run = threatpoint(*asked, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert all(" ".join(part.split()) in " ".join(run.stdout.split()) for part in OWN[name])
    assert (tmp_path / "t.csv").read_text(encoding="utf-8").count("\n") > 50


@pytest.mark.parametrize("name", LIBRARY)
def test_a_threat_on_record_is_played(name):
    run = threatpoint("threat", name, "--horizon", "short")
    assert run.returncode == 0, run.stderr
    assert all(part in " ".join(run.stdout.split()) for part in LIBRARY[name])


def test_the_order_after_the_letter_is_a_later_threat():
    asked = ("threat", "brazil-2025-07-09", "--threat", "order", "--horizon", "short")
    run = threatpoint(*asked)
    assert run.returncode == 0, run.stderr
    assert "Made by the United States on 30 July 2025" in run.stdout
    assert "57 % of the flow goes free" in " ".join(run.stdout.split())


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        (str(FILES / "iran-oil.toml"), ("Iran", "as no table here holds this trade")),
        (
            "venezuela-2025-03-24",
            ("Expect no 25-point tariff on any of the three", "What happened"),
        ),
    ],
)
def test_a_page_is_written_with_buyers_clocks_and_offer(name, parts, tmp_path):
    run = threatpoint("brief", name, "--quick", "--out", "page", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    page = (tmp_path / "page" / "index.html").read_text(encoding="utf-8")
    assert all(part in page for part in parts)
    data = tmp_path / "page" / "data"
    assert "as given" in (data / "buyers.csv").read_text(encoding="utf-8")
    assert "passed" in (data / "clocks.csv").read_text(encoding="utf-8")
    assert (data / "offers.csv").exists() == ("iran" in name)


def test_a_weight_on_revenue_that_nobody_computes_is_refused():
    run = threatpoint("threat", "venezuela-2025-03-24", "--weight", "0.5")
    assert run.returncode == 2
    assert run.stdout == ""
    assert "weight has no effect: what a seller earns is not computed" in run.stderr


BAD = {
    "a clock before the threat": (
        "clock = 2025-06-01",
        "clock = 2025-04-01",
        "threats.oil.made.clock: 2025-04-01 is before the threat was made, 2025-05-01",
    ),
    "an offer above the threat": (
        "cut = { value = 20,",
        "cut = { value = 300,",
        "a cut of 300 points is above the threat: 30 points threatened and at most",
    ),
    "evasion above everything": (
        "range = [5, 40]",
        "range = [5, 140]",
        "threats.oil.evasion: evasion 5 to 140 % is outside 0 to 100 %",
    ),
    "an unknown target": (
        'hit = ["Turkey"]',
        'hit = ["Japan"]',
        "threats.oil.made.clocks[1].hit: unknown target 'JPN'; known: CHN, TUR",
    ),
    "a share that nobody can compute": (
        'min_value = { value = 1, unit = "USD bn"',
        'min_share = { value = 1, unit = "%"',
        "a least share of imports needs goods of the table",
    ),
    "a seller that the table has": (
        'buys = ["crude", "petrochemicals"]\nfrom = ["Iran"]',
        'buys = ["crude"]\nfrom = ["Russia"]',
        "the table knows what RUS sells of these goods",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_gets_one_message_and_exit_code_2(case, tmp_path):
    old, new, part = BAD[case]
    assert old in IRAN
    (tmp_path / "iran.toml").write_text(IRAN.replace(old, new, 1), encoding="utf-8")
    run = threatpoint("threat", "iran.toml", cwd=tmp_path)
    assert run.returncode == 2
    assert run.stdout == ""
    assert "iran.toml: 1 problem" in run.stderr
    assert part in run.stderr
