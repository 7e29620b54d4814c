"""Dated: every threat of a situation as a small game on the day on which it was made.

Threats made later than the situation are solved for their own day; nothing of the situation's own
run knows them. They stand beside it only where the record is told.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.analysis.games import with_terms
from threatpoint.errors import PolicyError
from threatpoint.policy.standing import on_day
from threatpoint.strategy import pose
from threatpoint.strategy.results import target_rows
from threatpoint.strategy.threat import sketch
from threatpoint.tables import Row, Table, columns
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.policy import Rule
    from threatpoint.situation.model import Situation
    from threatpoint.strategy import Terms, ThreatGame
    from threatpoint.world.economy import Economy


NOTE = (
    "Least tariff, least enforcement: the smallest at which it gives in if sure of it. The other "
    "targets go on and are spared."
)
NOWHERE = "not applicable"
"""Status of the least enforcement of a tariff."""


@dataclass(frozen=True, eq=False)
class Dated(Shown):
    """A threat on its day.

    Attributes:
        name: its key in the file.
        words: as the file says it.
        rule: what is done to whom.
        day: on which it was made; None where nobody is said to have made it.
        later: whether that is after the situation's own date.
        game: everybody alike, and each target alone stopping or punished; None without one.
        failure: why there is none, else "".
    """

    name: str
    words: str
    rule: Rule
    day: datetime.date | None
    later: bool
    game: ThreatGame | None
    failure: str = ""

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """`results.target_rows` of the game, the least tariff and enforcement too."""
        return [] if self.game is None else target_rows(self.game)


def solve_dated(
    situation: Situation,
    economy: Economy,
    horizon: str,
    deficits: str,
    terms: Terms | None = None,
) -> tuple[Dated, ...]:
    """All threats that ask for something, by the day they were made; those never made last.

    Of a day the main one is first.

    Args:
        situation: gives the threats, the later ones too.
        economy: the baseline; where it stands under the tariffs of a day, so does each threat's.
        horizon: of the games.
        deficits: closure.
        terms: political terms.
    """
    return tuple(
        Dated(name, situation.words.get(name, name), rule, day, name in situation.later, *found)
        for name, rule, day in _threats(situation)
        if rule.asks
        for found in [_solved(rule, world_of(economy, day), horizon, deficits, terms)]
    )


def _threats(situation: Situation) -> Iterator[tuple[str, Rule, datetime.date | None]]:
    """Name, rule and day of every threat in their order."""
    rules = {**situation.threats, **{name: each.rule for name, each in situation.later.items()}}
    days = {name: made.date for name, made in situation.made.items()}

    def order(name: str) -> tuple[datetime.date, bool]:
        return days.get(name, datetime.date.max), name != situation.main

    for name in sorted(rules, key=order):
        yield name, rules[name], days.get(name)


def world_of(economy: Economy, day: datetime.date | None) -> Economy:
    """The economy on a day; as it is where no day's tariffs stand, or these stood then too."""
    if economy.standing is None or day is None or economy.standing.date == day:
        return economy
    dated = on_day(economy, day)
    same = dated.standing is not None and (dated.standing.tariff == economy.standing.tariff).all()
    return economy if same else dated


def _solved(
    rule: Rule, economy: Economy, horizon: str, deficits: str, terms: Terms | None
) -> tuple[ThreatGame | None, str]:
    """The small game, or why there is none."""
    try:
        question = pose(economy, rule, horizon=horizon, deficits=deficits)
        game = with_terms(sketch(question), terms)
    except PolicyError as error:
        return None, str(error)
    reasons = [world.reason for world in game.worlds.values()]
    return (None, reasons[0]) if all(reasons) else (game, "")


def asked(dated: Dated) -> tuple[Any, ...]:
    """Who asks for what: threats that have it in common are of one story."""
    rule = dated.rule
    goods = (rule.when.goods, rule.when.sellers) if rule.when is not None else ()
    return rule.senders, goods, rule.demand.words if rule.demand is not None else ""


def rows(found: Sequence[Dated]) -> list[dict[str, Any]]:
    """A row a threat and target: what it loses, from which belief it gives in, at what least."""
    return [
        {
            "threat": words.capital(dated.rule.short),
            "key": dated.name,
            "day": dated.day.isoformat() if dated.day else "",
            "made": words.day(dated.day) if dated.day else words.DASH,
        }
        | row
        for dated in found
        for row in dated.rows
    ]


def table(found: Sequence[Dated]) -> Table | None:
    """Every threat on its day, the one made first first; None without any."""
    shown = rows(found)
    if not shown:
        return None
    words_of = ("minimal_tariff_words", "minimal_enforcement_words")
    blank = {"credibility_with_retaliation_usd_bn": math.nan, **dict.fromkeys(words_of, "")}
    answered = any("credibility_with_retaliation_usd_bn" in row for row in shown)
    enforced = any(row.get("minimal_enforcement_status") == "found" for row in shown)
    when = words.when(shown[0]["horizon"])
    return Table(
        "side-by-side",
        f"The threats side by side, each on the day it was made, {when}, money a year",
        columns(
            "side-by-side", "name", "-target", "threat", "made", "-key", "-day", "bite_usd_bn",
            "compliance_cost_usd_bn", "break_even_belief", "minimal_tariff_words",
            "minimal_enforcement_words" if enforced else "-minimal_enforcement_words",
            "credibility_usd_bn",
            *(["credibility_with_retaliation_usd_bn"] if answered else []),
            minimal_tariff_words=_least("minimal_tariff"),
            minimal_enforcement_words=_least("minimal_enforcement"),
        ),
        [{**blank, **row} for row in shown],
        "USD bn",
        " ".join([NOTE, *lacking(found)]),
        deciding=("threat", "break_even_belief", "minimal_tariff_words", "credibility_usd_bn"),
    )  # fmt: skip


def lacking(found: Sequence[Dated]) -> list[str]:
    """A sentence on every threat that has no game, and why."""
    lost = [dated for dated in found if dated.failure]
    return [f"No game in “{dated.words}”: {dated.failure.rstrip('.')}." for dated in lost]


def least(found: Sequence[Dated]) -> dict[str, dict[str, str]]:
    """Target -> least tariff and least enforcement in words, of the threats that have one.

    What giving in to the same costs is the same whatever is threatened, so the threat made first
    says it; threats for something else are left out.
    """
    known: dict[str, dict[str, str]] = {}
    now = [dated for dated in found if dated.game is not None and not dated.later]
    for row in rows([dated for dated in now if asked(dated) == asked(now[0])]):
        own = known.setdefault(row["target"], {})
        for name in ("minimal_tariff", "minimal_enforcement"):
            if row.get(f"{name}_status", NOWHERE) != NOWHERE:
                own.setdefault(f"{name}_words", _least(name)(row))
    return known


def _least(name: str) -> Callable[[Row], str]:
    """The size found, 'anyway', 'none', or a dash where it does not apply."""

    def write(row: Row) -> str:
        status, found = row.get(f"{name}_status", ""), row.get(f"{name}_words", words.DASH)
        return {"found": found, "none": "none", "anyway": "anyway"}.get(status, words.DASH)

    return write
