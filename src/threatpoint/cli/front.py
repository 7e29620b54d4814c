"""`threatpoint front`: who holds what, how fast the line moves, and by whose count."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from threatpoint.cli.checked import Command
from threatpoint.cli.common import examples, open_console, print_table, written
from threatpoint.words import number_words

if TYPE_CHECKING:
    from threatpoint.front.front import FrontResult
    from threatpoint.front.territory import Side


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
    from threatpoint.front.results import control_rows, write

    if out is not None:
        require_writable(out)
    if map_ is not None:
        require_writable(map_, "--map", (".svg",))
    result = solve_front(month, river=lines)
    rows = control_rows(result, oblast)
    console = open_console()
    shown = rows if oblast else [row for row in rows if row["share_held"]]
    print_table(console, _title(result), [_held(row) for row in shown])
    if result.drift is not None:
        print_table(console, f"Gain in {month} by source", _drift(result))
    if lines:
        print_table(console, "Sides of a line", [_side(side) for side in result.lines])
    for line in _scored(result):
        console.print(line)
    if out is not None:
        written([write(result, out, oblast)])
    if map_ is not None:
        from threatpoint.brief.front_figures import write_map

        written([write_map(result, map_)])


def _title(result: FrontResult) -> str:
    return f"Control on {result.observed}: {result.total:,.0f} km² held in all"


def _held(row: dict[str, Any]) -> dict[str, str]:
    """One oblast as printed."""
    gain = row["gain_km2"]
    return {
        "oblast": row["name"],
        "held, %": f"{100 * row['share_held']:.1f}",
        "held, km²": f"{row['held_km2']:,.0f}",
        "gain, km²": number_words(gain, True, 0).replace("-", "−"),
    }


def _drift(result: FrontResult) -> list[dict[str, str]]:
    from threatpoint.front.results import drift_rows

    return [
        {"source": row["source"], "km²": f"{row['value']:,.0f}"}
        for row in drift_rows(result)
        if row["value"] is not None
    ]


def _side(side: Side) -> dict[str, str]:
    """One side of a line as printed."""
    return {
        "line": side.line,
        "side": side.side,
        "area, km²": f"{side.area:,.0f}",
        "people, m (2021)": f"{side.population / 1e3:.1f}",
        "range": f"{side.population_low / 1e3:.1f}–{side.population_high / 1e3:.1f}",
        "no figure for": ", ".join(side.without_population) or "–",
    }


def _scored(result: FrontResult) -> list[str]:
    """The projection in two sentences."""
    fitted, score = result.fitted, result.score
    return [
        f"Drift fitted to {len(fitted.gains)} months up to 31 March 2025: {fitted.mean:,.0f} km² a "
        f"month (deviation {fitted.deviation:,.0f}).",
        f"Record since: {score.monthly_record:,.0f} km² a month; {100 * score.coverage:.0f} % of "
        f"{score.observations} observations inside the {100 * result.projected.level:.0f} % band; "
        f"mean bias {number_words(score.bias, True, 0)} km².",
    ]
