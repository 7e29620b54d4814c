"""Lines: where in a TOML file a key stands. `tomllib` does not say."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

Path = tuple[str | int, ...]

_BARE = r"[A-Za-z0-9_-]+"
_KEY = rf"(?:{_BARE}|\"[^\"]*\"|'[^']*')"
_DOTTED = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]\]?\s*(?:#.*)?$")
_ASSIGN = re.compile(rf"\s*({_DOTTED})\s*=")
_INLINE = re.compile(rf"[{{,]\s*({_DOTTED})\s*=")
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')


def line_numbers(text: str) -> dict[Path, int]:
    """First line of each key path, counted from 1; array tables carry their index."""
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    closing = ""
    for number, line in enumerate(text.split("\n"), 1):
        if closing:
            closing = "" if closing in line else closing
            continue
        header = _HEADER.match(line)
        if header:
            table = _resolve(_parts(header[2]), counts, header[1] == "[[")
            lines.setdefault(table, number)
            continue
        assign = _ASSIGN.match(line)
        if assign:
            key = (*table, *_parts(assign[1]))
            lines.setdefault(key, number)
            rest = line[assign.end() :]
            for inner in _INLINE.finditer(_STRINGS.sub('""', rest)):
                lines.setdefault((*key, *_parts(inner[1])), number)
            closing = _opened(rest)
    return lines


def line_of(
    lines: Mapping[Path, int],
    path: Sequence[str | int],
    tables: Collection[Path] | None = None,
) -> int | None:
    """Line of a key path, or of the closest table above it; None when nothing is known.

    Parts of the path that the file does not have (such as the kind of a claim) are skipped.
    `tables` is `tables_of(lines)`, for who asks often.
    """
    above = tables_of(lines) if tables is None else tables
    here: Path = ()
    found: int | None = None
    for part in path:
        if (*here, part) in lines:
            here = (*here, part)
            found = lines[here]
        elif (*here, part) in above:
            here = (*here, part)
    return found


def tables_of(lines: Mapping[Path, int]) -> set[Path]:
    """Every path that something in the file lies under, itself included."""
    return {path[:size] for path in lines for size in range(1, len(path) + 1)}


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_KEY, dotted))


def _resolve(parts: tuple[str, ...], counts: dict[Path, int], array: bool) -> Path:
    """The path of a header, with the index of every array of tables on the way."""
    path: Path = ()
    for position, part in enumerate(parts):
        path = (*path, part)
        last = position == len(parts) - 1
        if last and array:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _opened(value: str) -> str:
    """The quotes that end a multi-line string opened by this value, '' if none is open."""
    for quotes in ('"""', "'''"):
        if value.count(quotes) % 2:
            return quotes
    return ""
