"""What nobody has measured of the crude market, and the published pairs of elasticities, to draw.

The rows ship in `tables/crude_priors.csv` and `tables/crude_pairs.csv`, written by
`builders.crude`. Each key has a stream of random numbers of its own, one uniform number a draw: a
key more moves no other, and more draws move none of the first.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from threatpoint.array_types import Array
from threatpoint.errors import WorldError, require_label, require_type
from threatpoint.files import read_csv
from threatpoint.oil.base import TABLES, CrudeBase
from threatpoint.oil.laws import TAIL, normal, probability, quantile
from threatpoint.quantity import Quantity
from threatpoint.words import HORIZONS
from threatpoint.world.parameters import ALL

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


@dataclass(frozen=True)
class Priors:
    """Uncertain numbers of the crude market at one horizon.

    Attributes:
        horizon: one of `words.HORIZONS`.
        base: the base whose uncertain numbers are drawn too; None: those of the priors only.
        numbers: key -> quantity and law; those of the base as "ceiling IND".
        pairs: the pairs of elasticities of this horizon.
        known: key -> month from which it could be known.
    """

    horizon: str
    base: CrudeBase | None
    numbers: Mapping[str, tuple[Quantity, str]]
    pairs: tuple[Pair, ...]
    known: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def central(self) -> dict[str, float]:
        """Every key at its central value, with the first pair."""
        return self.at()

    def at(self, pair: str | None = None) -> dict[str, float]:
        """Central values with the elasticities of a pair, or of the first one.

        Raises:
            WorldError: this horizon has no such pair.
        """
        names = [each.name for each in self.pairs]
        index = 0 if pair is None else names.index(require_label("pair", pair, names, WorldError))
        values = {key: given.value for key, (given, _) in self.numbers.items()}
        return values | self.pairs[index].central | {PAIR: float(index)}

    def draw(self, count: int, seed: int) -> dict[str, Array]:
        """Each key in `count` draws, and the index of the pair, as floats.

        Args:
            count: number of draws, 1 or more.
            seed: the same seed gives the same numbers.

        Returns:
            Key -> (count,).

        Raises:
            WorldError: count or seed is no such number.
        """
        _check(count, seed)
        drawn = {
            key: quantile(given, law, _uniform(seed, key, count))
            for key, (given, law) in self.numbers.items()
        }
        return drawn | _elasticities(self.pairs, seed, count)


def _check(count: int, seed: int) -> None:
    for what, given, least in (("count", count, 1), ("seed", seed, 0)):
        if require_type(what, given, int, WorldError) < least:
            raise WorldError(f"a {what} of draws is {least} or more, not {given}")


def _uniform(seed: int, key: str, count: int) -> Array:
    """(count,) numbers inside 0 to 1, from the stream of a key."""
    stream = np.random.default_rng([seed, zlib.crc32(key.encode())])
    return np.clip(stream.random(count), 2.0**-54, None)  # 0 has no finite quantile


def _elasticities(pairs: tuple[Pair, ...], seed: int, count: int) -> dict[str, Array]:
    """A pair by its weight, then both numbers around it, correlated."""
    weights = np.cumsum([pair.weight for pair in pairs])
    index = np.searchsorted(weights / weights[-1], _uniform(seed, PAIR, count))
    first, second = (normal(_uniform(seed, name, count)) for name in ELASTICITIES)
    found = {name: np.empty(count) for name in ELASTICITIES}
    for k, pair in enumerate(pairs):
        here, rho = index == k, pair.correlation
        other = rho * first[here] + np.sqrt(1.0 - rho**2) * second[here]
        found["e_d"][here] = quantile(pair.e_d, "lognormal", probability(first[here]))
        found["e_s"][here] = quantile(pair.e_s, "lognormal", probability(other))
    return {PAIR: index.astype(float), **found}


def priors_of(horizon: str, base: CrudeBase | None = None) -> Priors:
    """The priors of a horizon, with the uncertain numbers of a base.

    Raises:
        WorldError: unknown horizon.

    Example:
        >>> priors = priors_of("short")
        >>> priors.central["e_d"], priors.central["e_s"], priors.draw(3, seed=1)["tau"].shape
        (0.13, 0.11, (3,))
    """
    require_label("horizon", horizon, HORIZONS, WorldError)
    keys, known = _keys(horizon)
    pairs = _published(horizon) or (_unnamed(keys),)
    numbers = {key: given for key, given in keys.items() if key not in ELASTICITIES}
    if base is not None:
        names = {key: " ".join(key) for key in base.ranges}
        numbers |= {names[key]: given for key, given in base.ranges.items()}
        known = known | {names[key]: base.known[key] for key in base.ranges}
    return Priors(horizon, base, numbers, pairs, known)


@cache
def _keys(horizon: str) -> tuple[dict[str, tuple[Quantity, str]], dict[str, str]]:
    """Key -> quantity and law, and key -> month, of the rows that hold at a horizon."""
    rows = [r for r in read_csv(TABLES / "crude_priors.csv") if r["horizon"] in (ALL, horizon)]
    found = {row["key"]: (_quantity(row), row["law"]) for row in rows}
    return found, {row["key"]: row["known"] for row in rows}


def _quantity(row: Mapping[str, str]) -> Quantity:
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    told = row["source"], row["page"]
    return Quantity(value, low, high, row["unit"], "", *told, prior=row["prior"] == "yes")


@cache
def _published(horizon: str) -> tuple[Pair, ...]:
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


def _unnamed(keys: Mapping[str, tuple[Quantity, str]]) -> Pair:
    """The pair of a horizon at which both are priors; correlated as the published ones are."""
    correlation = float(read_csv(TABLES / "crude_pairs.csv")[0]["correlation"])
    return Pair(UNNAMED, keys["e_d"][0], keys["e_s"][0], 1.0, correlation)
