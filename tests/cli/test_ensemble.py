"""`threatpoint ensemble` as a user types it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import typed
from threatpoint import errors
from threatpoint.analysis.ensemble import door, open_ensemble

pytest.importorskip("zarr", reason="the extra 'ensemble' is not installed")
CUT = ("ensemble", "--cut-off", "USA:CHN", "--draws", "4", "--workers", "1")


def refused(folder: Path, *words: str) -> str:
    """The one message of a command that ends with exit code 2."""
    command = [sys.executable, "-m", "threatpoint", "ensemble", *words]
    found = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert found.returncode == 2, found
    assert "Traceback" not in found.stderr
    return " ".join(found.stderr.split())


def test_a_policy_is_solved_and_a_complete_store_only_read(tmp_path, monkeypatch) -> None:
    first = typed(*CUT, "--out", "a.zarr", folder=tmp_path)
    assert first.startswith("USA cuts off goods trade with CHN.")
    assert "4 draws: 4 with an equilibrium." in first
    assert re.search(r"the United States +sender +−[\d.]+ % +−[\d.]+ % +−[\d.]+ %", first)
    assert "store: a.zarr" in first
    monkeypatch.setattr(
        "threatpoint.analysis.ensemble.asked.Asked.solve", lambda *_: pytest.fail("solved again")
    )
    assert typed(*CUT, "--out", "a.zarr", folder=tmp_path) == first


def test_a_situation_is_its_main_threat(tmp_path) -> None:
    said = typed(
        "ensemble", "ukraine-2025-03-31", "--draws", "2", "--out", "a.zarr", folder=tmp_path
    )
    assert "USA cuts off goods trade with CHN, IND, TUR and BRA." in said
    data = open_ensemble(tmp_path / "a.zarr")
    assert data["party"].values.tolist()[0] == "USA"
    assert data.attrs["horizon"] == "short"
    assert data["real_income_money"].attrs["unit"] == "USD million"


def test_draws_without_an_equilibrium_are_counted_with_their_reason(tmp_path) -> None:
    """Canada alone, all trade balanced: an equilibrium for some elasticities, none for others."""
    words = ("--cut-off", "WORLD:CAN", "--services", "--deficits", "balanced", "--draws", "8")
    said = typed("ensemble", *words, "--workers", "1", "--out", "a.zarr", folder=tmp_path)
    data = open_ensemble(tmp_path / "a.zarr").load()
    failed = (data["status"] != "converged").values
    assert 0 < failed.sum() < 8
    assert all(data["reason"].values[failed])
    assert not data["reason"].values[~failed].any()
    for name in ("real_income_percent", "output", "party_real_income_money"):
        axes = [axis for axis in data[name].dims if axis != "draw"]
        assert data[name].isnull().all(axes).values.tolist() == failed.tolist()
    assert f"8 draws: {8 - failed.sum()} with an equilibrium" in said
    counted = [int(n) for n in re.findall(r"(\d+) without \(", said)]
    assert sum(counted) == failed.sum()
    assert "no equilibrium" in said


def test_no_draw_with_an_equilibrium_ends_with_code_3(tmp_path) -> None:
    words = ["--cut-off", "WORLD:HUN", "--services", "--draws", "1", "--out", "a.zarr"]
    command = [sys.executable, "-m", "threatpoint", "ensemble", *words]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert found.returncode == 3
    assert "1 draw: 0 with an equilibrium, 1 without (infeasible)." in found.stdout
    assert found.stderr == "error: no draw has an equilibrium; the reasons stand above\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--draws", "0"], "--draws '0' is not a whole number from 1 to"),
        (["--draws", "-8"], "--draws '-8' is not a whole number"),
        (
            ["--draws", "1000"],
            "not a power of 2, and Sobol draws are balanced only then: use 512 or",
        ),
        (["--draws", "131072"], "--draws 131072 is not a whole number from 1 to 65,536"),
        (["--seed", "x"], "--seed 'x'"),
        (["--workers", "0"], "--workers '0' is not a whole number from 1 to 64"),
        (["--horizon", "sometime"], "unknown horizon 'sometime'"),
        (["--deficits", "none"], "unknown deficit closure 'none'"),
        (["--opec", "hold"], "--opec has no effect on a situation"),
        (["--services"], "--services has no effect on a situation"),
        (["nowhere"], "nowhere"),
        (["ukraine-2025-03-31", "--cut-off", "USA:CHN"], "leave it out, or leave out the policy"),
        (["--cut-off", "USA:XXX"], "XXX"),
    ],
)
def test_bad_words_are_one_message(tmp_path, words, said) -> None:
    assert said in refused(tmp_path, *words, "--out", "a.zarr")
    assert not list(tmp_path.iterdir())


def test_places_that_cannot_be_a_store_are_refused(tmp_path) -> None:
    (tmp_path / "a.zarr").write_text("mine")
    assert "a.zarr is a file, not a store" in refused(tmp_path, "--out", "a.zarr")
    assert "use a name that ends in .zarr" in refused(tmp_path, "--out", "a.csv")
    assert "does not exist" in refused(tmp_path, "--out", "none/a.zarr")
    assert (tmp_path / "a.zarr").read_text() == "mine"
    typed(*CUT, "--out", "b.zarr", folder=tmp_path)
    other = [*CUT[1:], "--seed", "1", "--out", "b.zarr"]
    assert "seed: 0 there, 1 asked" in refused(tmp_path, *other)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_folder_without_right_to_write(tmp_path) -> None:
    tmp_path.chmod(0o500)
    assert "no right to write there" in refused(tmp_path, "--out", "a.zarr")


def test_no_scheduler_is_one_message(tmp_path) -> None:
    words = (*CUT[1:], "--out", "a.zarr", "--scheduler", "tcp://127.0.0.1:9")
    assert "no Dask scheduler answers there within 5 s" in refused(tmp_path, *words)


def test_ctrl_c_says_what_is_kept(tmp_path) -> None:
    words = ["--cut-off", "USA:CHN", "--draws", "4096", "--out", "a.zarr"]
    running = subprocess.Popen(
        [sys.executable, "-m", "threatpoint", "ensemble", *words],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
    )
    done = tmp_path / "a.zarr" / "block_done"
    while running.poll() is None and not (done.is_dir() and list(done.glob("[0-9]*"))):
        pass
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert (
        said
        == "\nstopped: the draws that were solved are kept in a.zarr; the same command goes on\n"
    )
    assert (open_ensemble(tmp_path / "a.zarr")["block_done"].values != 0).any()


def test_a_missing_extra_is_one_message(tmp_path, monkeypatch) -> None:
    real = errors.find_spec
    monkeypatch.setattr(errors, "find_spec", lambda name: None if name == "zarr" else real(name))
    with pytest.raises(
        errors.MissingExtraError, match=r"zarr, not installed.*threatpoint\[ensemble"
    ):
        door.draw_ensemble(None, tmp_path / "a.zarr")  # type: ignore[arg-type]


def test_other_commands_do_not_load_the_extra() -> None:
    read = (
        "import sys; from threatpoint.cli import app; from typer.testing import CliRunner\n"
        "assert not CliRunner().invoke(app, ['--help']).exit_code\n"
        "assert not CliRunner().invoke(app, ['ensemble', '--help']).exit_code\n"
        "assert not {'zarr', 'xarray', 'dask', 'distributed', 'scipy'} & set(sys.modules)"
    )
    assert not subprocess.run([sys.executable, "-c", read], check=False).returncode
