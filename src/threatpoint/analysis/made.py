"""The order of the threats of a situation: as they were made."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threatpoint.situation.model import Situation


def made_first(situation: Situation) -> list[str]:
    """Names of the threats by the day they were made; of a day the main one first, others last."""

    def day(name: str) -> tuple[datetime.date, bool]:
        made = situation.made.get(name)
        return (made.date if made else datetime.date.max), name != situation.main

    return sorted(situation.threats, key=day)


def leading(situation: Situation) -> str:
    """Name of the threat that was made first, of those that ask for something."""
    asking = (name for name in made_first(situation) if situation.threats[name].asks)
    return next(asking, situation.main)
