"""Instruments of a situation file: from their tables, and as a scenario changes them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from threatpoint.policy import (
    CutOff,
    ExportBan,
    ExportTax,
    Instrument,
    PriceCap,
    Quota,
    StopBuying,
    Tariff,
    TradeCost,
)
from threatpoint.situation.amounts import escape_of, part_of, percent_of, price_of, rate_of
from threatpoint.situation.figure import Figure
from threatpoint.situation.instrument_tables import (
    CutOffTable,
    ExportBanTable,
    ExportTaxTable,
    InstrumentTable,
    PriceCapTable,
    QuotaTable,
    StopBuyingTable,
    TariffTable,
)
from threatpoint.situation.lines import Path
from threatpoint.situation.problems import Problems
from threatpoint.situation.schema import ScenarioTable

USERS: dict[str, tuple[tuple[type[Instrument], ...], str]] = {
    "sectors": (
        (CutOff, ExportBan, Tariff, Quota, ExportTax, TradeCost),
        "instrument that names sectors",
    ),
    "direction": ((CutOff,), "cut-off"),
    "enforcement": (
        (CutOff, ExportBan, Tariff, StopBuying),
        "cut-off, export ban, tariff or stop of buying",
    ),
    "evasion_cost": (
        (CutOff, ExportBan, Tariff, PriceCap),
        "cut-off, export ban, tariff or price cap",
    ),
    "rate": ((Tariff, ExportTax, TradeCost), "tariff, export tax or trade cost"),
    "volume": ((Quota,), "quota"),
    "cap": ((PriceCap,), "price cap"),
    "served": ((PriceCap,), "price cap"),
}
"""Key of a scenario -> the instruments that have it, and their names."""


def instrument(table: InstrumentTable, path: Path, problems: Problems) -> Instrument:
    """The instrument of one entry under `then` or `retaliation`."""
    if isinstance(table, PriceCapTable):
        return _price_cap(table, path, problems)
    if isinstance(table, StopBuyingTable):
        level = escape_of(table.enforcement, None, path, problems)
        return StopBuying(tuple(table.buyers), tuple(table.sellers), tuple(table.goods), **level)
    sectors = tuple(table.sectors)
    if isinstance(table, CutOffTable):
        escape = escape_of(table.enforcement, table.evasion_cost, path, problems)
        sides = tuple(table.sender), tuple(table.targets)
        return CutOff(*sides, sectors, table.direction, **escape)
    exporters, importers = tuple(table.exporters), tuple(table.importers)
    if isinstance(table, ExportBanTable):
        escape = escape_of(table.enforcement, table.evasion_cost, path, problems)
        return ExportBan(exporters, importers, sectors, **escape)
    if isinstance(table, TariffTable):
        escape = escape_of(table.enforcement, table.evasion_cost, path, problems)
        rate = rate_of(table.rate, (*path, "rate"), table.mode, problems)
        return Tariff(importers, exporters, sectors, rate, table.mode, **escape)
    if isinstance(table, QuotaTable):
        volume = percent_of(table.volume, (*path, "volume"), problems)
        return Quota(importers, exporters, sectors, volume, table.payee)
    kind = ExportTax if isinstance(table, ExportTaxTable) else TradeCost
    return kind(exporters, importers, sectors, percent_of(table.rate, (*path, "rate"), problems))


def _price_cap(table: PriceCapTable, path: Path, problems: Problems) -> PriceCap:
    """The price cap of a table; cap and cost must be in one unit."""
    cap = price_of(table.cap, (*path, "cap"), problems)
    served = table.served and part_of(table.served, (*path, "served"), problems)
    cost = table.evasion_cost and price_of(table.evasion_cost, (*path, "evasion_cost"), problems)
    _require_unit(table.evasion_cost, table.cap.unit, path, problems)
    sides = tuple(table.sellers), tuple(table.buyers)
    return PriceCap(*sides, table.good, cap, served, cost, table.cap.unit)


def changed(item: Instrument, table: ScenarioTable, path: Path, problems: Problems) -> Instrument:
    """A template with what the scenario gives in place of its own."""
    changes: dict[str, Any] = {}
    for key, (kinds, _) in USERS.items():
        given = getattr(table, key)
        if given is not None and isinstance(item, kinds):
            changes[key] = _value(key, given, item, (*path, key), problems)
    if isinstance(item, PriceCap):
        changes["unit"] = item.unit if table.cap is None else table.cap.unit
        _require_unit(table.evasion_cost, changes["unit"], path, problems)
    return replace(item, **changes)


def _require_unit(cost: Figure | None, unit: str, path: Path, problems: Problems) -> None:
    """The cost of evading a price cap must be in the unit of the cap."""
    if cost is not None and cost.unit != unit:
        text = f"unit {cost.unit!r} differs from the cap's, {unit!r}"
        problems.append(((*path, "evasion_cost", "unit"), text))


def _value(key: str, given: Any, item: Instrument, path: Path, problems: Problems) -> Any:
    """What a key of a scenario means for an instrument."""
    if key == "sectors":
        return tuple(given)
    if key == "direction":
        return given
    if key in ("enforcement", "served"):
        return part_of(given, path, problems)
    if isinstance(item, PriceCap):
        return price_of(given, path, problems)
    if isinstance(item, Tariff) and key == "rate":
        return rate_of(given, path, item.mode, problems)
    return percent_of(given, path, problems)
