"""Drawing: the options of commands that draw everything uncertain, and the bar that shows it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from threatpoint.cli.checked import whole
from threatpoint.cli.threat_options import MOST_PROCESSES
from threatpoint.errors import ThreatpointError

if TYPE_CHECKING:
    from threatpoint.analysis.chain.chain import Drawing

MOST_TYPED = 10**9
"""Numbers that are read at all; what a number may be is said where it is used."""
WORK = (
    "threatpoint.cli",
    "threatpoint.analysis.ensemble.run",
    "threatpoint.analysis.chain.solve",
    "scipy.stats.qmc",
)
"""What worker processes use, `threatpoint.cli` for they load the script that was typed."""
STOPPED = 130
"""Exit code after Ctrl-C, as a shell has it."""

Draws = Annotated[
    int,
    typer.Option(
        parser=whole("--draws", 1, MOST_TYPED),
        help="Draws of everything uncertain, a power of 2; 256 take about a minute.",
    ),
]
Seed = Annotated[
    int, typer.Option(parser=whole("--seed", 0, MOST_TYPED), help="Seed of the draws.")
]
Quick = Annotated[
    bool,
    typer.Option(
        "--quick",
        help="Do not draw trade: its figures are solved once, without ranges, at one horizon; a "
        "page has no PNG files.",
    ),
]
Workers = Annotated[
    int,
    typer.Option(parser=whole("--workers", 1, MOST_PROCESSES), help="Processes of this machine."),
]


@contextmanager
def drawing(
    draws: int, seed: int, quick: bool, workers: int, store: Path | None, anew: bool = False
) -> Iterator[Drawing]:
    """How a chain is drawn, with a bar while it is.

    Args:
        draws: as typed, as are the next three.
        seed: of the draws.
        quick: not to draw trade.
        workers: processes.
        store: where draws are kept; needs the extra "ensemble".
        anew: a store of something else gives way.

    Raises:
        ThreatpointError: draws that are no power of 2; a store that cannot be made.
    """
    from threatpoint.analysis.chain.chain import Drawing
    from threatpoint.analysis.ensemble.door import require_packages
    from threatpoint.analysis.ensemble.draws import require_draws
    from threatpoint.analysis.ensemble.store import require_place

    require_draws(draws)
    if quick and store is not None and not anew:
        raise ThreatpointError("--store has no effect with --quick, which draws nothing of trade")
    if quick:
        yield Drawing(draws, seed, quick=True)
        return
    if store is not None:
        require_packages()
        if not anew:
            require_place(store)
    with stopping(store), progress_bar() as progress:
        yield Drawing(draws, seed, False, store, workers, progress, anew)


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None]]:
    """A bar with rate and time left on the error output; nothing where that is no terminal."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (
        TextColumn("solving"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("solving", total=None, rate="")

        def done(count: int, every: int) -> None:
            bar.update(task, completed=count, total=every)
            speed = bar.tasks[0].speed
            bar.update(task, rate=f"{speed:.0f} draws a second" if speed else "")

        yield done


@contextmanager
def stopping(out: Path | None) -> Iterator[None]:
    """Ctrl-C says what is kept."""
    try:
        yield
    except KeyboardInterrupt:
        kept = f"the draws that were solved are kept in {out}; the same command goes on"
        print(f"\nstopped: {kept if out else 'nothing is kept'}", file=sys.stderr)
        raise SystemExit(STOPPED) from None
