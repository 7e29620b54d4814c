"""Chances of being hit at the clocks of a story, scored: the sender's type against naive forecasts.

A forecast is what was believed just before the clock; the log score is the log of the probability
of what happened (0 is best), the Brier score the squared error (0 is best).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from threatpoint import words
from threatpoint.errors import PolicyError
from threatpoint.strategy import Resolve, Step, base_rate
from threatpoint.strategy.history import CLOCK
from threatpoint.world import load_world
from validation.scored import Line

HORIZON = "short"
SENDER = "USA"
MEAN_H = 0.5
"""Mean of Beta(2, 2)."""
SMALL = 0.05
"""What a forecaster who expects nobody ever to be hit leaves to being wrong."""
OURS = "this model"
BASE = "the share of the record times one half"
CONSTANT = {"a coin": 0.5, "a forecast that nobody is ever hit (5 %)": SMALL}
"""Forecast -> its chance of being hit, for every clock and target."""
NAIVE = (BASE, *CONSTANT)
SCALES = (5.0, 37.0, 280.0)

Scores = tuple[float, float, float]
"""Log score and Brier score of all targets, log score of the clocks as one history."""


def naive(name: str, sender: str = SENDER) -> float:
    """The chance that a naive forecast gives; that of the record is of such senders."""
    return CONSTANT[name] if name in CONSTANT else base_rate(sender).share * MEAN_H


@dataclass(frozen=True)
class Forecast:
    """One target at one clock.

    Attributes:
        row: of `Resolve.rows`.
        sender: of the record.
    """

    row: Mapping[str, Any]
    sender: str = SENDER

    @property
    def chance(self) -> float:
        """Of being hit, just before."""
        return self.row["hit_before"]

    @property
    def hit(self) -> bool:
        """What happened."""
        return self.row["was_hit"]

    @property
    def day(self) -> date:
        """Of the clock."""
        return self.row["date"]

    @property
    def name(self) -> str:
        """The target inside a sentence."""
        return words.place(self.row["target"], load_world())

    def log_score(self, name: str = OURS) -> float:
        """Of its own chance, or of a naive forecast's; nats."""
        p = self._chance(name)
        return math.log(p if self.hit else 1.0 - p)

    def brier(self, name: str = OURS) -> float:
        """The same as squared error."""
        return (self._chance(name) - self.hit) ** 2

    def _chance(self, name: str) -> float:
        return self.chance if name == OURS else naive(name, self.sender)


@dataclass(frozen=True)
class Chances:
    """The forecasts of one story.

    Attributes:
        type: the sender before the first threat.
        history: what came of its threats.
        sender: of the record.
    """

    type: Resolve
    history: tuple[Step, ...]
    sender: str = SENDER

    @cached_property
    def forecasts(self) -> list[Forecast]:
        """One a clock and target, worst first."""
        rows = [row for row in self.type.rows(self.history) if row["step"] == CLOCK]
        return sorted((Forecast(row, self.sender) for row in rows), key=Forecast.log_score)

    @property
    def clocks(self) -> list[Step]:
        """Those of the history."""
        return [step for step in self.history if step.kind == CLOCK]

    @cached_property
    def log_probability(self) -> float:
        """Of all that came at the clocks."""
        return math.log(self.type.probability(self.history))

    def at(self, threat: str) -> list[Forecast]:
        """The forecasts of a threat."""
        return [each for each in self.forecasts if each.row["threat"] == threat]

    def at_scale(self, s: float) -> Chances:
        """The same with s known, USD bn."""
        return replace(self, type=self.type.with_prior("s", s))


def scores(stories: Sequence[Chances]) -> dict[str, Scores]:
    """Forecast -> its scores over stories that know nothing of each other; best first.

    A naive forecast takes a clock as one event for all its targets too. An s under which the
    history of a story has next to no chance is left out.
    """
    found = {OURS: _own(stories)}
    for s in SCALES:
        with suppress(PolicyError):  # hardly any type of the sender has such a history
            found[f"{OURS}, s at USD {s:g} bn"] = _own([each.at_scale(s) for each in stories])
    found |= {name: _naive(stories, name) for name in NAIVE}
    return dict(sorted(found.items(), key=lambda item: -item[1][0]))


