"""The solver against the solver as it was: evaluations, and times side by side in one run.

    python -m benchmarks.guided [--largest N]

Both solve the same checked problem from the baseline, in turn; times are the least of several
runs. Set-up over loop is that of the solver as it is.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.reference import as_before, solve_as_before
from benchmarks.timing import in_turn, least
from benchmarks.worlds import Case, cases, of_horizon, shocks, synthetic, threats
from threatpoint.equilibrium.attempt import settle
from threatpoint.equilibrium.door import problem_of, wedges_of
from threatpoint.equilibrium.guide import guide
from threatpoint.equilibrium.iterate import iterate
from threatpoint.equilibrium.kept import calibrated
from threatpoint.equilibrium.problem import Problem
from threatpoint.policy import CutOff, Tariff
from threatpoint.situation import load_situation
from threatpoint.world import HORIZONS, load_world
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities

LARGE = ((160, 65), (200, 65))
HEADINGS = (
    "world", "shock", "unknowns", "evaluations", "before", "solve, ms", "before over it",
    "set-up over loop", "set-up before over it",
)  # fmt: skip


def ordinary(world: Economy) -> dict[str, Any]:
    """Shocks of the shipped world, name -> policy."""
    both = [
        Tariff("USA", "CHN", rate=0.25, mode="add"),
        Tariff("CHN", "USA", rate=0.25, mode="add"),
    ]
    return {
        "built-in threat": load_situation("ukraine-2025-03-31").policy.policy(world),
        "+25 % between USA and CHN": both,
        "+25 % of USA on all": [Tariff("USA", "WORLD", rate=0.25, mode="add")],
        "cut-off of USA and CHN": [CutOff("USA", "CHN")],
    }


def asked(economy: Economy, values: Elasticities, policy: Any) -> Problem:
    """The problem of these arguments under closure "fixed"."""
    about = ("fixed", 1e-10, None, economy)
    return problem_of(calibrated(economy, values), wedges_of(economy, policy), *about)


def problems(largest: int) -> Iterator[tuple[str, str, Problem]]:
    """(world, shock, problem) of all that is compared."""
    world = load_world()
    for horizon in (x for x in HORIZONS if x in world.elasticities):
        for shock, policy in ordinary(world).items():
            yield f"shipped, {horizon}", shock, asked(world, world.elasticities[horizon], policy)
    yield from large()
    others = [case for case in cases() if isinstance(case, Case) and "shipped" not in case.name]
    for case in (*others, *(synthetic(n, s) for n, s in LARGE if n <= largest)):
        for shock, wedges in shocks(case.economy).items():
            yield case.name, shock, asked(case.economy, case.elasticities, wedges)


def large() -> Iterator[tuple[str, str, Problem]]:
    """The same of a large world with the horizons of the shipped one."""
    case = synthetic()
    for horizon in HORIZONS:
        values = of_horizon(case.economy, horizon)
        for shock, wedges in threats(case.economy).items():
            yield f"{case.name}, {horizon}", shock, asked(case.economy, values, wedges)


def row(world: str, shock: str, problem: Problem) -> list[str]:
    """One line of the table."""
    now, before = settle(problem), solve_as_before(problem)
    gap = np.abs(np.log1p(now.welfare.percent / 100) - np.log1p(before.welfare.percent / 100))
    if gap.max() > 1e-8:
        raise AssertionError(f"{world}, {shock}: the answers differ by {gap.max():.1e}")
    times = in_turn({"now": lambda: settle(problem), "before": lambda: solve_as_before(problem)})
    setup, old = set_up(problem)
    return [
        world,
        shock,
        f"{problem.system[0].size:,}",
        str(now.status.evaluations),
        str(before.status.evaluations),
        f"{1e3 * times['now']:.2f}",
        f"{times['before'] / times['now']:.2f}",
        f"{setup / loop(problem):.2f}",
        f"{old / setup:.1f}",
    ]


def set_up(problem: Problem) -> tuple[float, float]:
    """Seconds of the set-up, now and before."""
    old = as_before(problem)
    times = in_turn(
        {"now": lambda: replace(problem).system, "old": lambda: replace(old).system}, 0.3
    )
    return times["now"], times["old"]


def loop(problem: Problem) -> float:
    """Seconds of all evaluations and steps."""
    system, _ = problem.system
    z = np.zeros(system.size)
    return least(lambda: iterate(system, z, problem.tolerance, [], problem.guide))


def guides() -> Iterator[str]:
    """What a guide costs once, in solves of the threat; what the first solve gains with it made."""
    world = load_world()
    policy = ordinary(world)["built-in threat"]
    problems = {
        f"shipped, {horizon}": asked(world, world.elasticities[horizon], policy)
        for horizon in HORIZONS
    }
    problems |= {name: problem for name, shock, problem in large() if shock == "threat"}
    for name, problem in problems.items():
        times = in_turn(
            {
                "guide": lambda p=problem: guide(replace(p.calibration)),
                "solve": lambda p=problem: settle(p),
                "before": lambda p=problem: solve_as_before(p),
            }
        )
        made, solve = times["guide"], times["solve"]
        yield (
            f"the guide of {name}: {1e3 * made:.0f} ms once, {made / solve:.1f} solves of the "
            f"threat; before over the first solve {times['before'] / (made + solve):.2f}"
        )


def main() -> None:
    """Print the table."""
    given = argparse.ArgumentParser(prog="benchmarks.guided")
    given.add_argument("--largest", type=int, default=200, help="countries of the largest world")
    console = Console(width=None if sys.stdout.isatty() else 160)
    table = Table(*HEADINGS, title="Now against before, one run", title_justify="left")
    for world, shock, problem in problems(given.parse_args().largest):
        table.add_row(*row(world, shock, problem))
    console.print(table, *guides(), sep="\n", highlight=False)


if __name__ == "__main__":
    main()
