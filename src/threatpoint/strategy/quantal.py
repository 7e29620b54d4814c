"""Logit agent-QRE: probabilities instead of certainty (McKelvey & Palfrey 1998).

Each information set is an agent that picks action a with probability proportional to
exp(lambda * expected payoff of a). At lambda 0 choice is random, as it grows it becomes best reply.
Lambda is per USD bn: at 0.1 a difference of USD 10 bn makes odds of e to 1. The threat is a move of
the sender, so the probability that it is made is part of the answer.

Payoffs are divided by the largest, lambda multiplied by it: the unit of money does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from threatpoint.errors import ConvergenceError, PolicyError
from threatpoint.strategy.agents import FIRST, START, THREAT, Play, firsts, punishing, spread
from threatpoint.strategy.branch import follow
from threatpoint.strategy.game import COMPLY, DEFY, PUNISHED, NoCost
from threatpoint.strategy.odds import Odds
from threatpoint.strategy.precisions import require_precisions, require_reach
from threatpoint.strategy.worth import Worth, distance, largest, logit, span, utilities

if TYPE_CHECKING:
    from threatpoint.strategy.game import Game

CONCEPT = "logit agent quantal response equilibrium, principal branch"
METHOD = "the branch from even choice, followed by its length"
LARGEST_GAP = 1e-6
"""A point is returned only if every probability obeys the logit formula to this."""

MOST_TARGETS = {False: 5, True: 4}
"""Without and with retaliation: the branch of so many targets is followed in a second or two.

The tree triples with each further target, quadruples with retaliation.
"""


@dataclass(frozen=True)
class Quantal:
    """One logit agent-QRE of the threat game.

    Attributes:
        precision: lambda, per USD bn.
        threat: probability that the threat is made.
        comply: target -> probability that it complies once threatened.
        punished: target -> probability that it is punished once it has defied the threat.
        regret: what the agent who loses most by erring loses in expectation, USD bn.
        gap: largest difference between a probability and the logit formula at the values found.
        concept, method: what it is and how it was found.
    """

    precision: float
    threat: float
    comply: dict[str, float]
    punished: dict[str, float]
    regret: float
    gap: float
    concept: str = CONCEPT
    method: str = METHOD


def quantal_response(game: Game, precisions: Sequence[float]) -> list[Quantal]:
    """The principal branch at each lambda; at lambda 0 every choice is even.

    Raises:
        PolicyError: a lambda that is no number, below 0, not finite or too large for the payoffs;
            too many targets; a profile without a finite payoff.
        ConvergenceError: the branch stops before a lambda is reached.
    """
    asked = require_precisions(precisions)
    _require_game(game)
    branch = _Branch(game)
    for precision in asked:
        require_reach(precision, branch.span)
    return [branch.at(precision) for precision in asked]


def _require_game(game: Game) -> None:
    """Refuse a game whose probabilities are not solved."""
    most = MOST_TARGETS[game.retaliation]
    if len(game.targets) > most:
        stage = " with retaliation" if game.retaliation else ""
        raise PolicyError(
            f"probabilities for {len(game.targets)} targets{stage}: the limit is {most}; name "
            "fewer targets, or leave lambda out for the pure equilibria"
        )
    if game.unpriced:
        raise NoCost(game.unpriced[0])
    if game.missing:
        profile, reason = next(iter(game.missing.items()))
        raise PolicyError(f"probabilities need every profile; {profile} has no payoff: {reason}")


class _Branch:
    """The principal branch of a game."""

    def __init__(self, game: Game) -> None:
        money = utilities(game)
        self.game = game
        self.unit = largest(money)
        self.payoffs = {profile: u / (self.unit or 1.0) for profile, u in money.items()}
        self.span = self.unit * span(self.payoffs)

    def at(self, precision: float) -> Quantal:
        """The point at one lambda."""
        play, gap = self._play(precision)
        worth = Worth(self.game, self.payoffs, play)
        return _described(self.game, play, precision, self.unit * worth.regret, gap)

    def _play(self, precision: float) -> tuple[Play, float]:
        """The probabilities at a lambda, and how far they are from the logit formula.

        Raises:
            ConvergenceError: the branch cannot be followed so far.
        """
        steepness = precision * self.unit
        system = Odds(self.game, self.payoffs)
        found = system.play(follow(system, len(system.unknown), steepness), steepness)
        play, gap = self._closest(found, steepness)
        if not gap <= LARGEST_GAP:
            raise ConvergenceError(
                f"no probabilities at lambda {precision:g} (gap {gap:.1e}); try a smaller lambda"
            )
        return play, gap

    def _closest(self, play: Play, steepness: float) -> tuple[Play, float]:
        """The point or its logit reply, whichever obeys the formula better, and its gap."""
        reply = logit(Worth(self.game, self.payoffs, play), steepness)
        further = logit(Worth(self.game, self.payoffs, reply), steepness)
        gaps = distance(play, reply), distance(reply, further)
        return (reply, gaps[1]) if gaps[1] < gaps[0] else (play, gaps[0])


def _described(game: Game, play: Play, precision: float, regret: float, gap: float) -> Quantal:
    """The answers of a point."""
    return Quantal(
        precision,
        play[0, START][THREAT],
        {t: play[i + 1, FIRST][COMPLY] for i, t in enumerate(game.targets)},
        {t: _punished(game, play, i) for i, t in enumerate(game.targets)},
        regret,
        gap,
    )


def _punished(game: Game, play: Play, i: int) -> float:
    """Probability that the sender punishes target i once it has defied the threat."""
    return sum(
        chance * share
        for acts, chance in spread(firsts(play, len(game.targets), i, DEFY))
        for chosen, share in punishing(play, acts).items()
        if chosen[i] == PUNISHED
    )
