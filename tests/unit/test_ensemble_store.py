"""The store: its schema, what ends a run, who solves, and what is refused."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.ensembles import asked, contents
from threatpoint.analysis.ensemble import Asked, draw_ensemble, open_ensemble, run, store
from threatpoint.analysis.ensemble.schema import DONE, VARIABLES, schema_table
from threatpoint.analysis.ensemble.summary import counted, counts, losses
from threatpoint.equilibrium import solve
from threatpoint.errors import ThreatpointError
from threatpoint.words import plain

pytest.importorskip("zarr", reason="the extra 'ensemble' is not installed")
pytest.importorskip("distributed", reason="the extra 'ensemble' is not installed")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """A store made in one go, in this process."""
    path = tmp_path_factory.mktemp("whole") / "a.zarr"
    draw_ensemble(asked(), path)
    return path


def started(path: Path, *words: str) -> subprocess.Popen[str]:
    """Another process that fills a store."""
    given = [sys.executable, "-m", "tests.ensembles", str(path), *words]
    return subprocess.Popen(given, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_the_store_is_read_without_this_package(whole) -> None:
    read = (
        "import sys, warnings; warnings.simplefilter('error'); import xarray as xr\n"
        f"d = xr.open_zarr({str(whole)!r})\n"
        "assert 'threatpoint' not in sys.modules\n"
        "print(dict(d.sizes), d.country.values.tolist(), d.output.attrs['unit'], d.attrs['seed'])\n"
        "assert all(v.dtype != object for v in d.variables.values())\n"
        "print(d.status.values.tolist().count('converged'))"
    )
    alone = {**os.environ, "PYTHONPATH": ""}
    found = subprocess.run(
        [sys.executable, "-c", read], capture_output=True, text=True, check=False, env=alone
    )
    assert not found.returncode, found.stderr
    sizes, solved = found.stdout.splitlines()
    assert "'draw': 128" in sizes
    assert "['C00', 'C01', 'C02', 'C03'] money 3" in sizes
    assert solved == "128"


def test_the_store_has_the_schema(whole) -> None:
    data = open_ensemble(whole)
    for variable in VARIABLES:
        array = data[variable.name]
        assert array.dims == ("draw", *variable.axes)
        assert array.dtype == np.dtype(variable.kind)
        assert array.attrs["long_name"] == variable.meaning
    metadata = json.loads((whole / ".zmetadata").read_text())["metadata"]
    assert metadata["output/.zarray"]["chunks"] == [32, 4, 3]
    assert not any(value.get("filters") for key, value in metadata.items() if "zarray" in key)
    assert schema_table() in (ROOT / "docs" / "ensembles.md").read_text(encoding="utf-8")


def test_a_draw_is_what_solve_says(whole) -> None:
    data, question = open_ensemble(whole), asked()
    economy = question.economy
    k = 77
    own = replace(economy.elasticities["long"], theta=data["theta"].values[k])
    found = solve(economy, question.policy, elasticities=own)
    np.testing.assert_allclose(data["real_income_percent"][k], found.welfare.percent, atol=1e-8)
    party = data["party_real_income_percent"].sel(party="C01").values[k]
    assert party == data["real_income_percent"].values[k][1]
    np.testing.assert_allclose(data["output"][k], found.output, rtol=1e-8)
    assert max(data["residual"].values[k], found.status.residual) <= 1e-10


def test_a_complete_store_is_only_read(whole, monkeypatch) -> None:
    monkeypatch.setattr(Asked, "solve", lambda *_: pytest.fail("solved again"))
    before, seen = contents(whole), []
    draw_ensemble(asked(), whole, progress=lambda *now: seen.append(now))
    assert seen == [(128, 128)]
    assert contents(whole) == before


def test_two_processes_give_the_same_bits(whole, tmp_path) -> None:
    draw_ensemble(asked(), tmp_path / "b.zarr", workers=2)
    assert contents(tmp_path / "b.zarr") == contents(whole)


def test_two_dask_workers_give_the_same_bits(whole, tmp_path) -> None:
    """As on many machines: two worker processes, reached by the scheduler's address."""
    script = (
        "from distributed import LocalCluster\n"
        "if __name__ == '__main__':\n"
        "    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as c:\n"
        "        print(c.scheduler_address, flush=True)\n"
        "        input()\n"
    )
    (tmp_path / "cluster.py").write_text(script)
    cluster = subprocess.Popen(
        [sys.executable, str(tmp_path / "cluster.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert cluster.stdout is not None
    try:
        address = cluster.stdout.readline().strip()
        filled = started(tmp_path / "b.zarr", "1", address)
        said, _ = filled.communicate(timeout=120)
    finally:
        cluster.communicate("\n", timeout=60)
    assert said.splitlines()[-1] == "128"
    assert contents(tmp_path / "b.zarr") == contents(whole)


def test_a_run_killed_at_any_moment_goes_on_to_the_same_bits(whole, tmp_path) -> None:
    """Killed with SIGKILL before, between and while blocks are written, with one or two workers."""
    chance, path, kills = random.Random(12), tmp_path / "b.zarr", 0
    for k in range(6):
        running = started(path, str(1 + k % 2))
        assert running.stdout is not None
        first = running.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.15) if first else 0)
        running.send_signal(signal.SIGKILL)
        running.stdout.close()
        kills += running.wait() == -signal.SIGKILL
        done = open_ensemble(path)
        complete = np.repeat(done[DONE].values != 0, 32)
        assert (done["status"].values[complete] == "converged").all()
    assert kills
    draw_ensemble(asked(), path)
    assert contents(path) == contents(whole)


def test_a_killed_worker_is_replaced(whole, tmp_path, monkeypatch) -> None:
    path, pools = tmp_path / "b.zarr", []
    real = run._pooled

    def broken(*given):
        from concurrent.futures.process import BrokenProcessPool

        pools.append(given[1])
        for count, pair in enumerate(real(*given)):
            if len(pools) == 1 and count == 2:
                raise BrokenProcessPool
            yield pair

    monkeypatch.setattr(run, "_pooled", broken)
    draw_ensemble(asked(), path, workers=2)
    assert [len(blocks) for blocks in pools] == [4, 2]
    assert contents(path) == contents(whole)


def test_workers_killed_again_and_again_end_the_run(tmp_path, monkeypatch) -> None:
    from concurrent.futures.process import BrokenProcessPool

    def broken(*_):
        raise BrokenProcessPool
        yield

    monkeypatch.setattr(run, "_pooled", broken)
    with pytest.raises(ThreatpointError, match=r"killed 3 times.*fewer --workers"):
        draw_ensemble(asked(64), tmp_path / "b.zarr", workers=2)


@pytest.mark.parametrize("name", ["output/1.0.0", "status/1", "theta/1.0"])
def test_a_cut_chunk_is_solved_again(whole, tmp_path, name) -> None:
    path = tmp_path / "b.zarr"
    draw_ensemble(asked(), path)
    chunk = path / name
    chunk.write_bytes(chunk.read_bytes()[:20])
    assert store.missing(path) == [1]
    draw_ensemble(asked(), path)
    assert contents(path) == contents(whole)


def test_a_kill_while_the_store_is_made_leaves_no_store(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(os, "rename", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        draw_ensemble(asked(2), tmp_path / "b.zarr")
    assert not list(tmp_path.iterdir())
    monkeypatch.undo()
    (tmp_path / ".b.zarr.00000000.part").mkdir()  # what SIGKILL leaves
    draw_ensemble(asked(2), tmp_path / "b.zarr")
    assert [each.name for each in tmp_path.iterdir()] == ["b.zarr"]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"seed": 4}, "seed: 3 there, 4 asked"),
        ({"draws": 256}, "draws: 128 there, 256 asked"),
        ({"seller": "C02"}, "policy: C00 cuts off goods trade with C01 there"),
        ({"horizon": "other"}, "horizon: long there, other asked"),
        ({"deficits": "proportional"}, "deficits: fixed there, proportional asked"),
    ],
)
def test_a_store_of_something_else_is_refused(whole, how, said) -> None:
    before = contents(whole)
    with pytest.raises(ThreatpointError, match="give another --out") as refused:
        draw_ensemble(asked(**how), whole)
    assert said in str(refused.value)
    assert contents(whole) == before


