"""From the base of a day and its uncertain numbers to the market that is solved, nothing done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.oil.crude import Crude

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.oil.outlets import Outlets

OPEC = {
    "hold": "owners of idle capacity leave it idle",
    "half": "owners of idle capacity bring in, as the price rises, what they can within 90 days",
    "all": "owners of idle capacity bring in all of it as the price rises",
}
"""What owners of idle capacity do -> in words."""


OPEN = 0.9
"""Most of the baseline's netback at which wells can close: they ran at it."""


def market_of_day(outlets: Outlets, values: Mapping[str, float | Array], opec: str) -> Crude:
    """The market before anything is done.

    Args:
        outlets: base and economy.
        values: key of the priors -> a number, or one a draw (D,).
        opec: a key of `OPEC`.
    """
    base = outlets.base
    count = max(np.size(value) for value in values.values())

    def wide(value: float | Array) -> Array:
        return np.broadcast_to(np.asarray(value, dtype=np.float64), (count,)).copy()

    def rows(row: Array) -> Array:
        return np.repeat(np.asarray(row, dtype=np.float64)[None], count, axis=0)

    def drawn(item: str, own: Array) -> Array:
        """(D, B) a number of each buyer, drawn where it is uncertain."""
        keys = [f"{item} {code}" for code in base.buyers]
        return np.stack(
            [wide(values.get(key, one)) for key, one in zip(keys, own, strict=True)], axis=1
        )

    bought, buyer = rows(outlets.bought), outlets.buyer
    haul = drawn("haul", base.haul)[:, buyer] * (1.0 - outlets.near)
    ceiling = drawn("ceiling", base.ceiling)[:, buyer] * _part(outlets)
    sea = np.where(haul > 0, bought, 0.0).sum(axis=1)
    none, pumped, spare = np.zeros_like(bought), *_elsewhere(outlets)
    price = wide(base.price)
    plain = ("tau", "fleet", "band", "home_room", "home_from", "home_full", "evasion")
    return Crude(
        world_price=wide(base.benchmark), price=price,
        landed=drawn("discount", base.discount)[:, buyer],
        runs=rows(base.runs), income=np.ones((count, len(base.runs))), buyer=buyer,
        bought=bought, ceiling=ceiling, haul=haul, kept=np.ones_like(bought), charge=none,
        levy=none, tax=none, quota=np.full_like(bought, np.inf), to_seller=none,
        elsewhere=rows(pumped), cut=np.zeros((count, len(pumped))),
        spare=rows(spare) * _comes_in(opec, wide(values["spare_share"]))[:, None],
        demand=wide(values["e_d"]), supply=wide(values["e_s"]), own_supply=wide(values["e_s"]),
        ships=(haul * bought).sum(axis=1), home=wide(base.home), net_before=price,
        shut_in=np.minimum(wide(values["shut_in"]), OPEN * price), own_cut=np.zeros(count),
        cap=np.maximum(base.cap, price),
        own_fleet=(1.0 - wide(values.get(f"served {base.seller}", base.served))) * sea,
        evasion_slope=wide(values["evasion_slope"]), **{key: wide(values[key]) for key in plain},
    )  # fmt: skip


def _part(outlets: Outlets) -> Array:
    """(O,) the part of its buyer's purchases that an outlet takes; room is split alike."""
    whole = outlets.base.bought[outlets.buyer]
    return np.divide(outlets.bought, whole, out=np.ones_like(whole), where=whole > 0)


def _elsewhere(outlets: Outlets) -> tuple[Array, Array]:
    """(output, idle capacity) of all producers but the seller, (P - 1,) each."""
    others = [code != outlets.base.seller for code in outlets.base.producers]
    return outlets.base.production[others], outlets.base.spare[others]


def _comes_in(opec: str, part: Array) -> Array:
    """(D,) the part of idle capacity that comes in."""
    return {"hold": np.zeros_like(part), "half": part, "all": np.ones_like(part)}[opec]
