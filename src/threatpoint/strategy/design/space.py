"""The space of designs: sizes of the forms against each target, and what they do to trade."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.policy import Policy
from threatpoint.policy.scope import listed
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.policy import Instrument
    from threatpoint.strategy.design.forms import Form
    from threatpoint.strategy.question import Question

Codes = tuple[str, ...]
DIGITS = 9
"""Of a size: it is no more exact than that."""
LEAST = 1e-3
"""Least size of a lever: a tenth of a point, a tenth of a percent."""


@dataclass(frozen=True)
class Lever:
    """One variable of a design: a form against a target on some goods."""

    target: str
    form: Form
    group: str
    sectors: Codes


def goods_of(question: Question) -> Codes:
    """Sectors that one of the instruments of a threat is about, as its words have them."""
    named = [getattr(item, "sectors", "goods") for item in question.rule.templates]
    return tuple(dict.fromkeys(word for words in named for word in listed(words, "sectors")))


@dataclass(frozen=True, eq=False)
class Space(Shown):
    """Designs of a threat against some targets.

    Attributes:
        question: senders, targets, stated answer.
        levers: the variables; a lever without a flow to hit is none.
        answered: whether who is hit answers as stated.
    """

    question: Question
    levers: tuple[Lever, ...]
    answered: bool

    @classmethod
    def of(
        cls,
        question: Question,
        targets: Sequence[str],
        forms: Sequence[Form],
        groups: dict[str, Codes] | None = None,
        answered: bool = True,
    ) -> Space:
        """The space of some forms against some targets; on the goods of the threat by default."""
        on = groups or {"": goods_of(question)}
        every = (Lever(t, f, g, j) for t in targets for g, j in on.items() for f in forms)
        live = tuple(
            each for each in every if _instrument(question, each, 1.0).bites(question.economy)
        )
        return cls(question, live, answered and bool(question.rule.retaliations))

    @property
    def targets(self) -> Codes:
        """Who is hit, in order."""
        return tuple(dict.fromkeys(lever.target for lever in self.levers))

    @cached_property
    def most(self) -> Array:
        """(V,) largest size of each lever; the least is 0."""
        return np.array([lever.form.most for lever in self.levers])

    @cached_property
    def branches(self) -> Array:
        """(B, V) levers that are used where of a tax and a ban on the same flows one is used.

        A search that begins in one of them need not find its way to another.
        """
        flows: dict[tuple[str, str, bool], list[int]] = {}
        for k, lever in enumerate(self.levers):
            flows.setdefault((lever.target, lever.group, lever.form.imports), []).append(k)
        masks = np.zeros((math.prod(map(len, flows.values())), len(self.levers)))
        for mask, chosen in zip(masks, product(*flows.values()), strict=True):
            mask[list(chosen)] = 1.0
        return masks

    def policy(self, sizes: Array) -> Policy:
        """A design as instruments, with the stated answer of those whom it hits."""
        items = tuple(self._instruments(sizes))
        return Policy(items, self.question.rule.name, self._answers)

    def plain(self, sizes: Array) -> Array:
        """The same design without what has no effect: nothing is taxed where nothing is left."""
        left: Array = np.round(np.asarray(sizes, dtype=np.float64), DIGITS) + 0.0
        left[self._moot(left)] = 0.0
        return self._touched(left) if self.answered else left

    def alike(self, sizes: Array) -> list[Array]:
        """A plain design, and the same with sizes of what has no effect in it."""
        found = [sizes]
        for k in self._moot(sizes):
            found += [_put(sizes, k, part * self.most[k]) for part in (0.5, 1.0)]
        return found

    def _moot(self, sizes: Array) -> list[int]:
        """Levers without effect in a design: nothing is taxed where nothing is left."""
        gone = {
            (lever.target, lever.group, lever.form.imports)
            for lever, size in zip(self.levers, sizes, strict=True)
            if lever.form.cuts and size >= 1.0
        }
        return [
            k
            for k, lever in enumerate(self.levers)
            if not lever.form.cuts and (lever.target, lever.group, lever.form.imports) in gone
        ]

    def _touched(self, sizes: Array) -> Array:
        """Each target hit by the least there is: who is not hit at all does not answer."""
        for target in self.targets:
            own = [k for k, lever in enumerate(self.levers) if lever.target == target]
            if not sizes[own].any():
                sizes[own[0]] = LEAST
        return sizes

    @property
    def _answers(self) -> tuple[Instrument, ...]:
        rule, economy = self.question.rule, self.question.economy
        members = [code for t in self.targets for code in self.question.parties[t]]
        return rule.retaliate(economy, members) if self.answered else ()

    def _instruments(self, sizes: Array) -> Iterator[Instrument]:
        """A design's instruments."""
        for lever, size in zip(self.levers, self.plain(sizes), strict=True):
            if size > 0:
                yield _instrument(self.question, lever, float(size))


def _instrument(question: Question, lever: Lever, size: float) -> Instrument:
    members = question.parties[lever.target]
    return lever.form.of(question.senders, members, lever.sectors, size)


def _put(sizes: Array, k: int, size: float) -> Array:
    found = sizes.copy()
    found[k] = size
    return found
