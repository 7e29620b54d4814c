"""The worlds the speed of the solver is measured on, and the shocks."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from tests.economies import keep_last_supplier, random_world

from threatpoint.policy.wedges import Wedges
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import BY_SECTOR, SUBSTITUTION, Elasticities


@dataclass(frozen=True, eq=False)
class Case:
    """A world to time: its name, how it was made, the economy and its elasticities."""

    name: str
    made: str
    economy: Economy
    elasticities: Elasticities


def source_root() -> pathlib.Path:
    """Folder of the source data; it may be absent."""
    root = pathlib.Path(__file__).resolve().parents[1]
    return pathlib.Path(os.environ.get("THREATPOINT_DATA", root.parent / "shared" / "data"))


def cases() -> Iterator[Case | str]:
    """Every world that can be built here; a sentence in place of one that cannot."""
    for build in (caliendo_parro, shipped, icio, synthetic):
        try:
            yield build()
        except FileNotFoundError as missing:
            yield f"{build.__name__} skipped: {missing}"


def caliendo_parro() -> Case:
    """31 x 40, the 1993 world of Caliendo & Parro with balanced trade."""
    from validation.caliendo_parro_2015 import replicate

    world, _ = replicate.nafta()
    theta = replicate.read()["theta"]
    values = Elasticities.of(world.countries, world.sectors, theta)
    return Case("CP2015 31x40", "authors' data, trade re-balanced", world, values)


def shipped() -> Case:
    """32 x 15, the table the package ships, with its own elasticities of long."""
    from threatpoint.world import load_world

    world = load_world()
    return Case("shipped 32x15", "phi < 1 in oil and gas", world, world.elasticities["long"])


def icio() -> Case:
    """81 x 28: trade and tariffs of the OECD ICIO 2022, with a simple input-output structure.

    Half of each sector's output is spent on inputs, in proportion to what the country buys of each
    good, but never more than 90 % of what it buys; the rest is value added and final use. theta 4.
    """
    with np.load(source_root() / "world" / "icio2022_81x81x28.npz") as z:
        trade = z["X"].astype(float).transpose(1, 0, 2)  # exporter first in the file
        tariff = z["tariff"].astype(float).transpose(1, 0, 2)
        countries, sectors = [str(c) for c in z["countries"]], [str(s) for s in z["sectors"]]
    own = np.arange(len(countries))
    tariff[own, own] = 0.0
    output, spending = trade.sum(axis=0), (trade * (1 + tariff)).sum(axis=1)
    mix = spending / spending.sum(axis=1, keepdims=True)
    inputs = 0.5 * mix[:, :, None] * output[:, None, :]
    used = inputs.sum(axis=2)
    inputs *= np.minimum(1.0, 0.9 * spending / np.where(used > 0, used, 1.0))[:, :, None]
    economy = Economy.from_arrays(
        countries,
        sectors,
        trade,
        inputs,
        output - inputs.sum(axis=1),
        spending - inputs.sum(axis=2),
        tariff,
    )
    values = Elasticities.of(countries, sectors, 4.0)
    return Case("ICIO 81x28", "half of output on inputs, theta 4", economy, values)


def synthetic(n: int = 77, s: int = 45) -> Case:
    """Random, theta 2 to 8."""
    world = random_world(1, n, s, theta_range=(2.0, 8.0))
    e = world.economy
    values = Elasticities.of(e.countries, e.sectors, world.theta)
    return Case(f"synthetic {n}x{s}", "random", e, values)


def of_horizon(economy: Economy, horizon: str) -> Elasticities:
    """The shipped world's elasticities of a horizon for any economy, sector after sector.

    After the last sector of the shipped world comes its first again; phi is the median country's.
    """
    from threatpoint.world import load_world

    own, s = load_world().elasticities[horizon], len(economy.sectors)
    phi = np.broadcast_to(np.resize(np.median(own.phi, axis=0), s), (len(economy.countries), s))
    nests = {name: getattr(own, name) for name in SUBSTITUTION}
    nests |= {name: np.resize(nests[name], s) for name in BY_SECTOR if np.ndim(nests[name])}
    theta = np.resize(own.theta, s)
    return Elasticities.of(economy.countries, economy.sectors, theta, phi, **nests)


def threats(economy: Economy) -> dict[str, Wedges]:
    """Shocks of the kind of the built-in threat: the largest economy against others.

    The threat cuts it off from the next four in all goods, four sectors of five.
    """
    a, *others = np.argsort(economy.gdp)[:-6:-1]
    tariff, survival = economy.tariff.copy(), np.ones_like(economy.tariff)
    goods = np.arange(len(economy.sectors)) < 0.8 * len(economy.sectors)
    for b in others:
        survival[a, b, goods] = survival[b, a, goods] = 0.0
    tariff[a, np.arange(len(tariff)) != a] += 0.25
    keep = keep_last_supplier(economy, survival)
    return {
        "threat": Wedges(economy.tariff, keep),
        **shocks(economy),
        "+25 % of one on all": Wedges(tariff, np.ones_like(keep)),
    }


def shocks(economy: Economy) -> dict[str, Wedges]:
    """Ordinary shocks between the two largest economies: 25 points of tariff, and a cut-off."""
    a, b = np.argsort(economy.gdp)[-2:]
    tariff, survival = economy.tariff.copy(), np.ones_like(economy.tariff)
    tariff[a, b] += 0.25
    tariff[b, a] += 0.25
    survival[a, b], survival[b, a] = 0.0, 0.0
    keep = keep_last_supplier(economy, survival)
    return {
        "+25 % tariffs": Wedges(tariff, np.ones_like(keep)),
        "cut-off": Wedges(economy.tariff, keep),
    }
