"""TOML text: tables of a situation file with a comment for every key, from the list of keys."""

from __future__ import annotations

import datetime
import json
import textwrap
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from threatpoint.situation.keys import Key, keys_of, meaning_of

WIDTH = 96
"""Characters of a line of comment."""


def table(
    header: str, model: type[BaseModel], values: Mapping[str, Any], more: bool = True
) -> Iterator[str]:
    """The lines of one table: what it is, every given key under its meaning, then the others.

    Args:
        header: as in the file, e.g. "[situation]".
        model: the class that reads the table.
        values: key -> text, number, date, list or mapping (a figure).
        more: whether the keys that are not given are named too.
    """
    keys = keys_of(model)
    yield from ("", header, *comment(_capital(meaning_of(model))))
    for key in (key for key in keys if key.name in values):
        yield from (*comment(key.meaning), f"{key.name} = {value(values[key.name])}")
    left = [key for key in keys if key.name not in values and "table" not in key.holds]
    if more and left:
        yield "# More keys, if you need them:"
        for key in left:
            yield from comment(_named(key), "#   ")


def comment(text: str, mark: str = "# ") -> list[str]:
    """A text as lines of comment."""
    return textwrap.wrap(text, WIDTH, initial_indent=mark, subsequent_indent=mark.ljust(4))


def value(given: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, str):
        return json.dumps(given, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(given, Mapping):
        inside = ", ".join(f"{key(name)} = {value(item)}" for name, item in given.items())
        return f"{{ {inside} }}"
    if isinstance(given, list | tuple):
        return f"[{', '.join(map(value, given))}]"
    if isinstance(given, datetime.date):
        return given.isoformat()
    return f"{given:f}" if isinstance(given, Decimal) else repr(given)


def key(name: str) -> str:
    """A key as TOML writes it: in quotes where it is more than letters, digits, - and _."""
    plain = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if plain else value(name)


def _named(key: Key) -> str:
    """'evasion (figure): share of what ...'."""
    return f"{key.name} ({key.holds}): {key.meaning}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
