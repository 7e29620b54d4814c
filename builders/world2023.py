"""Build the shipped world table of 2023: 32 economies, 15 sectors.

python -m builders.world2023 [--data DIR] [--out DIR]
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builders import assemble, coefficients, elasticities, labels, oil, tariffs, trade, write
from builders.sources import Sources, data_directory, load


@dataclass(frozen=True)
class World:
    """Everything that ships, and what the report needs."""

    sources: Sources
    before: trade.Trade
    overlay: oil.Overlay
    tariffs: tariffs.Tariffs
    collected: assemble.Accounts
    statutory: assemble.Accounts
    elasticities: list[elasticities.Row]


def build(sources: Sources) -> World:
    """All steps, in order."""
    before = trade.to_2023(sources, labels.SERVICES)
    laid = oil.overlay(sources, before.values, before.basis, sources.goods)
    rates = tariffs.build(sources, laid.values, labels.SERVICES)
    prior = coefficients.structures(sources)
    return World(
        sources,
        before,
        laid,
        rates,
        assemble.accounts(sources, laid.values, rates.collected, prior),
        assemble.accounts(sources, laid.values, rates.statutory, prior),
        elasticities.table(sources),
    )


def arrays(world: World) -> dict[str, NDArray[Any]]:
    """The arrays that ship, by name."""
    result: dict[str, NDArray[Any]] = {
        "trade": world.overlay.values,
        "tariff": world.tariffs.collected,
        "tariff_statutory": world.tariffs.statutory,
        "trade_basis": world.overlay.basis.astype(np.int8),
        "tariff_basis": world.tariffs.basis,
        "theta": np.array([round(row.theta, 4) for row in world.elasticities]),
        "phi": elasticities.supply_share(world.sources, OIL_SUPPLY[1]),
    }
    for name in ("inputs", "value_added", "final"):
        result[name] = getattr(world.collected, name)
        result[f"{name}_statutory"] = getattr(world.statutory, name)
        result[f"{name}_basis"] = np.where(result[name] > 0, 3, 0).astype(np.int8)
    for product, _ in FLOWS.items():
        result |= flow(world, product)
    return result


OIL_SUPPLY = (0.1, 0.5, 1.0)
"""Prior: long-run supply elasticity of crude oil and gas (low, central, high)."""

FLOWS = {"crude": "OILGAS", "gas": "OILGAS", "refined": "REFPET"}


def flow(world: World, product: str) -> dict[str, NDArray[Any]]:
    """Values, known mask and basis of one Russian product, (N, N) each."""
    codes = world.sources.countries
    russia, size = codes.index("RUS"), len(codes)
    values, known = np.zeros((size, size)), np.zeros((size, size), dtype=bool)
    basis = np.zeros((size, size), dtype=np.int8)
    for sale in world.overlay.sales:
        if sale.product == product:
            n = codes.index(sale.buyer)
            values[n, russia], known[n, russia] = sale.usd, True
            basis[n, russia] = {"observed": 1, "scaled": 2, "estimated": 3}[sale.basis]
    return {
        f"flow_{product}": values,
        f"flow_{product}_known": known,
        f"flow_{product}_basis": basis,
    }


def description(world: World) -> dict[str, Any]:
    """Labels, groups, sources and licences."""
    return {
        "countries": list(world.sources.countries),
        "sectors": list(world.sources.sectors),
        "names": labels.NAMES,
        "sector_names": labels.SECTOR_NAMES,
        "services": list(labels.SERVICES),
        "residuals": list(labels.RESIDUALS),
        "groups": {"EU": list(labels.EU)},
        "unit": "USD million",
        "year": 2023,
        "sources": labels.SOURCES,
        "licences": labels.LICENCES,
        "flows": {
            name: {
                "sector": sector,
                "source": "customs, regulators, Eurostat and CREA; by buyer in "
                "russian_oil_2023.csv",
            }
            for name, sector in FLOWS.items()
        },
        "elasticities": {
            "long": "theta: Fontagné, Guimbard and Orefice (2022); services: prior 4 (Simonovska "
            "and Waugh 2014); crude and gas supply elasticity: prior 0.5 (0.1 to 1.0)"
        },
    }


def ship(world: World, folder: Path) -> str:
    """Write every shipped file; returns the fingerprint."""
    mark = write.world(folder, arrays(world), description(world))
    write.oil_table(folder, world.overlay.sales)
    write.elasticity_table(folder, world.elasticities)
    return mark


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m builders.world2023", description=__doc__)
    parser.add_argument("--data", help="folder of the source files")
    parser.add_argument("--out", type=Path, default=write.TABLES, help="folder of the tables")
    given = parser.parse_args(arguments)
    world = build(load(data_directory(given.data)))
    print(f"written to {given.out}: fingerprint {ship(world, given.out)}")


if __name__ == "__main__":
    main()
