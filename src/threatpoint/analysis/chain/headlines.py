"""Headlines: the few numbers of a chain whose spread is told by what carries it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.analysis.chain.decision import NOTHING
from threatpoint.analysis.chain.talks import levers
from threatpoint.analysis.chain.tree import MONTHS, tree_of, within_year
from threatpoint.spread import Spread, carried_by

if TYPE_CHECKING:
    from threatpoint.analysis.chain.acts import Asking
    from threatpoint.analysis.chain.chain import Chain
    from threatpoint.analysis.chain.decision import Option
    from threatpoint.array_types import Array

INCOME, LOSS, CARRIED = "income", "loss", "carried out"
MONEY, QUIET, LEVER, GROUND = "money", "freeze", "freeze lever", "ground"
"""Keys: the sender's income and the loss of the target hit hardest if the threat made first is
carried out on all, and the chance that it is; what the costliest lever takes from the attacker a
month; the chance of a freeze within a year with nothing and with that lever; ground in a year."""


@dataclass(frozen=True, eq=False)
class Headline:
    """One number in every draw.

    Attributes:
        key: one of those above.
        values: (K,); NaN where a draw has no answer.
        unit: of the values.
        weights: (K,) of the draws; equal by default.
    """

    key: str
    values: Array
    unit: str
    weights: Array = field(default_factory=lambda: np.ones(0))

    @property
    def spread(self) -> Spread:
        """Of the draws."""
        return Spread(self.values, self.weights, self.unit)

    def carried(self, groups: dict[str, Array]) -> dict[str, float]:
        """Group of inputs -> part of the variance that it alone carries; empty with few draws."""
        return carried_by(groups, self.values, self.weights if self.weights.size else None)


@dataclass(frozen=True, eq=False)
class About:
    """Whom and what the headlines are about: the same in every sample of a situation.

    Attributes:
        threat: the one made first; None where nobody is asked for anything.
        target: of it, the one hit hardest.
        lever: what takes most from the attacker; None without talks, or where nothing does.
    """

    threat: Asking | None
    target: str
    lever: Option | None

    @classmethod
    def of(cls, chain: Chain) -> About:
        """By the medians of a chain."""
        threat = chain.threats[0] if chain.threats else None
        found = levers(chain) if chain.rooms.attacker is not None else {}
        costly = [option for option in found.values() if option.kind != NOTHING]
        target = "" if threat is None else _hardest_hit(chain, threat)
        return cls(threat, target, costly[-1] if costly else None)


def carried_out(threat: Asking) -> str:
    """Key of a threat carried out on all, with the stated answer."""
    return f"{threat.all_hit} answered" if threat.answered else threat.all_hit


def _hardest_hit(chain: Chain, threat: Asking) -> str:
    """The target that loses the largest share of its income, in the median."""
    key, parties = carried_out(threat), threat.question.parties
    lost = {p: Spread(chain.worlds.percent_of(key, who)).median for p, who in parties.items()}
    return min(lost, key=lambda party: lost[party])


def headlines(chain: Chain, about: About | None = None) -> tuple[Headline, ...]:
    """Those that a situation has."""
    about = about or About.of(chain)
    return (*_of_trade(chain, about), *_of_talks(chain, about))


def _of_trade(chain: Chain, about: About) -> Iterator[Headline]:
    threat = about.threat
    if threat is None:
        return
    key, worlds, tree = carried_out(threat), chain.worlds, tree_of(chain)
    yield Headline(INCOME, worlds.usd_bn(key, threat.question.senders), "USD bn/year")
    yield Headline(LOSS, -worlds.percent_of(key, threat.question.parties[about.target]), "%")
    if threat.name in tree.hit_by:
        yield Headline(CARRIED, 100.0 * tree.hit_by[threat.name], "%", tree.weights)


def _of_talks(chain: Chain, about: About) -> Iterator[Headline]:
    rooms, loss = chain.rooms, None
    if about.lever is not None:
        loss = chain.loss(about.lever.key)
        yield Headline(MONEY, loss, "USD bn/month")
    if rooms.attacker is not None:
        for key, lost in ((QUIET, np.zeros(chain.draws)), (LEVER, loss)):
            if lost is not None:
                chance = within_year(rooms, lost)
                yield Headline(key, 100.0 * chance.each, "%", chance.refuses)
    if rooms.front is not None:
        yield Headline(GROUND, rooms.front.ground(MONTHS), "km2")
