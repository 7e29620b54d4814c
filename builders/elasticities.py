"""Long-run elasticities by sector, with range, convention and source."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from builders import data
from builders.sources import Array, Sources

FACTS = data.toml("elasticities")
FGO = FACTS["source"]["FGO"]
NEVER = {tuple(pair) for pair in FACTS["sets"]["never"]}
OIL_SUPPLY = tuple(FACTS["prior"]["oil_supply"][end] for end in ("low", "value", "high"))
"""Prior: long-run supply elasticity of crude oil and gas (low, central, high)."""


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


def table(sources: Sources) -> list[Row]:
    """Theta by sector: Fontagné et al., weighted by cross-border trade within the sector.

    The authors say that their tariff elasticity is minus the elasticity of substitution, so
    theta = |estimate| - 1. Crude oil and refining are read at GTAP detail, because the ICIO
    grouping puts crude together with all mining. Services are not in a tariff estimate.
    """
    gtap = {r["gtap_sector"]: r["epsilon_GTAP"] for r in sources.rows["gtap"]}
    detail = FACTS["sets"]["gtap"]
    rows = []
    for sector in sources.sectors:
        if sector == "SVC":
            rows.append(_services(sources))
        elif sector in detail:
            source = f"{FGO}, GTAP sector {detail[sector]}"
            rows.append(_row(sources, sector, abs(float(gtap[detail[sector]])), source))
        else:
            source = f"{FGO}, ICIO industries, mean weighted by cross-border trade"
            rows.append(_row(sources, sector, mean(sources, sector, "FGO"), source))
    return rows


def _services(sources: Sources) -> Row:
    """Services: a prior, up to what Fontagné et al. give for services."""
    prior, words = FACTS["prior"]["services"], FACTS["source"]
    high, theta = mean(sources, "SVC", "FGO") - 1.0, prior["value"]
    source = words["services"].format_map(words)
    convention = FACTS["convention"]["inclusive"]
    return Row("SVC", theta, theta, prior["low"], high, convention, source)


def _row(sources: Sources, sector: str, printed: float, source: str) -> Row:
    """A row with its range: other published sets taken as printed, Fontagné et al. converted."""
    theta = printed - 1.0
    others = [mean(sources, sector, name) for name in FACTS["sets"]["used"]]
    values = [*(value for value in others if np.isfinite(value)), theta]
    convention = FACTS["convention"]["exclusive"]
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
