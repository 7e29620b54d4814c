"""What donors had announced by a date, and who had said no; every row has a source."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Container
from dataclasses import dataclass

import numpy as np

from threatpoint.array_types import Array
from threatpoint.files import read_csv
from threatpoint.support.data import TABLES, SupportTable, load_support

LEAVES = ("all", "military")
"""What a donor leaves out that does not join: all of the gap, or its military part."""


@dataclass(frozen=True)
class Announcement:
    """An amount for a calendar year.

    Attributes:
        donor: its code.
        date: when it was announced.
        year: of the amount.
        amount: EUR bn in that year.
        later: EUR bn a year from the next year on.
        loan: EUR bn of the amount that are a loan repaid from Russian assets.
        printed: the amount in the donor's currency, e.g. "NOK 85 bn".
        by: who announced it.
        source: document, with page or "no page".
    """

    donor: str
    date: datetime.date
    year: int
    amount: float
    later: float
    loan: float
    printed: str
    by: str
    source: str


@dataclass(frozen=True)
class Refusal:
    """A donor that had said that it would not fill the gap, or not with arms.

    Attributes:
        donor: its code.
        date: of the statement or the law.
        leaves: one of `LEAVES`.
        source: document.
    """

    donor: str
    date: datetime.date
    leaves: str
    source: str


@functools.cache
def announcements() -> tuple[Announcement, ...]:
    """Every announcement on record, oldest first."""
    rows = read_csv(TABLES / "announcements.csv")
    found = [
        Announcement(
            row["donor"],
            datetime.date.fromisoformat(row["date"]),
            int(row["year"]),
            float(row["eur_bn"]),
            float(row["later_eur_bn"]),
            float(row["loan_eur_bn"]),
            f"{row['currency']} {row['amount']} bn",
            row["by"],
            f"{row['source']}; {row['page']}",
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda a: a.date))


def announced(date: datetime.date, year: int) -> tuple[Announcement, ...]:
    """The last announcement of each donor for a year, made by a date; empty without any.

    Empty too for a date up to which they were not compiled: what came before it would be missing.
    """
    if date.isoformat() > load_support().about["announced_until"]:
        return ()
    found = {a.donor: a for a in announcements() if a.date <= date and a.year == year}
    return tuple(found.values())


def refused(date: datetime.date) -> tuple[Refusal, ...]:
    """Who had said no by a date."""
    rows = read_csv(TABLES / "unwilling.csv")
    found = [
        Refusal(
            row["donor"], datetime.date.fromisoformat(row["date"]), row["leaves"], row["source"]
        )
        for row in rows
    ]
    return tuple(refusal for refusal in found if refusal.date <= date)


def loans(table: SupportTable, until: str = "", months: Container[str] = ()) -> Array:
    """The loan scheme as the tracker allocated it; (donors,), EUR bn.

    Args:
        table: gives the donors.
        until: last month counted; "" counts all on record.
        months: only those where given.
    """
    found = np.zeros(len(table.donors))
    for row in read_csv(TABLES / "loan.csv"):
        if (not until or row["month"] <= until) and (not months or row["month"] in months):
            found[table.index(row["donor"])] += float(row["eur_bn"])
    return found
