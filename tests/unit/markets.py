"""The small world with a hand-made market for crude, in barrels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tests.situations.small_world import COUNTRIES, small_world
from threatpoint.quantity import Quantity
from threatpoint.world.barrels import CrudeBase
from threatpoint.world.crude_base import checked, made
from threatpoint.world.economy import Economy
from threatpoint.world.market import Market

BUYERS = {
    "CHN": (14.0, 2.2, 0.7, 0.25, 1.4, 2.0),
    "IND": (5.0, 1.8, 0.0, 0.45, 1.0, 4.0),
    "TUR": (0.7, 0.3, 0.0, 0.7, 0.25, 4.0),
    "HUN": (0.2, 0.1, 0.1, 0.8, 0.0, 8.0),
    "RST": (20.0, 0.6, 0.0, 0.06, 1.0, 4.0),
    "COA": (37.1, 0.0, 0.0, 0.0, 0.0, 0.0),
}
"""Code -> runs, bought, near, ceiling, haul, discount."""
ITEMS = ("runs", "bought", "near", "ceiling", "haul", "discount")
NEVER = ("USA", "DEU")


def quantity(value: float, unit: str) -> Quantity:
    return Quantity(value, 0.5 * value, 1.5 * value, unit, source="hand-made")


def small_base(countries: Iterable[str] = COUNTRIES) -> CrudeBase:
    """A seller of 5 mb/d, whose buyers are those of the countries that are known."""
    countries = tuple(countries)
    never = [code for code in NEVER if code in countries]
    buyers = {code: x for code, x in BUYERS.items() if code in countries}
    if set(countries) - set(buyers) - set(never) - {"RUS"}:
        buyers["RST"] = BUYERS["RST"]
    buyers["COA"] = BUYERS["COA"]
    return base_of(buyers, "NOR" if "NOR" in countries else "USA", countries, never)


def base_of(
    buyers: Mapping[str, tuple[float, ...]],
    owner: str,
    countries: Iterable[str],
    never: Iterable[str],
    home: float = 5.0,
) -> CrudeBase:
    """A base of these buyers; all but the seller and who owns idle capacity pump the rest."""
    rows = list(_rows(buyers, owner, home))
    groups = {"COA": never, "EU": [code for code in ("DEU", "HUN", "REU") if code in countries]}
    listed = [{"group": group, "member": code} for group, codes in groups.items() for code in codes]
    return checked(made("2023", rows, listed))


def _rows(
    buyers: Mapping[str, tuple[float, ...]], owner: str, home: float
) -> Iterator[dict[str, str]]:
    exports, runs = (sum(x[k] for x in buyers.values()) for k in (1, 0))
    yield _row("benchmark", "WLD", 80.0)
    for item, value in (("price", 64.0), ("home", home), ("exports", exports), ("cap", 60.0)):
        yield _row(item, "RUS", value)
    yield _row("served", "RUS", 0.3)
    for code, pumped, idle in (
        ("RUS", home + exports, 0.0),
        (owner, 8.0, 2.0),
        ("RST", runs - exports - 8.0, 0.0),
    ):
        yield _row("production", code, pumped)
        yield _row("spare", code, idle)
    for code, values in buyers.items():
        for item, value in zip(ITEMS, values, strict=True):
            yield _row(item, code, value)


def _row(item: str, code: str, value: float) -> dict[str, str]:
    number = repr(float(value))
    words = {"unit": "", "period": "", "source": "hand-made", "page": "", "prior": "yes"}
    ends = {"value": number, "low": number, "high": number}
    return {"item": item, "code": code, "known": "2023-01", **ends, **words}


def crude_market(countries: Iterable[str] = COUNTRIES, **changes) -> Market:
    """Crude at 80 of the benchmark; one seller, and two who make it, one with idle capacity."""
    fields = {
        "benchmark": quantity(80.0, "USD/bbl"),
        "prices": {"RUS": quantity(64.0, "USD/bbl")},
        "exports": {"RUS": quantity(5.0, "mb/d")},
        "output": {"RUS": quantity(10.0, "mb/d"), "NOR": quantity(8.0, "mb/d")},
        "spare": {"RUS": quantity(0.0, "mb/d"), "NOR": quantity(2.0, "mb/d")},
        "bases": ((date(2023, 1, 1), small_base(countries)),),
        **changes,
    }
    return Market("crude", "OILGAS", **fields)


def oil_world(**changes) -> Economy:
    """The small world with that market."""
    return small_world(markets={"crude": crude_market(**changes)})
