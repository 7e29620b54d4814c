"""`threatpoint brief`: a situation solved, and its page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from threatpoint.cli.checked import Command
from threatpoint.cli.common import Deficits, Horizon, examples, open_console, written
from threatpoint.cli.outputs import analysed
from threatpoint.errors import EquilibriumError, ThreatpointError, require_extra

if TYPE_CHECKING:
    from threatpoint.analysis import Analysis


def register(app: typer.Typer) -> None:
    """Add the command."""
    lines = (
        "brief ukraine-2025-03-31 --out brief",
        "brief my-situation.toml --one-page --pdf page.pdf --xlsx tables.xlsx",
    )
    app.command(cls=Command, epilog=examples(*lines))(brief)


def _workbook(path: Path | None) -> Path | None:
    if path is not None:
        from threatpoint.brief.workbook import require_workbook

        require_workbook(path)
    return path


def _pdf(path: Path | None) -> Path | None:
    if path is not None:
        from threatpoint.brief.pdf import require_pdf

        require_pdf(path)
    return path


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
            callback=_pdf,
            help="Also print the first screen as this .pdf file, one A4; needs Chromium, Chrome "
            "or Edge.",
        ),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="With --pdf: print everything, all folds open.")
    ] = False,
    xlsx: Annotated[
        Path | None,
        typer.Option(callback=_workbook, help="Also write all tables as this .xlsx file."),
    ] = None,
    deficits: Deficits = "fixed",
    horizon: Horizon = "short",
) -> None:
    """Solve a situation, print the headline and write the page."""
    from threatpoint.brief import require_folder, summary

    require_extra("brief", "the page", "vl_convert")
    if full and pdf is None:
        raise ThreatpointError("--full says what --pdf prints: give --pdf FILE.pdf too")
    require_folder(out)
    console = open_console()
    analysis = _solved(situation, horizon, deficits)
    for part in summary(analysis, console.width):
        console.print(part)
    with console.status("drawing the page …"):
        page, more = _write(analysis, out, one_page, pdf, full, xlsx)
    print(f"page: {page}")
    written(more)
    if analysis.main.solution is None:
        raise EquilibriumError(f"the main threat has no answer: {analysis.main.failure}")


def _solved(name: str, horizon: str, deficits: str) -> Analysis:
    """The situation's answers, with statutory tariffs as another baseline."""
    from threatpoint.situation import load_situation
    from threatpoint.world import load_world, with_horizon

    economy, _ = with_horizon(load_world(), horizon)
    return analysed(load_situation(name), economy, "collected", horizon, deficits)


def _write(
    analysis: Analysis,
    out: Path,
    one_page: bool,
    pdf: Path | None,
    full: bool,
    xlsx: Path | None,
) -> tuple[Path, list[Path]]:
    """The page, drawn once, and what else was asked for."""
    from threatpoint.brief import write_pdf, write_workbook
    from threatpoint.brief.page import Content, write_content
    from threatpoint.brief.reading import Reading

    content = Content.of(Reading(analysis))
    page = write_content(content, out, one_page)
    more = [] if xlsx is None else [write_workbook(analysis, xlsx, content.tables)]
    more += [] if pdf is None else [write_pdf(page, pdf, full=full)]
    return page, more
