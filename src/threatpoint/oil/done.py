"""What a policy does to the market of crude: stops, taxes, caps, ships, producers, quotas, output.

One small function an act; each returns the market with it. Flows are read from the policy's wedges,
everything else from its acts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

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
    standing = outlets.economy.tariff_in_force[at]
    dearer = (1.0 + wedges.tariff[at]) / (1.0 + standing) * (1.0 + wedges.cost[at]) - 1.0
    dearer = dearer * (1.0 - wedges.evading[at]) + wedges.evading[at] * wedges.evasion_cost[at]
    found = {"kept": kept, "levy": dearer, "tax": wedges.export_tax[at]}
    over = {name: outlets.purchases @ values for name, values in found.items()}
    crude = replace(
        crude,
        kept=crude.kept * over["kept"],
        levy=crude.levy + over["levy"],
        tax=crude.tax + over["tax"],
    )
    for limit in wedges.volume_limits:
        where = outlets.purchases @ limit.cells[at].astype(np.float64) > 0
        crude = _at_most(crude, where, limit.volume, float(limit.payee == "exporter"))
    return crude


def _at_most(crude: Crude, where: Array, ratio: float, to_seller: float) -> Crude:
    """A quota at some outlets, as a ratio to what they bought."""
    quota = np.where(where, np.minimum(crude.quota, ratio * crude.bought), crude.quota)
    return replace(crude, quota=quota, to_seller=np.where(where, to_seller, crude.to_seller))


def _of(outlets: Outlets, buyers: Iterable[str]) -> Array:
    """(O,) part of each outlet's purchases that some economies make."""
    here = np.isin(outlets.economy.countries, list(buyers)).astype(np.float64)
    return outlets.purchases @ here


def _quota(crude: Crude, outlets: Outlets, act: QuotaAct, _: Values) -> Crude:
    where = _of(outlets, act.buyers) > 0
    return _at_most(crude, where, act.volume, float(act.holder == "seller"))


def _cap(crude: Crude, outlets: Outlets, act: CapAct, _: Values) -> Crude:
    """The lower of two caps binds; a share served makes the own fleet what is not served."""
    sea = np.where(crude.haul > 0, crude.bought, 0.0).sum(axis=1)
    own = crude.own_fleet if act.served is None else (1.0 - act.served) * sea
    cost = crude.evasion if act.evasion_cost is None else np.full_like(own, act.evasion_cost)
    cap = np.minimum(crude.cap, act.price)
    return replace(crude, cap=cap, own_fleet=own, evasion=cost)


def _cap_in_force(crude: Crude, outlets: Outlets, act: CapInForceAct, _: Values) -> Crude:
    cap = np.inf if act.price is None else act.price
    return replace(crude, cap=np.full_like(crude.cap, cap))


def _ships(crude: Crude, outlets: Outlets, act: ShipsAct, _: Values) -> Crude:
    """The own fleet loses a share; so do hauls, by the part of them that it carries."""
    sea = np.where(crude.haul > 0, crude.bought, 0.0).sum(axis=1)
    lost = act.share * np.divide(crude.own_fleet, sea, out=np.zeros_like(sea), where=sea > 0)
    return replace(
        crude, ships=crude.ships * (1.0 - lost), own_fleet=crude.own_fleet * (1.0 - act.share)
    )


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
    cut = act.volume * part / part.sum(axis=1, keepdims=True)
    return replace(crude, cut=crude.cut + cut)


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
