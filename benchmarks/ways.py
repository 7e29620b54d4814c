"""All ways to the answer of a case, for `benchmarks.agree`."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial

from benchmarks.draw import Case
from benchmarks.reference import as_before
from threatpoint.equilibrium import Solution, solve_many
from threatpoint.equilibrium.attempt import settle
from threatpoint.equilibrium.continuation import METHOD, Path
from threatpoint.equilibrium.door import problem_of
from threatpoint.equilibrium.kept import calibrated
from threatpoint.equilibrium.problem import Problem
from threatpoint.equilibrium.solve import compared_with
from threatpoint.errors import EquilibriumError, InfeasibleError, NoPathError
from threatpoint.policy.wedges import Wedges

SMALL = 150
"""Unknowns up to which the path is followed: its Newton steps cost one evaluation for each."""

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


def answers(case: Case) -> dict[str, Answer]:
    """Way -> answer: batch and single for the policy, half of it and none; before; path."""
    given = {"elasticities": case.elasticities, "rebase": case.rebase, "supply": case.supply}
    problem = problem_of_case(case)
    parts = parts_of(case, problem)
    many = solve_many(case.economy, parts, deficits=case.closure, **given)
    found: dict[str, Answer] = {f"batch{part}": member(many[part]) for part in parts}
    for part, wedges in parts.items():
        found[f"single{part}"] = answer(partial(case.solve, wedges=wedges))
    if problem is not None:
        found["before"] = answer(lambda: settle(as_before(problem)))
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
    asked = (case.closure, 1e-10, case.supply, table)
    return problem_of(calibrated(table, values), case.wedges, *asked)


def parts_of(case: Case, problem: Problem | None) -> dict[str, Wedges]:
    """The policy, half of it on the path, none."""
    parts = {"": case.wedges, ", none": Wedges.none(case.economy)}
    return parts if problem is None else parts | {", half": problem.at(0.5).wedges}


def along(problem: Problem, before: Answer) -> Answer:
    """The end of the path; what was followed already, or cannot be, is not followed again."""
    if isinstance(before, str) or before.status.method == METHOD:
        return before
    return Path(as_before(problem), []).follow() or "the path ends"
