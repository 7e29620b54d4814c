"""Compose: from the effects of instruments to each kind of wedge; the order never matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.policy.acts import on_flows
from threatpoint.policy.limits import VolumeLimit

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.policy.acts import Act
    from threatpoint.policy.instruments.effect import Effect
    from threatpoint.world.economy import Economy


@dataclass(frozen=True, eq=False)
class Hit:
    """An instrument that has met an economy.

    Attributes:
        words: the instrument in words.
        effect: what it does.
        answer: done by the other side: where both cut a flow, the stricter holds.
    """

    words: str
    effect: Effect
    answer: bool = False


Hits = Sequence[Hit]


def tariffs_after(hits: Hits, economy: Economy) -> Array:
    """Tariff after the policy, (N, N, S): first every "set", then every "add"."""
    after = economy.tariff_in_force
    for cells, rate in _given(hits, "tariff_set"):
        after = np.where(cells, rate, after)
    return _added(after, hits, "tariff_added")


def _given(hits: Hits, name: str) -> Iterator[tuple[Mask, Any]]:
    """Cells and figure of each effect that has this one."""
    figures = ((hit.effect.cells, getattr(hit.effect, name)) for hit in hits)
    return ((cells, figure) for cells, figure in figures if figure is not None)


def _added(start: Array, hits: Hits, name: str) -> Array:
    """What there is and all figures of one name, (N, N, S); without any, the very same array."""
    for cells, figure in _given(hits, name):
        start = start + np.where(cells, figure, 0.0)
    return start


def _nowhere(economy: Economy) -> Array:
    """A kind of wedge that no flow has, (N, N, S): one number, stored once."""
    return np.broadcast_to(0.0, economy.trade.shape)


def survival_after(hits: Hits, economy: Economy) -> Array:
    """Surviving share of each flow at unchanged prices, (N, N, S); the strictest cut holds."""
    survival = np.broadcast_to(1.0, economy.trade.shape)
    for _, cut in _given(hits, "cut"):
        survival = np.minimum(survival, 1.0 - cut)
    return survival


def export_taxes(hits: Hits, economy: Economy) -> Array:
    """Sum of the export taxes, (N, N, S)."""
    return _added(_nowhere(economy), hits, "export_tax")


def costs(hits: Hits, economy: Economy) -> Array:
    """Sum of the trading costs and of what leaking flows bear, (N, N, S).

    A cut flow bears the cost of its cut once, the highest where both sides cut it.
    """
    leaking = _nowhere(economy)
    for cells, cost in _given(hits, "leak_cost"):
        if np.ndim(cost) == 0 and cost == 0.0:
            continue
        leaking = np.maximum(leaking, np.where(cells, cost, 0.0))
    return _added(leaking, hits, "cost")


def icebergs(hits: Hits, economy: Economy) -> Array:
    """Change of the iceberg costs, (N, N, S) as a share; several multiply."""
    factor = 1.0 + _nowhere(economy)
    for cells, change in _given(hits, "iceberg"):
        factor = factor * np.where(cells, 1.0 + change, 1.0)
    return factor - 1.0


def evasion(hits: Hits, economy: Economy) -> tuple[Array, Array]:
    """Share of each flow that escapes the change of its tariff, and what that costs."""
    evading = cost = _nowhere(economy)
    for effect in (hit.effect for hit in hits if hit.effect.tariff):
        escapes = effect.cells & (np.asarray(effect.evading) > 0)
        if not escapes.any():
            continue
        evading = np.where(escapes, effect.evading, evading)
        cost = np.where(escapes, effect.evasion_cost, cost)
    return evading, cost


def volume_limits(hits: Hits, survival: Array) -> tuple[VolumeLimit, ...]:
    """The quotas on what is left; those of one size and payee are one limit, to bind once."""
    kinds: dict[tuple[float, Any], Any] = {}
    for limit in (hit.effect.volume for hit in hits if hit.effect.volume is not None):
        key = (limit.volume, limit.payee)
        kinds[key] = (limit.cells & (survival > 0)) | kinds.get(key, False)
    return tuple(VolumeLimit(kinds[key], *key) for key in sorted(kinds) if kinds[key].any())


def acts(hits: Hits) -> tuple[Act, ...]:
    """What is done to markets as a whole; without what is on flows that are all cut off."""
    found = {act for hit in hits for act in hit.effect.acts if not all_gone(act, hit, hits)}
    return tuple(sorted(found, key=repr))


def all_gone(act: Act, hit: Hit, hits: Hits) -> bool:
    """Whether every flow that an act is about is cut off."""
    if not on_flows(act):
        return False
    left = hit.effect.cells
    for effect in (other.effect for other in hits if other.effect.cut is not None):
        left = left & ~gone(effect, act.good)
    return not left.any()


def gone(cut: Effect, good: str = "") -> Mask:
    """Cells of which a cut leaves nothing; of a good inside them, nothing of that good."""
    return cut.cells if cut.kept.get(good) == 0 else np.asarray(cut.cut == 1.0)


def kept_flows(hits: Hits, economy: Economy) -> dict[str, Array]:
    """Name of a finer flow -> (N n, N i) share of it that is left at unchanged prices.

    Where somebody stops buying this flow: what this keeps. Elsewhere it is hit like its sector.
    """
    kept: dict[str, Array] = {}
    for name in sorted({name for hit in hits for name in hit.effect.kept}):
        sector = economy.flows[name].sector
        j = economy.sector(sector)
        whole = [hit for hit in hits if sector not in _finer(hit.effect, economy)]
        left = survival_after(whole, economy)[:, :, j].copy()
        for effect in (hit.effect for hit in hits if name in hit.effect.kept):
            here = effect.cells[:, :, j]
            left[here] = np.minimum(left[here], effect.kept[name])
        kept[name] = left
    return kept


def _finer(effect: Effect, economy: Economy) -> dict[str, float]:
    """Sectors of which an instrument stops only a part, and the share of the part that goes on."""
    return {economy.flows[name].sector: kept for name, kept in effect.kept.items()}
