"""From a situation to its answers: every equilibrium the brief and the command line read.

The brief computes nothing; what it shows is solved here. A scenario that has no equilibrium is
kept with its reason, never dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from threatpoint.equilibrium import Solution
    from threatpoint.policy.buyers import Buyer
    from threatpoint.situation.claims import ClaimCheck
    from threatpoint.situation.schema import Situation
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
