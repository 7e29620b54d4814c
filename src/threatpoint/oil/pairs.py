"""Elasticities of crude demand and supply in pairs: published together, drawn together.

Never one paper's demand with another's supply at random. They ship in
`tables/crude_pairs.csv`.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from threatpoint.array_types import Array
from threatpoint.files import read_csv
from threatpoint.laws import TAIL, probability, quantile
from threatpoint.quantity import Quantity
from threatpoint.world.crude_base import TABLES

ELASTICITIES = ("e_d", "e_s")
PAIR = "pair"
"""Name of the drawn pair's index: 0 where a horizon has no pairs."""

UNNAMED = "prior"
"""Name of the pair at horizons that nobody has published a pair for."""


@dataclass(frozen=True)
class Pair:
    """Elasticities of demand and supply that belong together, without their signs.

    Attributes:
        name: who published them; "prior" where nobody has.
        e_d, e_s: each with its range; the middle is the published number.
        weight: of the pair in draws.
        correlation: between the logarithms of both, inside the pair.
    """

    name: str
    e_d: Quantity
    e_s: Quantity
    weight: float
    correlation: float

    @property
    def central(self) -> dict[str, float]:
        """Both numbers as published."""
        return {name: getattr(self, name).value for name in ELASTICITIES}


def uniform(seed: int, key: str, count: int) -> Array:
    """(count,) numbers inside 0 to 1, from the stream of a key."""
    stream = np.random.default_rng([seed, zlib.crc32(key.encode())])
    return np.clip(stream.random(count), 2.0**-54, None)  # 0 has no finite quantile


def index_of(pairs: tuple[Pair, ...], at: Array) -> Array:
    """(K,) which pair each number in (0, 1) stands for, by their weights."""
    weights = np.cumsum([pair.weight for pair in pairs])
    return np.searchsorted(weights / weights[-1], at).astype(np.float64)


def elasticities(
    pairs: tuple[Pair, ...], index: Array, first: Array, second: Array
) -> dict[str, Array]:
    """Both numbers around a pair, correlated.

    Args:
        pairs: of a horizon.
        index: (K,) which of them.
        first: (K,) standard normal numbers.
        second: (K,) the same, independent of the first.
    """
    found = {name: np.empty(len(index)) for name in ELASTICITIES}
    for k, pair in enumerate(pairs):
        here, rho = index == k, pair.correlation
        other = rho * first[here] + np.sqrt(1.0 - rho**2) * second[here]
        found["e_d"][here] = quantile(pair.e_d, "lognormal", probability(first[here]))
        found["e_s"][here] = quantile(pair.e_s, "lognormal", probability(other))
    return {PAIR: index, **found}


@cache
def published(horizon: str) -> tuple[Pair, ...]:
    """The published pairs of a horizon."""
    rows = read_csv(TABLES / "crude_pairs.csv")
    return tuple(_pair(row) for row in rows if horizon in row["horizons"].split())


def _pair(row: Mapping[str, str]) -> Pair:
    return Pair(
        row["name"],
        _around(row, "e_d"),
        _around(row, "e_s"),
        weight=float(row["weight"]),
        correlation=float(row["correlation"]),
    )


def _around(row: Mapping[str, str], name: str) -> Quantity:
    """A published elasticity with its 5 and 95 % from the spread of its logarithm."""
    value, reach = float(row[name]), float(np.exp(float(row["spread"]) * TAIL))
    told = row["source"], row["page"]
    return Quantity(value, value / reach, value * reach, "1", "", *told)


def unnamed(keys: Mapping[str, tuple[Quantity, str]]) -> Pair:
    """The pair of a horizon at which both are priors; correlated as the published ones are."""
    correlation = float(read_csv(TABLES / "crude_pairs.csv")[0]["correlation"])
    return Pair(UNNAMED, keys["e_d"][0], keys["e_s"][0], 1.0, correlation)
