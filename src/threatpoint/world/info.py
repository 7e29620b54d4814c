"""What a table is: size, unit, year, producers, licences, and how its cells came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.world.economy import BASIS

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy, Flow


@dataclass(frozen=True)
class FlowInfo:
    """A named flow in short: cells known, total of their values, source."""

    name: str
    sector: str
    known: int
    total: float
    source: str


@dataclass(frozen=True)
class Info:
    """A table in short.

    Attributes:
        title, year, unit: what it is.
        countries, sectors, residuals, services: counts and codes.
        world_value_added, world_trade: totals, in the unit.
        cells: for each array, how many cells are observed, scaled, estimated or empty; empty
            mapping if the table does not say.
        sources: by array.
        licences: by producer.
        flows: named flows.
        fingerprint: SHA-256 of the shipped arrays, "" if none.
        metadata: everything else the table says about itself.
    """

    title: str
    year: int | None
    unit: str
    countries: int
    sectors: int
    residuals: tuple[str, ...]
    services: tuple[str, ...]
    world_value_added: float
    world_trade: float
    cells: Mapping[str, Mapping[str, int]]
    sources: Mapping[str, str]
    licences: Mapping[str, str]
    flows: tuple[FlowInfo, ...]
    fingerprint: str
    metadata: Mapping[str, Any]


def info(economy: Economy) -> Info:
    """Describe any economy; parts it does not state are empty."""
    known = ("title", "sources", "licences", "fingerprint")
    return Info(
        title=str(economy.metadata.get("title", "")),
        year=economy.year,
        unit=economy.unit,
        countries=len(economy.countries),
        sectors=len(economy.sectors),
        residuals=economy.residuals,
        services=economy.services,
        world_value_added=float(economy.value_added.sum()),
        world_trade=float(economy.imports.sum()),
        cells={name: basis_counts(codes) for name, codes in economy.basis.items()},
        sources=dict(economy.metadata.get("sources", {})),
        licences=dict(economy.metadata.get("licences", {})),
        flows=tuple(_flow(flow) for flow in economy.flows.values()),
        fingerprint=str(economy.metadata.get("fingerprint", "")),
        metadata={key: value for key, value in economy.metadata.items() if key not in known},
    )


def basis_counts(codes: np.ndarray) -> dict[str, int]:
    """Number of cells of each basis."""
    counts = np.bincount(np.asarray(codes, dtype=np.intp).ravel(), minlength=len(BASIS))
    return {name: int(count) for name, count in zip(BASIS, counts, strict=True)}


def _flow(flow: Flow) -> FlowInfo:
    known = int(np.count_nonzero(flow.known))
    return FlowInfo(flow.name, flow.sector, known, float(flow.values.sum()), flow.source)
