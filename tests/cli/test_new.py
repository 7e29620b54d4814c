"""`threatpoint new`: as typed, as answered, and what it refuses."""

from __future__ import annotations

import io
import sys

import pytest

import threatpoint.cli.new as command
from tests.browser import chromium
from tests.cli.test_cli import threatpoint
from tests.commands import typed
from tests.pdf_pages import pages
from threatpoint.brief.pdf import VARIABLE
from threatpoint.cli import main
from threatpoint.situation import built_in, load_situation
from threatpoint.situation.text import read_text
from threatpoint.world import load_world

WORLD = load_world()
BORDER = (
    *("new", "my.toml", "--sender", "United States", "--targets", "Canada,Mexico"),
    *("--demand", "the border is closed", "--cost", "1:0.5:2", "--date", "2025-03-31"),
    *("--clock", "2025-04-30", "--retaliation", "25%", "--source", "a speech"),
)


def failed(*words, folder, monkeypatch, capsys, answers=""):
    """What a command that fails says, with its exit code."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["threatpoint", *words])
    monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
    with pytest.raises(SystemExit) as end:
        main()
    return end.value.code, capsys.readouterr().err


def test_options_become_a_file_that_says_what_they_say(tmp_path):
    said = typed(*BORDER, folder=tmp_path)
    assert "written: my.toml" in said
    found = load_situation(tmp_path / "my.toml")
    rule = found.policy
    assert rule.parties(WORLD) == {"CAN": ("CAN",), "MEX": ("MEX",)}
    assert rule.demand is not None
    assert rule.demand.words == "the border is closed"
    assert rule.demand.cost is not None
    assert (rule.demand.cost.value, rule.demand.cost.low, rule.demand.cost.high) == (1, 0.5, 2)
    assert rule.templates[0].to_words() == "USA:target:+25%"
    assert rule.retaliations[0].to_words() == "target:USA:+25%"
    assert str(found.made["tariff"].clock) == "2025-04-30"
    assert {each.figure.source for each in found.given} == {"a speech"}


def test_every_given_key_stands_under_its_meaning(tmp_path):
    typed(*BORDER, folder=tmp_path)
    lines = (tmp_path / "my.toml").read_text(encoding="utf-8").splitlines()
    keys = [k for k, line in enumerate(lines) if " = " in line and not line.startswith("#")]
    inside = [k for k in keys if "# " not in lines[k]]
    assert all(lines[k - 1].startswith("#") for k in inside), lines
    assert "# who threatens: a country or group, or a list of them" in lines


def test_buyers_are_found_from_what_they_buy(tmp_path):
    words = ("--instrument", "cut-off", "--buys", "crude,refined", "--seller", "Russia")
    typed("new", "--sender", "USA", *words, "--min-value", "5", folder=tmp_path)
    found = load_situation(tmp_path / "situation.toml")
    assert "CHN" in found.policy.targets(WORLD)
    assert found.policy.buys is not None
    assert found.policy.buys.min_value == 5


@pytest.mark.parametrize(
    ("words", "short"),
    [
        (("--instrument", "quota", "--rate", "50%"), "quota"),
        (("--instrument", "export-ban", "--sectors", "machinery"), "export ban"),
        (("--instrument", "export tax", "--rate", "10%"), "10 % export tax"),
        (("--instrument", "trade-cost", "--rate", "10%"), "10 % trade cost"),
        (("--instrument", "stop-buying", "--sectors", "crude", "--enforcement", "80%"), "stop of"),
        (("--rate", "25%", "--enforcement", "80%"), "25 % tariff"),
    ],
)
def test_every_instrument_with_two_sides_can_be_written(words, short, tmp_path):
    typed("new", "a.toml", "--sender", "EU", "--targets", "Russia", *words, folder=tmp_path)
    assert load_situation(tmp_path / "a.toml").policy.short.startswith(short)


def test_a_copy_of_every_built_in_situation_is_that_situation(tmp_path):
    for name in built_in():
        typed("new", f"{name}.toml", "--from", name, folder=tmp_path)
        first, _, rest = (tmp_path / f"{name}.toml").read_text(encoding="utf-8").partition("\n")
        assert first == f"# Copied from the built-in situation {name}."
        assert rest == read_text(name)[0]


def test_a_slip_is_asked_again(tmp_path, monkeypatch, capsys):
    answers = ["USA", "Chyna", "China", "", "", "vehicles", "they open up", "", "2025-03-31",
               "2025-01-01", "", "25%", ""]  # fmt: skip
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["threatpoint", "new", "asked.toml"])
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(answers) + "\n"))
    monkeypatch.setattr(command, "_terminal", lambda: True)
    with pytest.raises(SystemExit) as end:
        main()
    said = capsys.readouterr().out
    assert not end.value.code, said
    assert "did you mean 'China'?" in said
    assert "2025-01-01 is before the threat is made, 2025-03-31" in said
    found = load_situation(tmp_path / "asked.toml")
    assert found.policy.templates[0].to_words() == "USA:target:+25%/TRANSP"


BAD = {
    "nobody": ((), ("--sender is missing", "--targets is missing")),
    "a misspelt country": (
        ("--sender", "USA", "--targets", "Mexco"),
        ("--targets unknown country 'Mexco' (did you mean 'Mexico'?)",),
    ),
    "all at once": (
        ("--sender", "Mars", "--targets", "IND", "--rate", "5", "--sectors", "foo", "--date", "3"),
        ("--sender", "--rate", "5% or 500%", "--sectors 'foo'", "--date '3' is not a date"),
    ),
    "an instrument of one side": (
        ("--sender", "USA", "--targets", "RUS", "--instrument", "list-ships"),
        ("list-ships is written by hand, see docs/situations.md",),
    ),
    "no size": (
        ("--sender", "EU", "--targets", "CHN", "--instrument", "quota"),
        ("--rate is missing: say how large the quota is",),
    ),
    "nothing to stop buying": (
        ("--sender", "EU", "--targets", "RUS", "--instrument", "stop-buying"),
        ("--sectors is missing: say what is not to be bought",),
    ),
    "a rate of a cut-off": (
        ("--sender", "EU", "--targets", "CHN", "--instrument", "cut-off", "--rate", "5%"),
        ("--rate has no effect: the cut-off has no rate",),
    ),
    "two demands": (
        ("--sender", "USA", "--buys", "crude", "--seller", "RUS", "--demand", "peace"),
        ("--buys and --demand: ask for one of them",),
    ),
    "a cost of nothing": (
        ("--sender", "USA", "--targets", "CHN", "--cost", "5"),
        ("--cost has no effect without --demand",),
    ),
    "oneself": (("--sender", "USA", "--targets", "USA"), ("nothing is written: ",)),
    "a copy with options": (
        ("--from", "border-2025-02-01", "--sender", "USA"),
        ("--sender with --from has no effect",),
    ),
    "no such situation": (("--from", "border"), ("unknown situation 'border'",)),
}


@pytest.mark.parametrize("case", BAD)
def test_what_means_nothing_gets_one_message_and_no_file(case, tmp_path, monkeypatch, capsys):
    words, parts = BAD[case]
    about = {"folder": tmp_path, "monkeypatch": monkeypatch, "capsys": capsys}
    code, said = failed("new", "a.toml", *words, **about)
    assert code == 2
    assert all(part in said for part in parts), said
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays_unless_forced(tmp_path, monkeypatch, capsys):
    typed(*BORDER, folder=tmp_path)
    before = (tmp_path / "my.toml").read_text(encoding="utf-8")
    about = {"folder": tmp_path, "monkeypatch": monkeypatch, "capsys": capsys}
    code, said = failed("new", "my.toml", "--sender", "USA", "--targets", "CHN", **about)
    assert code == 2
    assert "my.toml is there already" in said
    assert (tmp_path / "my.toml").read_text(encoding="utf-8") == before
    typed("new", "my.toml", "--sender", "USA", "--targets", "CHN", "--force", folder=tmp_path)
    assert (tmp_path / "my.toml").read_text(encoding="utf-8") != before


@pytest.mark.parametrize("name", ["my.txt", "none/my.toml", "."])
def test_a_place_that_cannot_be_written_is_refused_first(name, tmp_path, monkeypatch, capsys):
    about = {"folder": tmp_path, "monkeypatch": monkeypatch, "capsys": capsys}
    code, said = failed("new", name, "--sender", "USA", "--targets", "CHN", **about)
    assert code == 2
    assert said.startswith("error: FILE ")


def test_what_new_prints_check_reads_through_a_pipe():
    made = threatpoint("new", "-", "--sender", "USA", "--targets", "CHN")
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith("# A situation for threatpoint")


def test_a_situation_of_ones_own_becomes_one_sheet_of_paper(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, chromium())
    typed(*BORDER, folder=tmp_path)
    said = typed("brief", "my.toml", "--quick", "--pdf", "my.pdf", folder=tmp_path)
    assert "written: my.pdf" in said
    assert pages(tmp_path / "my.pdf") == 1
