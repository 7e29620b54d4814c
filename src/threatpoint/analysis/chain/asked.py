"""What the draws of a situation are asked: every act, on drawn tables, for draws of a seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from threatpoint.analysis.chain.inputs import CLOSURE, closure_of, world_inputs
from threatpoint.analysis.chain.solve import Question, by_regime
from threatpoint.analysis.ensemble.draws import draws_of, hypercube
from threatpoint.analysis.ensemble.sampled import Labels, Sampled, country_labels, input_labels
from threatpoint.analysis.ensemble.schema import CHAIN, Schema
from threatpoint.oil.solve import real_incomes, solve_many
from threatpoint.strategy.fingerprint import fingerprint
from threatpoint.views import Shown
from threatpoint.world.draw import draw_world

if TYPE_CHECKING:
    from threatpoint.analysis.chain.acts import Act
    from threatpoint.analysis.ensemble.schema import Block
    from threatpoint.array_types import Array
    from threatpoint.drawn_input import Input
    from threatpoint.equilibrium import Solution
    from threatpoint.world.economy import Economy

SIZE = 16
"""Draws that share a drawn table."""
SEEDS = 65_536
"""Tables that one seed of the draws may need: none is shared by two seeds."""


@dataclass(frozen=True, eq=False)
class ChainAsked(Sampled, Shown):
    """What is solved.

    Attributes:
        economy: the table on the situation's day.
        acts: key -> what is done.
        given: what is drawn, in the order of the dimensions: world, closure, other rooms.
        dimensions: how many that are; a worker knows the number alone.
        horizon: set of elasticities that the draws are around.
        deficits: the closure of a draw whose `closure` is 0.
        draws, seed: how many, and of which Latin hypercube.
    """

    economy: Economy
    acts: Mapping[str, Act]
    given: tuple[Input, ...]
    dimensions: int
    horizon: str
    deficits: str
    draws: int
    seed: int

    block: ClassVar[int] = SIZE
    schema: ClassVar[Schema] = CHAIN
    sampling: ClassVar[str] = (
        "Latin hypercube; draws of a block share a table, drawn by the seed and the block"
    )

    def __getstate__(self) -> dict[str, Any]:
        """What the rooms draw stays behind: a worker solves worlds."""
        return super().__getstate__() | {"given": ()}

    @cached_property
    def every(self) -> Array:
        """(draws, inputs) the Latin hypercube of all draws."""
        return hypercube(self.seed, self.dimensions, self.draws)

    def points(self, block: int) -> Array:
        """(draws, inputs) numbers in (0, 1) of a block."""
        return self.every[slice(*self.span(block))]

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """What is drawn."""
        return self.given

    @cached_property
    def of_worlds(self) -> frozenset[str]:
        """Keys of the inputs that move a world."""
        keys = [item.key for item in world_inputs(self.economy, self.horizon, self.market)]
        return frozenset((*keys, CLOSURE))

    @property
    def market(self) -> bool:
        """Whether crude is drawn too."""
        return any(act.regime for act in self.acts.values())

    @cached_property
    def centre(self) -> Mapping[str, Solution]:
        """Every act at the table and the set themselves."""
        return self.at_centre(self.acts)

    def at_centre(self, acts: Mapping[str, Act]) -> Mapping[str, Solution]:
        """Some acts at the table and the set themselves."""
        found: dict[str, Solution] = {}
        how: dict[str, Any] = {"horizon": self.horizon, "deficits": self.deficits}
        for regime, keys in by_regime(acts).items():
            policies = {key: acts[key].policy for key in keys}
            solved = solve_many(self.economy, policies, opec=regime, **how)
            found |= {key: solved[key] for key in keys}
        return {key: found[key] for key in acts}

    @cached_property
    def incomes(self) -> Mapping[str, Array]:
        """Act -> (N,) real incomes at the centre: they move what is refined.

        Those of a draw are not waited for: they would move the price by a thousandth of its change.
        """
        return {key: real_incomes(found) for key, found in self.centre.items()}

    def table(self, block: int) -> Economy:
        """The table of a block: drawn, where the errors of its cells are known."""
        if "trade" not in self.economy.basis:
            return self.economy
        return draw_world(self.economy, self.seed * SEEDS + block)

    def solve(self, block: int) -> Block:
        """The arrays of a block, by name."""
        points, economy = self.points(block), self.table(block)
        wide = len(world_inputs(self.economy, self.horizon, self.market))
        draws = draws_of(economy, self.horizon, points[:, :wide], self.market)
        closures = [closure_of(self.deficits, u) for u in points[:, wide]]
        incomes = self.incomes if self.market else {}
        asked = Question(economy, self.horizon, self.acts, draws, closures, incomes)
        return {"uniform": points} | asked.solve()

    @property
    def labels(self) -> Labels:
        """Coordinate -> its axis and its texts."""
        acts = ("act", [*self.acts])
        return {"act": acts, **country_labels(self.economy), **input_labels(self.inputs)}

    @cached_property
    def identity(self) -> dict[str, Any]:
        """Everything that decides the numbers, by the words that a message calls it."""
        from threatpoint import __version__

        economy = self.economy
        wedges = [fingerprint(act.policy.wedges(economy), act.regime) for act in self.acts.values()]
        return {
            "version of threatpoint": __version__,
            "world": fingerprint(economy),
            "acts": ", ".join(self.acts),
            "acts in numbers": fingerprint(*wedges),
            "horizon": self.horizon,
            "elasticities": fingerprint(economy.elasticities[self.horizon]),
            "inputs": fingerprint([(item.key, item.spread) for item in self.inputs]),
            "deficits": self.deficits,
            "draws": self.draws,
            "seed": self.seed,
        }
