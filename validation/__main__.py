"""Reproduce every published number, print the table, exit 1 if one does not hold."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table

from validation import (
    arkolakis_costinot_rodriguez_clare_2012,
    bachmann_2022,
    caliendo_parro_2015,
)
from validation.check import Check, SourceDataMissing

PUBLICATIONS = {
    "Caliendo & Parro (2015)": caliendo_parro_2015.checks,
    "Arkolakis, Costinot & Rodríguez-Clare (2012)": arkolakis_costinot_rodriguez_clare_2012.checks,
    "Bachmann et al. (2022)": bachmann_2022.checks,
}


def table(title: str, checks: list[Check]) -> Table:
    """The checks of one publication."""
    shown = Table(title=title, title_justify="left")
    for heading in ("row", "what", "unit"):
        shown.add_column(heading)
    for heading in ("published", "computed", "difference", "tolerance"):
        shown.add_column(heading, justify="right")
    shown.add_column("holds")
    for c in checks:
        digits = (f"{c.published:.10g}", f"{c.computed:.7f}", f"{c.difference:+.1e}")
        holds = "yes" if c.holds else "NO"
        shown.add_row(str(c.number), c.what, c.unit, *digits, f"{c.tolerance:.0e}", holds)
    return shown


def main() -> int:
    """Run all publications; 0 if every check that could be run holds."""
    console = Console(width=None if sys.stdout.isatty() else 140)
    failed = 0
    for title, checks in PUBLICATIONS.items():
        try:
            found = checks()
        except SourceDataMissing as missing:
            console.print(f"{title}: NOT RUN, {missing}")
            continue
        console.print(table(title, found))
        failed += sum(not check.holds for check in found)
    console.print("every number that was run holds" if not failed else f"{failed} do not hold")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
