"""Tables of the main outcome, built from result rows; one function per table."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.tables import Column, Table

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading
    from threatpoint.policy import Action

Row = Mapping[str, Any]

LEAD = 12
"""Rows before the fold."""


def losses(reading: Reading) -> Table:
    """Real income of every economy, the biggest economy first."""
    hide = not reading.has_ranges
    return Table(
        "losses",
        f"Change in real income per year by economy, {reading.when}, largest economies first",
        (
            Column("name", "Economy"),
            Column("country", "Code", shown=False),
            Column("role_words", "Role", "short"),
            Column("real_income_percent", "Real income", "signed percent"),
            Column("range", "Range", "range", shown=not hide),
            Column("real_income_money", "", "signed money"),
            *_answered(reading, hide),
            Column("real_income_share_of_gdp", "Share of GDP", "signed percent"),
            Column("real_wage_percent", "Real wage", "signed percent"),
            Column("exports_percent", "Exports", "signed percent"),
            Column("gdp_baseline", "Baseline GDP", "money", shown=False),
            Column("price_index_percent", "Price index", "signed percent", shown=False),
            Column("from_factor_income_points", "Factor income", "percent", shown=False),
            Column("from_tariff_revenue_points", "Tariff revenue", "percent", shown=False),
            Column("from_deficit_points", "Deficit", "percent", shown=False),
            Column("tariff_revenue_baseline", "Tariffs before", "money", shown=False),
            Column("tariff_revenue", "Tariffs after", "money", shown=False),
            Column("terms_of_trade_first_order", "Terms of trade", "percent", shown=False),
            Column("volume_of_trade_first_order", "Volume of trade", "percent", shown=False),
        ),
        _sender_and_targets_first(reading),
        reading.economy.unit,
        "Real income is what a country's total spending can buy. Real wage is what a unit of "
        "labour and capital (the mobile factor) can buy; it leaves out tariff revenue and the "
        "trade balance. The money is percent "
        "times baseline spending, in prices of the baseline. Exports are goods and services at "
        "the new prices." + _answered_note(reading),
        lead=max(LEAD, len(reading.senders) + len(reading.targets)),
        fold="All other economies",
    )


def _answered(reading: Reading, hide: bool) -> list[Column]:
    """The columns with the stated retaliation."""
    if reading.answered is None:
        return []
    return [
        Column("answered_percent", "With retaliation", "signed percent"),
        Column("answered_range", "Range with it", "range", shown=not hide),
        Column("answered_money", "With retaliation", "signed money"),
    ]


def _answered_note(reading: Reading) -> str:
    """What the columns with retaliation are."""
    found = reading.answered
    if found is None:
        return ""
    failed = f" It has no equilibrium: {found.failure}." if found.solution is None else ""
    return f" With retaliation: all targets hit back as the situation states.{failed}"


def _sender_and_targets_first(reading: Reading) -> tuple[Row, ...]:
    """Sender, targets, then the rest; within each the biggest economy first."""
    order = {"sender": 0, "target": 1, "third": 2}
    return tuple(sorted(reading.countries, key=lambda row: order[row["role"]]))


def buyers(reading: Reading) -> Table:
    """Who buys, how much, and why it is or is not a target."""
    rows = [
        {
            "name": buyer.name,
            "country": buyer.country,
            "value": buyer.value,
            "share_of_imports": 100 * buyer.share_of_imports,
            "share_of_exports": 100 * buyer.share_of_exports,
            "basis": buyer.basis,
            "verdict": buyer.verdict,
            "target": "target" if buyer.target else "",
            "reason": words.sentence(words.named(buyer.reason, reading.economy)),
        }
        for buyer in reading.analysis.buyers
    ]
    rows.sort(key=lambda row: (not row["target"], not row["value"] > 0, -row["value"]))
    lead = sum(1 for row in rows if row["target"] or row["value"] > 0)
    hit = sum(1 for row in rows if row["target"])
    when = reading.analysis.situation.policy.when
    goods, seller = purchase_words(reading, when) if when else ("goods", "the seller")
    return Table(
        "buyers",
        f"Purchases of {goods} from {seller} per year, {reading.economy.year or 'baseline'}, and "
        "the verdict of the rule",
        (
            Column("name", "Economy"),
            Column("country", "Code", shown=False),
            Column("value", "Purchases", "money"),
            Column("share_of_imports", "Share of its imports of these goods", "percent"),
            Column("share_of_exports", f"Share of what {seller} sells", "percent"),
            Column("basis", "Basis"),
            Column("verdict", "Verdict", "mark"),
            Column("reason", "Reason"),
        ),
        tuple(rows),
        reading.economy.unit,
        "Observed: as published. Scaled: published and rescaled to the table. Estimated: from "
        "quantities, prices or other sources. A share of imports is taken over all imports of the "
        "sectors that hold these goods.",
        lead=max(min(lead, hit + 4), 1),
        fold="All other economies",
    )


def purchase_words(reading: Reading, when: Action) -> tuple[str, str]:
    """The goods and the seller of a rule's condition, in words."""
    names = reading.economy.sector_names
    goods = [names.get(word, word).lower() for word in when.goods]
    return words.listing(goods), words.listing([reading.place(code) for code in when.sellers])


