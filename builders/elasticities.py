"""Long-run elasticities by sector, with range, convention and source."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from builders.sources import Array, Sources

SETS = ("BSY", "CP", "FGO", "GYY", "IS", "LL", "Shap", "U4")
NEVER = {("CP", "C19")}
"""Caliendo and Parro's 64.85 for refining: not used, also not as a bound."""

FGO = "Fontagné, Guimbard and Orefice (2022), J. International Economics 133"


@dataclass(frozen=True)
class Row:
    """One line of the elasticities table."""

    sector: str
    theta: float
    low: float
    high: float
    theta_if_exclusive: float
    convention: str
    source: str


def table(sources: Sources) -> list[Row]:
    """Theta by sector: Fontagné et al., weighted by cross-border trade within the sector."""
    gtap = {r["gtap_sector"]: r["epsilon_GTAP"] for r in sources.rows["gtap"]}
    fixed = {
        "OILGAS": (abs(float(gtap["oil"])), f"{FGO}, GTAP sector oil"),
        "REFPET": (abs(float(gtap["p_c"])), f"{FGO}, GTAP sector p_c"),
        "SVC": (4.0, "prior: Simonovska and Waugh (2014), J. International Economics 92, uniform"),
    }
    rows = []
    for sector in sources.sectors:
        published = {name: mean(sources, sector, name) for name in SETS}
        theta, source = fixed.get(
            sector, (published["FGO"], f"{FGO}, ICIO industries, trade-weighted mean")
        )
        values = [v for v in published.values() if np.isfinite(v)] + [theta]
        rows.append(
            Row(sector, theta, min(values), max(values), max(theta - 1.0, 0.1),
                "taken as tariff-inclusive (theta = |estimate|)", source)
        )  # fmt: skip
    return rows


def mean(sources: Sources, sector: str, name: str) -> float:
    """Mean of a published set over a sector's industries, weighted by cross-border trade."""
    codes = [str(code) for code in sources.detail["sectors"]]
    at = [codes.index(part) for part in sources.sector_parts[sector] if (name, part) not in NEVER]
    if not at:
        return float("nan")
    trade = np.asarray(sources.detail["X"], dtype=np.float64)
    weights = trade.sum(axis=(0, 1)) - np.einsum("iij->j", trade)
    return float(np.average(sources.detail[f"eps_{name}"][at], weights=weights[at]))


def supply_share(sources: Sources, elasticity: float) -> Array:
    """(N, S) mobile-factor share phi: 1 but in OILGAS, where phi = e / (1 + e)."""
    phi = np.ones((len(sources.countries), len(sources.sectors)))
    phi[:, sources.sectors.index("OILGAS")] = elasticity / (1.0 + elasticity)
    return phi
