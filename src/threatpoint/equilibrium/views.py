"""Views of a solution and of a calibration: first lines, and tables by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.equilibrium import tables as made
from threatpoint.equilibrium.changes import trade_changes
from threatpoint.equilibrium.results import assumptions, country_rows, group_rows, sector_rows
from threatpoint.tables import Column, Row, Table, columns
from threatpoint.views import About, Named, View

if TYPE_CHECKING:
    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.equilibrium.solution import Solution

WELFARE = (
    *("country", "name", "real_income_percent", "real_income_money"),
    *("real_income_before_tariffs_percent", "real_income_before_tariffs_money"),
    *("real_income_share_of_gdp", "real_wage_percent", "gdp_percent", "price_index_percent"),
    *("import_price_percent", "import_price_paid_percent", "wage_percent"),
    *("exports_percent", "imports_percent", "from_factor_income_points"),
    *("from_tariff_revenue_points", "from_deficit_points", "terms_of_trade_first_order"),
    *("volume_of_trade_first_order", "tariff_revenue_baseline", "tariff_revenue"),
    *("tariff_revenue_change", "gdp_baseline", "gdp", "final_expenditure_baseline", "deficit"),
)
SECTORS = (
    *("country", "sector", "sector_name", "output_quantity_percent", "output_baseline", "output"),
    *("output_money", "output_at_baseline_prices", "price_percent", "producer_price_percent"),
    *("exports_baseline", "exports", "exports_money", "imports_baseline", "imports"),
    "imports_money",
)


def _columns(table: str, keys: Iterable[str]) -> tuple[Column, ...]:
    """Columns of `losses` with those that only frames have."""
    own = words_of(table)
    return tuple(columns(table if key in own else OTHER[table], key)[0] for key in keys)


OTHER = {"all-losses": "losses", "sector-changes": "sectors"}


def words_of(table: str) -> Mapping[str, Any]:
    """Columns whose words a table has itself."""
    from threatpoint.tables import quantities

    return quantities().get(table, {})


def horizon_of(solution: Solution) -> str:
    """'short, first year'."""
    name = solution.calibration.elasticities.horizon
    return f"{name}, {words.HORIZONS[name]}" if name in words.HORIZONS else name


def policy_words(solution: Solution) -> str:
    """What was done, in words."""
    causes = [said for said, _ in solution.wedges.causes]
    return "; ".join(causes) or "no instrument" if solution.economy else "wedges as arrays"


def about_solution(solution: Solution) -> About:
    """What was done, how it was solved, and who loses and gains most."""
    base = solution.calibration
    many = f"{len(base.countries)} economies, {len(base.sectors)} sectors"
    facts = {
        "policy": policy_words(solution),
        "horizon": horizon_of(solution),
        "trade balances": solution.closure,
        "status": str(solution.status),
    }
    if not solution.status.converged:
        return About(f"Solution without an equilibrium: {many}", facts, ".status")
    facts |= extremes(solution)
    return About(
        f"Solution: {many}", facts, ".to_pandas(), .tables, .plot.welfare(), .trade_changes()"
    )


def extremes(solution: Solution) -> dict[str, str]:
    """The world's change in money, and who loses and gains most, with percent."""
    gains, codes = solution.welfare, solution.calibration.countries
    names: Mapping[str, str] = solution.economy.names if solution.economy else {}
    unit = solution.economy.unit if solution.economy else "money"
    found = {"world": _moved(float(gains.usd.sum()), unit)}
    for label, n in (("loses most", gains.usd.argmin()), ("gains most", gains.usd.argmax())):
        value = float(gains.usd[n])
        if value and (value < 0) == (label == "loses most"):
            share = words.percent(float(gains.percent[n]), True)
            name = names.get(codes[n], codes[n])
            found[label] = f"{name}: {share} of real income, {_moved(value, unit)}"
    return {label: words.plain(text) for label, text in found.items()}


def _moved(value: float, unit: str) -> str:
    """'loses USD 22 bn a year'."""
    verb = "loses" if value < 0 else "gains"
    return f"{verb} {words.money(value, unit)} a year" if value else "neither loses nor gains"


def when(solution: Solution) -> str:
    """The horizon inside a caption."""
    return words.when(solution.calibration.elasticities.horizon)


def welfare(solution: Solution, rows: list[Row] | None = None, *more: str) -> Table:
    """Change in real income with all that stands beside it, the largest loss in money first."""
    found: list[Any] = country_rows(solution) if rows is None else rows
    found = sorted(found, key=lambda row: row["real_income_money"]) if rows is None else found
    caption = f"Change in real income per year by economy, {when(solution)}"
    shown = _columns("all-losses", (*more, *WELFARE))
    return Table("all-losses", caption, shown, found, solution.table.unit)


def groups(solution: Solution) -> Table:
    """The same of groups as one; see `results.group_rows`."""
    found = welfare(solution, [*group_rows(solution, solution.table.groups)])
    note = "A group is the sum of its members; a country may be in several groups."
    return Table(
        "all-losses", f"{found.caption}: groups", found.columns, found.rows, found.unit, note
    )


def sectors(solution: Solution) -> Table:
    """Output, prices and trade by country and sector."""
    caption = f"Output, prices and trade by economy and sector, {when(solution)}"
    shown = _columns("sector-changes", SECTORS)
    return Table("sector-changes", caption, shown, sector_rows(solution), solution.table.unit)


def conditions(solution: Solution) -> Table:
    """What carries the numbers."""
    rows = [{"what": key, "text": str(value)} for key, value in assumptions(solution).items()]
    caption = "What carries the numbers"
    return Table("conditions", caption, columns("conditions", "what", "text"), rows)


def tables_of(solution: Solution) -> Mapping[str, Named]:
    """Tables of one solution."""
    found = {
        "welfare": Named(
            "real income, prices, trade and revenue by economy", lambda: welfare(solution)
        ),
        "groups": Named("the same of groups as one", lambda: groups(solution)),
        "trade": Named(
            "goods and services of every pair, before and after", lambda: trade_changes(solution)
        ),
        "flows": Named("goods of every pair, as in the page's file", lambda: made.flows(solution)),
        "sectors": Named(
            "output, prices and trade by economy and sector", lambda: sectors(solution)
        ),
        "conditions": Named("horizon, closure, status, data", lambda: conditions(solution)),
    }
    if solution.economy is None:
        return {}
    return found if solution.economy.groups else {k: v for k, v in found.items() if k != "groups"}


SOLUTION = View(about_solution, tables_of)


def about_calibration(base: Calibration) -> About:
    """Its size and elasticities."""
    many = f"{len(base.countries)} economies, {len(base.sectors)} sectors"
    theta = base.elasticities.theta
    facts = {
        "horizon": base.elasticities.horizon,
        "theta": f"{theta.min():.3g} to {theta.max():.3g}",
        "factor income": f"{base.value_added.sum():,.0f}",
        "spending": f"{base.income.sum():,.0f}",
    }
    return About(f"Calibration: {many}", facts, "tp.solve(world, ...), .pi, .gamma")


CALIBRATION = View(about_calibration)
