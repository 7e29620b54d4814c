"""Support: what the others must add if one donor leaves; ready, willing and able."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np

from threatpoint import words
from threatpoint.array_types import Array
from threatpoint.support.announced import Refusal, announcements
from threatpoint.support.classes import Kind, listed_share, load_kinds
from threatpoint.support.data import SupportTable, load_support
from threatpoint.support.gap import Gap, solve_gap
from threatpoint.support.keys import MEASURES
from threatpoint.support.programme import BASELINE, Programme, programme
from threatpoint.support.stages import load_stages, months_to_allocate
from threatpoint.views import Tabled

NONE_ON_RECORD = "no announcements are on record for the year after {date}"


@dataclass(frozen=True, eq=False)
class SupportResult(Tabled, view="threatpoint.support.views:SUPPORT"):
    """What each European donor must add, and the three tests.

    All money is EUR bn a year.

    Attributes:
        date: what had been announced or said by then counts.
        shared: the gap by donor, with ranges.
        budget_share: the gap over European defence budgets, least and most.
        programme: what had been announced; None where none is on record.
        kinds: of arms, which money replaces and which it does not.
        listed: share of the leaver's military aid that the list of weapons holds.
        waits: "capitals" and "institutions" -> least and most months from commitment to
            allocation in the year to the date; empty without data.
        stocks: year -> share of arms from stocks; the last year to the date ("2025 to March").
        status: "solved".
    """

    date: datetime.date
    shared: Gap
    budget_share: tuple[float, float]
    programme: Programme | None
    kinds: tuple[Kind, ...]
    listed: float
    waits: dict[str, tuple[int, int]]
    stocks: dict[str, float]
    status: str = "solved"

    @property
    def key(self) -> str:
        """The rule by which the gap is shared."""
        return self.shared.key

    @property
    def key_name(self) -> str:
        """The measure by which the gap is shared."""
        return MEASURES[self.key]

    @property
    def baseline(self) -> tuple[str, str]:
        """First and last month that set the gap."""
        return self.shared.baseline

    @property
    def donors(self) -> tuple[str, ...]:
        """European donors, EU institutions not among them."""
        return self.shared.donors

    @property
    def names(self) -> tuple[str, ...]:
        """Their names."""
        return self.shared.names

    @property
    def gap(self) -> float:
        """What is to be replaced, the loan in it."""
        return self.shared.whole

    @property
    def added(self) -> Array:
        """What the key asks of each donor."""
        return self.shared.added

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """Who had said no, and to what."""
        return tuple(self.shared.refused.values())

    @property
    def missing(self) -> str:
        """Why there is no programme; "" where there is one."""
        return "" if self.programme else NONE_ON_RECORD.format(date=words.day(self.date))


def solve_support(
    key: str = "gdp",
    *,
    date: datetime.date | None = None,
    baseline: tuple[str, str] = BASELINE,
    table: SupportTable | None = None,
) -> SupportResult:
    """Share the leaver's support among the European donors; what was announced, what is replaced.

    Args:
        key: "gdp", "effort" or "capacity".
        date: of the information; that of the last announcement on record if absent.
        baseline: first and last month of the period that sets the gap, "YYYY-MM".
        table: the tracker; the shipped one if absent.

    Raises:
        ThreatpointError: an unknown key, a month without data, nothing given in the baseline.

    Example:
        >>> support = tp.solve_support("gdp")
        >>> round(support.gap, 1), round(float(support.shared.pair[0]), 1)
        (39.4, 33.1)
    """
    table, day = table or load_support(), date or announcements()[-1].date
    gap = solve_gap(table, key, baseline, day)
    month, budgets = f"{day:%Y-%m}", table.defence_budgets
    return SupportResult(
        day,
        gap,
        (gap.ends[0] / budgets, gap.ends[1] / budgets),
        programme(day, baseline, table),
        load_kinds(),
        listed_share(table, month),
        months_to_allocate(table, month) if month in table.months[12:] else {},
        _stocks(table, month),
    )


def _stocks(table: SupportTable, month: str) -> dict[str, float]:
    """Share of arms from stocks by year, up to a month; a year that is cut short names it."""
    stages, found = load_stages(), {}
    for year in dict.fromkeys(m[:4] for m in table.months if m <= month):
        last = min(f"{year}-12", month)
        cut = "" if last.endswith("-12") else f" to {words.month(last).partition(' ')[0]}"
        found[year + cut] = stages.stocks(f"{year}-01", last)
    return {period: share for period, share in found.items() if np.isfinite(share)}
