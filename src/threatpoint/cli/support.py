"""`threatpoint support`: what the others must add if one donor leaves, and whether they can."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from threatpoint.cli.checked import Command, whole
from threatpoint.cli.common import MOST_ROWS, examples, open_console, print_table, written
from threatpoint.words import number_words

if TYPE_CHECKING:
    from threatpoint.support.support import SupportResult


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
    from threatpoint.support.results import donor_rows, require_donor, summary_rows, write
    from threatpoint.support.support import solve_support

    if out is not None:
        require_writable(out)
    asked = load_support(situation).arguments()
    begin, end = asked["baseline"]
    asked["baseline"] = (first or begin, last or end)
    given = {"key": key, "horizon": horizon}
    result = solve_support(**asked | {k: v for k, v in given.items() if v is not None})
    rows = donor_rows(result)
    if donor is not None:
        donor = require_donor(result, donor)
        rows = [row for row in rows if row["donor"] == donor]
    console = open_console()
    print_table(console, _title(result), [_shown(row) for row in rows[:top]])
    print_table(console, "Ready, willing and able", [_measure(row) for row in summary_rows(result)])
    if out is not None:
        written(write(result, out, donor))


def _title(result: SupportResult) -> str:
    first, last = result.baseline
    return (
        f"To replace EUR {result.gap:.0f} bn a year ({first} to {last}), key {result.key}; "
        "EUR bn a year"
    )


def _shown(row: dict[str, Any]) -> dict[str, str]:
    """One donor as printed."""
    return {
        "donor": row["name"],
        "bilateral": f"{row['bilateral_eur_bn']:.2f}",
        "through EU": f"{row['through_eu_eur_bn']:.2f}",
        "must add": f"{row['added_eur_bn']:.2f}",
        "added, % of GDP": f"{row['added_pct_gdp']:.2f}",
        "needed, % of GDP": f"{row['needed_pct_gdp']:.2f}",
        "really added": number_words(row["afterwards_change_eur_bn"], decimals=2).replace("-", "−"),
    }


def _measure(row: dict[str, Any]) -> dict[str, str]:
    value = row["value"]
    shown = "never" if value is None else number_words(value, decimals=2).replace("-", "−")
    return {"measure": row["measure"], "value": shown, "unit": row["unit"]}
