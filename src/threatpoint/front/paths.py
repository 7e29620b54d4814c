"""The gains of the next months in every draw, by one of two models of how a front moves.

The first model is an autoregression of the logs: gains return slowly to a norm. The second has two
speeds and a chance to change between them (Hamilton 1989, Econometrica 57, pp. 357-384, without
noise inside a regime). Neither knows a month of loss. Both start from what was known on the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from threatpoint.array_types import Array, Mask
from threatpoint.errors import TalksError
from threatpoint.front import data as front_data
from threatpoint.front.data import Control, next_month
from threatpoint.front.gains import YEAR, Known, known_on
from threatpoint.front.path_inputs import MAP_NOISE, MONTHS, month_key
from threatpoint.laws import normal
from threatpoint.spread import Spread
from threatpoint.views import Shown

HALF = 0.5
"""Draws of the input "front_model" below it are of the first model."""


@dataclass(frozen=True, eq=False)
class Paths(Shown):
    """Gains of the months after a day, in every draw.

    Attributes:
        known: what was known on the day, and where the paths start.
        months: first days of the N months ahead.
        gains: (K, N) km2 a month, on the ground, all of the defender's country.
        noise: (K,) km2, how far a reading of the map is from the ground.
        start: km2 held on the last observation by the day.
        room: km2 that were not held then: no path gains more.
    """

    known: Known
    months: tuple[date, ...]
    gains: Array
    noise: Array
    start: float
    room: float

    def ground(self, months: int) -> Array:
        """Ground gained after so many months, km2: (K,).

        Raises:
            TalksError: not a number of months of the paths.
        """
        if not 1 <= months <= len(self.months):
            raise TalksError(
                f"front: {months} months ahead; the paths have 1 to {len(self.months)}"
            )
        return self.gains[:, :months].sum(axis=1)

    def shown(self, months: int) -> Spread:
        """The same as a map would show it, with the noise of its reading."""
        seen = np.clip(self.ground(months) + self.noise, -self.start, self.room)
        return Spread(seen, unit="km2")

    @property
    def mean_of_year(self) -> Array:
        """Mean of the next twelve months, km2 a month: (K,)."""
        return self.ground(YEAR) / YEAR

    @property
    def held(self) -> Array:
        """Area held after every month, km2: (K, N)."""
        return self.start + np.cumsum(self.gains, axis=1)


def solve_paths(
    values: Mapping[str, Array], day: date, record: Control | None = None
) -> Paths:  # fmt: skip
    """The paths from a day on.

    Args:
        values: input key -> (K,), of `path_inputs.inputs`.
        day: of the situation; nothing later is looked at.
        record: of control; the shipped one by default.

    Raises:
        TalksError: too little was known on the day.
    """
    data = front_data.control() if record is None else record
    known = known_on(day, data)
    chances = np.stack([values[month_key(n)] for n in range(1, MONTHS + 1)], axis=1)
    first = (values["front_model"] < HALF)[:, None]
    gains = np.where(first, returning(values, chances, known), two_speeds(values, chances, known))
    start = float(data.until(day).total[-1])
    room = sum(oblast.official_area for oblast in front_data.oblasts()) - start
    noise = MAP_NOISE * values["front_map"]
    return Paths(known, _ahead(day), _within(gains, room), noise, start, room)


def with_support(paths: Paths, factor: Array) -> Paths:
    """The paths with the gains of every month times a factor, e.g. of a change of support.

    Args:
        paths: of K draws and N months.
        factor: (K, N), (K, 1) or (N,), 0 or more.

    Raises:
        TalksError: a factor is negative or not finite.
    """
    if not np.isfinite(factor).all() or (factor < 0).any():
        raise TalksError("front: a factor of the gains is a finite number, 0 or more")
    return replace(paths, gains=_within(paths.gains * factor, paths.room))


def returning(values: Mapping[str, Array], chances: Array, known: Known) -> Array:
    """(K, N) km2 a month of the first model: a stationary autoregression of the logs.

    It starts at the geometric mean of the last year's and the last quarter's mean, in the last
    month known; months between that one and the first ahead are stepped over.
    """
    norm, deviation = values["front_norm"], values["front_log_sd"]
    kept = values["front_persistence"]
    level = np.log(start_level(known) / norm)
    found, step = np.empty(chances.shape), kept ** (1 + known.skipped)
    for n, shock in enumerate(normal(chances).T):
        level = step * level + deviation * np.sqrt(1.0 - step**2) * shock
        found[:, n], step = norm * np.exp(level), kept
    return found


def two_speeds(values: Mapping[str, Array], chances: Array, known: Known) -> Array:
    """(K, N) km2 a month of the second model: a high chance means a fast month.

    The speed of the last quarter known is the nearer of the two in logs.
    """
    slow, fast_speed = values["front_slow"], values["front_fast"]
    was_fast = max(known.quarter, 1.0) ** 2 > slow * fast_speed
    likely = np.where(was_fast, values["front_start"], 1.0 - values["front_start"])
    stay = values["front_stay"]
    found = np.empty(chances.shape)
    for n, chance in enumerate(chances.T):
        fast: Mask = chance > 1.0 - likely
        found[:, n] = np.where(fast, fast_speed, slow)
        likely = np.where(fast, stay, 1.0 - stay)
    return found


def start_level(known: Known) -> float:
    """Where the first model starts, km2 a month; at least one, for it is a model of logs."""
    return float(np.sqrt(max(known.year, 1.0) * max(known.quarter, 1.0)))


def _within(gains: Array, room: float) -> Array:
    """Gains that end where nothing is left to gain."""
    total = np.minimum(np.cumsum(gains, axis=1), room)
    return np.diff(total, axis=1, prepend=0.0)


def _ahead(day: date) -> tuple[date, ...]:
    """First days of the months after a day."""
    found = [next_month(day)]
    while len(found) < MONTHS:
        found.append(next_month(found[-1]))
    return tuple(found)
