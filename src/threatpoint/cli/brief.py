"""`threatpoint brief`: a situation solved, and its page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from threatpoint.cli.checked import Command
from threatpoint.cli.common import Date, Deficits, Horizon, examples, open_console, world_on
from threatpoint.cli.outputs import Outputs, analysed
from threatpoint.errors import EquilibriumError, ThreatpointError

if TYPE_CHECKING:
    from threatpoint.analysis import Analysis


def register(app: typer.Typer) -> None:
    """Add the command."""
    lines = (
        "brief ukraine-2025-03-31 --out brief",
        "brief my-situation.toml --one-page --pdf page.pdf --xlsx tables.xlsx",
    )
    app.command(cls=Command, epilog=examples(*lines))(brief)


def brief(
    situation: Annotated[
        str, typer.Argument(help="A built-in situation or a TOML file.")
    ] = "ukraine-2025-03-31",
    out: Annotated[Path, typer.Option(help="Folder of the page and its data.")] = Path("brief"),
    one_page: Annotated[
        bool,
        typer.Option("--one-page", help="Only the page: data and charts inside it, none beside."),
    ] = False,
    pdf: Annotated[
        Path | None,
        typer.Option(
            help="Also print the first screen as this .pdf file, one A4; needs Chromium, Chrome "
            "or Edge.",
        ),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="With --pdf: print everything, all folds open.")
    ] = False,
    xlsx: Annotated[
        Path | None,
        typer.Option(help="Also write all tables as this .xlsx file."),
    ] = None,
    deficits: Deficits = "fixed",
    horizon: Horizon = "short",
    date: Date = "",
) -> None:
    """Solve a situation, print the headline and write the page."""
    from threatpoint.brief import summary

    if full and pdf is None:
        raise ThreatpointError("--full says what --pdf prints: give --pdf FILE.pdf too")
    outputs = Outputs(page=out, xlsx=xlsx, pdf=pdf, one_page=one_page, full=full)
    outputs.require()
    console = open_console()
    analysis = _solved(situation, horizon, deficits, date)
    for part in summary(analysis, console.width):
        console.print(part)
    outputs.write(analysis)
    if analysis.main.solution is None:
        raise EquilibriumError(f"the main threat has no answer: {analysis.main.failure}")


def _solved(name: str, horizon: str, deficits: str, date: str) -> Analysis:
    """The situation's answers, with statutory tariffs as another baseline."""
    from threatpoint.situation import load_situation
    from threatpoint.world import with_horizon

    read = load_situation(name)
    economy, _ = with_horizon(world_on(date or read.date), horizon)
    return analysed(read, economy, "collected", horizon, deficits)
