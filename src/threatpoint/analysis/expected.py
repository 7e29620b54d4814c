"""Expected: what to expect of the threat that was made first, as one world, and the talks in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from threatpoint.analysis.talks_drawn import draw_talks
from threatpoint.errors import TalksError
from threatpoint.strategy.game import DEFY
from threatpoint.strategy.worlds import in_usd_bn, solve_world
from threatpoint.talks.attacker import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threatpoint.analysis.options import Option
    from threatpoint.situation.model import Situation
    from threatpoint.strategy.store import World
    from threatpoint.talks.freeze import Chance


EXPECTED = "as expected"


@dataclass(frozen=True, eq=False)
class Expected:
    """The first threat with every target as expected of it.

    Attributes:
        option: the threat.
        profile: a letter a target; who is unknown goes on and is spared.
        world: of the profile, in the first year.
        freeze: how likely one is with what that world takes from the attacker; None without
            [talks], or unknown.
        failure: why it is not known where the file has talks, else "".
    """

    option: Option
    profile: str
    world: World
    freeze: Chance | None = None
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
        freeze, failure = _freeze(situation, option, world), world.reason
    except TalksError as error:
        freeze, failure = None, str(error)
    return Expected(option, profile, world, freeze, failure)


def _freeze(situation: Situation, option: Option, world: World) -> Chance | None:
    """How likely a freeze is in the world; None without an equilibrium.

    Raises:
        TalksError: an attacker that the economy does not have; a prior out of bounds.
    """
    given, economy = situation.talks, option.game.question.economy
    if given is None or world.reason:
        return None
    if given.attacker not in economy.countries:
        raise TalksError(f"{given.attacker} is not in the table, so what it loses is not known")
    change = in_usd_bn(float(world.change[economy.country(given.attacker)]), economy)
    return draw_talks(given, {EXPECTED: -change / MONTHS}).chance(EXPECTED).chance
