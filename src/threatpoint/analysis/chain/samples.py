"""Samples: two of all inputs and, for each group, the first with that group from the second.

Groups that move no world share the worlds of the first sample.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from threatpoint.analysis.chain.asked import SEEDS, ChainAsked
from threatpoint.analysis.chain.chain import Drawing, solved
from threatpoint.analysis.chain.inputs import TABLE
from threatpoint.analysis.chain.worlds import NAMES, Worlds, from_arrays, from_centre
from threatpoint.analysis.ensemble.draws import hypercube

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Positions
    from threatpoint.world.economy import Economy

SAME_TABLE = 4
"""Draws that share a drawn table: fewer than in a chain, as it is a group of its own here."""
KEPT = (*NAMES, "status", "reason", "evaluations")
"""Variables of the store that are read."""
Columns = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class TotalsAsked(ChainAsked):
    """The samples whose worlds differ: two, and one a group of inputs of the world.

    Attributes:
        groups: columns of the inputs of each such group.
        size: draws of a sample.
    """

    groups: tuple[Columns, ...]
    size: int

    block: ClassVar[int] = SAME_TABLE

    @cached_property
    def pair(self) -> tuple[Array, Array]:
        """(size, inputs) each: the two samples."""
        both = hypercube(self.seed, 2 * self.dimensions, self.size)
        return both[:, : self.dimensions], both[:, self.dimensions :]

    @cached_property
    def every(self) -> Array:
        """(draws, inputs) all samples, the one that differs by its tables alone last."""
        first, second = self.pair
        mixed = [taken(first, second, columns) for columns in self.groups]
        last = [first] if self.drawn_tables else []
        return np.concatenate([first, second, *mixed, *last])

    @property
    def drawn_tables(self) -> bool:
        """Whether the errors of the table's cells are known."""
        return "trade" in self.economy.basis

    def table(self, block: int) -> Economy:
        """The second sample has tables of its own, and so has the last."""
        sample, within = divmod(block, self.size // self.block)
        others = (1, 2 + len(self.groups))
        return super().table(within + (SEEDS // 2 if sample in others else 0))

    @cached_property
    def identity(self) -> dict[str, Any]:
        """With the size of a sample."""
        return super().identity | {"draws of a sample": self.size}


def taken(first: Array, second: Array, columns: Sequence[int]) -> Array:
    """The first sample with some columns from the second."""
    found = first.copy()
    found[:, list(columns)] = second[:, list(columns)]
    return found


@dataclass(frozen=True, eq=False)
class Plan:
    """Samples of a situation, and which of them need worlds of their own.

    Attributes:
        asked: what one sample is asked.
        quick: trade is not drawn, and inputs of the world are no groups.
    """

    asked: ChainAsked
    quick: bool

    @cached_property
    def groups(self) -> dict[str, Columns]:
        """Group of inputs that moves -> its columns."""
        found: dict[str, list[int]] = {}
        for column, item in enumerate(self.asked.inputs):
            if not self.quick or item.key not in self.asked.of_worlds:
                found.setdefault(item.group or item.key, []).append(column)
        return {name: tuple(columns) for name, columns in found.items()}

    @cached_property
    def moving(self) -> tuple[Columns, ...]:
        """Those of the world."""
        keys, inputs = self.asked.of_worlds, self.asked.inputs
        return tuple(c for c in self.groups.values() if any(inputs[n].key in keys for n in c))

    @cached_property
    def worlds(self) -> TotalsAsked:
        """What has to be solved."""
        given = {each.name: getattr(self.asked, each.name) for each in fields(ChainAsked)}
        found = TotalsAsked(**given, groups=self.moving, size=self.asked.draws)
        samples = 2 + len(self.moving) + found.drawn_tables
        return replace(found, draws=samples * found.size)

    @property
    def tables(self) -> bool:
        """Whether the tables are a group."""
        return self.worlds.drawn_tables and not self.quick

    @property
    def names(self) -> list[str]:
        """Of all groups."""
        return [*self.groups, *([TABLE] if self.tables else [])]

    @cached_property
    def points(self) -> Array:
        """(samples x size, inputs) numbers in (0, 1): the first, the second, one a group."""
        first, second = self.worlds.pair
        mixed = [taken(first, second, columns) for columns in self.groups.values()]
        return np.concatenate([first, second, *mixed, *([first] if self.tables else [])])

    @property
    def rows(self) -> Positions:
        """(samples x size,) row of what is solved that each has its worlds from."""
        own = {columns: n + 2 for n, columns in enumerate(self.moving)}
        at = [0, 1, *(own.get(columns, 0) for columns in self.groups.values())]
        at += [2 + len(self.moving)] if self.tables else []
        size = self.worlds.size
        return np.concatenate([np.arange(size) + n * size for n in at])

    def solve(self, drawing: Drawing) -> Worlds:
        """The worlds of all samples."""
        whole = replace(self.asked, draws=len(self.points))
        if self.quick or not self.asked.acts:
            return from_centre(whole, whole.draws)
        arrays, rows = solved(self.worlds, drawing), self.rows
        return from_arrays(whole, {name: np.asarray(arrays[name])[rows] for name in KEPT})
