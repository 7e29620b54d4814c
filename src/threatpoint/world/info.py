"""What a table is: size, unit, year, producers, licences, and how its cells came about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint import words
from threatpoint.tables import Column, Table, columns
from threatpoint.world.elasticities import SUBSTITUTION
from threatpoint.world.flow import BASIS
from threatpoint.world.label_tables import economies, sectors
from threatpoint.world.own_write import own_table

if TYPE_CHECKING:
    from threatpoint.quantity import Quantity
    from threatpoint.world.economy import Economy
    from threatpoint.world.elasticities import Elasticities
    from threatpoint.world.market import Market

Row = dict[str, Any]


def info(economy: Economy) -> tuple[Table, ...]:
    """Describe any economy in tables; a part that the economy does not state is left out."""
    markets = (_market(name, market) for name, market in economy.markets.items())
    labels = (_summary(economy), economies(economy), sectors(economy))
    parts = (*labels, _cells(economy), _flows(economy), _elasticities(economy))
    return tuple(table for table in (*parts, *markets, sources(economy)) if table.rows)


def sources(economy: Economy) -> Table:
    """Where the data come from and under which licence; no rows where the table does not say."""
    found = [
        {"name": str(name).replace("_", " "), "kind": kind, "text": str(text)}
        for key, kind in (("sources", "source"), ("licences", "licence"))
        for name, text in entries(economy.metadata.get(key))
    ]
    found += [
        {"name": f"{flow.name} trade", "kind": "source", "text": flow.source}
        for flow in economy.flows.values()
    ]
    caption = "Data: sources of each part of the baseline, and licences of the producers"
    shown = columns("sources", "name", "kind", "text")
    return Table("sources", caption, shown, found, deciding=("text",))


def thetas(economy: Economy, name: str) -> Table:
    """Trade elasticities of a set by sector; the file has the whole set, to be read back."""
    found = economy.elasticities[name]
    rows = [
        {"name": economy.sector_names.get(code, code), "sector": code, "theta": float(value)}
        for code, value in zip(economy.sectors, found.theta, strict=True)
    ]
    return Table(
        "elasticities",
        f"Trade elasticities by sector, {words.horizon(name)}",
        columns("elasticities", "name", "sector", "theta"),
        sorted(rows, key=lambda row: -row["theta"]),
        note=words.sentence(words.named(found.source, economy)),
        lead=5,
        fold="All sectors",
        file=own_table(found, economy),
    )


def entries(found: object) -> list[tuple[str, object]]:
    """Rows of a mapping in the metadata; a text stands alone."""
    if isinstance(found, Mapping):
        return list(found.items())
    return [("all", found)] if found else []


def basis_counts(codes: np.ndarray) -> dict[str, int]:
    """Number of cells of each basis."""
    counts = np.bincount(np.asarray(codes, dtype=np.intp).ravel(), minlength=len(BASIS))
    return {name: int(count) for name, count in zip(BASIS, counts, strict=True)}


def _summary(economy: Economy) -> Table:
    shown = {
        "economies": f"{len(economy.countries)}: {', '.join(economy.countries)}",
        "sectors": f"{len(economy.sectors)}: {', '.join(economy.sectors)}",
        "services among them": ", ".join(economy.services) or "none",
        "residual groups": ", ".join(economy.residuals) or "none",
        "year": economy.year or "not stated",
        "unit": economy.unit,
        "world value added": words.number(economy.value_added.sum(), decimals=0),
        "world trade across borders": words.number(economy.imports.sum(), decimals=0),
        "tariff revenue": words.number(economy.tariff_revenue.sum(), decimals=0),
    }
    elsewhere = ("title", "sources", "licences")
    shown |= {name: text for name, text in economy.metadata.items() if name not in elsewhere}
    rows = [{"what": name, "text": str(text)} for name, text in shown.items()]
    title = str(economy.metadata.get("title", "World table"))
    return Table("world", title, columns("world", "what", "text"), rows)


def _cells(economy: Economy) -> Table:
    rows = [{"array": name, **basis_counts(codes)} for name, codes in economy.basis.items()]
    return Table("cells", "Cells by basis", columns("cells", "array", *BASIS), rows)


def _flows(economy: Economy) -> Table:
    rows = [
        {
            "flow": flow.name,
            "sector": flow.sector,
            "known": int(np.count_nonzero(flow.known)),
            "total": float(flow.values.sum()),
        }
        for flow in economy.flows.values()
    ]
    total = Column("total", f"Total, {economy.unit}", "whole")
    shown = columns("finer-flows", "flow", "sector", "known", total)
    return Table("finer-flows", "Bilateral flows finer than the sectors", shown, rows)


def _elasticities(economy: Economy) -> Table:
    rows = [
        {
            "horizon": name,
            "lasts": words.HORIZONS.get(name, ""),
            "theta_low": float(np.min(values.theta)),
            "theta_high": float(np.max(values.theta)),
            "phi_low": round(float(np.min(values.phi)), 4),
            "nests": ", ".join(_nest(values, name, economy) for name in SUBSTITUTION),
            "source": values.source,
        }
        for name, values in economy.elasticities.items()
    ]
    keys = ("horizon", "lasts", "theta_low", "theta_high", "phi_low", "nests", "source")
    shown = columns("elasticity-sets", *keys)
    return Table("elasticity-sets", "Elasticities by horizon", shown, rows)


def _nest(values: Elasticities, name: str, economy: Economy) -> str:
    """A substitution elasticity in words: of most sectors, then those with another."""
    own = values.apart(name, economy.sectors).items()
    others = ", ".join(f"{code} {value:.3g}" for code, value in own)
    return f"{values.common(name):.3g}" + (f" ({others})" if others else "")


def _market(name: str, market: Market) -> Table:
    """Every fact of a market, by what it is and whom it is about."""
    rows = [
        {
            "what": what,
            "value": f"{fact.value:g}",
            "range": f"{fact.low:g} to {fact.high:g}" if fact.low < fact.high else "",
            "unit": "" if fact.unit == "1" else fact.unit,
            "period": fact.period,
            "source": fact.source,
        }
        for what, fact in _facts(market)
    ]
    shown = columns("market", "what", "value", "range", "unit", "period", "source")
    return Table("market", f"Market of {name}", shown, rows)


def _facts(market: Market) -> Iterable[tuple[str, Quantity]]:
    yield "benchmark price", market.benchmark
    for what in ("prices", "output", "exports", "spare"):
        yield from ((f"{what}, {code}", q) for code, q in getattr(market, what).items())
