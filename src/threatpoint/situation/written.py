"""Written: the tables of a situation as the text of a file that is read again as the same."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

Tables = Mapping[str, Any]


def toml_text(tables: Tables, head: str = "") -> str:
    """TOML of nested tables; a figure, which has a `value`, stands on one line.

    Args:
        tables: as `text.parse` gives them.
        head: a comment at the top, line by line.
    """
    lines = [f"# {line}".rstrip() for line in head.splitlines()]
    return "\n".join([*lines, *_table((), tables)]).lstrip("\n") + "\n"


def _table(path: tuple[str, ...], table: Tables) -> Iterator[str]:
    """The values of a table under its header, then the tables in it."""
    inside = {key: value for key, value in table.items() if _is_table(value)}
    own = {key: value for key, value in table.items() if key not in inside}
    if path and (own or not inside):
        yield from ("", f"[{'.'.join(map(_key, path))}]")
    yield from (f"{_key(key)} = {_value(value)}" for key, value in own.items())
    for key, value in inside.items():
        if isinstance(value, Mapping):
            yield from _table((*path, key), value)
        else:
            yield from _several((*path, key), value)


def _several(path: tuple[str, ...], tables: Sequence[Tables]) -> Iterator[str]:
    """An array of tables; what lies deeper in one of them stands in braces."""
    for table in tables:
        yield from ("", f"[[{'.'.join(map(_key, path))}]]")
        yield from (f"{_key(key)} = {_value(value)}" for key, value in table.items())


def _is_table(value: Any) -> bool:
    if isinstance(value, Mapping):
        return "value" not in value
    return isinstance(value, list) and bool(value) and all(isinstance(v, Mapping) for v in value)


def _key(word: str) -> str:
    bare = word.replace("-", "").replace("_", "")
    return word if bare.isascii() and bare.isalnum() else json.dumps(word, ensure_ascii=False)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | Decimal | datetime.date):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(k)} = {_value(v)}' for k, v in value.items())} }}"
    return f"[{', '.join(map(_value, value))}]"
