"""Read the cells of a user's table of elasticities, each with the line it stands on."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from threatpoint.errors import WorldError, unknown
from threatpoint.world.elasticities import SUBSTITUTION

ALL = "all"
WORDS = ("horizon", "source")
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
        return name, self.sector, self.country or (ALL if name == "phi" else "")


def read_entries(path: Path, suffixes: tuple[str, ...]) -> tuple[list[Entry], list[str]]:
    """Usable entries of a file, and one sentence for each that is not.

    Raises:
        WorldError: no such file, another kind of file, or not TOML or CSV at all.
    """
    if path.suffix.lower() not in suffixes:
        raise WorldError(f"{path}: a table of elasticities is a .toml or a .csv file")
    try:
        text = path.read_text(encoding="utf-8-sig")  # spreadsheets write a byte-order mark
    except FileNotFoundError:
        raise WorldError(f"no such file: {path}") from None
    except UnicodeDecodeError as error:
        raise WorldError(
            f"{path} cannot be read: not UTF-8 text (byte {error.start}); save it as UTF-8"
        ) from error
    except OSError as error:
        raise WorldError(f"{path} cannot be read: {error.strerror}") from error
    cells = _toml(path, text) if path.suffix.lower() == ".toml" else _csv(path, text)
    found = list(cells)
    problems = [problem for entry in found if (problem := _problem(entry))]
    good = [entry for entry in found if not _problem(entry)]
    return good, problems + _twice(good)


def _toml(path: Path, text: str) -> Iterator[Entry]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WorldError(f"{path.name}: not valid TOML: {error}") from error
    except RecursionError:
        raise WorldError(f"{path.name}: nested too deeply for a table of elasticities") from None
    for name, value in content.items():
        if name in TABLES and isinstance(value, Mapping):
            yield from _table(name, value, text)
        else:
            yield Entry(name, "", "", value, _line(text, name))


def _table(name: str, table: Mapping[str, Any], text: str) -> Iterator[Entry]:
    """Entries of [theta], [phi] or [supply]; a sector may hold a table of countries."""
    for sector, value in table.items():
        where = _line(text, sector, name)
        if isinstance(value, Mapping) and name != "theta":
            for country, number in value.items():
                yield Entry(name, sector, country, number, where)
        else:
            yield Entry(name, sector, "", value, where)


def _line(text: str, key: str, table: str = "") -> str:
    """Line of a key inside a table, in words; the names alone where the line cannot be told."""
    inside, names = "", ".".join(filter(None, (table, key)))
    start = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]")
    for number, line in enumerate(text.splitlines(), start=1):
        if head := re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line):
            inside = head[1].replace('"', "").replace(" ", "")
            if inside == names:
                return f"line {number}, {names}"
        elif inside == table and start.match(line):
            return f"line {number}, {names}"
    return names


def _csv(path: Path, text: str) -> Iterator[Entry]:
    try:
        yield from _rows(path, text)
    except csv.Error as error:
        raise WorldError(f"{path.name}: not a readable CSV file: {error}") from error


def _rows(path: Path, text: str) -> Iterator[Entry]:
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise WorldError(
            f"{path.name}: the first line must be {','.join(COLUMNS)}, "
            f"not {','.join(reader.fieldnames or ()) or 'empty'}"
        )
    for row in reader:
        where = f"line {reader.line_num}"
        if None in row or None in row.values():
            yield Entry("", "", "", None, where)
            continue
        name, sector, country, value = (row[column].strip() for column in COLUMNS)
        yield Entry(name, sector, country, _number(value) if name not in WORDS else value, where)


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _problem(entry: Entry) -> str:
    """What is wrong with an entry by itself; "" when nothing is."""
    if not entry.name:
        return f"{entry.where}: {len(COLUMNS)} cells wanted: {','.join(COLUMNS)}"
    if entry.name not in NAMES:
        return unknown("key", entry.name, NAMES, entry.where)
    if entry.name in WORDS:
        return "" if isinstance(entry.value, str) else f"{entry.where}: must be words in quotes"
    if entry.name in TABLES and not entry.sector:
        return f"{entry.where}: {entry.name} needs a sector, or {ALL}"
    if entry.name not in TABLES and (entry.sector or entry.country):
        return f"{entry.where}: {entry.name} is one number, without sector or country"
    if entry.name == "theta" and entry.country:
        return f"{entry.where}: theta is by sector, not by country"
    return _value_problem(entry)


def _value_problem(entry: Entry) -> str:
    allowed, words = LIMITS[entry.name]
    value = entry.value
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and abs(value) <= LARGEST and allowed(value):
        return ""
    shown = value if number else repr(value)
    return f"{entry.where}: {entry.name} must be a number {words}, not {shown}"


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
