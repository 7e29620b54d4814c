"""Random cases for the stress: a world, its elasticities, a policy, a closure, regimes of supply.

Everything follows from (seed, number). `RANGES` says how wide; it is printed with the counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from tests.economies import random_world

from benchmarks.draw_policy import policy
from threatpoint.equilibrium import Solution, solve
from threatpoint.equilibrium.supply import Supply
from threatpoint.oil.regime import REGIMES, oil_supply
from threatpoint.world import load_world
from threatpoint.world.elasticities import Elasticities

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from threatpoint.policy.wedges import Wedges
    from threatpoint.world.economy import Economy

    Array = NDArray[np.float64]

RANGES = """\
worlds: 2 to 12 countries x 1 to 8 sectors (66 %), 13 to 30 x 4 to 15 (7 %), the shipped one (15 %),
    and stiff ones of 2 to 4 x 1 to 3 with theta .1 to 3 and nests .01 to .5 (13 %)
theta .1 to 50; phi 1, one for all from .02 to 1, or cell by cell; eta, epsilon, rho .01 to 2, all
    .2 in a quarter of the random worlds, all 1 in a sixth; the shipped world at all its horizons
policies of 1 to 4 instruments on one, some or all countries and sectors: cut-off and export ban,
    enforcement 0 to 1; tariff set or added, -95 % to 1000 % (plain), 10000 % (percent), enforcement
    0 to 1, evasion cost 0 to 1000 %; export tax -95 % to 1000 %; trade cost 0 to 1000 %; a subsidy
    that exactly offsets a cost; quota 1 % to 300 %, both payees; price cap .05 to 20 times the
    price, served 0 to 1, evaders' cost 0 to 99 %; in the shipped world also a buyer's stop
closures fixed, balanced (against a balanced baseline and against the table), proportional
supply in a third of the cases: output held, idle capacity 0 to 100 %, floors at .3 to 1.05 of the
    price, largest share of one origin .1 to 1, largest volume .5 to 2; the regimes of oil"""

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
        economy, elasticities, wedges, closure, rebase, supply: as `solve` takes them.
        facets: what it is drawn from, name -> the values that apply, for the counts.
        words: the policy in words.
    """

    economy: Economy
    elasticities: Elasticities
    wedges: Wedges
    closure: str
    rebase: bool
    supply: Supply | None
    facets: dict[str, tuple[str, ...]]
    words: str

    def solve(self, **other: Any) -> Solution:
        """The solver's answer; `other` replaces arguments of `solve`."""
        given: dict[str, Any] = {
            "elasticities": self.elasticities,
            "deficits": self.closure,
            "rebase": self.rebase,
            "supply": self.supply,
        }
        return solve(self.economy, other.pop("wedges", self.wedges), **(given | other))


def draw(seed: int, number: int) -> Case:
    """The case of this number."""
    rng = np.random.default_rng([seed, number, 1])
    shipped = rng.random() < 0.15
    where, economy, values, nests = _shipped(rng) if shipped else _random(rng)
    wedges, words, kinds = policy(rng, economy)
    closure = str(rng.choice(CLOSURES, p=(0.4, 0.3, 0.3)))
    supply, regime = _supply(rng, economy, shipped)
    rebase = bool(rng.random() < 0.5)
    facets = {
        "world": (where,),
        "elasticities": (nests,),
        "theta": (_third(values.theta),),
        "factors": ("all mobile" if (values.phi == 1).all() else "some specific",),
        "closure": (closure + (", table kept" if closure == "balanced" and not rebase else ""),),
        "instruments": kinds,
        "supply": (regime,),
    }
    return Case(economy, values, wedges, closure, rebase, supply, facets, words)


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
    words, nests = _nests(rng)
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


def _nests(rng: Generator) -> tuple[str, dict[str, float]]:
    """Substitution elasticities and their word."""
    how = rng.choice(4, p=(1 / 4, 1 / 6, 1 / 3, 1 / 4))
    if how == 0:
        return "all 0.2", dict.fromkeys(NESTS, 0.2)
    if how == 1:
        return "all 1", dict.fromkeys(NESTS, 1.0)
    high = 1.0 if how == 2 else 2.0
    drawn = (float(x) for x in log_uniform(rng, 0.01, high, 3))
    return f"each .01 to {high:g}", dict(zip(NESTS, drawn, strict=True))


def _supply(rng: Generator, e: Economy, shipped: bool) -> tuple[Supply | None, str]:
    """Regimes of output in a third of the cases."""
    if rng.random() > 1 / 3:
        return None, "none"
    if shipped:
        regime = str(rng.choice(sorted(REGIMES)))
        return oil_supply(e, regime), f"oil, {regime}"
    free, kind = Supply.free(*e.value_added.shape), int(rng.integers(5))
    cells = rng.random(e.value_added.shape) < rng.uniform(0.05, 0.6)
    abroad = ~np.eye(len(e.countries), dtype=bool)[:, :, None] & (rng.random(e.trade.shape) < 0.3)
    held = cells if kind == 0 else free.held
    spare = np.where(cells, rng.uniform(0, 1, cells.shape), 0.0) if kind in (1, 4) else free.spare
    floor = np.where(cells, rng.uniform(0.3, 1.05), 0.0) if kind == 2 else free.floor
    share, volume = free.largest_share, free.largest_volume
    if kind in (3, 4):
        share = np.where(abroad, rng.uniform(0.1, 1.0), 1.0)
        volume = np.where(abroad & (share == 1), rng.uniform(0.5, 2.0), np.inf)
        more = ~np.eye(len(e.countries), dtype=bool)[:, :, None] & ~abroad
        volume = np.where(more & (rng.random(e.trade.shape) < 0.2), rng.uniform(0.5, 2.0), volume)
    names = ("output held", "idle capacity", "floors", "limits of physics", "idle, limits")
    return Supply(held, spare, floor, share, volume, names[kind]), names[kind]
