"""A table is declared once: its columns, their headings, how a cell is written, what it means.

Page, terminal, CSV and JSON all read the declaration. The words of a column stand in
`quantities.toml`, under its key, or under the table's key and its own where one table says it in
another way.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.files import as_csv

if TYPE_CHECKING:
    from rich.table import Table as RichTable

Row = Mapping[str, Any]
TEXTS = ("text", "phrase", "key", "short", "unit", "mark", "horizon")
"""Kinds of cells that are not aligned as numbers."""
SPANS: Mapping[str, Callable[[float, float], str]] = {
    "range": words.span,
    "belief range": words.belief_span,
    "chance range": words.chance_span,
    "number range": words.number_span,
    "rounded range": words.rounded_span,
}
"""Kinds of cells made of two columns of the file: the key and "_low", "_high"."""

PARTS = ("share", "part", "belief", "chance")
"""Kinds of cells whose raw values are shares of 1; with "range" two of them."""
DECIDING, WIDE = 2, 6
"""Columns beside the first that a narrow page shows, and columns that a wide one shows."""
WHOLE = 26
"""Letters of the first column that a terminal never breaks."""
MANY = 8
"""Columns up to which a terminal leaves room at both sides."""
LONG = 50
"""Letters from which a cell is a sentence, which needs a column of its own width."""
HALF = 73
"""Letters that stand beside each other in half a wide page."""


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        key: of the row; for a range the stem of the two keys that end in "_low" and "_high", of
            the key "span" just "low" and "high".
        heading: with the unit where the cells have none.
        kind: how cells are written, one of `WRITERS`, or "money" and "signed money" (scaled to
            the column), "measured" (with the unit of its row), one of `SPANS`, or "horizon" (in
            words; in the file as both).
        meaning: the definition.
        shown: False keeps the column in the files only.
        filed: False keeps it on page and terminal only.
        write: what writes a cell from its row, instead of the kind.
        value: how it follows from the rest of the row, where the row does not have it.
        roomy: long; beside it a terminal has its numbers as narrow as they can be.
        own: the heading names a unit of money of its own, so that no title can name one for all.
    """

    key: str
    heading: str
    kind: str = "text"
    meaning: str = ""
    shown: bool = True
    filed: bool = True
    write: Callable[[Row], str] | None = None
    value: Callable[[Row], Any] | None = None
    roomy: bool = False
    own: bool = False

    @property
    def numeric(self) -> bool:
        """Right-aligned."""
        return self.kind not in TEXTS

    @property
    def mark(self) -> bool:
        """A verdict, shown as a badge."""
        return self.kind == "mark"

    @property
    def short(self) -> bool:
        """Never broken over lines."""
        return self.kind in ("short", "unit", "horizon")

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns of the file."""
        if self.kind in SPANS:
            return tuple(f"{self.key}_{end}".removeprefix("span_") for end in ("low", "high"))
        return (self.key, f"{self.key}_words") if self.kind == "horizon" else (self.key,)

    def cell(self, row: Row, scale: float = 1.0) -> str:
        """One cell as shown; money is divided by the scale."""
        if self.write is not None:
            return self.write(row)
        if self.kind in SPANS:
            low, high = self.keys
            return SPANS[self.kind](row[low], row[high])
        value = row[self.key]
        if self.kind == "measured":
            return words.measured(value, row["unit"])
        if value is None:
            return words.DASH
        if "money" in self.kind:
            return words.number(value / scale, self.kind.startswith("signed"))
        return WRITERS[self.kind](value)


WRITERS: Mapping[str, Callable[[Any], str]] = {
    "text": str,
    "phrase": words.phrase,
    "key": words.key_words,
    "short": str,
    "unit": words.signs,
    "mark": words.yes,
    "figure": str,
    "horizon": lambda name: words.horizon(name) if name in words.HORIZONS else name,
    "number": words.number,
    "rounded": words.rounded,
    "signed number": lambda value: words.number(value, True),
    "whole": lambda value: words.number(value, False, 0),
    "signed whole": lambda value: words.number(value, True, 0),
    "percent": words.percent,
    "signed percent": lambda value: words.percent(value, True),
    "share": lambda value: words.percent(100 * value),
    "part": words.part,
    "belief": words.belief,
    "chance": words.chance,
    "plain": lambda value: f"{value:g}",
}
"""Kind -> what writes a cell."""


@cache
def quantities() -> dict[str, dict[str, Any]]:
    """The words of all columns, from `quantities.toml`."""
    text = resources.files("threatpoint").joinpath("quantities.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def columns(table: str, *keys: str | Column, **writers: Callable[[Row], str]) -> tuple[Column, ...]:
    """Columns of a table by their keys; "-key" is in the files only, a `Column` stays as it is.

    Args:
        table: its key.
        keys: in order.
        **writers: key -> what writes its cells in place of the kind; see `Column.write`.

    Raises:
        KeyError: a key that `quantities.toml` does not know.
    """
    made = (key if isinstance(key, Column) else _column(table, key) for key in keys)
    return tuple(replace(c, write=writers.get(c.key, c.write)) for c in made)


def _column(table: str, key: str) -> Column:
    known, name = quantities(), key.removeprefix("-")
    own = known.get(table, {}).get(name)
    return Column(name, **(own if own is not None else known[name]), shown=not key.startswith("-"))


@dataclass(frozen=True)
class Table:
    """Rows with the columns that show them.

    Attributes:
        key: stem of the CSV file.
        caption: what the rows are, their unit and horizon.
        columns: in order; the first is the row's heading. See `columns`.
        rows: mappings with raw values.
        unit: money unit of the raw values; the cells are scaled, the CSV file is not.
        note: a sentence under the table.
        lead: rows shown before the fold; 0 shows all.
        fold: words on the fold; "" leaves the other rows to the file.
        deciding: keys of columns by weight: a narrow page shows the first two beside the rows'
            headings, a wide one six columns; by default numbers come first.
        file: text of the CSV file where that is more than the rows; "" makes it of the rows.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    unit: str = ""
    note: str = ""
    lead: int = 0
    fold: str = "All rows"
    deciding: tuple[str, ...] = ()
    file: str = ""

    def __post_init__(self) -> None:
        """Rows with what follows from them."""
        derived = {column.key: column.value for column in self.columns if column.value}
        if derived:
            rows = [{**row, **{k: value(row) for k, value in derived.items()}} for row in self.rows]
            object.__setattr__(self, "rows", rows)

    @property
    def shown(self) -> tuple[Column, ...]:
        """Columns to look at, money headings completed with their unit."""
        return tuple(self._headed(column) for column in self.columns if column.shown)

    @property
    def first(self) -> list[list[str]]:
        """Cells of the rows before the fold."""
        return self._cells(self.rows[: self.lead] if self.lead else self.rows)

    @property
    def folded(self) -> list[list[str]]:
        """Cells of the rows behind the fold."""
        return self._cells(self.rows[self.lead :] if self.lead and self.fold else ())

    @property
    def places(self) -> list[str]:
        """Where each shown column stands: "" everywhere, "wide" on wide pages, "more" on none."""
        first, *rest = [column for column in self.columns if column.shown]
        numbers = sorted(rest, key=lambda column: not column.numeric)
        ranked = [*self.deciding, *(column.key for column in numbers)]
        order = list(dict.fromkeys([first.key, *ranked[: max(DECIDING, len(self.deciding))]]))
        order += [column.key for column in rest if column.key not in order]
        narrow, wide = order[: 1 + DECIDING], order[:WIDE]
        return [
            "" if c.key in narrow else "wide" if c.key in wide else "more" for c in (first, *rest)
        ]

    @property
    def behind(self) -> list[tuple[str, str]]:
        """Place and heading of the columns that are not everywhere, the rarest first."""
        found = zip(self.places, (column.heading for column in self.shown), strict=True)
        return sorted((item for item in found if item[0]), key=lambda item: item[0])

    @property
    def broad(self) -> bool:
        """Whether its columns, on a wide page, need more than half of it."""
        cells = self._cells(self.rows)
        needed = (
            2 + _letters(column, [row[k] for row in cells])
            for k, column in enumerate(self.shown)
            if self.places[k] != "more"
        )
        return sum(needed) > HALF

    @property
    def definitions(self) -> dict[str, str]:
        """What the columns of the file mean."""
        return {c.key: c.meaning for c in self.columns if c.filed and c.meaning}

    def unit_of(self, column: Column) -> str:
        """Of the raw values of a column; "" where it has none, or a row states it."""
        kind = column.kind.removeprefix("signed ")
        if "money" in kind:
            return self.unit
        if kind.removesuffix(" range") in PARTS:
            return "share of 1"
        if "percent" in kind or kind == "range":
            return "%"
        heading = column.heading
        return heading.rpartition(", ")[2] if column.numeric and ", " in heading else ""

    def showing(self, *keys: str) -> Table:
        """The same table with other columns to look at, by their keys, in this order."""
        named = {column.key: replace(column, shown=True) for column in self.columns}
        return replace(self, columns=tuple(named[key] for key in keys))

    @property
    def fields(self) -> dict[str, Column]:
        """Key of each column of the file -> what declares it."""
        return {key: column for column in self.columns if column.filed for key in column.keys}

    @property
    def records(self) -> list[list[Any]]:
        """All rows as raw values, in the order of `fields`; money in `unit`."""
        fields = self.fields
        return [[row.get(key, "") for key in fields] for row in map(self._spelled, self.rows)]

    def csv(self) -> str:
        """All rows and columns, unrounded, UTF-8 text with a header; money in `unit`."""
        cells = ([_plain(value) for value in record] for record in self.records)
        return self.file or as_csv([self.fields, *cells])

    def terminal(self, lead: int = 0) -> RichTable:
        """The table for a terminal, its first rows or all.

        A unit of all money is in the title; a column without a heading keeps it. Where a column
        has a unit of its own each has.
        """
        from rich import box
        from rich.table import Table as RichTable

        columns = [column for column in self.columns if column.shown]
        bare = [column for column in columns if "money" in column.kind and column.heading]
        units = {self._scale(column)[1] for column in bare}
        one = len(units) == 1 and not any(column.own for column in columns)
        unit = f" ({units.pop()})" if one else ""
        title = words.plain(self.caption) + unit
        drawn = RichTable(
            title=title,
            title_justify="left",
            box=box.SIMPLE_HEAD,
            title_style="bold",
            pad_edge=len(columns) <= MANY,
        )
        cells = self._cells(self.rows)
        names = max((len(row[0]) for row in cells), default=0)
        for k, column in enumerate(columns):
            heading = (column if unit and column in bare else self._headed(column)).heading
            parts = [p for row in cells[: lead or None] for p in _parts(words.plain(row[k]))]
            least = max(map(len, [*heading.split(), *parts]), default=0)
            whole = column is columns[0] and names <= WHOLE
            narrow = column.numeric and any(c.roomy for c in columns)
            drawn.add_column(
                heading,
                justify="right" if column.numeric else "left",
                width=max(names, *map(len, heading.split())) if whole else narrow * least or None,
                min_width=least if column.numeric else None,
                overflow="fold",
            )
        for row in cells[: lead or None]:
            drawn.add_row(*map(words.plain, row))
        return drawn

    def _spelled(self, row: Row) -> Row:
        """A row with its horizons in words beside their names."""
        named = [c.key for c in self.columns if c.kind == "horizon"]
        return {**row, **{f"{k}_words": words.HORIZONS.get(row[k], row[k]) for k in named}}

    def _headed(self, column: Column) -> Column:
        if "money" not in column.kind:
            return column
        return replace(column, heading=f"{column.heading}, {self._scale(column)[1]}".lstrip(", "))

    def _scale(self, column: Column) -> tuple[float, str]:
        if "money" not in column.kind:
            return 1.0, ""
        return words.money_scale(self.unit, [row[column.key] for row in self.rows])

    def _cells(self, rows: Sequence[Row]) -> list[list[str]]:
        visible = [(c, self._scale(c)[0]) for c in self.columns if c.shown]
        return [[column.cell(row, scale) for column, scale in visible] for row in rows]


def _parts(text: str) -> list[str]:
    """What stands in one line each: words, and a number with its percent sign."""
    return [part.replace("\0", " ") for part in text.replace(" %", "\0%").split(" ")]


def _letters(column: Column, cells: Sequence[str]) -> int:
    """Letters a column needs beside others: a number stays in one line, words do not."""
    longest = max(map(len, cells), default=0)
    return longest if column.numeric else 24 if longest > LONG else min(longest, 14)


def _plain(value: Any) -> Any:
    """A value for a CSV cell; text that a spreadsheet would run as a formula is quoted."""
    if isinstance(value, float):
        return repr(float(value)) if math.isfinite(value) else ""
    if isinstance(value, str) and value.startswith(tuple("=+-@\t\r")):
        return f"'{value}"
    return value
