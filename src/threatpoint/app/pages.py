"""Pages: the handler of each address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from threatpoint import __version__
from threatpoint.app import parts, work
from threatpoint.app.controls import controls
from threatpoint.app.ground import ground
from threatpoint.app.lanes import BusyError, guarded, one_line
from threatpoint.app.state import State
from threatpoint.brief import theme, world_map
from threatpoint.errors import ThreatpointError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from threatpoint.app.desk import Desk

Handler = Callable[["Request"], Awaitable["Response"]]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def handlers(desk: Desk) -> dict[str, Handler]:
    """Address -> what answers it."""
    from starlette.responses import JSONResponse, Response

    async def index(request: Request) -> Response:
        return await _index(desk, request)

    async def tick(request: Request) -> Response:
        view = request.query_params.get("view", "")
        own = request.query_params.get("outlines") == "own"
        return JSONResponse(await desk.run("tick", request, work.tick, view, own))

    async def rest(request: Request) -> Response:
        desk.start_drawing(desk.state(request))
        return JSONResponse(await desk.run("rest", request, work.rest))

    async def before(request: Request) -> Response:
        return await _before(desk, request)

    async def page(request: Request) -> Response:
        return Response(
            await desk.run("long", request, work.page),
            media_type="text/html",
            headers=_saved("page.html"),
        )

    async def tables(request: Request) -> Response:
        found = await desk.run("long", request, work.tables)
        return Response(found, media_type=XLSX, headers=_saved("tables.xlsx"))

    async def picture(request: Request) -> Response:
        chart = request.query_params.get("chart", "losses")
        found = await desk.run("long", request, work.picture, chart)
        return Response(found, media_type="image/png", headers=_saved(f"{chart}.png"))

    async def file(request: Request) -> Response:
        found = await desk.run("tick", request, work.situation)
        return Response(found, media_type="application/toml", headers=_saved("situation.toml"))

    async def script(_: Request) -> Response:
        return Response(packed("app.js"), media_type="text/javascript")

    async def outlines(_: Request) -> Response:
        return JSONResponse(world_map.outlines())

    async def look(_: Request) -> Response:
        return Response(_style(), media_type="text/css")

    return {
        "/": index, "/tick": tick, "/rest": rest, "/before": before, "/page": page,
        "/tables.xlsx": tables, "/picture.png": picture, "/situation.toml": file,
        "/app.js": script, "/app.css": look, "/outlines.json": outlines,
    }  # fmt: skip


def _saved(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


async def _index(desk: Desk, request: Request) -> Response:
    """The page with what a tick gives; with everything where `all` is asked for.

    A bad address gives the page of the situation as it stands, with the message, as 422.
    """
    from starlette.responses import HTMLResponse

    status, problem, found = 200, "", {}
    try:
        state = desk.state(request)
        found = await desk.run("tick", request, work.tick, "")
        if request.query_params.get("all"):
            more = await desk.run("rest", request, work.rest)
            found = {**found, "html": {**found["html"], **more["html"]}}
    except BusyError:
        raise
    except ThreatpointError as error:
        status, problem = 422, one_line(error)
        named = request.query_params.get("situation", "")
        state = State(named if named in desk.sources else next(iter(desk.sources)))
        found = await desk.lanes["tick"].run(lambda: True, work.tick, desk.source(state), state, "")
    form = await desk.lanes["tick"].run(lambda: True, form_of, desk.source(state), state)
    names = {name: await _title(desk, name) for name in desk.sources}
    text = parts.filled(problem=problem, found=found, names=names, version=__version__, **form)
    return HTMLResponse(text, status)


def form_of(source: Any, state: State) -> dict[str, Any]:
    """The form of a state."""
    here = ground(source, state.date)
    settled = here.settled(state)
    return {"state": settled, "c": controls(here, settled)}


async def _title(desk: Desk, name: str) -> str:
    """A situation in the list."""
    return _named(desk.sources[name])


@cache
def _named(source: Any) -> str:
    """Title and day, without reading the whole file."""
    from threatpoint.situation.text import parse
    from threatpoint.words import day

    tables, why = guarded(parse, source.text, source.name)
    about = {} if why else tables.get("situation", {})
    if not {"title", "date"} <= {*about}:
        return source.name
    return f"{about['title']}, {day(about['date'])}"


async def _before(desk: Desk, request: Request) -> Response:
    """What was drawn before, as far as it is there; `done` says whether to ask again."""
    from starlette.responses import JSONResponse

    state = desk.state(request)
    desk.start_drawing(state)
    found = desk.drawn(state)
    html = await desk.run("tick", request, shown, found)
    return JSONResponse({"html": html, "done": found is not None})


def shown(source: Any, state: State, found: Any) -> str:
    """Draws solved before beside a state."""
    here = ground(source, state.date)
    return parts.shown_before(here, here.settled(replace(state)), found)


@cache
def _style() -> str:
    page = parts.resources_of("page.css")
    return f"{theme.style()}\n{page}\n{packed('app.css').decode('utf-8')}"


def packed(name: str) -> bytes:
    """A file beside the code."""
    return resources.files("threatpoint.app").joinpath("templates", name).read_bytes()
