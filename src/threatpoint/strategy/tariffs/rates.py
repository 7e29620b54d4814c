"""The rates that are set: whose, on whose goods, in which sectors, and the world they make.

Each flow that is hit has one rate; flows of one rate move together. A rate is added to the tariff
in force. The unknown is u = log(1 + rate), in which real income is all but a low polynomial.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from threatpoint import words
from threatpoint.errors import PolicyError, require_label
from threatpoint.policy.scope import listed, member_codes, sector_mask
from threatpoint.policy.wedges import Wedges
from threatpoint.strategy.tariffs.partners import only, partners_of
from threatpoint.strategy.worlds import in_usd_bn
from threatpoint.world.places import code_of

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask, Positions
    from threatpoint.policy.scope import Selector
    from threatpoint.world.economy import Economy

Ways: TypeAlias = Literal["uniform", "sector", "partner", "both"] | str
WAYS = {
    "uniform": "one rate",
    "sector": "a rate a sector",
    "partner": "a rate a partner",
    "both": "a rate a sector and partner",
}
"""How the rates of a side may differ -> in words."""
ALL = "all"
"""Stands for every partner, or every sector, where one rate is on all."""
MOST = 500
"""Rates that can be free at once: their second derivatives are solved for one by one."""


@dataclass(frozen=True)
class Rate:
    """One free rate.

    Attributes:
        importer: who sets it.
        exporter: on whose goods; `ALL` of those named where they share it.
        sector: on which of them; `ALL` likewise.
        imports: what it is on in the baseline, the economy's money unit.
    """

    importer: str
    exporter: str
    sector: str
    imports: float


@dataclass(frozen=True, eq=False)
class FreeRates:
    """All free rates of all sides; a flow has at most one.

    Attributes:
        economy: the baseline.
        sides: whose rates they are, by their words.
        members: of each side, its positions among the countries.
        rates: (K) in the order of the sides.
        whose: (K,) the side of each.
        cells: (C,) flat [n, i, j] positions of the flows that are hit.
        rate_of: (C,) the rate of each.
    """

    economy: Economy
    sides: tuple[str, ...]
    members: tuple[Positions, ...]
    rates: tuple[Rate, ...]
    whose: Positions
    cells: Positions
    rate_of: Positions

    def __len__(self) -> int:
        return len(self.rates)

    @property
    def imports(self) -> Array:
        """(K,) what each rate is on in the baseline."""
        return np.array([rate.imports for rate in self.rates])

    def codes(self, side: int) -> tuple[str, ...]:
        """The countries of a side."""
        return tuple(self.economy.countries[int(n)] for n in self.members[side])

    @property
    def hit(self) -> Positions:
        """Those whose goods are hit, positions among the countries."""
        return np.unique(np.unravel_index(self.cells, self.economy.trade.shape)[1])

    def in_usd_bn(self, value: float) -> float:
        """Money of the economy in USD bn."""
        return in_usd_bn(float(value), self.economy)

    def wedges(self, u: Array) -> Wedges:
        """What the rates do, at (K,) logs of one plus them."""
        tariff = self.economy.tariff_in_force.copy()
        tariff.reshape(-1)[self.cells] += np.expm1(u)[self.rate_of]
        hit = np.zeros(tariff.shape, dtype=bool)
        hit.reshape(-1)[self.cells] = True
        cause = ("tariffs of " + words.listing(self.sides), hit)
        return Wedges(tariff, np.broadcast_to(1.0, tariff.shape), (cause,))

    def summed(self, by_flow: Array) -> Array:
        """(K,) sums over the flows of each rate; by_flow: (N, N, S)."""
        flat = by_flow.reshape(-1)[self.cells]
        found = np.zeros(len(self))
        np.add.at(found, self.rate_of, flat)
        return found

    def mean(self, u: Array, side: int = 0) -> float:
        """A side's rate: that of all, or the mean, weighted by imports of the baseline."""
        own = self.whose == side
        return float(np.average(np.expm1(u[own]), weights=self.imports[own]))


def free_rates(
    economy: Economy, named: Sequence[tuple[Selector, Selector]], sectors: Selector, by: str
) -> FreeRates:
    """The rates of each (importer, exporters).

    Raises:
        PolicyError: unknown words; a country on both sides; no trade between them; too many rates.
    """
    require_label("way of setting rates", by, WAYS, PolicyError, "by")
    goods = sector_mask(economy, listed(sectors, "sectors"), "tariffs, sectors")
    read = [_side(economy, *pair, goods, by) for pair in named]
    count = sum(len(masks) for *_, masks in read)
    if count > MOST:
        text = f"{count} rates would be free ({WAYS[by]}); the limit is {MOST}"
        raise PolicyError(f"{text}. Name fewer partners or sectors, or choose another `by`")
    found = [(s, rate, cells) for s, (*_, masks) in enumerate(read) for rate, cells in masks]
    return FreeRates(
        economy,
        tuple(label for label, *_ in read),
        tuple(members for _, members, _ in read),
        tuple(rate for _, rate, _ in found),
        np.array([s for s, *_ in found]),
        np.concatenate([cells for *_, cells in found]),
        np.repeat(np.arange(count), [len(cells) for *_, cells in found]),
    )


Masks = list[tuple[Rate, Any]]


def _side(
    economy: Economy, importer: Selector, exporters: Selector, goods: Mask, by: str
) -> tuple[str, Positions, Masks]:
    """Words, members and rates of one side, each rate with the flows that it is on."""
    own = listed(importer, "importer")
    codes = member_codes(economy, own, "tariffs, importer")
    label = "+".join(code_of(word, economy) or word for word in own)
    members = np.array([economy.country(code) for code in codes])
    partners = partners_of(economy, codes, listed(exporters, "exporters"))
    groups = partners if by in ("partner", "both") else {ALL: np.any([*partners.values()], axis=0)}
    kinds = {ALL: goods}
    if by in ("sector", "both"):
        kinds = {economy.sectors[j]: only(goods, j) for j in map(int, np.flatnonzero(goods))}
    hit = (
        (Rate(label, who, what, float(economy.trade[cells].sum())), np.flatnonzero(cells))
        for who, exporter in groups.items()
        for what, sector in kinds.items()
        for cells in [_cells(economy, members, exporter, sector)]
    )
    masks = [(rate, flows) for rate, flows in hit if rate.imports > 0]
    if not masks:
        text = f"tariffs: {label} buys none of it from {words.listing(tuple(partners))}"
        raise PolicyError(f"{text}; check direction and sectors")
    return label, members, masks


def _cells(economy: Economy, importers: Positions, exporters: Mask, sectors: Mask) -> Mask:
    """(N, N, S) flows abroad that there are."""
    cells = np.zeros(economy.trade.shape, dtype=bool)
    cells[importers] = exporters[:, None] & sectors
    own = np.arange(len(cells))
    cells[own, own] = False
    return cells & (economy.trade > 0)
