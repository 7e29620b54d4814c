"""The inputs that are drawn: each with its distribution on a uniform, its unit and its source.

A later room adds its own by an entry in `inputs_of` and by reading its value where it is used.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.analysis.ensemble.inputs_crude import crude_inputs, held_by_market
from threatpoint.drawn_input import CHOSEN, NORMAL, Input, standard_normal
from threatpoint.words import HORIZONS
from threatpoint.world.elasticities import BY_SECTOR, SUBSTITUTION
from threatpoint.world.horizons import HOMOGENEOUS
from threatpoint.world.parameters import Parameter, parameter, parameters, scoped

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.world.economy import Economy

SECTOR_SD, SECTOR_CORRELATION = 0.25, 0.5
"""Of log theta around its set: standard deviation, and correlation between sectors. A prior."""
SHORT_SD, SHORT_CORRELATION = 0.32, 0.7
"""Of log theta in the first year: standard deviation, and correlation with the long factor."""
LEVEL = ("theta_published", "long", "goods")
"""Row of the registry with the level of theta that Boehm et al. (2023) find after years."""
PRIOR = "prior: spread around the set of elasticities"
RANGE = (
    "the value is the median; half of the draws lie evenly in logs between low end and value, half "
    "between value and high end"
)


def inputs_of(economy: Economy, horizon: str, market: bool = False) -> tuple[Input, ...]:
    """What is drawn for an economy and a set; the order decides which draws an input gets.

    With `market`, the numbers of its crude market too, in place of the supply elasticity of the
    sector that holds crude, which its price then no longer follows.

    For the horizons of the registry of parameters the keys do not depend on the horizon, so that
    draw k means the same at all of them. For every other set (a table of one's own, the end of a
    range) theta is spread around the set, and all else stays.
    """
    shared = _spread(economy)
    crude = crude_inputs(economy, horizon) if market else ()
    if not from_registry(economy, horizon):
        return (*shared, *crude)
    taken = f"supply_{held_by_market(economy)}" if market else ""
    ranges = (*_ranges(horizon), *_supply(economy, horizon), *_by_sector(economy, horizon))
    ranges = tuple(one for one in ranges if one.key != taken)
    return (*_sets(), *shared, _short(horizon), *ranges, *crude)


def from_registry(economy: Economy, horizon: str) -> bool:
    """Whether the registry of parameters has the ranges of this economy's set."""
    rows = {row.scope: row.value for row in parameters() if (row.name, row.horizon) == LONG}
    own = economy.elasticities.get("long")
    if horizon not in HORIZONS or own is None or not set(economy.sectors) <= rows.keys():
        return False
    published = [rows[code] for code in economy.sectors]
    return bool(np.allclose(own.theta, published, rtol=ROUNDED))


LONG = ("theta", "long")
ROUNDED = 1e-3
"""Rows of the registry are rounded; the table that ships is not."""


def split_log(row: Parameter) -> Callable[[Array], Array]:
    """The quantile of a number that has a value and a range but no published distribution."""
    low, value, high = np.log([row.low, row.value, row.high])

    def quantile(uniform: Array) -> Array:
        below = low + 2.0 * uniform * (value - low)
        above = value + (2.0 * uniform - 1.0) * (high - value)
        return np.clip(np.exp(np.where(uniform < 0.5, below, above)), row.low, row.high)

    return quantile


def _sets() -> tuple[Input, ...]:
    """Which published theta of long holds, and its level where it is one for all goods."""
    row = next(r for r in parameters() if (r.name, r.horizon, r.scope) == LEVEL)
    return (
        Input(
            "theta_set",
            "published theta of long: 0 by sector, 1 one level for all goods but "
            + ", ".join(HOMOGENEOUS),
            "0 or 1, one half each",
            f"{_source('theta', 'long', 'AGR')}; {row.source}; the weights are a prior",
            lambda u: np.where(u < 0.5, 0.0, 1.0),
            known=CHOSEN,
        ),
        Input(
            "theta_level",
            "theta of all goods at long, where theta_set is 1",
            f"uniform from {row.low:g} to {row.high:g}",
            row.source,
            lambda u: row.low + u * (row.high - row.low),
            known=row.known,
        ),
    )


def _spread(economy: Economy) -> tuple[Input, ...]:
    """What moves theta around its set: all sectors together, and each alone."""
    about = f"log theta moves with standard deviation {SECTOR_SD:g}, correlation "
    about += f"{SECTOR_CORRELATION:g} between sectors"
    names = {"common": "all sectors"} | {code: f"{code} alone" for code in economy.sectors}
    how = NORMAL, PRIOR, standard_normal
    return tuple(
        Input(f"theta_{key}", f"{name}; {about}", *how, known=CHOSEN) for key, name in names.items()
    )


def _short(horizon: str) -> Input:
    """The factor of the first year, which that of the first months goes with."""
    row, months = parameter("theta", "short"), ""
    sources = row.source
    if horizon == "abrupt":
        start = parameter("theta", horizon)
        months = f". In the {HORIZONS[horizon]} theta goes up and down with it, {start.low:g} to "
        months += f"{start.high:g}: {RANGE}; never above that of the {HORIZONS['short']}"
        sources = f"{row.source}; {start.source}"
    return Input(
        "theta_short",
        f"theta in the first year: median {row.value:g}, log standard deviation {SHORT_SD:g}, "
        f"correlation {SHORT_CORRELATION:g} with theta_common; never above theta of long{months}",
        NORMAL,
        sources,
        standard_normal,
        known=row.known,
    )


def _ranges(horizon: str) -> tuple[Input, ...]:
    """Substitution elasticities and the mobile share."""
    return tuple(_ranged(name, parameter(name, horizon)) for name in (*SUBSTITUTION, "phi"))


def _supply(economy: Economy, horizon: str) -> tuple[Input, ...]:
    """Supply elasticities of the sectors that have one of their own."""
    return tuple(
        _ranged(f"supply_{row.scope}", row)
        for row in scoped("supply_elasticity", horizon).values()
        if row.scope in economy.sectors
    )


def _by_sector(economy: Economy, horizon: str) -> tuple[Input, ...]:
    """Eta and epsilon of the sectors that have one of their own at some horizon."""
    own = dict.fromkeys((r.name, r.scope) for r in parameters() if r.name in BY_SECTOR)
    return tuple(
        _ranged(f"{name}_{code}", parameter(name, horizon, code))
        for name, code in own
        if code in economy.sectors
    )


def _ranged(key: str, row: Parameter) -> Input:
    fixed = row.low == row.high
    words = f"always {row.value:g}" if fixed else f"{row.low:g} to {row.high:g}: {RANGE}"
    return Input(key, row.convention, words, row.source, split_log(row), row.unit, row.known)


def _source(name: str, horizon: str, scope: str) -> str:
    return parameter(name, horizon, scope).source


def normal_share(correlation: float) -> tuple[float, float]:
    """Weights of a shared and an own standard normal that give this correlation with the shared."""
    return correlation, math.sqrt(1.0 - correlation**2)
