"""How much of a headline's spread is the table's, and how much the elasticities'.

    python -m validation.spread [--worlds N] [--draws N]

The built-in threat and the cut-off between the United States and China, on the day of the built-in
situation. Worlds are drawn with `tp.draw_world` and solved with the published elasticities;
elasticities are those of `threatpoint ensemble`, solved on the shipped table. Each draw is compared
with its own world under the tariffs of the day. Standard deviation over the mean, %; a draw without
an equilibrium is counted.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable

import numpy as np

from threatpoint import words
from threatpoint.analysis.ensemble.draws import draws_of, uniforms
from threatpoint.analysis.ensemble.inputs import inputs_of
from threatpoint.array_types import Array
from threatpoint.equilibrium import Solution, solve, solve_many
from threatpoint.policy import CutOff, Policy
from threatpoint.policy.standing import on_day
from threatpoint.situation import load_situation
from threatpoint.world import load_world
from threatpoint.world.draw import draw_world
from threatpoint.world.economy import Economy

SITUATION = load_situation("ukraine-2025-03-31")
WHO = ("USA", "CHN", "IND", "DEU")


def policies(economy: Economy) -> dict[str, Policy]:
    """Name -> what is done; the targets are those that the rule finds in the shipped table."""
    return {
        "built-in threat": SITUATION.policy.policy(economy),
        "cut-off of USA and CHN": Policy(CutOff("USA", "CHN")),
    }


def spread(found: Iterable[Solution]) -> tuple[Array, int]:
    """(standard deviation over the mean of the losses of `WHO`, %; how many had no equilibrium)."""
    every = list(found)
    solved = [one for one in every if one.status.converged]
    percent = np.array([one.welfare.percent for one in solved])
    at = [solved[0].calibration.countries.index(code) for code in WHO]
    return 100 * percent.std(axis=0)[at] / np.abs(percent.mean(axis=0))[at], len(every) - len(
        solved
    )


def of_the_table(economy: Economy, policy: Policy, horizon: str, count: int) -> list[Solution]:
    """A solution for each drawn world."""
    worlds = (draw_world(economy, seed) for seed in range(1, count + 1))
    return [solve(world, policy, horizon=horizon, throw=False) for world in worlds]


def of_elasticities(economy: Economy, policy: Policy, horizon: str, count: int) -> list[Solution]:
    """A solution for each drawn set."""
    sets = draws_of(economy, horizon, uniforms(0, len(inputs_of(economy, horizon)), 0, count)).sets
    return list(solve_many(economy, policy, elasticities=sets, horizon=horizon).values())


def lines(worlds: int, draws: int) -> Iterable[str]:
    """A table in Markdown."""
    economy = on_day(load_world(), SITUATION.date)
    yield f"| | horizon | drawn | {' | '.join(WHO)} | no equilibrium |"
    yield "|---" * (len(WHO) + 4) + "|"
    ways: dict[str, tuple[Callable[..., list[Solution]], int]] = {
        f"the table, {worlds} worlds": (of_the_table, worlds),
        f"elasticities, {draws} sets": (of_elasticities, draws),
    }
    for name, policy in policies(economy).items():
        for horizon in ("short", "long"):
            for what, (solutions, count) in ways.items():
                found, lost = spread(solutions(economy, policy, horizon, count))
                cells = " | ".join(f"{x:.0f} %" for x in found)
                yield f"| {name} | {words.HORIZONS[horizon]} | {what} | {cells} | {lost} |"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="How much of a spread is the table's.")
    parser.add_argument("--worlds", type=int, default=64)
    parser.add_argument("--draws", type=int, default=256)
    given = parser.parse_args()
    for line in lines(given.worlds, given.draws):
        print(line, flush=True)


if __name__ == "__main__":
    main()
