"""`threatpoint world`: what the shipped table holds, and whether it adds up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from threatpoint.cli.checked import Command
from threatpoint.cli.common import Out, Tariffs, examples, open_console, written

if TYPE_CHECKING:
    from threatpoint.tables import Table

app = typer.Typer(help="The baseline: what the shipped table holds, and whether it adds up.")


@app.command("info", cls=Command, epilog=examples("world info"))
def world_info(tariffs: Tariffs = "collected") -> None:
    """Show what the shipped table holds: sources, licences, years, units, provenance."""
    from threatpoint.world import info, load_world

    console = open_console()
    for table in info(load_world(tariffs)):
        console.print(table.terminal())


@app.command("sectors", cls=Command, epilog=examples("world sectors --out sectors.csv"))
def world_sectors(out: Out = None) -> None:
    """List the sectors: codes, names, what else means them, and what they hold."""
    from threatpoint.world import load_world
    from threatpoint.world.label_tables import sectors

    _show(sectors(load_world()), out)


@app.command("economies", cls=Command, epilog=examples("world economies --out economies.csv"))
def world_economies(out: Out = None) -> None:
    """List the economies and groups: codes, names, and what else means them."""
    from threatpoint.world import load_world
    from threatpoint.world.label_tables import economies

    _show(economies(load_world()), out)


def _show(table: Table, out: Path | None) -> None:
    """Print a table, and write it where that is asked for."""
    open_console().print(table.terminal())
    if out is not None:
        written(_save(table, out))


def _save(table: Table, out: Path) -> list[Path]:
    """The table as one file, with what its columns mean."""
    from threatpoint.files import as_json, save

    about = {"caption": table.caption, "columns": table.definitions}
    if out.suffix == ".json":
        rows = [dict(zip(table.fields, record, strict=True)) for record in table.records]
        return save({out: [as_json({"assumptions": about, table.key: rows})]})
    return save({out: [table.csv(), as_json(about)]})


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
