"""Print the published sizes and what the shipped world gives."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from validation.ossa_2014.replicate import PUBLISHED, REGIONS, rows


def main() -> None:
    """One row a horizon."""
    console = Console(width=140)
    for row in PUBLISHED:
        console.print(f"{row['what']}: {row['value']} {row['unit']} ({row['source']})")
    table = Table("horizon", *REGIONS, "mean")
    for horizon, found in rows().items():
        cells = [f"{rate:.1f}{' (highest)' if held else ''}" for rate, held in found.values()]
        mean = sum(rate for rate, _ in found.values()) / len(found)
        table.add_row(horizon, *cells, f"{mean:.1f}")
    console.print(table)


if __name__ == "__main__":
    main()
