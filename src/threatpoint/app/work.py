"""Work: what is done in a lane. Every function takes and gives what crosses processes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from threatpoint.app import document, parts, solved
from threatpoint.app.ground import Source, ground

if TYPE_CHECKING:
    from threatpoint.app.state import State

Answer = dict[str, Any]
DRAWN = "short"
"""The horizon of the draws that are solved before anybody asks."""


def settle(source: Source, state: State) -> State:
    """The state in codes, without what is as stated."""
    return ground(source, state.date).settled(state)


def tick(source: Source, state: State, view: str, by_code: bool = False) -> Answer:
    """Losses and map, as pieces of the page and as numbers."""
    here = ground(source, state.date)
    found = solved.tick(here, here.settled(state))
    return parts.moving(found, view, by_code)


def rest(source: Source, state: State) -> Answer:
    """Answer, who gives in, options, and the commands."""
    here = ground(source, state.date)
    return parts.resting(solved.rest(here, here.settled(state)))


def page(source: Source, state: State) -> str:
    """The page that is handed on."""
    return _content(source, state).html(alone=True)


def tables(source: Source, state: State) -> bytes:
    """The workbook of the page."""
    from threatpoint.brief.workbook import workbook_bytes

    content = _content(source, state)
    return workbook_bytes(content.reading.analysis, content.tables)


def picture(source: Source, state: State, which: str) -> bytes:
    """A chart as a PNG."""
    from threatpoint.brief.standalone import png
    from threatpoint.errors import PolicyError, unknown

    if which not in PICTURES:
        raise PolicyError(unknown("chart", which, tuple(PICTURES)))
    here = ground(source, state.date)
    figure = PICTURES[which](here, here.settled(state))
    if figure is None:
        raise PolicyError(f"there is no chart of {which} here: nothing was solved, or asked for")
    return png(figure)


PICTURES: dict[str, Callable[..., Any]] = {
    "losses": lambda here, state: solved.rest(here, state).losses(),
    "map": lambda here, state: solved.tick(here, state).map(),
    "options": lambda here, state: parts.options(solved.rest(here, state)),
}
"""Word of a chart -> what draws it."""


def situation(source: Source, state: State) -> str:
    """The same as a situation file."""
    here = ground(source, state.date)
    found = here.settled(state)
    document.situation_of(here, found)
    return document.text_of(here, found)


def drawn(source: Source, draws: int) -> Answer:
    """The situation as it stands with everything drawn, trade too: sentences and ranges."""
    from threatpoint.analysis.chain.chain import Drawing
    from threatpoint.analysis.light import expected

    here = ground(source, "")
    return parts.before(expected(here.situation, here.economy, Drawing(draws), horizon=DRAWN))


def warm(source: Source) -> None:
    """Read what the first request needs."""
    here = ground(source, "")
    from threatpoint.app.state import State

    solved.tick(here, here.settled(State(source.name)))


@lru_cache(maxsize=1)
def _content(source: Source, state: State) -> Any:
    """The page drawn; kept, for a workbook is often asked for after it."""
    from threatpoint.brief.page import Content

    here = ground(source, state.date)
    return Content.drawn(solved.whole(here, here.settled(state)), raster=False)