def _own(stories: Sequence[Chances]) -> Scores:
    each = pooled(stories)
    log, history = sum(f.log_score() for f in each), sum(s.log_probability for s in stories)
    return log, _mean([f.brier() for f in each]), history


def _naive(stories: Sequence[Chances], name: str) -> Scores:
    each = pooled(stories)
    clocks = [(naive(name, s.sender), step.hit) for s in stories for step in s.clocks]
    history = sum(math.log(p if hit else 1.0 - p) for p, hit in clocks)
    return sum(f.log_score(name) for f in each), _mean([f.brier(name) for f in each]), history


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def pooled(stories: Iterable[Chances]) -> list[Forecast]:
    """The forecasts of all, worst first."""
    return sorted((f for each in stories for f in each.forecasts), key=Forecast.log_score)


# -- words -----------------------------------------------------------------------------------


def line(found: Chances, events: tuple[str, ...], reason: str) -> Line:
    """All clocks of a story; right if no naive forecast has a better log score.

    Args:
        found: the story.
        events: ids of the record, if it has any.
        reason: why, where it is a miss.
    """
    rows = scores([found])
    best = max(NAIVE, key=lambda name: rows[name][0])
    right = rows[OURS][0] >= rows[best][0]
    said = [f"{words.number(rows[name][0])} by {name}" for name in (OURS, best, BASE)]
    clocks = words.count(len(found.clocks), "clock")
    return Line(
        "chances of being hit, all clocks",
        events,
        HORIZON,
        f"of {len(found.forecasts)} cases at {clocks} {_hit(found.forecasts)}",
        "sum of the logs of the probabilities of what happened, 0 is best",
        words.listing(list(dict.fromkeys(said))),
        "right" if right else "miss",
        "" if right else reason,
    )


def _hit(forecasts: Sequence[Forecast]) -> str:
    """'one was hit: India on 27 August 2025'."""
    by_day = dict[date, list[str]]()
    for each in sorted((f for f in forecasts if f.hit), key=lambda f: (f.day, f.name)):
        by_day.setdefault(each.day, []).append(each.name)
    if not by_day:
        return "none was hit"
    told = [f"{words.listing(names)} on {words.day(day)}" for day, names in by_day.items()]
    number = sum(map(len, by_day.values()))
    return f"{words.count(number)} {'was' if number == 1 else 'were'} hit: {words.listing(told)}"


def scores_table(stories: Sequence[Chances], clocks: str) -> list[str]:
    """`scores` in Markdown.

    Args:
        stories: whose.
        clocks: how the clocks are called in the head of the last column.
    """
    return [
        f"| forecast | log score | Brier score | {clocks} as one history |",
        "|---|---|---|---|",
        *(
            f"| {_bold(name)} | {signed(log)} | {brier:.3f} | {signed(history)} |"
            for name, (log, brier, history) in scores(stories).items()
        ),
    ]


def _bold(name: str) -> str:
    return f"**{name}**" if name == OURS else name


def signed(value: float) -> str:
    """A score with two digits."""
    return f"{value:.2f}".replace("-", "−")


CASES = (
    "| clock | threat | target | happened | chance | over s | money | log score | record |",
    "|---|---|---|---|---|---|---|---|---|",
)
"""Head of a table of `case`."""


def case(each: Forecast, threat: str) -> str:
    """One target at one clock as a row of a table.

    Args:
        each: the forecast.
        threat: in words.
    """
    row = each.row
    cells = (
        words.day(each.day),
        threat,
        words.capital(each.name),
        "**hit**" if each.hit else "spared",
        words.chance(each.chance),
        words.chance_span(row["before_low"], row["before_high"]),
        words.usd_change(row["gain_usd_bn"]),
        signed(each.log_score()),
        signed(each.log_score(BASE)),
    )
    return f"| {' | '.join(cells)} |"
