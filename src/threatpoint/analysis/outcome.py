"""Outcome: one counterfactual, solved, or the reason why it has no equilibrium."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from threatpoint.analysis.cases import Case
from threatpoint.equilibrium import solve_many
from threatpoint.equilibrium.horizon import elasticities_for
from threatpoint.equilibrium.results import together
from threatpoint.oil.regime import oil_supply
from threatpoint.words import HORIZONS, when_words

if TYPE_CHECKING:
    from threatpoint.equilibrium import Solution
    from threatpoint.equilibrium.supply import Supply
    from threatpoint.policy import Policy, Rule
    from threatpoint.world.economy import Economy

ANSWERED = "retaliation"
"""End of the key of an outcome with retaliation."""


@dataclass(frozen=True, eq=False)
class Outcome:
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

    def percent(self, code: str) -> float:
        """Exact real-income change of a country or a group as one, %; NaN without equilibrium."""
        return self._change(code)[0]

    def money(self, code: str) -> float:
        """The same in the economy's money unit; NaN without an equilibrium."""
        return self._change(code)[1]

    def _change(self, code: str) -> tuple[float, float]:
        """Percent and money."""
        if self.solution is None or self.solution.economy is None:
            return math.nan, math.nan
        economy = self.solution.economy
        members = (code,) if code in economy.countries else economy.groups.get(code, (code,))
        return together(self.solution, members)

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
        return cls(rule.policy(economy), rule.targets(economy), back, rule.regime)


def solve_outcome(
    key: str, title: str, note: str, plan: Plan, economy: Economy, horizon: str, deficits: str
) -> Outcome:
    """Solve one counterfactual, without and with retaliation; a failure is its reason."""
    return solve_cases(plan, [Case(key, title, note, economy, horizon, deficits)])[0]


def solve_cases(plan: Plan, cases: Iterable[Case]) -> tuple[Outcome, ...]:
    """A plan under each case, without and with retaliation; a failure is its reason.

    Cases of one baseline and closure are solved together.
    """
    each = tuple(cases)
    plain = _solved(plan, plan.policy, each)
    if plan.answered is None:
        return plain
    again = [
        replace(case, key=f"{case.key}-{ANSWERED}", title=f"{case.title}, with retaliation")
        for case in each
    ]
    both = zip(plain, _solved(plan, plan.answered, again), strict=True)
    return tuple(replace(outcome, answered=answered) for outcome, answered in both)


def _solved(plan: Plan, policy: Policy, cases: Sequence[Case]) -> tuple[Outcome, ...]:
    """One outcome for each case, in their order."""
    groups: dict[tuple[int, str], dict[int, Case]] = {}
    for k, case in enumerate(cases):
        groups.setdefault((id(case.economy), case.deficits), {})[k] = case
    found: dict[int, Outcome] = {}
    for group in groups.values():
        for (k, case), solution in zip(group.items(), _solutions(plan, policy, group), strict=True):
            about = (case.key, case.title, case.note, policy.describe(), plan.targets)
            solved = solution if solution.status.converged else None
            found[k] = Outcome(*about, solved, solution.status.message)
    return tuple(found[k] for k in range(len(cases)))


def _solutions(plan: Plan, policy: Policy, group: Mapping[int, Case]) -> Iterable[Solution]:
    """The solutions of cases that differ in elasticities alone."""
    economy, deficits = next((case.economy, case.deficits) for case in group.values())
    supply = oil_supply(economy, plan.regime) if plan.regime else None
    sets = {k: elasticities_for(economy, case.elasticities) for k, case in group.items()}
    return solve_many(economy, policy, elasticities=sets, deficits=deficits, supply=supply).values()


def with_answers(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Each outcome, followed by the same with retaliation where one is stated."""
    return tuple(o for each in outcomes for o in (each, each.answered) if o is not None)


def market_supply(economy: Economy) -> Supply | None:
    """The oil market's limits (shut-in price, what one origin can deliver), where there is one.

    Owners of idle capacity answer the price like others. The game and the talks are solved with it,
    since complying moves oil; a cut-off of other trade is not.
    """
    return oil_supply(economy) if "crude" in economy.markets else None


def horizons_of(economy: Economy) -> tuple[str, ...]:
    """The horizons that the economy has elasticities for, short to long."""
    return tuple(name for name in HORIZONS if name in economy.elasticities)


def by_horizon(
    main: Outcome, plan: Plan, economy: Economy, horizon: str, deficits: str
) -> Mapping[str, Outcome]:
    """The main threat at every horizon; the one solved already is not solved again."""
    others = [
        Case(f"horizon-{name}", when_words(name), sets.source, economy, name, deficits)
        for name, sets in economy.elasticities.items()
        if name in horizons_of(economy) and name != horizon
    ]
    found = {
        case.elasticities: o for case, o in zip(others, solve_cases(plan, others), strict=True)
    }
    return MappingProxyType({name: found.get(name, main) for name in horizons_of(economy)})
