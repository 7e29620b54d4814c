"""`threatpoint check`: every problem of every file, or what a file says, leaves out and answers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_new import BORDER, failed
from tests.commands import typed
from tests.situations.bad_files import GOOD, SPOILED
from threatpoint.situation import built_in

FILES = Path(__file__).parents[1] / "situations" / "files"


def test_every_built_in_situation_is_sound_and_says_whom_it_threatens(tmp_path):
    said = typed("check", *built_in(), folder=tmp_path)
    assert all(f"{name}: sound." in said for name in built_in())
    assert "The United States cuts off goods trade with the targets." in said
    assert "Nobody says what giving in costs" not in said
    assert "no  belief at which they give in: nobody says what giving in costs Brazil" in said


def test_what_a_new_file_leaves_out_is_said(tmp_path):
    typed(*BORDER, folder=tmp_path)
    said = typed("check", "my.toml", folder=tmp_path)
    assert '  threats.tariff.then.sectors: "goods"\n' in said
    assert "  threats.tariff.evasion: nothing\n" in said
    assert "threats.tariff.made.clock" not in said
    assert "  yes who gives in: the game of threat and answer\n" in said
    assert "  no  talks and front: there is no [talks]\n" in said
    assert "Worth a second look" not in said


ODD = {
    "no source": ('source = "a speech" }', 'source = "..." }', "names no source: '...'"),
    "a prior that is not marked": (
        'source = "a speech" }',
        'source = "prior: a guess" }',
        "has a prior for its source: mark it",
    ),
    "a rate like a slip": ("{ value = 25,", "{ value = 2500,", "is 2500 percentage points"),
    "a day ahead": ("date = 2025-03-31", "date = 2999-01-01", "lies ahead"),
    "a day before the table": (
        "date = 2025-03-31",
        "date = 2015-11-28",
        "the table is of 2023; trade of 2015 was another",
    ),
    "little to lose": (
        'exporters = ["target"]',
        'exporters = ["target"]\nsectors = ["COAL"]',
        "of what Mexico trades across borders is hit: it has little to lose",
    ),
}


@pytest.mark.parametrize("case", ODD)
def test_what_is_odd_but_legal_is_said(case, tmp_path):
    old, new, part = ODD[case]
    typed(*BORDER[:-6], *BORDER[-2:], folder=tmp_path)  # without clock and answer
    text = (tmp_path / "my.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "my.toml").write_text(text.replace(old, new), encoding="utf-8")
    assert part in typed("check", "my.toml", folder=tmp_path)


def test_a_clock_that_had_passed_is_said(tmp_path):
    typed(*BORDER, folder=tmp_path)
    text = (tmp_path / "my.toml").read_text(encoding="utf-8")
    later = text.replace("date = 2025-03-31", "date = 2025-06-01", 1)  # the situation's own
    (tmp_path / "my.toml").write_text(later, encoding="utf-8")
    assert "30 April 2025, had passed by 1 June 2025" in typed("check", "my.toml", folder=tmp_path)


def test_all_problems_of_all_files_come_and_sound_ones_are_still_shown(
    tmp_path, monkeypatch, capsys
):
    old, new, _ = SPOILED["unknown key"]
    (tmp_path / "bad.toml").write_text(GOOD.replace(old, new), encoding="utf-8")
    about = {"folder": tmp_path, "monkeypatch": monkeypatch, "capsys": capsys}
    words = ("check", "bad.toml", "none.toml", "brazil-2025-07-09")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["threatpoint", *words])
    from threatpoint.cli import main

    with pytest.raises(SystemExit) as end:
        main()
    said = capsys.readouterr()
    assert end.value.code == 2
    assert "error: bad.toml: 2 problems" in said.err
    assert "line " in said.err
    assert "error: none.toml: 1 problem" in said.err
    assert "brazil-2025-07-09: sound." in said.out
    assert failed("check", "none.toml", **about)[0] == 2


def test_a_row_that_needs_a_table_is_told(tmp_path):
    typed(*BORDER, folder=tmp_path)
    row = (
        '\n[[rows]]\nnumber = 1\nwords = "a freeze"\nanswered_by = "talks"\n'
        'answer = "agreement"\nmark = "not modelled yet"\n'
    )
    with (tmp_path / "my.toml").open("a", encoding="utf-8") as file:
        file.write(row)
    said = typed("check", "my.toml", folder=tmp_path)
    assert "row 1 asks for 'agreement', which needs [talks]" in said


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe has no name there")
def test_what_comes_in_is_checked(tmp_path):
    typed(*BORDER, folder=tmp_path)
    run = subprocess.run(
        [sys.executable, "-W", "error", "-m", "threatpoint", "check", "-"],
        input=(tmp_path / "my.toml").read_text(encoding="utf-8"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("-: sound.")
