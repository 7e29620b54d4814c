"""What was expected of the front on 31 March 2025 against what came after.

`python -m validation.front_after_2025_03_31` prints the tables of differences.md.
The rows of `published.csv` are the scores as written down in differences.md: they fail if the
shipped tables or the method change without a word.
"""

from __future__ import annotations

import numpy as np

from threatpoint import words
from threatpoint.front import data as front_data
from threatpoint.front import projection
from threatpoint.front.front import drift
from threatpoint.spread import Spread
from validation.check import Check, compare, published
from validation.front_after_2025_03_31 import increments
from validation.front_after_2025_03_31.increments import CUTOFF, OURS, Score
from validation.scored import ANY, Line, Verdict

MEASURE = "mean distance of the range from what came (CRPS), km² a month, 0 is best"
OPEN = "the record lay open when the priors were chosen, so a good score is no proof"
SEASON = "a few months only: gains rose as in the summer before, and the paths know no season"


def checks() -> list[Check]:
    """The scores as written down, and one month's gain against its producer's own figure."""
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
    for seen, found in (("record", _by_record()), ("AFP", _by_afp())):
        for name, each in found.items():
            computed[f"log score, {seen}", name] = each.log_score
            computed[f"crps, {seen}", name] = each.crps
    spread = ground()
    ends = {"median": spread.median, "low": spread.low, "high": spread.high}
    computed |= {("ground of the paths", name): value for name, value in ends.items()}
    return compare(published(__file__), computed)


def _by_record() -> dict[str, Score]:
    return increments.scores(increments.recorded())


def _by_afp() -> dict[str, Score]:
    return increments.scores(increments.by_afp())


def ground() -> Spread:
    """Ground gained in the months scored, as the paths had it, km2."""
    return increments.paths().shown(len(increments.recorded()))


def lines() -> list[Line]:
    """The scores in words."""
    record, afp = _by_record(), _by_afp()
    return [
        _by_month("the front month by month", record, OPEN),
        _by_month("the front month by month, by the count the paths start from", afp, SEASON),
        _over_all(),
    ]


def _by_month(part: str, found: dict[str, Score], reason: str) -> Line:
    """Right if no naive forecast has a smaller CRPS."""
    ours = found[OURS]
    nearest = sorted(found, key=lambda name: found[name].crps)
    said = [f"{words.number(found[name].crps)} by {name}" for name in nearest]
    verdict: Verdict = "right" if nearest[0] == OURS else "miss"
    inside = f"{ours.inside} of {ours.months} monthly gains lie in the range of this model"
    return Line(part, (), ANY, inside, MEASURE, words.listing(said), verdict, reason)


def _over_all() -> Line:
    """Right if the ground gained lies in its range."""
    seen, spread = increments.recorded(), ground()
    gained, constant = sum(seen.values()), projection.fit(front_data.control(), CUTOFF).mean
    first, last = f"{min(seen):%Y-%m}", f"{max(seen):%Y-%m}"
    advancing = sum(gain > 0 for gain in seen.values())
    return Line(
        "the front over all months",
        (),
        ANY,
        f"{words.hundreds(gained)}{words.SPACE}km² gained, "
        f"{words.months((first, last))}, in {advancing} of {len(seen)} months",
        "expected, with 90 of 100 paths",
        f"{words.hundreds(spread.median)}{words.SPACE}km² "
        f"({words.hundreds(spread.low, spread.high)})",
        "right" if spread.low <= gained <= spread.high else "miss",
        f"{OPEN}; a constant drift expected {words.rounded_in(constant * len(seen), 'km2')}",
    )


def table() -> list[tuple[str, float, float, float, float, bool]]:
    """Day, recorded, projected by a constant drift, low, high (km2), inside."""
    record = front_data.control()
    days = tuple(day for day in record.dates if day > CUTOFF)
    area = record.total[-len(days) :]
    made = projection.project(record, CUTOFF, days)
    inside = (area >= made.low) & (area <= made.high)
    columns = np.array([area, made.central, made.low, made.high]).T
    return [
        (str(day), float(seen), float(middle), float(low), float(high), bool(hit))
        for day, (seen, middle, low, high), hit in zip(days, columns, inside, strict=True)
    ]


def months() -> list[tuple[str, float, float, float, float, float]]:
    """Month, gain recorded, then low, median and high of the paths and the constant's, km2."""
    paths, mean = increments.paths(), projection.fit(front_data.control(), CUTOFF).mean
    rows = []
    for n, (month, gain) in enumerate(increments.recorded().items()):
        s = Spread(paths.gains[:, n])
        rows.append((f"{month:%Y-%m}", gain, s.low, s.median, s.high, mean))
    return rows
