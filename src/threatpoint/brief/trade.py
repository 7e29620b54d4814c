"""Whose trade is hit: buyers and targets, sectors, and where the trade goes instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.analysis.tables import buyers as buyers_table
from threatpoint.brief import charts, shown, threats
from threatpoint.brief.dots_layout import Line, dots
from threatpoint.brief.method import computed
from threatpoint.brief.prose import say
from threatpoint.brief.reading import ROLE_WORDS
from threatpoint.brief.section import Section
from threatpoint.equilibrium import tables

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading

Row = Mapping[str, Any]
WIDE = 660
"""Pixels of the sectors where names, bars and money stand side by side."""


def buyers(reading: Reading) -> Section | None:
    """Who is a target and why; None where nobody is listed."""
    found = reading.analysis.buyers
    if not found:
        return None
    hit = [buyer for buyer in found if buyer.target]
    facts = {
        "parties": [reading.place(p) for p in dict.fromkeys(b.union or b.country for b in hit)],
        "buying": sum(1 for buyer in found if buyer.value > 0),
        "share": sum(buyer.share_of_exports for buyer in hit),
    }
    table = buyers_table(reading.analysis, *reading.purchase)
    title, lead = say("losses.buyers", reading, facts)["title"], threats.rule(reading)
    return Section("targets", title, lead, tables=(table,), prose=True)


def sectors(reading: Reading) -> Section | None:
    """Sectors, the sender's prices, and where the trade goes instead."""
    if not reading.sectors:
        return None
    found = facts(reading)
    said = say("losses.sectors", reading, found)
    source = computed(reading)
    wide, narrow = (_sector_lines(reading, found["panels"], small) for small in (False, True))
    figures = [charts.figure("sectors", said, source, dots(wide, width=WIDE), dots(narrow))]
    if any(row["change"] for row in reading.sender_imports):
        picture = dots(_import_lines(reading, found["imports"]))
        legend = charts.roles(found["imports"], ROLE_WORDS)
        figures.append(
            charts.figure("diversion", said, source, picture, legend=legend, part="imports")
        )
    sender, when = reading.stated, reading.when
    own = [row for row in reading.sectors if row["country"] in reading.senders]
    listed = (
        tables.sectors(reading.sectors, when, reading.unit),
        tables.prices(own, sender, when, reading.unit),
        tables.imports(reading.sender_imports, sender, when, reading.unit),
    )
    lead = say("method.prices", reading).all("lead")
    return Section("sectors", said["title"], lead, figures, listed)


def facts(reading: Reading) -> dict[str, Any]:
    """Whose sectors and exporters are drawn, and those that the titles name."""
    imports = shown.diversion_shown(reading)
    return {
        **shown.sender_goods(reading),
        **shown.replaced(reading),
        "extremes": shown.sector_extremes(reading),
        "panels": shown.sectors_shown(reading),
        "every": len(reading.senders) + len(reading.targets),
        "by_money": shown.BY_MONEY,
        "by_percent": shown.BY_PERCENT,
        "least": shown.LEAST,
        "imports": imports,
        "money": _scale(reading, imports)[1],
    }


def _scale(reading: Reading, imports: Sequence[Row]) -> tuple[float, str]:
    return words.money_scale(reading.unit, [row["change"] for row in imports])


def _sector_lines(
    reading: Reading, panels: Sequence[tuple[str, Sequence[Row]]], narrow: bool
) -> list[Line]:
    """The change by country and sector, % and money; narrow charts put the money by the name."""
    amounts = [row["output_at_baseline_prices"] for _, rows in panels for row in rows]
    unit = words.money_scale(reading.unit, amounts)
    found: list[Line] = []
    for code, rows in panels:
        found.append(Line(reading.name(code), (), numbers=[""], bold=True))
        for row in rows:
            amount = words.money_as(row["output_at_baseline_prices"], *unit)
            value, name = row["output_quantity_percent"], row["sector_name"]
            label = words.percent(value, True)
            told = (f"{name}: {amount}", label) if narrow else (name, f"{label}  ({amount})")
            found.append(Line(told[0], [("bar", reading.role(code), value)], numbers=told[1:]))
    return found


def _import_lines(reading: Reading, rows: Sequence[Row]) -> list[Line]:
    """The change by exporter, in one unit of money, and %."""
    scale, _ = _scale(reading, rows)
    return [
        Line(
            row["name"],
            [("bar", row["role"], row["change"] / scale)],
            numbers=[
                f"{words.number(row['change'] / scale, True)}"
                f"  ({words.percent(row['change_percent'], True)})"
            ],
        )
        for row in rows
    ]
