"""`threatpoint expect`: what to expect of a situation, on one screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from threatpoint import words
from threatpoint.cli.common import (
    BUILT_IN,
    Date,
    Deficits,
    Out,
    Situation,
    command,
    open_console,
    world_on,
    written,
)
from threatpoint.cli.drawing import WORK, Draws, Quick, Seed, Workers, drawing
from threatpoint.processes import ready

if TYPE_CHECKING:
    from threatpoint.analysis import Analysis


def expect(
    situation: Situation = BUILT_IN,
    draws: Draws = 256,
    seed: Seed = 0,
    quick: Quick = False,
    store: Annotated[
        Path | None,
        typer.Option(help="Keep the draws here, NAME.zarr, and go on with those that are there."),
    ] = None,
    horizon: Annotated[
        str, typer.Option(help="Set of elasticities of the draws, as `threatpoint brief` has it.")
    ] = "short",
    deficits: Deficits = "fixed",
    date: Date = "",
    workers: Workers = 2,
    out: Out = None,
) -> None:
    """Say what to expect: the options against each other, what may come, what would change it."""
    if workers > 1 and not quick:
        ready(*WORK)  # before all else: it imports while this process does
    analysis = _solved(situation, draws, seed, quick, store, horizon, deficits, date, workers)
    _print(analysis)
    if out is not None:
        from threatpoint.brief.expect import write

        written([write(analysis, out)])


def _solved(
    name: str, draws: int, seed: int, quick: bool, store: Path | None, horizon: str,
    deficits: str, date: str, workers: int,
) -> Analysis:  # fmt: skip
    from threatpoint.analysis.light import expected
    from threatpoint.situation import load_situation
    from threatpoint.world import with_horizon

    read = load_situation(name)
    economy, chosen = with_horizon(world_on(date or read.date), horizon)
    with drawing(draws, seed, quick, workers, store) as how:
        return expected(read, economy, how, horizon=chosen, deficits=deficits)


def _print(analysis: Analysis) -> None:
    """The first sentence, the tables and how it was scored."""
    from threatpoint.brief.expect import spoken

    console = open_console()
    for part in spoken(analysis, console.width):
        console.print(words.plain(part) if isinstance(part, str) else part, highlight=False)


register = command(
    expect,
    "expect --quick",
    "expect my-situation.toml --draws 512 --store draws.zarr --out expect.json",
)
"""Add the command to an app."""
