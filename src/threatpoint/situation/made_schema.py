"""Schema of what is on record of a threat: who made it, when it came due, what was offered."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import Field

from threatpoint.quantity import Quantity
from threatpoint.situation.figure import Figure, Model, Text

WHOLE = Quantity.exactly(100.0, "%", source="all of it, where nothing else is said")


class ClockTable(Model):
    """[[threats.NAME.made.clocks]]: a day on which the threat came due, and what came of it.

    Attributes:
        date: the day.
        words: what else is known of it, e.g. who set it, and when.
        source: who says so.
        hit: targets on whom it was carried out that day; empty: the day passed; None: not said.
    """

    date: datetime.date
    words: Text | None = None
    source: Text | None = None
    hit: list[Text] | None = None


class MadeTable(Model):
    """[threats.NAME.made]: the threat was made.

    Attributes:
        by: who made it, a party of the situation or a sender.
        date: when.
        source: who says so.
        words: what else is known of it.
        rate: what was threatened; its range where a range was.
        clock: the day after which it was to be carried out; None: no day was named.
        clocks: the days on which it came due, as the record has them; see `due`.
    """

    by: Text
    date: datetime.date
    source: Text
    words: Text | None = None
    rate: Figure | None = None
    clock: datetime.date | None = None
    clocks: Annotated[list[ClockTable], Field(min_length=1)] | None = None

    @property
    def due(self) -> tuple[ClockTable, ...]:
        """The days on which it came due: `clocks`, or where none is recorded the day named."""
        named = [ClockTable(date=self.clock)] if self.clock is not None else []
        return tuple(self.clocks or named)


class OfferTable(Model):
    """[threats.NAME.offer]: what was offered to whoever complies.

    Attributes:
        by: who offered it, a party of the situation or a sender.
        date: when; it may be later than the threat.
        source: who says so.
        cut: what is taken off the tariffs in force and threatened, percentage points.
        of: what these are in all, percentage points; with it the cut counts in proportion where
            part of the goods is exempt. None: every good bears the cut in full.
        words: what else is known of it.
        pledge: how much of the purchases stops in return, %; None: all of it.
    """

    by: Text
    date: datetime.date
    source: Text
    cut: Figure
    of: Figure | None = None
    words: Text | None = None
    pledge: Figure | None = None

    @property
    def pledged(self) -> Quantity:
        """How much of the purchases stops in return, %."""
        return WHOLE if self.pledge is None else self.pledge.quantity
