"""Text: the bytes of a situation file become TOML tables, or one clear error."""

from __future__ import annotations

import decimal
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from importlib.resources import files
from pathlib import Path as FilePath
from typing import Any

from threatpoint.errors import SituationError, nearest
from threatpoint.situation.lines import Path

DEEPEST = 20
TOO_LARGE = 10**31
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the reading direction: shown text would differ from what is read."""


def built_in() -> tuple[str, ...]:
    """Names of the situations that come with the software."""
    library = files("threatpoint.situation").joinpath("library")
    names = (entry.name for entry in library.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def read_text(name_or_path: str | FilePath) -> tuple[str, str]:
    """The text of a built-in situation or of a file, and the situation's name.

    Raises:
        SituationError: no such file, or not UTF-8.
    """
    asked = str(name_or_path)
    if asked in built_in():
        resource = files("threatpoint.situation").joinpath("library", f"{asked}.toml")
        return resource.read_text(encoding="utf-8"), asked
    try:
        data = FilePath(asked).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        hint = f"{reason}{nearest(asked, built_in())}; built in: {', '.join(built_in())}"
        raise SituationError(printable(asked), [f"cannot be read: {hint}"]) from None
    text = _decoded(data, printable(asked))
    return text.replace("\r\n", "\n").replace("\r", "\n"), FilePath(asked).stem


def _decoded(data: bytes, source: str) -> str:
    """UTF-8 text, with or without a byte order mark."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:200]:
        raise SituationError(source, ["not UTF-8 text: it looks like UTF-16; save it as UTF-8"])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        where = f"line {line}: byte {error.start} is not UTF-8 text"
        raise SituationError(source, [f"{where}; save the file as UTF-8"]) from None


def parse(text: str, source: str) -> dict[str, Any]:
    """The TOML tables, numbers with their printed digits.

    Raises:
        SituationError: not TOML, numbers too long to read, lists nested too deep.
    """
    try:
        return _bounded(tomllib.loads(text, parse_float=_number), source)
    except tomllib.TOMLDecodeError as error:
        found = re.fullmatch(r"(.*) \(at (.*)\)", str(error), re.DOTALL)
        what, place = found.groups() if found else (str(error), "unknown place")
        raise SituationError(source, [f"{place}: not TOML: {what}{_hint(text, place)}"]) from None
    except RecursionError:
        raise SituationError(source, ["lists or tables are nested too deep"]) from None
    except ValueError as error:
        raise SituationError(source, [_too_long(text, str(error))]) from None


def _bounded(raw: dict[str, Any], source: str) -> dict[str, Any]:
    """The tables, integers cut at 1e31 (refused later, as no key takes them), nesting bounded."""
    stack: list[tuple[int, Any]] = [(0, raw)]
    while stack:
        depth, value = stack.pop()
        if depth > DEEPEST:
            raise SituationError(source, ["lists or tables are nested too deep"])
        for key, item in list(value.items() if isinstance(value, dict) else enumerate(value)):
            if isinstance(item, int) and abs(item) > TOO_LARGE:
                value[key] = TOO_LARGE if item > 0 else -TOO_LARGE
            elif isinstance(item, dict | list):
                stack.append((depth + 1, item))
    return raw


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except decimal.InvalidOperation:
        raise ValueError(f"the number {text[:40]} is too large or too small") from None


def _too_long(text: str, reason: str) -> str:
    """A number that cannot be read; an integer of thousands of digits has its line named."""
    for number, line in enumerate(text.split("\n"), 1):
        if re.search(r"\d[\d_]{999}", line):
            return f"line {number}: a number has more than 1000 digits; figures are at most 1e30"
    return f"a number or date cannot be read: {reason}"


def _hint(text: str, place: str) -> str:
    """How to write a date, when the line is about one."""
    found = re.match(r"line (\d+)", place)
    rows = text.split("\n")
    line = rows[int(found[1]) - 1] if found and int(found[1]) <= len(rows) else ""
    about = re.match(r"\s*date\s*=", line)
    return "; write a date as 2025-03-31, without quotes" if about else ""


def text_problems(raw: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Texts and keys with characters that a reader would not see as they are."""
    stack: list[tuple[Path, Any]] = [((), raw)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, dict):
            for key, item in value.items():
                if not key.strip():
                    yield (*path, key), "the key is blank"
                if _hidden(key, ""):
                    yield (*path, key), f"the key has {_hidden(key, '')}; take it out"
                stack.append(((*path, key), item))
        elif isinstance(value, list):
            stack += [((*path, position), item) for position, item in enumerate(value)]
        elif isinstance(value, str) and _hidden(value, "\n\t"):
            yield path, f"the text has {_hidden(value, chr(10) + chr(9))}; take it out"


def _hidden(text: str, allowed: str) -> str:
    """The first control character of a text in words, '' if there is none."""
    for character in text:
        control = unicodedata.category(character) in ("Cc", "Zl", "Zp") or character in BIDI
        if control and character not in allowed:
            name = unicodedata.name(character, "a control character").lower()
            return f"{name} (U+{ord(character):04X})"
    return ""


def printable(text: str) -> str:
    """The text with hidden characters written as escapes, for messages."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
