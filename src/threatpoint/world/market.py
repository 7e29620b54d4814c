"""Facts about one good's market that a trade table does not hold: prices, volumes, spare capacity.

A table of trade knows values only. To say "so many dollars a barrel" one needs the baseline price
on a stated basis, and to say who can replace whom one needs physical capacity.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from threatpoint.quantity import Quantity
from threatpoint.views import Shown
from threatpoint.world.barrels import CrudeBase


@dataclass(frozen=True)
class Market(Shown):
    """One good inside a sector, in physical units.

    Attributes:
        name: the good; the name of one of the economy's flows, e.g. "crude".
        sector: the sector of the table that holds it.
        benchmark: price of the world's benchmark in the baseline year.
        prices: seller -> price of its good in the baseline year, free on board.
        output: economy -> baseline output, volume per time.
        exports: seller -> baseline exports, volume per time.
        spare: economy -> capacity that stands idle at baseline, in the unit of `output`.
        bases: day from which it holds -> the market in barrels, the oldest first; none where the
            good has no market that can be solved.
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
    bases: tuple[tuple[date, CrudeBase], ...] = ()
    volume_unit: str = "mb/d"
    price_unit: str = "USD/bbl"
    basis: str = "free on board"
    note: str = ""

    def base_on(self, day: date | None) -> CrudeBase | None:
        """The market in barrels that stands for a day, the oldest without a day; None: none."""
        found = [base for begin, base in self.bases if day is not None and begin <= day]
        oldest = self.bases[0][1] if self.bases else None
        return found[-1] if found else oldest
