"""The agents of a threat game: every information set, and what can be chosen there.

An agent is a player (0 the sender, i + 1 target i) and a label: "start" (threaten or not), "first"
(a target complies or defies), the targets' acts as a word of C and D (whom the sender punishes), or
the sender's choice as a profile (a punished target retaliates or not).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from threatpoint.strategy.game import COMPLY, DEFY, PUNISHED, RETALIATES, words_of
from threatpoint.strategy.perfect import punishments

if TYPE_CHECKING:
    from threatpoint.strategy.game import Game

Agent = tuple[int, str]
Mix = dict[str, float]
Play = dict[Agent, Mix]

START, FIRST = "start", "first"
QUIET, THREAT = "no", "threat"


def agents(game: Game) -> dict[Agent, list[str]]:
    """Every agent with its actions."""
    found = {(0, START): [QUIET, THREAT]}
    found |= {(i + 1, FIRST): [COMPLY, DEFY] for i in range(len(game.targets))}
    for acts in words_of_acts(game):
        if DEFY in acts:
            found[0, acts] = punishments(acts)
            found |= {
                (i + 1, chosen): [PUNISHED, RETALIATES]
                for chosen in found[0, acts]
                for i in repliers(game, chosen)
            }
    return found


def words_of_acts(game: Game) -> list[str]:
    """All words of C and D the targets can choose together."""
    return list(words_of(COMPLY + DEFY, len(game.targets)))


def repliers(game: Game, chosen: str) -> list[int]:
    """Positions of the punished, who then choose; none where there is no retaliation."""
    return [i for i, letter in enumerate(chosen) if letter == PUNISHED and game.retaliation]


def even(game: Game) -> Play:
    """Every action of an agent equally likely: the logit equilibrium at lambda 0."""
    return {
        agent: dict.fromkeys(actions, 1 / len(actions)) for agent, actions in agents(game).items()
    }


def spread(mixes: Sequence[Mix]) -> Iterator[tuple[str, float]]:
    """Words of independent choices, each with its probability."""
    for items in product(*(mix.items() for mix in mixes)):
        yield "".join(letter for letter, _ in items), prod(share for _, share in items)


def firsts(play: Play, k: int, fixed: int = -1, act: str = "") -> list[Mix]:
    """What each of k targets does first; one of them may be fixed to an act."""
    return [{act: 1.0} if i == fixed else play[i + 1, FIRST] for i in range(k)]


def replies(play: Play, chosen: str, fixed: int = -1, pick: str = "") -> list[Mix]:
    """How each target's letter of the sender's choice ends; one may be fixed to a pick."""
    return [
        {pick: 1.0} if i == fixed else play.get((i + 1, chosen), {letter: 1.0})
        for i, letter in enumerate(chosen)
    ]


def punishing(play: Play, acts: str) -> Mix:
    """Whom the sender punishes after the targets' acts; nobody where all comply."""
    return play.get((0, acts), {acts: 1.0})
