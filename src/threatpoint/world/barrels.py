"""What the base of the crude market holds: volumes, prices and buyers of one day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from threatpoint.array_types import Array
from threatpoint.errors import WorldError
from threatpoint.quantity import Quantity
from threatpoint.views import Shown

LAWS = {"ceiling": "triangular", "haul": "triangular", "discount": "triangular",
        "served": "triangular"}  # fmt: skip
"""What is drawn of the base, with its law; volumes are not, since barrels must balance."""

Key = tuple[str, str]
"""Item and code, e.g. ("runs", "IND")."""


@dataclass(frozen=True, eq=False)
class CrudeBase(Shown):
    """Crude and condensate on one day, mb/d and USD/bbl.

    Attributes:
        day: "2023" or "2025-03".
        quantities: every number with its range, source and page, by item and code.
        known: month from which each could be known, "YYYY-MM".
        members: group ("COA", "EU") -> codes of the countries behind it.
        seller: code of the seller under pressure.
        benchmark, price: world price, and the seller's free on board.
        home, exports: what the seller refines itself and what it exports.
        cap: price cap in force.
        served: part of the seller's seaborne exports that uses the services the cap rides on.
        producers, buyers: codes of P producers and B buyers, the coalition among these.
        production, spare: (P,) output and idle capacity.
        runs, bought: (B,) crude refined, and what of it comes from the seller.
        near: (B,) what of `bought` has no freight premium (pipelines, short hauls).
        ceiling: (B,) largest part of runs that the seller's crude can have.
        haul: (B,) ship-days of what is not near; 1 is the unit of freight.
        discount: (B,) landed discount to the benchmark.
    """

    day: str
    quantities: Mapping[Key, Quantity]
    known: Mapping[Key, str]
    members: Mapping[str, tuple[str, ...]]
    seller: str
    benchmark: float
    price: float
    home: float
    exports: float
    cap: float
    served: float
    producers: tuple[str, ...]
    buyers: tuple[str, ...]
    production: Array
    spare: Array
    runs: Array
    bought: Array
    near: Array
    ceiling: Array
    haul: Array
    discount: Array

    @property
    def share(self) -> Array:
        """(B,) part of runs that came from the seller."""
        return self.bought / self.runs

    @property
    def ranges(self) -> dict[Key, tuple[Quantity, str]]:
        """What is drawn: quantity and law; a number without a range is not."""
        return {
            key: (given, LAWS[key[0]])
            for key, given in self.quantities.items()
            if key[0] in LAWS and given.low < given.high
        }

    def quantity(self, item: str, code: str) -> Quantity:
        """One number with its range and source.

        Raises:
            WorldError: the base has no such number.
        """
        if (item, code) not in self.quantities:
            raise WorldError(f"the crude base of {self.day} has no {item} of {code}")
        return self.quantities[item, code]

    def later_than(self, day: datetime.date) -> tuple[Key, ...]:
        """Numbers that could not be known on a day; a score that uses them is marked."""
        month = f"{day:%Y-%m}"
        return tuple(key for key, known in self.known.items() if known > month)
