"""Draws of the whole chain as ratios to one warm solve of the threat, and the page that they make.

    python -m benchmarks.chain [--draws N] [--page]

CPU time of one process; the solve, a draw and its parts in turn. With `--page` the command that
writes the page is run as a process of its own, drawn and quick: CPU and wall seconds.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from benchmarks.commands import HERE, run
from benchmarks.timing import in_turn
from threatpoint.analysis.chain.chain import Drawing, ask_chain, solve_chain
from threatpoint.analysis.chain.decision import Decision
from threatpoint.analysis.chain.tree import Tree
from threatpoint.oil.solve import solve
from threatpoint.policy.standing import on_day
from threatpoint.situation import load_situation
from threatpoint.world import load_world

SITUATION, RUNS = "ukraine-2025-03-31", 3
BAR_DRAWN, BAR_QUICK = 180.0, 15.0
"""Wall seconds of the page on two cores."""
MEMORY = """
import resource
from benchmarks.chain import asked
chain = asked(%d)
for block in range(chain.blocks):
    chain.solve(block)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def asked(draws: int):  # type: ignore[no-untyped-def]
    """What the draws of the built-in situation are asked."""
    situation = load_situation(SITUATION)
    return ask_chain(situation, on_day(load_world(), situation.date), draws=draws)[0]


def solves() -> Iterator[str]:
    """A draw over one warm solve, and what a draw is."""
    chain = asked(32)
    act = next(iter(chain.acts.values()))
    how = {"horizon": "short", "opec": act.regime}
    calls: dict[str, Callable[[], object]] = {
        "solve": lambda: solve(chain.economy, act.policy, **how),
        "block": lambda: chain.solve(1),
        "table": lambda: chain.table(1),
    }
    for call in calls.values():
        call()
    times = in_turn(calls, at_least=RUNS, clock=time.process_time)
    found = chain.solve(1)
    each = times["block"] / chain.block
    acts, once = len(chain.acts), times["solve"]
    yield f"one warm solve of the threat made first: {1e3 * once:.1f} ms"
    yield f"a draw, {acts} acts in blocks of {chain.block}: {each / once:.1f} solves"
    yield f"an act of a draw: {each / once / acts:.2f} solves"
    yield f"a table drawn: {times['table'] / once:.1f} solves"
    evaluations = found["evaluations"]
    yield f"evaluations a solve: {evaluations.mean():.1f}, {evaluations.max()} at most"
    yield f"solves without an equilibrium: {int((found['status'] != 'converged').sum())}"


def rooms(draws: int) -> Iterator[str]:
    """What is drawn beside trade, over one warm solve."""
    situation = load_situation(SITUATION)
    economy = on_day(load_world(), situation.date)
    act = next(iter(asked(2).acts.values()))
    calls: dict[str, Callable[[], object]] = {
        "solve": lambda: solve(economy, act.policy, horizon="short", opec=act.regime),
        "quick": lambda: solve_chain(situation, economy, Drawing(draws, quick=True)),
    }
    chain = solve_chain(situation, economy, Drawing(draws, quick=True))
    calls["tree"] = lambda: Tree(chain).leaves
    calls["decision"] = lambda: Decision(chain).options
    times = in_turn(calls, at_least=RUNS, clock=time.process_time)
    for name, words in (
        ("quick", f"a chain without drawn trade, {draws} draws"),
        ("tree", "its tree"),
        ("decision", "its decision table"),
    ):
        yield f"{words}: {times[name] / times['solve']:.0f} solves"


def memory(draws: int) -> str:
    """The most memory that a process holds which solves draws."""
    args = [sys.executable, "-c", MEMORY % draws]
    done = subprocess.run(args, check=True, capture_output=True, text=True, cwd=HERE)
    return f"most memory of a process that solves {draws} draws: {int(done.stdout) / 1024:.0f} MB"


def page(draws: int) -> Iterator[str]:
    """The page drawn over the page without drawn trade."""
    found: dict[str, tuple[float, float]] = {}
    for name, more in (("quick", ["--quick"]), ("drawn", ["--draws", str(draws)])):
        start = time.perf_counter()
        used, _ = run(HERE, "-m", "threatpoint", "brief", SITUATION, "--out", "page", *more)
        found[name] = used, time.perf_counter() - start
        bar = BAR_QUICK if name == "quick" else BAR_DRAWN
        yield f"page, {name}: {used:.1f} s CPU, {found[name][1]:.1f} s wall (bar {bar:.0f} s)"
    cpu, wall = (found["drawn"][n] / found["quick"][n] for n in (0, 1))
    yield f"page with {draws} draws over the quick one: {cpu:.1f} CPU, {wall:.1f} wall"


def lines(draws: int, with_page: bool) -> Iterator[str]:
    """All that is measured."""
    yield from solves()
    yield from rooms(draws)
    yield memory(min(draws, 64))
    if with_page:
        yield from page(draws)


def main() -> None:
    """Print the lines."""
    given = argparse.ArgumentParser(prog="benchmarks.chain")
    given.add_argument("--draws", type=int, default=256)
    given.add_argument("--page", action="store_true")
    options = given.parse_args()
    for line in lines(options.draws, options.page):
        print(line, flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory of this process: {peak:.0f} MB")


if __name__ == "__main__":
    main()
