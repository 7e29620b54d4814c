"""Published figures the shipped table is compared with, and why it differs from them.

The facts are for the shipped world of 2023: `compare` uses those whose labels and year the
economy has, and returns nothing for another table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.files import read_csv
from threatpoint.tables import Table, columns
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
    """A fact beside the table's own figure, in the fact's unit."""

    fact: Fact
    in_table: float

    @property
    def difference_percent(self) -> float:
        """How far the table is from the fact."""
        return 100.0 * (self.in_table / self.fact.value - 1.0)


@cache
def facts() -> tuple[Fact, ...]:
    """Every shipped fact."""
    kinds = {"table_year": int, "year": int, "value": float}
    return tuple(
        Fact(**{key: kinds.get(key, str)(cell) for key, cell in row.items()})
        for row in table("facts_2023.csv")
    )


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """A shipped CSV table as rows of text."""
    return read_csv(TABLES / name)


def compare(economy: Economy) -> list[FactCheck]:
    """Every fact that applies to this economy beside the economy's own figure."""
    found = ((fact, _in_table(economy, fact)) for fact in facts())
    return [FactCheck(fact, figure) for fact, figure in found if figure is not None]


def published(checks: Sequence[FactCheck]) -> Table:
    """Facts beside the table's own figures; the note says why they differ."""
    reasons = list(dict.fromkeys(found.fact.explanation for found in checks))
    rows = [
        {
            "what": _what(found.fact),
            "published": words.number(found.fact.value, decimals=1),
            "in_table": words.number(found.in_table, decimals=1),
            "unit": found.fact.unit,
            "difference": f"{words.number(found.difference_percent, True, 2)}{words.SPACE}%",
            "source": found.fact.source,
            "why": f"({1 + reasons.index(found.fact.explanation)})",
        }
        for found in checks
    ]
    keys = ("what", "published", "in_table", "unit", "difference", "source", "why")
    note = "\n".join(f"({number}) {why}" for number, why in enumerate(reasons, start=1))
    caption = "Published facts, and why the table differs"
    return Table("facts", caption, columns("facts", *keys), rows, note=note)


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
