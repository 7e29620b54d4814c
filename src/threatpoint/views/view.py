"""View: what a class says of itself, and the tables it has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from threatpoint.errors import ThreatpointError, unknown

if TYPE_CHECKING:
    from threatpoint.tables import Table


class About(NamedTuple):
    """First lines of an object.

    Attributes:
        title: what it is, with its size.
        facts: label -> words, the most important first.
        next: what to call next.
    """

    title: str
    facts: Mapping[str, str]
    next: str = ""


class Named(NamedTuple):
    """A table that can be asked for: what its rows are, and what makes it."""

    meaning: str
    make: Callable[[], Table]


@dataclass(frozen=True)
class View:
    """How objects of a class look.

    Attributes:
        about: an object -> its first lines.
        tables: an object -> name -> table; the one of first interest first. What an object cannot
            have, such as groups without any, is left out.
    """

    about: Callable[[Any], About]
    tables: Callable[[Any], Mapping[str, Named]] = lambda _: {}


class Listing(Mapping[str, str]):
    """Names of tables and what their rows are; shown a line each."""

    def __init__(self, tables: Mapping[str, Named]) -> None:
        self._made = tables

    def __getitem__(self, name: str) -> str:
        """What the rows of a table are."""
        return self.named(name).meaning

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)

    def named(self, name: str) -> Named:
        """A table by its name, "" for the first.

        Raises:
            ThreatpointError: no such table, with the nearest name.
        """
        wanted = name or next(iter(self._made), "")
        if not isinstance(wanted, str) or wanted not in self._made:
            raise ThreatpointError(unknown("table", name, tuple(self._made)))
        return self._made[wanted]

    def __repr__(self) -> str:
        """A line a table."""
        width = max(map(len, self._made), default=0)
        lines = (f"{name:<{width}}  {made.meaning}" for name, made in self._made.items())
        return "\n".join(lines) or "no tables"

    def _ipython_key_completions_(self) -> list[str]:
        return list(self._made)
