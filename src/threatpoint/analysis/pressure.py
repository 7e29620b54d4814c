"""Pressure: what the threat does to the talks, by horizon.

s_R is what peace brings the attacker because it ends the punishment of its buyers. Two cases are
solved: the threat carried out on all targets that go on buying, and all targets complying. Ranges
are over the horizons, closures, sets of elasticities and baselines that were solved.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from threatpoint.analysis.added import CARRIED_OUT, COMPLIED, Added, Flows, overall
from threatpoint.analysis.cases import Case, cases
from threatpoint.analysis.outcome import page_horizons
from threatpoint.errors import PolicyError, TalksError
from threatpoint.oil.solve import solve
from threatpoint.quantity import Quantity
from threatpoint.strategy import pose
from threatpoint.strategy.game import COMPLY
from threatpoint.strategy.regime import regime_of
from threatpoint.talks.curves import line_by_sanction
from threatpoint.talks.talks import TalksResult, solve_talks
from threatpoint.talks.threat_link import income_change, sanction_flow
from threatpoint.words import when_words

if TYPE_CHECKING:
    from threatpoint.policy import Policy
    from threatpoint.situation.model import Situation
    from threatpoint.tables import Row
    from threatpoint.world.economy import Economy

UNIT = "USD bn/month"
POINTS, LEAST_SPAN = 41, 4.0
"""Of the line by sanctions: points, and USD bn a month that it spans at least."""


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
        horizon: of the main outcome.
    """

    attacker: str
    talks: TalksResult
    carried_out: Flows = field(default_factory=dict[str, Quantity])
    complied: Flows = field(default_factory=dict[str, Quantity])
    talks_carried_out: TalksResult | None = None
    talks_complied: TalksResult | None = None
    failure: str = ""
    horizon: str = ""

    @property
    def gap(self) -> float:
        """s_R* - s_R without the threat, USD bn per month; at the central priors, 0 or more."""
        return self.talks.numbers["sanction missing"].value

    @property
    def cases(self) -> list[Added]:
        """What was solved, carried out first."""
        flows = {CARRIED_OUT: self.carried_out, COMPLIED: self.complied}
        return [Added(case, f, self.gap, self.horizon) for case, f in flows.items() if f]

    @cached_property
    def line(self) -> Sequence[Row]:
        """Rows of `line_by_sanction`, from 0 or what the threat adds to twice what is missing."""
        least = min((added.stated.value for added in self.cases), default=0.0)
        start, end = (
            math.floor(2.0 * min(least, 0.0)) / 2.0,
            math.ceil(max(2.0 * self.gap, LEAST_SPAN)),
        )
        grid = {start + (end - start) * k / (POINTS - 1) for k in range(POINTS)}
        return line_by_sanction(self.talks.priors, sorted(grid | {0.0}))


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
    about = (horizon, deficits, alternatives, given.attacker)
    try:
        carried = _flows(situation, economy, *about, False)
        complied = _flows(situation, economy, *about, True)
    except (TalksError, PolicyError) as error:
        return Pressure(given.attacker, free, failure=str(error), horizon=horizon)
    hit, stopped = (
        solve_talks(given.priors, overall(flows, horizon), area=given.area) if flows else None
        for flows in (carried, complied)
    )
    return Pressure(given.attacker, free, carried, complied, hit, stopped, horizon=horizon)


def _flows(
    situation: Situation,
    economy: Economy,
    first: str,
    deficits: str,
    alternatives: Mapping[str, Economy],
    attacker: str,
    comply: bool,
) -> Flows:
    """Horizon -> s_R added, with its range; a horizon whose central case fails is left out."""
    if comply and situation.policy.when is None:
        return {}
    found: dict[str, Quantity] = {}
    for horizon in page_horizons(economy, first):
        others = {words: e for words, e in alternatives.items() if horizon in e.elasticities}
        tried = cases(economy, horizon, deficits, others)
        flows = [_flow(situation, case, attacker, comply) for case in tried]
        central, known = flows[0], [flow for flow in flows if flow is not None]
        if central is not None:
            words = "all targets comply" if comply else "the threat carried out"
            source = f"{words}, {when_words(horizon)}; range over {len(known)} equilibria"
            found[horizon] = Quantity(central, min(known), max(known), UNIT, "a month", source)
    return MappingProxyType(found)


def _flow(situation: Situation, case: Case, attacker: str, comply: bool) -> float | None:
    """s_R of one case, USD bn per month; None without an equilibrium.

    Raises:
        TalksError, PolicyError: an attacker or a unit that the baseline does not have.
    """
    economy = case.economy
    policy = _policy(situation, economy, case.elasticities, comply)
    how = {"horizon": case.elasticities, "deficits": case.deficits, "throw": False}
    solution = solve(economy, policy, opec=regime_of(economy, situation.policy), **how)
    if not solution.status.converged:
        return None
    return float(sanction_flow(0.0, income_change(solution, attacker)))


def _policy(situation: Situation, economy: Economy, horizon: str, comply: bool) -> Policy:
    """What happens to trade: everybody punished, or everybody stops buying."""
    if not comply:
        return situation.policy.policy(economy)
    question = pose(economy, situation.policy, horizon=horizon)
    return question.policy(COMPLY * len(question.parties))
