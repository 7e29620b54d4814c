"""Sheets of a workbook: contents with links, and a table a sheet, its cells typed by column."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.tables import Column, Table

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

CONTENTS = "Contents"
FORMATS: Mapping[str, str] = {
    "money": "#,##0.0##",
    "number": "#,##0.0###",
    "rounded": "#,##0.0###",
    "whole": "#,##0",
    "percent": "0.00##",
    "range": "0.00##",
    "share": "0.0#%",
    "part": "0.0%",
    "belief": "0.0%",
    "chance": "0.0%",
}
"""Kind of a column, without "signed" and "range" -> the format of its numbers."""
DAY = "yyyy-mm-dd"
NARROWEST, WIDEST, LOOKED_AT = 9, 60, 200
"""Letters of the narrowest and the widest column, and rows that decide between them."""
LONGEST_NAME, LONGEST_TEXT = 31, 32_767
"""Letters that a workbook has room for, in the name of a sheet and in a cell."""
FIRST = 3
"""Row of the first values, under headings and keys."""
FORMULA = tuple("=+-@\t\r")
"""How a text begins that a spreadsheet would run."""


def workbook(about: Iterable[tuple[str, Any]], tables: Sequence[Table]) -> Workbook:
    """Contents and a sheet a table.

    Args:
        about: term and value, over the list of sheets.
        tables: in order.
    """
    from openpyxl import Workbook

    book = Workbook()
    contents = book.worksheets[0]
    contents.title = CONTENTS
    names = sheet_names(table.key for table in tables)
    for name, table in zip(names, tables, strict=True):
        _fill(book.create_sheet(name), table)
    _list(contents, about, list(zip(names, tables, strict=True)))
    return book


def sheet_names(keys: Iterable[str]) -> list[str]:
    """Keys as a workbook takes them: cut, without its signs, each once whatever its case."""
    found = list[str]()
    taken = {CONTENTS.lower(), "history"}  # the latter is kept by spreadsheets for themselves
    for key in keys:
        whole = re.sub(r"[\[\]:*?/\\']", "-", key).strip() or "table"
        name, n = whole[:LONGEST_NAME], 1
        while name.lower() in taken:
            n += 1
            name = f"{whole[: LONGEST_NAME - 1 - len(str(n))]}-{n}"
        taken.add(name.lower())
        found.append(name)
    return found


def number_format(column: Column) -> str:
    """The format of its numbers; "" where a spreadsheet chooses. A loss has a true minus."""
    kind = column.kind.removeprefix("signed ")
    form = FORMATS.get(kind) or FORMATS.get(kind.removesuffix(" range"), "")
    plus = "+" if kind != column.kind else ""
    return f'{plus}{form};"{words.MINUS}"{form};{form}' if form else ""


def heading(table: Table, column: Column, key: str) -> str:
    """Words with the unit of the raw values: 'Real income, %', 'Range, low, %'."""
    name = column.heading or words.capital(words.key_words(column.key))
    end = {"low": ", low", "high": ", high", "words": ", in words"}.get(key.rpartition("_")[2], "")
    of = table.unit_of(column)
    in_heading = of in ("", "share of 1") or name.endswith(of)
    return f"{name}{end if key != column.key else ''}{'' if in_heading else f', {of}'}"


def typed(value: Any) -> Any:
    """A value as a cell takes it: what is no number is empty, a day is a date, text is text."""
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, bool | int | float | date):
        return value
    text = str(value)
    if re.fullmatch(r"(19|20)\d\d-\d\d-\d\d", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)[:LONGEST_TEXT] or None


def _fill(sheet: Worksheet, table: Table) -> None:
    """Headings, keys of the file, and a row a row; heads stay in view, rows can be picked."""
    from openpyxl.utils import get_column_letter

    fields, records = table.fields, [[typed(v) for v in record] for record in table.records]
    heads = [heading(table, column, key) for key, column in fields.items()]
    _head(sheet, heads, list(fields))
    forms = [number_format(column) for column in fields.values()]
    for n, record in enumerate(records, FIRST):
        sheet.append(record)
        for cell, form in zip(sheet[n], forms, strict=True):
            _shape(cell, form)
    for n, width in enumerate(_widths(heads, fields, records), 1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    sheet.freeze_panes = f"A{FIRST}"
    last = FIRST - 1 + len(records)
    sheet.auto_filter.ref = f"A{FIRST - 1}:{get_column_letter(len(heads))}{last}"


def _head(sheet: Worksheet, heads: Sequence[str], keys: Sequence[str]) -> None:
    """Words in the first row, keys in the second."""
    from openpyxl.styles import Font

    sheet.append([*heads])
    sheet.append([*keys])
    for cell in (*sheet[1], *sheet[2]):
        _shape(cell, "")
        first = cell.row == 1
        cell.font = Font(bold=True) if first else Font(color="565B62", size=9)
        cell.alignment = _wrapped()


def _shape(cell: Any, form: str) -> None:
    """Type and format of a cell; text is never run as a formula."""
    if isinstance(cell.value, str):
        cell.data_type = "s"
        if cell.value.startswith(FORMULA):
            cell.quotePrefix = True
        if len(cell.value) > WIDEST:
            cell.alignment = _wrapped()
    elif isinstance(cell.value, date):
        cell.number_format = DAY
    elif form and not isinstance(cell.value, bool):
        cell.number_format = form


@cache
def _wrapped() -> Any:
    """Long text on several lines, from the top."""
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=True, vertical="top")


def _widths(
    heads: Sequence[str], keys: Iterable[str], records: Sequence[Sequence[Any]]
) -> Iterator[float]:
    """Room for the key, the longest word of the heading, and the first rows."""
    for n, (head, key) in enumerate(zip(heads, keys, strict=True)):
        letters = [len(str(record[n])) for record in records[:LOOKED_AT]
                   if isinstance(record[n], str)]  # fmt: skip
        longest = max([*map(len, head.split()), len(key), *letters])
        yield min(max(longest + 2, NARROWEST), WIDEST)


def _list(
    sheet: Worksheet, about: Iterable[tuple[str, Any]], tables: Sequence[tuple[str, Table]]
) -> None:
    """What the workbook is of, and a line a sheet with a link to it."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    lines = [(term, typed(value)) for term, value in about]
    head = len(lines) + 2
    listed = [(name, table.caption, len(table.rows), table.note) for name, table in tables]
    for line in [*lines, (), ("Sheet", "What it holds", "Rows", "Note"), *listed]:
        sheet.append(line)
    for n, row in enumerate(sheet.iter_rows(), 1):
        for cell in row:
            _shape(cell, "")
            cell.alignment = _wrapped()
        if n > head:
            to = f"'{row[0].value}'!A1"
            row[0].hyperlink = Hyperlink(ref=row[0].coordinate, location=to)
            row[0].font = Font(color="00568F", underline="single")
        for cell in row if n == head else row[:1] if n < head else ():
            cell.font = Font(bold=True)
    for letter, width in zip("ABCD", (20, 80, 8, 60), strict=True):
        sheet.column_dimensions[letter].width = width
