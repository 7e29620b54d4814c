"""Input files: their bytes, bounded in size and time, and TOML of a bounded shape.

A file is refused before it is parsed when it is no file, too large, or shaped like nothing a person
writes: nesting, keys or words so long that parsing them would hang or crash.
"""

from __future__ import annotations

import os
import re
import select
import stat
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from threatpoint.errors import InputError

LARGEST = 1_000_000
"""Bytes of an input file; the built-in situation has 23,000."""
DEEPEST = 20
"""Levels of lists and tables, and parts of a key."""
LONGEST_WORD = 200
"""Characters of a key, a number or a date."""
LONGEST_TEXT = 10_000
"""Characters of a text in quotes."""
PATIENCE = 5.0
"""Seconds without a byte after which a pipe is given up."""

_TOKEN = re.compile(
    r'"""(?:\\.|(?!""").)*(?:"""|\Z)|\'\'\'(?:(?!\'\'\').)*(?:\'\'\'|\Z)'
    r'|"(?:\\.|[^"\\\n])*"?|\'[^\'\n]*\'?|#[^\n]*|[\[\]{}=,\n]|[^\s"\'#\[\]{}=,]+',
    re.DOTALL,
)


def read_text(path: str | Path) -> str:
    """The text of a file, UTF-8 with or without a byte order mark; every line end a newline.

    Raises:
        InputError: why it cannot be read, to follow the file's name in a message.
    """
    return _decoded(read_bytes(path)).replace("\r\n", "\n").replace("\r", "\n")


def read_bytes(path: str | Path) -> bytes:
    """The bytes of a file or of a pipe that somebody writes into.

    Raises:
        InputError: no such file, a folder or device, too large, a pipe nobody writes into.
    """
    try:
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
    except (OSError, ValueError, TypeError) as error:
        raise InputError(getattr(error, "strerror", None) or str(error)) from None
    try:
        return _all_of(handle)
    except OSError as error:
        raise InputError(error.strerror or str(error)) from None
    finally:
        os.close(handle)


def _all_of(handle: int) -> bytes:
    kind = os.fstat(handle)
    pipe = stat.S_ISFIFO(kind.st_mode) or stat.S_ISSOCK(kind.st_mode)
    if stat.S_ISDIR(kind.st_mode):
        raise InputError("it is a folder, not a file")
    if not (pipe or stat.S_ISREG(kind.st_mode)):
        raise InputError("it is a device, not a file")
    if kind.st_size > LARGEST:
        raise InputError(f"it has {kind.st_size:,} bytes; the limit is {LARGEST:,}")
    data = b""
    while piece := _piece(handle, pipe):
        data += piece
        if len(data) > LARGEST:
            raise InputError(f"it has more than {LARGEST:,} bytes, the limit")
    return data


def _piece(handle: int, pipe: bool) -> bytes:
    """The next bytes, b"" at the end."""
    if pipe and not select.select([handle], [], [], PATIENCE)[0]:
        raise InputError(f"it is a pipe, and nothing came through it for {PATIENCE:g} s")
    return os.read(handle, 65_536)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:200]:
        raise InputError("not UTF-8 text: it looks like UTF-16; save it as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        where = f"line {line}: byte {error.start} is not UTF-8 text"
        raise InputError(f"{where}; save the file as UTF-8") from None


def toml_of(text: str, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """The tables of a TOML text whose shape is within the limits.

    Raises:
        InputError: a shape outside the limits, with its line.
        tomllib.TOMLDecodeError: not TOML.
    """
    if problem := shape_problem(text):
        raise InputError(problem)
    try:
        return tomllib.loads(text, parse_float=parse_float)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError:
        raise InputError("lists or tables are nested too deep") from None
    except ValueError as error:  # a date or number that the calendar or Python does not have
        raise InputError(f"a number or date cannot be read: {error}") from None


def shape_problem(text: str) -> str:
    """The first thing outside the limits, with its line; '' if there is none."""
    line, depth, dots = 1, 0, 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in "[{":
            depth, dots = depth + 1, 0
        elif token in "]}":
            depth = max(0, depth - 1)
        elif token in "=,\n":
            dots = 0
        elif token[0] not in "\"'#":
            dots += token.count(".")
        if problem := _token_problem(token, depth, dots):
            return f"line {line}: {problem}"
        line += token.count("\n")
    return ""


def _token_problem(token: str, depth: int, dots: int) -> str:
    size = len(token)
    if depth > DEEPEST:
        return f"lists or tables are nested too deep: more than {DEEPEST} levels"
    if dots >= DEEPEST:
        return f"a key has more than {DEEPEST} parts"
    if token[0] == "#":
        return ""
    if token[0] in "\"'":
        return f"a text of {size:,} characters; the limit is {LONGEST_TEXT:,}" * (
            size > LONGEST_TEXT
        )
    if size <= LONGEST_WORD:
        return ""
    if token.lstrip("+-")[:1].isdigit():
        return f"a number of {size:,} characters; figures are at most 1e30"
    return f"a word of {size:,} characters; the limit is {LONGEST_WORD}"
