"""`threatpoint support`: what the others must add if one donor leaves, and whether they can."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from threatpoint import words
from threatpoint.cli.checked import Command, whole
from threatpoint.cli.common import MOST_ROWS, examples, open_console, written

FILE = "the situation's by default"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        cls=Command,
        epilog=examples(
            "support --key capacity", "support --key gdp --donor DEU --out germany.csv"
        ),
    )(support)


def support(
    situation: Annotated[
        str, typer.Argument(help="A built-in situation or a TOML file with tables [support].")
    ] = "ukraine-2025-03-31",
    key: Annotated[
        str | None, typer.Option(help=f"How the gap is shared: gdp, effort or capacity; {FILE}.")
    ] = None,
    donor: Annotated[
        str | None, typer.Option(help="Show one European donor, by code or name, e.g. DEU.")
    ] = None,
    horizon: Annotated[
        int | None,
        typer.Option(parser=whole("--horizon", -MOST_ROWS, MOST_ROWS), help=f"Months; {FILE}."),
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", help=f"First month of the baseline; {FILE}.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", help=f"Last month of the baseline; {FILE}.")
    ] = None,
    top: Annotated[
        int, typer.Option(parser=whole("--top", 1, MOST_ROWS), help="Donors to print.")
    ] = 12,
    out: Annotated[
        Path | None, typer.Option(help="Write the results to this .csv or .json file.")
    ] = None,
) -> None:
    """Share the support that ends among the other donors; ready, willing and able."""
    from threatpoint.files import require_writable
    from threatpoint.situation import load_support
    from threatpoint.support.results import donors, require_donor, three_tests, write
    from threatpoint.support.support import solve_support

    if out is not None:
        require_writable(out)
    asked = load_support(situation).arguments()
    begin, end = asked["baseline"]
    asked["baseline"] = (first or begin, last or end)
    given = {"key": key, "horizon": horizon}
    result = solve_support(**asked | {k: v for k, v in given.items() if v is not None})
    table = donors(result)
    if donor is not None:
        donor = require_donor(result, donor)
        table = replace(table, rows=[row for row in table.rows if row["donor"] == donor])
    console = open_console()
    console.print(words.plain(f"To replace: {words.eur(result.gap)} a year."))
    console.print(table.terminal(top))
    console.print(three_tests(result).terminal())
    if out is not None:
        written(write(result, out, donor))