def changed(path: Path, **attributes: object) -> None:
    """Change what a store says of itself."""
    about = json.loads((path / ".zattrs").read_text())
    (path / ".zattrs").write_text(json.dumps(about | attributes))


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"schema_version": 1}, r"has version 1 of the schema.*version 2; give another --out"),
        ({"schema": "another"}, "is no store of draws"),
        ({"world": "another"}, "world: another there"),
        ({"version of threatpoint": "0.0.1"}, "version of threatpoint: 0.0.1 there"),
    ],
)
def test_a_store_of_another_version_or_world_is_refused(tmp_path, about, said) -> None:
    path = tmp_path / "b.zarr"
    draw_ensemble(asked(2), path)
    changed(path, **about)
    (path / ".zmetadata").unlink()
    with pytest.raises(ThreatpointError, match=said):
        draw_ensemble(asked(2), path)


def test_folders_that_are_no_store_are_refused(tmp_path) -> None:
    empty = tmp_path / "empty.zarr"
    empty.mkdir()
    (tmp_path / "file.zarr").write_text("")
    for place, said in (
        (empty, "is no store of draws; give another --out, or remove it"),
        (tmp_path / "file.zarr", "is a file, not a store"),
        (tmp_path / "none" / "a.zarr", "does not exist"),
        (tmp_path / "a.nc", "use a name that ends in .zarr"),
    ):
        with pytest.raises(ThreatpointError, match=said):
            draw_ensemble(asked(2), place)
    with pytest.raises(ThreatpointError, match="is no store"):
        open_ensemble(empty)
    draw_ensemble(asked(2), tmp_path / "cut.zarr")
    (tmp_path / "cut.zarr" / ".zmetadata").unlink()
    (tmp_path / "cut.zarr" / "output" / ".zarray").unlink()
    with pytest.raises(ThreatpointError, match="is not whole: output is missing"):
        open_ensemble(tmp_path / "cut.zarr")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "tcp://"])
