"""Chances of being hit at each clock of 2025, scored: the sender's type against naive forecasts.

Gamma is money alone of the first year, on the day of each threat.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from threatpoint import words
from threatpoint.strategy import Resolve, Step, type_priors
from threatpoint.strategy.history import CLOCK, MADE
from validation.after_2025_03_31.answers import JULY, MARCH, ORDER, Answers
from validation.chances import (
    BASE,
    CASES,
    HORIZON,
    OURS,
    SENDER,
    Chances,
    case,
    line,
    naive,
    scores_table,
)
from validation.scored import Line

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
ORDERED = (
    "an order that takes effect unless it is withdrawn is taken here for a threat like another, "
    "and two clocks that passed lower what is believed of it"
)
WHY = (
    "one clock of three was kept, and these forecasts differ by less than one such clock; the "
    "priors were chosen with the events known"
)


def chances_of(answers: Answers) -> Chances:
    """At the gains that were asked for."""
    gains = {threat: answers.gains(threat) for threat in THREATS}
    return Chances(Resolve(gains, type_priors(SENDER)), HISTORY)


def lines(answers: Answers) -> list[Line]:
    """Each clock against the share of the record, and all against the best naive forecast."""
    if answers.horizon != HORIZON:
        return []
    found = chances_of(answers)
    every = line(found, tuple(EVENTS.values()), WHY)
    return [every, *(_clock(found, threat) for threat in THREATS)]


def _clock(found: Chances, threat: str) -> Line:
    """Right if what happened was likelier here than by the share of the record."""
    own = found.at(threat)
    ours, plain = (sum(f.log_score(name) for f in own) for name in (OURS, BASE))
    hit = [f.name for f in own if f.hit]
    day = words.day(own[0].day)
    told = f"hit on {words.listing(hit)}" if hit else "nobody was hit"
    cases = sorted(own, key=lambda each: -each.chance)
    said = words.listing([f"{words.chance(f.chance)} for {f.name}" for f in cases])
    return Line(
        f"chances of being hit on {day}",
        (EVENTS[threat],),
        HORIZON,
        f"{THREATS[threat]}: the clock of {day}, {told}",
        f"chance of being hit just before, against {words.chance(naive(BASE))} by the record alone",
        said,
        "right" if ours >= plain else "miss",
        "" if ours >= plain else ORDERED if threat == ORDER else WHY,
    )


def section(answers: Sequence[Answers]) -> str:
    """The scores as a part of differences.md; nothing without the first year."""
    own = [each for each in answers if each.horizon == HORIZON]
    return "\n".join(_section(chances_of(own[0]))) + "\n" if own else ""


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
        *scores_table([found], "the three clocks"),
        "",
        "One history: a clock is one event for all its targets, by the naive forecasts too. Each",
        "case, worst first; *money*: what hitting it brings the United States; *record*: the log",
        "score of the share of the record times one half.",
        "",
        *CASES,
        *(case(each, THREATS[each.row["threat"]]) for each in found.forecasts),
    ]
