"""The command line. It computes nothing: it reads words, calls the rooms and prints results.

One module holds one command. Imports stand inside the commands, so that `--help` and errors cost no
start-up time.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from threatpoint.cli import app as app_command
from threatpoint.cli import (
    brief,
    check,
    design,
    ensemble,
    expect,
    front,
    leverage,
    new,
    shock,
    situations,
    streams,
    support,
    talks,
    tariffs,
    threat,
    world,
)
from threatpoint.errors import EquilibriumError, ThreatpointError, short

app = typer.Typer(
    name="threatpoint",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # help texts hold square brackets of the grammar
)
for command in (
    brief,
    expect,
    shock,
    threat,
    design,
    leverage,
    tariffs,
    situations,
    new,
    check,
    talks,
    support,
    front,
    ensemble,
    app_command,
):
    command.register(app)
app.add_typer(world.app, name="world", no_args_is_help=True)


def main() -> None:
    """Entry point: typed errors become one message and an exit code; --debug shows the traceback.

    Exit codes: 0 answered, 2 bad input or a file that cannot be written, 3 no equilibrium or not
    solved. A reader of the output that stops early changes none of them.
    """
    debug = "--debug" in sys.argv
    if debug:
        sys.argv.remove("--debug")
    streams.ready()
    try:
        try:
            app()
        finally:
            streams.flush()
    except OSError as error:
        if debug:
            raise
        print(f"error: {error}", file=sys.stderr)
        streams.drop_output()
        raise SystemExit(2) from None
    except ThreatpointError as error:
        if debug:
            raise
        print(f"error: {short(str(error))}", file=sys.stderr)
        raise SystemExit(3 if isinstance(error, EquilibriumError) else 2) from None


def _version(wanted: bool) -> None:
    if wanted:
        from threatpoint import __version__

        print(__version__)
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error (any position).")
    ] = False,
) -> None:
    """What each side of a stand-off loses if the threat is carried out."""
