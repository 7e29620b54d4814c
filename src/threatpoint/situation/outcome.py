"""Outcome: one counterfactual, solved, or the reason why it has no equilibrium."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from threatpoint.equilibrium import solve
from threatpoint.equilibrium.oil_regime import oil_supply
from threatpoint.errors import EquilibriumError
from threatpoint.horizon_words import HORIZONS, when_words

if TYPE_CHECKING:
    from threatpoint.equilibrium import Solution
    from threatpoint.equilibrium.supply import Supply
    from threatpoint.policy import Policy
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


def solve_outcome(
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
    main: Outcome, policy: Policy, economy: Economy, horizon: str, deficits: str
) -> Mapping[str, Outcome]:
    """The main threat at every horizon; the one solved already is not solved again."""
    return MappingProxyType(
        {
            name: main
            if name == horizon
            else solve_outcome(
                f"horizon-{name}",
                when_words(name),
                economy.elasticities[name].source,
                policy,
                main.targets,
                economy,
                name,
                deficits,
            )
            for name in horizons_of(economy)
        }
    )
