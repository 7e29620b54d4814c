"""Choices: the options of a situation solved, at one horizon and, of the threats, at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

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


def solve_options(
    situation: Situation,
    economy: Economy,
    horizon: str,
    deficits: str,
    terms: Terms | None = None,
) -> tuple[Option, ...]:
    """Every threat in the order in which they were made, then the lesser tariffs of the file.

    A rule that asks nobody for anything is no threat and left out, and so is one whose game has no
    world.
    """
    found: list[Option] = []
    for key, rule in _rules(situation):
        every = page_horizons(economy, horizon) if key in situation.threats else ()
        asked = Asked(economy, rule, horizon, deficits, terms)
        option = _solved(situation, key, asked, every, found[-1] if found else None)
        found += [option] if option is not None else []
    return tuple(found)


class Asked(NamedTuple):
    """A rule on an economy, at a horizon and with a closure; terms of the payoffs."""

    economy: Economy
    rule: Rule
    horizon: str
    deficits: str
    terms: Terms | None


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
    situation: Situation, key: str, asked: Asked, every: tuple[str, ...], like: Option | None
) -> Option | None:
    """None where it has no game at the horizon asked."""
    own, why = _game(asked, like.game if like else None)
    if own is None:
        return None
    by_horizon, failures = dict[str, "ThreatGame"](), {"": why}
    for name in every:
        known = like.by_horizon.get(name) if like else None
        same = name == asked.horizon
        game, why = (own, "") if same else _game(asked._replace(horizon=name), known)
        failures[name] = why
        if game is not None:
            by_horizon[name] = game
    kept = {name: text for name, text in failures.items() if text}
    return Option(key, situation.words.get(key, key), asked.rule, own, by_horizon, kept)


def _game(asked: Asked, like: ThreatGame | None) -> tuple[ThreatGame | None, str]:
    """A game, or why there is none."""
    try:
        economy, rule, horizon, deficits, terms = asked
        question = pose(economy, rule, horizon=horizon, deficits=deficits)
        game = with_terms(sketch(question, like), terms)
    except PolicyError as error:
        return None, str(error)
    if len(game.lost) < len(game.worlds):
        return game, ""
    return None, next(iter(game.lost.values()))
