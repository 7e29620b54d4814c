"""Designs over draws: each solved again in every draw, beside the threats really made.

A design that is not better than a threat made (bites at least as much at no more cost) in four
draws of five is called fragile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.analysis.chain.acts import HIT, STOP, Act, Asking
from threatpoint.analysis.chain.asked import ChainAsked
from threatpoint.analysis.chain.chain import solved, values_of
from threatpoint.analysis.chain.inputs import chain_inputs, cost_key
from threatpoint.analysis.chain.worlds import Worlds, from_arrays
from threatpoint.analysis.ensemble.draws import require_draws
from threatpoint.strategy.game import COMPLY, DEFY, put

if TYPE_CHECKING:
    from threatpoint.analysis.chain.chain import Drawing
    from threatpoint.array_types import Array
    from threatpoint.policy import Policy
    from threatpoint.strategy.design.designer import Design
    from threatpoint.strategy.design.designs import Designs, Yielding
    from threatpoint.strategy.design.made import Made

Codes = tuple[str, ...]
EVEN = 1e-6
"""USD bn that count as no difference: rounding."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """Designs and threats made in each draw.

    Attributes:
        designs: what was designed.
        worlds: what each does, in each draw.
        values: drawn inputs by key.
        asking: the threat whose demand is made.
    """

    designs: Designs
    worlds: Worlds
    values: Mapping[str, Array]
    asking: Asking

    @property
    def draws(self) -> int:
        """How many."""
        return len(self.worlds.money)

    def better(self, design: Design, made: Made) -> float:
        """Share of the draws in which a design bites as much as a threat at no more cost."""
        own, other = _key(design), _made_key(made)
        kept = self.worlds.solved((own, other))
        gain = self._gain(own) - self._gain(other)
        loss = self._loss(own, design.targets) - self._loss(other, made.targets)
        ahead = (gain >= -EVEN) & (loss >= -EVEN)
        return float(ahead[kept].mean()) if kept.any() else float("nan")

    def gives_in(self, design: Design) -> float:
        """Share of the draws in which all whom a design hits give in."""
        key = _key(design)
        special: Any = import_module("scipy.special")
        share, scale, years = (self.values[f"type_{name}"] for name in ("share", "s", "years"))
        believed = special.expit(special.logit(share) + years * self._gain(key) / scale)
        yields = np.ones(self.draws, dtype=bool)
        known = self.worlds.solved((key,))
        for target in design.targets:
            cost = self._cost(target)
            yields &= believed * self._loss(key, (target,)) >= cost
            known &= ~np.isnan(cost)
        return float(yields[known].mean()) if known.any() else float("nan")

    def knows(self, design: Design) -> bool:
        """Whether a design was solved in the draws."""
        return _key(design) in self.worlds

    def comparable(self, design: Design) -> Made | None:
        """Of the threats made that a design is ahead of in both, that with the most bite."""
        worse = [
            each.made
            for each in self.designs.beside
            if (each.made.targets, each.made.answered) == (design.targets, self.designs.answered)
            and each.made.gain <= design.gain
            and each.made.loss <= design.loss
        ]
        return max(worse, key=lambda made: made.loss, default=None)

    @cached_property
    def _members(self) -> Mapping[str, Codes]:
        return self.designs.question.parties

    def _gain(self, key: str) -> Array:
        return self.worlds.usd_bn(key, self.designs.question.senders)

    def _loss(self, key: str, targets: Iterable[str]) -> Array:
        members = [code for target in targets for code in self._members[target]]
        return -self.worlds.usd_bn(key, members)

    def _cost(self, target: str) -> Array:
        """What giving in costs a target."""
        if self.designs.question.rule.demand is None:
            return self._loss(self.asking.stop(target), (target,))
        return self.values.get(cost_key(self.asking, target), np.full(self.draws, np.nan))


def draw(designs: Designs, name: str, drawing: Drawing, giving_in: bool = True) -> Drawn:
    """Every design that is compared, every threat made, and giving in, in each draw.

    Args:
        designs: what was designed.
        name: of the threat whose demand is made.
        drawing: how many draws, of which seed, by how many processes.
        giving_in: whether the cheapest designs and what giving in costs are drawn too.

    Raises:
        ThreatpointError: draws that are no power of 2.
    """
    require_draws(drawing.draws)
    question, asking = designs.question, Asking(name, designs.question, name)
    acts = dict(_acts(designs, asking, giving_in))
    market = bool(question.solver.get("opec"))
    about = question.economy, question.horizon
    given = chain_inputs(*about, market, (asking,), question.deficits)
    asked = ChainAsked(
        question.economy, acts, given, len(given), question.horizon, question.deficits,
        drawing.draws, drawing.seed,
    )  # fmt: skip
    worlds = from_arrays(asked, solved(asked, drawing))
    return Drawn(designs, worlds, values_of(asked), asking)


def drawn_designs(designs: Designs, giving_in: bool = True) -> Iterator[Design]:
    """The designs that are solved again in each draw."""
    for beside in designs.beside:
        if beside.better is not None and beside.made.answered == designs.answered:
            yield beside.better
    for each in central(designs.yielding) if giving_in else ():
        if each.design is not None:
            yield each.design


def central(yielding: Sequence[Yielding]) -> list[Yielding]:
    """Of each family the answer at the middle of the range of s."""
    by: dict[Codes, list[Yielding]] = {}
    for each in yielding:
        by.setdefault(each.targets, []).append(each)
    return [own[len(own) // 2] for own in by.values()]


def _acts(designs: Designs, asking: Asking, giving_in: bool) -> Iterator[tuple[str, Act]]:
    question = designs.question
    regime = str(question.solver.get("opec", ""))

    def act(kind: str, key: str, parties: Codes, policy: Policy) -> tuple[str, Act]:
        return key, Act(kind, key, parties, policy, regime)

    for design in drawn_designs(designs, giving_in):
        yield act(HIT, _key(design), design.targets, design.space.policy(design.sizes))
    for beside in designs.beside:
        wanted = giving_in or beside.better is not None
        if wanted and beside.made.answered == designs.answered:
            made = beside.made
            yield act(HIT, _made_key(made), made.targets, made.policy)
    if giving_in and question.rule.demand is None:
        quiet = DEFY * len(question.parties)
        for i, target in enumerate(question.parties):
            yield act(STOP, asking.stop(target), (target,), question.policy(put(quiet, i, COMPLY)))


def _key(design: Design) -> str:
    sizes = " ".join(f"{size:g}" for size in design.sizes)
    return f"design {'+'.join(design.targets)} {sizes}"


def _made_key(made: Made) -> str:
    return f"made {made.name} {'+'.join(made.targets)}"
