"""Whole processes now and at an earlier commit, in turn: CPU seconds of what a user types.

    python -m benchmarks.commands [--pairs N] [--commit C]

The earlier tree is taken out of the repository into a temporary folder. Linear algebra has one
thread. The solver's own solves are timed in both trees too: there the equations are the earlier
ones as well, which `benchmarks.reference` shares with today's.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parents[1]
COMMIT = "77056f0"
COMMANDS = {"threat": ("threat",), "brief": ("brief",)}
THREADS = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
SOLVES = """
import time, threatpoint as tp
from threatpoint.situation import load_situation
world = tp.load_world()
wedges = load_situation("ukraine-2025-03-31").policy.policy(world).wedges(world)
for horizon in ("short", "medium", "long"):
    best = 1e9
    for _ in range(60):
        start = time.process_time()
        found = tp.solve(world, wedges, horizon=horizon)
        best = min(best, time.process_time() - start)
    print(horizon, best, found.status.evaluations)
"""


def earlier(commit: str, folder: pathlib.Path) -> None:
    """The tree of a commit in a folder."""
    args = ["git", "-C", str(HERE), "archive", commit]
    tree = subprocess.run(args, check=True, capture_output=True)
    subprocess.run(["tar", "x", "-C", str(folder)], check=True, input=tree.stdout)


def run(tree: pathlib.Path, *words: str) -> tuple[float, str]:
    """CPU seconds of a Python process on a tree, in an empty folder, and what it printed."""
    environment = {**os.environ, **THREADS, "PYTHONPATH": str(tree / "src"), "COLUMNS": "100"}
    with tempfile.TemporaryDirectory() as folder:
        environment |= {"XDG_CACHE_HOME": folder}  # nothing solved before is found again
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        args: dict[str, object] = {"cwd": folder, "env": environment, "text": True}
        done = subprocess.run([sys.executable, *words], check=True, capture_output=True, **args)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        said = done.stdout.replace(folder, "")
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, said


def command(name: str, old: pathlib.Path, pairs: int) -> str:
    """One command in both trees."""
    times: dict[str, list[float]] = {"now": [], "before": []}
    said: dict[str, str] = {}
    for _ in range(pairs):
        for which, tree in (("now", HERE), ("before", old)):
            used, said[which] = run(tree, "-m", "threatpoint", *COMMANDS[name])
            times[which].append(used)
    now, before = (statistics.median(times[which]) for which in ("now", "before"))
    lines = zip(said["now"].splitlines(), said["before"].splitlines(), strict=False)
    changed = sum(a != b for a, b in lines)
    return (
        f"threatpoint {name}: {now:.1f} CPU-s, {before:.1f} before, {before / now:.2f} times; "
        f"{changed} of {len(said['now'].splitlines())} printed lines differ"
    )


def main() -> None:
    """Print the lines."""
    given = argparse.ArgumentParser(prog="benchmarks.commands")
    given.add_argument("--pairs", type=int, default=3)
    given.add_argument("--commit", default=COMMIT)
    ask = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        old = pathlib.Path(folder)
        earlier(ask.commit, old)
        solves = {name: run(tree, "-c", SOLVES)[1] for name, tree in (("now", HERE), ("", old))}
        for now, before in zip(*(said.splitlines() for said in solves.values()), strict=True):
            (horizon, new, count), (_, slow, was) = now.split(), before.split()
            ratio = float(slow) / float(new)
            print(f"{horizon}: {count} evaluations, {was} before; {ratio:.2f} times", flush=True)
        for name in COMMANDS:
            print(command(name, old, ask.pairs), flush=True)


if __name__ == "__main__":
    main()
