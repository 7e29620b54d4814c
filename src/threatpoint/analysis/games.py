"""The main threat as a game at every horizon, and the lesser punishments its sender could choose.

Worlds are kept in the process's memory: what one analysis has solved is not solved again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.analysis.outcome import page_horizons
from threatpoint.errors import PolicyError
from threatpoint.strategy import World, pose, solve_threat
from threatpoint.strategy.game import PUNISHED
from threatpoint.strategy.threat import instead
from threatpoint.strategy.worlds import solve_world
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.policy import Rule
    from threatpoint.situation.model import Situation
    from threatpoint.strategy import Terms, ThreatGame
    from threatpoint.strategy.question import Question
    from threatpoint.world.economy import Economy

MOST = 729
"""Worlds a horizon that an analysis solves by itself: six targets without retaliation."""


@dataclass(frozen=True, eq=False)
class Games(Shown):
    """The main threat as a game.

    Attributes:
        solved: horizon -> game, where at least one of its worlds has an equilibrium.
        failures: horizon -> why there is no game.
        settled: horizon -> words -> world in which a tariff of the situation file hits all targets
            in place of the main threat.
    """

    solved: Mapping[str, ThreatGame] = field(default_factory=dict[str, "ThreatGame"])
    failures: Mapping[str, str] = field(default_factory=dict[str, str])
    settled: Mapping[str, Mapping[str, World]] = field(
        default_factory=dict[str, Mapping[str, World]]
    )


def solve_games(
    situation: Situation,
    economy: Economy,
    deficits: str,
    terms: Terms | None = None,
    horizon: str = "",
) -> Games:
    """The game at each horizon of a page that begins at one; one without a game keeps its reason.

    None at all where the main threat is none, but something that is done.
    """
    if not situation.policy.announced:
        return Games()
    solved: dict[str, ThreatGame] = {}
    failures: dict[str, str] = {}
    settled: dict[str, Mapping[str, World]] = {}
    for name in page_horizons(economy, horizon):
        try:
            game = _game(situation.policy, economy, name, deficits)
        except PolicyError as error:
            failures[name] = str(error)
            continue
        reasons = [world.reason for world in game.worlds.values()]
        if all(reasons):
            failures[name] = reasons[0]
            continue
        solved[name] = with_terms(game, terms)
        settled[name] = MappingProxyType(dict(_settled(situation, game)))
    return Games(MappingProxyType(solved), MappingProxyType(failures), MappingProxyType(settled))


def _game(rule: Rule, economy: Economy, horizon: str, deficits: str) -> ThreatGame:
    """One horizon.

    Raises:
        PolicyError: no game in the rule, or more worlds than an analysis solves by itself.
    """
    asked: dict[str, Any] = {"horizon": horizon, "deficits": deficits}
    question = pose(economy, rule, **asked)
    question.require_demand()
    count = count_of(question)
    if count > MOST:
        raise PolicyError(
            f"{len(question.parties)} targets make {count} worlds; an analysis solves at most "
            f"{MOST} by itself. Use `threatpoint threat`, or name fewer targets"
        )
    return solve_threat(economy, rule, **asked)


def count_of(question: Question) -> int:
    """Worlds of a question."""
    return len(question.letters) ** len(question.parties)


def with_terms(game: ThreatGame, terms: Terms | None) -> ThreatGame:
    """The game with the political terms of its targets; as it is without terms."""
    return game if terms is None else game.with_terms(terms.among(game.game.targets))


def _settled(situation: Situation, game: ThreatGame) -> Iterator[tuple[str, World]]:
    """Tariffs of the file, each rule once, as what the sender could settle for."""
    everybody = PUNISHED * len(game.game.targets)
    for words, rule in tariffs(situation).items():
        try:
            yield words, solve_world(instead(game.question, rule), everybody)
        except PolicyError as error:
            nothing = np.full(len(game.question.economy.countries), np.nan)
            yield words, World(nothing, float("nan"), str(error), "infeasible")


def tariffs(situation: Situation) -> dict[str, Rule]:
    """Words -> scenario or threat of the file that is tariffs only, each set of tariffs once."""
    named = {scenario.label: scenario.rule for scenario in situation.scenarios.values()}
    named |= {situation.words[key]: rule for key, rule in situation.threats.items()}
    found: dict[str, Rule] = {}
    for words, rule in named.items():
        known = [other.templates for other in found.values()]
        if rule.only_tariffs and rule is not situation.policy and rule.templates not in known:
            found[words] = rule
    return found
