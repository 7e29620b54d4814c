"""Print the published sizes and what the shipped world gives."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from validation.ossa_2014.replicate import HORIZONS, PUBLISHED, REGIONS, rows, war


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
    fought = Table("war of all", *REGIONS, "others", "mean")
    for horizon in HORIZONS:
        for k, what in enumerate(("tariff", "change of income")):
            values = [found[k] for found in war(horizon).values()]
            mean = sum(values) / len(values)
            fought.add_row(f"{horizon}, {what}", *(f"{x:.1f}" for x in values), f"{mean:.1f}")
    console.print(fought)


if __name__ == "__main__":
    main()
