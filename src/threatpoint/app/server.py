"""Server: addresses of the app, what each answers, and what it refuses."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from threatpoint.app import pages, work
from threatpoint.app.desk import Desk
from threatpoint.app.lanes import BusyError, OutdatedError, guarded, one_line
from threatpoint.errors import ThreatpointError, require_extra

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

    from threatpoint.app.pages import Handler

LONGEST = 2000
"""Characters of a query."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; "
    "style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


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
    routes = [
        Route(path, checked(desk, handler), methods=["GET"]) for path, handler in handlers.items()
    ]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        warming = asyncio.ensure_future(_warm(desk))
        yield
        warming.cancel()
        for lane in desk.lanes.values():
            lane.close()

    found = Starlette(routes=routes, lifespan=lifespan)
    found.add_exception_handler(404, nowhere(desk))
    found.add_exception_handler(405, nowhere(desk))
    return found


def nowhere(desk: Desk) -> Any:
    """What answers where there is nothing, or not so: behind the same limits."""

    async def answer(request: Request, error: Any) -> Response:
        text = f"{error.detail}: the app is asked with GET, at /"
        return plain(*(_refused(desk, request) or (error.status_code, text)), error.headers)

    return answer


async def _warm(desk: Desk) -> None:
    """What the first request needs is read while nobody asks; then what the first rest needs."""
    first = next(iter(desk.sources.values()))
    for lane in ("tick", "rest"):
        pool = desk.lanes[lane].pool
        await asyncio.get_running_loop().run_in_executor(pool, guarded, work.warm, first)


def checked(desk: Desk, handler: Handler) -> Handler:
    """A handler behind the limits, whose errors are one line."""

    async def answer(request: Request) -> Response:
        refused = _refused(desk, request)
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
            print(f"error: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
            return plain(500, "this went wrong here, not with you; the app goes on")
        found.headers.update(HEADERS)
        return found

    return answer


def _refused(desk: Desk, request: Request) -> tuple[int, str] | None:
    """Why a request is not read at all."""
    if desk.hosts and request.url.hostname not in desk.hosts:
        return 421, "this app answers on its own machine alone; see --host"
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
