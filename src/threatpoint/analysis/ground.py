"""Support and front of a situation, where its file asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from threatpoint.errors import MissingExtraError, TalksError
from threatpoint.front.front import solve_front
from threatpoint.support.keys import KEYS
from threatpoint.support.support import solve_support

if TYPE_CHECKING:
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
