"""Played: what one threat game says beyond who gives in and what is believed, at one horizon."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from threatpoint.analysis import dated
from threatpoint.strategy import motive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threatpoint.analysis.dated import Dated
    from threatpoint.strategy import ThreatGame
    from threatpoint.tables import Table

Rows = list[dict[str, Any]]


@dataclass(frozen=True, eq=False)
class Played:
    """Rows of one game; a list is empty where there is nothing to say.

    Attributes:
        beside: every threat of the situation on its own day.
        motive: what the sender would do anyway, and the threat net of it.
    """

    beside: tuple[Dated, ...] = ()
    motive: Rows = field(default_factory=Rows)

    def tables(self) -> Iterator[Table]:
        """Every table that has rows, in the order in which they are read."""
        found = (dated.table(self.beside), motive.table(self.motive))
        yield from (table for table in found if table is not None)

    def rows(self) -> dict[str, Rows]:
        """Name of a table in a file -> its rows."""
        return {"side_by_side": dated.rows(self.beside), "motive": self.motive}


def solve_played(threat: ThreatGame, beside: tuple[Dated, ...] = ()) -> Played:
    """Everything about a game that is solved, and the other threats beside it."""
    return Played(beside=beside, motive=motive.motive_rows(threat))
