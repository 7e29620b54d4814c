"""Outcome: one counterfactual, solved, or the reason why it has no equilibrium."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from threatpoint.analysis.cases import Case
from threatpoint.equilibrium.horizon import elasticities_for
from threatpoint.equilibrium.results import together
from threatpoint.oil.solve import solve_many
from threatpoint.strategy.regime import regime_of
from threatpoint.views import Shown
from threatpoint.words import HORIZONS, when_words

if TYPE_CHECKING:
    from threatpoint.equilibrium import Solution
    from threatpoint.policy import Policy, Rule
    from threatpoint.world.economy import Economy

ON_REQUEST = ("abrupt",)
"""Horizons that pages and games leave out: one more costs a game a third more, and a page begins
with the first year."""
ANSWERED = "retaliation"
"""End of the key of an outcome with retaliation."""


@dataclass(frozen=True, eq=False)
class Outcome(Shown):
    """One counterfactual.

    Attributes:
        key: short name, stable across runs.
        title: what it is, for a table row.
        note: why it is shown, and the source or prior behind it.
        policy: the policy in words.
        targets: codes of the economies hit.
        solution: the equilibrium; None if there is none.
        failure: why there is none, else "".
        answered: the same with the stated retaliation of all targets; None where none is stated.
    """

    key: str
    title: str
    note: str
    policy: str
    targets: tuple[str, ...]
    solution: Solution | None
    failure: str = ""
    answered: Outcome | None = None

    def percent(self, code: str, before_tariffs: bool = False) -> float:
        """Exact real-income change of a country or a group as one, %; NaN without equilibrium.

        With `before_tariffs`, of real income before tariff revenue.
        """
        return self._change(code, before_tariffs)[0]

    def money(self, code: str, before_tariffs: bool = False) -> float:
        """The same in the economy's money unit; NaN without an equilibrium."""
        return self._change(code, before_tariffs)[1]

    def _change(self, code: str, before_tariffs: bool) -> tuple[float, float]:
        """Percent and money."""
        if self.solution is None or self.solution.economy is None:
            return math.nan, math.nan
        economy = self.solution.economy
        members = (code,) if code in economy.countries else economy.groups.get(code, (code,))
        return together(self.solution, members, before_tariffs)

    def rank(self, sender: str) -> Literal["all", "none", "some"] | None:
        """Whether an economy loses more, in percent, than all, none or some of the targets.

        None when there is no result, no target, or the code is "" (several send the threat).
        """
        if self.solution is None or not self.targets or not sender:
            return None
        mine = self.percent(sender)
        less = sum(self.percent(code) > mine for code in self.targets)
        return "all" if less == len(self.targets) else "some" if less else "none"


@dataclass(frozen=True)
class Plan:
    """What is done: all targets punished, and the same with what they do in return.

    Attributes:
        policy: the punishment.
        targets: codes of the economies hit.
        answered: punishment and stated retaliation of all targets; None where none is stated.
        regime: of the oil market; "" for none.
    """

    policy: Policy
    targets: tuple[str, ...]
    answered: Policy | None = None
    regime: str = ""

    @classmethod
    def of(cls, rule: Rule, economy: Economy) -> Plan:
        """The plan of a rule; raises `PolicyError` as `Rule.policy`."""
        back = (
            rule.policy(economy, retaliating=rule.parties(economy)) if rule.retaliations else None
        )
        regime = regime_of(economy, rule)
        return cls(rule.policy(economy), rule.targets(economy), back, regime)


def solve_outcome(
    key: str, title: str, note: str, plan: Plan, economy: Economy, horizon: str, deficits: str
) -> Outcome:
    """Solve one counterfactual, without and with retaliation; a failure is its reason."""
    return solve_cases(plan, [Case(key, title, note, economy, horizon, deficits)])[0]


def solve_cases(plan: Plan, cases: Iterable[Case]) -> tuple[Outcome, ...]:
    """A plan under each case, see `solve_planned`."""
    return solve_planned((plan, case) for case in cases)


