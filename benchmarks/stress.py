"""Random cases over the whole range of what can be entered: how many answers, and is any wrong?

    python -m benchmarks.stress [--cases N] [--seed S] [--jobs J] [--first K] [--case K]

A case is solved, or refused with a typed error: infeasible, or not converged. An answer is wrong
where `benchmarks.residuals` finds any market or account off by more than 1e-8, with the equations
written apart from the solver. Every solved case is solved again from far away, from a neighbouring
policy, and under other labels in another unit of money; each of these answers must satisfy every
equation too. One that does at other wages or prices is another equilibrium, not a wrong number. In
a quarter the shock is also grown from the baseline step by step: the answer should be that one.

Everything follows from the seed; `--case K` runs one case alone and prints all about it.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.draw import RANGES, Case, draw
from benchmarks.residuals import BOUND, largest, residuals
from benchmarks.restarts import apart, starts
from threatpoint.equilibrium.continuation import Path
from threatpoint.equilibrium.problem import Problem
from threatpoint.errors import ConvergenceError, InfeasibleError, ThreatpointError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from threatpoint.equilibrium import Solution

OUTCOMES = ("solved", "wrong", "infeasible", "not converged", "refused", "crash")
AGAIN = ("same", "other", "wrong", "no answer", "crash")
"""Outcomes of solving again; "other" is another equilibrium."""
SAME = 1e-6
"""Two answers are the same equilibrium below this distance, in logs."""


@dataclass(frozen=True, eq=False)
class Result:
    """What became of one case.

    Attributes:
        number: of the case. what: one of OUTCOMES. said: the error, or the worst residual.
        seconds: of the solve alone. facets: as `Case.facets`.
        again: restart -> one of AGAIN. faults: what was wrong, in words.
    """

    number: int
    what: str
    said: str
    seconds: float
    facets: dict[str, tuple[str, ...]]
    again: dict[str, str] = field(default_factory=dict[str, str])
    faults: tuple[str, ...] = ()


def attempt(case: Case, start: Solution | None = None) -> tuple[str, str, Solution | None, float]:
    """(one of OUTCOMES, what was said, the answer, seconds)."""
    found, begun = None, time.perf_counter()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = case.solve(start=start)
        what, said = "solved", ""
    except InfeasibleError as error:
        what, said = "infeasible", str(error)
    except ConvergenceError as error:
        what, said = "not converged", str(error)
    except ThreatpointError as error:
        what, said = "refused", str(error)
    except Exception as error:  # a crash is a finding of the stress, not its end
        what, said = "crash", f"{type(error).__name__}: {error}"
    taken = time.perf_counter() - begun
    if found is not None:
        label, worst, place = largest(residuals(found))
        said = f"{label} {worst:.1e} at {place}"
        what = "solved" if worst <= BOUND else "wrong"
    return what, said, found, taken


def run(seed: int, number: int) -> Result:
    """Solve a case, check it, and solve it again from elsewhere."""
    case = draw(seed, number)
    what, said, found, seconds = attempt(case)
    faults = [f"{what}: {said}"] if what in ("wrong", "crash") else []
    again: dict[str, str] = {}
    if found is not None and what == "solved":
        rng = np.random.default_rng([seed, number, 2])
        for other in starts(case, found, rng):
            outcome, detail, answer, _ = attempt(other.case, other.start)
            again[other.name] = outcome if outcome in AGAIN else "no answer"
            if outcome in ("wrong", "crash"):
                faults.append(f"{outcome} when solved again ({other.name}): {detail}")
            if answer is not None and outcome == "solved":
                same = apart(found, answer, other.countries) <= SAME
                again[other.name] = "same" if same else "other"
        if rng.random() < 0.25:
            again["path"] = by_path(found)
    return Result(number, what, said, seconds, case.facets, again, tuple(faults))


def by_path(found: Solution) -> str:
    """Whether the shock grown from the baseline step by step leads to the solver's answer."""
    along = Path(Problem.of(found), []).follow()
    if along is None:
        return "no answer"
    if largest(residuals(along))[1] > BOUND:
        return "wrong"
    same = apart(found, along, np.arange(len(along.wages))) <= SAME
    return "same" if same else "other"


