"""Draws: scrambled Sobol points, and the set of elasticities that each stands for.

Draw k depends on the seed, the list of inputs and k alone: not on how many draws there are, nor on
who computes them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.analysis.ensemble.inputs import (
    SECTOR_CORRELATION,
    SECTOR_SD,
    SHORT_CORRELATION,
    SHORT_SD,
    from_registry,
    inputs_of,
    normal_share,
    split_log,
)
from threatpoint.analysis.ensemble.inputs_crude import crude_numbers
from threatpoint.errors import ThreatpointError
from threatpoint.world.elasticities import BY_SECTOR, SUBSTITUTION, Elasticities
from threatpoint.world.horizons import HOMOGENEOUS
from threatpoint.world.parameters import parameter

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.drawn_input import Input
    from threatpoint.world.economy import Economy

MOST_DRAWS = 65_536
BITS = 30
"""Of a Sobol number; half a step is added, so that none is 0."""


@dataclass(frozen=True, eq=False)
class Draws:
    """Some draws.

    Attributes:
        uniforms: (K, D) in (0, 1), one column an input.
        values: (K, D) of the inputs.
        theta: (K, S) of the horizon.
        capped: (K, S) whether theta was lowered to that of a longer horizon.
        sets: K sets of elasticities.
        crude: number of the crude market -> (K,); empty where it is left alone.
    """

    uniforms: Array
    values: Array
    theta: Array
    capped: Mask
    sets: tuple[Elasticities, ...]
    crude: Mapping[str, Array] = field(default_factory=dict[str, "Array"])


def require_draws(count: int, option: str = "--draws") -> int:
    """The number of draws; `option` is what a message calls it.

    Raises:
        ThreatpointError: not a power of 2 from 1 to `MOST_DRAWS`: Sobol points are balanced only
            then.
    """
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= MOST_DRAWS:
        raise ThreatpointError(f"{option} {count!r} is not a whole number from 1 to {MOST_DRAWS:,}")
    below = 1 << (count.bit_length() - 1)
    if below != count:
        above = f" or {2 * below:,}" if 2 * below <= MOST_DRAWS else ""
        raise ThreatpointError(
            f"{option} {count:,} is not a power of 2, and Sobol draws are balanced only then: "
            f"use {below:,}{above}"
        )
    return count


def uniforms(seed: int, dimensions: int, begin: int, count: int) -> Array:
    """(count, dimensions) scrambled Sobol numbers in (0, 1), from number `begin` on."""
    from scipy.stats import qmc  # takes half a second, and only the run itself needs it

    named: Any = {"seed": seed}  # "rng" in newer releases of SciPy, which still know this name
    sampler = qmc.Sobol(dimensions, scramble=True, bits=BITS, **named)
    if begin:
        sampler.fast_forward(begin)
    return sampler.random(count) + 0.5 ** (BITS + 1)


def hypercube(seed: int, dimensions: int, count: int) -> Array:
    """(count, dimensions) of a Latin hypercube in (0, 1): every input in `count` equal strata.

    What many inputs are drawn by: in 110 dimensions 256 Sobol points tie some pairs of inputs so
    closely (means of one over 16 strata of another explain 0.98 of its variance, 0.17 here) that
    what carries a number cannot be told.
    """
    from scipy.stats import qmc  # as above

    named: Any = {"seed": seed}
    return np.clip(qmc.LatinHypercube(dimensions, **named).random(count), 2.0**-54, 1 - 2.0**-53)


def drawn(inputs: Sequence[Input], count: int, seed: int) -> dict[str, Array]:
    """Key of an input -> (count,) its values in a Latin hypercube of these inputs."""
    points = hypercube(seed, len(inputs), count)
    return {item.key: item.quantile(points[:, d]) for d, item in enumerate(inputs)}


def draws_of(economy: Economy, horizon: str, points: Array, market: bool = False) -> Draws:
    """The draws of an economy's elasticities at a horizon that `uniforms` (K, inputs) stand for.

    With `market`, of the numbers of its crude market too.
    """
    inputs, count = inputs_of(economy, horizon, market), len(points)
    values = np.stack([item.quantile(points[:, d]) for d, item in enumerate(inputs)], axis=1)
    named = {item.key: values[:, d] for d, item in enumerate(inputs)}
    base = economy.elasticities[horizon]
    if not from_registry(economy, horizon):
        theta = base.theta * _around(named, economy.sectors)
        sets = tuple(replace(base, theta=row) for row in theta)
        capped = np.zeros(theta.shape, dtype=bool)
    else:
        theta, capped = _theta(named, economy, horizon)
        sets = tuple(_set(base, economy, named, theta[k], k) for k in range(count))
    crude = crude_numbers(economy, horizon, named) if market else {}
    return Draws(points, values, theta, capped, sets, crude)


def _around(named: dict[str, Array], sectors: tuple[str, ...]) -> Array:
    """(K, S) factors of theta around its set."""
    shared, own = (math.sqrt(part) for part in (SECTOR_CORRELATION, 1.0 - SECTOR_CORRELATION))
    alone = np.stack([named[f"theta_{code}"] for code in sectors], axis=1)
    return np.exp(SECTOR_SD * (shared * named["theta_common"][:, None] + own * alone))


def _theta(named: dict[str, Array], economy: Economy, horizon: str) -> tuple[Array, Mask]:
    """(K, S) theta of a horizon of the registry, and where it was lowered to that of a longer one.

    "abrupt" goes up and down with short, within its own range and never above it; "medium" is the
    geometric mean of those of short and long, as in the registry. Sectors that are near-homogeneous
    at every horizon have the theta of long.
    """
    longest = _longest(named, economy)
    shared, own = normal_share(SHORT_CORRELATION)
    normal = shared * named["theta_common"] + own * named["theta_short"]
    factor = parameter("theta", "short").value * np.exp(SHORT_SD * normal)
    same = np.isin(economy.sectors, HOMOGENEOUS) | (horizon == "long")
    if horizon == "abrupt":
        from scipy.special import ndtr  # takes a tenth of a second, and only a worker needs it

        longest = np.where(same, longest, np.minimum(factor[:, None], longest))
        factor = split_log(parameter("theta", "abrupt"))(ndtr(normal))
    first = np.where(same, longest, factor[:, None])
    shortest = np.minimum(first, longest)
    theta = np.sqrt(shortest * longest) if horizon == "medium" else shortest
    return np.where(same, longest, theta), first > longest


def _longest(named: dict[str, Array], economy: Economy) -> Array:
    """(K, S) theta of long: the published values by sector, or one level for all goods."""
    by_sector = economy.elasticities["long"].theta
    goods = np.isin(economy.sectors, [c for c in economy.goods if c not in HOMOGENEOUS])
    one_level = (named["theta_set"] == 1.0)[:, None] & goods
    central = np.where(one_level, named["theta_level"][:, None], by_sector)
    return central * _around(named, economy.sectors)


def _set(
    base: Elasticities, economy: Economy, named: dict[str, Array], theta: Array, k: int
) -> Elasticities:
    """The set of one draw."""
    phi = np.full(base.phi.shape, named["phi"][k])
    for j, code in enumerate(economy.sectors):
        if f"supply_{code}" in named:
            supply = named[f"supply_{code}"][k]
            phi[:, j] = supply / (1.0 + supply)
    nests: dict[str, Any] = {name: float(named[name][k]) for name in SUBSTITUTION}
    for name in BY_SECTOR:
        own = [named.get(f"{name}_{code}") for code in economy.sectors]
        values = [nests[name] if drawn is None else float(drawn[k]) for drawn in own]
        nests[name] = nests[name] if all(x is None for x in own) else values
    return replace(base, theta=theta, phi=phi, **nests)
