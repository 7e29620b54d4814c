"""Expected: what to expect of the threat that was made first, as one world, and the talks in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from threatpoint.errors import TalksError
from threatpoint.strategy.game import DEFY
from threatpoint.strategy.worlds import in_usd_bn, solve_world
from threatpoint.talks.talks import solve_talks
from threatpoint.talks.threat_link import sanction_flow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threatpoint.analysis.options import Option
    from threatpoint.situation.model import Situation
    from threatpoint.strategy.store import World
    from threatpoint.talks.talks import TalksResult


@dataclass(frozen=True, eq=False)
class Expected:
    """The first threat with every target as expected of it.

    Attributes:
        option: the threat.
        profile: a letter a target; who is unknown goes on and is spared.
        world: of the profile, in the first year.
        talks: with what that world takes from the attacker; None without [talks], or unknown.
        failure: why there are no talks where the file has some, else "".
    """

    option: Option
    profile: str
    world: World
    talks: TalksResult | None = None
    failure: str = ""


def solve_expected(situation: Situation, options: Sequence[Option]) -> Expected | None:
    """None without a threat that asks for something."""
    threats = [option for option in options if option.key in situation.threats]
    if not threats:
        return None
    option = threats[0]
    profile = "".join(fate or DEFY for fate in option.fates.values())
    world = solve_world(option.game.question, profile)
    if situation.talks is None:
        return Expected(option, profile, world)
    try:
        talks, failure = _talks(situation, option, world), world.reason
    except TalksError as error:
        talks, failure = None, str(error)
    return Expected(option, profile, world, talks, failure)


def _talks(situation: Situation, option: Option, world: World) -> TalksResult | None:
    """The talks of the world; None without an equilibrium.

    Raises:
        TalksError: an attacker that the economy does not have; a prior out of bounds.
    """
    given, economy = situation.talks, option.game.question.economy
    if given is None or world.reason:
        return None
    if given.attacker not in economy.countries:
        raise TalksError(f"{given.attacker} is not in the table, so what it loses is not known")
    change = in_usd_bn(float(world.change[economy.country(given.attacker)]), economy)
    return solve_talks(given.priors, sanction_flow(0.0, change), area=given.area)
