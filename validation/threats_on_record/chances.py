"""Chances of being hit over every threat of the built-in situations, scored together.

Each situation is a story of its own, begun from the record alone: what came of one tells nothing
of another. Gamma is what hitting a target brings the sender in money in the first year, in the
world of the day of the threat, after the answer that the target announced.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache

from threatpoint import words
from threatpoint.analysis.course import solve_course
from threatpoint.analysis.dated import solve_dated
from threatpoint.policy.standing import on_day
from threatpoint.situation import Situation, built_in, load_situation
from threatpoint.strategy import base_rate_of
from threatpoint.world import load_world
from validation import happened
from validation.chances import (
    CASES,
    HORIZON,
    NAIVE,
    OURS,
    SCALES,
    Chances,
    Forecast,
    case,
    line,
    pooled,
    scores,
    scores_table,
    signed,
)
from validation.scored import Line

AFTER_PASSED = (
    "all that was hit was hit at a clock after one that had passed, and a clock that passes lowers "
    "what is believed here"
)
NOBODY = "nobody was hit, and a forecast that nobody ever is has the best of it"
KNOWN = "the priors were chosen with the events known"
FIRST = (
    "ukraine-2025-03-31",
    "border-2025-02-01",
    "brazil-2025-07-09",
    "venezuela-2025-03-24",
)
"""Those that were there when the sender's type was last changed."""


@cache
def stories() -> dict[str, Chances]:
    """Situation -> the forecasts of the story of its first threat."""
    found = {name: chances_of(load_situation(name)) for name in built_in()}
    return {name: story for name, story in found.items() if story is not None}


def chances_of(situation: Situation) -> Chances | None:
    """As the package computes them; None where nobody made a threat."""
    economy = on_day(load_world(), situation.date)
    dated = solve_dated(situation, economy, HORIZON, "fixed")
    found = solve_course(situation, dated)
    if found is None:
        return None
    senders = next(each.game.question.senders for each in dated if each.game is not None)
    return Chances(found.of, found.history, base_rate_of(senders).sender)


def later(story: Chances, each: Forecast) -> bool:
    """Whether a clock of the story had passed before this one."""
    return any(not step.hit and step.date < each.day for step in story.clocks)


def line_of(story: Chances) -> Line:
    """All clocks of a story against the best naive forecast."""
    hit = [later(story, each) for each in story.forecasts if each.hit]
    why = ([AFTER_PASSED] if all(hit) else []) if hit else [NOBODY]
    return line(story, (), "; ".join([*why, KNOWN]))


def rows(situation: str) -> list[dict[str, str]]:
    """What of it ships with a situation; none with the one that has a score of its own."""
    story = stories().get(situation)
    if story is None or situation == happened.SITUATION:
        return []
    made = load_situation(situation).made
    days = {step.date for step in story.clocks}
    due = [(each.source or m.source, each) for m in made.values() for each in m.due]
    told = [name for source, each in due if each.date in days for name in source.split("; ")]
    dated = {"date": str(max(days)), "source": "; ".join(dict.fromkeys(told))}
    return [happened.row(line_of(story), dated, situation)]


def section() -> list[str]:
    """What differences.md says of it: scores of all, by whether a clock had passed, each case."""
    told = stories()
    every = list(told.values())
    return [
        "",
        "# Chances of being hit, scored",
        "",
        "The sender's type (`threatpoint.strategy.resolve`) on the record of the United States,",
        "and for other senders on that of all, at what hitting a target brings in money in the",
        "first year, in the world of the day of the threat (before 2023 in that of 2023),",
        "after the answer that the target announced. Every situation begins from the record alone.",
        "Before a clock the chance is of being hit at it, for a target that goes on. Log scores in",
        "nats, 0 is best; Brier scores, 0 is best.",
        "",
        *_few(told),
        "",
        *_best(every),
        "",
        *scores_table(every, "the clocks of a situation"),
        "",
        *_left_out(every),
        *_split(told),
        "",
        *_since(told),
        "",
        "Each case, worst first; *money*: what hitting it brings the sender; *record*: the log",
        "score of the share of the record times one half.",
        "",
        *CASES,
        *_cases(told),
    ]


