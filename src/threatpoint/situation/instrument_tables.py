"""Tables of instruments in a situation file, one model a kind; `instrument` says which."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from threatpoint.situation.figure import Figure, Model, Text, Words


class CutOffTable(Model):
    """An instrument: trade between two sides is cut off."""

    instrument: Literal["cut-off"]
    sender: Words
    targets: Words
    sectors: Words = Field(default_factory=lambda: ["goods"])
    direction: Literal["both", "imports", "exports"] = "both"
    enforcement: Figure | None = None
    evasion_cost: Figure | None = None


class TariffTable(Model):
    """An instrument: a tariff set or added."""

    instrument: Literal["tariff"]
    importers: Words
    exporters: Words
    sectors: Words = Field(default_factory=lambda: ["goods"])
    mode: Literal["set", "add"]
    rate: Figure
    enforcement: Figure | None = None
    evasion_cost: Figure | None = None


class ExportBanTable(Model):
    """An instrument: one side stops selling."""

    instrument: Literal["export-ban"]
    exporters: Words
    importers: Words
    sectors: Words = Field(default_factory=lambda: ["goods"])
    enforcement: Figure | None = None
    evasion_cost: Figure | None = None


class QuotaTable(Model):
    """An instrument: each flow is at most so much of its baseline volume."""

    instrument: Literal["quota"]
    importers: Words
    exporters: Words
    sectors: Words = Field(default_factory=lambda: ["goods"])
    volume: Figure
    payee: Literal["importer", "exporter"] = "importer"


class ExportTaxTable(Model):
    """An instrument: the exporter's treasury taxes what is sold."""

    instrument: Literal["export-tax"]
    exporters: Words
    importers: Words
    sectors: Words = Field(default_factory=lambda: ["goods"])
    rate: Figure


class TradeCostTable(Model):
    """An instrument: selling becomes dearer and nobody earns it."""

    instrument: Literal["trade-cost"]
    exporters: Words
    importers: Words
    sectors: Words = Field(default_factory=lambda: ["goods"])
    rate: Figure


class PriceCapTable(Model):
    """An instrument: a good is served only up to a price."""

    instrument: Literal["price-cap"]
    sellers: Words
    buyers: Words
    good: Text
    cap: Figure
    served: Figure | None = None
    evasion_cost: Figure | None = None


class StopBuyingTable(Model):
    """An instrument: buyers stop buying some goods."""

    instrument: Literal["stop-buying"]
    buyers: Words
    sellers: Words
    goods: Words
    enforcement: Figure | None = None


InstrumentTable = Annotated[
    CutOffTable
    | TariffTable
    | ExportBanTable
    | QuotaTable
    | ExportTaxTable
    | TradeCostTable
    | PriceCapTable
    | StopBuyingTable,
    Field(discriminator="instrument"),
]
