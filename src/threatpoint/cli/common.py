"""What all commands share: option types, help texts, the console and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from threatpoint.words import HORIZONS, legend_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rich.console import Console

    from threatpoint.world.economy import Economy


MOST_ROWS = 1_000_000
"""Rows that may be asked for; more than any table has."""


def examples(*words: str) -> str:
    """The end of a help text, its lines kept apart."""
    return "\b\nExamples:\n" + "\n".join(f"  threatpoint {line}" for line in words)


SETS = " or ".join(legend_words(HORIZONS).rsplit(", ", 1))
"""The three horizons as options, with their words."""

Deficits = Annotated[
    str, typer.Option(help="Trade deficits after the shock: fixed, balanced or proportional.")
]
Horizon = Annotated[
    str,
    typer.Option(
        help=f"Set of elasticities: {SETS}; the "
        "ends of their ranges: short-low, short-high, medium-low, medium-high; a case of long: "
        "printed, low, published-low, published-high; or a table of your own (.toml or .csv). "
        "shock and threat also take: all."
    ),
]
Opec = Annotated[
    str,
    typer.Option(
        help="What owners of idle oil capacity do: respond, hold (output) or spare (hold the price "
        "until it is used up); respond if left out. With it go the sellers' shut-in price and what "
        "refineries can take from one origin."
    ),
]
Tariffs = Annotated[
    str, typer.Option(help="Baseline tariffs between USA and CHN: collected or statutory.")
]


def horizons_of(economy: Economy, horizon: str) -> tuple[Economy, tuple[str, ...]]:
    """The economy with the set asked for, and its name, or every horizon the table has ("all")."""
    from threatpoint.world import with_horizon

    if horizon == "all":
        return economy, tuple(name for name in HORIZONS if name in economy.elasticities)
    economy, name = with_horizon(economy, horizon)
    return economy, (name,)


def open_console() -> Console:
    """A console of at least 100 columns where the output is not a terminal."""
    from rich.console import Console

    plain = Console()
    return plain if plain.is_terminal else Console(width=max(100, plain.width), soft_wrap=False)


def print_table(console: Console, title: str, rows: list[dict[str, Any]]) -> None:
    """Print rows as one table; numbers to the right."""
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, title_style="bold")
    for name in rows[0] if rows else ():
        number = all(_is_number(row[name]) for row in rows)
        table.add_column(name, justify="right" if number else "left")
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    console.print(table)


PLAIN = str.maketrans({",": None, "\u202f": None, "\N{MINUS SIGN}": "-"})
"""What stands in numbers for readers -> what `float` reads."""


def written(files: Iterable[Path]) -> None:
    """Say what was written."""
    for path in files:
        print(f"written: {path}")


def _is_number(value: Any) -> bool:
    try:
        float(str(value).translate(PLAIN).rstrip(" %"))
    except ValueError:
        return str(value) in ("", "-", "–")
    return True
