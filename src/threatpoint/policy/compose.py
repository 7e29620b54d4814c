"""Compose: from instruments and their cells to each kind of wedge; the order never matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.policy.bounds import PriceCap, Quota
from threatpoint.policy.charges import ExportTax, TradeCost
from threatpoint.policy.instrument import Cut
from threatpoint.policy.instruments import CutOff, ExportBan, Tariff
from threatpoint.policy.stop import StopBuying

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from threatpoint.policy.instrument import Instrument
    from threatpoint.policy.limits import PriceLimit, VolumeLimit
    from threatpoint.policy.scope import Mask
    from threatpoint.world.economy import Economy

    Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Hit:
    """An instrument that has met an economy.

    Attributes:
        item: the instrument.
        cells: bool (N n, N i, S j), the cells it touches.
        removed: (N n, N i, S j) share of each cell a cut takes away; None for other instruments.
        limits: the price limits of a price cap, one per seller.
        answer: done by the other side: where both cut a flow, the stricter holds.
    """

    item: Instrument
    cells: Mask
    removed: Array | None = None
    limits: tuple[PriceLimit, ...] = ()
    answer: bool = False

    @classmethod
    def of(cls, item: Instrument, economy: Economy, answer: bool = False) -> Hit:
        """The instrument's cells; raises `PolicyError` when it cannot be applied."""
        cells = item.cells(economy)
        removed = item.removed(economy) if isinstance(item, Cut) else None
        limits = item.limits(economy) if isinstance(item, PriceCap) else ()
        return cls(item, cells, removed, limits, answer)

    @property
    def escape_cost(self) -> float:
        """What the surviving part of a cut flow bears on top."""
        return self.item.evasion_cost if isinstance(self.item, CutOff | ExportBan) else 0.0


Hits = Sequence[Hit]


def tariffs_after(hits: Hits, economy: Economy) -> Array:
    """Tariff after the policy, (N, N, S): first every "set", then every "add"."""
    after = economy.tariff.copy()
    tariffs = [(hit.item, hit.cells) for hit in hits if isinstance(hit.item, Tariff)]
    for tariff, cells in tariffs:
        if tariff.mode == "set":
            after[cells] = tariff.rate
    for tariff, cells in tariffs:
        if tariff.mode == "add":
            after[cells] += tariff.rate
    return after


def survival_after(hits: Hits, economy: Economy) -> Array:
    """Surviving share of each flow at unchanged prices, (N, N, S); the strictest cut holds."""
    survival = np.ones_like(economy.trade)
    for hit in hits:
        if hit.removed is not None:
            survival = np.minimum(survival, 1.0 - hit.removed)
    return survival


def export_taxes(hits: Hits, economy: Economy) -> Array:
    """Sum of the export taxes, (N, N, S)."""
    total = np.zeros_like(economy.trade)
    for hit in hits:
        if isinstance(hit.item, ExportTax):
            total[hit.cells] += hit.item.rate
    return total


def costs(hits: Hits, economy: Economy) -> Array:
    """Sum of the trading costs and of what leaking flows bear, (N, N, S).

    A cut flow bears the cost of its cut once, the highest where both sides cut it.
    """
    leaking = np.zeros_like(economy.trade)
    for hit in hits:
        if hit.escape_cost:
            leaking[hit.cells] = np.maximum(leaking[hit.cells], hit.escape_cost)
    for hit in hits:
        if isinstance(hit.item, TradeCost):
            leaking[hit.cells] += hit.item.rate
    return leaking


def evasion(hits: Hits, economy: Economy) -> tuple[Array, Array]:
    """Share of each flow that escapes the change of its tariff, and what that costs."""
    evading, cost = np.zeros_like(economy.trade), np.zeros_like(economy.trade)
    for hit in hits:
        if isinstance(hit.item, Tariff) and hit.item.enforcement < 1:
            evading[hit.cells] = 1.0 - hit.item.enforcement
            cost[hit.cells] = hit.item.evasion_cost
    return evading, cost


def volume_limits(hits: Hits, survival: Array) -> tuple[VolumeLimit, ...]:
    """The quotas on what is left; those of one size and payee are one limit, to bind once."""
    kinds: dict[tuple[float, str], tuple[Quota, Any]] = {}
    for hit in hits:
        if isinstance(hit.item, Quota):
            key = (float(hit.item.volume), hit.item.payee)
            before = kinds[key][1] if key in kinds else False
            kinds[key] = (hit.item, (hit.cells & (survival > 0)) | before)
    found = [kinds[key][0].limit(kinds[key][1]) for key in sorted(kinds)]
    return tuple(limit for limit in found if limit.cells.any())


def price_limits(hits: Hits, survival: Array) -> tuple[PriceLimit, ...]:
    """The price caps on what is left, one per seller; a flow capped twice alike is capped once."""
    found: list[PriceLimit] = []
    bound: Any = survival == 0
    for hit in sorted(hits, key=lambda hit: hit.item.describe()):
        for limit in hit.limits:
            cells = limit.cells & ~np.asarray(bound)
            if cells.any():
                part = np.where(cells, limit.part, 0.0)
                found.append(type(limit)(cells, limit.cap, limit.served, limit.cost, part))
        if hit.limits:
            bound = hit.cells | bound
    return tuple(found)


def kept_flows(hits: Hits, economy: Economy) -> dict[str, Array]:
    """Name of a finer flow -> (N n, N i) share of it that is left at unchanged prices.

    Where somebody stops buying this flow: 1 - enforcement. Elsewhere it is hit like its sector.
    """
    stops = [(hit.item, hit.cells) for hit in hits if isinstance(hit.item, StopBuying)]
    kept: dict[str, Array] = {}
    for name in sorted({name for stop, _ in stops for name in stop.flows(economy)}):
        sector = economy.flows[name].sector
        j = economy.sector(sector)
        whole = [hit for hit in hits if not _finer(hit.item, sector)]
        left = survival_after(whole, economy)[:, :, j]
        for stop, cells in stops:
            if name in stop.goods_words:
                here = cells[:, :, j]
                left[here] = np.minimum(left[here], 1.0 - stop.enforcement)
        kept[name] = left
    return kept


def remainders(hits: Hits, survival: Array) -> Array:
    """Most volume of each cell a part of which is stopped entirely: what the rest had before.

    Without it the rest of the cell (pipeline gas) would take the place of the stopped part (crude)
    at the trade elasticity of both, which no pipeline does.
    """
    most = np.full_like(survival, np.inf)
    for hit in hits:
        if isinstance(hit.item, StopBuying) and hit.item.enforcement == 1:
            cells = hit.cells & (survival > 0)
            most[cells] = np.minimum(most[cells], survival[cells])
    return most


def _finer(item: Instrument, sector: str) -> bool:
    """Whether an instrument stops only a part of a sector."""
    return isinstance(item, StopBuying) and sector not in item.goods_words
