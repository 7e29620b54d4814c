"""A list of entries that shows itself as a table and gives each by its name or place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Generic, Protocol, TypeVar, overload

from threatpoint.errors import ThreatpointError, require_label

LINES = 10
"""Entries that the plain form shows."""
WIDTH = 72
"""Characters of a title there."""


class Listed(Protocol):
    """What can stand in a list."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


class Shown:
    """An entry that shows its facts, a line each."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """What is known of it, by its name in words."""
        raise NotImplementedError

    def __repr__(self) -> str:
        width = max(map(len, self.facts))
        return "\n".join(f"{key:{width}}  {value}" for key, value in self.facts.items())

    def _repr_html_(self) -> str:
        rows = (f"<tr><th>{escape(key)}</th>{_cell(v)}</tr>" for key, v in self.facts.items())
        return f"<table>{''.join(rows)}</table>"


Item = TypeVar("Item", bound=Listed)


class Listing(Sequence[Item], Generic[Item]):
    """Entries in the order of their names.

    Attributes:
        what: what they are, in words.
        names: of all of them.
    """

    def __init__(self, what: str, entries: Sequence[Item]) -> None:
        self.what = what
        self._entries = {entry.name: entry for entry in entries}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._entries)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What is known of each entry, a mapping each."""
        return [dict(entry.facts) for entry in self]

    @overload
    def __getitem__(self, name: str | int) -> Item: ...
    @overload
    def __getitem__(self, name: slice) -> Sequence[Item]: ...
    def __getitem__(self, name: str | int | slice) -> Item | Sequence[Item]:
        """By name or place.

        Raises:
            ThreatpointError: a name that it does not have, with the nearest spelling.
            IndexError: no such place.
        """
        if isinstance(name, int | slice):
            return list(self._entries.values())[name]
        return self._entries[require_label("name", name, self.names, ThreatpointError, self.what)]

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Item]:
        return iter(self._entries.values())

    def _ipython_key_completions_(self) -> list[str]:
        return [*self.names]

    def __repr__(self) -> str:
        longest = max(map(len, self.names), default=0)
        lines = [f"{entry.name:{longest}}  {_cut(entry.title)}" for entry in self][:LINES]
        more = [f"… and {len(self) - LINES} more"] if len(self) > LINES else []
        return "\n".join([f"{len(self)} {self.what}", *lines, *more])

    def _repr_html_(self) -> str:
        rows = self.rows
        head = "".join(f"<th>{escape(key)}</th>" for key in (rows[0] if rows else ()))
        body = "".join(f"<tr>{''.join(map(_cell, row.values()))}</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: Any) -> str:
    return f"<td>{escape(str(value))}</td>"


def _cut(text: str) -> str:
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"
