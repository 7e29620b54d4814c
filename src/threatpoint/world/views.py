"""Views of the baseline and of elasticities: first lines, and tables by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint import words
from threatpoint.tables import Table, columns
from threatpoint.views import About, Named, View, short
from threatpoint.world.info import info, sources
from threatpoint.world.places import name_of

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy
    from threatpoint.world.elasticities import Elasticities

Row = dict[str, Any]


def size(countries: int, sectors: int) -> str:
    """'32 economies, 15 sectors'."""
    return f"{countries} economies, {sectors} sectors"


def about_economy(economy: Economy) -> About:
    """Its size, year and money, and what horizons it knows."""
    many = size(len(economy.countries), len(economy.sectors))
    facts = {
        "table": str(economy.metadata.get("title", "")),
        "year, money": f"{economy.year or 'no year stated'}, {economy.unit}",
        "economies": short(economy.countries),
        "sectors": short(economy.sectors),
        "groups": short(tuple(economy.groups)),
        "horizons": ", ".join(words.ordered(economy.elasticities)),
        "value added, exports": f"{economy.value_added.sum():,.0f}, {economy.exports.sum():,.0f}",
        "tariffs": economy.standing.words if economy.standing else "those of the table",
    }
    told = {label: text for label, text in facts.items() if text}
    return About(f"Economy: {many}", told, "tp.solve(world, [tp.Tariff(...)]), .to_pandas()")


def economies(economy: Economy) -> Table:
    """Size and trade of each economy."""
    imports = np.where(economy.imports > 0, economy.imports, np.nan)
    levied = 100.0 * economy.tariff_revenue / imports
    numbers = {
        "gdp_baseline": economy.gdp,
        "exports_baseline": economy.exports,
        "imports_baseline": economy.imports,
        "deficit_baseline": economy.deficit,
        "tariff_levied_percent": levied,
    }
    rows = [
        {"country": code, "name": name_of(code, economy), "groups": _groups_of(code, economy)}
        | {key: float(values[n]) for key, values in numbers.items()}
        for n, code in enumerate(economy.countries)
    ]
    shown = columns("economies", "country", "name", *numbers, "groups")
    return Table("economies", "Economies of the table, per year", shown, rows, economy.unit)


def _groups_of(code: str, economy: Economy) -> str:
    return ", ".join(name for name, members in economy.groups.items() if code in members)


def sectors(economy: Economy) -> Table:
    """Output and trade of each sector over all economies."""
    abroad = economy.trade.sum(axis=(0, 1)) - np.einsum("nnj->j", economy.trade)
    rows = [
        {
            "sector": code,
            "sector_name": economy.sector_names.get(code, code),
            "kind": "services" if code in economy.services else "goods",
            "output_baseline": float(economy.output[:, j].sum()),
            "exports_baseline": float(abroad[j]),
        }
        for j, code in enumerate(economy.sectors)
    ]
    keys = ("sector", "sector_name", "kind", "output_baseline", "exports_baseline")
    caption = "Sectors of the table, all economies together, per year"
    return Table("sector-list", caption, columns("sector-list", *keys), rows, economy.unit)


def trade(economy: Economy) -> Table:
    """Every flow between two economies, by sector, with its tariff."""
    at = np.argwhere(economy.trade > 0)
    rows = [
        {
            "importer": economy.countries[n],
            "exporter": economy.countries[i],
            "sector": economy.sectors[j],
            "trade_baseline": float(economy.trade[n, i, j]),
            "tariff_share": float(economy.tariff_in_force[n, i, j]),
        }
        for n, i, j in at[at[:, 0] != at[:, 1]]
    ]
    keys = ("importer", "exporter", "sector", "trade_baseline", "tariff_share")
    caption = "Trade between economies by sector, per year"
    return Table("trade-before", caption, columns("trade-before", *keys), rows, economy.unit)


def elasticities(economy: Economy) -> Table:
    """Trade elasticities by sector and horizon."""
    rows = [
        {
            "horizon": name,
            "sector": code,
            "sector_name": economy.sector_names.get(code, code),
            "theta": float(theta),
        }
        for name in words.ordered(economy.elasticities)
        for code, theta in zip(economy.sectors, economy.elasticities[name].theta, strict=True)
    ]
    keys = ("horizon", "sector", "sector_name", "theta")
    caption = "Trade elasticities by sector and horizon"
    return Table("elasticities", caption, columns("elasticities", *keys), rows)


def _sets(economy: Economy) -> Table:
    """Sets of elasticities, as `world info` prints them."""
    return next(table for table in info(economy) if table.key == "elasticity-sets")


def members(economy: Economy) -> Table:
    """Who is in which group."""
    rows = [
        {"group": group, "country": code, "name": name_of(code, economy)}
        for group, codes in economy.groups.items()
        for code in codes
    ]
    return Table(
        "members", "Members of groups", columns("members", "group", "country", "name"), rows
    )


def tables_of(economy: Economy) -> Mapping[str, Named]:
    """Tables of a baseline."""
    found = {
        "economies": Named("size, trade and groups of each economy", lambda: economies(economy)),
        "sectors": Named("code, name, output and exports of each sector", lambda: sectors(economy)),
        "trade": Named("every flow abroad by sector, with its tariff", lambda: trade(economy)),
        "elasticities": Named(
            "trade elasticity by horizon and sector", lambda: elasticities(economy)
        ),
        "horizons": Named("sets of elasticities, and their sources", lambda: _sets(economy)),
        "groups": Named("members of each group", lambda: members(economy)),
        "sources": Named("where the data come from", lambda: sources(economy)),
    }
    empty = {"groups": economy.groups, "elasticities": economy.elasticities}
    empty["horizons"] = economy.elasticities
    return {name: made for name, made in found.items() if empty.get(name, True)}


ECONOMY = View(about_economy, tables_of)


def about_elasticities(found: Elasticities) -> About:
    """Horizon, range of trade elasticities, and the source."""
    theta, phi = np.asarray(found.theta), np.asarray(found.phi)
    facts = {
        "horizon": f"{found.horizon} ({words.HORIZONS[found.horizon]})"
        if found.horizon in words.HORIZONS
        else found.horizon,
        "theta (trade)": f"{theta.min():.3g} to {theta.max():.3g} over {theta.size} sectors",
        "phi (mobile share)": f"{phi.min():.3g} to {phi.max():.3g}",
    }
    facts |= {key: _nest(getattr(found, key)) for key in ("eta", "epsilon", "rho")}
    facts["source"] = found.source
    told = {label: text for label, text in facts.items() if text}
    return About("Elasticities", told, "tp.solve(world, policy, elasticities=...)")


def _nest(values: Any) -> str:
    known = np.asarray(values, dtype=float)
    low, high = float(known.min()), float(known.max())
    return f"{low:.3g}" if low == high else f"{low:.3g} to {high:.3g}"


ELASTICITIES = View(about_elasticities)
