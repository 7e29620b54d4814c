"""`threatpoint world`: what the shipped table holds, and whether it adds up."""

from __future__ import annotations

import typer

from threatpoint.cli.checked import Command
from threatpoint.cli.common import Tariffs, examples, open_console

app = typer.Typer(help="The baseline: what the shipped table holds, and whether it adds up.")


@app.command("info", cls=Command, epilog=examples("world info"))
def world_info(tariffs: Tariffs = "collected") -> None:
    """Show what the shipped table holds: sources, licences, years, units, provenance."""
    from threatpoint.world import info, load_world

    console = open_console()
    for table in info(load_world(tariffs)):
        console.print(table.terminal())


@app.command("check", cls=Command, epilog=examples("world check"))
def world_check(tariffs: Tariffs = "collected") -> None:
    """Verify the accounting identities, compare with published facts, and say what moved.

    Exit code 2 if an identity fails.
    """
    from threatpoint.world import check, compare, load_world
    from threatpoint.world.before import moved
    from threatpoint.world.facts import published
    from threatpoint.world.identities import identities

    economy = load_world(tariffs)
    console = open_console()
    checks = check(economy)
    facts = published(compare(economy))
    for table in (identities(checks), facts):
        console.print(table.terminal())
    console.print(facts.note, highlight=False, markup=False)
    console.print(moved(economy).terminal())
    if not all(item.ok for item in checks):
        raise typer.Exit(2)
    print("every identity holds")
