"""A table of the page: raw rows that become HTML cells and a CSV file."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from threatpoint import words
from threatpoint.words import HORIZONS

Kind = Literal[
    "text",
    "short",
    "number",
    "figure",
    "percent",
    "signed percent",
    "money",
    "signed money",
    "range",
    "mark",
    "horizon",
]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        key: of the row; for a range the first of the two keys `key` + "_low", "_high".
        label: the heading, with the unit where the cells have none.
        kind: how cells are written; all but "text", "short", "mark" and "horizon" are
            right-aligned; a "figure" is a number already in words; a "horizon" is the name of one,
            written in words, and in the CSV file as both.
        shown: False keeps the column in the CSV file only.
        filed: False keeps it on the page only.
    """

    key: str
    label: str
    kind: Kind = "text"
    shown: bool = True
    filed: bool = True

    @property
    def numeric(self) -> bool:
        """Right-aligned."""
        return self.kind not in ("text", "short", "mark", "horizon")

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns of the file; those of a range are the keys of the row that it needs."""
        ends = {"range": ("_low", "_high"), "horizon": ("", "_words")}.get(self.kind, ("",))
        return tuple(f"{self.key}{end}" for end in ends)


@dataclass(frozen=True)
class Cell:
    """A cell as shown."""

    text: str
    numeric: bool
    mark: bool = False
    short: bool = False


@dataclass(frozen=True)
class Table:
    """Rows with the columns that show them.

    Attributes:
        key: stem of the CSV file.
        caption: what the rows are, their unit and horizon.
        columns: in order; the first is the row's heading.
        rows: dictionaries with raw values.
        unit: money unit of the raw values; the cells are scaled, the CSV file is not.
        note: a sentence under the table.
        lead: rows shown before the fold; 0 shows all.
        fold: words on the fold.
        file: text of the CSV file where that is more than the rows; "" makes it of the rows.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str = ""
    note: str = ""
    lead: int = 0
    fold: str = "All rows"
    file: str = ""

    @property
    def shown(self) -> tuple[Column, ...]:
        """Columns on the page, money headings completed with their unit."""
        return tuple(self._headed(column) for column in self.columns if column.shown)

    @property
    def first(self) -> list[list[Cell]]:
        """Cells of the rows before the fold."""
        return self._cells(self.rows[: self.lead] if self.lead else self.rows)

    @property
    def folded(self) -> list[list[Cell]]:
        """Cells of the rows behind the fold."""
        return self._cells(self.rows[self.lead :] if self.lead else ())

    def csv(self) -> str:
        """All rows and columns, unrounded, UTF-8 text with a header; money in `unit`."""
        if self.file:
            return self.file
        fields = [key for column in self.columns if column.filed for key in column.keys]
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(fields)
        rows = (self._spelled(row) for row in self.rows)
        writer.writerows([_plain(row.get(field, "")) for field in fields] for row in rows)
        return buffer.getvalue()

    def _spelled(self, row: Row) -> Row:
        """A row with its horizons in words beside their names."""
        named = [c.key for c in self.columns if c.kind == "horizon"]
        return dict(row) | {f"{key}_words": _horizon(row[key]) for key in named}

    def _headed(self, column: Column) -> Column:
        if "money" not in column.kind:
            return column
        return replace(column, label=f"{column.label}, {self._scale(column)[1]}".lstrip(", "))

    def _scale(self, column: Column) -> tuple[float, str]:
        return words.money_scale(self.unit, [row[column.key] for row in self.rows])

    def _cells(self, rows: Sequence[Row]) -> list[list[Cell]]:
        scales = {c.key: self._scale(c)[0] for c in self.columns if "money" in c.kind}
        visible = [column for column in self.columns if column.shown]
        return [
            [
                Cell(
                    _written(row, c, scales.get(c.key, 1.0)),
                    c.numeric,
                    c.kind == "mark",
                    c.kind in ("short", "horizon"),
                )
                for c in visible
            ]
            for row in rows
        ]


def _written(row: Row, column: Column, scale: float) -> str:
    """One cell in words."""
    if column.kind == "range":
        low, high = (row[key] for key in column.keys)
        finite = math.isfinite(low) and math.isfinite(high)
        return words.span(low, high) if finite else words.DASH
    value = row[column.key]
    if column.kind == "horizon":
        return words.horizon(value) if value in HORIZONS else value
    if "percent" in column.kind:
        return words.percent(value, column.kind.startswith("signed"))
    if "money" in column.kind:
        return words.number(value / scale, column.kind.startswith("signed"))
    return words.number(value) if column.kind == "number" else str(value)


def _horizon(name: str) -> str:
    """A horizon in words; a set of elasticities of another kind keeps its name."""
    return HORIZONS.get(name, name)


def _plain(value: Any) -> Any:
    """A value for a CSV cell; text that a spreadsheet would run as a formula is quoted."""
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else ""
    if isinstance(value, str) and value[:1] in "=+-@\t\r":
        return f"'{value}"
    return value
