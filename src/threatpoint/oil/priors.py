"""What nobody has measured of the crude market, and the published pairs of elasticities, to draw.

The rows ship in `tables/crude_priors.csv` and `tables/crude_pairs.csv`, written by
`builders.crude`. Each key has a stream of random numbers of its own, one uniform number a draw: a
key more moves no other, and more draws move none of the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from threatpoint.array_types import Array
from threatpoint.errors import WorldError, require_label, require_type
from threatpoint.files import read_csv
from threatpoint.laws import normal, quantile
from threatpoint.oil.pairs import (
    ELASTICITIES,
    PAIR,
    Pair,
    elasticities,
    index_of,
    published,
    uniform,
    unnamed,
)
from threatpoint.quantity import Quantity
from threatpoint.views import Shown
from threatpoint.words import HORIZONS
from threatpoint.world.barrels import CrudeBase
from threatpoint.world.crude_base import TABLES
from threatpoint.world.parameters import ALL


@dataclass(frozen=True)
class Priors(Shown):
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
            key: quantile(given, law, uniform(seed, key, count))
            for key, (given, law) in self.numbers.items()
        }
        index = index_of(self.pairs, uniform(seed, PAIR, count))
        around = (normal(uniform(seed, name, count)) for name in ELASTICITIES)
        return drawn | elasticities(self.pairs, index, *around)


def _check(count: int, seed: int) -> None:
    for what, given, least in (("count", count, 1), ("seed", seed, 0)):
        if require_type(what, given, int, WorldError) < least:
            raise WorldError(f"a {what} of draws is {least} or more, not {given}")


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
    pairs = published(horizon) or (unnamed(keys),)
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
