"""Pressure: what the threat costs the attacker a month, and the talks with it.

Two cases are solved at the horizon of the main outcome: the threat carried out on all targets that
go on buying, and all targets giving in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from threatpoint.analysis.talks_drawn import draw_talks
from threatpoint.errors import PolicyError, TalksError
from threatpoint.oil.solve import solve
from threatpoint.strategy import pose
from threatpoint.strategy.game import COMPLY
from threatpoint.strategy.regime import regime_of
from threatpoint.strategy.worlds import in_usd_bn
from threatpoint.talks.attacker import MONTHS

if TYPE_CHECKING:
    from threatpoint.policy import Policy
    from threatpoint.situation.model import Situation
    from threatpoint.talks.talks import TalksResult
    from threatpoint.world.economy import Economy

NOTHING, CARRIED_OUT, COMPLIED = "nothing", "threat carried out", "all targets give in"
"""Levers of a page without draws of the whole chain."""


@dataclass(frozen=True, eq=False)
class Pressure:
    """The talks under the threat.

    Attributes:
        attacker: whose income it is.
        talks: over the draws of the priors; levers are those of this module that were solved.
        failure: why one is missing, else "".
    """

    attacker: str
    talks: TalksResult
    failure: str = ""


def solve_pressure(
    situation: Situation, economy: Economy, horizon: str, deficits: str
) -> Pressure | None:
    """The talks without and with the threat; None without [talks].

    Raises:
        TalksError: a prior out of bounds.
    """
    given = situation.talks
    if given is None:
        return None
    losses, failure = {NOTHING: 0.0}, ""
    try:
        losses |= _losses(situation, economy, horizon, deficits, given.attacker)
    except (TalksError, PolicyError) as error:
        failure = str(error)
    return Pressure(given.attacker, draw_talks(given, losses), failure)


def _losses(
    situation: Situation, economy: Economy, horizon: str, deficits: str, attacker: str
) -> Iterator[tuple[str, float]]:
    """Lever -> what it costs the attacker, USD bn a month; without equilibrium it is left out.

    Raises:
        TalksError, PolicyError: an attacker or a policy that the baseline does not have.
    """
    if attacker not in economy.countries:
        raise TalksError(f"{attacker} is not in the table, so what it loses is not known")
    how = {"horizon": horizon, "deficits": deficits, "throw": False}
    for lever, policy in _policies(situation, economy, horizon):
        found = solve(economy, policy, opec=regime_of(economy, situation.policy), **how)
        if found.status.converged:
            change = float(found.welfare.usd[economy.country(attacker)])
            yield lever, -in_usd_bn(change, economy) / MONTHS


def _policies(situation: Situation, economy: Economy, horizon: str) -> Iterator[tuple[str, Policy]]:
    """What happens to trade: everybody punished, or everybody stops buying."""
    yield CARRIED_OUT, situation.policy.policy(economy)
    if situation.policy.when is not None:
        question = pose(economy, situation.policy, horizon=horizon)
        yield COMPLIED, question.policy(COMPLY * len(question.parties))
