"""A situation and its threats on their days with payoffs written by hand, nothing solved."""

from __future__ import annotations

import datetime
from types import MappingProxyType, SimpleNamespace
from typing import Any

from tests.games import game_of
from threatpoint.analysis.dated import Dated
from threatpoint.policy import Action, Rule, Tariff
from threatpoint.situation import Situation
from threatpoint.situation.made_schema import ClockTable, MadeTable
from threatpoint.strategy.game import Game

TOLD = datetime.date(2025, 3, 31)
"""The situation's own date."""


def sure(found: Any) -> Any:
    """What is found; fails where it is None."""
    assert found is not None
    return found


def day(month: int, number: int = 1) -> datetime.date:
    """A day of 2025."""
    return datetime.date(2025, month, number)


def valued(
    gains: dict[str, float], losses: float = 4.0, cost: float = 1.0, back: float | None = None
) -> Game:
    """A game in which punishing each target alone brings the sender its gain.

    Each loses `losses` when it is punished, `cost` when it complies; with `back` each may hit back,
    which costs the sender that much more.
    """
    own = list(gains.values())

    def sender(profile: str) -> float:
        hit = sum(own[i] for i, letter in enumerate(profile) if letter in "PR")
        return hit - profile.count("R") * (back or 0.0)

    def target(profile: str, i: int) -> float:
        return {"C": -cost, "D": 0.0}.get(profile[i], -losses)

    retaliation = back is not None
    return game_of(len(own), sender, target, retaliation=retaliation, names=tuple(gains))


def rule_of(
    sender: str = "USA", goods: str = "crude", rate: float = 0.25, named: tuple[str, ...] = ("IND",)
) -> Rule:
    """An added tariff on buyers of goods from Russia."""
    duty = Tariff(sender, "target", rate=rate, mode="add")
    return Rule(sender, Action(goods, "RUS"), duty, named=named)


def threat(name: str, when: datetime.date | None, game: Game | None, rule: Rule | None = None,
           **changes: Any) -> Dated:  # fmt: skip
    """A threat on its day; without a game it failed."""
    rule = rule or rule_of()
    solved: Any = None
    if game is not None:
        asked = SimpleNamespace(senders=rule.senders, horizon="short", rule=rule)
        solved = SimpleNamespace(game=game, question=asked, name=lambda code: f"Land {code}")
    later = when is not None and when > TOLD
    given = {"failure": "" if game else "no supplier is left"} | changes
    return Dated(name, f"words of {name}", rule, when, later, solved, **given)


def situation(*threats: Dated, main: str = "", **clocks: list[tuple[Any, Any]]) -> Situation:
    """With these threats, each made on its day; clocks: name -> day and whom it hit, or None."""
    made = {
        each.name: MadeTable(
            by="USA", date=each.day, source="a note",
            clocks=[
                ClockTable(date=at, hit=None if hit is None else list(hit))
                for at, hit in clocks.get(each.name, [])
            ] or None,
        )
        for each in threats if each.day is not None
    }  # fmt: skip
    empty: Any = MappingProxyType({})
    known = {each.name: each.rule for each in threats if not each.later}
    later: Any = {e.name: SimpleNamespace(rule=e.rule, given=()) for e in threats if e.later}
    return Situation(
        "told", "A quarrel", TOLD, "Who?", "a note", "USA", empty, main or threats[0].name, known,
        {each.name: each.words for each in threats}, empty, empty, (), (), (), made=made,
        later=later,
    )  # fmt: skip
