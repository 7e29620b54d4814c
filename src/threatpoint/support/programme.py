"""Willing: what of the gap the announcements made by a date replace, in every draw.

With k the months after the date and L those left in its year,
`adds(k) = x [sum_d max(A_d - q_d, 0) min(k/L, 1) + A'_d max(k - L, 0)/12 - b_d k/12]
+ eps E(k) - b_EU k/12 + v b_cap (k/12) z`: A_d announced for the year, q_d allocated in it so far,
A'_d the yearly rate after it, b the baseline, E(k) what the EU institutions announced less what is
used, in the same way. Donors that announced nothing keep their baseline.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from threatpoint.array_types import Array, Positions
from threatpoint.errors import ThreatpointError
from threatpoint.support.announced import Announcement, announced, loans
from threatpoint.support.data import SupportTable, load_support
from threatpoint.views import Shown

BASELINE = ("2022-02", "2024-12")
"""All months of the war with the leaver's aid on its old footing: allocations come in lumps (one
act of parliament can fill a quarter), so one year alone misleads."""
LONGEST = 18
"""Months after the date: announcements say little beyond."""
MOVES = 0.20
"""v: standard deviation a year of what capitals give beyond what they announced, over b (prior)."""


@dataclass(frozen=True, eq=False)
class Programme(Shown):
    """What had been announced, ready for draws. Pairs are (without, with) the loan scheme.

    Attributes:
        date: of the information.
        left: L, months left in the year of the amounts.
        announced: the announcements.
        gap: EUR bn a year that are to be replaced, a pair.
        part: s, the leaver's share of all support, a pair.
        capitals: rows max(A - q, 0), A', b of the capitals that announced; (3, n), EUR bn.
        common: the same of the EU institutions, columns the pair; (3, 2), EUR bn.
        base: b of all capitals, EUR bn a year.
    """

    date: datetime.date
    left: int
    announced: tuple[Announcement, ...]
    gap: Array
    part: Array
    capitals: Array
    common: Array
    base: float

    def capitals_add(self, values: Mapping[str, Array], after: Array) -> Array:
        """What capitals give beyond the baseline in the months until `after`; EUR bn.

        Args:
            values: drawn inputs, (K,) each.
            after: months, shape (K, M) or (1, M), 0 or more.
        """
        promised = self._until(self.capitals.sum(axis=1), after)
        moved = MOVES * self.base * after / 12.0 * values["support_capitals"][:, None]
        least = -self.base * after / 12.0  # nobody can give less than nothing
        return np.maximum(values["support_delivered"][:, None] * promised + moved, least)

    def common_adds(self, values: Mapping[str, Array], after: Array, loan: bool) -> Array:
        """The same of the EU institutions; shape (K, M), EUR bn."""
        left, later, base = self.common[:, int(loan)]
        kept = base * after / 12.0
        gross = self._until(np.array([left, later, 0.0]), after)
        return np.maximum(values["support_common"][:, None] * gross, 0.0) - kept

    def replaced(self, values: Mapping[str, Array], months: int = 12, loan: bool = True) -> Array:
        """Share of the gap of the first k months that is replaced, k = 1 to `months`; (K, months).

        Below 0 where the others give less than before; what is impossible is cut off: that they
        give less than nothing.

        Raises:
            ThreatpointError: not 1 to 18 months.
        """
        after = _months(months)
        adds = self.capitals_add(values, after) + self.common_adds(values, after, loan)
        return adds / (self.gap[int(loan)] * after / 12.0)

    def arrived(self, values: Mapping[str, Array], months: int = LONGEST) -> Array:
        """The same as it arrives, the loan counted as drawn: new-built arms come later."""
        after = _months(months)
        ordered = np.maximum(after - values["support_lag"][:, None], 0.0)
        stocks = values["support_stocks"][:, None]
        arms = stocks * self.capitals_add(values, after)
        arms = arms + (1.0 - stocks) * self.capitals_add(values, ordered)
        money = [self.common_adds(values, after, loan) for loan in (False, True)]
        counted = _counted(values)
        adds = arms + np.where(counted[:, None] == 1, money[1], money[0])
        return adds / (self.gap[counted][:, None] * after / 12.0)

    def change(self, values: Mapping[str, Array], months: int = LONGEST) -> Array:
        """Change of all support, `-s (1 - f)`, after 1 to `months` months; (K, months), 0 = none.

        Raises:
            ThreatpointError: not 1 to 18 months.
        """
        return self.covered(values, self.arrived(values, months))

    def covered(self, values: Mapping[str, Array], share: Array | float) -> Array:
        """The change if the others cover a share of the gap; (K, M), or (K, 1) for a number."""
        return -self.part[_counted(values)][:, None] * (1.0 - np.asarray(share))

    def _until(self, rates: Array, after: Array) -> Array:
        """`left min(k/L, 1) + later max(k - L, 0)/12 - base k/12`; shape of `after`."""
        left, later, base = rates
        spent = left * np.minimum(after / self.left, 1.0)
        return spent + later * np.maximum(after - self.left, 0.0) / 12.0 - base * after / 12.0


def programme(
    date: datetime.date,
    baseline: tuple[str, str] = BASELINE,
    table: SupportTable | None = None,
) -> Programme | None:
    """What had been announced by a date for the year that runs on; None where none is on record.

    Raises:
        ThreatpointError: a month without data; a leaver that gave nothing in the baseline.
    """
    table = table or load_support()
    start = np.datetime64(date, "M") + 1
    year, before = int(str(start)[:4]), int(str(start)[5:]) - 1
    found = announced(date, year)
    if not any(a.donor == table.about["institutions"] for a in found):
        return None
    used = table.flows[:, [table.month(f"{year}-{m + 1:02d}") for m in range(before)]].sum((1, 2))
    base = table.yearly(*baseline).sum(axis=1)
    own = [a for a in found if a.donor != table.about["institutions"]]
    rates = [
        (max(a.amount - used[table.index(a.donor)], 0.0), a.later, base[table.index(a.donor)])
        for a in own
    ]
    gap, part = gap_and_part(table, baseline)
    return Programme(
        date, 12 - before, found, gap, part, np.array(rates).reshape(-1, 3).T,
        _common(table, found, used, base, year), float(base[table.members("europe")].sum()),
    )  # fmt: skip


def gap_and_part(table: SupportTable, baseline: tuple[str, str]) -> tuple[Array, Array]:
    """The leaver's aid, EUR bn a year, and its share of all; pairs without and with the loan.

    Raises:
        ThreatpointError: a month without data; a leaver that gave nothing.
    """
    whole = table.yearly(*baseline).sum(axis=1)
    first, last = (table.month(month) for month in baseline)
    months = table.months[first : last + 1]
    lent = loans(table, months=months) * 12.0 / len(months)
    leaver = table.index(table.leaver)
    gap = np.array([whole[leaver] - lent[leaver], whole[leaver]])
    if gap[0] <= 0.0:
        raise ThreatpointError(f"{table.leaver} gave nothing from {baseline[0]} to {baseline[1]}")
    return gap, gap / np.array([whole.sum() - lent.sum(), whole.sum()])


def _common(
    table: SupportTable, found: tuple[Announcement, ...], used: Array, base: Array, year: int
) -> Array:
    """Left, later and baseline of the EU institutions, without and with the loan; (3, 2)."""
    place = table.index(table.about["institutions"])
    (told,) = (a for a in found if a.donor == table.about["institutions"])
    months = [month for month in table.months if month[:4] == str(year)]
    lent = loans(table, until=str(told.date)[:7], months=months)[place]
    left = [told.amount - told.loan - (used[place] - lent), told.amount - used[place]]
    return np.array([np.maximum(left, 0.0), [told.later] * 2, [base[place]] * 2])


def _months(months: int) -> Array:
    """1 to `months`, shape (1, months)."""
    if isinstance(months, bool) or not isinstance(months, int) or not 1 <= months <= LONGEST:
        raise ThreatpointError(f"months {months}: give whole months, 1 to {LONGEST}")
    return np.arange(1.0, months + 1.0)[None, :]


def _counted(values: Mapping[str, Array]) -> Positions:
    """Draws in which the loan counts as support; (K,) of 0 and 1."""
    return (values["support_loan"] > 0.5).astype(np.intp)
