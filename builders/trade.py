"""Trade of 2023: ICIO 2022 moved to 2023 with energy prices, BACI goods totals and GDP.

Oil, gas and fuels are put at the prices of 2023 first, every seller's. Goods of a pair keep their
split over sectors then and are scaled to the BACI total. Home sales and services follow GDP in USD,
home sales of energy its price. Pairs that BACI cannot know, or where it is implausible, keep ICIO.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builders import data
from builders.sources import Array, Sources

RATIO_BOUNDS = (0.33, 2.5)
"""A BACI / ICIO ratio outside these is taken as a fault of one source, not as growth."""

RUSSIA = "RUS"
NOT_IN_BACI = ("TWN",)


@dataclass(frozen=True)
class Trade:
    """Trade of 2023 before the oil overlay.

    Attributes:
        values: (N, N, S) USD million.
        basis: (N, N, S) codes: 0 none, 1 observed, 2 scaled, 3 estimated.
        ratio: (N, N) factor applied to the goods of each pair.
        notes: one row per pair whose BACI value was not used:
            (importer, exporter, icio, baci, why).
    """

    values: Array
    basis: NDArray[np.int8]
    ratio: Array
    notes: tuple[tuple[str, str, float, float, str], ...]


def gdp_of(sources: Sources, year: int) -> dict[str, float]:
    """GDP by country of the table, USD million; the rest of the world is the remainder."""
    eu_rest = sum(sources.gdp[member, year] for member in sources.members["REU"])
    single = {c: sources.gdp[c, year] for c in sources.countries if (c, year) in sources.gdp}
    known = {**single, "REU": eu_rest, "TWN": taiwan(sources, year)}
    return {**known, "ROW": sources.gdp["WLD", year] - sum(known.values())}


def taiwan(sources: Sources, year: int) -> float:
    """GDP of Taiwan, USD million: East Asia and Pacific less all members that are published.

    The World Bank does not list Taiwan, but its aggregates, the world's too, hold it: 797, 784 and
    780 bn of 2021 to 2023 belong to no member that is listed. North Korea, for which nothing is
    published, is in them. A member counts with its last figure.
    """
    region = data.WORLD["taiwan"]
    last = {c: sources.gdp[c, y] for c, y in sorted(sources.gdp, key=lambda key: key[1])
            if c in region["members"] and y <= year}  # fmt: skip
    return sources.gdp[region["aggregate"], year] - sum(last.values())


def growth(sources: Sources, old: int, new: int) -> Array:
    """(N,) GDP in USD of the new year over the old; 1 for who is not in BACI: it keeps the ICIO."""
    then, now = gdp_of(sources, old), gdp_of(sources, new)
    return np.array([
        1.0 if c in NOT_IN_BACI else now[c] / then[c] for c in sources.countries
    ])  # fmt: skip


def non_reporters(sources: Sources) -> set[str]:
    """Countries that report nothing to BACI: they have no flow with the others of their kind.

    A country that trades with none of the known non-reporters is one of them. Starting from the
    country with the most empty pairs, grow the set of mutually empty pairs.
    """
    empty = (sources.goods == 0) & (sources.goods.T == 0)
    np.fill_diagonal(empty, False)
    chosen: list[int] = []
    for candidate in np.argsort(-empty.sum(axis=1), kind="stable"):
        if empty[candidate].any() and all(empty[candidate, other] for other in chosen):
            chosen.append(int(candidate))
    return {sources.countries[k] for k in chosen}


def energy_price(sources: Sources) -> float:
    """Price of crude in 2023 over that in 2022: means of the months of Brent."""
    price: dict[str, list[float]] = {"2022": [], "2023": []}
    for row in sources.rows["brent"]:
        price.get(row["Date"][:4], []).append(float(row["Price"]))
    return float(np.mean(price["2023"]) / np.mean(price["2022"]))


def revalued(sources: Sources) -> Array:
    """(N, N, S) ICIO 2022 with energy at the prices of 2023, every seller's.

    Volumes stay. Fuels move as crude does; so does gas, for which no price is at hand: a prior.
    """
    energy = [sources.sectors.index(code) for code in data.WORLD["energy"]["sectors"]]
    values = sources.trade.copy()
    values[:, :, energy] *= energy_price(sources)
    return values


def to_2023(sources: Sources, services: Iterable[str]) -> Trade:
    """Move ICIO 2022 to 2023 (see the module's text)."""
    is_good = np.array([code not in set(services) for code in sources.sectors])
    at_prices = revalued(sources)
    icio_goods = at_prices[:, :, is_good].sum(axis=2)
    ratio, notes, kept = _goods_ratio(sources, icio_goods)
    grow, energy = growth(sources, 2022, 2023), data.WORLD["energy"]["sectors"]
    pair_growth = np.sqrt(grow[:, None] * grow[None, :])
    factor = np.where(is_good, ratio[:, :, None], pair_growth[:, :, None])
    for n in range(len(sources.countries)):
        factor[n, n, :] = np.where(np.isin(sources.sectors, energy), 1.0, grow[n])
    values = at_prices * factor
    basis = np.full(values.shape, 2, dtype=np.int8)
    basis[kept] = np.where(is_good, 3, basis[kept])
    basis[values == 0] = 0
    return Trade(values, basis, ratio, notes)


def _goods_ratio(
    sources: Sources, icio: Array
) -> tuple[Array, tuple[tuple[str, str, float, float, str], ...], NDArray[np.bool_]]:
    """Factor per pair, the pairs that keep ICIO and why."""
    silent = non_reporters(sources)
    raw = sources.goods / np.where(icio > 0, icio, np.inf)
    ratio, notes = np.ones_like(icio), []
    kept = np.zeros(icio.shape, dtype=bool)
    for n, importer in enumerate(sources.countries):
        for i, exporter in enumerate(sources.countries):
            if n == i:
                continue
            why = _why_not(importer, exporter, raw[n, i], silent)
            ratio[n, i] = raw[n, i] if not why else 1.0
            if why:
                kept[n, i] = True
                notes.append((importer, exporter, icio[n, i], sources.goods[n, i], why))
    _poland_russia(sources, icio, ratio)
    return ratio, tuple(notes), kept


def _why_not(importer: str, exporter: str, ratio: float, silent: set[str]) -> str:
    """Why BACI is not used for this pair; '' if it is."""
    if {importer, exporter} & set(NOT_IN_BACI):
        return "not in BACI"
    if {importer, exporter} == {"POL", RUSSIA}:
        return "neither reports to BACI: moved as the rest of the EU's trade with Russia"
    if importer in silent and exporter in silent:
        return "neither reports to BACI"
    outside = not RATIO_BOUNDS[0] <= ratio <= RATIO_BOUNDS[1]
    if outside and RUSSIA not in (importer, exporter):
        return "ratio outside bounds"
    return ""


def _poland_russia(sources: Sources, icio: Array, ratio: Array) -> None:
    """Poland and Russia do not report: their trade moves as that of the rest of the EU did.

    The ICIO value of 2022 would leave out what the sanctions of 2022 and 2023 did.
    """
    p, r = sources.countries.index("POL"), sources.countries.index(RUSSIA)
    eu = [sources.countries.index(c) for c in data.EU if c != "POL"]
    ratio[p, r] = sources.goods[eu, r].sum() / icio[eu, r].sum()
    ratio[r, p] = sources.goods[r, eu].sum() / icio[r, eu].sum()
