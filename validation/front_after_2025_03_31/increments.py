"""Gains by month after the cut-off scored: the paths against a random walk and a constant.

Only months are scored, never the area held: areas of neighbouring days are one path. The log score
is the log of the density at the month, per km2; CRPS is in km2 (Gneiting & Raftery 2007, JASA 102,
pp. 359-378). Everything but the months scored was known on the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Protocol

import numpy as np
from scipy import special, stats

from threatpoint.analysis.ensemble.draws import uniforms
from threatpoint.array_types import Array
from threatpoint.front import data as front_data
from threatpoint.front import projection
from threatpoint.front.gains import published
from threatpoint.front.path_inputs import MAP_NOISE, inputs
from threatpoint.front.paths import Paths, solve_paths

CUTOFF = date(2025, 3, 31)
"""Last day of what any forecast knows."""
DRAWS, SEED = 1024, 20250331
OURS, WALK, CONSTANT = "this model", "a random walk", "a constant"


class Forecast(Protocol):
    """A predictive law of one month."""

    def log_density(self, seen: float) -> float:
        """At what was seen, nats per km2."""
        ...

    def below(self, seen: float) -> float:
        """Probability of less."""
        ...

    def crps(self, seen: float) -> float:
        """Continuous ranked probability score, km2; 0 is best."""
        ...


@dataclass(frozen=True)
class Mixture:
    """Draws, each with the same normal error around it.

    Attributes:
        centres: (K,) km2.
        sd: km2.
    """

    centres: Array
    sd: float

    def log_density(self, seen: float) -> float:
        """Log of the mean of the densities."""
        return float(np.log(stats.norm.pdf(seen, self.centres, self.sd).mean()))

    def below(self, seen: float) -> float:
        """Mean of the probabilities."""
        return float(stats.norm.cdf(seen, self.centres, self.sd).mean())

    def crps(self, seen: float) -> float:
        """Of a mixture of normals (Grimit et al. 2006, QJRMS 132, pp. 2925-2942, eq. 5)."""
        apart = self.centres[:, None] - self.centres
        own = _mean_distance(apart, 2.0**0.5 * self.sd).mean()
        return float(_mean_distance(seen - self.centres, self.sd).mean() - own / 2.0)


@dataclass(frozen=True)
class Student:
    """Student's t of `degrees`, moved and scaled; a normal law with infinitely many.

    Attributes:
        middle, scale: km2.
        degrees: above 1.
    """

    middle: float
    scale: float
    degrees: float = np.inf

    def log_density(self, seen: float) -> float:
        """Of the law."""
        return float(stats.t.logpdf(seen, self.degrees, self.middle, self.scale))

    def below(self, seen: float) -> float:
        """Of the law."""
        return float(stats.t.cdf(seen, self.degrees, self.middle, self.scale))

    def crps(self, seen: float) -> float:
        """Closed form (Jordan, Krueger & Lerch 2019, J. Stat. Software 90(12), appendix A)."""
        n, z = self.degrees, (seen - self.middle) / self.scale
        if np.isinf(n):
            return Mixture(np.array([self.middle]), self.scale).crps(seen)
        middle = z * (2.0 * stats.t.cdf(z, n) - 1.0)
        tail = 2.0 * stats.t.pdf(z, n) * (n + z * z) / (n - 1.0)
        beta = special.beta(0.5, n - 0.5) / special.beta(0.5, n / 2.0) ** 2
        return float(self.scale * (middle + tail - 2.0 * n**0.5 / (n - 1.0) * beta))


def _mean_distance(apart: Array, sd: float) -> Array:
    """E|apart + sd Z| of a standard normal Z."""
    z = apart / sd
    return sd * (2.0 * stats.norm.pdf(z) + z * (2.0 * stats.norm.cdf(z) - 1.0))


@dataclass(frozen=True)
class Score:
    """A forecast over the months.

    Attributes:
        log_score: mean a month, nats per km2; more is better.
        crps: mean a month, km2; less is better.
        inside: months within 5 to 95 % of the forecast.
        months: scored.
    """

    log_score: float
    crps: float
    inside: int
    months: int


@cache
def paths() -> Paths:
    """The paths as they were on the cut-off."""
    points = uniforms(SEED, len(inputs()), 0, DRAWS)
    return solve_paths({i.key: i.quantile(points[:, d]) for d, i in enumerate(inputs())}, CUTOFF)


def recorded() -> dict[date, float]:
    """Month after the cut-off -> gain in the shipped record, km2; as far as the paths go."""
    by_month = dict(zip(*projection.monthly_gains(front_data.control()), strict=True))
    return {month: float(by_month[month]) for month in paths().months if month in by_month}


def by_afp() -> dict[date, float]:
    """The same by the source the paths start from, where it was published by the month."""
    known = {front_data.require_month(gain.first): gain.value for gain in published()}
    return {month: known[month] for month in paths().months if month in known}


def forecasts(months: Sequence[date]) -> dict[str, list[Forecast]]:
    """Forecast -> its law of each month.

    The naive ones know the whole months of the record that were observed by the cut-off, which is
    the source that is scored: the best case for them.
    """
    drift = projection.fit(front_data.control(), CUTOFF)
    n, steps = len(drift.gains), _steps(months, drift.months[-1])
    change = float(np.std(np.diff(drift.gains), ddof=1))
    wide = drift.deviation * (1.0 + 1.0 / n) ** 0.5
    ahead = {month: k for k, month in enumerate(paths().months)}
    return {
        OURS: [Mixture(paths().gains[:, ahead[month]], MAP_NOISE) for month in months],
        WALK: [Student(float(drift.gains[-1]), change * step**0.5) for step in steps],
        CONSTANT: [Student(drift.mean, wide, n - 1) for _ in months],
    }


def _steps(months: Sequence[date], last: date) -> list[int]:
    """Months from the last one known to each."""
    return [12 * (m.year - last.year) + m.month - last.month for m in months]


def scores(seen: dict[date, float]) -> dict[str, Score]:
    """Forecast -> its score over months, best log score first."""
    found = {name: _score(laws, seen) for name, laws in forecasts(list(seen)).items()}
    return dict(sorted(found.items(), key=lambda item: -item[1].log_score))


def _score(laws: Sequence[Forecast], seen: dict[date, float]) -> Score:
    both = list(zip(laws, seen.values(), strict=True))
    return Score(
        float(np.mean([law.log_density(value) for law, value in both])),
        float(np.mean([law.crps(value) for law, value in both])),
        sum(0.05 <= law.below(value) <= 0.95 for law, value in both),
        len(both),
    )
