"""`threatpoint brief`: a situation solved, and its page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from threatpoint.cli.checked import Command
from threatpoint.cli.common import Deficits, Horizon, examples, open_console
from threatpoint.errors import EquilibriumError, require_extra


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(cls=Command, epilog=examples("brief ukraine-2025-03-31 --out brief"))(brief)


def brief(
    situation: Annotated[
        str, typer.Argument(help="A built-in situation or a TOML file.")
    ] = "ukraine-2025-03-31",
    out: Annotated[Path, typer.Option(help="Folder of the page and its data.")] = Path("brief"),
    deficits: Deficits = "fixed",
    horizon: Horizon = "short",
) -> None:
    """Solve a situation, print the headline and write the page."""
    from threatpoint.analysis import analyse
    from threatpoint.brief import require_folder, summary, write_brief
    from threatpoint.situation import load_situation
    from threatpoint.world import load_world, with_horizon

    require_extra("brief", "the page", "altair", "vl_convert")
    require_folder(out)
    economy, name = with_horizon(load_world(), horizon)
    statutory, _ = with_horizon(load_world("statutory"), horizon)
    read = load_situation(situation)
    console = open_console()
    with console.status("solving …"):
        analysis = analyse(
            read,
            economy,
            horizon=name,
            deficits=deficits,
            alternatives={"the baseline has the statutory tariffs": statutory},
        )
    for part in summary(analysis, console.width):
        console.print(part)
    with console.status("drawing the page …"):
        page = write_brief(analysis, out)
    print(f"page: {page}")
    if analysis.main.solution is None:
        raise EquilibriumError(f"the main threat has no answer: {analysis.main.failure}")
