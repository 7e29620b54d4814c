"""What had been announced by 31 March 2025, in draws, against what the others then added.

`python -m validation.support_after_2025_03_31` prints the table of differences.md. Announcements
were compiled by the rule at the head of `builders/data/announcements.toml`; the record lay open
when the programme was written.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np

from threatpoint import words
from threatpoint.analysis.ground import drawn_support
from threatpoint.array_types import Array
from threatpoint.spread import Spread
from threatpoint.support.drawn import SupportDrawn
from threatpoint.support.support import solve_support
from validation.check import Check, compare, published
from validation.scored import ANY, Line
from validation.support_after_2025_03_31.record import Record, record

DATE = datetime.date(2025, 3, 31)
CASES = ((12, True), (12, False), (9, True))
"""Months, and whether the loan scheme counts on both sides."""


@dataclass(frozen=True, eq=False)
class Scored:
    """One forecast against the record, EUR bn over the months.

    Attributes:
        months, loan: what is compared.
        spread: forecast.
        gap: to be replaced in the months.
        seen: what was added.
        scores: forecast -> continuous ranked probability score (Gneiting & Raftery 2007, JASA 102,
            eq. 21), less is better.
        record: behind `seen`.
    """

    months: int
    loan: bool
    spread: Spread
    gap: float
    seen: float
    scores: dict[str, float]
    record: Record

    @property
    def inside(self) -> bool:
        """The record lies in the range of 90 of 100 draws."""
        return self.spread.low <= self.seen <= self.spread.high


def crps(values: Array, seen: float) -> float:
    """Of equally likely values against what was seen, in their unit."""
    ordered = np.sort(values)
    count = len(ordered)
    ranks = 2.0 * np.arange(1, count + 1) - count - 1.0
    return float(np.abs(ordered - seen).mean() - (ranks @ ordered) / count**2)


def scored(months: int, loan: bool) -> Scored:
    """A forecast beside nothing, all, half, and anything between nothing and all."""
    found, drawn = record(DATE, months), drawn_support(solve_support(date=DATE))
    assert drawn is not None
    gap = found.gap if loan else found.plain
    seen = gap * (found.share if loan else found.share_without)
    values = drawn.replaced(months, loan).values * gap
    naive = {"nothing": np.zeros(1), "all": np.full(1, gap), "half": np.full(1, gap / 2)}
    naive["anything"] = gap * (np.arange(values.size) + 0.5) / values.size
    scores = {"announcements": crps(values, seen)}
    scores |= {name: crps(guess, seen) for name, guess in naive.items()}
    return Scored(months, loan, Spread(values), gap, seen, scores, found)


def table() -> list[Scored]:
    """Every case."""
    return [scored(*case) for case in CASES]


def checks() -> list[Check]:
    """The scores as written down in differences.md."""
    computed = {}
    for case in table():
        name = f"{case.months} months, {'with' if case.loan else 'without'} the loan"
        computed[name, "record"] = case.seen
        computed |= {(name, forecast): score for forecast, score in case.scores.items()}
    return compare(published(__file__), computed)


def lines() -> list[Line]:
    """The score in words; right if the record lies in the range."""
    return [_line(case) for case in table()[:2]]


def _line(case: Scored) -> Line:
    first, last = (words.month(month) for month in (case.record.first, case.record.last))
    counted = "the loan repaid from Russian assets counted" if case.loan else "without the loan"
    came = words.share(case.seen / case.gap)
    better = [name for name, score in case.scores.items() if score < case.scores["announcements"]]
    return Line(
        "what the others give in place of the leaver",
        (),
        ANY,
        f"{first} to {last}: the others added {came} of the gap, {counted}",
        "replaced by what had been announced, 90 of 100 draws",
        words.shares((case.spread.low / case.gap, case.spread.high / case.gap)),
        "right" if case.inside else "miss",
        f"better guesses in hindsight: {words.listing(better)}" if better else
        "better than nothing, half, all, and anything between",
    )  # fmt: skip


def who_added(drawn: SupportDrawn) -> dict[str, tuple[float, float]]:
    """Capitals and institutions -> median said, and what came, in 12 months; EUR bn."""
    found = record(DATE)
    return {
        "capitals": (drawn.of_capitals().median, found.capitals),
        "institutions": (drawn.of_common().median, found.common),
    }
