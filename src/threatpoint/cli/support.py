"""`threatpoint support`: what the others must add if one donor leaves, and whether they can."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from threatpoint.cli.checked import whole
from threatpoint.cli.common import (
    BUILT_IN,
    MOST_ROWS,
    Out,
    command,
    open_console,
    say,
    written,
)

FILE = "the situation's by default"


def support(
    situation: Annotated[
        str, typer.Argument(help="A built-in situation or a TOML file with tables [support].")
    ] = BUILT_IN,
    key: Annotated[
        str | None, typer.Option(help=f"How the gap is shared: gdp, effort or capacity; {FILE}.")
    ] = None,
    donor: Annotated[
        str | None, typer.Option(help="Show one European donor, by code or name, e.g. DEU.")
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
    out: Out = None,
) -> None:
    """Share the support that ends among the other donors; ready, willing and able."""
    from threatpoint.analysis.ground import drawn_support
    from threatpoint.situation import load_situation, load_support
    from threatpoint.support.results import donors, kinds, require_donor, write
    from threatpoint.support.support import solve_support
    from threatpoint.support.three_tests import three_tests

    asked = load_support(situation)
    begin, end = asked.baseline
    result = solve_support(
        asked.key if key is None else key,
        date=load_situation(situation).date,
        baseline=(first or begin, last or end),
    )
    table = donors(result)
    if donor is not None:
        donor = require_donor(result, donor)
        table = replace(table, rows=[row for row in table.rows if row["donor"] == donor])
    drawn, console = drawn_support(result), open_console()
    say(console, "support.finding", result, drawn)
    console.print(table.terminal(top))
    console.print(three_tests(result, drawn).terminal())
    console.print(kinds(result).terminal())
    if out is not None:
        written(write(result, out, donor, drawn))


register = command(
    support, "support --key capacity", "support --key gdp --donor DEU --out germany.csv"
)
"""Add the command to an app."""
