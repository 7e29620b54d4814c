"""The market of crude oil behind the shipped table, in barrels and dollars a barrel.

All numbers come from the base of the crude market. Economies that the table does not name are put
into its rest of the world.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from threatpoint.quantity import Quantity
from threatpoint.world.barrels import CrudeBase
from threatpoint.world.crude_base import EARLY, LATE_FROM, WORLD, base_on
from threatpoint.world.market import Market

SECTOR = "OILGAS"
RESIDUAL = "ROW"

NOTE = (
    f"The table holds crude oil and natural gas in one sector ({SECTOR}): trade and shares of that "
    "sector are of both, volumes and prices here are of crude and condensate alone."
)


def crude_market(countries: Sequence[str]) -> Market:
    """Crude oil in the baseline year, for an economy with these country codes.

    Raises:
        WorldError: the base lacks a number.
    """
    early, late = base_on(None), base_on(LATE_FROM)
    return Market(
        name="crude",
        sector=SECTOR,
        benchmark=early.quantity("benchmark", WORLD),
        prices={early.seller: early.quantity("price", early.seller)},
        output=_by_economy(early, "production", countries),
        exports={early.seller: early.quantity("exports", early.seller)},
        spare=_by_economy(early, "spare", countries),
        bases=((date(int(EARLY), 1, 1), early), (LATE_FROM, late)),
        note=NOTE,
    )


def _by_economy(base: CrudeBase, item: str, countries: Sequence[str]) -> dict[str, Quantity]:
    """A figure of producers by economy; those without a row of the table as the rest."""
    known = {code: base.quantity(item, code) for code in base.producers}
    found = {code: known[code] for code in base.producers if code in countries}
    rest = [known[code] for code in base.producers if code not in countries]
    return found | ({RESIDUAL: _sum(rest)} if RESIDUAL in countries and rest else {})


def _sum(parts: Iterable[Quantity]) -> Quantity:
    """Several figures as one, with the sources of all."""
    parts = tuple(parts)
    value, low, high = (sum(getattr(x, end) for x in parts) for end in ("value", "low", "high"))
    source = "; ".join(dict.fromkeys(part.source for part in parts))
    return Quantity(value, low, high, parts[0].unit, parts[0].period, source, "as each")
