"""The market of crude oil behind the shipped table, in barrels and dollars a barrel.

All numbers come from the registry of parameters. Economies that the table does not name are put
into its rest of the world.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from threatpoint.quantity import Quantity
from threatpoint.world.market import Market
from threatpoint.world.parameters import parameter, scoped

SECTOR = "OILGAS"
RESIDUAL = "ROW"
WORLD = "WLD"

NOTE = (
    f"The table holds crude oil and natural gas in one sector ({SECTOR}): trade and shares of that "
    "sector are of both, volumes and prices here are of oil alone. Benchmark and sellers' prices "
    "are means over the same months."
)


def crude_market(countries: Sequence[str]) -> Market:
    """Crude oil in the baseline year, for an economy with these country codes.

    Raises:
        WorldError: the registry lacks a number.
    """
    return Market(
        name="crude",
        sector=SECTOR,
        benchmark=parameter("benchmark_price").quantity,
        prices=_named("export_price", countries),
        output=_with_rest("output", countries),
        exports=_named("crude_exports", countries),
        spare=_with_rest("spare_capacity", countries),
        floors=_named("shut_in_price", countries),
        largest_share=parameter("largest_share").quantity,
        closed={code: row.quantity for code, row in scoped("closed_market").items()},
        evasion_cost=parameter("evasion_cost").quantity,
        served=parameter("served_share").quantity,
        note=_note(),
    )


def _note() -> str:
    """What the table cannot tell apart, and what the rest of the world holds."""
    return " ".join([NOTE, *(parameter(n, scope=WORLD).note for n in ("output", "spare_capacity"))])


def _named(name: str, countries: Sequence[str]) -> dict[str, Quantity]:
    """Facts about economies of the table."""
    return {code: row.quantity for code, row in scoped(name).items() if code in countries}


def _with_rest(name: str, countries: Sequence[str]) -> dict[str, Quantity]:
    """Facts about economies of the table, and the world's total less theirs as the rest."""
    named = _named(name, countries)
    if RESIDUAL in countries:
        named[RESIDUAL] = _rest(parameter(name, scope=WORLD).quantity, named)
    return named


def _rest(total: Quantity, named: Mapping[str, Quantity]) -> Quantity:
    """The total less all that is named; its range from the far ends of both, never below 0."""
    value, low, high = (
        round(getattr(total, end) - sum(getattr(part, other) for part in named.values()), 6)
        for end, other in (("value", "value"), ("low", "high"), ("high", "low"))
    )
    return Quantity(
        value,
        min(max(low, 0.0), value),
        max(high, value),
        total.unit,
        total.period,
        f"{total.source}: the total less {', '.join(named)}",
        total.page,
    )
