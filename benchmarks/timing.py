"""Times of calls in one process, s: the least of several runs, since all else only adds."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping


def least(call: Callable[[], object], seconds: float = 0.3, at_least: int = 5) -> float:
    """Least time of one call over repeated calls, s."""
    times: list[float] = []
    end = time.perf_counter() + seconds
    while len(times) < at_least or time.perf_counter() < end:
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def in_turn(
    calls: Mapping[str, Callable[[], object]],
    seconds: float = 1.0,
    at_least: int = 5,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, float]:
    """Least time of each of several calls, run in turn so that all meet the same machine.

    `clock` is what a call is timed with: wall time, or `time.process_time` for CPU time.
    """
    best = dict.fromkeys(calls, float("inf"))
    count, end = 0, time.perf_counter() + seconds
    while count < at_least or time.perf_counter() < end:
        for name, call in calls.items():
            start = clock()
            call()
            best[name] = min(best[name], clock() - start)
        count += 1
    return best
