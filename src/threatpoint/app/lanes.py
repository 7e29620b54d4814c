"""Lanes: how much is done at once, how much may wait, and how long it may take."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from threatpoint.errors import ThreatpointError, short

MOST_TABS = 1000


class BusyError(ThreatpointError):
    """Too much is being done or waits already, or it took too long; try again."""


class OutdatedError(ThreatpointError):
    """The page has asked for something newer since."""


@dataclass
class Newest:
    """The newest request of each open page, so that nothing is solved that nobody waits for."""

    seen: OrderedDict[str, int] = field(default_factory=OrderedDict[str, int])

    def note(self, tab: str, number: int) -> Callable[[], bool]:
        """A request has come; gives whether it is still the newest of its page."""
        if not tab:
            return lambda: True
        self.seen[tab] = max(number, self.seen.get(tab, 0))
        self.seen.move_to_end(tab)
        while len(self.seen) > MOST_TABS:
            self.seen.popitem(last=False)
        return lambda: self.seen.get(tab, number) <= number


@dataclass
class Lane:
    """Work of one kind, one piece at a time, each in its turn.

    Attributes:
        waiting: most pieces at once, the one being done among them.
        seconds: how long a piece may take with its wait.
        process: in a process of its own, so that it delays nobody else.
        own: what works; made when it is first needed.
    """

    waiting: int
    seconds: float
    process: bool = False
    own: Executor | None = None
    _open: int = 0

    async def run(self, wanted: Callable[[], bool], work: Callable[..., Any], *about: Any) -> Any:
        """What some work gives.

        Args:
            wanted: whether anybody still waits, asked when its turn has come.
            work: a function of a module.
            about: its arguments.

        Raises:
            BusyError: too many wait, or it took too long; it is finished all the same.
            OutdatedError: nobody waits any more.
            ThreatpointError: of the work.
        """
        if self._open >= self.waiting:
            raise BusyError(
                f"{self._open} requests of this kind are in work; try again in a moment"
            )
        self._open += 1
        job = asyncio.ensure_future(self._turn(wanted, work, about))
        job.add_done_callback(self._closed)
        try:
            return await asyncio.wait_for(asyncio.shield(job), self.seconds)
        except TimeoutError:
            raise BusyError(f"this took more than {self.seconds:g} s; try again") from None

    async def _turn(self, wanted: Callable[[], bool], work: Any, about: tuple[Any, ...]) -> Any:
        loop = asyncio.get_running_loop()
        if self.process:
            async with self._lock:
                if not wanted():
                    raise OutdatedError("outdated")
                found, text = await loop.run_in_executor(self.pool, guarded, work, *about)
        else:
            found, text = await loop.run_in_executor(self.pool, _if_wanted, wanted, work, about)
        if text:
            raise OutdatedError(text) if text == "outdated" else ThreatpointError(text)
        return found

    @property
    def _lock(self) -> asyncio.Lock:
        if not hasattr(self, "_one"):
            self._one = asyncio.Lock()
        return self._one

    def _closed(self, job: asyncio.Future[Any]) -> None:
        self._open -= 1
        if not job.cancelled():
            job.exception()  # looked at, for nobody may wait any more

    @property
    def pool(self) -> Executor:
        """What works, made when it is first needed."""
        if self.own is None:
            from threatpoint.processes import context

            self.own = (
                ProcessPoolExecutor(1, mp_context=context(), initializer=_quiet)
                if self.process
                else ThreadPoolExecutor(1)
            )
        return self.own

    def close(self) -> None:
        """Nothing more is begun, and what works in a process of its own ends."""
        if self.own is not None:
            workers = dict(getattr(self.own, "_processes", None) or {})
            self.own.shutdown(wait=False, cancel_futures=True)
            for worker in workers.values():  # else the app would wait for minutes of draws
                worker.terminate()


def guarded(work: Callable[..., Any], *about: Any) -> tuple[Any, str]:
    """What some work gives, and "" or why it gives nothing: errors do not cross processes."""
    try:
        return work(*about), ""
    except ThreatpointError as error:
        return None, one_line(error)


def one_line(error: Exception) -> str:
    """The message of the command line, its lines joined."""
    lines = [line.strip().removeprefix("- ") for line in short(str(error)).splitlines()]
    return (
        "; ".join(filter(None, lines))
        .replace("problem;", "problem:")
        .replace("problems;", "problems:")
    )


def _if_wanted(
    wanted: Callable[[], bool], work: Callable[..., Any], about: tuple[Any, ...]
) -> tuple[Any, str]:
    return guarded(work, *about) if wanted() else (None, "outdated")


def _quiet() -> None:
    """A worker gives way to what moves, and ends with the app."""
    import os

    from threatpoint.processes import begin

    begin()
    if hasattr(os, "nice"):
        os.nice(5)
