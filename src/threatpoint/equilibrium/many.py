"""Solve many counterfactuals of one economy: policies, elasticities or starts, one result.

Members without bounds go through the map together; the others, and those that do not arrive there,
alone. Each is judged as `solve` judges its answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from threatpoint.equilibrium.attempt import baseline, settle
from threatpoint.equilibrium.baselines import (
    EXACT,
    compared_with,
    nearby,
    stands_apart,
    stood,
)
from threatpoint.equilibrium.batch import WIDTH, accelerate_many, alike
from threatpoint.equilibrium.door import problem_of, require_same, wedges_of
from threatpoint.equilibrium.horizon import elasticities_for
from threatpoint.equilibrium.iterate import METHOD
from threatpoint.equilibrium.kept import calibrated
from threatpoint.equilibrium.members import members_of
from threatpoint.equilibrium.solutions import Solutions
from threatpoint.errors import (
    EquilibriumError,
    PolicyError,
    ThreatpointError,
    WorldError,
    require_type,
)
from threatpoint.policy.wedges import Wedges
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.attempt import Start
    from threatpoint.equilibrium.door import HasWedges
    from threatpoint.equilibrium.given import Given
    from threatpoint.equilibrium.problem import Problem
    from threatpoint.equilibrium.solution import Solution
    from threatpoint.equilibrium.system import System
    from threatpoint.policy import Instrument

    One = HasWedges | Wedges | Sequence[Instrument] | None
    Many = Sequence[Any] | Mapping[Any, Any]
    Reached = tuple[Array, list[float]]


def solve_many(
    economy: Economy,
    policies: One | Many = None,
    *,
    elasticities: Elasticities | Many | None = None,
    starts: Solution | Many | None = None,
    horizon: str = "long",
    deficits: str = "fixed",
    tolerance: float = 1e-10,
    rebase: bool = True,
    given: Given | Many | None = None,
) -> Solutions:
    """Counterfactual equilibria of an economy under many policies, elasticities or starts.

    A member without an equilibrium is a member with its reason; none is dropped. The same member
    gives the same bits whatever stands beside it. Answers are those of `solve` to the tolerance.

    Args:
        economy: a balanced baseline.
        policies: one for all, a list of them, or label -> policy, each as `solve` takes it. A list
            of instruments is a list of policies of one instrument.
        elasticities: the same of sets of elasticities; None: the economy's own.
        starts: the same of solutions to start from.
        horizon: as `solve`, for all members; so are the others.
        deficits: closure.
        tolerance: bound on every market's residual.
        rebase: under "balanced", compare with the baseline re-solved with trade balanced.
        given: one sector's prices and flows for all members, a list of them, or label -> `Given`.

    Raises:
        PolicyError, WorldError: as `solve`, with the member; lists that do not fit, or are empty.

    Example:
        >>> world = tp.load_world()
        >>> cuts = {left: tp.CutOff("USA", "CHN", enforcement=1 - left) for left in (0.0, 0.5)}
        >>> many, us = tp.solve_many(world, cuts), world.country("USA")
        >>> [round(float(found.welfare.percent[us]), 2) for found in many.values()]
        [-0.6, -0.28]
    """
    lists = {"policies": policies, "elasticities": elasticities, "starts": starts, "given": given}
    asked = Asking(economy, horizon, deficits, tolerance, rebase)
    members = members_of(lists)
    asked.stand(one["elasticities"] for one in members.values())
    tasks = {label: asked.task(label, len(members), **one) for label, one in members.items()}
    points = dict(_together(tasks))
    return Solutions({label: _settled(task, points.get(label)) for label, task in tasks.items()})


@dataclass(frozen=True, eq=False)
class Task:
    """One member: its problem, where it starts, and why it has no equilibrium if that is known."""

    problem: Problem
    start: Start
    failure: EquilibriumError | None = None


@dataclass(frozen=True, eq=False)
class Asking:
    """What all members share, as `solve_many` takes it."""

    economy: Economy
    horizon: str
    deficits: str
    tolerance: float
    rebase: bool
    _known: dict[int, tuple[Any, Wedges]] = field(default_factory=dict[int, "tuple[Any, Wedges]"])
    _stood: dict[Elasticities, Economy] = field(default_factory=dict["Elasticities", "Economy"])

    def stand(self, sets: Iterable[Any]) -> None:
        """Solve the standing worlds of sets that are none of the economy's own, together.

        One that has none is left out: its member says why.
        """
        require_type("economy", self.economy, Economy, WorldError)
        if not stands_apart(self.economy):
            return
        own = set(self.economy.elasticities.values())
        given = [x for x in sets if isinstance(x, Elasticities)]
        drawn = [x for x in dict.fromkeys(given) if x not in own]
        if drawn:
            self._stood.update(self._standing(drawn))

    def _standing(self, drawn: Sequence[Elasticities]) -> dict[Elasticities, Economy]:
        asked = self.economy.bare, Wedges.none(self.economy)
        try:
            found = solve_many(*asked, elasticities=drawn, horizon=self.horizon, tolerance=EXACT)
        except (PolicyError, WorldError):
            return {}  # what is wrong is said under the label of its member
        pairs = zip(drawn, found.values(), strict=True)
        return {x: stood(self.economy, one) for x, one in pairs if one.status.converged}

    def task(self, label: Hashable, of: int, **one: Any) -> Task:
        """One member of so many, checked; what is wrong with it is said under its label."""
        try:
            return self._task(**one)
        except ThreatpointError as error:
            if of == 1 or not isinstance(error, PolicyError | WorldError):
                raise
            raise type(error)(f"member {label!r}: {error}") from error

    def _task(self, policies: Any, elasticities: Any, starts: Any, given: Any) -> Task:
        values = elasticities_for(self.economy, self.horizon, elasticities)
        wedges, failure = self._wedges(policies), None
        try:
            stood_on = self._stood.get(values, self.economy)
            table = compared_with(stood_on, values, self.deficits, self.rebase)
        except EquilibriumError as error:
            table, failure = self.economy, error
        asked, shares = (self.deficits, self.tolerance), calibrated(table, values)
        try:
            problem = problem_of(shares, wedges, *asked, given, table)
        except EquilibriumError as error:  # the market behind `given` has none
            problem, failure = problem_of(shares, wedges, *asked, None, table), error
        about = (self.horizon, values, self.deficits, self.rebase, given)
        problem = replace(problem, near=nearby(self.economy, *about))
        if starts is not None:
            require_same(problem.calibration, starts)
        there = starts.stacked if starts is not None and starts.status.converged else baseline
        return Task(problem, there, failure)

    def _wedges(self, policy: Any) -> Wedges:
        """What a policy does; one policy for all members is composed once."""
        if id(policy) not in self._known:
            self._known[id(policy)] = (policy, wedges_of(self.economy, policy))
        return self._known[id(policy)][1]


def _together(tasks: Mapping[Hashable, Task]) -> Iterator[tuple[Hashable, tuple[System, Reached]]]:
    """The points to which the map takes members together, `WIDTH` at a time."""
    groups: dict[Hashable, list[tuple[Hashable, System]]] = defaultdict(list)
    for label, task in tasks.items():
        system = _free_system(task)
        if system is not None:
            key = (id(task.problem.guide), alike(system))
            groups[key].append((label, system))
    for members in groups.values():
        for k in range(0, len(members), WIDTH):
            yield from _passed(tasks, members[k : k + WIDTH])


def _free_system(task: Task) -> System | None:
    """The system of a member that can go through the map with others: guided so, and no quotas."""
    problem = task.problem
    if task.failure or problem.wedges.volume_limits:
        return None
    if problem.guide is None or not problem.guide.together:
        return None
    try:
        return problem.system[0]
    except EquilibriumError:
        return None  # said when it is solved alone


def _passed(
    tasks: Mapping[Hashable, Task], members: Sequence[tuple[Hashable, System]]
) -> Iterator[tuple[Hashable, tuple[System, Reached]]]:
    """At most `WIDTH` members that are alike."""
    systems = [system for _, system in members]
    starts = [tasks[label].start(system) for label, system in members]
    problem = tasks[members[0][0]].problem
    if problem.guide is not None:
        points = accelerate_many(systems, starts, problem.tolerance, problem.guide)
        for (label, system), point in zip(members, points, strict=True):
            yield label, (system, point)


def _settled(task: Task, reached: tuple[System, Reached] | None) -> Solution:
    """A member, judged where it has arrived, else solved alone; a failure is without numbers."""
    problem = task.problem
    try:
        if task.failure:
            raise task.failure
        if reached is None:
            return settle(problem, task.start)
        system, (z, history) = reached
        found = problem.judged(system, z, METHOD, history)
        return found if found.status.converged else settle(problem, task.start)
    except EquilibriumError as error:
        return problem.unsolved(error)
