"""`threatpoint front`: who holds what, how fast the line moves, and by whose count."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from threatpoint import words
from threatpoint.cli.checked import Command
from threatpoint.cli.common import examples, open_console, written

if TYPE_CHECKING:
    from threatpoint.front.front import FrontResult


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        cls=Command,
        epilog=examples(
            "front --month 2025-03", "front --oblast Donetsk --out donetsk.csv --map map.svg"
        ),
    )(front)


def front(
    month: Annotated[str, typer.Option(help="Month, as YYYY-MM.")] = "2025-03",
    oblast: Annotated[
        str | None, typer.Option(help="Show one oblast, by name or ISO code, e.g. Donetsk.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Write the results to this .csv or .json file.")
    ] = None,
    lines: Annotated[
        bool,
        typer.Option(
            "--lines",
            help="Show area and people on each side of the contact line, the oblast borders and "
            "the Dnieper.",
        ),
    ] = False,
    map_: Annotated[
        Path | None, typer.Option("--map", help="Write the map to this .svg file.")
    ] = None,
) -> None:
    """Show who holds what in a month, the drift by source, and the projection scored."""
    from threatpoint.files import require_writable
    from threatpoint.front.front import solve_front
    from threatpoint.front.results import areas, drift, sides
    from threatpoint.front.tidy import write

    if out is not None:
        require_writable(out)
    if map_ is not None:
        require_writable(map_, "--map", (".svg",))
    result = solve_front(month, river=lines)
    tables = [areas(result, oblast), drift(result), *([sides(result)] if lines else [])]
    console = open_console()
    console.print(words.plain(f"Held in all: {words.area(result.total)}."))
    for table in tables:
        if table.rows:
            console.print(table.terminal())
    for line in _scored(result):
        console.print(words.plain(line))
    if out is not None:
        written([write(result, out, oblast)])
    if map_ is not None:
        from threatpoint.brief.front import write_map

        written([write_map(result, map_)])


def _scored(result: FrontResult) -> list[str]:
    """The projection in two sentences."""
    fitted, score, band = result.fitted, result.score, result.projected
    return [
        f"Drift fitted to {len(fitted.gains)} months up to {words.day(band.start)}: "
        f"{words.area(fitted.mean)} a month (deviation {words.number(fitted.deviation)}).",
        f"Record since: {words.area(score.monthly_record)} a month; {words.share(score.coverage)} "
        f"of {score.observations} observations inside the {words.share(band.level)} band; mean "
        f"bias {words.number(score.bias, True)} km².",
    ]
