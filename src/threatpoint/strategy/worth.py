"""What every action of a threat game is worth to its agent, and the logit replies to that.

A worth is what is expected once the information set is reached, whether or not it ever is: so no
probability has to be divided by another that may be 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.strategy.agents import (
    FIRST,
    QUIET,
    START,
    THREAT,
    Agent,
    Mix,
    Play,
    firsts,
    punishing,
    replies,
    spread,
    words_of_acts,
)
from threatpoint.strategy.perfect import punishments

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.strategy.game import Game


def utilities(game: Game) -> dict[str, Array]:
    """Profile -> utilities of the sender and of each target, USD bn.

    Raises:
        PolicyError: one that is not finite.
    """
    found: dict[str, Array] = {}
    for profile in game.profiles():
        targets = (game.target_utility(profile, i) for i in range(len(game.targets)))
        found[profile] = np.array([game.sender_utility(profile), *targets])
        if not np.isfinite(found[profile]).all():
            paid = ", ".join(f"{value:g}" for value in found[profile])
            raise PolicyError(
                f"probabilities need finite payoffs; profile {profile} pays {paid} to the sender "
                f"and to {', '.join(game.targets)}"
            )
    return found


def largest(payoffs: Mapping[str, Array]) -> float:
    """The largest utility in absolute value."""
    return max(float(np.abs(values).max()) for values in payoffs.values())


def span(payoffs: Mapping[str, Array]) -> float:
    """Largest difference between two utilities of one player; without a threat all get 0."""
    table = np.array([*payoffs.values(), np.zeros_like(next(iter(payoffs.values())))])
    return float((table.max(axis=0) - table.min(axis=0)).max())


@dataclass(frozen=True)
class Worth:
    """What every action is worth if everybody plays so.

    Attributes:
        game: who moves when.
        payoffs: profile -> utilities of the sender and of each target.
        play: the probabilities of every agent.
    """

    game: Game
    payoffs: Mapping[str, Array]
    play: Play

    @cached_property
    def after_choice(self) -> dict[str, Array]:
        """The sender's choice -> expected utilities."""
        return {
            chosen: _expected(spread(replies(self.play, chosen)), self.payoffs)
            for acts in words_of_acts(self.game)
            for chosen in punishments(acts)
        }

    @cached_property
    def after_acts(self) -> dict[str, Array]:
        """The targets' acts -> expected utilities."""
        return {
            acts: _expected(punishing(self.play, acts).items(), self.after_choice)
            for acts in words_of_acts(self.game)
        }

    @cached_property
    def of(self) -> dict[Agent, Mix]:
        """Agent -> action -> worth."""
        return {agent: self._of(agent) for agent in self.play}

    def _of(self, agent: Agent) -> Mix:
        """The worth of each action of one agent."""
        player, label = agent
        if label == START:
            lottery = spread(firsts(self.play, len(self.game.targets)))
            return {QUIET: 0.0, THREAT: float(_expected(lottery, self.after_acts)[0])}
        step = self._first if label == FIRST else self._choice if player == 0 else self._reply
        return {action: float(step(agent, action)[player]) for action in self.play[agent]}

    def _first(self, agent: Agent, act: str) -> Array:
        lottery = spread(firsts(self.play, len(self.game.targets), agent[0] - 1, act))
        return _expected(lottery, self.after_acts)

    def _choice(self, agent: Agent, chosen: str) -> Array:
        return self.after_choice[chosen]

    def _reply(self, agent: Agent, pick: str) -> Array:
        return _expected(spread(replies(self.play, agent[1], agent[0] - 1, pick)), self.payoffs)

    @cached_property
    def regret(self) -> float:
        """What the agent who loses most by erring loses in expectation."""
        return max(
            max(worth.values()) - sum(self.play[agent][a] * v for a, v in worth.items())
            for agent, worth in self.of.items()
        )


def _expected(lottery: Iterable[tuple[str, float]], values: Mapping[str, Array]) -> Array:
    """The mean of what the words of a lottery are worth."""
    words, chances = zip(*lottery, strict=True)
    return np.array(chances) @ np.array([values[word] for word in words])


def logit(worth: Worth, precision: float) -> Play:
    """The logit replies: exp(lambda worth) / sum, for every agent."""
    return {agent: _softmax(values, precision) for agent, values in worth.of.items()}


def _softmax(values: Mix, precision: float) -> Mix:
    """exp(lambda v) / sum, safe from overflow."""
    top = max(values.values())
    powers = {action: math.exp(precision * (v - top)) for action, v in values.items()}
    total = sum(powers.values())
    return {action: power / total for action, power in powers.items()}


def distance(one: Play, other: Play) -> float:
    """Largest difference between two probabilities of one action."""
    return max(abs(p - other[agent][a]) for agent, mix in one.items() for a, p in mix.items())
