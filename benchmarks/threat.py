"""`threatpoint threat` and its parts, as ratios to one warm solve of the threat it leads with.

    python -m benchmarks.threat

The built-in situation as the command has it: full games at three horizons, all else in the first
year, one process. CPU time, the least of several runs in turn with the solve; nothing solved before
is found again. Then the command itself as a process of its own: CPU and wall seconds.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

from benchmarks.commands import HERE, run
from benchmarks.timing import in_turn
from threatpoint.analysis import bargains
from threatpoint.analysis.choices import leading
from threatpoint.analysis.course import solve_course
from threatpoint.analysis.dated import Dated, solve_dated
from threatpoint.oil.solve import solve
from threatpoint.policy.standing import on_day
from threatpoint.situation import load_situation
from threatpoint.strategy import Question, Store, Terms, ThreatGame, base_rate_of, compared, pose
from threatpoint.strategy.carriers import carrier_rows
from threatpoint.strategy.evasion import evasion_rows
from threatpoint.strategy.export import every_row
from threatpoint.strategy.motive import motive_rows
from threatpoint.strategy.partial_rows import stopping_rows
from threatpoint.strategy.store import MEMORY
from threatpoint.strategy.threat import play
from threatpoint.world import load_world

SITUATION, HORIZONS = "ukraine-2025-03-31", ("short", "medium", "long")
BAR = 15.0
"""Wall seconds of the command on two cores."""
RUNS = 3


@dataclass(frozen=True)
class Case:
    """The built-in situation, and what of it is solved beforehand."""

    @cached_property
    def situation(self):  # type: ignore[no-untyped-def]
        """As the file has it."""
        return load_situation(SITUATION)

    @cached_property
    def questions(self) -> list[Question]:
        """Who threatens whom, at each horizon."""
        world = on_day(load_world(), self.situation.date)
        rule = self.situation.threats[leading(self.situation)]
        return [pose(world, rule, horizon=horizon) for horizon in HORIZONS]

    @cached_property
    def first(self) -> ThreatGame:
        """The full game of the first year."""
        return play(self.questions[0], Terms(), store=Store())

    @cached_property
    def dated(self) -> tuple[Dated, ...]:
        """Every threat on its day."""
        return self.beside()

    def one(self) -> object:
        """A solve of the threat carried out on all."""
        asked = self.questions[0]
        return solve(asked.economy, asked.rule.policy(asked.economy), horizon=asked.horizon)

    def games(self) -> list[ThreatGame]:
        """Full games at all horizons."""
        return [play(question, Terms(), store=Store()) for question in self.questions]

    def beside(self) -> tuple[Dated, ...]:
        """Every threat on its day, least tariffs and all; nothing is known beforehand."""
        MEMORY.known.clear()
        asked = self.questions[0]
        found = solve_dated(self.situation, asked.economy, asked.horizon, asked.deficits)
        assert all(dated.rows for dated in found)
        return found

    def parts(self) -> dict[str, Callable[[], object]]:
        """Name of a part -> a call of it."""
        games, asked, threat = self.games(), self.questions[0], self.first
        share = base_rate_of(asked.senders).share
        return {
            "full games, three horizons": self.games,
            "their rows, least tariffs": partial(every_row, games),
            "threats side by side": self.beside,
            "the sender's type, day by day": partial(solve_course, self.situation, self.dated),
            "beside quantal response": partial(compared, threat.game),
            "the sender's own motive": partial(motive_rows, threat),
            "how much targets stop": partial(stopping_rows, threat, share),
            "bargains": partial(bargains.ends, threat),
            "offers on record": partial(
                bargains.offered, self.situation, asked.economy, asked.horizon, asked.deficits
            ),
            "evasion": partial(evasion_rows, threat),
            "carriers": partial(carrier_rows, threat),
        }


def timed() -> dict[str, float]:
    """Part -> CPU seconds, the single solve among them."""
    case = Case()
    calls = {"one": case.one, **case.parts()}
    return in_turn(calls, at_least=RUNS, clock=time.process_time)


def main() -> None:
    """Print the table, and whether the bar holds."""
    took = timed()
    one = took.pop("one")
    whole = sum(took.values())
    print("| part | solves | share, % |\n|---|---|---|")
    for name, seconds in [*took.items(), ("all", whole)]:
        print(f"| {name} | {seconds / one:.0f} | {100 * seconds / whole:.0f} |")
    begin = time.perf_counter()
    used, _ = run(HERE, "-m", "threatpoint", "threat")
    wall = time.perf_counter() - begin
    busy = os.getloadavg()[0]
    print(
        f"the command: {used / one:.0f} solves of CPU time, {wall / one:.0f} of wall time, "
        f"{wall:.1f} s; bar {BAR:g} s; load {busy:.1f}"
    )


if __name__ == "__main__":
    main()
