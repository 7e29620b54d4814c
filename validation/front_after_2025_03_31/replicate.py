"""Fit to months up to 31 March 2025, project, score on what came after.

`python -m validation.front_after_2025_03_31` prints the table of differences.md.
The rows of `published.csv` are the score as written down in differences.md: they fail if the
shipped table or the method changes without a word.
"""

from __future__ import annotations

import numpy as np

from threatpoint import words
from threatpoint.front import data as front_data
from threatpoint.front import projection
from threatpoint.front.front import CUTOFF, drift
from validation.check import Check, compare, published
from validation.scored import ANY, Line


def checks() -> list[Check]:
    """The score of the projection, and one month's gain against its producer's own figure."""
    score = projection.score(front_data.control(), CUTOFF)
    values = {
        "observations": float(score.observations),
        "coverage": score.coverage,
        "bias": score.bias,
        "last error": score.last_error,
        "drift fitted": score.monthly_fitted,
        "drift in the record": score.monthly_record,
    }
    computed = {("projection", name): value for name, value in values.items()}
    computed["gain", "2025-03"] = drift("2025-03").computed
    return compare(published(__file__), computed)


def lines() -> list[Line]:
    """The score in words.

    Right if the band holds at least as much of the record as it should, and the last day.
    """
    record = front_data.control()
    score, (*_, last) = projection.score(record, CUTOFF), table()
    wanted = projection.project(record, CUTOFF, (record.dates[-1],)).level
    _, area, central, low, high, inside = last
    slower = (
        f"the line moved {words.area(score.monthly_record)} a month since, against "
        f"{words.number(score.monthly_fitted)} before; a constant drift cannot know it"
    )
    return [
        Line(
            "the front over the months",
            (),
            ANY,
            f"{score.inside} of {score.observations} observations of the front lie in the band "
            "drawn in advance",
            "share that should",
            words.share(wanted),
            "right" if score.coverage >= wanted else "miss",
            "the observations are levels of one path, so this is one test rather than many",
        ),
        Line(
            "the front on its last day",
            (),
            ANY,
            f"{words.area(area)} held on {words.day(record.dates[-1])}",
            f"projected, with the {words.share(wanted)} band",
            f"{words.area(central)} ({words.area(low, high)})",
            "right" if inside else "miss",
            slower,
        ),
    ]


def table() -> list[tuple[str, float, float, float, float, bool]]:
    """Day, recorded, projected, low, high (km2), inside."""
    record = front_data.control()
    days = tuple(day for day in record.dates if day > CUTOFF)
    area = record.total[-len(days) :]
    made = projection.project(record, CUTOFF, days)
    inside = (area >= made.low) & (area <= made.high)
    columns = np.array([area, made.central, made.low, made.high]).T
    return [
        (str(day), *map(float, row), bool(hit))
        for day, row, hit in zip(days, columns, inside, strict=True)
    ]
