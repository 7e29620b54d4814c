"""What a policy does to the market of crude: stops, taxes, caps, ships, producers, quotas, output.

One small function an act; each returns the market with it. Flows are read from the policy's wedges,
everything else from its acts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.policy.acts import (
    CapAct,
    CapInForceAct,
    OutputAct,
    ProducersAct,
    QuotaAct,
    ShipsAct,
    SpareAct,
)

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.oil.crude import Crude
    from threatpoint.oil.outlets import Outlets
    from threatpoint.policy.acts import Act
    from threatpoint.policy.wedges import Wedges

Values = Mapping[str, Any]


def with_policy(crude: Crude, outlets: Outlets, wedges: Wedges, values: Values) -> Crude:
    """The market with a policy.

    Args:
        crude: the market before.
        outlets: base and economy.
        wedges: what the policy does to flows; its acts on this good.
        values: of the priors: refusal, swap, middlemen, spare_share.
    """
    crude = _with_flows(crude, outlets, wedges)
    for act in wedges.acts:
        if act.good == outlets.market.name:
            crude = ACTS[type(act)](crude, outlets, act, values)
    return crude


def _with_flows(crude: Crude, outlets: Outlets, wedges: Wedges) -> Crude:
    """Purchases stopped; taxes, tariffs and costs on the seller's crude; quotas on its sector."""
    at = (slice(None), outlets.seller, outlets.sector)
    left = wedges.kept.get(outlets.market.name)
    kept = wedges.survival[at] if left is None else left[:, outlets.seller]
    found = {"kept": kept, "levy": levied(outlets, wedges), "tax": wedges.export_tax[at]}
    over = {name: outlets.purchases @ values for name, values in found.items()}
    crude = replace(
        crude,
        kept=crude.kept * over["kept"],
        levy=crude.levy + over["levy"],
        tax=crude.tax + over["tax"],
    )
    for limit in wedges.volume_limits:
        part = outlets.purchases @ limit.cells[at].astype(np.float64)
        crude = _at_most(crude, part, limit.volume, float(limit.payee == "exporter"))
    return crude


def levied(outlets: Outlets, wedges: Wedges) -> Array:
    """(N,) tariffs and costs of trading on the seller's sector above those in force, a share."""
    at = (slice(None), outlets.seller, outlets.sector)
    standing = outlets.economy.tariff_in_force[at]
    dearer = (1.0 + wedges.tariff[at]) / (1.0 + standing) * (1.0 + wedges.cost[at]) - 1.0
    escaped = wedges.evading[at]
    return dearer * (1.0 - escaped) + escaped * wedges.evasion_cost[at]


def _at_most(crude: Crude, part: Array, ratio: float, to_seller: float) -> Crude:
    """A quota as a ratio to what was bought, on a part of each outlet's purchases.

    Economies that one outlet counts together buy at one price: where it holds for some of them, the
    others are held at what they bought.
    """
    most = crude.bought * (1.0 - part * (1.0 - ratio))
    held = part > 0
    quota = np.where(held, np.minimum(crude.quota, most), crude.quota)
    return replace(crude, quota=quota, to_seller=np.where(held, to_seller, crude.to_seller))


def _of(outlets: Outlets, buyers: Iterable[str]) -> Array:
    """(O,) part of each outlet's purchases that some economies make."""
    here = np.isin(outlets.economy.countries, list(buyers)).astype(np.float64)
    return outlets.purchases @ here


def _quota(crude: Crude, outlets: Outlets, act: QuotaAct, _: Values) -> Crude:
    part = _of(outlets, act.buyers)
    return _at_most(crude, part, act.volume, float(act.holder == "seller"))


def _cap(crude: Crude, outlets: Outlets, act: CapAct, _: Values) -> Crude:
    """The lower of two caps binds; the share served of what the buyers take by sea is under it.

    What is not served, and what others take, counts as carried by the own fleet. Where the buyers
    take nothing by sea there is nothing to cap.
    """
    by_sea = np.where(crude.haul > 0, crude.bought, 0.0)
    sea, capped = by_sea.sum(axis=1), by_sea @ _of(outlets, act.buyers)
    share = _over(sea - crude.own_fleet, sea) if act.served is None else act.served
    cost = crude.evasion if act.evasion_cost is None else np.full_like(sea, act.evasion_cost)
    cap = np.minimum(crude.cap, _beside_prices(crude, outlets, act.price))
    return replace(
        crude,
        cap=np.where(capped > 0, cap, crude.cap),
        own_fleet=np.where(capped > 0, sea - share * capped, crude.own_fleet),
        evasion=np.where(capped > 0, cost, crude.evasion),
    )


