"""The map of leverage against one solve a flow, side by side, and the whole command at a horizon.

    python -m benchmarks.leverage [--flows N]

The map has what everybody loses by every flow of the shipped world. One solve a flow, many at a
time, gives the same with the error of a difference; N of them are timed and the rest reckoned.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import numpy as np

import threatpoint as tp
from threatpoint import equilibrium
from threatpoint.policy.wedges import Wedges
from threatpoint.words import HORIZONS

if TYPE_CHECKING:
    from threatpoint.analysis.leverage import Leverage
    from threatpoint.world.economy import Economy

CUT = 1e-3
"""Share of a flow that is cut for a difference."""
LEAST = 100.0
"""USD million of a flow from which the difference is more than what the solver leaves over."""


def differences(economy: Economy, found: Leverage, flows: int) -> tuple[float, float, int]:
    """Seconds of solving so many flows; largest error of the map by them; flows there are."""
    n = len(economy.countries)
    there = (found.solution.trade > 0) & ~np.eye(n, dtype=bool)[:, :, None]
    places = np.argwhere(there & (found.solution.trade > LEAST))
    some = places[np.linspace(0, len(places) - 1, flows).astype(int)]
    none, policies = Wedges.none(economy), []
    for place in some:
        left = np.ones_like(none.tariff)
        left[tuple(place)] = 1.0 - CUT
        policies.append(Wedges(none.tariff, left))
    start = time.process_time()
    solved = equilibrium.solve_many(economy, policies, horizon=found.horizon, tolerance=1e-12)
    spent = time.process_time() - start
    errors = [
        np.abs(-one.welfare.usd / CUT - found.lost[(slice(None), *place)]).max()
        / np.abs(found.lost[(slice(None), *place)]).max()
        for place, one in zip(some, solved.values(), strict=True)
    ]
    return spent, max(errors), int(there.sum())


def line(economy: Economy, horizon: str, flows: int) -> str:
    """One horizon."""
    tp.leverage(economy, horizon=horizon)
    start = time.process_time()
    found = tp.leverage(economy, horizon=horizon)
    whole = time.process_time() - start
    spent, error, many = differences(economy, found, flows)
    each = spent * many / flows
    start = time.perf_counter()
    words = [sys.executable, "-m", "threatpoint", "leverage", "--horizon", horizon]
    subprocess.run(words, check=True, capture_output=True)
    command = time.perf_counter() - start
    return (
        f"{horizon}: map {whole:.2f} CPU-s, one solve for each of {many:,} flows {each:.0f} "
        f"({each / whole:.0f} times); they differ by at most {error:.1e} of the largest loss; "
        f"the command {command:.1f} s"
    )


def main() -> None:
    """Print a line a horizon."""
    given = argparse.ArgumentParser(prog="benchmarks.leverage")
    given.add_argument("--flows", type=int, default=256, help="flows that are solved")
    flows = given.parse_args().flows
    economy = tp.on_day(tp.load_world(), "2025-03-31")
    for horizon in HORIZONS:
        print(line(economy, horizon, flows), flush=True)


if __name__ == "__main__":
    main()
