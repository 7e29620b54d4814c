"""Desk: what all handlers share. The situations, what is done at once, the draws solved before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from threatpoint.app import work
from threatpoint.app.ground import KINDS, Source
from threatpoint.app.lanes import Lane, Newest, one_line
from threatpoint.app.state import State, read
from threatpoint.errors import PolicyError, shown

if TYPE_CHECKING:
    from starlette.requests import Request

OWN = ("tab", "n", "view", "outlines", "chart", "all", "was")
"""Keys of the page itself, which are no part of the state."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""This machine."""
MOST_DRAWN = 64
"""Situations whose draws may wait."""


@dataclass
class Desk:
    """What the handlers share.

    Attributes:
        sources: name -> situation; the first is shown where none is named.
        draws: of the chain that is solved before anybody asks; 0 for none.
        apart: whether long work is done in processes of its own.
        hosts: names under which it is asked; empty for any. A page of elsewhere that leads its own
            name to this machine is not answered.
    """

    sources: Mapping[str, Source]
    draws: int = 64
    apart: bool = True
    hosts: tuple[str, ...] = LOOPBACK
    newest: Newest = field(default_factory=Newest)
    before: dict[str, asyncio.Future[Any]] = field(default_factory=dict[str, Any])

    @cached_property
    def lanes(self) -> dict[str, Lane]:
        """Ticks are done here; what takes longer in processes of its own."""
        about = {"tick": (64, 30), "rest": (64, 60), "long": (4, 180), "draw": (MOST_DRAWN, 3600)}
        if not self.apart:
            pool = ThreadPoolExecutor(1)
            return {name: Lane(*limits, own=pool) for name, limits in about.items()}
        return {name: Lane(*limits, name != "tick") for name, limits in about.items()}

    # -- reading a request -----

    def state(self, request: Request) -> State:
        """The state that is asked for.

        Raises:
            PolicyError: every problem of the address, in one line.
        """
        given, was = request.query_params.multi_items(), request.query_params.get("was")
        pairs = [(key, value) for key, value in given if key not in OWN]
        if was is not None:
            pairs = list(submitted(pairs, was))
        return read(pairs, tuple(self.sources), next(iter(self.sources)))

    def source(self, state: State) -> Source:
        """The situation of a state."""
        return self.sources[state.situation]

    def wanted(self, request: Request) -> Callable[[], bool]:
        """Whether the page still waits for this, by the number that it gave."""
        text = request.query_params.get("n", "0")
        if not (text.isascii() and text.isdigit() and len(text) < 16):
            raise PolicyError(f"n {shown(text)} is not a whole number")
        return self.newest.note(request.query_params.get("tab", "")[:64], int(text))

    # -- work -----

    async def run(self, lane: str, request: Request, job: Any, *more: Any) -> Any:
        """Some work on the state of a request.

        Raises:
            ThreatpointError: as `Lane.run`.
        """
        state = self.state(request)
        wanted = self.wanted(request)
        return await self.lanes[lane].run(wanted, job, self.source(state), state, *more)

    def start_drawing(self, state: State) -> None:
        """Let the draws of a situation be solved, once."""
        if self.draws and state.situation not in self.before:
            job = self.lanes["draw"].run(lambda: True, work.drawn, self.source(state), self.draws)
            self.before[state.situation] = asyncio.ensure_future(job)

    def drawn(self, state: State) -> Any:
        """The draws of a situation; None while they are solved."""
        job = self.before.get(state.situation)
        if not self.draws:
            return {}
        if job is None or not job.done() or job.cancelled():
            return None
        error = job.exception()
        return {"failure": one_line(error)} if isinstance(error, Exception) else job.result()


def submitted(pairs: Sequence[tuple[str, str]], was: str) -> Iterator[tuple[str, str]]:
    """What a form that is sent without a script asks for, which sends every control it has.

    Another situation than it `was` starts as it stands; what a threat has no use for stays away.
    """
    given = dict(pairs)
    anew, threat = given.get("situation", was) != was, given.get("threat", "")
    idle = {"rate"} if threat != "tariff" else set[str]()
    idle |= set() if threat in KINDS else {"targets", "sectors", "enforcement"}
    for key, value in pairs:
        if key == "situation" or not (anew or key in idle):
            yield key, value
