"""Written: the tables of a situation as the text of a file that is read again as the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from threatpoint.situation.toml_text import key, value

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
    inside = {name: given for name, given in table.items() if _is_table(given)}
    own = {name: given for name, given in table.items() if name not in inside}
    if path and (own or not inside):
        yield from ("", f"[{'.'.join(map(key, path))}]")
    yield from (f"{key(name)} = {value(given)}" for name, given in own.items())
    for name, given in inside.items():
        if isinstance(given, Mapping):
            yield from _table((*path, name), given)
        else:
            yield from _several((*path, name), given)


def _several(path: tuple[str, ...], tables: Sequence[Tables]) -> Iterator[str]:
    """An array of tables; what lies deeper in one of them stands in braces."""
    for table in tables:
        yield from ("", f"[[{'.'.join(map(key, path))}]]")
        yield from (f"{key(name)} = {value(given)}" for name, given in table.items())


def _is_table(given: Any) -> bool:
    if isinstance(given, Mapping):
        return "value" not in given
    return isinstance(given, list) and bool(given) and all(isinstance(v, Mapping) for v in given)