def test_no_scheduler_is_one_message(tmp_path, address, monkeypatch) -> None:
    monkeypatch.setattr(run, "PATIENCE", 1.0)
    before = time.perf_counter()
    with pytest.raises(ThreatpointError, match="no Dask scheduler answers there"):
        draw_ensemble(asked(2), tmp_path / "b.zarr", scheduler=address)
    assert time.perf_counter() - before < 15


def test_a_worker_of_another_version_is_refused() -> None:
    with pytest.raises(ThreatpointError, match=r"a worker has threatpoint .*, this run has 9\.9"):
        run._one(b"", 0, "9.9")


def test_every_draw_is_counted(whole) -> None:
    data = open_ensemble(whole).load()
    data["status"][:3] = "infeasible"
    data["reason"][:3] = "no way"
    data["status"][3] = "stalled"
    data["status"][4:6] = ""
    found = counts(data)
    assert (found.draws, found.solved, found.missing) == (128, 122, 2)
    assert found.failed == {"infeasible": (3, "no way"), "stalled": (1, "")}
    text = counted(data)[0]
    assert text == (
        "128 draws: 122 with an equilibrium, 3 without (infeasible), 1 without (stalled), "
        "2 not solved yet."
    )


def test_quantiles_are_those_of_the_solved_draws(whole) -> None:
    data = open_ensemble(whole).load()
    data["status"][:28] = "infeasible"
    table = losses(data)
    wanted = np.quantile(data["party_real_income_percent"].values[28:], [0.05, 0.5, 0.95], axis=0)
    assert [row["party"] for row in table.rows] == ["C00", "C01"]
    for row, ends in zip(table.rows, wanted.T.tolist(), strict=True):
        assert [row["q05"], row["q50"], row["q95"]] == ends
    assert "100 of 128 draws" in plain(table.caption)


@pytest.mark.parametrize("seed", [-1, 2**31, True, "x"])
def test_a_bad_seed_is_refused(seed) -> None:
    with pytest.raises(ThreatpointError, match=r"--seed .* is not a whole number from 0"):
        asked(2, seed)


def test_bad_words_are_refused_before_anything_is_written(tmp_path) -> None:
    with pytest.raises(ThreatpointError, match="deficit closure"):
        asked(2, deficits="none")
    with pytest.raises(ThreatpointError, match="unknown horizon"):
        asked(2, horizon="sometime")
