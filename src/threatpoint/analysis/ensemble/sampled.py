"""Sampled: whatever is solved for many draws, block by block, and kept in a store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from threatpoint import words
from threatpoint.analysis.ensemble.draws import uniforms

if TYPE_CHECKING:
    from threatpoint.analysis.ensemble.schema import Block, Schema
    from threatpoint.array_types import Array
    from threatpoint.drawn_input import Input
    from threatpoint.world.economy import Economy

BLOCK = 32
"""Draws that are solved and written together. Their number alone decides where blocks begin."""
Labels: TypeAlias = "dict[str, tuple[str, list[str]]]"
"""Coordinate -> its axis and its texts."""


class Sampled:
    """What is solved; a subclass is a frozen dataclass whose fields alone travel to a worker.

    Attributes:
        block: draws in a block.
        schema: of the store.
        sampling: how the numbers in (0, 1) are drawn.
        economy, horizon: the baseline, and the set of its elasticities.
        draws, seed: how many, and of which scramble or hypercube.
    """

    block: ClassVar[int] = BLOCK
    schema: ClassVar[Schema]
    sampling: ClassVar[str] = "scrambled Sobol points; draw k depends on the seed and on k alone"
    economy: Economy
    horizon: str
    draws: int
    seed: int

    def __getstate__(self) -> dict[str, Any]:
        """The fields alone travel to a worker; what follows from them is made there."""
        return {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """What is drawn."""
        raise NotImplementedError

    @cached_property
    def identity(self) -> dict[str, Any]:
        """Everything that decides the numbers, by the words that a message calls it."""
        raise NotImplementedError

    @property
    def labels(self) -> Labels:
        """The labels of all axes but `draw`."""
        raise NotImplementedError

    def solve(self, block: int) -> Block:
        """The arrays of a block, by name."""
        raise NotImplementedError

    @property
    def blocks(self) -> int:
        """How many blocks the draws are."""
        return -(-self.draws // self.block)

    def span(self, block: int) -> tuple[int, int]:
        """First draw of a block, and the draw behind its last."""
        return block * self.block, min(self.draws, (block + 1) * self.block)

    def points(self, block: int) -> Array:
        """(draws, inputs) scrambled Sobol numbers of a block."""
        begin, end = self.span(block)
        return uniforms(self.seed, len(self.inputs), begin, end - begin)


def country_labels(economy: Economy) -> Labels:
    """The axis of countries."""
    names = [words.place(code, economy) for code in economy.countries]
    return {"country": ("country", [*economy.countries]), "country_name": ("country", names)}


def input_labels(inputs: Sequence[Input]) -> Labels:
    """The axis of inputs."""
    return {
        "input": ("input", [item.key for item in inputs]),
        "input_unit": ("input", [item.unit for item in inputs]),
        "input_meaning": ("input", [item.meaning for item in inputs]),
        "input_distribution": ("input", [item.spread for item in inputs]),
        "input_source": ("input", [item.source for item in inputs]),
    }
