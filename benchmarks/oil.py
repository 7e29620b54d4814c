"""The crude market against the world's trade, in one draw and many, and its two solvers.

    python -m benchmarks.oil [--draws N]

Every sanction on energy of the built-in situation on its day, first year, incomes unchanged. CPU
time, the least of several runs in turn: one clearing of the market, and one of many, as ratios to
one solve of the world with what the market gives it; level by level against Newton's steps; and
seconds for the draws with all that is said of them.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import astuple, dataclass
from functools import cache, partial

import numpy as np

from benchmarks.timing import in_turn
from threatpoint import equilibrium
from threatpoint.equilibrium.door import wedges_of
from threatpoint.oil.clearing import by_levels, clear, near
from threatpoint.oil.drawn import drawn
from threatpoint.oil.outcome import OilOutcome
from threatpoint.oil.setting import Setting, require_setting
from threatpoint.oil.solve import DEFAULT, oil_outcome, solve
from threatpoint.policy.standing import on_day
from threatpoint.policy.wedges import Wedges
from threatpoint.situation import load_situation
from threatpoint.situation.model import OilScenario
from threatpoint.world import load_world
from threatpoint.world.economy import Economy

SITUATION, HORIZON = "ukraine-2025-03-31", "short"
BAR, BAR_DRAWS = 5.0, 1024
"""Seconds for so many draws of one sanction."""
SAME = 1e-8
"""Log of the world price by which the two solvers may differ."""


@dataclass(frozen=True)
class Row:
    """One sanction.

    Attributes:
        name: in words.
        one, each: one clearing alone, and one among the draws, over a solve of the world.
        levels: all draws level by level over Newton's steps.
        left: draws that Newton leaves to the levels.
        seconds: all draws, the ranges and what carries them.
    """

    name: str
    one: float
    each: float
    levels: float
    left: int
    seconds: float

    @property
    def line(self) -> str:
        """Of the table."""
        cells = (x if isinstance(x, (str, int)) else f"{x:.2g}" for x in astuple(self))
        return "| " + " | ".join(map(str, cells)) + " |"


@cache
def world() -> Economy:
    """The shipped table on the situation's day."""
    return on_day(load_world(), load_situation(SITUATION).date)


def row(scenario: OilScenario, draws: int) -> Row:
    """What is measured of a sanction."""
    setting, wedges = require_setting(world()), wedges_of(world(), scenario.policy)
    opec = scenario.opec or DEFAULT
    found = solve(world(), wedges, horizon=HORIZON, opec=opec)
    central, outcome = oil_outcome(found), _drawn(setting, wedges, opec, draws)
    assert central is not None
    one, many = central.after.crude, outcome.after.crude
    _agree(outcome)
    trade = partial(equilibrium.solve, world(), setting.for_trade(wedges), horizon=HORIZON)
    calls: dict[str, Callable[[], object]] = {
        "world": partial(trade, given=found.given),
        "one": partial(clear, one),
        "many": partial(clear, many),
        "levels": partial(by_levels, many),
        "all": partial(_drawn, setting, wedges, opec, draws),
    }
    took = in_turn(calls, at_least=3, clock=time.process_time)
    return Row(
        name=scenario.label,
        one=took["one"] / took["world"],
        each=took["many"] / draws / took["world"],
        levels=took["levels"] / took["many"],
        left=int((~near(many)[1]).sum()),
        seconds=took["all"],
    )


def _drawn(setting: Setting, wedges: Wedges, opec: str, draws: int) -> OilOutcome:
    """The market of a sanction in draws, with all that is said of them."""
    found = drawn(setting, wedges, HORIZON, opec, count=draws)
    for name in ("world_price_percent", "revenue", "volume"):
        found.range(name)
        found.carries(name)
    return found.draws


def _agree(found: OilOutcome) -> None:
    """Raise where the two solvers are apart."""
    apart = found.after.log_price - by_levels(found.after.crude).log_price
    if not np.abs(apart).max() <= SAME:
        raise AssertionError(f"the two solvers' log prices differ by {np.abs(apart).max():.1e}")


def main() -> None:
    """Print the table, and whether the bar holds."""
    given = argparse.ArgumentParser(prog="benchmarks.oil")
    given.add_argument("--draws", type=int, default=BAR_DRAWS)
    draws = given.parse_args().draws
    heads = ("sanction", "one clearing over a solve of the world", f"one of {draws:,}",
             "level by level over Newton", "draws left to the levels", "all draws, s")  # fmt: skip
    print("| " + " | ".join(heads) + " |\n" + "|---" * len(heads) + "|")
    rows = []
    for scenario in load_situation(SITUATION).oil.values():
        rows.append(row(scenario, draws))
        print(rows[-1].line, flush=True)
    slowest = max(each.seconds for each in rows)
    print(f"slowest {slowest:.2f} CPU s for {draws:,} draws; bar {BAR:g} s for {BAR_DRAWS:,}")


if __name__ == "__main__":
    main()
