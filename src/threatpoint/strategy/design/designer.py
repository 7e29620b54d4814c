"""A designer: the spaces, models and solved designs of one threat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.strategy.design.bench import Bench
from threatpoint.strategy.design.model import Model, corners, samples
from threatpoint.strategy.design.search import POINT
from threatpoint.strategy.design.space import Space
from threatpoint.views import Shown
from threatpoint.words import listing

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.strategy.design.forms import Form
    from threatpoint.strategy.question import Question

ALONE, JOINT = 12, 12
"""Designs that a model of one target begins with, a lever, and one of several together, in all."""
CORNERS = 5
"""Levers up to which all corners are among them."""

Codes = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Design(Shown):
    """A design that was solved.

    Attributes:
        space: what it is one of.
        sizes: (V,) of its levers.
        gain: W, change of the sender's real income if carried out, USD bn a year.
        losses: target hit -> K, what it loses, USD bn a year.
    """

    space: Space
    sizes: Array
    gain: float
    losses: dict[str, float]

    @property
    def loss(self) -> float:
        """What the targets lose together."""
        return sum(self.losses.values())

    @property
    def targets(self) -> Codes:
        """Who is hit."""
        return self.space.targets

    def words(self, target: str) -> str:
        """What is done to a target: 'tariff of 24.5 points, export ban on 30 %'."""
        return ", ".join(self._parts(target)) or "nothing"

    def prose(self, target: str) -> str:
        """The same inside a sentence: 'a tariff of 24.5 points and an export ban on 30 %'."""
        parts = [f"{'an' if part[0] in 'aeiou' else 'a'} {part}" for part in self._parts(target)]
        return listing(parts) or "nothing"

    def _parts(self, target: str) -> list[str]:
        return [
            lever.form.sized(float(size)) + (f" on {lever.group}" if lever.group else "")
            for lever, size in zip(self.space.levers, self.sizes, strict=True)
            if lever.target == target and size > 0
        ]

    def size(self, target: str, form: str) -> float:
        """The size of a form against a target; NaN where it is none of the space."""
        found = [
            float(size)
            for lever, size in zip(self.space.levers, self.sizes, strict=True)
            if (lever.target, lever.form.name) == (target, form)
        ]
        return max(found, default=float("nan"))


@dataclass(eq=False)
class Designer:
    """Makes designs of one threat.

    Attributes:
        question: senders, targets, stated answer.
        forms: what may be threatened.
        bench: what was solved.
    """

    question: Question
    forms: Sequence[Form]
    bench: Bench
    _spaces: dict[tuple[Codes, bool], Space] = field(
        default_factory=dict["tuple[Codes, bool]", Space]
    )

    def space(self, targets: Codes, answered: bool) -> Space:
        """Designs against some targets."""
        answered = answered and bool(self.question.rule.retaliations)
        key = targets, answered
        if key not in self._spaces:
            self._spaces[key] = Space.of(self.question, targets, self.forms, answered=answered)
        return self._spaces[key]

    def models(self, wanted: Sequence[tuple[Codes, bool]]) -> list[Model]:
        """The models of some spaces; what they begin with is solved together."""
        spaces = [self.space(*each) for each in wanted]
        alone = [[self.space((t,), s.answered) for t in s.targets] for s in spaces]
        asked: dict[int, tuple[Space, list[Array]]] = {}
        for space, own in zip(spaces, alone, strict=True):
            for one in own:
                asked[id(one)] = one, _begin(one, ALONE * len(one.levers), True)
            if len(own) > 1:
                asked[id(space)] = space, _begin(space, JOINT, False)
        self.bench.many(pair for pair in asked.values() if not self.bench.count(pair[0]))
        return [
            Model(s, own if len(own) > 1 else [s], self.bench)
            for s, own in zip(spaces, alone, strict=True)
        ]

    def design(self, space: Space, sizes: Array) -> Design:
        """A design with what it is worth."""
        plain = space.plain(sizes)
        worth = self.bench.worth(space, [plain])
        names = list(self.question.parties)
        losses = {t: float(worth.targets[0, names.index(t)]) for t in space.targets}
        return Design(space, plain, float(worth.sender[0]), losses)


def _begin(space: Space, count: int, ends: bool) -> list[Array]:
    """The designs that a model begins with, on the lattice; `ends`: corners, where they are few."""
    wide = len(space.levers)
    more = corners(wide) if ends and wide <= CORNERS else np.array([[0.0] * wide, [1.0] * wide])
    drawn = np.vstack([more, samples(wide, count)])
    return list(np.round(drawn * space.most / POINT) * POINT)
