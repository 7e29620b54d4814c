"""Many against one by one, and two processes against one, side by side in one run.

    python -m benchmarks.many [--draws N]

Draws are those of `threatpoint ensemble`: elasticities of the shipped world, under the built-in
threat. Policies are cut-offs of pairs. Wall time, the least of several runs in turn; every answer
is checked as ever, and members without an equilibrium are counted.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from itertools import permutations
from typing import Any

from benchmarks.guided import ordinary
from benchmarks.timing import in_turn
from threatpoint.analysis.ensemble.draws import draws_of, uniforms
from threatpoint.analysis.ensemble.inputs import inputs_of
from threatpoint.equilibrium import Solution, solve, solve_many
from threatpoint.policy import CutOff
from threatpoint.world import HORIZONS, load_world
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities

SEED = 1
PIECE = 64
"""Draws a process takes at a time."""


@cache
def world() -> Economy:
    """Read once a process."""
    return load_world()


@cache
def threat() -> Any:
    """The built-in one, put together once."""
    return ordinary(world())["built-in threat"].wedges(world())


def sets_of(horizon: str, begin: int, count: int) -> tuple[Elasticities, ...]:
    """The sets of elasticities of some draws."""
    points = uniforms(SEED, len(inputs_of(world(), horizon)), begin, count)
    return draws_of(world(), horizon, points).sets


def draws(horizon: str, begin: int, count: int) -> list[Solution]:
    """Solutions of some draws, together."""
    sets = sets_of(horizon, begin, count)
    return list(solve_many(world(), threat(), elasticities=sets, horizon=horizon).values())


def one_by_one(horizon: str, count: int) -> list[Solution]:
    """The same alone."""
    sets = sets_of(horizon, 0, count)
    args: dict[str, Any] = {"horizon": horizon, "throw": False}
    return [solve(world(), threat(), elasticities=each, **args) for each in sets]


def members(found: list[Solution]) -> tuple[int, int, float]:
    """(members without an equilibrium, most and mean evaluations of the others)."""
    counts = [x.status.evaluations for x in found if x.status.converged]
    return len(found) - len(counts), max(counts), sum(counts) / len(counts)


def by_draws(horizon: str, count: int) -> str:
    """Draws of elasticities at one horizon."""
    lost, most, mean = members(draws(horizon, 0, count))
    times = in_turn(
        {
            "batch": lambda: draws(horizon, 0, count),
            "single": lambda: one_by_one(horizon, count),
        },
        at_least=2,
    )
    each, ratio = 1e3 * times["batch"] / count, times["single"] / times["batch"]
    return (
        f"{count} draws of elasticities, {horizon}: {each:.2f} ms each in a batch, {ratio:.2f} "
        f"times that alone; evaluations {mean:.1f} in the mean, {most} at most; {lost} without an "
        "equilibrium"
    )


def by_policies(horizon: str) -> str:
    """Cut-offs of pairs at one horizon."""
    pairs = list(permutations(world().countries[:8], 2))
    policies = [CutOff(*pair).wedges(world()) for pair in pairs]
    together: Callable[[], object] = lambda: solve_many(world(), policies, horizon=horizon)  # noqa: E731
    alone: Callable[[], object] = lambda: [  # noqa: E731
        solve(world(), policy, horizon=horizon, throw=False) for policy in policies
    ]
    times = in_turn({"batch": together, "single": alone}, at_least=3)
    each = 1e3 * times["batch"] / len(policies)
    return (
        f"{len(policies)} policies, {horizon}: {each:.2f} ms each in a batch, "
        f"{times['single'] / times['batch']:.2f} times that alone"
    )


def processes(horizon: str, count: int) -> str:
    """The same draws on one process and on two, both started and warm."""
    pieces = range(0, count, PIECE)
    with ProcessPoolExecutor(1) as one, ProcessPoolExecutor(2) as two:
        pools = {"one": one, "two": two}
        calls = {name: partial(_all, pool, horizon, pieces) for name, pool in pools.items()}
        for call in calls.values():
            call()
        times = in_turn(calls, at_least=2)
    return (
        f"{count} draws, {horizon}: {times['two']:.2f} s wall on two processes, "
        f"{times['one'] / times['two']:.2f} times that on one"
    )


def _all(pool: ProcessPoolExecutor, horizon: str, pieces: range) -> int:
    """Members without an equilibrium; answers stay in the processes that made them."""
    return sum(pool.map(partial(_lost, horizon), pieces))


def _lost(horizon: str, begin: int) -> int:
    return members(draws(horizon, begin, PIECE))[0]


def lines(count: int) -> Iterator[str]:
    """All that is measured."""
    horizons = [x for x in HORIZONS if x in world().elasticities]
    for horizon in horizons:
        yield by_draws(horizon, min(count, 128))
        yield by_policies(horizon)
    for horizon in ("long", "short"):
        yield processes(horizon, count)


def main() -> None:
    """Print the lines."""
    given = argparse.ArgumentParser(prog="benchmarks.many")
    given.add_argument("--draws", type=int, default=1024)
    for line in lines(given.parse_args().draws):
        print(line, flush=True)


if __name__ == "__main__":
    main()
