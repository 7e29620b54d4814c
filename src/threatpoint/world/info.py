"""What a table is: size, unit, year, producers, licences, and how its cells came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.words import HORIZONS
from threatpoint.world.flow import BASIS

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy
    from threatpoint.world.market import Market

Row = dict[str, Any]


@dataclass(frozen=True)
class InfoTable:
    """One part of a description: a title and rows that all have the same keys."""

    title: str
    rows: list[Row]


def info(economy: Economy) -> tuple[InfoTable, ...]:
    """Describe any economy in tables; a part that the economy does not state is left out."""
    parts = {
        str(economy.metadata.get("title", "World table")): _summary(economy),
        "Cells by basis": [
            {"array": name, **basis_counts(codes)} for name, codes in economy.basis.items()
        ],
        "Bilateral flows finer than the sectors": _flows(economy),
        "Elasticities by horizon": _elasticities(economy),
        **{f"Market of {name}": _market(market) for name, market in economy.markets.items()},
        "Sources": _pairs("array", "source", economy.metadata.get("sources", {})),
        "Licences": _pairs("producer", "licence", economy.metadata.get("licences", {})),
    }
    return tuple(InfoTable(title, rows) for title, rows in parts.items() if rows)


def basis_counts(codes: np.ndarray) -> dict[str, int]:
    """Number of cells of each basis."""
    counts = np.bincount(np.asarray(codes, dtype=np.intp).ravel(), minlength=len(BASIS))
    return {name: int(count) for name, count in zip(BASIS, counts, strict=True)}


def _summary(economy: Economy) -> list[Row]:
    shown = {
        "economies": f"{len(economy.countries)}: {', '.join(economy.countries)}",
        "sectors": f"{len(economy.sectors)}: {', '.join(economy.sectors)}",
        "services among them": ", ".join(economy.services) or "none",
        "residual groups": ", ".join(economy.residuals) or "none",
        "year": economy.year or "not stated",
        "unit": economy.unit,
        "world value added": f"{economy.value_added.sum():,.0f}",
        "world trade across borders": f"{economy.imports.sum():,.0f}",
        "tariff revenue": f"{economy.tariff_revenue.sum():,.0f}",
    }
    stated = {
        name: economy.metadata[name]
        for name in economy.metadata
        if name not in ("title", "sources", "licences")
    }
    return _pairs("what", "value", {**shown, **stated})


def _flows(economy: Economy) -> list[Row]:
    return [
        {
            "flow": flow.name,
            "sector": flow.sector,
            "pairs known": int(np.count_nonzero(flow.known)),
            f"total, {economy.unit}": f"{flow.values.sum():,.0f}",
            "source": flow.source,
        }
        for flow in economy.flows.values()
    ]


def _elasticities(economy: Economy) -> list[Row]:
    return [
        {
            "horizon": name,
            "lasts": HORIZONS.get(name, ""),
            "theta from": float(np.min(values.theta)),
            "theta to": float(np.max(values.theta)),
            "lowest phi": round(float(np.min(values.phi)), 4),
            "eta, epsilon, rho": f"{values.eta:.3g}, {values.epsilon:.3g}, {values.rho:.3g}",
            "source": values.source,
        }
        for name, values in economy.elasticities.items()
    ]


def _market(market: Market) -> list[Row]:
    """Every fact of a market, by what it is and whom it is about."""
    facts = {"benchmark price": market.benchmark}
    for what in ("prices", "output", "exports", "spare", "floors"):
        facts |= {f"{what}, {code}": quantity for code, quantity in getattr(market, what).items()}
    for what in ("largest_share", "evasion_cost", "served"):
        if (quantity := getattr(market, what)) is not None:
            facts[what.replace("_", " ")] = quantity
    return [
        {
            "what": what,
            "value": f"{quantity.value:g}",
            "range": f"{quantity.low:g} to {quantity.high:g}"
            if quantity.low < quantity.high
            else "",
            "unit": "" if quantity.unit == "1" else quantity.unit,
            "of": quantity.period,
            "source": quantity.source,
        }
        for what, quantity in facts.items()
    ]


def _pairs(key: str, value: str, mapping: Mapping[str, Any]) -> list[Row]:
    return [{key: name, value: str(text)} for name, text in mapping.items()]
