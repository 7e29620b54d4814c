"""Where the front would be if the drift of the past went on: a random walk with drift, scored.

The monthly gains up to a cut-off day are taken as independent draws with one mean and one variance.
Both are estimated, so the band is the prediction interval of a normal sample (Student's t; Hahn &
Meeker 1991, Statistical Intervals, for the one-sample case). It knows nothing of the seasons, of
support or of talks. Months after the cut-off are never used to fit it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import NormalDist

import numpy as np

from threatpoint.array_types import Array
from threatpoint.errors import TalksError
from threatpoint.front.data import Control, next_month

DAYS = 365.25 / 12.0
"""Days in a mean month."""
LEAST_MONTHS = 3


@dataclass(frozen=True)
class Drift:
    """Monthly gains and what was fitted to them.

    Attributes:
        months: first days of the months used.
        gains: km2 per month, one per month.
        mean: mu, km2 per month.
        deviation: sample standard deviation, km2 per month.
    """

    months: tuple[date, ...]
    gains: Array
    mean: float
    deviation: float


@dataclass(frozen=True)
class Projection:
    """Area held after the cut-off.

    Attributes:
        start, start_area: last observation up to the cut-off, its area in km2.
        dates: days projected to.
        central, low, high: km2; the band holds `level` of the draws if the assumptions hold.
        level: e.g. 0.9.
    """

    start: date
    start_area: float
    dates: tuple[date, ...]
    central: Array
    low: Array
    high: Array
    level: float


@dataclass(frozen=True)
class Score:
    """The record against the band.

    Attributes:
        observations: how many days of the record.
        coverage: share of them inside the band.
        bias: mean of projected minus recorded area, km2.
        last_error: the same on the last day, km2.
        monthly_fitted, monthly_record: mean gain per month fitted, and in the record, km2.
    """

    observations: int
    coverage: float
    bias: float
    last_error: float
    monthly_fitted: float
    monthly_record: float

    @property
    def inside(self) -> int:
        """Observations inside the band."""
        return round(self.coverage * self.observations)


def monthly_gains(record: Control) -> tuple[tuple[date, ...], Array]:
    """Gain in every whole month of the record, km2: (months), (M,).

    Area on the first of a month is interpolated in a straight line between observations.
    """
    days = np.array([day.toordinal() for day in record.dates], dtype=float)
    first = record.dates[0]
    start = first if first.day == 1 else next_month(first)
    months = [start]
    while (after := next_month(months[-1])) <= record.dates[-1]:
        months.append(after)
    if len(months) < 2:
        return (), np.empty(0)
    area = np.interp([float(m.toordinal()) for m in months], days, record.total)
    return tuple(months[:-1]), np.diff(area)


def fit(record: Control, cutoff: date) -> Drift:
    """Mean and deviation of the gains of the whole months observed by `cutoff`.

    Raises:
        TalksError: fewer than 3 months.
    """
    months, gains = monthly_gains(record.until(cutoff))
    if len(gains) < LEAST_MONTHS:
        raise TalksError(
            f"front: {len(gains)} whole months of data up to {cutoff}; a drift with a band needs "
            f"{LEAST_MONTHS} or more: take a later cut-off"
        )
    return Drift(months, gains, float(gains.mean()), float(gains.std(ddof=1)))


def student_quantile(p: float, degrees: int) -> float:
    """Quantile of Student's t by expansion about the normal (Abramowitz & Stegun 1964, 26.7.5).

    The error is below 0.01 from 4 degrees of freedom for p up to 0.95, and 2 is exact. A
    single degree does not occur: a fit takes `LEAST_MONTHS`.
    """
    if degrees == 2:
        return (2 * p - 1) * (2 / (4 * p * (1 - p))) ** 0.5
    x = NormalDist().inv_cdf(p)
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
    )
    return x + sum(term / degrees ** (k + 1) for k, term in enumerate(terms))


def project(
    record: Control, cutoff: date, dates: tuple[date, ...], level: float = 0.9
) -> Projection:
    """Area x + mu h with band t s sqrt(h + h^2/n), h months after the last observation.

    h: variance of the walk; h^2/n: the mean is itself estimated from n months.

    Raises:
        TalksError: level outside (0, 1), a day before the last observation, too few months.
    """
    if not 0 < level < 1:
        raise TalksError(f"front: level of the band is {level}; give a share such as 0.9")
    drift, known = fit(record, cutoff), record.until(cutoff)
    ahead = np.array([(day - known.dates[-1]).days for day in dates]) / DAYS
    if (ahead < 0).any():
        raise TalksError(f"front: project to days after the last observation, {known.dates[-1]}")
    n, start = len(drift.gains), float(known.total[-1])
    wide = student_quantile((1 + level) / 2, n - 1) * drift.deviation
    band = wide * np.sqrt(ahead + ahead**2 / n)
    central = start + drift.mean * ahead
    return Projection(
        known.dates[-1], start, dates, central, np.maximum(central - band, 0), central + band, level
    )


def score(record: Control, cutoff: date, level: float = 0.9) -> Score:
    """The projection made at `cutoff` against the observations after it.

    Raises:
        TalksError: there are none.
    """
    later = [k for k, day in enumerate(record.dates) if day > cutoff]
    if not later:
        raise TalksError(f"front: no observation after {cutoff}; nothing to score")
    dates, area = tuple(record.dates[k] for k in later), record.total[later]
    made = project(record, cutoff, dates, level)
    error = made.central - area
    months = (dates[-1] - made.start).days / DAYS
    return Score(
        len(dates),
        float(((area >= made.low) & (area <= made.high)).mean()),
        float(error.mean()),
        float(error[-1]),
        fit(record, cutoff).mean,
        float((area[-1] - made.start_area) / months),
    )
