"""The logit equations of a threat game in log odds, for many points at once.

Only choices made without seeing those of others are unknown: each target's first act, and each
punished target's reply. What the sender does follows from what comes after it. Worths are what is
expected once the information set is reached (`worth`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.strategy.agents import FIRST, START, Agent, agents, even, repliers, words_of_acts
from threatpoint.strategy.game import PUNISHED, RETALIATES
from threatpoint.strategy.perfect import punishments
from threatpoint.strategy.worth import Worth, logit

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Complexes
    from threatpoint.strategy.agents import Play
    from threatpoint.strategy.game import Game


@dataclass(frozen=True)
class Odds:
    """The system x - lambda * a of a game; x is the log odds of each second action.

    Attributes:
        game: who moves when.
        payoffs: profile -> utilities of the sender and of each target, of about 1.
    """

    game: Game
    payoffs: Mapping[str, Array]

    @cached_property
    def unknown(self) -> dict[Agent, int]:
        """Agent that chooses without seeing others -> its place."""
        blind = [agent for agent in agents(self.game) if agent[0] > 0]
        return {agent: place for place, agent in enumerate(blind)}

    @cached_property
    def replied(self) -> dict[str, Array]:
        """The sender's choice -> utilities by the repliers' picks, (2, ..., 2, players)."""
        return {
            chosen: np.array([self.payoffs[word] for word in _endings(self.game, chosen)]).reshape(
                *(2 for _ in repliers(self.game, chosen)), -1
            )
            for acts in words_of_acts(self.game)
            for chosen in punishments(acts)
        }

    def __call__(self, x: Complexes, precision: Complexes) -> Complexes:
        """The residual.

        Args:
            x: (points, choices) log odds.
            precision: (points,) lambda.
        """
        chances = _chances(x)
        advantage = np.zeros_like(x)
        chosen = {word: self._after(word, chances, advantage) for word in self.replied}
        acts = np.stack(
            [_answered(chosen, word, precision) for word in words_of_acts(self.game)], axis=1
        )
        k = len(self.game.targets)
        values = acts.reshape(len(x), *(2 for _ in range(k)), -1)
        places = [self.unknown[i + 1, FIRST] for i in range(k)]
        for i, place in enumerate(places):
            advantage[:, place] = _advantage(values, chances[:, places], i)[:, i + 1]
        return x - precision[:, None] * advantage

    def _after(self, chosen: str, chances: Complexes, advantage: Complexes) -> Complexes:
        """(points, players) expected utilities after a choice; fills in what replying is worth."""
        hit = repliers(self.game, chosen)
        places = [self.unknown[i + 1, chosen] for i in hit]
        ends = self.replied[chosen].astype(np.complex128)
        values = np.broadcast_to(ends, (len(chances), *ends.shape))
        for position, (i, place) in enumerate(zip(hit, places, strict=True)):
            gain = _advantage(values, chances[:, places], position)
            advantage[:, place] = gain[:, i + 1]
        return _mean(values, chances[:, places])

    def play(self, x: Array, precision: float) -> Play:
        """The probabilities of every agent at log odds (choices,)."""
        play, chances = even(self.game), _chances(x.astype(np.complex128)).real
        for agent, place in self.unknown.items():
            play[agent] = dict(zip(play[agent], map(float, chances[place]), strict=True))
        for start in (False, True):  # a threat is worth what punishing makes of it
            answers = logit(Worth(self.game, self.payoffs, play), precision)
            play |= {a: m for a, m in answers.items() if a[0] == 0 and (a[1] == START) is start}
        return play


def _endings(game: Game, chosen: str) -> list[str]:
    """The profiles that a choice of the sender can end in, the last replier's pick fastest."""
    options = [
        (PUNISHED + RETALIATES) if i in repliers(game, chosen) else letter
        for i, letter in enumerate(chosen)
    ]
    return ["".join(word) for word in product(*options)]


def _chances(x: Complexes) -> Complexes:
    """(points, choices, 2) probabilities of both actions, each exact where it is small."""
    both = np.stack([1.0 / (1.0 + np.exp(side)) for side in (x, -x)], axis=-1)
    return both.astype(np.complex128)


def _mean(values: Complexes, chances: Complexes) -> Complexes:
    """(points, players): utilities (points, 2, ..., 2, players) over (points, choices, 2)."""
    return reduce(_over_first, np.moveaxis(chances, 1, 0), values)


def _over_first(values: Complexes, chance: Complexes) -> Complexes:
    """The mean over the first choice that is left, (points, 2) its probabilities."""
    return np.einsum("pa,pa...->p...", chance, values)


def _advantage(values: Complexes, chances: Complexes, position: int) -> Complexes:
    """(points, players): what the second action of one choice is worth above its first."""
    gain = np.diff(values, axis=position + 1).squeeze(position + 1)
    return _mean(gain, np.delete(chances, position, axis=1))


def _answered(chosen: Mapping[str, Complexes], acts: str, precision: Complexes) -> Complexes:
    """(points, players) expected utilities once the sender has answered the targets' acts."""
    options = np.stack([chosen[word] for word in punishments(acts)], axis=1)
    worth = precision[:, None] * options[:, :, 0]
    powers = np.exp(worth - worth.real.max(axis=1, keepdims=True))
    return np.einsum("pc,pcu->pu", powers / powers.sum(axis=1, keepdims=True), options)
