"""From a situation to its answers: every equilibrium the brief and the command line read.

The brief computes nothing; what it shows is solved here. A scenario that has no equilibrium is
kept with its reason, never dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium import solve
from threatpoint.equilibrium.results import assumptions
from threatpoint.errors import EquilibriumError, PolicyError
from threatpoint.world.horizons import cases_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from threatpoint.equilibrium import Solution
    from threatpoint.policy import Policy
    from threatpoint.policy.buyers import Buyer
    from threatpoint.situation.claims import ClaimCheck
    from threatpoint.situation.model import Scenario, Situation
    from threatpoint.world.economy import Economy


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
    """

    key: str
    title: str
    note: str
    policy: str
    targets: tuple[str, ...]
    solution: Solution | None
    failure: str = ""

    def percent(self, code: str) -> float:
        """Exact real-income change of a country, %; NaN without an equilibrium."""
        if self.solution is None or self.solution.economy is None:
            return float("nan")
        return float(self.solution.welfare.percent[self.solution.economy.country(code)])

    def money(self, code: str) -> float:
        """The same in the economy's money unit; NaN without an equilibrium."""
        if self.solution is None or self.solution.economy is None:
            return float("nan")
        return float(self.solution.welfare.usd[self.solution.economy.country(code)])


@dataclass(frozen=True, eq=False)
class Analysis:
    """Everything known about a situation.

    Attributes:
        situation, economy: the input.
        horizon, deficits: of the main outcome and the scenarios.
        buyers: every economy's purchases with the verdict on it.
        main: the main threat carried out against all its targets.
        scenarios: other readings of the threat, as the situation file lists them.
        variants: the main threat under other assumptions (closure, elasticities, tariffs).
        ranges: country -> (lowest, highest) real-income change in % over main and variants.
        claims: the checked figures.
        assumptions: what carries the main outcome.
    """

    situation: Situation
    economy: Economy
    horizon: str
    deficits: str
    buyers: tuple[Buyer, ...]
    main: Outcome
    scenarios: tuple[Outcome, ...]
    variants: tuple[Outcome, ...]
    ranges: Mapping[str, tuple[float, float]]
    claims: tuple[ClaimCheck, ...]
    assumptions: Mapping[str, Any]


CLOSURES = {
    "fixed": "trade deficits kept in units of world value added",
    "balanced": "trade balanced in every country, in the baseline too",
    "proportional": "trade deficits in proportion to income",
}


def analyse(
    situation: Situation,
    economy: Economy,
    *,
    horizon: str = "long",
    deficits: str = "fixed",
    alternatives: Mapping[str, Economy] | None = None,
) -> Analysis:
    """Solve a situation: the main threat, its other readings, and other assumptions.

    Args:
        situation: from `load_situation`.
        economy: the baseline.
        horizon: set of elasticities of the main outcome.
        deficits: closure of the main outcome.
        alternatives: other baselines with the same labels, by their words; each becomes a variant.

    Raises:
        PolicyError: the situation does not fit the economy (unknown labels, a rule that hits
            nobody). A missing equilibrium is no error: the outcome carries its reason.
        WorldError: unknown horizon.
    """
    rule = situation.policy
    targets = rule.targets(economy)
    policy = rule.policy(economy)
    words = situation.words[situation.main]
    main = _outcome("main", words, "the main threat", policy, targets, economy, horizon, deficits)
    variants = _variants(main, policy, economy, horizon, deficits, alternatives or {})
    return Analysis(
        situation=situation,
        economy=economy,
        horizon=horizon,
        deficits=deficits,
        buyers=tuple(rule.buyers(economy)),
        main=main,
        scenarios=tuple(
            _scenario(scenario, economy, horizon, deficits)
            for scenario in situation.scenarios.values()
        ),
        variants=variants,
        ranges=_ranges(economy, (main, *variants)),
        claims=tuple(situation.check(economy)),
        assumptions={} if main.solution is None else assumptions(main.solution),
    )


def _outcome(
    key: str,
    title: str,
    note: str,
    policy: Policy,
    targets: tuple[str, ...],
    economy: Economy,
    horizon: str,
    deficits: str,
) -> Outcome:
    """Solve one counterfactual; a typed failure becomes its reason."""
    solution, failure = None, ""
    try:
        solution = solve(economy, policy, horizon=horizon, deficits=deficits)
    except EquilibriumError as error:
        failure = str(error)
    return Outcome(key, title, note, policy.describe(), targets, solution, failure)


def _scenario(scenario: Scenario, economy: Economy, horizon: str, deficits: str) -> Outcome:
    """One other reading; a rule that cannot be applied to this economy is kept with its reason."""
    try:
        policy, targets = scenario.rule.policy(economy), scenario.rule.targets(economy)
    except PolicyError as error:
        return Outcome(scenario.name, scenario.label, "", "", (), None, str(error))
    return _outcome(scenario.name, scenario.label, "", policy, targets, economy, horizon, deficits)


def _variants(
    main: Outcome,
    policy: Policy,
    economy: Economy,
    horizon: str,
    deficits: str,
    alternatives: Mapping[str, Economy],
) -> tuple[Outcome, ...]:
    """The main threat with one assumption changed at a time."""
    hit, found = main.targets, list[Outcome]()
    for closure, words in CLOSURES.items():
        if closure != deficits:
            args = ("deficit closure", policy, hit, economy, horizon, closure)
            found.append(_outcome(f"deficits-{closure}", words, *args))
    for name in cases_of(horizon, economy.elasticities):
        title = f"{name.replace('-', ' ')} trade elasticities"
        args = (policy, main.targets, economy, name, deficits)
        note = economy.elasticities[name].source
        found.append(_outcome(f"elasticities-{name}", title, note, *args))
    for words, base in alternatives.items():
        args = (policy, main.targets, base, horizon, deficits)
        found.append(_outcome(f"baseline-{words}", words, "another table, rebalanced", *args))
    return tuple(found)


def _ranges(economy: Economy, outcomes: tuple[Outcome, ...]) -> dict[str, tuple[float, float]]:
    """Country -> lowest and highest real-income change over outcomes with an equilibrium."""
    solved = [o for o in outcomes if o.solution is not None]
    if not solved:
        return {}
    table = np.array([[o.percent(code) for code in economy.countries] for o in solved])
    low, high = table.min(axis=0), table.max(axis=0)
    return {code: (float(low[n]), float(high[n])) for n, code in enumerate(economy.countries)}
