"""What an offer could do: where bargaining would end, and what an offer on record was worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief.prose import say
from threatpoint.brief.section import Section
from threatpoint.strategy import quantity_tables
from threatpoint.strategy.bargain import WEIGHTS

if TYPE_CHECKING:
    from threatpoint.analysis.played import Played
    from threatpoint.brief.reading import Reading

Row = dict[str, Any]
OFFER = ("threat", "date", "target")
"""What tells one offer from another."""


@dataclass(frozen=True, eq=False)
class Facts:
    """What the templates say something about.

    Attributes:
        reading: names.
        played: the game as it is played.
        offers: the rows of the offers that are told.
    """

    reading: Reading
    played: Played
    offers: list[Row]

    @classmethod
    def of(cls, reading: Reading) -> Facts | None:
        """The bargains, and the offers known on the situation's day; None without either."""
        played = reading.analysis.played
        offers = [row for row in played.offers if _known(reading, row)] if played else []
        if played is None or not (played.bargains or offers):
            return None
        return cls(reading, played, offers)

    @property
    def ends(self) -> list[Row]:
        """Where bargaining ends at the B of the headline, with the place in words."""
        rows = [
            row for row in self.played.bargains if row["b_usd_per_usd"] == quantity_tables.MIDDLE
        ]
        return [row | {"place": self.reading.place(row["target"])} for row in rows]

    @property
    def priced(self) -> bool:
        """Whether what the target stops is trade, so that its seller loses by it."""
        when = self.reading.analysis.options[0].rule.when
        return when is not None and not when.figures

    @property
    def cents(self) -> float:
        """The B of the headline in cents of a dollar."""
        return 100 * quantity_tables.MIDDLE

    @property
    def worth(self) -> str:
        """The range of B in words."""
        return words.number_span(*WEIGHTS)

    @property
    def whole(self) -> list[Row]:
        """Offers with an answer, pledge and cut together, with the place in words."""
        both = [row for row in self.offers if row["part"] == "both" and row["status"] == "found"]
        return [row | {"place": self.reading.place(row["target"])} for row in both]

    def part(self, offer: Row, part: str) -> Row:
        """One part of an offer, of which a row is given."""
        own = [row for row in self.offers if all(row[key] == offer[key] for key in OFFER)]
        return next(row for row in own if row["part"] == part)

    def day(self, row: Row) -> str:
        """'6 February 2026'."""
        return words.day(date.fromisoformat(row["date"]))


def _known(reading: Reading, row: Row) -> bool:
    return row["date"] <= reading.analysis.situation.date.isoformat()


def section(facts: Facts) -> Section:
    """Where bargaining would end, and the offers that were known."""
    ends = facts.played.bargains
    tables = [quantity_tables.bargain(ends)] if ends else []
    tables += [quantity_tables.offer(facts.offers)] if facts.offers else []
    return Section.of("bargains", say("bargain.section", facts), tables=tables)


def record(reading: Reading) -> Section | None:
    """What later offers were worth; None without."""
    played = reading.analysis.played
    later = [row for row in played.offers if not _known(reading, row)] if played else []
    if played is None or not later:
        return None
    said = say("bargain.record", Facts(reading, played, later))
    return Section.of("offers", said, tables=[quantity_tables.offer(later)])
