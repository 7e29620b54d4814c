"""Server: addresses of the app, what each answers, and what it refuses."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from typing import TYPE_CHECKING, Any

from threatpoint.app import pages, work
from threatpoint.app.ground import Source
from threatpoint.app.lanes import BusyError, Lane, Newest, OutdatedError, guarded, one_line
from threatpoint.app.state import State, read
from threatpoint.errors import PolicyError, ThreatpointError, require_extra, shown

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

LONGEST = 2000
"""Characters of a query."""
OWN = ("tab", "n", "view", "chart", "all")
"""Keys of the page itself, which are no part of the state."""
FILES = {"app.js": "text/javascript", "app.css": "text/css"}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; "
    "style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
MOST_DRAWN = 64
"""Situations whose draws may wait."""
Handler = Callable[["Request"], Awaitable["Response"]]


@dataclass
class Desk:
    """What the handlers share.

    Attributes:
        sources: name -> situation; the first is shown where none is named.
        draws: of the chain that is solved before anybody asks; 0 for none.
        apart: whether long work is done in processes of its own.
    """

    sources: Mapping[str, Source]
    draws: int = 64
    apart: bool = True
    newest: Newest = field(default_factory=Newest)
    before: dict[str, asyncio.Future[Any]] = field(default_factory=dict[str, Any])

    @cached_property
    def lanes(self) -> dict[str, Lane]:
        """Ticks are done here; what takes longer in processes of its own."""
        about = {"tick": (64, 15), "rest": (64, 30), "long": (4, 180), "draw": (MOST_DRAWN, 3600)}
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
        pairs = [(k, v) for k, v in request.query_params.multi_items() if k not in OWN]
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
        """The draws of a situation; None while they are solved, or where there will be none."""
        job = self.before.get(state.situation)
        if job is None or not job.done() or job.cancelled():
            return None
        error = job.exception()
        return {"failure": one_line(error)} if isinstance(error, Exception) else job.result()


def application(desk: Desk) -> Starlette:
    """The app for an ASGI server.

    Args:
        desk: the situations, and how much is done at once.

    Raises:
        MissingExtraError: starlette is not installed.
    """
    require_extra("app", "the app", "starlette")
    from starlette.applications import Starlette
    from starlette.routing import Route

    handlers = pages.handlers(desk)
    routes = [Route(path, checked(handler), methods=["GET"]) for path, handler in handlers.items()]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> Any:
        warming = asyncio.ensure_future(_warm(desk))
        yield
        warming.cancel()
        for lane in desk.lanes.values():
            lane.close()

    return Starlette(routes=routes, lifespan=lifespan)


async def _warm(desk: Desk) -> None:
    """What the first request needs is read while nobody asks; then what the first rest needs."""
    first = next(iter(desk.sources.values()))
    for lane in ("tick", "rest"):
        pool = desk.lanes[lane].pool
        await asyncio.get_running_loop().run_in_executor(pool, guarded, work.warm, first)


def checked(handler: Handler) -> Handler:
    """A handler behind the limits, whose errors are one line."""

    async def answer(request: Request) -> Response:
        refused = _refused(request)
        if refused:
            return plain(*refused)
        try:
            found = await handler(request)
        except OutdatedError:
            return plain(409, "outdated: the page has asked for something newer since")
        except BusyError as error:
            return plain(503, one_line(error), {"Retry-After": "5"})
        except ThreatpointError as error:
            return plain(422, one_line(error))
        except Exception as error:
            print(f"error: {type(error).__name__}: {error}")
            return plain(500, "this went wrong here, not with you; the app goes on")
        found.headers.update(HEADERS)
        return found

    return answer


def _refused(request: Request) -> tuple[int, str] | None:
    """Why a request is not read at all."""
    if len(request.url.query) > LONGEST:
        return 414, f"the address has {len(request.url.query):,} characters; at most {LONGEST:,}"
    length = request.headers.get("content-length", "0")
    if length != "0" or "transfer-encoding" in request.headers:
        return 413, "no body is read here: everything stands in the address"
    return None


def plain(status: int, text: str, more: Mapping[str, str] | None = None) -> Response:
    """A message on one line."""
    from starlette.responses import PlainTextResponse

    return PlainTextResponse(f"{text}\n", status, headers={**HEADERS, **(more or {})})


def packed(name: str) -> bytes:
    """A file beside the code."""
    return resources.files("threatpoint.app").joinpath("templates", name).read_bytes()
