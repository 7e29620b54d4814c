"""`threatpoint expect --totals`: what part of each headline each group of inputs is behind."""

from __future__ import annotations

import json

import pytest

from tests.commands import typed
from threatpoint.cli import main


def test_totals_are_printed_and_written(tmp_path):
    words = ("expect", "--quick", "--draws", "16", "--totals", "16", "--out", "a.json")
    said = typed(*words, folder=tmp_path)
    assert "two samples of 16 draws" in " ".join(said.split())
    assert "worth of a month's ground" in said
    rows = json.loads((tmp_path / "a.json").read_text())["totals"]
    assert {"headline", "inputs", "total", "total_error", "first", "first_error"} == set(rows[0])
    assert all(row["total"] >= 0.005 for row in rows)
    assert "Total" not in typed(*words[:4], folder=tmp_path)


@pytest.mark.parametrize(
    ("size", "words"), [("100", "--totals 100 is not a power of 2"), ("4", "8 is the least")]
)
def test_a_sample_that_says_nothing_is_refused_before_all_work(size, words, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["threatpoint", "expect", "--quick", "--totals", size])
    monkeypatch.setattr(
        "threatpoint.analysis.light.expected", lambda *_, **__: pytest.fail("solved")
    )
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    assert words in " ".join(capsys.readouterr().err.split())
