"""Support and front of a situation, where its file asks for them; the front ahead by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from threatpoint.analysis.ensemble.draws import drawn, require_draws
from threatpoint.errors import MissingExtraError, TalksError
from threatpoint.front.ahead import inputs, solve_ahead
from threatpoint.front.data import next_month, require_month
from threatpoint.front.front import solve_front
from threatpoint.support import inputs as support_inputs
from threatpoint.support.drawn import SupportDrawn
from threatpoint.support.support import solve_support

if TYPE_CHECKING:
    from threatpoint.front.ahead import Ahead
    from threatpoint.front.front import FrontResult
    from threatpoint.situation.model import Situation
    from threatpoint.support.support import SupportResult

SEED, DRAWS = 0, 4096
"""Of support asked alone; a situation's own draws take their place where there are any."""


def support_of(situation: Situation) -> SupportResult | None:
    """Support on the situation's date; None without [support]."""
    if situation.support is None:
        return None
    return solve_support(**situation.support.arguments(), date=situation.date)


def drawn_support(result: SupportResult | None, draws: int = DRAWS) -> SupportDrawn | None:
    """What was announced, in draws of this room's inputs alone; None where none is on record."""
    if result is None or result.programme is None:
        return None
    return SupportDrawn(result.programme, drawn(support_inputs.inputs(), draws, SEED))


def front_of(situation: Situation) -> tuple[FrontResult | None, str]:
    """The shipped record of the front in the month of the situation, and why there is none.

    A file without [talks] asks for no front. The banks of the river are left out where the extra
    "maps" is not installed.
    """
    if situation.talks is None:
        return None, "the situation has no [talks]"
    month = f"{situation.date:%Y-%m}"
    try:
        return solve_front(month, river=True), ""
    except MissingExtraError:
        return solve_front(month), ""
    except TalksError as error:
        return None, str(error)


def front_ahead(month: str, draws: int, seed: int) -> tuple[Ahead | None, str]:
    """What to expect of the front after a month, written YYYY-MM, and why nothing is.

    Raises:
        ThreatpointError: not a power of 2.
    """
    values = drawn(inputs(), require_draws(draws), seed)
    try:
        return solve_ahead(values, next_month(require_month(month)) - timedelta(days=1)), ""
    except TalksError as error:
        return None, str(error)
