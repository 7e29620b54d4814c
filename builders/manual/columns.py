"""Every column of a table, from the file that page, terminal and data read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

from builders.manual.markdown import code, plain, table

HEAD = """# Columns

What stands in the tables of a page, of a terminal and of the files beside them: the key is the
name of the column in CSV and JSON. A key stands once for all tables, or under the table that means
it in its own way. A column of numbers is in the unit of its heading; money without one takes it
from the title of its table. A column that its heading explains has no words of its own.
"""


def text() -> str:
    """The whole page."""
    found = list(declared())
    tables = dict.fromkeys(name for name, _, _ in found)
    return "\n".join([HEAD, *(_section(name, found) for name in sorted(tables))])


def declared() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """(table, key, words) of each column; the table is "" for a key of all tables."""
    source = resources.files("threatpoint") / "quantities.toml"
    for key, value in tomllib.loads(source.read_text(encoding="utf-8")).items():
        if isinstance(value.get("heading", value), str):
            yield "", key, value
        own = {k: v for k, v in value.items() if isinstance(v, dict)}
        yield from ((key, column, words) for column, words in own.items())


def _section(name: str, found: list[tuple[str, str, Mapping[str, Any]]]) -> str:
    rows = [
        (code(key), plain(words.get("heading", "")), plain(words.get("meaning", "")))
        for of, key, words in found
        if of == name
    ]
    title = f"## {name}" if name else "## All tables"
    return f"{title}\n\n" + table(["Key", "Heading", "What it is"], rows)
