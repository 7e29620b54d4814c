"""Options: what each threat of a situation brings the sender, whom it moves, what to expect of it.

An option is a small game under each set of assumptions. A target is judged alone,
the others going on and spared.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from threatpoint.quantity import Ranged
from threatpoint.strategy import answers
from threatpoint.strategy.game import COMPLY, DEFY, PUNISHED, or_nan, put

if TYPE_CHECKING:
    from threatpoint.policy import Rule
    from threatpoint.strategy import Game, ThreatGame

UNIT = "USD bn"
Step: TypeAlias = "Callable[[Game, int, str], float]"
"""An answer about a target in a profile."""
Fates = Mapping[str, str]
"""Target -> letter of `answers.fate`; "" is unknown."""


@dataclass(frozen=True, eq=False)
class Option:
    """Something the sender can threaten and carry out.

    Attributes:
        key: of the threat, or the words of a lesser tariff.
        words: as the file says it.
        rule: what is done to whom.
        games: title of a case -> its game at the horizon asked; as stated under "", first.
        by_horizon: horizon -> the game as stated, short to long; empty for a lesser tariff.
        failures: title of a case, or horizon -> why there is no game.
    """

    key: str
    words: str
    rule: Rule
    games: Mapping[str, ThreatGame]
    by_horizon: Mapping[str, ThreatGame] = field(default_factory=dict[str, "ThreatGame"])
    failures: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def game(self) -> ThreatGame:
        """As stated."""
        return self.games[""]

    @property
    def horizon(self) -> str:
        """At which the cases are solved."""
        return self.game.question.horizon

    @property
    def targets(self) -> tuple[str, ...]:
        """Who decides, the largest buyer first."""
        return self.game.game.targets

    # -- what it brings, USD bn a year, with the range over the cases -----

    def sender(self, letter: str = PUNISHED) -> Ranged:
        """Change of the sender's income if all are punished, or all stop (C)."""
        return self._over(lambda game: game.payoff(game.everybody(letter)).sender)

    @property
    def over(self) -> dict[str, float]:
        """Horizon -> change of the sender's income if all are punished, as stated, USD bn."""
        games = {name: threat.game for name, threat in self.by_horizon.items()}
        return {name: or_nan(_punishing, game) for name, game in games.items()}

    def others(self, letter: str = PUNISHED) -> Ranged:
        """The same of all targets together, what a demand that is no trade costs them included."""
        return self._over(lambda game: sum(_incomes(game, game.everybody(letter))))

    def stops(self, target: str) -> Ranged:
        """Change of a target's income if it alone gives in."""
        return self._alone(target, COMPLY)

    def hit(self, target: str) -> Ranged:
        """The same if it alone is punished."""
        return self._alone(target, PUNISHED)

    def belief(self, target: str) -> Ranged:
        """From which a target gives in: above 1 never, at or below 0 anyway."""
        return self._of(target, answers.belief)

    def gain(self, target: str) -> Ranged:
        """What punishing one target brings the sender against sparing it."""
        return self._of(target, answers.credibility)

    # -- what to expect -----

    @cached_property
    def fates(self) -> Fates:
        """As stated."""
        return fates(self.game.game)

    def agreeing(self, same: Callable[[Fates], bool]) -> dict[str, bool]:
        """Title of every other case -> whether something holds there."""
        return {title: same(fates(game.game)) for title, game in self.games.items() if title}

    def at_horizons(self, same: Callable[[Fates], bool]) -> dict[str, bool]:
        """Horizon -> whether something holds there, as stated."""
        return {name: same(fates(game.game)) for name, game in self.by_horizon.items()}

    def at(self, horizon: str, step: Step, target: str) -> float:
        """An answer at another horizon, as stated; NaN where it has none."""
        found = self.by_horizon.get(horizon)
        if found is None:
            return math.nan
        game = found.game
        return or_nan(step, game, game.position(target), game.everybody(DEFY))

    def _alone(self, target: str, letter: str) -> Ranged:
        return self._of(target, lambda g, i, quiet: g.income(put(quiet, i, letter), i))

    def _of(self, target: str, step: Step) -> Ranged:
        i = self.targets.index(target)
        return self._over(lambda game: step(game, i, game.everybody(DEFY)))

    def _over(self, step: Callable[[Game], float]) -> Ranged:
        found = {title: or_nan(step, game.game) for title, game in self.games.items()}
        return Ranged.over(found.pop(""), found, UNIT)


def _incomes(game: Game, profile: str) -> list[float]:
    return [game.income(profile, i) for i in range(len(game.targets))]


def _punishing(game: Game) -> float:
    """What punishing all brings the sender."""
    return game.payoff(game.everybody(PUNISHED)).sender


def fates(game: Game) -> Fates:
    """What to expect of each target, the others going on and spared."""
    return {target: answers.fate(game, i) for i, target in enumerate(game.targets)}


def chosen(found: Fates, letter: str) -> tuple[str, ...]:
    """The targets of a fate."""
    return tuple(target for target, fate in found.items() if fate == letter)
