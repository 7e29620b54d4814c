"""What designs are worth, each solved as every other world of the threat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.strategy.game import DEFY
from threatpoint.strategy.threat import payoff
from threatpoint.strategy.worlds import solve_all, solve_asked, world_of

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.strategy.design.space import Space
    from threatpoint.strategy.game import Payoff
    from threatpoint.strategy.question import Question

Key = tuple[int, bytes]
LOST = 1e6
"""USD bn: what a design without an equilibrium is taken to cost, so that a search leaves it."""


@dataclass(frozen=True, eq=False)
class Worth:
    """What some designs are worth, against a world in which nobody is hit; USD bn a year.

    Attributes:
        sender: (M,) W, change of the sender's real income, after the targets' answer if any.
        targets: (M, T) K, what each target of the threat loses, hit or not.
    """

    sender: Array
    targets: Array

    @classmethod
    def of(cls, rows: Array) -> Worth:
        """From (M, 1 + T)."""
        return cls(rows[:, 0], rows[:, 1:])

    @property
    def rows(self) -> Array:
        """(M, 1 + T)."""
        return np.column_stack([self.sender, self.targets])


@dataclass(eq=False)
class Bench:
    """Solves designs of a threat and keeps what they are worth.

    Attributes:
        question: who threatens whom.
        known: space and sizes -> W and K.
    """

    question: Question
    known: dict[Key, Array] = field(default_factory=dict[Key, "Array"])
    _of: dict[int, list[Key]] = field(default_factory=dict[int, list[Key]])

    def worth(self, space: Space, designs: Sequence[Array]) -> Worth:
        """What designs (V,) of a space are worth."""
        return self.many([(space, designs)])[0]

    def many(self, asked: Iterable[tuple[Space, Sequence[Array]]]) -> list[Worth]:
        """The same of several spaces, solved together."""
        given = [(space, list(map(space.plain, designs))) for space, designs in asked]
        new = {
            _key(s, x): s.policy(x) for s, xs in given for x in xs if _key(s, x) not in self.known
        }
        if new:
            found = solve_all(self.question, new)
            for key in new:
                self.known[key] = self._read(found[key])
                self._of.setdefault(key[0], []).append(key)
        size = 1 + len(self.question.parties)
        return [
            Worth.of(np.array([self.known[_key(s, x)] for x in xs]).reshape(-1, size))
            for s, xs in given
        ]

    def lacks(self, space: Space, designs: Sequence[Array]) -> bool:
        """Whether any of some designs was not solved."""
        return any(_key(space, space.plain(x)) not in self.known for x in designs)

    def count(self, space: Space) -> int:
        """How many designs of a space were solved."""
        return len(self._of.get(id(space), ()))

    @property
    def solved_at_all(self) -> tuple[int, int]:
        """How many designs were solved, and how many of them have no equilibrium."""
        return len(self.known), sum(bool(row[0] == -LOST) for row in self.known.values())

    def solved(self, space: Space) -> tuple[Array, Array]:
        """(M, V) the designs of a space that were solved, and (M, 1 + T) what they are worth."""
        keys = self._of[id(space)]
        return np.array([np.frombuffer(key) for _, key in keys]), np.array(
            [self.known[k] for k in keys]
        )

    @cached_property
    def quiet(self) -> Payoff:
        """What everybody gets where nobody is hit.

        Raises:
            PolicyError: there is no equilibrium.
        """
        profile = DEFY * len(self.question.parties)
        world = solve_asked({0: (self.question, profile)})[0]
        if world.reason:
            raise PolicyError(f"no threat can be designed: {world.reason}")
        return payoff(self.question, world)

    def _read(self, found: object) -> Array:
        world = world_of(self.question, found)  # type: ignore[arg-type]
        if world.reason:
            return np.array([-LOST, *np.zeros(len(self.question.parties))])
        paid, before = payoff(self.question, world), self.quiet
        lost = np.subtract(before.targets, paid.targets)
        return np.array([paid.sender - before.sender, *lost])


def _key(space: Space, design: Array) -> tuple[int, bytes]:
    return id(space), design.tobytes()
