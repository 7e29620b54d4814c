"""Facts about one good's market that a trade table does not hold: prices, volumes, spare capacity.

A table of trade knows values only. To say "so many dollars a barrel" one needs the baseline price
on a stated basis, and to say who can replace whom one needs physical capacity.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from threatpoint.quantity import Quantity


@dataclass(frozen=True)
class Market:
    """One good inside a sector, in physical units.

    Attributes:
        name: the good; the name of one of the economy's flows, e.g. "crude".
        sector: the sector of the table that holds it.
        benchmark: price of the world's benchmark in the baseline year.
        prices: seller -> price of its good in the baseline year, free on board.
        output: economy -> baseline output, volume per time.
        exports: seller -> baseline exports, volume per time.
        spare: economy -> capacity that stands idle at baseline, in the unit of `output`.
        floors: seller -> price below which it shuts wells rather than sell.
        largest_share: the largest part of a buyer's use of the sector that one foreign origin can
            have (what refineries can take); a buyer above it at baseline keeps its baseline share.
        closed: country or group -> largest volume it can buy from the sellers, as a ratio to its
            baseline purchases of the sector (a ban with exemptions).
        evasion_cost: extra cost of the channel that avoids a price cap, USD per unit.
        served: share of capped exports that uses the services the cap rides on.
        volume_unit, price_unit: e.g. "mb/d", "USD/bbl".
        basis: words for the basis of all prices, e.g. "free on board".
        note: what the table cannot tell apart.
    """

    name: str
    sector: str
    benchmark: Quantity
    prices: Mapping[str, Quantity]
    output: Mapping[str, Quantity] = field(default_factory=dict[str, Quantity])
    exports: Mapping[str, Quantity] = field(default_factory=dict[str, Quantity])
    spare: Mapping[str, Quantity] = field(default_factory=dict[str, Quantity])
    floors: Mapping[str, Quantity] = field(default_factory=dict[str, Quantity])
    largest_share: Quantity | None = None
    closed: Mapping[str, Quantity] = field(default_factory=dict[str, Quantity])
    evasion_cost: Quantity | None = None
    served: Quantity | None = None
    volume_unit: str = "mb/d"
    price_unit: str = "USD/bbl"
    basis: str = "free on board"
    note: str = ""
