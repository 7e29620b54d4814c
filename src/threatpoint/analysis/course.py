"""Course: how likely each threat was to be carried out, day by day, as its clocks passed.

The threats of one story are those that ask for the same as the one made first; they share the
sender's type, so what came of one tells about the next.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.strategy.game import NoWorld
from threatpoint.strategy.history import CLOCK, MADE, Step
from threatpoint.strategy.opinions import opinions, share_giving_in
from threatpoint.strategy.record import base_rate_of
from threatpoint.strategy.resolve import Resolve
from threatpoint.strategy.type_compared import gains_of
from threatpoint.strategy.type_priors import type_priors

if TYPE_CHECKING:
    from threatpoint.analysis.dated import Dated
    from threatpoint.situation.model import Situation

Rows = list[dict[str, Any]]


@dataclass(frozen=True, eq=False)
class Course:
    """What to believe of each threat and target after each day of a story.

    Attributes:
        of: the sender's type for the threats.
        history: every day, in order.
        rows: `Resolve.rows`, with the threat in words and the probability that a target gives in.
    """

    of: Resolve
    history: tuple[Step, ...]
    rows: Rows

    @property
    def forecasts(self) -> Rows:
        """The rows after which a clock is still to come."""
        return [row for row in self.rows if not math.isnan(row["hit_probability"])]


def solve_course(
    situation: Situation, found: Sequence[Dated], until: datetime.date | None = None
) -> Course | None:
    """The course of the story of the threat made first; None where nobody made one.

    Args:
        situation: who made which threat when, and which clocks passed or were kept.
        found: the threats on their days.
        until: nothing that is later than this day is known; None: all that the file says.
    """
    story = [dated for dated in _story(found) if until is None or _day(dated) <= until]
    history = tuple(_history(situation, story, until))
    if not history:
        return None
    gains = {dated.name: gains_of(dated.game.game) for dated in story if dated.game is not None}
    of = Resolve(gains, type_priors(base_rate_of(_senders(story)).sender))
    return Course(of, history, list(_rows(of, history, {dated.name: dated for dated in story})))


def _day(dated: Dated) -> datetime.date:
    return dated.day or datetime.date.max


def _senders(story: Sequence[Dated]) -> tuple[str, ...]:
    """Codes of who makes the threats."""
    (first, *_) = story
    return () if first.game is None else first.game.question.senders


def _story(found: Sequence[Dated]) -> Iterator[Dated]:
    """The threats of the senders who made the first one, for the same; those of known worth."""
    told = [dated for dated in found if dated.day is not None and _known(dated)]
    for dated in told:
        if _asked(dated) == _asked(told[0]):
            yield dated


def _known(dated: Dated) -> bool:
    """Whether what hitting each target brings the sender is known."""
    try:
        return dated.game is not None and bool(gains_of(dated.game.game))
    except NoWorld:
        return False


def _asked(dated: Dated) -> tuple[Any, ...]:
    """Who asks for what."""
    rule = dated.rule
    goods = (rule.when.goods, rule.when.sellers) if rule.when is not None else ()
    return rule.senders, goods, rule.demand.words if rule.demand is not None else ""


def _history(
    situation: Situation, story: Sequence[Dated], until: datetime.date | None
) -> Iterator[Step]:
    """The days on which a threat was made, and its clocks of which the file says what came."""
    steps: list[Step] = []
    for dated in story:
        made = situation.made[dated.name]
        steps.append(Step(made.date, dated.name, MADE))
        due = [clock for clock in made.due if clock.hit is not None]
        steps += [Step(c.date, dated.name, CLOCK, frozenset(c.hit or ())) for c in due]
    order = {MADE: 0, CLOCK: 1}
    known = [step for step in steps if until is None or step.date <= until]
    yield from sorted(known, key=lambda step: (step.date, order[step.kind]))


def _rows(
    of: Resolve, history: Sequence[Step], story: dict[str, Dated]
) -> Iterator[dict[str, Any]]:
    """One a day and target."""
    rows = of.rows(history)
    days = [n for n, step in enumerate(history) for _ in of.gains[step.threat]]
    for n, row in zip(days, rows, strict=True):
        dated = story[row["threat"]]
        yield {
            **row,
            "threat": words.capital(dated.rule.short),
            "key": dated.name,
            "name": dated.game.name(row["target"]) if dated.game else row["target"],
            "gives_in": _gives_in(of, history[: n + 1], dated, row),
        }


def _gives_in(of: Resolve, history: Sequence[Step], dated: Dated, row: dict[str, Any]) -> float:
    """Probability that the target gives in before the next clock; NaN without one."""
    if math.isnan(row["hit_probability"]):
        return math.nan
    needed = next(r["break_even_belief"] for r in dated.rows if r["target"] == row["target"])
    return share_giving_in(opinions(of, history, dated.name, row["target"]), needed)
