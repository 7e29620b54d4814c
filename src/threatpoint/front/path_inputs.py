"""Inputs of the paths of the front: two models of the gains by month, and the months themselves."""

from __future__ import annotations

from functools import cache

from threatpoint.drawn_input import CHOSEN, NORMAL, Input, standard_normal
from threatpoint.quantity import Quantity

MONTHS = 18
"""Months ahead."""
GROUP = "how the front moves month by month"
"""Of the months: one input of 18 numbers."""
SPEEDS = "how fast the front moves at length"
"""Of the norm, the two speeds and how long they last."""
KM2 = "km2/month"
MAP_NOISE = 60.0
"""km2: two counts of one month by the same map differ by so much (one standard deviation)."""
_PRIOR = "prior of this project"
_SEEN = "the 26 months published by March 2025"


@cache
def inputs() -> tuple[Input, ...]:
    """All inputs of `paths.solve_paths`: the laws of both models, then the months.

    Returns:
        Keys begin with "front_"; months are numbered from the first one after the date.
    """
    return (
        _of("model", "which model: below a half a slow return to a norm, else two speeds",
            (0.5, 0.0, 1.0), "uniform", "neither is known to be better: half the weight each"),
        _of("norm", "gain a month to which the first model returns, median of its months",
            (200.0, 133.0, 300.0), "lognormal", f"the mean of {_SEEN} is 208", KM2),
        _of("log_sd", "log standard deviation of the first model's months around the norm",
            (0.85, 0.65, 1.05), "uniform", f"1.0 in {_SEEN}, 0.2 in the last seven"),
        _of("persistence", "part of a deviation in logs that is left a month later",
            (0.775, 0.6, 0.95), "uniform", "no estimate: seven single months were published"),
        _of("slow", "gain a month at the slow speed of the second model",
            (75.0, 47.0, 120.0), "lognormal", "49 a month in 2023, 179 to July 2024", KM2),
        _of("fast", "gain a month at the fast speed of the second model",
            (440.0, 326.0, 594.0), "lognormal", "389 to 725, August 2024 to February 2025", KM2),
        _of("stay", "chance that a month has the speed of the month before",
            (0.93, 0.9, 0.96), "uniform", "a speed lasts 10 to 25 months"),
        _of("start", "chance that the first month ahead has the speed of the last quarter",
            (0.7, 0.5, 0.9), "uniform", "below that of staying: the last months known were slower"),
        Input("front_map", f"reading of the map against the ground, in units of {MAP_NOISE:g} km2",
              NORMAL, _PRIOR, standard_normal, known=CHOSEN, group="reading of the map"),
        *(_month(number) for number in range(1, MONTHS + 1)),
    )  # fmt: skip


def month_key(number: int) -> str:
    """Key of a month ahead, from 1 on."""
    return f"front_month_{number:02d}"


def _of(
    name: str, meaning: str, numbers: tuple[float, float, float], law: str, why: str,
    unit: str = "1",
) -> Input:  # fmt: skip
    source = f"{_PRIOR}: {why}"
    given = Quantity(*numbers, unit, source=source, page="no page: a choice", prior=True)
    group = "which model of the front" if name == "model" else SPEEDS
    return Input.of(f"front_{name}", meaning, given, law, CHOSEN, group)


def _month(number: int) -> Input:
    meaning = f"chance that month {number} ahead is slower than it is"
    return Input(month_key(number), meaning, "uniform, 0 to 1", "by construction", lambda at: at,
                 known=CHOSEN, group=GROUP)  # fmt: skip
