"""`threatpoint brief`: a situation solved, and its page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from threatpoint.cli.checked import Command
from threatpoint.cli.common import Date, Deficits, Horizon, examples, open_console, world_on
from threatpoint.cli.drawing import WORK, Draws, Quick, Seed, Workers, drawing
from threatpoint.cli.outputs import Outputs, analysed
from threatpoint.errors import EquilibriumError, ThreatpointError
from threatpoint.processes import ready

if TYPE_CHECKING:
    from threatpoint.analysis import Analysis
    from threatpoint.analysis.chain.chain import Drawing

STORE = "draws.zarr"
"""The draws, in the page's folder."""


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
    draws: Draws = 256,
    seed: Seed = 0,
    quick: Quick = False,
    workers: Workers = 2,
    deficits: Deficits = "fixed",
    horizon: Horizon = "short",
    date: Date = "",
) -> None:
    """Solve a situation in draws of everything uncertain, print the answer and write the page.

    The draws are kept in the page's folder where the extra "ensemble" is installed: a run that is
    stopped goes on there.
    """
    if workers > 1 and not quick:
        ready(*WORK)  # before all else: it imports while this process does
    from threatpoint.analysis.ensemble.door import has_packages
    from threatpoint.brief import summary

    if full and pdf is None:
        raise ThreatpointError("--full says what --pdf prints: give --pdf FILE.pdf too")
    outputs = Outputs(out, xlsx, pdf=pdf, one_page=one_page, full=full, raster=not quick)
    outputs.require()
    console = open_console()
    store = out / STORE if has_packages() and not one_page else None
    with drawing(draws, seed, quick, workers, store, anew=True) as how:
        analysis = _solved(situation, horizon, deficits, date, how)
    for part in summary(analysis, console.width):
        console.print(part)
    outputs.write(analysis)
    if analysis.main.solution is None:
        raise EquilibriumError(f"the main threat has no answer: {analysis.main.failure}")


def _solved(name: str, horizon: str, deficits: str, date: str, how: Drawing) -> Analysis:
    """The situation's answers, with statutory tariffs as another baseline."""
    from threatpoint.situation import load_situation
    from threatpoint.world import with_horizon

    read = load_situation(name)
    economy, _ = with_horizon(world_on(date or read.date), horizon)
    return analysed(read, economy, "collected", horizon, deficits, drawing=how)
