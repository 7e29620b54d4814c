"""Numbers that were forecast and came: front and support, CRPS against naive forecasts.

Brent and the purchases of single buyers are not here: the chain says what an act does to them,
against a year without it, and no act of it was done alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from threatpoint import __version__, words
from threatpoint.analysis.forecasts import OURS, Number
from threatpoint.front import data as front_data
from threatpoint.front import projection
from threatpoint.spread import Spread
from validation.front_after_2025_03_31 import increments
from validation.scored import SITUATION
from validation.support_after_2025_03_31 import replicate as support
from validation.support_after_2025_03_31.replicate import crps

YEAR = 12
STILL = "no ground changes hands"


def numbers() -> list[Number]:
    """Every number of the built-in situation of 31 March 2025."""
    return [*_by_month(), *_over_a_year(), *_support()]


def _all(what: str, said: str, came: str, unit: str, scores: Mapping[str, float]) -> list[Number]:
    about = SITUATION, what, said, came, unit
    return [Number(*about, name, round(value, 4), __version__) for name, value in scores.items()]


def _by_month() -> list[Number]:
    """The front, month by month."""
    seen = increments.recorded()
    scores = {name: each.crps for name, each in increments.scores(seen).items()}
    ours = increments.scores(seen)[OURS]
    months = words.months((f"{min(seen):%Y-%m}", f"{max(seen):%Y-%m}"))
    return _all(
        f"ground gained in a month, {months}",
        "a range for each month",
        f"{ours.inside} of {ours.months} months in their range",
        "km2 a month",
        _first(scores),
    )


def _first(scores: Mapping[str, float]) -> dict[str, float]:
    return {OURS: scores[OURS], **scores}


def _over_a_year() -> list[Number]:
    """The front, twelve months together."""
    gains = list(increments.recorded().values())[:YEAR]
    seen, ours = float(sum(gains)), increments.paths().shown(YEAR)
    return _all(
        "ground gained in twelve months",
        f"{words.hundreds(ours.median)}{words.SPACE}km² ({words.hundreds(ours.low, ours.high)})",
        f"{words.hundreds(seen)}{words.SPACE}km²",
        "km2",
        {OURS: crps(ours.values, seen), **dict(_naive_ground(seen))},
    )


def _naive_ground(seen: float) -> Iterator[tuple[str, float]]:
    """A constant drift, a random walk of monthly gains, and no movement.

    The sum of n steps of a random walk has the variance of one step times n (n + 1) (2 n + 1) / 6;
    the mean of a normal sample is known to its own error.
    """
    drift = projection.fit(front_data.control(), increments.CUTOFF)
    sample = len(drift.gains)
    change = float(np.std(np.diff(drift.gains), ddof=1))
    sd = drift.deviation * (YEAR + YEAR**2 / sample) ** 0.5
    steps = YEAR * (YEAR + 1) * (2 * YEAR + 1) / 6.0
    last = float(drift.gains[-1])
    constant = increments.Student(YEAR * drift.mean, sd, sample - 1)
    yield increments.CONSTANT, constant.crps(seen)
    yield increments.WALK, increments.Student(YEAR * last, change * steps**0.5).crps(seen)
    yield STILL, crps(np.zeros(1), seen)


def _support() -> Iterator[Number]:
    """What the others gave in place of the leaver, twelve months, with and without the loan."""
    for case in support.table()[:2]:
        counted = "the loan from Russian assets counted" if case.loan else "without that loan"
        spread: Spread = case.spread
        scores = {OURS: case.scores["announcements"]}
        scores |= {n: s for n, s in case.scores.items() if n != "announcements"}
        yield from _all(
            f"added by the other donors in twelve months, {counted}",
            f"EUR {words.number(spread.median)} bn ({words.number_span(spread.low, spread.high)})",
            f"EUR {words.number(case.seen)} bn",
            "EUR bn",
            scores,
        )
