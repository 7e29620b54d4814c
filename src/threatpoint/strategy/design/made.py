"""Threats really made, as points beside the designs: what each costs and how hard it bites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from threatpoint.strategy.game import DEFY, PUNISHED, RETALIATES
from threatpoint.strategy.threat import instead, payoff
from threatpoint.strategy.worlds import solve_asked

if TYPE_CHECKING:
    from threatpoint.policy import Policy, Rule
    from threatpoint.strategy.game import Payoff
    from threatpoint.strategy.question import Question

Codes = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Made:
    """A threat that was made, carried out on some targets.

    Attributes:
        name: its key in the file.
        words: what is done.
        targets: who is hit.
        answered: whether they answer as stated.
        gain: W, USD bn a year.
        losses: target -> K, USD bn a year.
        policy: what is done to trade.
        reason: why it has no equilibrium, else "".
    """

    name: str
    words: str
    targets: Codes
    answered: bool
    gain: float
    losses: Mapping[str, float]
    policy: Policy
    reason: str = ""

    @property
    def loss(self) -> float:
        """What the targets lose together."""
        return sum(self.losses.values())


def made(
    question: Question, rules: Mapping[str, Rule], families: Sequence[Codes], quiet: Payoff
) -> list[Made]:
    """Every threat on every family of targets that it hits, without and with the stated answer.

    Args:
        question: senders, targets, answer.
        rules: name -> a threat of the same senders.
        families: lists of targets.
        quiet: what everybody gets where nobody is hit.
    """
    answers = (False, True) if question.rule.retaliations else (False,)
    asked = {
        (name, family, answered): (instead(question, rule), _profile(question, family, answered))
        for name, rule in rules.items()
        for family in families
        if _hits(question, rule, family)
        for answered in answers
    }
    worlds = solve_asked(asked) if asked else {}
    names, found = list(question.parties), list[Made]()
    for (name, family, answered), (own, profile) in asked.items():
        world = worlds[name, family, answered]
        paid = quiet if world.reason else payoff(question, world)
        losses = {t: quiet.targets[names.index(t)] - paid.targets[names.index(t)] for t in family}
        gain = paid.sender - quiet.sender
        about = name, rules[name].short, family, answered, gain, losses
        found.append(Made(*about, own.policy(profile), world.reason))
    return found


def _profile(question: Question, family: Codes, answered: bool) -> str:
    letter = RETALIATES if answered else PUNISHED
    return "".join(letter if party in family else DEFY for party in question.parties)


def _hits(question: Question, rule: Rule, family: Codes) -> bool:
    """Whether a threat hits all of a family."""
    return set(family) <= set(rule.parties(question.economy))
