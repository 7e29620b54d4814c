"""Read the cells of a user's table of elasticities, each with the line it stands on."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from threatpoint.errors import MOST_FOUND, InputError, WorldError, short, shown, unknown
from threatpoint.world import input_file
from threatpoint.world.elasticities import BY_SECTOR, SUBSTITUTION
from threatpoint.world.plain import hidden, number, printable
from threatpoint.world.toml_lines import Path as KeyPath
from threatpoint.world.toml_lines import line_numbers

ALL = "all"
LONGEST = {"horizon": 40, "source": 1000}
"""Words of a table, and the most characters each may have."""
WORDS = tuple(LONGEST)
TABLES = {
    "theta": "[theta]",
    "phi": "[phi] (mobile share of value added) or [supply] (supply elasticity)",
    "supply": "[supply]",
}
NAMES = (*SUBSTITUTION, *WORDS, *TABLES)
COLUMNS = ("name", "sector", "country", "value")

LARGEST = 1e9
"""Anything above is no elasticity; also keeps NaN, infinite and endless numbers out."""

LIMITS: dict[str, tuple[Callable[[float], bool], str]] = {
    "theta": (lambda x: x > 0, "above 0 (a cut-off has no meaning otherwise)"),
    "phi": (lambda x: 0 < x <= 1, "above 0 and at most 1"),
    "supply": (lambda x: x > 0, "above 0"),
    **{name: (lambda x: x >= 0, "0 or more") for name in SUBSTITUTION},
}


@dataclass(frozen=True)
class Entry:
    """One cell of a table.

    Attributes:
        name: one of `NAMES`.
        sector, country: codes, "all", or "" where the table names none.
        value: a number, or a word for "horizon" and "source".
        where: place in the file, in words.
    """

    name: str
    sector: str
    country: str
    value: Any
    where: str

    @property
    def cell(self) -> tuple[str, str, str]:
        """What the entry is about; phi and supply elasticity say the same thing."""
        name = "phi" if self.name == "supply" else self.name
        sector = self.sector or (ALL if name in BY_SECTOR else "")
        return name, sector, self.country or (ALL if name == "phi" else "")


def read_entries(path: Path) -> tuple[list[Entry], list[str]]:
    """Usable entries of a file, and one sentence for each that is not, up to `MOST_FOUND`.

    Raises:
        WorldError: no such file, another kind of file, or not TOML or CSV at all.
    """
    suffix, shown_path = path.suffix.lower(), printable(str(path))
    if suffix not in READERS:
        raise WorldError(f"{shown_path}: a table of elasticities is a .toml or .csv file")
    try:
        found = list(READERS[suffix](path.name, input_file.read_text(path)))
    except InputError as error:
        raise WorldError(f"{shown_path}: cannot be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise WorldError(f"{path.name}: not valid TOML: {short(str(error))}") from error
    except csv.Error as error:
        raise WorldError(f"{path.name}: not a readable CSV file: {error}") from error
    problems = list(islice(filter(None, map(_problem, found)), MOST_FOUND))
    good = [] if len(problems) == MOST_FOUND else [entry for entry in found if not _problem(entry)]
    return good, problems + _twice(good)


def _toml(_: str, text: str) -> Iterator[Entry]:
    content, lines = input_file.toml_of(text), line_numbers(text)
    for name, value in content.items():
        if name in (*TABLES, *BY_SECTOR) and isinstance(value, Mapping):
            yield from _table(name, value, lines)
        else:
            yield Entry(name, "", "", value, _where(lines, name))


def _table(name: str, table: Mapping[str, Any], lines: Mapping[KeyPath, int]) -> Iterator[Entry]:
    """Entries of a table by sector; in [phi] and [supply] one may hold a table of countries."""
    for sector, value in table.items():
        where = _where(lines, name, sector)
        if isinstance(value, Mapping) and name in ("phi", "supply"):
            for country, number in value.items():
                yield Entry(name, sector, country, number, where)
        else:
            yield Entry(name, sector, "", value, where)


def _where(lines: Mapping[KeyPath, int], *path: str) -> str:
    """Line of a key, in words; the names alone where the line cannot be told."""
    names = printable(".".join(path))
    return f"line {lines[path]}, {names}" if path in lines else names


def _csv(file: str, text: str) -> Iterator[Entry]:
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise WorldError(
            f"{file}: the first line must be {','.join(COLUMNS)}, "
            f"not {shown(','.join(reader.fieldnames or ())) if reader.fieldnames else 'empty'}"
        )
    for row in reader:
        where = f"line {reader.line_num}"
        if None in row or None in row.values():
            yield Entry("", "", "", None, where)
            continue
        name, sector, country, value = (row[column].strip() for column in COLUMNS)
        yield Entry(name, sector, country, _number(value) if name not in WORDS else value, where)


READERS = {".toml": _toml, ".csv": _csv}
"""Ending of a file's name -> what reads its text."""


def _number(text: str) -> float | str:
    """The number a cell holds, or the cell where it holds none."""
    try:
        return float(number(text))
    except ValueError:
        return text


def _problem(entry: Entry) -> str:
    """What is wrong with an entry by itself; "" when nothing is."""
    if not entry.name:
        return f"{entry.where}: {len(COLUMNS)} cells wanted: {','.join(COLUMNS)}"
    if entry.name not in NAMES:
        return unknown("key", entry.name, NAMES, entry.where)
    if entry.name in WORDS:
        return _word_problem(entry)
    if entry.name in TABLES and not entry.sector:
        return f"{entry.where}: {entry.name} needs a sector, or {ALL}"
    if entry.name == "rho" and (entry.sector or entry.country):
        return f"{entry.where}: rho is one number, without sector or country"
    if entry.name in ("theta", *BY_SECTOR) and entry.country:
        return f"{entry.where}: {entry.name} is by sector, not by country"
    return _value_problem(entry)


def _word_problem(entry: Entry) -> str:
    """A word is a text of one line that can be shown, and not blank."""
    value = entry.value
    if not isinstance(value, str):
        return f"{entry.where}: must be words in quotes"
    if hidden(value):
        return f"{entry.where}: {entry.name} has {hidden(value)}; take it out"
    if not 0 < len(value.strip()) <= LONGEST[entry.name]:
        return f"{entry.where}: {entry.name} must have 1 to {LONGEST[entry.name]} characters"
    return ""


def _value_problem(entry: Entry) -> str:
    allowed, words = LIMITS[entry.name]
    value = entry.value
    real = isinstance(value, int | float) and not isinstance(value, bool)
    if real and abs(value) <= LARGEST and allowed(value):
        return ""
    return f"{entry.where}: {entry.name} must be a number {words}, not {shown(value)}"


def _twice(entries: list[Entry]) -> list[str]:
    """Cells given more than once, be it as phi and as supply elasticity."""
    seen, found = dict[tuple[str, str, str], Entry](), list[str]()
    for entry in entries:
        first = seen.setdefault(entry.cell, entry)
        if first is not entry:
            about = ", ".join(filter(None, (entry.sector, entry.country)))
            what = entry.name if entry.name == first.name else f"{entry.name} and {first.name}"
            found.append(f"{entry.where}: {what} {about} given twice (first at {first.where})")
    return found
