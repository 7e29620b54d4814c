"""Which numbers of a market could not be known on a day: a score that uses them says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime

    from threatpoint.world.barrels import CrudeBase


@dataclass(frozen=True)
class Later:
    """Numbers of a base that became known after a day.

    Attributes:
        count, total: how many, and of how many.
        last: month in which the last of them became known, "2025-08".
    """

    count: int
    total: int
    last: str


def later(base: CrudeBase, day: datetime.date) -> Later | None:
    """What of a base became known after a day; None where all was known."""
    found = base.later_than(day)
    if not found:
        return None
    return Later(len(found), len(base.known), max(base.known[key] for key in found))