def by_way(done: list[Result]) -> Iterator[str]:
    """What each way to solve again gave."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for result in done:
        for way, outcome in result.again.items():
            counts[way][outcome] += 1
    for way, count in sorted(counts.items()):
        yield f"again, {way}: " + ", ".join(f"{x} {count[x]}" for x in AGAIN if count[x])


def results(seed: int, numbers: Iterable[int], jobs: int) -> Iterator[Result]:
    """The results in order, on one or several processes."""
    if jobs <= 1:
        yield from map(partial(run, seed), numbers)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(partial(run, seed), numbers, chunksize=8)


def by_facet(done: list[Result]) -> Table:
    """Counts of every outcome, by what a case is drawn from; a case may have several values."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for result in done:
        for name, values in ({"all": ("",)} | result.facets).items():
            for value in values:
                counts[name, value][result.what] += 1
                counts[name, value].update(f"again {x}" for x in result.again.values())
    table = Table("", "", *OUTCOMES, *(f"again {x}" for x in AGAIN), title="Stress")
    for (name, value), count in sorted(counts.items()):
        numbers = [count[x] for x in OUTCOMES] + [count[f"again {x}"] for x in AGAIN]
        table.add_row(name, value, *map(str, numbers))
    return table


def slowest(done: list[Result]) -> Iterator[str]:
    """The slowest case of every outcome."""
    for what in OUTCOMES:
        of = [x for x in done if x.what == what]
        if of:
            last = max(of, key=lambda x: x.seconds)
            mean = sum(x.seconds for x in of) / len(of)
            yield (
                f"{what}: {len(of)}, {mean:.3f} s each; slowest {last.seconds:.2f} s, "
                f"case {last.number}: {last.said[:200]}"
            )


def alone(seed: int, number: int, console: Console) -> int:
    """One case with all there is to say."""
    case = draw(seed, number)
    result = run(seed, number)
    e, v = case.economy, case.elasticities
    console.print(
        f"case {number} of seed {seed}: {len(e.countries)} x {len(e.sectors)}, {case.words}",
        f"closure {case.closure}, rebase {case.rebase}, facets {case.facets}",
        f"theta {v.theta}, eta {v.eta}, epsilon {v.epsilon}, rho {v.rho:g}, phi {v.phi}",
        f"{result.what} in {result.seconds:.2f} s: {result.said}",
        f"solved again: {result.again}",
        *result.faults,
        sep="\n",
        markup=False,
        highlight=False,
    )
    found = attempt(case)[2]
    if found is not None:
        for label, values in residuals(found).items():
            console.print(f"{label:32s} {values.max(initial=0.0):.1e}", highlight=False)
    return 1 if result.faults else 0


def main() -> int:
    """Print the counts; 1 if any answer is wrong or anything crashed."""
    given = argparse.ArgumentParser(prog="benchmarks.stress", description=(__doc__ or "").strip())
    given.formatter_class = argparse.RawDescriptionHelpFormatter
    for name, value in {"--cases": 4000, "--seed": 0, "--jobs": 1, "--first": 0}.items():
        given.add_argument(name, type=int, default=value)
    given.add_argument("--case", type=int)
    ask = given.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 200)
    if ask.case is not None:
        return alone(ask.seed, ask.case, console)
    begun = time.perf_counter()
    numbers = range(ask.first, ask.first + ask.cases)
    done: list[Result] = []
    for result in results(ask.seed, numbers, ask.jobs):
        done.append(result)
        for fault in result.faults:
            console.print(f"case {result.number}: {fault}", markup=False, highlight=False)
    console.print(RANGES, by_facet(done), *by_way(done), *slowest(done), sep="\n", highlight=False)
    console.print(f"{len(done)} cases, seed {ask.seed}, {time.perf_counter() - begun:.0f} s")
    return 1 if any(result.faults for result in done) else 0


if __name__ == "__main__":
    sys.exit(main())
