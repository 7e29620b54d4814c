"""Long-run elasticities by sector, with range, convention and source."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from builders.sources import Array, Sources

SETS = ("BSY", "CP", "FGO", "GYY", "IS", "LL", "Shap", "U4")
NEVER = {("CP", "C19")}
"""Caliendo and Parro's 64.85 for refining: not used, also not as a bound."""

OIL_SUPPLY = (0.1, 0.5, 1.0)
"""Prior: long-run supply elasticity of crude oil and gas (low, central, high). With fully mobile
factors (phi = 1 everywhere) output collapses at a barely lower price, which no producer does."""

FGO = "Fontagné, Guimbard and Orefice (2022), J. International Economics 133"


@dataclass(frozen=True)
class Row:
    """One line of the elasticities table.

    Attributes:
        sector: code.
        printed: the estimate as printed, in absolute value.
        theta: sigma - 1, what the model uses.
        low, high: range of theta over the published sets.
        convention: what the printed estimate is.
        source: where it comes from.
    """

    sector: str
    printed: float
    theta: float
    low: float
    high: float
    convention: str
    source: str


EXCLUSIVE = (
    "tariff-exclusive: -sigma (Fontagné et al., Data in Brief 45, 2022), theta = |estimate| - 1"
)
INCLUSIVE = "tariff-inclusive: theta as printed"


def table(sources: Sources) -> list[Row]:
    """Theta by sector: Fontagné et al., weighted by cross-border trade within the sector.

    The authors say that their tariff elasticity is minus the elasticity of substitution, so
    theta = |estimate| - 1. Crude oil and refining are read at GTAP detail, because the ICIO
    grouping puts crude together with all mining. Services are not in a tariff estimate.
    """
    gtap = {r["gtap_sector"]: r["epsilon_GTAP"] for r in sources.rows["gtap"]}
    detail = {
        "OILGAS": (abs(float(gtap["oil"])), f"{FGO}, GTAP sector oil"),
        "REFPET": (abs(float(gtap["p_c"])), f"{FGO}, GTAP sector p_c"),
    }
    rows = []
    for sector in sources.sectors:
        if sector == "SVC":
            rows.append(_services(sources))
            continue
        grouped = f"{FGO}, ICIO industries, mean weighted by cross-border trade"
        printed, source = detail.get(sector, (mean(sources, sector, "FGO"), grouped))
        rows.append(_row(sources, sector, printed, printed - 1.0, EXCLUSIVE, source))
    return rows


def _services(sources: Sources) -> Row:
    """Services: a prior of 4, from half of it to what Fontagné et al. give for services."""
    high = mean(sources, "SVC", "FGO") - 1.0
    source = (
        "prior: 4 as uniform in Simonovska and Waugh (2014), J. International Economics 92; range "
        f"from half of it to {FGO}"
    )
    return Row("SVC", 4.0, 4.0, 2.0, high, INCLUSIVE, source)


def _row(
    sources: Sources, sector: str, printed: float, theta: float, convention: str, source: str
) -> Row:
    """A row with its range: other published sets taken as printed, Fontagné et al. converted."""
    others = [mean(sources, sector, name) for name in SETS if name != "FGO"]
    values = [*(value for value in others if np.isfinite(value)), theta]
    return Row(sector, printed, theta, min(values), max(values), convention, source)


def mean(sources: Sources, sector: str, name: str) -> float:
    """Mean of a published set over a sector's industries, weighted by cross-border trade."""
    codes = [str(code) for code in sources.detail["sectors"]]
    at = [codes.index(part) for part in sources.sector_parts[sector] if (name, part) not in NEVER]
    if not at:
        return float("nan")
    trade = np.asarray(sources.detail["X"], dtype=np.float64)
    weights = trade.sum(axis=(0, 1)) - np.einsum("iij->j", trade)
    return float(np.average(sources.detail[f"eps_{name}"][at], weights=weights[at]))


def supply_share(sources: Sources, elasticity: float = OIL_SUPPLY[1]) -> Array:
    """(N, S) mobile-factor share phi: 1 but in OILGAS, where phi = e / (1 + e)."""
    phi = np.ones((len(sources.countries), len(sources.sectors)))
    phi[:, sources.sectors.index("OILGAS")] = elasticity / (1.0 + elasticity)
    return phi
