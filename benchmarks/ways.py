"""All ways to the answer of a case, for `benchmarks.agree`."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, ClassVar

from benchmarks.draw import Case
from benchmarks.reference import as_before
from threatpoint.equilibrium import Solution, attempt, solve_many
from threatpoint.equilibrium.baselines import compared_with
from threatpoint.equilibrium.continuation import METHOD, Path
from threatpoint.equilibrium.door import problem_of
from threatpoint.equilibrium.kept import calibrated
from threatpoint.equilibrium.problem import Problem
from threatpoint.errors import EquilibriumError, InfeasibleError, NoPathError
from threatpoint.policy.wedges import Wedges

SMALL = 150
"""Unknowns up to which the path is followed: its Newton steps cost one evaluation for each."""

ENDS = "the path ends"
"""Where the shock, grown from the baseline, cannot be followed to all of it."""

Answer = Solution | str
"""An equilibrium, or the type of the error that says there is none."""


def answer(call: Callable[[], Solution]) -> Answer:
    """The equilibrium, or the type of the error."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return call()
    except EquilibriumError as error:
        return type(error).__name__


def member(found: Solution) -> Answer:
    """The same of a member of a batch, whose failure is its status."""
    status = found.status
    if status.converged:
        return found
    if status.message.startswith("no equilibrium on the path"):
        return NoPathError.__name__
    return InfeasibleError.__name__ if status.code == "infeasible" else "ConvergenceError"


class Once(Path):
    """A path that is followed once for each policy of a case: no way to solve changes it."""

    known: ClassVar[dict[int, tuple[Any, ...]]] = {}

    def follow(self) -> Solution | None:
        """As `Path.follow`, or what that gave."""
        key, begun = id(self.problem.wedges), len(self.history)
        if key not in self.known:
            found = super().follow()
            self.known[key] = (self.problem.wedges, found, self.points, self.history[begun:])
            return found
        _, found, self.points, history = self.known[key]
        self.history += history
        return found


@contextmanager
def followed_once() -> Iterator[None]:
    """Within, the solver's paths are `Once`."""
    Once.known.clear()
    attempt.Path = Once
    try:
        yield
    finally:
        attempt.Path = Path


def answers(case: Case) -> dict[str, Answer]:
    """Way -> answer: batch and single for the policy, half of it and none; before; path."""
    with followed_once():
        return _answers(case)


def _answers(case: Case) -> dict[str, Answer]:
    given = {"elasticities": case.elasticities, "rebase": case.rebase, "given": case.given}
    problem = problem_of_case(case)
    parts = parts_of(case, problem)
    many = solve_many(case.economy, parts, deficits=case.closure, **given)
    found: dict[str, Answer] = {f"batch{part}": member(many[part]) for part in parts}
    for part, wedges in parts.items():
        found[f"single{part}"] = answer(partial(case.solve, wedges=wedges))
    if problem is not None:
        found["before"] = answer(lambda: attempt.settle(as_before(problem)))
        if problem.calibration.value_added.size * 2 <= SMALL:
            found |= {"path": along(problem, found["before"])}
    return found


def problem_of_case(case: Case) -> Problem | None:
    """What `solve` makes of a case; None where the baseline has no equilibrium with its trade
    balanced.
    """
    values = case.elasticities
    try:
        table = compared_with(case.economy, values, case.closure, case.rebase)
    except EquilibriumError:
        return None
    asked = (case.closure, 1e-10, case.given, table)
    return problem_of(calibrated(table, values), case.wedges, *asked)


def parts_of(case: Case, problem: Problem | None) -> dict[str, Wedges]:
    """The policy, half of it on the path, none."""
    parts = {"": case.wedges, ", none": Wedges.none(case.economy)}
    return parts if problem is None else parts | {", half": problem.at(0.5).wedges}


def along(problem: Problem, before: Answer) -> Answer:
    """The end of the path; what was followed already, or cannot be, is not followed again."""
    if isinstance(before, str) or before.status.method == METHOD:
        return before
    return Once(as_before(problem), []).follow() or ENDS
