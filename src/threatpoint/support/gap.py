"""The gap: what the leaver allocated a year, and who would have to add it.

Money is EUR bn a year. The range of a donor is over the keys that stand on what donors have, over
windows of the baseline, over who joins, and with and without the loan repaid from Russian assets.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from threatpoint.array_types import Array
from threatpoint.support.announced import Refusal, refused
from threatpoint.support.data import TYPES, SupportTable
from threatpoint.support.keys import apportion
from threatpoint.support.programme import gap_and_part
from threatpoint.views import Shown

RANGED = ("gdp", "capacity")
"""Keys of the ranges: how much donors gave so far predicts nothing about who adds."""
YEAR = 12
FINANCIAL = TYPES.index("financial")


@dataclass(frozen=True, eq=False)
class Gap(Shown):
    """The gap by donor.

    Attributes:
        key: the rule by which it is shared.
        baseline: first and last month.
        windows: the periods of the ranges, the baseline first.
        donors, names: European donors, EU institutions not among them.
        gdp: EUR bn of 2023.
        bilateral, through_eu: given in the baseline by the donor itself, and its part of the EU's.
        lost: the leaver's aid by type (military, financial, humanitarian), the loan in it.
        pair: the gap without and with the loan.
        part: the leaver's share of all support, without and with the loan.
        ends: least and most of the gap over windows and loan.
        added: what the key asks of each donor.
        low, high: its range.
        refused: donor -> what it had said by the date.
    """

    key: str
    baseline: tuple[str, str]
    windows: tuple[tuple[str, str], ...]
    donors: tuple[str, ...]
    names: tuple[str, ...]
    gdp: Array
    bilateral: Array
    through_eu: Array
    lost: Array
    pair: Array
    part: Array
    ends: tuple[float, float]
    added: Array
    low: Array
    high: Array
    refused: dict[str, Refusal]

    @property
    def whole(self) -> float:
        """What is to be replaced, the loan in it."""
        return float(self.pair[1])

    @property
    def loan(self) -> float:
        """The loan's part of the gap."""
        return float(self.pair[1] - self.pair[0])

    @property
    def given(self) -> Array:
        """Effort in the baseline, the part of the EU's aid counted."""
        return self.bilateral + self.through_eu

    def of_gdp(self, amount: float) -> float:
        """An amount over the GDP of all donors."""
        return amount / float(self.gdp.sum())


def solve_gap(table: SupportTable, key: str, baseline: tuple[str, str], date: datetime.date) -> Gap:
    """Share the leaver's aid among the European donors that had not refused by a date.

    Raises:
        ThreatpointError: unknown key, month without data, nothing given in the baseline.
    """
    europe, base = table.members("europe"), table.yearly(*baseline)
    pooled = base[table.members("institutions")].sum() * table.eu_share[europe]
    said = refused(date)
    windows = (baseline, *years(baseline))
    over = np.stack(list(_cases(table, windows, said)))
    pairs = np.stack([gap_and_part(table, window)[0] for window in windows])
    pair, part = gap_and_part(table, baseline)
    return Gap(
        key, baseline, windows,
        tuple(table.donors[i] for i in europe), tuple(table.names[i] for i in europe),
        table.gdp[europe], base[europe].sum(axis=1), pooled,
        base[table.index(table.leaver)], pair, part,
        (float(pairs.min()), float(pairs.max())),
        shared(table, key, baseline, said), over.min(axis=0), over.max(axis=0),
        {one.donor: one for one in said},
    )  # fmt: skip


def shared(
    table: SupportTable,
    key: str,
    window: tuple[str, str],
    said: Sequence[Refusal],
    loan: bool = True,
) -> Array:
    """What each European donor adds; (donors,), sums to the gap of the window.

    Military and civil aid are shared apart, for some donors leave the military part to the others.
    """
    europe, base = table.members("europe"), table.yearly(*window)
    lost = base[table.index(table.leaver)].copy()
    pair, _ = gap_and_part(table, window)
    lost[FINANCIAL] -= 0.0 if loan else pair[1] - pair[0]
    pooled = base[table.members("institutions")].sum(axis=0)
    given = base[europe] + table.eu_share[europe][:, None] * pooled
    none, unarmed = (
        {one.donor for one in said if one.leaves == what} for what in ("all", "military")
    )
    found = np.zeros(len(europe))
    for kinds, out in (([0], none | unarmed), ([1, 2], none)):
        joins = np.array([table.donors[i] not in out for i in europe])
        effort = given[joins][:, kinds].sum(axis=1)
        found[joins] += apportion(key, float(lost[kinds].sum()), effort, table.gdp[europe][joins])
    return found


def years(baseline: tuple[str, str]) -> list[tuple[str, str]]:
    """Twelve months from its first month and from each January, as far as they lie within it."""
    first, last = (np.datetime64(month, "M") for month in baseline)
    months = np.arange(first, last - YEAR + 2)
    starts = [month for month in months if month == first or str(month).endswith("-01")]
    found = [(str(start), str(start + YEAR - 1)) for start in starts]
    return [window for window in found if window != baseline]


def _cases(
    table: SupportTable, windows: Sequence[tuple[str, str]], said: Sequence[Refusal]
) -> Iterator[Array]:
    for key, window, joins, loan in product(RANGED, windows, ((), said), (False, True)):
        yield shared(table, key, window, joins, loan)
