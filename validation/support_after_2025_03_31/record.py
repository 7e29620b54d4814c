"""What the others really added after a date: the record, which only the score reads."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np

from threatpoint.support.announced import announced, loans
from threatpoint.support.data import SupportTable, load_support
from threatpoint.support.programme import BASELINE, gap_and_part
from threatpoint.support.stages import SOURCES, load_stages


@dataclass(frozen=True)
class Record:
    """What came after a date, EUR bn over the months.

    Attributes:
        first, last: months counted.
        capitals, common: added to the baseline by capitals and by the EU institutions.
        loan: of it repaid from Russian assets.
        gap, plain: what was to be replaced in as many months, with and without the loan.
        bought: share of military aid that was bought from the leaver (PURL).
    """

    first: str
    last: str
    capitals: float
    common: float
    loan: float
    gap: float
    plain: float
    bought: float

    @property
    def share(self) -> float:
        """Of the gap, with the loan scheme on both sides."""
        return (self.capitals + self.common) / self.gap

    @property
    def share_without(self) -> float:
        """Of the gap, without the loan scheme on both sides."""
        return (self.capitals + self.common - self.loan) / self.plain


def record(
    date: datetime.date,
    months: int = 12,
    baseline: tuple[str, str] = BASELINE,
    table: SupportTable | None = None,
) -> Record:
    """What the others added in the months after a date.

    Raises:
        ThreatpointError: a month without data.
    """
    table = table or load_support()
    start = np.datetime64(date, "M") + 1
    first, last = str(start), str(start + months - 1)
    part = months / 12.0
    change = part * (table.yearly(first, last) - table.yearly(*baseline)).sum(axis=1)
    common = table.members("institutions")
    pair, _ = gap_and_part(table, baseline)
    arms = load_stages().of(first, last)
    return Record(
        first, last,
        float(change[table.members("europe")].sum()), float(change[common].sum()),
        _lent(table, date), float(pair[1]) * part, float(pair[0]) * part,
        float(arms[SOURCES.index("nato_purl")] / arms.sum()),
    )  # fmt: skip


def _lent(table: SupportTable, date: datetime.date) -> float:
    """The EU's loan that was left at the date: all of it was paid within the months (see docs)."""
    start = np.datetime64(date, "M") + 1
    told = [a.loan for a in announced(date, int(str(start)[:4]))]
    used = loans(table, until=f"{date:%Y-%m}")[table.members("institutions")]
    return sum(told) - float(used.sum())
