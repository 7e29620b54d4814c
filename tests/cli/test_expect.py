"""`threatpoint expect` as a user types it."""

from __future__ import annotations

import json

import pytest

from tests.commands import typed
from threatpoint.cli import main

BORDER = "border-2025-02-01"


@pytest.fixture
def refused(monkeypatch, capsys, tmp_path):
    """What a command says that is refused, on the error output."""

    def run(*words: str) -> str:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("sys.argv", ["threatpoint", "expect", *words])
        with pytest.raises(SystemExit) as end:
            main()
        assert end.value.code == 2
        out, error = capsys.readouterr()
        assert not out
        assert "Traceback" not in error
        return error

    return run


def test_one_screen_has_the_table_the_tree_and_what_would_change_it(tmp_path):
    said = typed("expect", "--quick", folder=tmp_path)
    assert said.startswith("Expect no cut-off of any of the four (")
    for part in (
        "The options, in the first year",
        "What may come within a year",
        "Gives in, if the threat stands alone",
        "The front: A freeze is as likely",
    ):
        assert part in said
    assert len(said.splitlines()) <= 60
    assert max(map(len, said.splitlines())) <= 100


def test_leaves_sum_to_one_and_all_is_written(tmp_path):
    said = typed("expect", BORDER, "--draws", "32", "--workers", "1", "--out", "e.json",
                 folder=tmp_path)  # fmt: skip
    assert "written: e.json" in said
    found = json.loads((tmp_path / "e.json").read_text(encoding="utf-8"))
    assert sum(row["chance_percent"] for row in found["tree"]) == pytest.approx(100.0)
    assert {row["kind"] for row in found["thresholds"]} == {"belief", "word"}
    assert found["assumptions"]["draws"] == 32
    low, high = ("sender_usd_bn_low", "sender_usd_bn_high")
    hits = [row for row in found["decision"] if row["key"].startswith("hit")]
    assert hits
    assert all(row[low] < row["sender_usd_bn"] < row[high] for row in hits)


def test_a_store_is_gone_on_with(tmp_path):
    words = ("expect", BORDER, "--draws", "32", "--workers", "1", "--store", "d.zarr")
    once, again = (typed(*words, folder=tmp_path) for _ in range(2))
    assert once == again
    assert (tmp_path / "d.zarr").is_dir()


def test_draws_that_are_no_power_of_two_are_refused(refused):
    assert "--draws 100 is not a power of 2" in refused("--draws", "100", "--workers", "1")


def test_a_store_has_no_effect_on_what_is_not_drawn(refused):
    assert "--store has no effect with --quick" in refused("--quick", "--store", "d.zarr")


def test_where_nobody_is_asked_for_anything_there_is_nothing_to_expect():
    from threatpoint.analysis import analyse
    from threatpoint.analysis.asked import situation_of
    from threatpoint.brief.expect import spoken
    from threatpoint.policy import Policy, Tariff
    from threatpoint.world import load_world

    world = load_world()
    policy = Policy([Tariff("USA", "IND", rate=0.25, mode="add")])
    (said,) = spoken(analyse(situation_of(policy, world), world))
    assert "there is nothing to expect" in said
