"""Views of the oil market after a policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from threatpoint.oil import tables
from threatpoint.views import About, Named, View

if TYPE_CHECKING:
    from threatpoint.oil.outcome import OilOutcome


def about(found: OilOutcome) -> About:
    """Price, volume and revenue, before and after."""
    price, volume = found.units
    facts = {
        "seller": found.seller,
        "horizon": found.horizon,
        "OPEC": found.opec,
        "world price": "{:.2f} to {:.2f} ".format(*found.benchmark) + price,
        "seller's price": "{:.2f} to {:.2f} ".format(*found.price) + price,
        "exports": "{:.2f} to {:.2f} ".format(*found.volume) + volume,
        "revenue": "{:.2f} to {:.2f} USD bn a month".format(*found.revenue),
    }
    return About(f"Market of {found.good}, before and after", facts, ".to_pandas(), .buyers()")


def tables_of(found: OilOutcome) -> Mapping[str, Named]:
    """Tables of the market."""
    return {
        "market": Named("prices, volumes and revenue", lambda: tables.market([found])),
        "buyers": Named("the seller's exports by buyer", lambda: tables.buyers([found])),
    }


OIL = View(about, tables_of)
