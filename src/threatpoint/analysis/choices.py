"""Choices: the options of a situation solved, each under every case at one horizon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from threatpoint.analysis.cases import Case, cases
from threatpoint.analysis.games import tariffs, with_terms
from threatpoint.analysis.made import made_first
from threatpoint.analysis.options import Option
from threatpoint.analysis.outcome import page_horizons
from threatpoint.errors import PolicyError
from threatpoint.strategy import pose
from threatpoint.strategy.threat import sketch

if TYPE_CHECKING:
    from threatpoint.policy import Rule
    from threatpoint.situation.model import Situation
    from threatpoint.strategy import Terms, ThreatGame
    from threatpoint.world.economy import Economy

Games = dict[str, "ThreatGame"]


def solve_options(
    situation: Situation,
    economy: Economy,
    horizon: str,
    deficits: str,
    alternatives: Mapping[str, Economy],
    terms: Terms | None = None,
) -> tuple[Option, ...]:
    """Every threat in the order in which they were made, then the lesser tariffs of the file.

    A rule that asks nobody for anything is no threat and left out, and so is one whose game has no
    world as stated.
    """
    tried = list(cases(economy, horizon, deficits, alternatives))
    found: list[Option] = []
    for key, rule in _rules(situation):
        later = page_horizons(economy, horizon) if key in situation.threats else ()
        option = _solved(situation, key, rule, tried, later, found[-1] if found else None, terms)
        found += [option] if option is not None else []
    return tuple(found)


def _rules(situation: Situation) -> Iterator[tuple[str, Rule]]:
    """Key and rule of every threat that asks for something, and of the tariffs beside them."""
    known = [rule.templates for rule in situation.threats.values()]
    for name in made_first(situation):
        if situation.threats[name].asks:
            yield name, situation.threats[name]
    for words, rule in tariffs(situation).items():
        if rule.asks and rule.templates not in known:
            yield words, rule


def _solved(
    situation: Situation,
    key: str,
    rule: Rule,
    tried: list[Case],
    later: tuple[str, ...],
    like: Option | None,
    terms: Terms | None,
) -> Option | None:
    """None where it has no game as stated."""
    games: Games = {}
    by_horizon: Games = {}
    failures: dict[str, str] = {}
    stated, known = tried[0], {} if like is None else like.games
    for case in tried:
        about = (rule, case, case.elasticities, known.get(case.title), terms)
        _keep(games, failures, case.title, *about)
    if "" not in games:
        return None
    known = {} if like is None else like.by_horizon
    for name in later:
        if name == stated.elasticities:
            by_horizon[name] = games[""]
        else:
            _keep(by_horizon, failures, name, rule, stated, name, known.get(name), terms)
    return Option(key, situation.words.get(key, key), rule, games, by_horizon, failures)


def _keep(
    games: Games,
    failures: dict[str, str],
    name: str,
    rule: Rule,
    case: Case,
    horizon: str,
    like: ThreatGame | None,
    terms: Terms | None,
) -> None:
    """A game under a name, or why there is none."""
    try:
        question = pose(case.economy, rule, horizon=horizon, deficits=case.deficits)
        game = with_terms(sketch(question, like), terms)
    except PolicyError as error:
        failures[name] = str(error)
        return
    if len(game.lost) < len(game.worlds):
        games[name] = game
    else:
        failures[name] = next(iter(game.lost.values()))
