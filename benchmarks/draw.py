"""Random cases for the stress: a world, its elasticities, a policy, a closure, a sector given.

Everything follows from (seed, number). `RANGES` says how wide; it is printed with the counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from tests.economies import random_world

from benchmarks.draw_policy import policy
from threatpoint.equilibrium import Given, Solution, solve
from threatpoint.world import load_world
from threatpoint.world.elasticities import BY_SECTOR, Elasticities

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from threatpoint.policy.wedges import Wedges
    from threatpoint.world.economy import Economy

    Array = NDArray[np.float64]

RANGES = """\
worlds: 2 to 12 countries x 1 to 8 sectors (66 %), 13 to 30 x 4 to 15 (7 %), the shipped one (15 %),
    and stiff ones of 2 to 4 x 1 to 3 with theta .1 to 3 and nests .01 to .5 (13 %)
theta .1 to 50; phi 1, one for all from .02 to 1, or cell by cell; eta, epsilon, rho .01 to 2, the
    first two by sector in a quarter of the random worlds; all .2 in a quarter, all 1 in a sixth;
    the shipped world at all its horizons
policies of 1 to 4 instruments on one, some or all countries and sectors: cut-off and export ban,
    enforcement 0 to 1; tariff set or added, -95 % to 1000 % (plain), 10000 % (percent), enforcement
    0 to 1, evasion cost 0 to 1000 %; export tax -95 % to 1000 %; trade cost 0 to 1000 %; a subsidy
    that exactly offsets a cost; quota 1 % to 300 %, both payees; in the shipped world also a
    buyer's stop
closures fixed, balanced (against a balanced baseline and against the table), proportional
a sector given in a third of the cases: prices .4 to 4 times the baseline's, weights with a log
    standard deviation of 0 to 1, some 0, landed prices -30 % to 50 % off the producers'"""

CLOSURES = ("fixed", "balanced", "proportional")
NESTS = ("eta", "epsilon", "rho")
STIFF = "2 to 4 countries, stiff"
SIZES = {
    "13 to 30 countries": ((13, 31), (4, 16)),
    "2 to 12 countries": ((2, 13), (1, 9)),
    STIFF: ((2, 5), (1, 4)),
}
"""Numbers of countries and sectors, from and below."""


@dataclass(frozen=True, eq=False)
class Case:
    """One problem to solve.

    Attributes:
        economy, elasticities, wedges, closure, rebase, given: as `solve` takes them.
        facets: what it is drawn from, name -> the values that apply, for the counts.
        words: the policy in words.
    """

    economy: Economy
    elasticities: Elasticities
    wedges: Wedges
    closure: str
    rebase: bool
    given: Given | None
    facets: dict[str, tuple[str, ...]]
    words: str

    def solve(self, **other: Any) -> Solution:
        """The solver's answer; `other` replaces arguments of `solve`."""
        given: dict[str, Any] = {
            "elasticities": self.elasticities,
            "deficits": self.closure,
            "rebase": self.rebase,
            "given": self.given,
        }
        return solve(self.economy, other.pop("wedges", self.wedges), **(given | other))


def draw(seed: int, number: int) -> Case:
    """The case of this number."""
    rng = np.random.default_rng([seed, number, 1])
    shipped = rng.random() < 0.15
    where, economy, values, nests = _shipped(rng) if shipped else _random(rng)
    wedges, words, kinds = policy(rng, economy)
    closure = str(rng.choice(CLOSURES, p=(0.4, 0.3, 0.3)))
    given = _given(rng, economy, values, wedges)
    rebase = bool(rng.random() < 0.5)
    facets = {
        "world": (where,),
        "elasticities": (nests,),
        "theta": (_third(values.theta),),
        "factors": ("all mobile" if (values.phi == 1).all() else "some specific",),
        "closure": (closure + (", table kept" if closure == "balanced" and not rebase else ""),),
        "instruments": kinds,
        "given": ("none" if given is None else "a sector",),
    }
    return Case(economy, values, wedges, closure, rebase, given, facets, words)


def _third(theta: Array) -> str:
    lowest = float(theta.min())
    return "least below 0.5" if lowest < 0.5 else "least .5 to 2" if lowest < 2 else "all above 2"


@cache
def shipped_world() -> Economy:
    """Read once a process."""
    return load_world()


def _shipped(rng: Generator) -> tuple[str, Economy, Elasticities, str]:
    """The table the package ships, at one of its horizons."""
    e = shipped_world()
    horizon = str(rng.choice(sorted(e.elasticities)))
    return "shipped", e, e.elasticities[horizon], f"shipped, {horizon}"


