"""`threatpoint expect`: what to expect of a situation, on one screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from threatpoint import words
from threatpoint.cli.checked import whole
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
from threatpoint.cli.drawing import MOST_TYPED, WORK, Draws, Quick, Seed, Workers, drawing
from threatpoint.processes import ready

if TYPE_CHECKING:
    from threatpoint.analysis import Analysis
    from threatpoint.tables import Table


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
    totals: Annotated[
        int,
        typer.Option(
            parser=whole("--totals", 0, MOST_TYPED),
            help="Say too what part of each headline is left while all other inputs are known, "
            "from samples of so many draws, a power of 2; 64 take minutes.",
        ),
    ] = 0,
    out: Out = None,
) -> None:
    """Say what to expect: the options against each other, what may come, what would change it."""
    if totals:
        from threatpoint.analysis.chain.totals import require_size

        require_size(totals)
    if workers > 1 and not quick:
        ready(*WORK)  # before all else: it imports while this process does
    analysis = _solved(situation, draws, seed, quick, store, horizon, deficits, date, workers)
    _print(analysis)
    more = [_totals(analysis, totals, seed, quick, store, workers)] if totals else []
    for table in more:
        open_console().print(table.terminal())
    if out is not None:
        from threatpoint.brief.expect import write

        written([write(analysis, out, more)])


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


def _totals(
    analysis: Analysis, size: int, seed: int, quick: bool, store: Path | None, workers: int
) -> Table:
    """Total indices of the headlines; their draws are kept beside those of the chain."""
    from threatpoint.analysis.chain.totals import solve_totals
    from threatpoint.brief.reading import Reading
    from threatpoint.brief.shares import totals

    own = None if store is None else store.with_name(f"{store.stem}-totals{store.suffix}")
    how: dict[str, Any] = {"horizon": analysis.horizon, "deficits": analysis.deficits}
    with drawing(size, seed, quick, workers, own) as given:
        found = solve_totals(analysis.situation, analysis.economy, given, **how)
    return totals(Reading(analysis), found)


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