def _left_out(every: Sequence[Chances]) -> list[str]:
    """Which s has no score, and why."""
    given = scores(every)
    lost = [f"USD {s:g} bn" for s in SCALES if f"{OURS}, s at USD {s:g} bn" not in given]
    if not lost:
        return []
    return [f"With s at {words.listing(lost)} some history has next to no chance: no score.", ""]


def _few(told: Mapping[str, Chances]) -> list[str]:
    """How little it rests on."""
    cases = sum(len(story.forecasts) for story in told.values())
    clocks = words.count(sum(len(story.clocks) for story in told.values()), "clock")
    years = sorted(step.date.year for story in told.values() for step in story.clocks)
    senders = {load_situation(name).sender for name in told}
    return [
        f"These are {cases} targets and days at {clocks} in {words.count(len(told), 'situation')}",
        f"of {words.count(len(senders), 'sender')} from {years[0]} to {years[-1]}, and targets at",
        "one clock share their fate: too few to tell the forecasts apart. The threats were chosen",
        "with the record known, and so were the priors on s, h, the years and the correlation:",
        "this is no forecast made in advance. Threats that came to a head are written about more.",
    ]


def _best(every: Sequence[Chances]) -> list[str]:
    """The model against the best naive forecast, and against any constant in hindsight."""
    rows, each = scores(every), pooled(every)
    best = max(NAIVE, key=lambda name: rows[name][0])
    verb = "beats" if rows[OURS][0] > rows[best][0] else "does not beat"
    hit = sum(f.hit for f in each)
    p = hit / len(each)
    most = math.fsum(math.log(p if f.hit else 1.0 - p) for f in each)
    return [
        f"**The model {verb} the best naive forecast, {best}**",
        f"({signed(rows[OURS][0])} against {signed(rows[best][0])}).",
        f"One chance for all cases scores {signed(most)} at best, that of {hit} in {len(each)},",
        "known only afterwards.",
    ]


def _split(told: Mapping[str, Chances]) -> list[str]:
    """Log scores before and after a clock of the story had passed."""
    pairs = [(later(story, each), each) for story in told.values() for each in story.forecasts]
    return [
        "Log scores before and after a clock of the situation had passed; a clock that passes",
        "lowers what the model believes:",
        "",
        *_head("clocks before"),
        *(
            _part(name, [each for passed, each in pairs if passed is which])
            for name, which in (("none had passed", False), ("one or more had passed", True))
        ),
    ]


def _since(told: Mapping[str, Chances]) -> list[str]:
    """Log scores of the situations that were there when the model was last changed, and others."""
    pairs = [(name in FIRST, each) for name, story in told.items() for each in story.forecasts]
    return [
        "The situations that were there when the sender's type was last changed, and those written",
        "since: for these no part of it was chosen with their score in sight:",
        "",
        *_head("situations"),
        *(
            _part(name, [each for first, each in pairs if first is which])
            for name, which in (("there before", True), ("written since", False))
        ),
    ]


def _head(first: str) -> list[str]:
    head = (first, "cases", "hit", OURS, *NAIVE)
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]


def _part(name: str, each: Sequence[Forecast]) -> str:
    sums = [math.fsum(f.log_score(of) for f in each) for of in (OURS, *NAIVE)]
    cells = (name, str(len(each)), str(sum(f.hit for f in each)), *map(signed, sums))
    return f"| {' | '.join(cells)} |"


def _cases(told: Mapping[str, Chances]) -> list[str]:
    found = [(name, each) for name, story in told.items() for each in story.forecasts]
    found.sort(key=lambda pair: pair[1].log_score())
    return [case(each, f"{name}, {each.row['threat']}") for name, each in found]
