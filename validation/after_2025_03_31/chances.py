"""Chances of being hit at each clock of 2025, scored: the sender's type against naive forecasts.

Gamma is money alone of the first year, on the day of each threat. A forecast is what was believed
just before the clock; the log score is the log of the probability of what happened (0 is best), the
Brier score the squared error (0 is best).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from threatpoint import words
from threatpoint.strategy import Resolve, Step, TypePrior, base_rate, type_priors
from threatpoint.strategy.history import CLOCK, MADE
from validation.after_2025_03_31.answers import JULY, MARCH, ORDER, Answers
from validation.after_2025_03_31.rules import named
from validation.scored import Line

HORIZON = "short"
SENDER = "USA"
HISTORY = (
    Step(date(2025, 3, 30), MARCH, MADE),
    Step(date(2025, 4, 30), MARCH, CLOCK),  # "within a month"
    Step(date(2025, 7, 14), JULY, MADE),
    Step(date(2025, 8, 6), ORDER, MADE),
    Step(date(2025, 8, 8), JULY, CLOCK),  # 2 September, moved on 28 July to 10 or 12 days from then
    Step(date(2025, 8, 27), ORDER, CLOCK, frozenset({"IND"})),
)
EVENTS = {MARCH: "threat", JULY: "july-threat", ORDER: "order-india"}
THREATS = {
    MARCH: "25 points, threatened on 30 March",
    JULY: "100 points, threatened on 14 July",
    ORDER: "25 points, ordered on 6 August",
}
MEAN_H = 0.5
"""Mean of Beta(2, 2)."""
SMALL = 0.05
"""What a forecaster who expects nobody ever to be hit leaves to being wrong."""
OURS = "this model"
NAIVE = {
    "the share of the record times one half": base_rate(SENDER).share * MEAN_H,
    "a coin": 0.5,
    "a forecast that nobody is ever hit (5 %)": SMALL,
}
"""Forecast -> its chance of being hit, for every clock and target."""
BASE = next(iter(NAIVE))
SCALES = (5.0, 37.0, 280.0)
ORDERED = (
    "an order that takes effect unless it is withdrawn is taken here for a threat like another, "
    "and two clocks that passed lower what is believed of it"
)
WHY = (
    "one clock of three was kept, and these forecasts differ by less than one such clock; the "
    "priors were chosen with the events known"
)


@dataclass(frozen=True)
class Forecast:
    """One target at one clock.

    Attributes:
        row: of `Resolve.rows`.
    """

    row: Mapping[str, Any]

    @property
    def chance(self) -> float:
        """Of being hit, just before."""
        return self.row["hit_before"]

    @property
    def hit(self) -> bool:
        """What happened."""
        return self.row["was_hit"]

    def log_score(self, chance: float | None = None) -> float:
        """Of its own chance, or of another's; nats."""
        p = self.chance if chance is None else chance
        return math.log(p if self.hit else 1.0 - p)

    def brier(self, chance: float | None = None) -> float:
        """The same as squared error."""
        p = self.chance if chance is None else chance
        return (p - self.hit) ** 2


@dataclass(frozen=True)
class Chances:
    """The sender's type at the gains of one horizon.

    Attributes:
        gains: threat -> target -> USD bn a year.
        priors: on the sender's type.
    """

    gains: Mapping[str, Mapping[str, float]]
    priors: Mapping[str, TypePrior]

    @classmethod
    def of(cls, answers: Answers) -> Chances:
        """At the gains that were asked for."""
        return cls({threat: answers.gains(threat) for threat in THREATS}, type_priors(SENDER))

    @cached_property
    def type(self) -> Resolve:
        """The sender before the first threat."""
        return Resolve(self.gains, self.priors)

    @cached_property
    def forecasts(self) -> list[Forecast]:
        """One a clock and target, worst first."""
        found = [Forecast(row) for row in self.type.rows(HISTORY) if row["step"] == CLOCK]
        return sorted(found, key=lambda each: each.log_score())

    def at(self, threat: str) -> list[Forecast]:
        """Those of a threat."""
        return [each for each in self.forecasts if each.row["threat"] == threat]

    def rows(self) -> dict[str, tuple[float, float, float]]:
        """Forecast -> log score and Brier score of all targets, log score of the clocks as one.

        Best first. A naive forecast takes a clock as one event for all its targets too.
        """
        own = {f"{OURS}, s at USD {s:g} bn": self._own(self._at_scale(s)) for s in SCALES}
        found = {OURS: self._own(self), **own}
        found |= {name: self._naive(p) for name, p in NAIVE.items()}
        return dict(sorted(found.items(), key=lambda item: -item[1][0]))

    def _at_scale(self, s: float) -> Chances:
        return replace(self, priors=self.type.with_prior("s", s).priors)

    def _own(self, of: Chances) -> tuple[float, float, float]:
        each = of.forecasts
        history = math.log(of.type.probability(HISTORY))
        return sum(f.log_score() for f in each), _mean([f.brier() for f in each]), history

    def _naive(self, p: float) -> tuple[float, float, float]:
        each = self.forecasts
        clocks = [step for step in HISTORY if step.kind == CLOCK]
        history = sum(math.log(p if step.hit else 1.0 - p) for step in clocks)
        scores = [f.log_score(p) for f in each]
        return sum(scores), _mean([f.brier(p) for f in each]), history


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def lines(answers: Answers) -> list[Line]:
    """Each clock against the share of the record, and all against the best naive forecast."""
    if answers.horizon != HORIZON:
        return []
    found = Chances.of(answers)
    return [_all(found), *(_clock(found, threat) for threat in THREATS)]


