"""Goods: sectors of the table, or finer flows inside them such as crude, by their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import PolicyError, unknown
from threatpoint.policy.scope import Selector, listed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from threatpoint.policy.scope import Mask
    from threatpoint.world.economy import Economy

    Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Bought:
    """Trade in some goods, arrays (N n, N i); no domestic sales.

    Attributes:
        value: money per year in the economy's unit, 0 where it is not known.
        known: False where part of it is reported by nobody.
        basis: weakest code of `BASIS` among the parts; -1 where the table does not say.
        sectors: codes of the sectors that hold the goods.
    """

    value: Array
    known: Mask
    basis: NDArray[np.int64]
    sectors: tuple[str, ...]


def bought(economy: Economy, goods: Selector, where: str) -> Bought:
    """Trade in the goods; `where` names who asks, for messages.

    Raises:
        PolicyError: unknown goods; goods counted twice.
    """
    n = len(economy.countries)
    value, known = np.zeros((n, n)), np.ones((n, n), dtype=np.bool_)
    basis = np.zeros((n, n), dtype=np.int64)
    holds = held(economy, goods, where)
    for good in listed(goods, "goods"):
        part, part_known, codes = _one(economy, good)
        value = value + part
        known = known & part_known
        weaker = np.where((basis < 0) | (codes < 0), -1, np.maximum(basis, codes))
        basis = np.where(part > 0, weaker, basis)
    return Bought(value, known, basis, tuple(holds))


def _one(economy: Economy, good: str) -> tuple[Array, Mask, Any]:
    """Value, known and basis of one good, (N n, N i) each."""
    n = len(economy.countries)
    if good in economy.sectors:
        j = economy.sectors.index(good)
        recorded = economy.basis.get("trade")
        codes = np.full((n, n), -1) if recorded is None else recorded[:, :, j]
        return economy.trade[:, :, j] * ~np.eye(n, dtype=bool), np.ones((n, n), np.bool_), codes
    flow = economy.flows[good]
    return np.where(flow.known, flow.values, 0.0), flow.known, flow.basis


def held(economy: Economy, goods: Selector, where: str) -> dict[str, tuple[str, ...]]:
    """The goods by the sector that holds them.

    Raises:
        PolicyError: unknown goods, a flow of a sector the table lacks; goods counted twice.
    """
    holds: dict[str, tuple[str, ...]] = {}
    problems: list[str] = []
    for good in listed(goods, "goods"):
        if good not in economy.sectors and good not in economy.flows:
            choices = (*economy.flows, *economy.sectors)
            problems.append(unknown("goods", good, choices, where))
            continue
        sector = good if good in economy.sectors else economy.flows[good].sector
        if sector not in economy.sectors:
            problems.append(unknown("sector", sector, economy.sectors, f"flow {good!r}"))
        holds[sector] = (*holds.get(sector, ()), good)
    problems += [
        f"{where}: {', '.join(g for g in parts if g != sector)} is part of sector {sector}, "
        "which would be counted twice; name one of them"
        for sector, parts in holds.items()
        if sector in parts and len(parts) > 1
    ]
    if problems:
        raise PolicyError("\n".join(problems))
    return holds


def part_of_cells(economy: Economy, goods: Selector, where: str) -> Array:
    """(N n, N i, S j) share of each cell that the goods are, at most 1; 0 where not known.

    Raises:
        PolicyError: as `bought`.
    """
    part = np.zeros_like(economy.trade)
    for sector, inside in held(economy, goods, where).items():
        j = economy.sector(sector)
        cell = economy.trade[:, :, j]
        value = bought(economy, inside, where).value
        part[:, :, j] = np.divide(value, cell, out=np.zeros_like(cell), where=cell > 0)
    return np.minimum(part, 1.0)
