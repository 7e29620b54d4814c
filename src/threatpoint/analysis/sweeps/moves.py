"""Moves: what of a threat can be moved, and what is done where it is.

The measures of the threat that are alike in kind, rate and enforcement, and most in number, move
together; the others stay as stated. A target is hit or spared.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any, Self, cast

from threatpoint.policy import Policy
from threatpoint.policy.numbers import Share
from threatpoint.policy.parties import hittable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threatpoint.policy import Instrument, Rule
    from threatpoint.policy.profiles import ProfileMove
    from threatpoint.world.economy import Economy

FULL = 1.0
"""A rate that is reached at least: 100 %."""
LOWEST = -0.9
"""And one that is not passed, nor `HIGHEST`."""
HIGHEST = 10.0
FEW = 4
"""So many targets are hit in every combination; of more, all and each alone."""


@dataclass(frozen=True)
class Moves:
    """What can be moved.

    Attributes:
        rule: the threat.
        parties: who decides, each hit or spared.
        moving: places of the measures that move.
        held: their enforcement stays as stated.
    """

    rule: Rule
    parties: tuple[str, ...]
    moving: tuple[int, ...]
    held: bool = False

    @classmethod
    def of(cls, rule: Rule, economy: Economy) -> Self:
        """Of a threat.

        Raises:
            PolicyError: as `Rule.parties`.
        """
        kinds = [(type(item), *_sizes(item)) for item in rule.templates]
        most = Counter(kinds).most_common(1)[0][0]
        moving = tuple(k for k, kind in enumerate(kinds) if kind == most)
        return cls(rule, tuple(rule.parties(economy)), moving)

    @property
    def first(self) -> Instrument:
        """One of those that move."""
        return self.rule.templates[self.moving[0]]

    @property
    def all(self) -> bool:
        """Whether every measure of the threat moves."""
        return len(self.moving) == len(self.rule.templates)

    @cached_property
    def rate(self) -> float:
        """As stated; NaN where there is none."""
        return _sizes(self.first)[0] if "rate" in self.first.entries else math.nan

    @cached_property
    def enforcement(self) -> float:
        """As stated; NaN where there is none, or it is held."""
        there = "enforcement" in self.first.entries and not self.held
        return _sizes(self.first)[1] if there else math.nan

    @property
    def rates(self) -> tuple[float, float]:
        """The lowest and the highest rate: 0 and 100 %, or twice the stated one if that is more."""
        if self.rate < 0:
            return max(2 * self.rate, LOWEST), 0.0
        return 0.0, min(max(FULL, 2 * self.rate), HIGHEST)

    def coalitions(self, every: bool) -> list[tuple[str, ...]]:
        """Targets that are hit together: all of them first; `every` combination, or each alone."""
        few = len(self.parties) <= FEW
        sizes = range(len(self.parties), 0, -1) if few else (len(self.parties), 1)
        found = [hit for size in sizes for hit in combinations(self.parties, size)]
        return found if every else found[:1]

    def at(self, rate: float, enforcement: float) -> Rule:
        """The threat at another rate and enforcement; NaN leaves it as it is."""
        items = list(self.rule.templates)
        for k in self.moving:
            if not math.isnan(rate):
                items[k] = replace(items[k], **cast("dict[str, Any]", {"rate": Share(rate)}))
            if not math.isnan(enforcement):
                items[k] = items[k].at(enforcement)
        return replace(self.rule, then=tuple(items))

    def policy(
        self, economy: Economy, rate: float, enforcement: float, hit: Sequence[str]
    ) -> Policy:
        """What is done to some targets.

        Raises:
            PolicyError: as `Rule.profile_policy`.
        """
        if self.all and self._nothing(rate, enforcement):
            return Policy()
        every = self.rule.parties(economy)
        codes = {code for party in hit for code in every[party]}
        apart = hittable(self.rule, economy)  # a group that is hit may be there by its members
        names = [name for name, members in apart.items() if codes.issuperset(members)]
        moves: dict[str, ProfileMove] = dict.fromkeys(names, "punished")
        return self.at(rate, enforcement).profile_policy(economy, moves)

    def _nothing(self, rate: float, enforcement: float) -> bool:
        """Whether the measures that move do nothing: a rate of 0 that is not set, or unenforced."""
        return (rate == 0 and getattr(self.first, "mode", "") != "set") or enforcement == 0


def _sizes(item: Instrument) -> tuple[float, float]:
    """Rate and enforcement; 0 where it has none."""
    return float(getattr(item, "rate", 0.0)), float(getattr(item, "enforcement", 0.0))
