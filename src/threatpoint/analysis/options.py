"""Options: what each threat of a situation brings the sender, whom it moves, what to expect of it.

An option is a small game. A target is judged alone, the others going on and spared. Its numbers are
those of the draws, where trade was drawn.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from threatpoint.analysis.measures import GAIN, NEEDED, STOPS, STRUCK
from threatpoint.quantity import Ranged
from threatpoint.strategy import answers
from threatpoint.strategy.game import COMPLY, DEFY, PUNISHED, or_nan, put
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.analysis.chain.figures import Figures
    from threatpoint.policy import Rule
    from threatpoint.strategy import Game, ThreatGame

UNIT = "USD bn"
STEPS: Mapping[str, Callable[[Game, int, str, str], float]] = {
    NEEDED: answers.belief,
    GAIN: answers.credibility,
}
"""Measure -> the answer about a target in a profile and with a fate if punished."""


@dataclass(frozen=True, eq=False)
class Option(Shown):
    """Something the sender can threaten and carry out.

    Attributes:
        key: of the threat, or the words of a lesser tariff.
        words: as the file says it.
        rule: what is done to whom.
        game: at the horizon asked.
        by_horizon: horizon -> the game, short to long; empty for a lesser tariff.
        failures: horizon -> why there is no game.
        figures: the draws; None where trade was not drawn. A lesser tariff is not in them.
    """

    key: str
    words: str
    rule: Rule
    game: ThreatGame
    by_horizon: Mapping[str, ThreatGame] = field(default_factory=dict[str, "ThreatGame"])
    failures: Mapping[str, str] = field(default_factory=dict[str, str])
    figures: Figures | None = None

    @property
    def horizon(self) -> str:
        """At which it is asked."""
        return self.game.question.horizon

    @property
    def targets(self) -> tuple[str, ...]:
        """Who decides, the largest buyer first."""
        return self.game.game.targets

    @property
    def drawn(self) -> bool:
        """Whether its numbers are those of the draws, with their ranges."""
        return self.figures is not None and self.figures.asks(self.key)

    # -- what it brings, USD bn a year; where it was not drawn, as stated and without a range -----

    def sender(self, letter: str = PUNISHED) -> Ranged:
        """Change of the sender's income if all are punished, or all stop (C)."""
        found = self.figures.sender(self.key, letter) if self.figures else None
        return found or self._stated(lambda game: game.payoff(game.everybody(letter)).sender)

    @property
    def over(self) -> dict[str, float]:
        """Horizon -> change of the sender's income if all are punished, USD bn."""
        games = {name: threat.game for name, threat in self.by_horizon.items()}
        found = {name: or_nan(_punishing, game) for name, game in games.items()}
        return found | {name: self.sender().value for name in found if name == self.horizon}

    def others(self, letter: str = PUNISHED) -> Ranged:
        """The same of all targets together, what a demand that is no trade costs them included."""
        found = self.figures.others(self.key, letter) if self.figures else None
        return found or self._stated(lambda game: sum(_incomes(game, game.everybody(letter))))

    def stops(self, target: str) -> Ranged:
        """Change of a target's income if it alone gives in."""
        return self._of(target, STOPS)

    def hit(self, target: str) -> Ranged:
        """The same if it alone is punished, and answers as stated."""
        return self._of(target, STRUCK)

    def belief(self, target: str) -> Ranged:
        """From which a target gives in: above 1 never, at or below 0 anyway."""
        return self._of(target, NEEDED)

    def gain(self, target: str) -> Ranged:
        """What punishing one target brings the sender against sparing it, its answer included."""
        return self._of(target, GAIN)

    def at(self, horizon: str, measure: str, target: str) -> float:
        """A measure at a horizon; of another than the page's as stated, NaN where it has none."""
        if horizon == self.horizon:
            return self._of(target, measure).value
        found = self.by_horizon.get(horizon)
        return math.nan if found is None else or_nan(_measured, found.game, target, measure)

    def _of(self, target: str, measure: str) -> Ranged:
        found = self.figures.of_target(self.key, target, measure) if self.figures else None
        return found or self._stated(lambda game: _measured(game, target, measure))

    def _stated(self, step: Callable[[Game], float]) -> Ranged:
        return Ranged.exactly(or_nan(step, self.game.game), UNIT)


def _measured(game: Game, target: str, measure: str) -> float:
    """One of the measures of a target, the others going on and spared; its answer included."""
    i, quiet, fate = game.position(target), game.everybody(DEFY), answers.stated(game)
    if measure in STEPS:
        return STEPS[measure](game, i, quiet, fate)
    return game.income(put(quiet, i, COMPLY if measure == STOPS else fate), i)


def _incomes(game: Game, profile: str) -> list[float]:
    return [game.income(profile, i) for i in range(len(game.targets))]


def _punishing(game: Game) -> float:
    """What punishing all brings the sender."""
    return game.payoff(game.everybody(PUNISHED)).sender
