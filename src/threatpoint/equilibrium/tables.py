"""Tables of who loses what, each declared here once: the page, the terminal and files print them.

Rows are those of `results`; the page adds names, roles and ranges.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.equilibrium.results import BEFORE_TARIFFS, flow_rows
from threatpoint.tables import Column, Row, Table, columns

if TYPE_CHECKING:
    from threatpoint.equilibrium.solution import Solution

CHANGE, BEFORE = "change in real income", " before tariff revenue"
ALIKE = " in money, at prices of the baseline"
"""What the columns of economies mean."""
WAYS = ("", "_answered", BEFORE_TARIFFS, f"_answered{BEFORE_TARIFFS}")
"""Ends of the keys of `by_horizon`, after the horizon."""
LEAD = 12
"""Rows before the fold."""
SHOCK = (
    *("name", "real_income_percent", "real_income_money", "real_income_before_tariffs_percent"),
    *("exports_percent", "imports_percent"),
)
"""Columns for rows without roles and ranges."""
PRICES = (
    *("gdp_percent", "price_index_percent", "import_price_percent", "import_price_paid_percent"),
    "tariff_revenue_change",
)
"""Columns of GDP, prices and tariff revenue."""


def losses(
    rows: Sequence[Row], when: str, unit: str, keys: Sequence[str] = SHOCK, **more: Any
) -> Table:
    """Change in real income of economies, one row each; `more` completes the table."""
    caption = f"Change in real income per year by economy, {when}"
    return Table("losses", caption, columns("losses", *keys), rows, unit, **more)


def prices_and_revenue(rows: Sequence[Row], when: str, unit: str) -> Table:
    """Real wage, GDP, consumer and import prices, and tariff revenue of economies, a row each."""
    caption = f"Change in real wage, GDP, prices and tariff revenue per year by economy{when}"
    note = "Prices are measured against world value added; GDP is deflated by consumer prices."
    return Table(
        "measures",
        caption,
        columns("losses", "name", "real_wage_percent", *PRICES),
        rows,
        unit,
        note,
    )


def with_roles(ranges: bool, answered: bool) -> tuple[str, ...]:
    """Columns of `losses` for rows with roles: with ranges, and with the stated retaliation.

    Income before tariffs is not drawn: beside a drawn number it is left to the file.
    """
    shown, once = ("", "-") if ranges else ("-", "")
    back = ("answered_percent", f"{shown}answered_range", "answered_money") if answered else ()
    return (
        *("name", "-country", "role_words", "real_income_percent", f"{shown}range"),
        *("real_income_money", f"{once}real_income_before_tariffs_percent", *back),
        *("real_income_share_of_gdp", "real_wage_percent"),
        *("exports_percent", "-real_income_before_tariffs_money", "-gdp_baseline", "-gdp"),
        *(f"-{key}" for key in PRICES),
        *("-from_factor_income_points", "-from_tariff_revenue_points", "-from_deficit_points"),
        *("-tariff_revenue_baseline", "-tariff_revenue", "-terms_of_trade_first_order"),
        "-volume_of_trade_first_order",
    )


def by_horizon(
    rows: Sequence[Row],
    horizons: Sequence[str],
    unit: str,
    money: bool = False,
    beside: Sequence[Column] = (),
    measure: str = "",
    **more: Any,
) -> Table:
    """The same at several horizons, of `side_rows`; also `{horizon}_answered`, where rows have it.

    Args:
        rows: one an economy.
        horizons: in order.
        unit: of money.
        money: shown too, not only in the file; the sign of percent is then left to the caption.
        beside: more columns.
        measure: "" for real income, with that before tariff revenue in the file;
            `results.BEFORE_TARIFFS` for that alone.
        more: completes the table.
    """
    made = [
        column
        for kind in (("signed number" if money else "signed percent"), "signed money")
        for way in WAYS
        for horizon in horizons
        if f"{horizon}{way}_percent" in rows[0]
        for column in [_at(horizon, way, kind, way.endswith(BEFORE_TARIFFS) == bool(measure))]
    ]
    shown = [replace(c, shown=c.shown and (money or "money" not in c.kind)) for c in made]
    return Table(
        "horizons",
        "Change in real income per year by economy and horizon, %; sender first, then targets",
        (
            *columns("horizons", "name", "-country", "-role_words"),
            *shown,
            *beside,
        ),
        rows,
        unit,
        **more,
    )  # fmt: skip


def _at(horizon: str, way: str, kind: str, shown: bool) -> Column:
    """One horizon and way; what only files hold says in its heading which measure it is."""
    money = "money" in kind
    heading = words.capital(words.horizon(horizon)) + ", with retaliation" * ("_answered" in way)
    meaning = CHANGE + BEFORE * way.endswith(BEFORE_TARIFFS) + ALIKE * money
    key = f"{horizon}{way}_{'money' if money else 'percent'}"
    return Column(key, heading if shown else heading + "," + BEFORE, kind, meaning, shown)


def sectors(rows: Iterable[Row], when: str, unit: str) -> Table:
    """Output of those who act and who are hit by sector."""
    known = [row for row in rows if math.isfinite(row["output_quantity_percent"])]
    return Table(
        "sectors",
        f"Change in output by sector of those who act and who are hit, {when}, largest changes "
        "in money first",
        columns(
            "sectors", "sector_name", "-sector", "name", "-country", "-role",
            "output_quantity_percent", "output_at_baseline_prices", "producer_price_percent",
            "price_percent", "output_baseline", "-exports_money", "-imports_money",
        ),
        sorted(known, key=lambda row: -abs(row["output_at_baseline_prices"])),
        unit,
        "Output is in quantities, valued at the prices of the baseline. Prices are measured "
        "against world value added, which the model holds constant.",
        lead=LEAD,
        fold="",
        deciding=("name", "output_quantity_percent"),
    )  # fmt: skip


def prices(rows: Iterable[Row], sender: str, when: str, unit: str) -> Table:
    """What the sender's buyers pay, sectors with the largest share of imports first."""
    known = [dict(row) | {"import_share": _import_share(row)} for row in rows]
    known = [row for row in known if math.isfinite(row["import_share"])]
    several = len({row["country"] for row in known}) > 1
    return Table(
        "sender-prices",
        f"Prices that buyers in {sender} pay, {when}, sectors with the largest share of imports "
        "first",
        columns(
            "sender-prices", "sector_name", "-sector", "name" if several else "-name",
            "import_share", "price_percent", "imports_baseline", "imports_money",
        ),
        sorted(known, key=lambda row: -row["import_share"]),
        unit,
        "Prices are averages over home and foreign suppliers, tariffs included, against world "
        "value added.",
        lead=6,
        fold="",
        deciding=("price_percent", "imports_money"),
    )  # fmt: skip


def _import_share(row: Mapping[str, Any]) -> float:
    """Imports as a share of supply in the baseline, %; NaN where nothing is supplied."""
    supply = row["output_baseline"] - row["exports_baseline"] + row["imports_baseline"]
    return 100 * row["imports_baseline"] / supply if supply > 0 else math.nan


def imports(rows: Iterable[Row], sender: str, when: str, unit: str) -> Table:
    """The sender's goods imports by exporter."""
    return Table(
        "sender-imports",
        f"Goods imports of {sender} by exporter, before and after, {when}",
        columns(
            "sender-imports", "name", "-exporter", "role_words", "trade_baseline", "trade",
            "change", "change_percent",
        ),
        sorted(rows, key=lambda row: -abs(row["change"])),
        unit,
        "At basic prices, before tariff.",
        lead=10,
        fold="",
        deciding=("change", "change_percent"),
    )  # fmt: skip


def flows(solution: Solution) -> Table:
    """Every flow, for the file beside the page."""
    rows = flow_rows(solution)
    keys = ("exporter", "importer", "trade_baseline", "trade", "change", "change_percent")
    caption = "Goods trade between every pair, before and after"
    return Table("flows", caption, columns("flows", *keys), rows, solution.table.unit)
