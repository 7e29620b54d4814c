"""Acts: what can be done to trade in a situation, each solved in every draw.

An act is fixed at the table itself, whose figures say who buys how much: a draw moves what it
costs, never whom it hits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from threatpoint.analysis.made import made_first
from threatpoint.errors import PolicyError
from threatpoint.strategy import pose
from threatpoint.strategy.game import COMPLY, DEFY, PUNISHED, RETALIATES, put
from threatpoint.units import MONEY_UNITS
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.policy import Policy
    from threatpoint.situation.model import Situation
    from threatpoint.strategy.question import Question
    from threatpoint.world.economy import Economy

HIT, STOP, OIL = "hit", "stop", "oil"
"""Kinds: the sender carries a threat out; targets give in; a sanction on energy itself."""


@dataclass(frozen=True, eq=False)
class Act:
    """Something that is done.

    Attributes:
        kind: one of `HIT`, `STOP`, `OIL`.
        name: of the threat, or of the sanction.
        parties: who is hit or stops; of a sanction nobody.
        policy: what it does to trade.
        regime: what owners of idle capacity do; "" where no market in barrels is in question.
        answered: whether those hit answer as stated.
    """

    kind: str
    name: str
    parties: tuple[str, ...]
    policy: Policy
    regime: str
    answered: bool = False

    @property
    def key(self) -> str:
        """Its label in the store."""
        return key_of(self.kind, self.name, self.parties, self.answered)


def key_of(kind: str, name: str, parties: tuple[str, ...] = (), answered: bool = False) -> str:
    """Label of an act, such as "hit oil-tariff CHN+IND"."""
    words = (kind, name, "+".join(parties), "answered" if answered else "")
    return " ".join(word for word in words if word)


@dataclass(frozen=True, eq=False)
class Asking(Shown):
    """A threat that asks for something.

    Attributes:
        name: its key in the file.
        question: its parties, senders and demand.
        stops: name under which giving in to it is filed: threats with one demand share it.
    """

    name: str
    question: Question
    stops: str

    @property
    def parties(self) -> tuple[str, ...]:
        """Who decides, the largest buyer first."""
        return tuple(self.question.parties)

    @property
    def answered(self) -> bool:
        """Whether an answer to it is stated."""
        return bool(self.question.rule.retaliations)

    def hit(self, party: str) -> str:
        """Key of it carried out on one party alone, with the stated answer."""
        return key_of(HIT, self.name, (party,), self.answered)

    @property
    def all_hit(self) -> str:
        """Key of it carried out on all, before any answer."""
        return key_of(HIT, self.name, self.parties)

    def stop(self, *parties: str) -> str:
        """Key of some giving in, or of all where none is named."""
        return key_of(STOP, self.stops, parties or self.parties)


def asking(situation: Situation, economy: Economy, horizon: str) -> tuple[Asking, ...]:
    """The threats that ask for something and hit somebody, the one made first first."""
    found: list[Asking] = []
    for name in made_first(situation):
        rule = situation.threats[name]
        if not rule.asks or economy.unit not in MONEY_UNITS:  # payoffs are in USD
            continue
        try:
            question = pose(economy, rule, horizon=horizon)
            _ = question.parties
        except PolicyError:  # it hits nobody here; the analysis keeps the reason
            continue
        same = (each.stops for each in found if _demand(each.question) == _demand(question))
        found.append(Asking(name, question, next(same, name)))
    return tuple(found)


def _demand(question: Question) -> tuple[object, ...]:
    rule = question.rule
    what = () if rule.when is None else (rule.when.goods, rule.when.seller)
    return what, rule.demand, tuple(question.parties)


def acts(
    situation: Situation, economy: Economy, horizon: str
) -> tuple[tuple[Asking, ...], Mapping[str, Act]]:
    """The threats that ask for something, and key -> everything that is done in each draw."""
    threats = asking(situation, economy, horizon)
    found: dict[str, Act] = {}
    for threat in threats:
        for act in _of(threat):
            found.setdefault(act.key, act)
    for (
        name,
        rule,
    ) in situation.threats.items():  # what asks nobody for anything is done all the same
        if not rule.asks:
            act = Act(HIT, name, tuple(rule.parties(economy)), rule.policy(economy), rule.regime)
            found.setdefault(act.key, act)
    for name, scenario in situation.oil.items():
        act = Act(OIL, name, (), scenario.policy, scenario.opec)
        found.setdefault(act.key, act)
    return threats, found


def _of(threat: Asking) -> Iterator[Act]:
    """All punished, without and with the stated answer; each alone; each and all giving in."""
    question, parties = threat.question, threat.parties
    regime = str(question.solver.get("opec", ""))
    quiet = DEFY * len(parties)

    def act(kind: str, who: tuple[str, ...], profile: str, answered: bool = False) -> Act:
        name = threat.name if kind == HIT else threat.stops
        return Act(kind, name, who, question.policy(profile), regime, answered)

    yield act(HIT, parties, PUNISHED * len(parties))
    if threat.answered:
        yield act(HIT, parties, RETALIATES * len(parties), True)
    fate = RETALIATES if threat.answered else PUNISHED
    for i, party in enumerate(parties):
        yield act(HIT, (party,), put(quiet, i, fate), threat.answered)
    if question.rule.when is None:  # giving in moves no trade
        return
    yield act(STOP, parties, COMPLY * len(parties))
    for i, party in enumerate(parties):
        yield act(STOP, (party,), put(quiet, i, COMPLY))
