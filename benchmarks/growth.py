"""How the whole solve grows with the number of countries and of sectors, now and before.

    python -m benchmarks.growth

A cut-off between the two largest economies of random worlds (`worlds.synthetic`). The exponent is
the slope of log time on log size, fitted by least squares; the set-up is fitted apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.guided import asked, set_up
from benchmarks.reference import solve_as_before
from benchmarks.timing import in_turn
from benchmarks.worlds import shocks, synthetic
from threatpoint.equilibrium.attempt import settle

BY = {
    "countries": ((25, 45), (50, 45), (77, 45), (110, 45), (160, 45)),
    "sectors": ((77, 11), (77, 22), (77, 45), (77, 65)),
    "countries, 65 sectors": ((77, 65), (160, 65), (200, 65)),
}
"""What grows -> countries and sectors."""

WHAT = ("solve", "before", "set-up", "set-up before")


def measured(n: int, s: int) -> tuple[float, ...]:
    """Seconds of WHAT."""
    case = synthetic(n, s)
    problem = asked(case.economy, case.elasticities, shocks(case.economy)["cut-off"])
    settle(problem)
    times = in_turn({"now": lambda: settle(problem), "old": lambda: solve_as_before(problem)}, 0.5)
    return times["now"], times["old"], *set_up(problem)


def slope(sizes: Sequence[int], times: Sequence[float]) -> float:
    """The fitted exponent."""
    return float(np.polyfit(np.log(sizes), np.log(times), 1)[0])


def lines() -> Iterator[str]:
    """A line for each size, and the exponents."""
    known: dict[tuple[int, int], tuple[float, ...]] = {}
    for what, sizes in BY.items():
        for size in sizes:
            if size not in known:
                known[size] = measured(*size)
                values = zip(WHAT, known[size], strict=True)
                yield f"{size[0]}x{size[1]}: " + ", ".join(
                    f"{x} {1e3 * t:.1f} ms" for x, t in values
                )
        axis = [n if what.startswith("countries") else s for n, s in sizes]
        fitted = (slope(axis, [known[size][k] for size in sizes]) for k in range(len(WHAT)))
        powers = ", ".join(f"{x} {power:.2f}" for x, power in zip(WHAT, fitted, strict=True))
        yield f"by {what}, power: {powers}"


def main() -> None:
    """Print the lines."""
    for line in lines():
        print(line, flush=True)


if __name__ == "__main__":
    main()
