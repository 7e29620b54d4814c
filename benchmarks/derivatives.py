"""All derivatives of one outcome against one solve of the solver as it was, side by side.

    python -m benchmarks.derivatives [--largest N]

The derivatives of the first country's real income to every trade cost, tariff, tax, cut and
elasticity, formed at the solution of each shock. Times are the least of several runs in turn.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from benchmarks.guided import problems
from benchmarks.reference import solve_as_before
from benchmarks.timing import in_turn
from threatpoint.equilibrium.adjoint.outcome import Outcome
from threatpoint.equilibrium.adjoint.sensitivities import Sensitivities, sensitivities
from threatpoint.equilibrium.attempt import settle

if TYPE_CHECKING:
    from threatpoint.equilibrium import Solution
    from threatpoint.equilibrium.problem import Problem

EVERY = (
    "cut", "tariff", "export_tax", "trade_cost", "iceberg", "productivity",
    "theta", "eta", "epsilon", "rho", "phi",
)  # fmt: skip
HEADINGS = (
    "world", "shock", "unknowns", "products", "all derivatives, ms", "solve now, ms",
    "over a solve now", "over a solve as it was",
)  # fmt: skip


def every(found: Solution, outcome: Outcome) -> Sensitivities:
    """All derivatives, formed."""
    at = sensitivities(found, outcome)
    for name in EVERY:
        getattr(at, name)
    return at


def row(world: str, shock: str, problem: Problem) -> list[str]:
    """One line of the table."""
    found = settle(problem)
    outcome = Outcome("real_income", problem.calibration.countries[0])
    times = in_turn(
        {
            "all": lambda: every(found, outcome),
            "now": lambda: settle(problem),
            "before": lambda: solve_as_before(problem),
        }
    )
    return [
        world,
        shock,
        f"{problem.system[0].size:,}",
        str(sensitivities(found, outcome).products),
        f"{1e3 * times['all']:.1f}",
        f"{1e3 * times['now']:.1f}",
        f"{times['all'] / times['now']:.2f}",
        f"{times['all'] / times['before']:.2f}",
    ]


def main() -> None:
    """Print the table."""
    given = argparse.ArgumentParser(prog="benchmarks.derivatives")
    given.add_argument("--largest", type=int, default=77, help="countries of the largest world")
    console = Console(width=None if sys.stdout.isatty() else 160)
    table = Table(*HEADINGS, title="All derivatives of one outcome, one run", title_justify="left")
    for world, shock, problem in problems(given.parse_args().largest):
        table.add_row(*row(world, shock, problem))
    console.print(table, highlight=False)


if __name__ == "__main__":
    main()
