"""`threatpoint ensemble`: one policy solved for many draws of the uncertain inputs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from threatpoint.cli.checked import whole
from threatpoint.cli.common import (
    BUILT_IN,
    Date,
    Deficits,
    Horizon,
    Opec,
    Tariffs,
    examples,
    open_console,
    world_on,
)
from threatpoint.cli.drawing import MOST_TYPED, WORK, progress_bar, stopping
from threatpoint.cli.instruments import GIVEN, WithInstruments, instruments
from threatpoint.cli.outputs import typed
from threatpoint.cli.threat_options import MOST_PROCESSES
from threatpoint.errors import EquilibriumError, PolicyError
from threatpoint.processes import ready

if TYPE_CHECKING:
    from threatpoint.analysis.ensemble.summary import Drawn
    from threatpoint.situation import Situation
    from threatpoint.world.economy import Economy

    Words = dict[str, list[str] | None]


def register(app: typer.Typer) -> None:
    """Add the command."""
    lines = (
        "ensemble --draws 1024 --out threat.zarr",
        "ensemble my-situation.toml --horizon long --out mine.zarr --workers 4",
        "ensemble --cut-off USA:CHN --out cut.zarr --scheduler tcp://10.0.0.1:8786",
    )
    app.command(cls=WithInstruments, epilog=examples(*lines))(ensemble)


def ensemble(
    ctx: typer.Context,
    out: Annotated[
        Path, typer.Option(help="The store, NAME.zarr: made, gone on with, or read if complete.")
    ],
    situation: Annotated[
        str,
        typer.Argument(
            help="A built-in situation or a TOML file; instead of a policy.", show_default=False
        ),
    ] = "",
    draws: Annotated[
        int,
        typer.Option(parser=whole("--draws", 1, MOST_TYPED), help="Number of draws, a power of 2."),
    ] = 1024,
    seed: Annotated[
        int, typer.Option(parser=whole("--seed", 0, MOST_TYPED), help="Seed of the draws.")
    ] = 0,
    services: Annotated[
        bool, typer.Option("--services", help="Hit services too; goods only by default.")
    ] = False,
    deficits: Deficits = "fixed",
    horizon: Horizon = "short",
    tariffs: Tariffs = "collected",
    date: Date = "",
    opec: Opec = "",
    workers: Annotated[
        int,
        typer.Option(
            parser=whole("--workers", 1, MOST_PROCESSES), help="Processes of this machine."
        ),
    ] = 2,
    scheduler: Annotated[
        str,
        typer.Option(help="Address of a Dask scheduler: its workers solve, on any machines."),
    ] = "",
) -> None:
    """Solve a policy for many draws of the elasticities, and say who loses how much: 5, 50, 95 %.

    A run that is stopped or killed loses nothing but the draws in work: the same command goes on.
    """
    if workers > 1 and not scheduler:
        ready(*WORK)  # before all else: it imports while this process does
    from threatpoint.analysis.ensemble.asked import ask
    from threatpoint.analysis.ensemble.door import fill, require_packages
    from threatpoint.analysis.ensemble.draws import require_draws
    from threatpoint.analysis.ensemble.store import arrays, require_place
    from threatpoint.situation import load_situation
    from threatpoint.world import with_horizon

    require_draws(draws)
    require_packages()
    require_place(out)
    given = ctx.meta[GIVEN]
    read = None if any(given.values()) else load_situation(situation or BUILT_IN)
    day = date or (read.date if read is not None else "")
    economy, name = with_horizon(world_on(day, tariffs), horizon)
    read = _situation(situation, read, economy, given, services, opec)
    asked = ask(economy, read, draws=draws, seed=seed, horizon=name, deficits=deficits)
    with stopping(out), progress_bar() as progress:
        fill(asked, out, workers, scheduler, progress)
    _print(arrays(out), asked.policy.describe(), out)


def _situation(
    name: str, read: Situation | None, economy: Economy, given: Words, services: bool, opec: str
) -> Situation:
    """The situation read, or what is typed as one.

    Raises:
        PolicyError: both, or an option that has no effect.
    """
    from threatpoint.analysis.asked import situation_of
    from threatpoint.brief.first import computed
    from threatpoint.policy import Policy

    if any(given.values()):
        if name:
            raise PolicyError(f"{name} is a situation: leave it out, or leave out the policy")
        policy = Policy(instruments(economy, given, services, "ensemble --out cut.zarr"))
        return situation_of(policy, economy, opec=opec, command=typed(), date=computed())
    for option, word in (("--services", services), ("--opec", opec)):
        if word:
            raise PolicyError(f"{option} has no effect on a situation, which says it itself")
    assert read is not None
    return read


def _print(data: Drawn, policy: str, out: Path) -> None:
    """Counts and quantiles.

    Raises:
        EquilibriumError: no draw has an equilibrium.
    """
    from threatpoint.analysis.ensemble.summary import counted, counts, losses

    console = open_console()
    console.print(f"{policy}.", markup=False, highlight=False)
    for line in counted(data):
        console.print(line, markup=False, highlight=False)
    if not counts(data).solved:
        raise EquilibriumError("no draw has an equilibrium; the reasons stand above")
    console.print(losses(data).terminal())
    print(f"store: {out}")
