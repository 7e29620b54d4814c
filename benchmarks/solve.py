"""Speed of the solver as ratios: evaluations, evaluation against bare products, against the oracle.

    python -m benchmarks.solve

One evaluation is one pass of the map, from a stacked state to the next. The five bare products are
the three batched matrix-vector products with trade weights and the two with input shares, on the
same arrays and nothing else. All times are the least of several runs in this process.
"""

from __future__ import annotations

import os
import pathlib
import statistics
import subprocess
import sys
import time

import numpy as np
from rich.console import Console
from rich.table import Table
from tests import oracle

from benchmarks.timing import least
from benchmarks.worlds import Case, cases, shocks
from threatpoint.equilibrium import Calibration, Solution, solve
from threatpoint.equilibrium.assembly import assemble
from threatpoint.equilibrium.evaluation import advance, evaluate
from threatpoint.equilibrium.feasibility import structure
from threatpoint.equilibrium.iterate import iterate
from threatpoint.errors import ThreatpointError
from threatpoint.policy.wedges import Wedges
from threatpoint.situation import load_situation
from threatpoint.world import HORIZONS, load_world

ORACLE_LIMIT = 1500
"""The oracle is timed on worlds of at most this many countries times sectors, with phi = 1."""


def evaluation(case: Case, wedges: Wedges, deficits: str) -> tuple[float, float, float]:
    """Seconds of one evaluation of the map, of the five bare products, and of the whole loop."""
    c = Calibration.from_economy(case.economy, case.elasticities)
    system = assemble(c, structure(c, wedges, deficits), deficits)
    s, n = system.shape
    z = np.zeros(system.size)
    rng = np.random.default_rng(0)
    by_market, by_country = rng.random((s, n)), rng.random((n, s))

    def bare() -> None:
        np.matmul(system.A_off, by_market[:, :, None])
        np.matmul(system.B_off, by_market[:, :, None])
        np.matmul(by_market[:, None, :], system.B_off)
        np.matmul(by_country[:, None, :], system.shares)
        np.matmul(system.shares, by_country[:, :, None])

    def once() -> None:
        advance(system, evaluate(system, z))

    with np.errstate(all="ignore"):
        return least(once), least(bare), least(lambda: iterate(system, z, 1e-10, []))


def oracle_seconds(case: Case, wedges: Wedges, deficits: str, found: Solution) -> float | None:
    """Seconds of the oracle on the same problem, None where it would take too long."""
    values = case.elasticities
    if case.economy.value_added.size > ORACLE_LIMIT or np.any(values.phi < 1):
        return None
    start = time.perf_counter()
    b = oracle.baseline(case.economy, values.theta, values.phi)
    same = oracle.solve(b, wedges.tariff, wedges.survival, deficits, tolerance=1e-10)
    taken = time.perf_counter() - start
    gap = np.abs((1 + found.welfare.percent / 100) / same.real_income - 1).max()
    if gap > 1e-8:
        raise AssertionError(f"{case.name}: solver and oracle differ by {gap:.1e} in real income")
    return taken


def row(case: Case, shock: str, wedges: Wedges, deficits: str) -> list[str]:
    """One line of the table."""

    def run() -> Solution:
        return solve(case.economy, wedges, elasticities=case.elasticities, deficits=deficits)

    try:
        found = run()
    except ThreatpointError as error:
        return [case.name, shock, deficits, f"{type(error).__name__}: {str(error)[:60]}"]
    count = found.status.evaluations
    total = least(run)
    one, bare, loop = evaluation(case, wedges, deficits)
    slow = oracle_seconds(case, wedges, deficits, found) if shock == "cut-off" else None
    return [
        case.name,
        shock,
        deficits,
        str(count),
        f"{1e3 * one:.3f}",
        f"{one / bare:.2f}",
        f"{loop / (count * one):.2f}",
        f"{1e3 * total:.1f}",
        f"{total / (count * one):.2f}",
        "" if slow is None else f"{slow / total:.0f}",
    ]


def cold_command(runs: int = 7) -> tuple[float, float]:
    """Least and median seconds of a whole `threatpoint shock` process."""
    source = str(pathlib.Path(__file__).resolve().parents[1] / "src")
    environment = {**os.environ, "PYTHONPATH": source}
    command = [sys.executable, "-m", "threatpoint", "shock", "--cut-off", "USA:CHN,IND"]
    times: list[float] = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=environment)
        times.append(time.perf_counter() - start)
    return min(times), statistics.median(times)


HEADINGS = (
    "world",
    "shock",
    "deficits",
    "evaluations",
    "evaluation, ms",
    "over five products",
    "loop over evaluations",
    "solve, ms",
    "solve over evaluations",
    "oracle over solve",
)


def built_in_threat(repeats: int = 20) -> list[str]:
    """Evaluations and milliseconds of the built-in threat, by closure and starting point.

    From the baseline, and from the equilibrium of the same threat against two of its targets.
    """
    economy = load_world()
    rule = load_situation("ukraine-2025-03-31").policy
    policy = rule.policy(economy)
    part = rule.policy(economy, dict.fromkeys(list(rule.parties(economy))[2:], False))
    lines: list[str] = []
    for deficits in ("fixed", "proportional"):
        near = solve(economy, part, deficits=deficits)
        for name, start in (("the baseline", None), ("a neighbouring equilibrium", near)):
            count = solve(economy, policy, deficits=deficits, start=start).status.evaluations
            best = min(
                least(lambda d=deficits, s=start: solve(economy, policy, deficits=d, start=s), 0.0)
                for _ in range(repeats)
            )
            lines.append(
                f"built-in threat, deficits {deficits}, from {name}: {count} evaluations, "
                f"{1e3 * best:.1f} ms with the policy's resolution"
            )
    return lines


def by_horizon() -> list[str]:
    """Evaluations of the built-in threat at each horizon over those of long."""
    economy = load_world()
    policy = load_situation("ukraine-2025-03-31").policy.policy(economy)
    counts = {
        name: solve(economy, policy, horizon=name).status.evaluations
        for name in HORIZONS
        if name in economy.elasticities
    }
    return [
        f"built-in threat, {name}: {count} evaluations, {count / counts['long']:.2f} x long"
        for name, count in counts.items()
    ]


def main() -> None:
    """Print the table."""
    console = Console(width=None if sys.stdout.isatty() else 150)
    table = Table(*HEADINGS, title="Speed of solve, ratios of one run", title_justify="left")
    for case in cases():
        if isinstance(case, str):
            console.print(case)
            continue
        console.print(f"{case.name}: {case.made}")
        for shock, wedges in shocks(case.economy).items():
            table.add_row(*row(case, shock, wedges, "fixed"))
    console.print(table)
    console.print(
        "bars: evaluations <= 30; over five products <= 1.5; solve over evaluations <= 1.3"
    )
    console.print(*built_in_threat(), *by_horizon(), sep="\n", highlight=False)
    console.print("bar: short and medium take at most 1.5 x long")
    quick, middle = cold_command()
    console.print(f"cold `threatpoint shock`: {quick:.2f} s least, {middle:.2f} s median of 7")


if __name__ == "__main__":
    main()
