"""The small world with a hand-made market for crude."""

from __future__ import annotations

from tests.situations.small_world import small_world
from threatpoint.quantity import Quantity
from threatpoint.world.economy import Economy
from threatpoint.world.market import Market


def quantity(value: float, unit: str) -> Quantity:
    return Quantity(value, 0.5 * value, 1.5 * value, unit, source="hand-made")


def crude_market(**changes) -> Market:
    """Crude at 80 of the benchmark; one seller, and two who make it, one with idle capacity."""
    fields = {
        "benchmark": quantity(80.0, "USD/bbl"),
        "prices": {"RUS": quantity(64.0, "USD/bbl")},
        "evasion_cost": quantity(8.0, "USD/bbl"),
        "served": quantity(0.5, "share"),
        "exports": {"RUS": quantity(5.0, "mb/d")},
        "output": {"RUS": quantity(10.0, "mb/d"), "NOR": quantity(8.0, "mb/d")},
        "spare": {"RUS": quantity(0.0, "mb/d"), "NOR": quantity(2.0, "mb/d")},
        **changes,
    }
    return Market("crude", "OILGAS", **fields)


def oil_world(**changes) -> Economy:
    """The small world with that market."""
    return small_world(markets={"crude": crude_market(**changes)})
