"""Pressure: what the threat does to the talks, by horizon.

s_R is what peace brings the attacker because it ends the punishment of its buyers. Two cases are
solved: the threat carried out on all targets that go on buying, and all targets complying. Ranges
are over the horizons, closures, sets of elasticities and baselines that were solved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from threatpoint.analysis.outcome import horizons_of, market_supply
from threatpoint.equilibrium import solve
from threatpoint.errors import PolicyError, TalksError
from threatpoint.quantity import Quantity
from threatpoint.strategy import pose
from threatpoint.strategy.game import COMPLY
from threatpoint.talks.talks import TalksResult, solve_talks
from threatpoint.talks.threat_link import income_change, sanction_flow
from threatpoint.words import CLOSURES, when_words
from threatpoint.world.horizons import cases_of

if TYPE_CHECKING:
    from threatpoint.policy import Policy
    from threatpoint.situation.model import Situation
    from threatpoint.world.economy import Economy

UNIT = "USD bn/month"
Flows = Mapping[str, Quantity]
Case = tuple["Economy", str, str]
"""Baseline, set of elasticities, closure."""


@dataclass(frozen=True, eq=False)
class Pressure:
    """What the threat adds to s_R, and the talks with it.

    Attributes:
        attacker: whose income it is.
        carried_out, complied: horizon -> s_R added, USD bn per month, with its range over closures,
            elasticities and baselines; below 0 the attacker gains. Empty where nothing was solved.
        talks, talks_carried_out, talks_complied: the talks without the threat, with it carried out,
            with all targets complying; the last two None where there is no flow.
        failure: why there are no flows, else "".
    """

    attacker: str
    talks: TalksResult
    carried_out: Flows = field(default_factory=dict[str, Quantity])
    complied: Flows = field(default_factory=dict[str, Quantity])
    talks_carried_out: TalksResult | None = None
    talks_complied: TalksResult | None = None
    failure: str = ""

    @property
    def gap(self) -> float:
        """s_R* - s_R without the threat, USD bn per month; at the central priors, 0 or more."""
        return self.talks.numbers["sanction missing"].value

    def gap_share(self, added: float) -> float:
        """Part of the gap that an addition to s_R closes; below 0 it opens it; NaN where none."""
        return added / self.gap if self.gap > 0 else float("nan")


def solve_pressure(
    situation: Situation,
    economy: Economy,
    horizon: str,
    deficits: str,
    alternatives: Mapping[str, Economy],
) -> Pressure | None:
    """The talks without and with the threat; None without [talks].

    The talks take the flow at `horizon`, with the range over all horizons.

    Raises:
        PolicyError: the main threat does not fit the economy.
        TalksError: a prior out of bounds.
    """
    given = situation.talks
    if given is None:
        return None
    free = solve_talks(given.priors, area=given.area)
    try:
        carried = _flows(situation, economy, deficits, alternatives, given.attacker, False)
        complied = _flows(situation, economy, deficits, alternatives, given.attacker, True)
    except (TalksError, PolicyError) as error:
        return Pressure(given.attacker, free, failure=str(error))
    talks = [
        solve_talks(given.priors, overall(flows, horizon), area=given.area) if flows else None
        for flows in (carried, complied)
    ]
    return Pressure(given.attacker, free, carried, complied, talks[0], talks[1])


def overall(flows: Flows, horizon: str) -> Quantity:
    """The flow at a horizon (the longest solved, if that has none), ranged over all horizons."""
    central = flows.get(horizon) or list(flows.values())[-1]
    low = min(flow.low for flow in flows.values())
    high = max(flow.high for flow in flows.values())
    return Quantity(central.value, low, high, UNIT, central.period, central.source)


def _flows(
    situation: Situation,
    economy: Economy,
    deficits: str,
    alternatives: Mapping[str, Economy],
    attacker: str,
    comply: bool,
) -> Flows:
    """Horizon -> s_R added, with its range; a horizon whose central case fails is left out."""
    if comply and situation.policy.when is None:
        return {}
    found: dict[str, Quantity] = {}
    for horizon in horizons_of(economy):
        cases = list(_cases(economy, horizon, deficits, alternatives))
        flows = [_flow(situation, case, attacker, comply) for case in cases]
        central, known = flows[0], [flow for flow in flows if flow is not None]
        if central is not None:
            words = "all targets comply" if comply else "the threat carried out"
            source = f"{words}, {when_words(horizon)}; range over {len(known)} equilibria"
            found[horizon] = Quantity(central, min(known), max(known), UNIT, "a month", source)
    return MappingProxyType(found)


def _cases(
    economy: Economy, horizon: str, deficits: str, alternatives: Mapping[str, Economy]
) -> Iterator[Case]:
    """The central case of a horizon first, then one assumption changed at a time."""
    yield economy, horizon, deficits
    for closure in CLOSURES:
        if closure != deficits:
            yield economy, horizon, closure
    for name in cases_of(horizon, economy.elasticities):
        yield economy, name, deficits
    for other in alternatives.values():
        if horizon in other.elasticities:
            yield other, horizon, deficits


def _flow(situation: Situation, case: Case, attacker: str, comply: bool) -> float | None:
    """s_R of one case, USD bn per month; None without an equilibrium.

    Raises:
        TalksError, PolicyError: an attacker or a unit that the baseline does not have.
    """
    economy, elasticities, closure = case
    policy = _policy(situation, economy, elasticities, comply)
    supply = market_supply(economy)
    solution = solve(
        economy, policy, horizon=elasticities, deficits=closure, supply=supply, throw=False
    )
    if not solution.status.converged:
        return None
    return float(sanction_flow(0.0, income_change(solution, attacker)))


def _policy(situation: Situation, economy: Economy, horizon: str, comply: bool) -> Policy:
    """What happens to trade: everybody punished, or everybody stops buying."""
    if not comply:
        return situation.policy.policy(economy)
    question = pose(economy, situation.policy, horizon=horizon)
    return question.policy(COMPLY * len(question.parties))
