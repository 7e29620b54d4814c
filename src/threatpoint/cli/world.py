"""`threatpoint world`: what the shipped table holds, and whether it adds up."""

from __future__ import annotations

import typer

from threatpoint.cli.checked import Command
from threatpoint.cli.common import Tariffs, examples, open_console, print_table

app = typer.Typer(help="The baseline: what the shipped table holds, and whether it adds up.")


@app.command("info", cls=Command, epilog=examples("world info"))
def world_info(tariffs: Tariffs = "collected") -> None:
    """Show what the shipped table holds: sources, licences, years, units, provenance."""
    from threatpoint.world import info, load_world

    console = open_console()
    for table in info(load_world(tariffs)):
        print_table(console, table.title, table.rows)


@app.command("check", cls=Command, epilog=examples("world check"))
def world_check(tariffs: Tariffs = "collected") -> None:
    """Verify the accounting identities and compare with published facts.

    Exit code 2 if an identity fails.
    """
    from threatpoint.world import check, compare, load_world

    economy = load_world(tariffs)
    console = open_console()
    checks = check(economy)
    print_table(console, "Accounting identities", [item.row() for item in checks])
    facts = [item.row() for item in compare(economy)]
    reasons = list(dict.fromkeys(row["why"] for row in facts))
    numbered = [
        {k: v for k, v in row.items() if k != "why"} | {"why": f"({1 + reasons.index(row['why'])})"}
        for row in facts
    ]
    print_table(console, "Published facts, and why the table differs", numbered)
    for number, why in enumerate(reasons, start=1):
        console.print(f"({number}) {why}", highlight=False, markup=False)
    if not all(item.ok for item in checks):
        raise typer.Exit(2)
    print("every identity holds")
