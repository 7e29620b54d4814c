"""Support: what the others must add if one donor leaves, and whether they can."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from threatpoint.array_types import Array
from threatpoint.errors import ThreatpointError
from threatpoint.support.capability import (
    CAPABILITIES,
    SUBSTITUTION,
    Capability,
    months_until,
    ramp_up,
    replaced,
)
from threatpoint.support.data import SupportTable, load_support
from threatpoint.support.keys import MEASURES, apportion
from threatpoint.support.provision import efficient, revealed, voluntary

BASELINE = ("2022-02", "2024-12")
"""All months of the war with the leaver's aid on its old footing; allocations come in lumps (one
act of parliament can fill a quarter), so one year alone misleads: 2024 is the alternative."""
AFTERWARDS = ("2025-04", "2026-04")
"""The record after the date of the situation: compared, never fitted."""
LONGEST = 600
COVERED = 0.9
"""Prior (range 0.8 to 1): the share of the lost support that counts as made up."""


@dataclass(frozen=True)
class SupportResult:
    """What each European donor must add, and the three tests.

    All money is EUR bn a year. Arrays have one element a donor of `donors`.

    Attributes:
        key: the rule by which the gap is shared.
        horizon: months.
        baseline, afterwards: first and last month of the periods compared.
        donors, names: European donors, EU institutions not among them.
        gdp: EUR bn of 2023.
        bilateral: given in the baseline by the donor itself.
        through_eu: its part of the aid of the EU institutions.
        added: what the key asks of it.
        afterwards_change: what it really gave afterwards (its part of the EU's aid counted), less
            the baseline.
        lost: the leaver's yearly aid by type (military, financial, humanitarian); the gap.
        lost_share: the gap over the support of all donors in the baseline.
        budget_share: the gap over European defence budgets.
        capability: replaced share by kind and in all at the horizon.
        capability_range: the same in all with every ceiling at its low and every ramp-up at its
            slow end, and the other way round.
        short: kinds of support that do not reach `covered` within the horizon.
        covered: the share that counts as made up.
        ready_months: months until the ramp-up covers the gap; None if it never does.
        voluntary_low, voluntary_high: share of the gap given of their own accord, with one weight
            for all and with the weights revealed by the baseline.
        efficient_ratio: efficient over voluntary aid with one weight for all.
        path: share of all support that is missing in months 0 to horizon, 0 or below.
        capabilities: the priors behind `capability` and `path`.
        status: "solved".
    """

    key: str
    horizon: int
    baseline: tuple[str, str]
    afterwards: tuple[str, str]
    donors: tuple[str, ...]
    names: tuple[str, ...]
    gdp: Array
    bilateral: Array
    through_eu: Array
    added: Array
    afterwards_change: Array
    lost: Array
    lost_share: float
    budget_share: float
    capability: dict[str, float]
    capability_range: tuple[float, float]
    short: tuple[str, ...]
    covered: float
    ready_months: float | None
    voluntary_low: float
    voluntary_high: float
    efficient_ratio: float
    path: Array
    capabilities: tuple[Capability, ...]
    status: str = "solved"

    @property
    def gap(self) -> float:
        """What is to be replaced, EUR bn a year."""
        return float(self.lost.sum())

    @property
    def given(self) -> Array:
        """Effort in the baseline, the part of the EU's aid counted; EUR bn a year."""
        return self.bilateral + self.through_eu

    @property
    def gap_of_gdp(self) -> float:
        """The gap over the GDP of all donors."""
        return self.gap / float(self.gdp.sum())

    @property
    def given_of_gdp(self) -> float:
        """Effort in the baseline over the GDP of all donors."""
        return float(self.given.sum() / self.gdp.sum())

    @property
    def needed_of_gdp(self) -> float:
        """Effort and gap over the GDP of all donors."""
        return self.given_of_gdp + self.gap_of_gdp

    @property
    def key_name(self) -> str:
        """The measure by which the gap is shared."""
        return MEASURES[self.key]

    @property
    def score(self) -> float:
        """What Europe really added afterwards over what was needed."""
        return float(self.afterwards_change.sum()) / self.gap

    def aid_change(self, month: float) -> float:
        """Change of all support after `month` months, share of the baseline (0 = none lost).

        Raises:
            ThreatpointError: the month is not within 0 and the horizon.
        """
        if not math.isfinite(month) or not 0 <= month <= self.horizon:
            raise ThreatpointError(f"month {month}: choose one within 0 and {self.horizon}")
        return float(np.interp(month, np.arange(self.path.size), self.path))


def solve_support(
    key: str = "gdp",
    horizon: int = 24,
    *,
    baseline: tuple[str, str] = BASELINE,
    afterwards: tuple[str, str] = AFTERWARDS,
    capabilities: Sequence[Capability] = CAPABILITIES,
    substitution: float = SUBSTITUTION.value,
    covered: float = COVERED,
    table: SupportTable | None = None,
) -> SupportResult:
    """Share the leaver's support among the European donors and test whether they can carry it.

    Args:
        key: "gdp", "effort" or "capacity".
        horizon: months, 1 to 600.
        baseline: first and last month of the period that sets the gap, "YYYY-MM".
        afterwards: the same for the period that is compared.
        capabilities: kinds of support with weight, ceiling and ramp-up (priors).
        substitution: s of the capability CES, between 0 and 1 (prior).
        covered: share of the lost support that counts as made up (prior).
        table: the tracker; the shipped one if absent.

    Raises:
        ThreatpointError: an unknown key, a month without data, a horizon or share out of bounds.

    Example:
        >>> support = tp.solve_support("gdp")
        >>> round(support.lost_share, 3), round(support.gap, 1)
        (0.437, 39.4)
    """
    table = table or load_support()
    _check(horizon, covered, capabilities, substitution)
    base, after = table.yearly(*baseline), table.yearly(*afterwards)
    lost, europe = base[table.index(table.leaver)], table.members("europe")
    gap, gdp, own = float(lost.sum()), table.gdp[europe], _given(table, base)
    if gap <= 0.0:
        raise ThreatpointError(f"{table.leaver} gave nothing from {baseline[0]} to {baseline[1]}")
    given, share = own.sum(axis=0), gap / float(base.sum())
    added = apportion(key, gap, given, gdp)
    low, high, ratio = willing(gap, given, gdp)
    kinds, short = able(horizon, capabilities, substitution, covered)
    return SupportResult(
        key=key,
        baseline=baseline,
        afterwards=afterwards,
        donors=tuple(table.donors[i] for i in europe),
        names=tuple(table.names[i] for i in europe),
        gdp=gdp,
        bilateral=own[0],
        through_eu=own[1],
        added=added,
        afterwards_change=_given(table, after).sum(axis=0) - given,
        lost=lost,
        lost_share=share,
        budget_share=gap / table.defence_budgets,
        path=aid_path(share, horizon, capabilities, substitution),
        voluntary_low=low,
        voluntary_high=high,
        efficient_ratio=ratio,
        horizon=horizon,
        capabilities=tuple(capabilities),
        capability=kinds,
        capability_range=corners(horizon, capabilities, substitution),
        short=short,
        covered=covered,
        ready_months=months_until(covered, capabilities, substitution),
    )


def aid_path(share: float, horizon: int, capabilities: Sequence[Capability], s: float) -> Array:
    """Change of all support in months 0 to horizon, `-share (1 - replaced(t))`."""
    filled = [replaced(t, capabilities, s) for t in range(horizon + 1)]
    return -share * (1.0 - np.array(filled))


def able(
    horizon: int, capabilities: Sequence[Capability], s: float, covered: float
) -> tuple[dict[str, float], tuple[str, ...]]:
    """Replaced share by kind and in all at the horizon, and the kinds that stay short."""
    shares = {c.name: ramp_up(c.ceiling.value, c.months.value, horizon) for c in capabilities}
    short = tuple(name for name, share in shares.items() if share < covered)
    return shares | {"all": replaced(horizon, capabilities, s)}, short


def corners(horizon: int, capabilities: Sequence[Capability], s: float) -> tuple[float, float]:
    """Replaced share in all at the horizon at the worst and at the best end of the ranges."""
    worst, best = ([c.at_end(good) for c in capabilities] for good in (False, True))
    return replaced(horizon, worst, s), replaced(horizon, best, s)


def willing(gap: float, given: Array, gdp: Array) -> tuple[float, float, float]:
    """Share of the gap that comes of its own accord, low and high, and efficient over voluntary.

    Low: one weight for all, the one at which present European aid plus the gap is efficient. High:
    weights revealed by present gifts in equilibrium; income effects alone then limit crowding-in,
    so nearly the whole gap is filled (Warr 1983, Economics Letters 13).
    """
    needed = float(given.sum()) + gap
    beta = needed / (float(gdp.sum()) - needed)
    alone = voluntary(gdp, beta)
    low = max(0.0, alone.total - float(given.sum())) / gap
    ratio = efficient(gdp, beta) / alone.total
    giving = given > 0.0
    weights = revealed(gdp[giving], given[giving], outside=gap)
    high = (voluntary(gdp[giving], weights).total - float(given.sum())) / gap
    return low, min(1.0, max(0.0, high)), ratio


def _given(table: SupportTable, yearly: Array) -> Array:
    """Rows: own aid, part of the EU's aid; columns: European donors; EUR bn a year."""
    europe, common = table.members("europe"), table.members("institutions")
    pooled = yearly[common].sum() * table.eu_share[europe]
    return np.stack([yearly[europe].sum(axis=1), pooled])


def _check(horizon: int, covered: float, capabilities: Sequence[Capability], s: float) -> None:
    if not capabilities:
        raise ThreatpointError("capabilities: none given; name at least one kind of support")
    if isinstance(horizon, bool) or not isinstance(horizon, int) or not 1 <= horizon <= LONGEST:
        raise ThreatpointError(f"horizon {horizon}: give whole months, 1 to {LONGEST}")
    if not 0.0 < covered <= 1.0:
        raise ThreatpointError(f"covered: {covered} is not a share above 0, at most 1")
    if not 0.0 < s < 1.0:
        raise ThreatpointError(f"s: {s} is not between 0 and 1; kinds of support complement")
    weights = tuple(c.weight.value for c in capabilities)
    if min(weights) <= 0.0:
        raise ThreatpointError(f"weights: {weights}; use positive numbers")