def _random(rng: Generator) -> tuple[str, Economy, Elasticities, str]:
    """A random balanced table with elasticities drawn apart from it."""
    where = str(rng.choice(sorted(SIZES), p=(0.08, 0.77, 0.15)))
    n, s = (int(rng.integers(*span)) for span in SIZES[where])
    e = random_world(int(rng.integers(2**31)), n, s, balanced=rng.random() < 0.25).economy
    if where == STIFF:
        nests = dict(zip(NESTS, map(float, log_uniform(rng, 0.01, 0.5, 3)), strict=True))
        theta, phi = log_uniform(rng, 0.1, 3.0, s), float(log_uniform(rng, 0.02, 1.0))
        return where, e, Elasticities.of(e.countries, e.sectors, theta, phi, **nests), "stiff"
    words, nests = _nests(rng, s)
    values = Elasticities.of(e.countries, e.sectors, _theta(rng, s), _phi(rng, e), **nests)
    return where, e, values, words


def log_uniform(rng: Generator, low: float, high: float, size: Any = None) -> Any:
    """Drawn evenly in logs."""
    return np.exp(rng.uniform(np.log(low), np.log(high), size))


def _theta(rng: Generator, s: int) -> Array:
    """By sector, from one of four ranges."""
    ranges = ((0.1, 1.0), (0.5, 12.0), (1.0, 50.0), (0.1, 50.0))
    return log_uniform(rng, *ranges[rng.choice(4, p=(0.2, 0.4, 0.2, 0.2))], s)


def _phi(rng: Generator, e: Economy) -> Array:
    """Mobile shares: all 1, one for all, by cell, or 1 in some sectors only."""
    shape, how = e.value_added.shape, rng.choice(4, p=(0.3, 0.2, 0.3, 0.2))
    if how == 0:
        return np.ones(shape)
    if how == 1:
        return np.full(shape, log_uniform(rng, 0.02, 1.0))
    drawn = log_uniform(rng, 0.02, 1.0, shape)
    return drawn if how == 2 else np.where(rng.random(shape[1]) < 0.5, 1.0, drawn)


def _nests(rng: Generator, sectors: int) -> tuple[str, dict[str, Any]]:
    """Substitution elasticities and their word."""
    how = rng.choice(4, p=(1 / 4, 1 / 6, 1 / 3, 1 / 4))
    if how == 0:
        return "all 0.2", dict.fromkeys(NESTS, 0.2)
    if how == 1:
        return "all 1", dict.fromkeys(NESTS, 1.0)
    high = 1.0 if how == 2 else 2.0
    drawn: dict[str, Any] = dict(zip(NESTS, log_uniform(rng, 0.01, high, 3).tolist(), strict=True))
    if how == 3:  # by the using sector, some of them Cobb-Douglas
        for name in BY_SECTOR:
            some = log_uniform(rng, 0.01, high, sectors)
            drawn[name] = np.where(rng.random(sectors) < 0.2, 1.0, some)
    return f"each .01 to {high:g}" + ", by sector" * int(how == 3), drawn


def _given(rng: Generator, e: Economy, values: Elasticities, wedges: Wedges) -> Given | None:
    """A sector given in a third of the cases where one can be."""
    n, mobile = len(e.countries), values.phi * e.value_added
    paid = ((e.output <= 0) | (e.value_added > 0)).all(axis=0)
    able = np.flatnonzero(paid & (mobile < mobile.sum(axis=1, keepdims=True)).all(axis=0))
    if rng.random() > 1 / 3 or not able.size:
        return None
    price = log_uniform(rng, 0.4, 4.0) * np.exp(rng.uniform(0, 0.3) * rng.standard_normal(n))
    weight = np.exp(rng.uniform(0, 1) * rng.standard_normal((n, n)))
    weight = np.where(rng.random((n, n)) < rng.choice((0.0, 0.1)), 0.0, weight)
    weight[range(n), range(n)] = np.maximum(weight.diagonal(), 0.1)
    cost, j = rng.uniform(-0.3, 0.5, (n, n)) * rng.choice((0.0, 1.0)), int(rng.choice(able))
    cost = np.maximum(cost, -0.97 - wedges.export_tax[:, :, j] - wedges.cost[:, :, j])
    return Given(j, price, weight, cost * (1 - np.eye(n)))
