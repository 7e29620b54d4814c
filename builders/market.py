"""Numbers of the crude oil market of the baseline year that are read or computed from source files.

Their words, and the numbers that were typed in, stand in `data/parameters.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from builders.oil import Facts
from threatpoint.world.parameters import ALL

Row = Mapping[str, str]
Range = tuple[float, float, float]
"""Value, low, high."""
Numbers = Mapping[str, Range | float]
"""Scope -> range, or one number without a range."""
DAYS = 365.0
MONTHS = tuple(f"2023-{month:02d}" for month in range(1, 13))


def numbers(
    oil: Sequence[Row], brent: Iterable[Row], freight: Mapping[str, float]
) -> dict[tuple[str, str], Numbers]:
    """(name, horizon) -> numbers of every row that is not typed in."""
    fact, by_month = Facts(oil), {row["Date"][:7]: float(row["Price"]) for row in brent}
    barrels = barrels_per_tonne(fact)
    found: dict[str, Numbers] = {
        "benchmark_price": {ALL: price([by_month[month] for month in MONTHS[:11]])},
        "benchmark_price_year": {ALL: price([by_month[month] for month in MONTHS])},
        "export_price": {"RUS": fact("Urals price", "", "2023-01..11", "USD/bbl")},
        "liquids": {"WLD": fact("oil liquids production", "", "2023", "mb/d", "WLD")},
        "barrels_per_tonne": {"RUS": barrels},
        "crude_exports": {"RUS": exports(fact, bought(oil), barrels[0])},
        "evasion_cost": {ALL: evasion(**freight)},
        "delivered_price": {"RUS-CHN": delivered(fact, barrels[0])},
        "export_discount": {"RUS": fact("Urals discount to dated Brent", "", "2023-11", "USD/bbl")},
    }
    return {(name, ALL): value for name, value in found.items()}


def price(months: Sequence[float]) -> Range:
    """Mean of months; lowest and highest month."""
    return round(sum(months) / len(months), 2), min(months), max(months)


def barrels_per_tonne(fact: Facts) -> Range:
    """One flow that is published both ways; the range is the rounding of the barrels."""
    mt, mbd = (fact("crude", "CHN", "2023", unit) for unit in ("Mt", "mb/d"))
    low, value, high = (round(x * DAYS / mt, 2) for x in (mbd - 0.005, mbd, mbd + 0.005))
    return value, low, high


def bought(oil: Iterable[Row]) -> float:
    """Russian crude that the buyers that report took in 2023, Mt."""
    fact = Facts(oil)
    return sum(fact("crude", buyer, "2023", "Mt") for buyer in ("CHN", "IND", "TUR", "EU27"))


def exports(fact: Facts, reported: float, barrels: float) -> Range:
    """Russian crude exports, mb/d; the low end is what was reported by the buyers, Mt."""
    value = fact("crude", "WLD", "2024", "mb/d")
    return value, round(reported * barrels / DAYS, 2), value


def evasion(
    low: float, high: float, peak: float, calm: float, tonnes: float, barrels_per_tonne: float
) -> Range:
    """Extra freight of the shadow fleet, USD a barrel: half of the middle; the risen part; all."""
    risen = (peak - calm) * 1e6 / (tonnes * barrels_per_tonne)
    return (low + high) / 2 / 2, round(risen, 1), high


def delivered(fact: Facts, barrels: float) -> float:
    """Price of Russian crude in China, USD a barrel."""
    usd, mt = (fact("crude", "CHN", "2023-01..09", unit) for unit in ("USD bn", "Mt"))
    return round(usd * 1000.0 / mt / barrels, 2)
