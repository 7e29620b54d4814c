"""Who is left to trade with whom: flows counted, and the groups of countries they connect."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.calibration import freeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threatpoint.array_types import Array, Mask, Positions

BALANCE = 1e-8
"""A bloc's deficits count as summing to 0 below this share of its value added."""


@dataclass(frozen=True, eq=False)
class Network:
    """Which countries buy from which.

    Attributes:
        links: (N n, N i) bool, n still buys something from i; False at home.
    """

    links: Mask

    @cached_property
    def blocs(self) -> Mask:
        """(K, N) bool, connected groups of countries, direction ignored."""
        return _classes(_reach(self.links | self.links.T))

    @cached_property
    def one_way(self) -> list[tuple[Mask, bool]]:
        """Groups whose trade is left in one direction only, smallest first: (members, it buys)."""
        buys_from = _reach(self.links)
        groups = _classes(buys_from & buys_from.T)
        found: list[tuple[Mask, bool]] = []
        for group in sorted(groups, key=np.count_nonzero):  # the smaller side explains it
            imports = bool(self.links[np.ix_(group, ~group)].any())
            if imports != bool(self.links[np.ix_(~group, group)].any()):
                found.append((group, imports))
        return found


@dataclass(frozen=True, eq=False)
class Left:
    """The live flows into markets that exist, counted.

    Attributes:
        demanded: (N, S) bool, markets that exist.
        suppliers: (N n, S j) exporters that still serve a market.
        buyers: (N i, S j) importers that still buy from a seller.
        sectors: (N n, N i) sectors in which n still buys from i.
        network: the links that these make.
        unsold: whether a seller has lost its last buyer since the flows were counted.
    """

    demanded: Mask
    suppliers: Array
    buyers: Array
    sectors: Array
    network: Network
    unsold: bool = False

    def __post_init__(self) -> None:
        freeze(self)

    @classmethod
    def of(cls, live: Mask, demanded: Mask) -> Left:
        """Counted from the [j, n, i] mask of flows."""
        sectors = live.sum(axis=0)
        counts = (live.sum(axis=2).T, live.sum(axis=1).T, sectors)
        return cls(demanded, *counts, Network(_links(sectors)))

    def without(self, n: Positions, i: Positions, j: Positions) -> Left:
        """The same less these flows, each of which was live."""
        suppliers = _fewer(self.suppliers, n, j)
        buyers = _fewer(self.buyers, i, j)
        sectors = _fewer(self.sectors, n, i)
        links = _links(sectors)
        same = np.array_equal(links, self.network.links)
        network = self.network if same else Network(links)
        unsold = bool(((buyers == 0) & (self.buyers > 0)).any())
        return Left(self.demanded, suppliers, buyers, sectors, network, unsold)


def names(countries: Sequence[str], members: Mask) -> str:
    """The members of a group in words, the first six of them by code."""
    codes = [code for code, inside in zip(countries, members, strict=True) if inside]
    return ", ".join(codes[:6]) + (f" and {len(codes) - 6} more" if len(codes) > 6 else "")


def _fewer(counts: Array, row: Positions, column: Positions) -> Array:
    """Counts less one for each of these places."""
    at = row * counts.shape[1] + column
    return counts - np.bincount(at, minlength=counts.size).reshape(counts.shape)


def _links(sectors: Array) -> Mask:
    """Who buys anything from whom abroad."""
    links = sectors > 0
    np.fill_diagonal(links, False)
    return links


def _reach(links: Mask) -> Mask:
    """Transitive closure of a relation, itself included."""
    reach = links | np.eye(len(links), dtype=bool)
    while True:
        wider = (reach.astype(np.float64) @ reach.astype(np.float64)) > 0
        if (wider == reach).all():
            return reach
        reach = wider


def _classes(alike: Mask) -> Mask:
    """Rows of an equivalence relation, each class once."""
    return alike[np.unique(alike.argmax(axis=1))]
