"""Views of solutions, of many of them, of a calibration and of derivatives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint import words
from threatpoint.equilibrium import tables as made
from threatpoint.equilibrium.changes import trade_changes
from threatpoint.equilibrium.results import assumptions, country_rows, group_rows, sector_rows
from threatpoint.tables import Column, Row, Table, columns
from threatpoint.views import About, Named, View

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.adjoint.sensitivities import Sensitivities
    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.equilibrium.solution import Solution
    from threatpoint.equilibrium.solutions import Solutions

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


# -- many -----


def about_solutions(many: Solutions) -> About:
    """How many, whether all have an equilibrium, and the first of them."""
    failed = many.failures
    facts = {f"{label}": why for label, why in list(failed.items())[:2]}
    solved = [(label, one) for label, one in many.items() if one.status.converged]
    facts |= {
        f"{label}": extremes(one).get("loses most", "nobody loses") for label, one in solved[:6]
    }
    if len(solved) > 6:
        facts["…"] = f"{len(solved) - 6} more members"
    title = f"<{len(many)} solutions, {len(failed) or 'none'} without an equilibrium>"
    return About(title, facts if many else {}, ".to_pandas(), many[label], .to_xarray()")


def _each(many: Solutions, rows: Callable[[Solution], list[Row]]) -> list[Row]:
    """Rows of all members that have an equilibrium, with their labels."""
    solved = {label: one for label, one in many.items() if one.status.converged}
    return [{"member": label, **row} for label, one in solved.items() for row in rows(one)]


def many_welfare(many: Solutions) -> Table:
    """Change in real income by member and economy."""
    first = next(iter(many.values()))
    return welfare(first, _each(many, lambda one: [*country_rows(one)]), "member")


def many_groups(many: Solutions) -> Table:
    """The same of groups as one."""
    first = next(iter(many.values()))
    rows = _each(many, lambda one: [*group_rows(one, one.table.groups)])
    return welfare(first, rows, "member")


def statuses(many: Solutions) -> Table:
    """Whether each member has an equilibrium, and why not."""
    rows = [{"what": str(label), "text": str(one.status)} for label, one in many.items()]
    shown = columns("conditions", "what", "text")
    return Table("conditions", "Status of each member", shown, rows)


def tables_of_many(many: Solutions) -> Mapping[str, Named]:
    """Tables of many solutions."""
    found = {"status": Named("status of each member", lambda: statuses(many))}
    first = next(iter(many.values()), None)
    if first is None or first.economy is None:
        return found
    by = "real income, prices, trade and revenue by member and economy"
    found = {"welfare": Named(by, lambda: many_welfare(many)), **found}
    if first.economy.groups:
        found["groups"] = Named("the same of groups as one", lambda: many_groups(many))
    return found


SOLUTIONS = View(about_solutions, tables_of_many)


# -- the baseline in shares, and derivatives -----


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


def about_sensitivities(found: Sensitivities) -> About:
    """Of what, and the flow whose tariff moves it most."""
    base, unit = found.solution.calibration, ""
    n, i, j = np.unravel_index(np.abs(found.tariff).argmax(), found.tariff.shape)
    flow = f"{base.sectors[j]} from {base.countries[i]} to {base.countries[n]}"
    facts = {
        "of": found.outcome.words,
        "value": f"{found.value:,.6g}{unit}",
        "at": policy_words(found.solution),
        "horizon": horizon_of(found.solution),
        "moves it most": f"the tariff on {flow}: {0.01 * found.tariff[n, i, j]:+,.4g} for a point",
    }
    return About("Sensitivities", facts, ".tariff, .cut, .iceberg, .theta, .to_pandas()")


SLOPES = ("tariff", "cut", "trade_cost", "export_tax", "iceberg")


def slopes(found: Sensitivities) -> Table:
    """Derivatives to what is done to each flow abroad, the largest to a tariff first."""
    base, trade = found.solution.calibration, found.solution.baseline_trade
    at = np.argwhere(trade > 0)
    at = at[at[:, 0] != at[:, 1]]
    values: dict[str, Array] = {key: getattr(found, key) for key in SLOPES}
    at = at[np.argsort(-np.abs(values["tariff"][tuple(at.T)]), kind="stable")]
    rows: list[dict[str, Any]] = [
        {"importer": base.countries[n], "exporter": base.countries[i], "sector": base.sectors[j]}
        | {key: float(slope[n, i, j]) for key, slope in values.items()}
        for n, i, j in at
    ]
    shown = columns("slopes", "importer", "exporter", "sector", *SLOPES)
    return Table("slopes", f"Derivatives of {found.outcome.words}", shown, rows)


def to_theta(found: Sensitivities) -> Table:
    """Derivatives to trade elasticities."""
    base = found.solution.calibration
    rows: list[dict[str, Any]] = [
        {"sector": code, "theta": float(value)}
        for code, value in zip(base.sectors, found.theta, strict=True)
    ]
    shown = columns("slopes", "sector", "theta")
    return Table(
        "slopes", f"Derivatives of {found.outcome.words} to trade elasticities", shown, rows
    )


def tables_of_sensitivities(found: Sensitivities) -> Mapping[str, Named]:
    """Tables of derivatives."""
    return {
        "flows": Named("to a tariff, a cut and costs on each flow", lambda: slopes(found)),
        "elasticities": Named("to the trade elasticity of each sector", lambda: to_theta(found)),
    }


SENSITIVITIES = View(about_sensitivities, tables_of_sensitivities)
