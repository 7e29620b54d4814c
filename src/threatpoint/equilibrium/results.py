"""Results as labelled rows: one list of dictionaries per table, ready for CSV, JSON or a page.

Nothing is computed elsewhere from a solution: pages and the command line read these rows.
Money is in the economy's unit at the numeraire (world value added constant).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium import measures
from threatpoint.equilibrium.measures import percent_change
from threatpoint.words import HORIZONS
from threatpoint.world.elasticities import BY_SECTOR, SUBSTITUTION
from threatpoint.world.places import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from threatpoint.array_types import Array, Mask
    from threatpoint.equilibrium.solution import Solution
    from threatpoint.world.economy import Economy

Row = dict[str, Any]


def country_rows(solution: Solution) -> list[Row]:
    """Per country: welfare (exact and first order), GDP, wages, prices, trade, revenue."""
    economy = solution.table
    columns = country_columns(solution)
    return [
        {"country": code, "name": economy.names.get(code, code)}
        | {name: float(values[n]) for name, values in columns.items()}
        for n, code in enumerate(economy.countries)
    ]


def group_rows(solution: Solution, groups: Mapping[str, Sequence[str]]) -> list[Row]:
    """The columns of `country_rows` for groups of countries as one.

    Money is the sum over the members. A change in percent is that of the sum: of baseline spending
    for real income and its parts (less tariff revenue for that before it), of GDP, exports and
    imports (trade among members counts) for theirs. A group has no wage and no price index: NaN.

    Args:
        solution: the equilibrium.
        groups: name -> codes of the members.
    """
    economy, columns = solution.table, country_columns(solution)
    spending, gdp = economy.final_expenditure, economy.gdp
    weights = dict.fromkeys(OF_SPENDING, spending)
    weights |= {"real_income_share_of_gdp": gdp, "gdp_percent": gdp}
    weights |= {"real_income_before_tariffs_percent": spending - economy.tariff_revenue}
    weights |= {"exports_percent": economy.exports, "imports_percent": economy.imports}
    rows: list[Row] = []
    for group, members in groups.items():
        at = [economy.country(code) for code in members]
        row: Row = {"country": group, "name": name_of(group, economy)}
        for name, values in columns.items():
            row[name] = _as_one(values[at], weights[name][at] if name in weights else None)
        rows.append(row | dict.fromkeys(NOT_OF_GROUPS, float("nan")))
    return rows


OF_SPENDING = (
    "real_income_percent",
    "from_factor_income_points",
    "from_tariff_revenue_points",
    "from_deficit_points",
    "terms_of_trade_first_order",
    "volume_of_trade_first_order",
)
"""Columns of countries in percent of baseline spending."""
NOT_OF_GROUPS = (
    *("real_wage_percent", "price_index_percent", "wage_percent"),
    *("import_price_percent", "import_price_paid_percent"),
)


def _as_one(values: Array, weights: Array | None) -> float:
    """Money summed; a percentage as that of the sum."""
    if weights is None:
        return float(values.sum())
    known = weights > 0
    total = float(weights[known].sum())
    return float((weights * values)[known].sum()) / total if total else float("nan")


def country_columns(solution: Solution) -> dict[str, Array]:
    """The numbers of `country_rows` by column, (N,) each."""
    economy = solution.table
    welfare = solution.welfare
    own = np.einsum("nnj->n", solution.trade)
    exports = solution.trade.sum(axis=(0, 2)) - own
    imports = solution.trade.sum(axis=(1, 2)) - own
    border, paid = measures.import_prices(solution)
    return {
        "real_income_percent": welfare.percent,
        "real_income_money": welfare.usd,
        "real_income_before_tariffs_percent": welfare.before_tariffs,
        "real_income_before_tariffs_money": welfare.before_tariffs_usd,
        "real_income_share_of_gdp": 100.0 * welfare.usd / economy.gdp,
        "real_wage_percent": welfare.real_wage,
        "from_factor_income_points": welfare.from_factors,
        "from_tariff_revenue_points": welfare.from_tariffs,
        "from_deficit_points": welfare.from_deficit,
        "terms_of_trade_first_order": welfare.terms_of_trade,
        "volume_of_trade_first_order": welfare.volume_of_trade,
        "gdp_percent": 100.0 * (measures.real_gdp(solution) - 1.0),
        "price_index_percent": 100.0 * (solution.price_index - 1.0),
        "import_price_percent": 100.0 * (border - 1.0),
        "import_price_paid_percent": 100.0 * (paid - 1.0),
        "wage_percent": 100.0 * (solution.wages - 1.0),
        "exports_percent": percent_change(exports, economy.exports),
        "imports_percent": percent_change(imports, economy.imports),
        "tariff_revenue_baseline": economy.tariff_revenue,
        "tariff_revenue": solution.tariff_revenue,
        "tariff_revenue_change": solution.tariff_revenue - economy.tariff_revenue,
        "gdp_baseline": economy.gdp,
        "gdp": measures.gdp(solution),
        "final_expenditure_baseline": economy.final_expenditure,
        "deficit": solution.deficit,
    }


def together(
    solution: Solution, codes: Sequence[str], before_tariffs: bool = False
) -> tuple[float, float]:
    """Change in real income of some countries as one: % of their baseline spending, and money.

    With `before_tariffs`, both without tariff revenue. NaN percent where there is nobody.
    """
    economy, welfare = solution.table, solution.welfare
    at = [economy.country(code) for code in codes]
    change, gained, spent = welfare.percent, welfare.usd, economy.final_expenditure
    if before_tariffs:
        change, gained = welfare.before_tariffs, welfare.before_tariffs_usd
        spent = spent - economy.tariff_revenue
    money = float(gained[at].sum())
    if len(at) == 1:
        return float(change[at[0]]), money
    spending = float(spent[at].sum())
    return 100.0 * money / spending if spending else float("nan"), money


def side_rows(
    solutions: Mapping[str, Solution | None], groups: Mapping[str, Sequence[str]] | None = None
) -> list[Row]:
    """Per country the change in real income in several cases: `{case}_percent`, `{case}_money`.

    `{case}_before_tariffs_percent` and `_money` are those before tariff revenue. NaN in a case
    without a solution; at least one has one. Groups, as one, come last.
    """
    economy = next(found.table for found in solutions.values() if found is not None)
    wanted = {code: (code,) for code in economy.countries} | dict(groups or {})
    rows: list[Row] = [{"country": code, "name": name_of(code, economy)} for code in wanted]
    for case, found in solutions.items():
        for row, codes in zip(rows, wanted.values(), strict=True):
            for name, before in ((case, False), (f"{case}{BEFORE_TARIFFS}", True)):
                change = (float("nan"),) * 2 if found is None else together(found, codes, before)
                row[f"{name}_percent"], row[f"{name}_money"] = change
    return rows


BEFORE_TARIFFS = "_before_tariffs"
"""End of the name of a case before tariff revenue."""


def largest(
    solution: Solution, rows: Sequence[Row], most: int, case: str, always: Iterable[str] = ()
) -> list[Row]:
    """Rows of countries with the largest losses and gains in money, largest loss first.

    Beyond `most` only: whom the policy touches, if they are few, the hardest hit in percent, and
    those that are always wanted.
    """
    ordered = sorted(rows, key=lambda row: row[f"{case}_money"])
    gain, lose = len(rows) - most // 3, most - most // 3
    wanted = {row["country"] for row in (*ordered[:lose], *ordered[max(gain, 0) :])} | {*always}
    wanted.add(min(rows, key=lambda row: row[f"{case}_percent"])["country"])
    hit = touched_codes(solution)
    wanted |= {*hit} if len(hit) <= most else set()
    return [row for row in ordered if row["country"] in wanted]


def touched_codes(solution: Solution) -> tuple[str, ...]:
    """Codes of the countries that buy or sell what the policy touches."""
    pairs = touched(solution).sum(axis=2)
    hit = np.flatnonzero(pairs.sum(axis=0) + pairs.sum(axis=1))
    return tuple(solution.calibration.countries[n] for n in hit)


def sector_rows(solution: Solution, countries: Iterable[str] | None = None) -> list[Row]:
    """Per country and sector: output, prices, exports and imports, before and after.

    `output_quantity_percent` is output at baseline prices: the change in Y' / c; in money it is
    `output_at_baseline_prices`.
    """
    economy = solution.table
    wanted = economy.countries if countries is None else tuple(countries)
    before = _sold(economy.output, economy.trade)
    after = _sold(solution.output, solution.trade)
    quantity = percent_change(solution.output / solution.unit_costs, economy.output)
    rows: list[Row] = []
    for code in wanted:
        n = economy.country(code)
        for j, sector in enumerate(economy.sectors):
            row: Row = {
                "country": code,
                "sector": sector,
                "sector_name": economy.sector_names.get(sector, sector),
                "output_quantity_percent": float(quantity[n, j]),
                "price_percent": float(100.0 * (solution.prices[n, j] - 1.0)),
                "producer_price_percent": float(100.0 * (solution.unit_costs[n, j] - 1.0)),
            }
            for name, values in before.items():
                row[f"{name}_baseline"] = float(values[n, j])
                row[name] = float(after[name][n, j])
                row[f"{name}_money"] = row[name] - row[f"{name}_baseline"]
            share = row["output_quantity_percent"] / 100
            money = share * row["output_baseline"] if np.isfinite(share) else 0.0
            rows.append(row | {"output_at_baseline_prices": money})
    return rows


def _sold(output: Array, trade: Array) -> dict[str, Array]:
    """Output, exports and imports by country and sector, (N, S) each."""
    own = np.einsum("nnj->nj", trade)
    return {"output": output, "exports": output - own, "imports": trade.sum(axis=1) - own}


def flow_rows(
    solution: Solution, sectors: Iterable[str] | None = None, by_sector: bool = False
) -> list[Row]:
    """Per pair of countries: trade before and after, summed over `sectors` (default: goods).

    With `by_sector`, one row per pair and sector. Domestic sales are left out.
    """
    economy = solution.table
    codes = economy.goods if sectors is None else tuple(sectors)
    chosen = [economy.sector(code) for code in codes]
    groups = [({"sector": code}, [j]) for code, j in zip(codes, chosen, strict=True)]
    rows: list[Row] = []
    for label, js in groups if by_sector else [(dict[str, str](), chosen)]:
        before, after = (trade[:, :, js].sum(axis=2) for trade in (economy.trade, solution.trade))
        percent = percent_change(after, before)
        for n, importer in enumerate(economy.countries):
            for i, exporter in enumerate(economy.countries):
                if i == n or (before[n, i] == 0 and after[n, i] == 0):
                    continue
                levels = {
                    "trade_baseline": float(before[n, i]),
                    "trade": float(after[n, i]),
                    "change": float(after[n, i] - before[n, i]),
                    "change_percent": float(percent[n, i]),
                }
                rows.append({"exporter": exporter, "importer": importer} | label | levels)
    return rows


def goods_change(solution: Solution) -> Array:
    """(N, N) change in goods trade, buyer by seller."""
    economy = solution.table
    goods = np.isin(economy.sectors, economy.goods)
    return solution.trade[..., goods].sum(axis=2) - economy.trade[..., goods].sum(axis=2)


def import_rows(solution: Solution, buyers: Iterable[str]) -> list[Row]:
    """Goods that some countries buy from each other one, before and after, largest fall first."""
    economy, codes = solution.table, list(buyers)
    inside = np.isin(economy.countries, codes)
    goods = np.isin(economy.sectors, economy.goods)
    before, after = (
        trade[inside][..., goods].sum(axis=(0, 2)) for trade in (economy.trade, solution.trade)
    )
    columns: dict[str, Array] = {
        "trade_baseline": before,
        "trade": after,
        "change": goods_change(solution)[inside].sum(axis=0),
        "change_percent": percent_change(after, before),
    }
    rows = [
        {"exporter": code} | {name: float(values[i]) for name, values in columns.items()}
        for i, code in enumerate(economy.countries)
        if code not in codes and (before[i] or after[i])
    ]
    return sorted(rows, key=lambda row: row["change"])


def export_rows(solution: Solution, seller: str, targets: Iterable[str]) -> list[Row]:
    """Per sector of a country: change in its exports to targets and to others, and in output, %."""
    economy = solution.table
    i = economy.country(seller)
    change = (solution.trade - economy.trade)[:, i]
    hit = np.isin(economy.countries, list(targets))
    others = ~hit
    others[i] = False
    return [
        {
            "sector": row["sector"],
            "sector_name": row["sector_name"],
            "output": row["output_quantity_percent"],
            "targets": float(change[hit, j].sum()),
            "others": float(change[others, j].sum()),
        }
        for j, row in enumerate(sector_rows(solution, [seller]))
    ]


def assumptions(solution: Solution) -> Row:
    """What carries the numbers: horizon, closure, elasticities, status, data, version."""
    from threatpoint import __version__

    economy = solution.table
    values = solution.calibration.elasticities
    status = solution.status
    return {
        "version": __version__,
        "year": None if economy.year is None else int(economy.year),
        "unit": economy.unit,
        "tariffs": economy.metadata.get("tariffs", ""),
        "fingerprint": economy.metadata.get("fingerprint", ""),
        "horizon": values.horizon,
        "horizon_words": HORIZONS.get(values.horizon, ""),
        "deficits": solution.closure,
        "numeraire": "world value added",
        "supply": solution.given.words if solution.given else "",
        "rebased": economy.metadata.get("rebased", ""),
        "phi": _below_one(values.phi, economy),
        "theta": dict(zip(economy.sectors, map(float, values.theta), strict=True)),
        **{name: values.common(name) for name in SUBSTITUTION},
        **{f"{name}_by_sector": values.apart(name, economy.sectors) for name in BY_SECTOR},
        "elasticities_source": values.source,
        "status": status.code,
        "method": status.method,
        "evaluations": status.evaluations,
        "tolerance": status.tolerance,
        "residual": status.residual,
        "worst_market": status.worst,
        "redundant_markets": float(np.abs(status.walras).max()),
        "trade_touched": float(touched(solution).sum()),
        "policy": [words for words, _ in solution.wedges.causes] or _unnamed(solution),
    }


def _below_one(phi: Array, economy: Economy) -> dict[str, dict[str, float]]:
    """Phi where it is below 1: sector -> country -> value."""
    return {
        sector: dict(zip(economy.countries, map(float, phi[:, j]), strict=True))
        for j, sector in enumerate(economy.sectors)
        if (phi[:, j] < 1).any()
    }


def _unnamed(solution: Solution) -> list[str]:
    """How many flows a policy without words touches."""
    count = int(((solution.policy.survival != 1) | _charged(solution)).sum())
    return [f"wedges given as arrays, {count} flows changed"] if count else []


def _charged(solution: Solution) -> Mask:
    """(N, N, S) flows whose tariff, tax or cost changes, or that a limit is set on."""
    wedges = solution.policy
    charged = (
        (wedges.tariff != solution.calibration.tariff)
        | (wedges.export_tax != 0)
        | (wedges.cost != 0)
        | (wedges.iceberg != 0)
    )
    for limit in wedges.volume_limits:
        charged = charged | limit.cells
    if wedges.acts:  # on a market, through flows that no wedge changes
        for _, cells in wedges.causes:
            charged = charged | (cells & (wedges.survival == 1))
    return charged


def touched(solution: Solution) -> Array:
    """(N, N, S) baseline trade that the policy touches, buyer by seller and sector, in its unit.

    Of a flow that is cut off or stopped, the part that is; of one that is taxed or limited, all.
    """
    economy = solution.table
    part = np.where(_charged(solution), 1.0, 1.0 - solution.policy.survival)
    return economy.trade * part
