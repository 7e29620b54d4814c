"""Goods: sectors of the table, or finer flows inside them such as crude, by their words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import refuse
from threatpoint.policy.scope import Selector, listed
from threatpoint.world.sector_names import sector_of, unknown_sector

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Codes, Mask
    from threatpoint.world.economy import Economy


def bought(economy: Economy, goods: Iterable[str]) -> tuple[Array, Mask, Codes]:
    """Trade in goods that `held` knows; three arrays (N n, N i), without domestic sales.

    Returns:
        Money per year in the economy's unit, 0 where it is not known; False where part of it is
        reported by nobody; weakest code of `BASIS` among the parts, -1 where none is given.
    """
    shape = economy.trade.shape[:2]
    value, known = np.zeros(shape), np.ones(shape, np.bool_)
    basis: Codes = np.zeros(shape, np.int8)
    for good in goods:
        part, part_known, codes = _one(economy, good)
        value, known = value + part, known & part_known
        weaker = np.where((basis < 0) | (codes < 0), -1, np.maximum(basis, codes))
        basis = np.where(part > 0, weaker, basis)
    return value, known, basis


def _one(economy: Economy, good: str) -> tuple[Array, Mask, Codes]:
    """Value, known and basis of one good, (N n, N i) each."""
    if good not in economy.sectors:
        flow = economy.flows[good]
        return np.where(flow.known, flow.values, 0.0), flow.known, flow.basis
    j, everywhere = economy.sectors.index(good), np.ones(economy.trade.shape[:2], np.bool_)
    recorded = economy.basis.get("trade")
    codes = np.full(everywhere.shape, -1, np.int8) if recorded is None else recorded[:, :, j]
    return economy.trade[:, :, j] * ~np.eye(len(everywhere), dtype=bool), everywhere, codes


def held(economy: Economy, goods: Selector, where: str) -> dict[str, tuple[str, ...]]:
    """The goods by the sector that holds them.

    Raises:
        PolicyError: unknown goods; goods counted twice.
    """
    home = {name: flow.sector for name, flow in economy.flows.items()}
    home |= {sector: sector for sector in economy.sectors}
    holds: dict[str, tuple[str, ...]] = {}
    problems: list[str] = []
    for word in listed(goods, "goods"):
        good = sector_of(word, economy, economy.flows)
        if good:
            found = (*holds.get(home[good], ()), good)
            holds[home[good]] = tuple(dict.fromkeys(found))
        else:
            problems.append(unknown_sector(economy, word, tuple(home), where, "goods"))
    problems += [
        f"{where}: {', '.join(g for g in parts if g != sector)} is part of sector {sector}, "
        "which would be counted twice; name one of them"
        for sector, parts in holds.items()
        if sector in parts and len(parts) > 1
    ]
    refuse(problems)
    return holds


def sectors_holding(economy: Economy, goods: Selector, where: str) -> Mask:
    """Sectors that hold the goods, bool (S,); raises `PolicyError` as `held`."""
    return np.isin(economy.sectors, tuple(held(economy, goods, where)))


def part_of_cells(economy: Economy, goods: Selector, where: str) -> Array:
    """(N n, N i, S j) share of each cell that the goods are, at most 1; 0 where not known."""
    part = np.zeros_like(economy.trade)
    for sector, inside in held(economy, goods, where).items():
        j = economy.sector(sector)
        cell = economy.trade[:, :, j]
        value, *_ = bought(economy, inside)
        part[:, :, j] = np.divide(value, cell, out=np.zeros_like(cell), where=cell > 0)
    return np.minimum(part, 1.0)