def solve_planned(asked: Iterable[tuple[Plan, Case]]) -> tuple[Outcome, ...]:
    """Each plan under its case, without and with retaliation; a failure is its reason.

    Those of one baseline, closure and regime are solved together.
    """
    each = tuple(asked)
    plain = _solved([Task(plan, plan.policy, case) for plan, case in each])
    back = {
        k: _answer(plan, plan.answered, case)
        for k, (plan, case) in enumerate(each)
        if plan.answered is not None
    }
    again = dict(zip(back, _solved(list(back.values())), strict=True))
    return tuple(replace(o, answered=again.get(k)) for k, o in enumerate(plain))


class Task(NamedTuple):
    """A policy of a plan under a case."""

    plan: Plan
    policy: Policy
    case: Case


def _answer(plan: Plan, answered: Policy, case: Case) -> Task:
    """The plan with its retaliation."""
    key, title = f"{case.key}-{ANSWERED}", f"{case.title}, with retaliation"
    return Task(plan, answered, replace(case, key=key, title=title))


def _solved(tasks: Sequence[Task]) -> tuple[Outcome, ...]:
    """One outcome for each, in their order."""
    groups: dict[tuple[int, str, str], dict[int, Task]] = {}
    for k, task in enumerate(tasks):
        key = (id(task.case.economy), task.case.deficits, task.plan.regime)
        groups.setdefault(key, {})[k] = task
    found: dict[int, Outcome] = {}
    for group in groups.values():
        for (k, task), solution in zip(group.items(), _solutions(group), strict=True):
            about = (task.case.key, task.case.title, task.case.note, task.policy.describe())
            solved = solution if solution.status.converged else None
            found[k] = Outcome(*about, task.plan.targets, solved, solution.status.message)
    return tuple(found[k] for k in range(len(tasks)))


def _solutions(group: Mapping[int, Task]) -> Iterable[Solution]:
    """The solutions of tasks that differ in policy and elasticities alone."""
    first = next(iter(group.values()))
    economy, regime = first.case.economy, first.plan.regime
    return solve_many(
        economy,
        {k: task.policy for k, task in group.items()},
        elasticities={
            k: elasticities_for(economy, task.case.elasticities) for k, task in group.items()
        },
        deficits=first.case.deficits,
        opec=regime,
    ).values()


def with_answers(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Each outcome, followed by the same with retaliation where one is stated."""
    return tuple(o for each in outcomes for o in (each, each.answered) if o is not None)


def horizons_of(economy: Economy) -> tuple[str, ...]:
    """The horizons that the economy has elasticities for, the shortest first."""
    return tuple(name for name in HORIZONS if name in economy.elasticities)


def page_horizons(economy: Economy, asked: str = "") -> tuple[str, ...]:
    """Those that pages and games solve: all but `ON_REQUEST`, unless such a one is asked for."""
    return tuple(name for name in horizons_of(economy) if name not in ON_REQUEST or name == asked)


def by_horizon(
    main: Outcome, plan: Plan, economy: Economy, horizon: str, deficits: str
) -> Mapping[str, Outcome]:
    """The main threat at every horizon of a page; the one solved already is not solved again."""
    found = _at(page_horizons(economy, horizon), plan, economy, horizon, deficits)
    return MappingProxyType(
        {name: found.get(name, main) for name in page_horizons(economy, horizon)}
    )


def on_request(plan: Plan, economy: Economy, horizon: str, deficits: str) -> Mapping[str, Outcome]:
    """The main threat at the other horizons, which stand behind a fold."""
    page = page_horizons(economy, horizon)
    names = [name for name in horizons_of(economy) if name not in page]
    return MappingProxyType(_at(names, plan, economy, horizon, deficits))


def _at(
    names: Sequence[str], plan: Plan, economy: Economy, horizon: str, deficits: str
) -> dict[str, Outcome]:
    """Horizon -> outcome, of those that are not solved already."""
    others = [
        Case(f"horizon-{name}", when_words(name), sets.source, economy, name, deficits)
        for name, sets in economy.elasticities.items()
        if name in names and name != horizon
    ]
    found = solve_cases(plan, others)
    return {case.elasticities: o for case, o in zip(others, found, strict=True)}
