"""What ships of the scores, written from solved chains."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from threatpoint.analysis.chain.chain import DRAWS, Drawing
from threatpoint.analysis.forecasts import (
    COLUMNS,
    FORECASTS,
    NUMBERS,
    Forecast,
    Number,
    place,
)
from threatpoint.files import as_csv, write_whole
from threatpoint.situation import built_in
from validation.chain_scored import asked
from validation.chain_scored.numbers import numbers
from validation.chain_scored.text import page

__all__ = ["DRAWS", "page", "shipped", "write"]
TEXT = Path(__file__).with_name("differences.md")
SAID = {True: "yes", False: "no", None: ""}


def write(drawing: Drawing, store: Path | None) -> list[Path]:
    """Solve every chain, and write forecasts, numbers and the text.

    Args:
        drawing: how many draws.
        store: folder that keeps the solved draws of each situation; None keeps nothing.
    """
    found: list[Forecast] = []
    for name in built_in():
        kept = None if store is None else store / f"{name}.zarr"
        found += asked.forecasts(name, replace(drawing, store=kept, anew=True))
    for name, rows in ((FORECASTS, found), (NUMBERS, numbers())):
        write_whole(place(name), shipped(name, rows))
    write_whole(TEXT, page())
    return [place(FORECASTS), place(NUMBERS), TEXT]


def shipped(name: str, rows: Iterable[Forecast | Number]) -> str:
    """The text of a shipped file."""
    made = [[_cell(getattr(row, key)) for key in COLUMNS[name]] for row in rows]
    return as_csv([COLUMNS[name], *made])


def _cell(value: object) -> object:
    return SAID[value] if value is None or isinstance(value, bool) else value
