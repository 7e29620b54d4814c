"""`threatpoint front`: who holds what, how fast the line moves, and by whose count."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from threatpoint.cli.common import Out, command, open_console, say, written
from threatpoint.front import MONTH

DRAWS, SEED = 1024, 0


def _picture(path: Any) -> Any:
    from threatpoint.files import require_writable

    if path is not None:
        require_writable(path, "--map", (".svg",))
    return path


def front(
    month: Annotated[str, typer.Option(help="Month, as YYYY-MM.")] = MONTH,
    oblast: Annotated[
        str | None, typer.Option(help="Show one oblast, by name or ISO code, e.g. Donetsk.")
    ] = None,
    out: Out = None,
    lines: Annotated[
        bool,
        typer.Option(
            "--lines",
            help="Show area and people on each side of the contact line, the oblast borders and "
            "the Dnieper.",
        ),
    ] = False,
    draws: Annotated[int, typer.Option(help="Draws of the months ahead, a power of 2.")] = DRAWS,
    seed: Annotated[int, typer.Option(help="Of the draws.")] = SEED,
    map_: Annotated[
        Path | None,
        typer.Option("--map", callback=_picture, help="Write the map to this .svg file."),
    ] = None,
) -> None:
    """Show who holds what in a month, the drift by source, and what to expect of it."""
    from threatpoint.analysis.ground import front_ahead
    from threatpoint.front.front import solve_front
    from threatpoint.front.results import ahead, areas, drift, force, sides
    from threatpoint.front.tidy import write

    result = solve_front(month, river=lines)
    found, why = front_ahead(month, draws, seed)
    drawn = [ahead(found.paths), force(found.force)] if found else []
    tables = [areas(result, oblast), drift(result), *drawn, *([sides(result)] if lines else [])]
    console = open_console()
    say(console, "front.finding", result)
    for table in tables:
        if table.rows:
            console.print(table.terminal())
    say(console, "front.told", result, found, why)
    if out is not None:
        written([write(result, out, oblast)])
    if map_ is not None:
        from threatpoint.brief.front import write_map

        written([write_map(result, map_)])


register = command(
    front, "front --month 2025-03", "front --oblast Donetsk --out donetsk.csv --map map.svg"
)
"""Add the command to an app."""
