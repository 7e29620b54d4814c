"""Schema of what is on record of a threat: who made it, when it came due, what was offered."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import Field

from threatpoint.quantity import Quantity
from threatpoint.situation.figure import Figure, Model, Text

WHOLE = Quantity.exactly(100.0, "%", source="all of it, where nothing else is said")


class ClockTable(Model):
    """[[threats.NAME.made.clocks]]: a day on which the threat came due, and what came of it."""

    date: datetime.date = Field(description="the day")
    words: Text | None = Field(
        None, description="what else is known of it, such as who set it, and when"
    )
    source: Text | None = Field(None, description="who says so")
    hit: list[Text] | None = Field(
        None,
        description="targets on whom it was carried out that day; []: the day passed; "
        "left out: not said",
    )


class MadeTable(Model):
    """[threats.NAME.made]: the threat was made."""

    by: Text = Field(description="who made it: a party of the situation or a sender")
    date: datetime.date = Field(
        description="when; after the day of the situation it is a later threat, which the run of "
        "that day does not know"
    )
    source: Text = Field(description="who says so")
    words: Text | None = Field(None, description="what else is known of it")
    rate: Figure | None = Field(
        None,
        description="the rate that was threatened, as an instrument has it, with its range where "
        "a range was",
    )
    clock: datetime.date | None = Field(
        None,
        description="the day after which it was to be carried out; left out: no day was named",
    )
    clocks: Annotated[list[ClockTable], Field(min_length=1)] | None = Field(
        None,
        description="the days on which it came due, as the record has them; left out: `clock` "
        "alone",
    )

    @property
    def due(self) -> tuple[ClockTable, ...]:
        """The days on which it came due: `clocks`, or where none is recorded the day named."""
        named = (
            [ClockTable(date=self.clock, words=None, source=None, hit=None)]
            if self.clock is not None
            else []
        )
        return tuple(self.clocks or named)


class OfferTable(Model):
    """[threats.NAME.offer]: what was offered to whoever complies."""

    by: Text = Field(description="who offered it: a party of the situation or a sender")
    date: datetime.date = Field(description="when; it may be later than the threat")
    source: Text = Field(description="who says so")
    cut: Figure = Field(
        description="what is taken off the tariffs in force and threatened, in percentage points"
    )
    of: Figure | None = Field(
        None,
        description="what these tariffs are in all, in percentage points, so that the cut counts "
        "in proportion where part of the goods is exempt; left out: every good bears it in full",
    )
    words: Text | None = Field(None, description="what else is known of it")
    pledge: Figure | None = Field(
        None, description="how much of the purchases stops in return, in %; left out: all of it"
    )

    @property
    def pledged(self) -> Quantity:
        """How much of the purchases stops in return, %."""
        return WHOLE if self.pledge is None else self.pledge.quantity