def _cap_in_force(crude: Crude, outlets: Outlets, act: CapInForceAct, _: Values) -> Crude:
    cap = np.full_like(crude.cap, np.inf)
    if act.price is not None:
        cap = _beside_prices(crude, outlets, act.price)
    return replace(crude, cap=cap)


def _beside_prices(crude: Crude, outlets: Outlets, cap: float) -> Array:
    """(D,) a cap as the baseline's prices know it.

    Where the mean price was above the cap in force (served and other barrels are one mean there),
    the cap in force stands at that mean, and another one as far from it as the two caps are apart.
    """
    return cap + np.maximum(crude.price - outlets.base.cap, 0.0)


def _ships(crude: Crude, outlets: Outlets, act: ShipsAct, _: Values) -> Crude:
    """The own fleet loses a share; so do hauls, by the part of them that it carries."""
    sea = np.where(crude.haul > 0, crude.bought, 0.0).sum(axis=1)
    lost = act.share * _over(crude.own_fleet, sea)
    return replace(
        crude, ships=crude.ships * (1.0 - lost), own_fleet=crude.own_fleet * (1.0 - act.share)
    )


def _over(part: Array, whole: Array) -> Array:
    """Part over whole, 0 where there is none."""
    return np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)


def _producers(crude: Crude, outlets: Outlets, act: ProducersAct, values: Values) -> Crude:
    """Buyers refuse part of the named firms' crude, less swaps; the rest goes by middlemen."""
    refused = np.asarray(values["refusal"]) * (1.0 - np.asarray(values["swap"]))
    kept = 1.0 - act.share * refused
    through = act.share * (1.0 - refused) / kept * np.asarray(values["middlemen"])
    return replace(
        crude,
        kept=crude.kept * np.atleast_1d(kept)[:, None],
        charge=crude.charge + np.atleast_1d(through)[:, None],
    )


def _output(crude: Crude, outlets: Outlets, act: OutputAct, _: Values) -> Crude:
    """A cut, in proportion to what each pumps; a producer in a group cuts with its group."""
    part = _pumped(crude, outlets, act.producers)
    own = (crude.home + crude.exports) * (outlets.base.seller in act.producers)
    total = part.sum(axis=1) + own
    _require_exports(crude, outlets, act.volume * own / total)
    return replace(
        crude,
        cut=crude.cut + act.volume * part / total[:, None],
        own_cut=crude.own_cut + act.volume * own / total,
    )


def _require_exports(crude: Crude, outlets: Outlets, cut: Array) -> None:
    """Refuse a seller's cut that leaves its own refineries short: nobody sells it crude here."""
    if (cut >= crude.exports).any():
        raise PolicyError(
            f"{outlets.base.seller} cuts output by {cut.max():.3g} {outlets.market.volume_unit}, "
            f"and exports {crude.exports.min():.3g}: what its own refineries take cannot be cut; "
            "give a smaller cut"
        )


def _spare(crude: Crude, outlets: Outlets, act: SpareAct, _: Values) -> Crude:
    """Idle capacity that comes in whatever the price, and no longer waits for it."""
    here = _share_of_producers(outlets, act.producers)
    idle = outlets.base.spare[_others(outlets)]
    released = act.share * here * idle
    waiting = np.minimum(crude.spare, np.maximum(idle - released, 0.0))
    return replace(crude, cut=crude.cut - released, spare=waiting)


def _pumped(crude: Crude, outlets: Outlets, producers: Iterable[str]) -> Array:
    """(D, P) what some economies pump of each producer's output."""
    return crude.elsewhere * _share_of_producers(outlets, producers)


def _share_of_producers(outlets: Outlets, producers: Iterable[str]) -> Array:
    """(P,) 1 for the producers that are some economies, or are counted in them."""
    here = np.isin(outlets.economy.countries, list(producers)).astype(np.float64)
    places = outlets.producers[_others(outlets)]
    return (places @ here) / np.maximum(places.sum(axis=1), 1.0)


def _others(outlets: Outlets) -> list[bool]:
    return [code != outlets.base.seller for code in outlets.base.producers]


ACTS: Mapping[type[Act], Callable[[Crude, Outlets, Any, Values], Crude]] = {
    CapAct: _cap,
    CapInForceAct: _cap_in_force,
    ShipsAct: _ships,
    ProducersAct: _producers,
    QuotaAct: _quota,
    OutputAct: _output,
    SpareAct: _spare,
}
