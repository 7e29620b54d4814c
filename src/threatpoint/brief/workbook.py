"""The workbook: every table of the page as a sheet, with contents and definitions."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from threatpoint import __version__, words
from threatpoint.brief.first import said_answer
from threatpoint.brief.first_facts import Facts
from threatpoint.brief.method import command
from threatpoint.brief.page import Content
from threatpoint.brief.reading import Reading
from threatpoint.brief.sheets import workbook
from threatpoint.errors import require_extra
from threatpoint.files import require_writable, write_whole
from threatpoint.tables import Table, columns

if TYPE_CHECKING:
    from threatpoint.analysis.analysis import Analysis


def write_workbook(
    analysis: Analysis, path: str | Path, tables: Sequence[Table] | None = None
) -> Path:
    """Write every table of the page as one .xlsx file, whole; arguments as `workbook_bytes`.

    Raises:
        MissingExtraError: openpyxl is not installed.
        ThreatpointError: another suffix, or the file cannot be written.

    Example, after that of `analyse`:
        >>> from threatpoint.brief.workbook import write_workbook
        >>> write_workbook(analysis, "tables.xlsx").name
        'tables.xlsx'
    """
    place = require_workbook(path)
    write_whole(place, workbook_bytes(analysis, tables))
    return place


def require_workbook(path: str | Path) -> Path:
    """Refuse a workbook that cannot be written, before anything is solved.

    Raises:
        MissingExtraError: openpyxl is not installed.
        ThreatpointError: another suffix, or the file cannot be written.
    """
    require_extra("xlsx", "the workbook", "openpyxl")
    require_writable(Path(path), "--xlsx", (".xlsx",))
    return Path(path)


def workbook_bytes(analysis: Analysis, tables: Sequence[Table] | None = None) -> bytes:
    """The workbook of an analysis.

    Args:
        analysis: what to show.
        tables: those of its page, if they are at hand; drawing the page anew takes seconds.

    Raises:
        MissingExtraError: openpyxl is not installed.
    """
    require_extra("xlsx", "the workbook", "openpyxl")
    found = Content.drawn(analysis).tables if tables is None else tables
    made = workbook(_about(analysis), [*found, definitions(found)])
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _about(analysis: Analysis) -> list[tuple[str, Any]]:
    """What the workbook is of, and what made it."""
    situation = analysis.situation
    reading = Reading(analysis)
    made = command(reading).replace("--out DIR", "--xlsx FILE.xlsx")
    return [
        ("Title", situation.title),
        ("Question", situation.question),
        ("Answer", said_answer(Facts(reading))),
        ("Date", situation.date),
        ("Version", f"Threatpoint {__version__}"),
        ("Command", made),
    ]


def definitions(tables: Iterable[Table]) -> Table:
    """What the columns of all tables mean: table, key, heading, unit, meaning."""
    rows = [
        {
            "table": table.key,
            "key": key,
            "heading": column.heading or words.capital(words.key_words(key)),
            "unit": table.unit_of(column),
            "meaning": column.meaning,
        }
        for table in tables
        for key, column in table.fields.items()
    ]
    caption = "What the columns of all tables are"
    keys = ("table", "key", "heading", "unit", "meaning")
    return Table("Definitions", caption, columns("definitions", *keys), rows)