def _all(found: Chances) -> Line:
    """Right if no naive forecast has a better log score over all clocks and targets."""
    rows = found.rows()
    best = max(NAIVE, key=lambda name: rows[name][0])
    right, count = rows[OURS][0] >= rows[best][0], len(found.forecasts)
    said = [f"{words.number(rows[name][0])} by {name}" for name in (OURS, best, BASE)]
    return Line(
        "chances of being hit, all clocks",
        tuple(EVENTS.values()),
        HORIZON,
        f"of {count} cases at three clocks one was hit: India on 27 August 2025",
        "sum of the logs of the probabilities of what happened, 0 is best",
        words.listing(list(dict.fromkeys(said))),
        "right" if right else "miss",
        "" if right else WHY,
    )


def _clock(found: Chances, threat: str) -> Line:
    """Right if what happened was likelier here than by the share of the record."""
    own = found.at(threat)
    ours, plain = (sum(f.log_score(p) for f in own) for p in (None, NAIVE[BASE]))
    hit = [named(f.row["target"]) for f in own if f.hit]
    day = words.day(own[0].row["date"])
    told = f"hit on {words.listing(hit)}" if hit else "nobody was hit"
    cases = sorted(own, key=lambda each: -each.chance)
    said = words.listing([f"{words.chance(f.chance)} for {named(f.row['target'])}" for f in cases])
    return Line(
        f"chances of being hit on {day}",
        (EVENTS[threat],),
        HORIZON,
        f"{THREATS[threat]}: the clock of {day}, {told}",
        f"chance of being hit just before, against {words.chance(NAIVE[BASE])} by the record alone",
        said,
        "right" if ours >= plain else "miss",
        "" if ours >= plain else ORDERED if threat == ORDER else WHY,
    )


def section(answers: Sequence[Answers]) -> str:
    """The scores as a part of differences.md; nothing without the first year."""
    own = [each for each in answers if each.horizon == HORIZON]
    return "\n".join(_section(Chances.of(own[0]))) + "\n" if own else ""


def _section(found: Chances) -> list[str]:
    return [
        "",
        "# Chances of being hit, scored",
        "",
        "The sender's type (`threatpoint.strategy.resolve`) on the record of the United States, at",
        "what money alone says of the first year; no answer of the targets is stated. Before a",
        "clock its chance is of being hit at it, for a target that goes on. Log scores in nats, 0",
        "is best; Brier scores, 0 is best. The priors on s, h, the years and the correlation were",
        "chosen with these events known, so this is no forecast made in advance.",
        "",
        "| forecast | log score | Brier score | the three clocks as one history |",
        "|---|---|---|---|",
        *(
            f"| {_bold(name)} | {_number(log, 2)} | {brier:.3f} | {_number(history, 2)} |"
            for name, (log, brier, history) in found.rows().items()
        ),
        "",
        "One history: a clock is one event for all its targets, by the naive forecasts too. Each",
        "case, worst first; *money*: what hitting it brings the United States; *record*: the log",
        "score of the share of the record times one half.",
        "",
        "| clock | threat | target | happened | chance | over s | money | log score | record |",
        "|---|---|---|---|---|---|---|---|---|",
        *(_case(each) for each in found.forecasts),
    ]


def _bold(name: str) -> str:
    return f"**{name}**" if name == OURS else name


def _number(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace("-", "−")


def _case(each: Forecast) -> str:
    row = each.row
    cells = (
        words.day(row["date"]),
        THREATS[row["threat"]],
        words.capital(named(row["target"])),
        "**hit**" if each.hit else "spared",
        words.chance(each.chance),
        words.chance_span(row["before_low"], row["before_high"]),
        words.usd_change(row["gain_usd_bn"]),
        _number(each.log_score(), 2),
        _number(each.log_score(NAIVE[BASE]), 2),
    )
    return f"| {' | '.join(cells)} |"
