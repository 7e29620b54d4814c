"""Reproduce every published number, print the table, exit 1 if one does not hold."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table

from validation import (
    arkolakis_costinot_rodriguez_clare_2012,
    bachmann_2022,
    caliendo_parro_2015,
    ceasefire_value_iteration,
    fearon_1995,
    front_after_2025_03_31,
    kiel_2025,
    mckelvey_palfrey_1995,
    mckelvey_palfrey_1998,
    rubinstein_1982,
    smith_stam_2004,
)
from validation.check import Check, SourceDataMissing

PUBLICATIONS = {
    "Caliendo & Parro (2015)": caliendo_parro_2015.checks,
    "Arkolakis, Costinot & Rodríguez-Clare (2012)": arkolakis_costinot_rodriguez_clare_2012.checks,
    "Bachmann et al. (2022)": bachmann_2022.checks,
    "Rubinstein (1982)": rubinstein_1982.checks,
    "Fearon (1995)": fearon_1995.checks,
    "Smith & Stam (2004)": smith_stam_2004.checks,
    "Closed forms against value iteration": ceasefire_value_iteration.checks,
    "McKelvey & Palfrey (1995)": mckelvey_palfrey_1995.checks,
    "McKelvey & Palfrey (1998)": mckelvey_palfrey_1998.checks,
    "Kiel Policy Brief 186 (2025)": kiel_2025.checks,
    "The front after 31 March 2025": front_after_2025_03_31.checks,
}


EXPLAINED = {"Kiel Policy Brief 186 (2025)": kiel_2025.explained}
"""Numbers that do not hold, each with its cause in differences.md: printed, not counted."""


def table(title: str, checks: list[Check], explained: list[Check]) -> Table:
    """The checks of one publication, the explained gaps last."""
    shown = Table(title=title, title_justify="left")
    for heading in ("row", "what", "unit"):
        shown.add_column(heading)
    for heading in ("published", "computed", "difference", "tolerance"):
        shown.add_column(heading, justify="right")
    shown.add_column("holds")
    for c in (*checks, *explained):
        digits = (f"{c.published:.10g}", f"{c.computed:.7f}", f"{c.difference:+.1e}")
        holds = "yes" if c.holds else "NO, explained" if c in explained else "NO"
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
        gaps = EXPLAINED[title]() if title in EXPLAINED else []
        console.print(table(title, found, gaps))
        failed += sum(not check.holds for check in found)
    console.print(
        "every number that was run holds, or its gap is explained"
        if not failed
        else f"{failed} do not hold"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
