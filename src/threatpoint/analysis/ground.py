"""Support and front of a situation, where its file asks for them; the front ahead by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from threatpoint.analysis.ensemble.draws import hypercube, require_draws
from threatpoint.errors import MissingExtraError, TalksError
from threatpoint.front.ahead import inputs, solve_ahead
from threatpoint.front.data import next_month, require_month
from threatpoint.front.front import solve_front
from threatpoint.support.keys import KEYS
from threatpoint.support.support import solve_support

if TYPE_CHECKING:
    from threatpoint.front.ahead import Ahead
    from threatpoint.front.front import FrontResult
    from threatpoint.situation.model import Situation
    from threatpoint.support.support import SupportResult


def support_by_key(situation: Situation) -> Mapping[str, SupportResult]:
    """Support under every key, the situation's first; empty without [support]."""
    if situation.support is None:
        return MappingProxyType({})
    asked = situation.support.arguments()
    keys = dict.fromkeys((asked["key"], *KEYS))
    return MappingProxyType({key: solve_support(**{**asked, "key": key}) for key in keys})


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
    found = inputs()
    points = hypercube(seed, len(found), require_draws(draws))
    values = {item.key: item.quantile(points[:, d]) for d, item in enumerate(found)}
    try:
        return solve_ahead(values, next_month(require_month(month)) - timedelta(days=1)), ""
    except TalksError as error:
        return None, str(error)
