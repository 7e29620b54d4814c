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

from builders import (
    assemble,
    coefficients,
    data,
    elasticities,
    oil,
    overlay,
    report,
    services,
    tariffs,
    trade,
    write,
)
from builders.sources import Sources, data_directory, load
from threatpoint.files import write_whole
from threatpoint.world import Economy, before, cell_errors
from threatpoint.world.accounts import Accounts


@dataclass(frozen=True)
class World:
    """Everything that ships, and what the report needs."""

    sources: Sources
    before: trade.Trade
    overlay: overlay.Overlay
    services: services.Services
    trade: NDArray[np.float64]
    basis: NDArray[np.int8]
    tariffs: tariffs.Tariffs
    collected: Accounts
    statutory: Accounts
    elasticities: list[elasticities.Row]

    def economy(self, tariffs: str) -> Economy:
        """The table with a set of tariffs, for checks and the report."""
        accounts = getattr(self, tariffs)
        return Economy.from_arrays(
            self.sources.countries,
            self.sources.sectors,
            self.trade,
            accounts.inputs,
            accounts.value_added,
            accounts.final,
            getattr(self.tariffs, tariffs),
            names=data.WORLD["names"],
            unit=data.WORLD["unit"],
            metadata={"tariffs": tariffs},
        )


def build(sources: Sources) -> World:
    """All steps, in order."""
    before = trade.to_2023(sources, data.WORLD["services"])
    laid = overlay.overlay(sources, before.values, before.basis, sources.goods)
    prior = coefficients.structures(sources)
    moved = balanced_services(sources, laid.values)
    flows, basis = laid.values.copy(), laid.basis.copy()
    at = sources.sectors.index("SVC")
    flows[:, :, at] = moved.values
    basis[:, :, at][moved.factor[:, None] != moved.factor[None, :]] = 3
    rates = tariffs.build(sources, flows, data.WORLD["services"])
    return World(
        sources,
        before,
        laid,
        moved,
        flows,
        basis,
        rates,
        assemble.accounts(sources, flows, rates.collected, prior),
        assemble.accounts(sources, flows, rates.statutory, prior),
        elasticities.table(sources),
    )


def balanced_services(sources: Sources, flows: NDArray[np.float64]) -> services.Services:
    """Services moved so that deficits over GDP stay within a band around the ICIO's."""
    at = sources.sectors.index("SVC")
    share = assemble.deficit_share(sources, sources.trade, 2022)
    gdp = assemble.gdp(sources, 2023)
    goods = np.delete(flows, at, axis=2).sum(axis=2)
    deficit = goods.sum(axis=1) - goods.sum(axis=0)
    low, high = (share - services.BAND) * gdp, (share + services.BAND) * gdp
    return services.within_band(flows[:, :, at], deficit, low, high)


def arrays(world: World) -> dict[str, NDArray[Any]]:
    """The arrays that ship, by name."""
    result: dict[str, NDArray[Any]] = {
        "trade": world.trade,
        "tariff": world.tariffs.collected,
        "tariff_statutory": world.tariffs.statutory,
        "trade_basis": world.basis,
        "tariff_basis": world.tariffs.basis,
        "theta": np.array([round(row.theta, 4) for row in world.elasticities]),
        "theta_printed": np.array([round(row.printed, 4) for row in world.elasticities]),
        "theta_low": np.array([round(row.low, 4) for row in world.elasticities]),
        "theta_high": np.array([round(row.high, 4) for row in world.elasticities]),
        "phi": elasticities.supply_share(world.sources),
    }
    for name in ("inputs", "value_added", "final"):
        result[name] = getattr(world.collected, name)
        result[f"{name}_statutory"] = getattr(world.statutory, name)
        result[f"{name}_basis"] = np.where(result[name] > 0, 3, 0).astype(np.int8)
    for product in data.WORLD["flows"]:
        result |= flow(world, product)
    return result


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
            basis[n, russia] = oil.BASES[sale.basis]
    return {
        f"flow_{product}": values,
        f"flow_{product}_known": known,
        f"flow_{product}_basis": basis,
    }


TYPED = ("names", "sector_names", "services", "residuals", "groups", "unit", "year", "sources",
         "licences", "flows", "elasticities")  # fmt: skip


def description(world: World) -> dict[str, Any]:
    """Labels, groups, sources and licences."""
    codes = {"countries": list(world.sources.countries), "sectors": list(world.sources.sectors)}
    return codes | {key: data.WORLD[key] for key in TYPED}


def ship(world: World, folder: Path) -> str:
    """Write every shipped file; returns the fingerprint."""
    mark = write.world(folder, arrays(world), description(world))
    write.oil_table(folder, world.overlay.sales)
    write.elasticity_table(folder, world.elasticities)
    for name in ("facts_2023.csv", before.FILE, cell_errors.FILE):
        write_whole(folder / name, data.text(name))
    return mark


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m builders.world2023", description=__doc__)
    parser.add_argument("--data", help="folder of the source files")
    parser.add_argument("--out", type=Path, default=write.TABLES, help="folder of the tables")
    parser.add_argument("--report", type=Path, default=write.REPORT, help="the builder's report")
    given = parser.parse_args(arguments)
    world = build(load(data_directory(given.data)))
    mark = ship(world, given.out)
    write_whole(given.report, report.text(world))
    print(f"written to {given.out}: fingerprint {mark}")


if __name__ == "__main__":
    main()
