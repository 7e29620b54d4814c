"""Text: the bytes of a situation file become TOML tables, or one clear error."""

from __future__ import annotations

import decimal
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from importlib.resources import files
from pathlib import Path as FilePath
from typing import Any

from threatpoint.errors import InputError, SituationError, nearest, shown
from threatpoint.world import input_file
from threatpoint.world.plain import hidden, printable
from threatpoint.world.toml_lines import Path

__all__ = ["built_in", "parse", "printable", "read_text", "text_problems"]

TOO_LARGE = 10**31


def built_in() -> tuple[str, ...]:
    """Names of the situations that come with the software."""
    library = files("threatpoint.situation").joinpath("library")
    names = (entry.name for entry in library.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def read_text(name_or_path: str | FilePath) -> tuple[str, str]:
    """The text of a built-in situation or of a file, and the situation's name.

    Raises:
        SituationError: no such file, no file, too large, or not UTF-8.
    """
    asked = str(name_or_path)
    if asked in built_in():
        resource = files("threatpoint.situation").joinpath("library", f"{asked}.toml")
        return resource.read_text(encoding="utf-8"), asked
    if not isinstance(name_or_path, str | FilePath) or not asked.strip():
        what = "a name or a path" if asked.strip() else "not blank"
        raise SituationError(shown(name_or_path), [f"a situation must be {what}{_built_in()}"])
    try:
        return input_file.read_text(asked), FilePath(asked).stem
    except InputError as error:
        hint = f"{error}{nearest(asked, built_in())}{_built_in()}"
        raise SituationError(printable(asked), [f"cannot be read: {hint}"]) from None


def _built_in() -> str:
    return f"; built in: {', '.join(built_in())}"


def parse(text: str, source: str) -> dict[str, Any]:
    """The TOML tables, numbers with their printed digits.

    Raises:
        SituationError: not TOML, or of a shape outside the limits of `world.input_file`.
    """
    try:
        return _bounded(input_file.toml_of(text, _number))
    except tomllib.TOMLDecodeError as error:
        found = re.fullmatch(r"(.*) \(at (.*)\)", str(error), re.DOTALL)
        what, place = found.groups() if found else (str(error), "unknown place")
        problem = f"{place}: not TOML: {what}{_hint(text, place)}"
        raise SituationError(source, [problem]) from None
    except InputError as error:
        raise SituationError(source, [str(error)]) from None


def _bounded(raw: dict[str, Any]) -> dict[str, Any]:
    """The tables, integers cut at 1e31 (refused later, as no key takes them), nesting bounded.

    Raises:
        InputError: nested deeper than the text shows, as by headers of many parts.
    """
    stack: list[tuple[int, Any]] = [(0, raw)]
    while stack:
        depth, value = stack.pop()
        if depth > input_file.DEEPEST:
            raise InputError("lists or tables are nested too deep")
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
                if hidden(key):
                    yield (*path, key), f"the key has {hidden(key)}; take it out"
                stack.append(((*path, key), item))
        elif isinstance(value, list):
            stack += [((*path, position), item) for position, item in enumerate(value)]
        elif isinstance(value, str) and hidden(value, "\n\t"):
            yield path, f"the text has {hidden(value, chr(10) + chr(9))}; take it out"
