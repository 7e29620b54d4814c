"""The world of a day against the table alone, side by side in one run.

    python -m benchmarks.standing

The same policy on the table and on its equilibrium under the tariffs of a day: the first solve,
which makes that world, solves after it, and draws of elasticities, each of which has a standing
world of its own. CPU time would be the same; wall time, the least of several runs in turn.
"""

from __future__ import annotations

from functools import partial

from benchmarks.guided import ordinary
from benchmarks.many import sets_of
from benchmarks.timing import in_turn
from threatpoint.equilibrium import solve, solve_many
from threatpoint.policy import Policy
from threatpoint.policy.standing import on_day
from threatpoint.world import HORIZONS, load_world

DAY, DRAWS = "2025-03-31", 32


def first(day: str, horizon: str) -> None:
    """A solve of a table just read."""
    world = load_world()
    solve(
        on_day(world, day) if day else world,
        ordinary(world)["cut-off of USA and CHN"],
        horizon=horizon,
    )


def lines() -> list[str]:
    """One line a horizon."""
    bare, found = load_world(), []
    stood, policy = on_day(bare, DAY), Policy(ordinary(bare)["cut-off of USA and CHN"])
    for horizon in HORIZONS:
        sets = sets_of(horizon, 0, DRAWS)
        ratios = [
            _ratio(partial(first, ""), partial(first, DAY), horizon),
            _ratio(partial(solve, bare, policy), partial(solve, stood, policy), horizon=horizon),
            _ratio(
                partial(solve_many, bare, policy, elasticities=sets),
                partial(solve_many, stood, policy, elasticities=sets),
                horizon=horizon,
            ),
        ]
        words = ("first solve", "solves after it", f"{DRAWS} draws of elasticities")
        found.append(
            f"{horizon}: " + ", ".join(f"{w} {r:.2f}" for w, r in zip(words, ratios, strict=True))
        )
    return found


def _ratio(table, day, *given, **named) -> float:  # type: ignore[no-untyped-def]
    calls = {"table": partial(table, *given, **named), "day": partial(day, *given, **named)}
    best = in_turn(calls, seconds=2.0, at_least=3)
    return best["day"] / best["table"]


if __name__ == "__main__":
    print("\n".join(lines()))
