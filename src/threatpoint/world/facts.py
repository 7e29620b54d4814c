"""Published figures the shipped table is compared with, and why it differs from them.

The facts are for the shipped world of 2023: `compare` uses those whose labels and year the
economy has, and returns nothing for another table.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from threatpoint.words import number_words
from threatpoint.world.shipped import TABLES

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy


@dataclass(frozen=True)
class Fact:
    """A published figure.

    Attributes:
        item: "goods" (bilateral goods trade), "value_added" (world) or "crude" (volume).
        exporter, importer: codes; "" where the figure is for the world.
        table_year: the year of the table it may be compared with.
        year: its own year.
        value, unit: as published.
        source: producer.
        explanation: why the table differs from it.
    """

    item: str
    exporter: str
    importer: str
    table_year: int
    year: int
    value: float
    unit: str
    source: str
    explanation: str


@dataclass(frozen=True)
class FactCheck:
    """A fact beside the table's own figure, in the fact's unit; difference in percent."""

    what: str
    published: float
    in_table: float
    unit: str
    difference_percent: float
    source: str
    explanation: str

    def row(self) -> dict[str, Any]:
        """The fact as one row of a printed table."""
        return {
            "what": self.what,
            "published": f"{self.published:,.1f}",
            "in the table": f"{self.in_table:,.1f}",
            "unit": self.unit,
            "difference": f"{number_words(self.difference_percent, True, 2)} %",
            "source": self.source,
            "why": self.explanation,
        }


@cache
def facts() -> tuple[Fact, ...]:
    """Every shipped fact."""
    return tuple(
        Fact(
            row["item"],
            row["exporter"],
            row["importer"],
            int(row["table_year"]),
            int(row["year"]),
            float(row["value"]),
            row["unit"],
            row["source"],
            row["explanation"],
        )
        for row in table("facts_2023.csv")
    )


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """A shipped CSV table as rows of text."""
    text = (TABLES / name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def compare(economy: Economy) -> list[FactCheck]:
    """Every fact that applies to this economy beside the economy's own figure."""
    results = []
    for fact in facts():
        found = _in_table(economy, fact)
        if found is not None:
            difference = 100.0 * (found / fact.value - 1.0)
            results.append(
                FactCheck(
                    _what(fact), fact.value, found, fact.unit, difference, fact.source,
                    fact.explanation,
                )
            )  # fmt: skip
    return results


def _what(fact: Fact) -> str:
    pair = f" {fact.exporter} to {fact.importer}" if fact.exporter else ""
    name = {"goods": "goods exports", "value_added": "world value added", "crude": "crude oil"}
    return f"{name[fact.item]}{pair}, {fact.year}"


def _in_table(economy: Economy, fact: Fact) -> float | None:
    """The economy's figure in the fact's unit; None if the fact is not about this economy."""
    pair = {fact.exporter, fact.importer} - {""}
    about = economy.year == fact.table_year and economy.unit == "USD million"
    if not about or not pair <= set(economy.countries):
        return None
    if fact.item == "value_added":
        return float(economy.value_added.sum()) / 1e6
    if fact.item == "crude":
        return _volume(economy, fact)
    goods = [economy.sector(code) for code in economy.goods]
    cell = economy.trade[economy.country(fact.importer), economy.country(fact.exporter)]
    return float(cell[goods].sum()) / 1e3


def _volume(economy: Economy, fact: Fact) -> float | None:
    """Million tonnes behind the flow "crude", from the shipped table of Russian oil."""
    if "crude" not in economy.flows:
        return None
    for row in table("russian_oil_2023.csv"):
        if (row["buyer"], row["product"]) == (fact.importer, "crude") and row["volume_mt"]:
            return float(row["volume_mt"])
    return None