def sectors(reading: Reading) -> Table:
    """Output of sender and targets by sector."""
    rows: list[dict[str, Any]] = [
        dict(row) | {"name": reading.name(row["country"]), "role": reading.role(row["country"])}
        for row in reading.sectors
        if math.isfinite(row["output_quantity_percent"])
    ]
    rows.sort(key=lambda row: -abs(row["output_at_baseline_prices"]))
    return Table(
        "sectors",
        f"Change in output of the sender and the targets by sector, {reading.when}, largest "
        "changes in money first",
        (
            Column("sector_name", "Sector"),
            Column("sector", "Code", shown=False),
            Column("name", "Economy"),
            Column("country", "Country", shown=False),
            Column("role", "Role", shown=False),
            Column("output_quantity_percent", "Output", "signed percent"),
            Column("output_at_baseline_prices", "At baseline prices", "signed money"),
            Column("producer_price_percent", "Producer price", "signed percent"),
            Column("price_percent", "Price at home", "signed percent"),
            Column("output_baseline", "Output before", "money"),
            Column("exports_money", "Change in exports", "signed money", shown=False),
            Column("imports_money", "Change in imports", "signed money", shown=False),
        ),
        tuple(rows),
        reading.economy.unit,
        "Output is in quantities, valued at the prices of the baseline. Prices are measured "
        "against world value added, which the model holds constant.",
        lead=LEAD,
        fold="All sectors of the sender and the targets",
    )


def prices(reading: Reading) -> Table:
    """What the sender's buyers pay, sectors with the largest share of imports first."""
    rows = []
    for row in reading.sectors:
        supply = row["output_baseline"] - row["exports_baseline"] + row["imports_baseline"]
        if row["country"] in reading.senders and supply > 0:
            share = 100 * row["imports_baseline"] / supply
            name = reading.name(row["country"])
            rows.append(dict(row) | {"import_share": share, "name": name})
    rows.sort(key=lambda row: -row["import_share"])
    return Table(
        "sender-prices",
        f"Prices that buyers in {reading.place(reading.analysis.situation.sender)} pay, "
        f"{reading.when}, sectors with the largest share of imports first",
        (
            Column("sector_name", "Sector"),
            Column("sector", "Code", shown=False),
            Column("name", "Economy", shown=len(reading.senders) > 1),
            Column("import_share", "Imports, share of supply", "percent"),
            Column("price_percent", "Price at home", "signed percent"),
            Column("imports_baseline", "Imports before", "money"),
            Column("imports_money", "Change", "signed money"),
        ),
        tuple(rows),
        reading.economy.unit,
        "Prices are averages over home and foreign suppliers, tariffs included, against world "
        "value added.",
        lead=6,
        fold="All sectors",
    )


def diversion(reading: Reading) -> Table:
    """The sender's goods imports by exporter."""
    return Table(
        "sender-imports",
        f"Goods imports of {reading.place(reading.analysis.situation.sender)} by exporter, without "
        f"and with the threat, {reading.when}",
        (
            Column("name", "Exporter"),
            Column("exporter", "Code", shown=False),
            Column("role_words", "Role"),
            Column("trade_baseline", "Before", "money"),
            Column("trade", "After", "money"),
            Column("change", "Change", "signed money"),
            Column("change_percent", "Change", "signed percent"),
        ),
        tuple(sorted(reading.sender_imports, key=lambda row: -abs(row["change"]))),
        reading.economy.unit,
        "At basic prices, before tariff.",
        lead=10,
        fold="All exporters",
    )


def flows(reading: Reading) -> Table:
    """Every flow, for the file beside the page."""
    keys = ("exporter", "importer", "trade_baseline", "trade", "change", "change_percent")
    return Table(
        "flows",
        "Goods trade between every pair, before and after",
        tuple(Column(key, key) for key in keys),
        reading.flows,
        reading.economy.unit,
    )
