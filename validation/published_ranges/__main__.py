"""Print the published ranges and where this model lands."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from validation.published_ranges.replicate import PUBLISHED, rows


def main() -> None:
    """One row a scenario and horizon."""
    ranges = {case: f"{low:g} to {high:g}" for case, (low, high) in PUBLISHED.items()}
    table = Table("case", "published, %", "scenario", "horizon", "this model, %")
    for row in rows():
        shown = row.said if row.loss is None else f"{row.loss:.3f}"
        table.add_row(row.case, ranges[row.case], row.scenario, row.horizon, shown)
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
