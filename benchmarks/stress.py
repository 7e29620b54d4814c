"""Random cases under hard shocks: solved, infeasible, not converged, wrong.

    python -m benchmarks.stress [seed]

An outcome counts as solved only if the independent residuals of `tests/oracle.py` are all below
1e-8; a solution that fails them is wrong. Where the solver gives no answer the structure is asked
for a reason, and in small economies (up to 32 cells) the oracle for an equilibrium.

Elasticities: theta is drawn from 0.5 to 12. In half of the economies eta, epsilon and rho are 0.2
(else 1); half of each have a specific factor in every sector (phi from 0.3 to 1). A case whose
elasticities the solver does not take counts as refused.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable

import numpy as np
from rich.console import Console
from rich.table import Table
from tests import oracle
from tests.economies import World, keep_last_supplier, random_shock, random_world

from threatpoint.equilibrium import solve
from threatpoint.errors import ConvergenceError, EquilibriumError, InfeasibleError
from threatpoint.policy.wedges import Wedges
from threatpoint.world.elasticities import Elasticities

PER_KIND = 64
SMALL = 32
"""The oracle is asked for an equilibrium in economies of at most this many cells."""
OUTCOMES = ("solved", "infeasible", "not converged", "refused", "wrong")
RIGID = {"eta": 0.2, "epsilon": 0.2, "rho": 0.2}
BOUND = 1e-8
FOUND = "the oracle finds an equilibrium"


def two_blocs(world: World, seed: int) -> Wedges:
    """Two halves of the world that no longer trade with each other at all."""
    n = len(world.economy.countries)
    side = np.random.default_rng(seed).permutation(n) < n // 2
    survival = (side[:, None] == side[None, :])[:, :, None] * np.ones_like(world.economy.tariff)
    return Wedges(world.economy.tariff, survival)


def mostly_embargoed(world: World, seed: int) -> Wedges:
    """90 % of all pairs fully embargoed; markets keep their last supplier."""
    rng = np.random.default_rng(seed)
    n = len(world.economy.countries)
    kept = np.triu(rng.random((n, n)) < 0.1, 1)
    survival = (kept | kept.T | np.eye(n, dtype=bool))[:, :, None] * np.ones_like(
        world.economy.tariff
    )
    return Wedges(world.economy.tariff, keep_last_supplier(world.economy, survival))


def named(kind: str) -> Callable[[World, int], Wedges]:
    """A shock of the shared generator."""
    return lambda world, seed: random_shock(world, seed, kind)


KINDS: dict[str, tuple[Callable[[World, int], Wedges], str]] = {
    "pair tariffs to 500 %": (named("pair tariffs"), "fixed"),
    "two blocs, full embargo": (two_blocs, "balanced"),
    "two blocs, deficits kept": (two_blocs, "fixed"),
    "coalition embargo on one": (named("coalition"), "fixed"),
    "coalition, trade balanced": (named("coalition"), "balanced"),
    "world tariffs to 500 %": (named("world tariffs"), "fixed"),
    "world tariffs, trade balanced": (named("world tariffs"), "balanced"),
    "90 % of pairs embargoed": (mostly_embargoed, "balanced"),
}


def nests_of(seed: int) -> dict[str, float]:
    """Half of the cases, across all others, have substitution elasticities of 0.2."""
    return RIGID if seed // 4 % 2 == 1 else {}


def outcome(
    world: World, wedges: Wedges, deficits: str, nests: dict[str, float]
) -> tuple[str, str]:
    """One of OUTCOMES, and what the solver said."""
    e = world.economy
    values = Elasticities.of(e.countries, e.sectors, world.theta, world.phi, **nests)
    try:
        found = solve(e, wedges, elasticities=values, deficits=deficits, rebase=False)
    except InfeasibleError as error:
        return "infeasible", str(error)
    except ConvergenceError as error:
        return "not converged", str(error)
    except EquilibriumError as error:
        if "not modelled" not in str(error):
            raise
        return "refused", str(error)
    b = oracle.baseline(e, world.theta, world.phi, **nests)
    gaps = oracle.residuals(b, found, wedges.tariff, wedges.survival, deficits)
    worst = oracle.largest(gaps)
    good = worst <= BOUND and bool(np.all(found.income > 0))
    return ("solved" if good else "wrong"), f"largest independent residual {worst:.1e}"


def second_opinion(world: World, wedges: Wedges, deficits: str, nests: dict[str, float]) -> str:
    """Where the solver gives no answer: is there one? Reasons from the structure come first."""
    b = oracle.baseline(world.economy, world.theta, world.phi, **nests)
    A = oracle.frictions(b, wedges.tariff, wedges.survival)
    if np.any((A.sum(axis=1) == 0) & oracle.demanded(b, A) & (b.pi.sum(axis=1) > 0)):
        return "a market has no supplier"
    gaps = [abs(b.D[m].sum()) / b.VA[m].sum() for m in oracle.blocs_of(b, A)]
    if deficits == "fixed" and max(gaps) > BOUND:
        return f"a bloc must keep a deficit of {max(gaps):.1%} of value added"
    if world.economy.value_added.size > SMALL:
        return "too large for the oracle"
    try:
        oracle.solve(b, wedges.tariff, wedges.survival, deficits)
    except oracle.NoSolutionError as error:
        return f"oracle: none either ({str(error)[:60]})"
    return FOUND


def world_of(seed: int) -> World:
    """Half small (4 to 8 countries, 1 to 4 sectors), half large (10 to 30, 4 to 20).

    Half of each has a specific factor in every sector.
    """
    rng = np.random.default_rng(seed)
    small = seed % 2 == 0
    n, s = (
        (rng.integers(4, 9), rng.integers(1, 5))
        if small
        else (rng.integers(10, 31), rng.integers(4, 21))
    )
    return random_world(seed, int(n), int(s), specific=seed // 2 % 2 == 1)


def main() -> int:
    """Print the outcomes by kind; 1 if any answer is wrong or the oracle finds one missed."""
    first = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    console = Console(width=None if sys.stdout.isatty() else 150)
    table = Table("shock", "deficits", *OUTCOMES, "oracle finds one", "s", title="Stress")
    failures, bad = [], 0
    for kind, (shock, deficits) in KINDS.items():
        start, count, missed = time.perf_counter(), Counter[str](), 0
        for seed in range(first, first + PER_KIND):
            world = world_of(seed)
            wedges = shock(world, seed)
            what, said = outcome(world, wedges, deficits, nests_of(seed))
            count[what] += 1
            if what in ("infeasible", "not converged"):
                opinion = second_opinion(world, wedges, deficits, nests_of(seed))
                missed += opinion == FOUND
                said = f"{opinion}; {said}"
            if what in ("not converged", "wrong") or FOUND in said:
                failures.append(f"{kind}, {world}, shock seed {seed}: {what}; {said[:240]}")
        bad += count["wrong"] + missed
        numbers = [str(count[name]) for name in OUTCOMES]
        table.add_row(kind, deficits, *numbers, str(missed), f"{time.perf_counter() - start:.0f}")
    console.print(*failures, sep="\n", markup=False, highlight=False)
    console.print(table)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
