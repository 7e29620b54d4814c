"""Do all ways to an answer agree? Batch, single, the solver as it was, the path from the baseline.

    python -m benchmarks.agree [--cases N] [--seed S] [--first K] [--jobs J]

The cases are those of `benchmarks.draw`. In each the policy, half of it and none are solved
together by `solve_many` and alone by `solve`; the policy also as the solver did before
(`benchmarks.reference`) and, in worlds of at most `ways.SMALL` unknowns, along the path from the
baseline. Two answers agree within 1e-8 in every country's log real income, or where both fail with
the same type of error. Two that do not are looked at: each is solved on to a tighter tolerance and
checked by `benchmarks.residuals`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.draw import draw
from benchmarks.residuals import BOUND, largest, residuals
from benchmarks.ways import ENDS, Answer, answers
from threatpoint.equilibrium import Solution
from threatpoint.equilibrium.attempt import by_map
from threatpoint.equilibrium.problem import Problem
from threatpoint.errors import EquilibriumError

ALIKE = 1e-8
"""How near two answers are, in logs of real income."""

TIGHT, CLOSE = 1e-12, 1e-4
"""Tolerance to which two answers are solved on that are nearer than `CLOSE` and not alike."""

PAIRS = (
    ("batch", "single"),
    ("batch, half", "single, half"),
    ("batch, none", "single, none"),
    ("single", "before"),
    ("single", "path"),
    ("before", "path"),
)

SAME, FAILED, WRONG = "same", "same failure", "wrong"
OUTCOMES = (SAME, FAILED, "near", "another", ENDS, WRONG, "other error", "one fails")
"""near: the same once solved on; another: two equilibria, both right; wrong: an answer breaks an
equation; other error: both fail, for different reasons; one fails: the other is right, and it is
not that the path ends."""


@dataclass(frozen=True)
class Told:
    """What became of a case: pair -> outcome, and what is to be said where two ways differ."""

    number: int
    pairs: dict[tuple[str, str], str]
    notes: tuple[str, ...]


def run(seed: int, number: int) -> Told:
    """All ways to the answers of one case, by pairs."""
    found = answers(draw(seed, number))
    pairs = {pair: compared(*(found[way] for way in pair)) for pair in _both(found)}
    notes = tuple(
        f"case {number}, {one} and {other}: {what}; {_told(found[one])}, {_told(found[other])}"
        for (one, other), what in pairs.items()
        if what not in (SAME, FAILED)
    )
    return Told(number, pairs, notes)


def _both(found: dict[str, Answer]) -> Iterator[tuple[str, str]]:
    """Pairs whose two ways were gone."""
    return (pair for pair in PAIRS if all(way in found for way in pair))


def compared(one: Answer, other: Answer) -> str:
    """One of OUTCOMES."""
    if isinstance(one, str) and isinstance(other, str):
        return FAILED if one == other else "other error"
    if any(not isinstance(x, str) and not right(x) for x in (one, other)):
        return WRONG
    if isinstance(one, str) or isinstance(other, str):
        return ENDS if ENDS in (one, other) else "one fails"
    return _equilibria(one, other)


def _equilibria(one: Solution, other: Solution) -> str:
    gap = apart(one, other)
    if gap <= ALIKE:
        return SAME
    near = gap <= CLOSE and apart(solved_on(one), solved_on(other)) <= ALIKE
    return "near" if near else "another"


def apart(one: Solution, other: Solution) -> float:
    """The largest difference of a country's log real income."""
    first, second = (np.log1p(x.welfare.percent / 100.0) for x in (one, other))
    return float(np.abs(first - second).max())


def right(found: Solution) -> bool:
    """Whether every equation holds."""
    return largest(residuals(found))[1] <= BOUND


def solved_on(found: Solution) -> Solution:
    """The answer to a tighter tolerance, from there; itself where that is out of reach."""
    problem = replace(Problem.of(found), tolerance=TIGHT)
    try:
        return by_map(problem, found.stacked)
    except EquilibriumError:
        return found


def _told(found: Answer) -> str:
    if isinstance(found, str):
        return found
    worst = found.welfare.percent
    return f"{found.status.method} {worst.min():+.6f} to {worst.max():+.6f} %"


def results(seed: int, numbers: Iterable[int], jobs: int) -> Iterator[Told]:
    """In order, on one or several processes."""
    if jobs <= 1:
        yield from map(partial(run, seed), numbers)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(partial(run, seed), numbers, chunksize=8)


def counted(done: Iterable[Told]) -> Table:
    """Counts of outcomes by pair."""
    counts = {pair: Counter[str]() for pair in PAIRS}
    for told in done:
        for pair, what in told.pairs.items():
            counts[pair][what] += 1
    table = Table("pair", "cases", *OUTCOMES, title="Do the ways agree?")
    for pair, count in counts.items():
        row = [count.total(), *(count[x] for x in OUTCOMES)]
        table.add_row(" and ".join(pair), *map(str, row))
    return table


def main() -> int:
    """Print the counts; 1 where an answer is wrong."""
    given = argparse.ArgumentParser(prog="benchmarks.agree", description=(__doc__ or "").strip())
    given.formatter_class = argparse.RawDescriptionHelpFormatter
    for name, value in {"--cases": 2000, "--seed": 0, "--jobs": 1, "--first": 0}.items():
        given.add_argument(name, type=int, default=value)
    ask = given.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 200)
    begun, done = time.perf_counter(), list[Told]()
    for told in results(ask.seed, range(ask.first, ask.first + ask.cases), ask.jobs):
        done.append(told)
        for note in told.notes:
            console.print(note, markup=False, highlight=False)
    console.print(counted(done), f"{len(done)} cases, {time.perf_counter() - begun:.0f} s")
    return 1 if any(WRONG in told.pairs.values() for told in done) else 0


if __name__ == "__main__":
    sys.exit(main())
