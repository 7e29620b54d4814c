"""What was known on a day of the gains by month: figures published, or the record, by then."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from threatpoint.array_types import Array
from threatpoint.errors import TalksError
from threatpoint.front import data as front_data
from threatpoint.front.data import Control, next_month, require_month
from threatpoint.front.projection import LEAST_MONTHS, monthly_gains
from threatpoint.quantity import Quantity
from threatpoint.views import Shown

PUBLISHED = "AFP from ISW data"
COMPUTED = "computed from DeepState polygons"
"""Source of what the shipped record says."""
YEAR, QUARTER = 12, 3
STALE = 6
"""Months after which a last gain says too little of the next one."""


@dataclass(frozen=True, kw_only=True)
class Gain(Quantity):
    """A published gain of a month or of a span of months, km2.

    Attributes:
        first, last: months, written YYYY-MM.
        published: day from which it was known; a month without a day counts from its last one.
    """

    first: str
    last: str
    published: str

    @property
    def known(self) -> date:
        """From which day on it could be used."""
        year, month, *day = map(int, self.published.split("-"))
        return date(year, month, *(day or [monthrange(year, month)[1]]))


@dataclass(frozen=True, eq=False)
class Known(Shown):
    """Gains by month that were known on a day, from one source.

    Attributes:
        day: of the situation.
        source: who counted.
        months: first days, without a gap.
        gains: (M,) km2 a month; a span of months is spread evenly.
    """

    day: date
    source: str
    months: tuple[date, ...]
    gains: Array

    @property
    def year(self) -> float:
        """Mean of the last twelve months, or of all where there are fewer, km2 a month."""
        return float(self.gains[-YEAR:].mean())

    @property
    def quarter(self) -> float:
        """Mean of the last three months, km2 a month."""
        return float(self.gains[-QUARTER:].mean())

    @property
    def mean(self) -> float:
        """Mean of all months, km2 a month."""
        return float(self.gains.mean())

    @property
    def skipped(self) -> int:
        """Months between the last one known and the first one ahead."""
        ahead, last = next_month(self.day), self.months[-1]
        return 12 * (ahead.year - last.year) + ahead.month - last.month - 1

    @property
    def expected(self) -> Quantity:
        """What to expect a month on that day: the mean of a year; its range the other means.

        They are that of the last three months and that of all months known.
        """
        means = (self.year, self.quarter, self.mean)
        period = f"{self.months[-len(self.gains[-YEAR:])]:%Y-%m} to {self.months[-1]:%Y-%m}"
        source = f"{self.source}; range: mean of {len(self.gains)} and of {QUARTER} months"
        return Quantity(self.year, min(means), max(means), "km2/month", period, source)


@cache
def published() -> tuple[Gain, ...]:
    """The published gains, by month."""
    return tuple(
        Gain.exactly(float(row.pop("value")), **row) for row in front_data.rows("front_gains.csv")
    )


def known_on(day: date, record: Control | None = None) -> Known:
    """The gains known on a day: of the source whose last month is the latest, published first.

    Args:
        day: nothing published or observed after it is looked at.
        record: of control; the shipped one by default.

    Raises:
        TalksError: fewer than three months were known, or the last one is half a year old.

    Example:
        >>> from datetime import date
        >>> round(known_on(date(2025, 3, 31)).year)
        372
    """
    data = front_data.control() if record is None else record
    both = [_published(day), _computed(day, data)]
    best = max(both, key=lambda known: known.months[-1] if known.months else date.min)
    enough = len(best.months) >= LEAST_MONTHS
    if not enough or best.skipped > STALE:
        last = f"{best.months[-1]:%Y-%m}" if best.months else "none"
        raise TalksError(
            f"front: too little was known of the gains by month on {day} (months known: "
            f"{len(best.months)}, the last one {last}); a forecast needs {LEAST_MONTHS}, the last "
            f"one no more than {STALE} months before: choose a date the tables reach"
        )
    return best


def _published(day: date) -> Known:
    """The months of the figures that were out, up to the first gap."""
    out = sorted((gain for gain in published() if gain.known <= day), key=lambda gain: gain.first)
    months: list[date] = []
    values: list[float] = []
    for gain in out:
        span = _months(gain.first, gain.last)
        if months and span[0] != next_month(months[-1]):
            break
        months += span
        values += [gain.value / len(span)] * len(span)
    return Known(day, PUBLISHED, tuple(months), np.array(values))


def _computed(day: date, record: Control) -> Known:
    """The whole months of the record that were observed."""
    if record.dates[0] > day:
        return Known(day, COMPUTED, (), np.empty(0))
    return Known(day, COMPUTED, *monthly_gains(record.until(day)))


def _months(first: str, last: str) -> list[date]:
    """First days of the months of a span, both ends in it."""
    found = [require_month(first)]
    while found[-1] < require_month(last):
        found.append(next_month(found[-1]))
    return found
