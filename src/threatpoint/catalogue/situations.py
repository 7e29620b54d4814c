"""Situations of the library as entries of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from threatpoint.catalogue.listing import Shown
from threatpoint.situation import load_situation
from threatpoint.situation.record import clock_rows
from threatpoint.situation.text import read_text
from threatpoint.words import listing, place
from threatpoint.world import load_world

if TYPE_CHECKING:
    from threatpoint.situation import Situation


@dataclass(frozen=True, repr=False)
class Entry(Shown):
    """One situation of the library.

    Attributes:
        name: in the library; commands take it too.
    """

    name: str

    def load(self) -> Situation:
        """The situation, ready to be solved; read once."""
        return self._read

    @property
    def text(self) -> str:
        """Its file as it stands, to copy and change."""
        return read_text(self.name)[0]

    @property
    def title(self) -> str:
        return self._read.title

    @property
    def facts(self) -> Mapping[str, Any]:
        """Name, title, date, who threatens whom, with what, and what came of it."""
        read, economy = self._read, load_world()
        rule = read.policy
        return {
            "name": self.name,
            "title": read.title,
            "date": read.date.isoformat(),
            "sender": listing([place(code, economy) for code in rule.senders]),
            "targets": listing([place(code, economy) for code in rule.parties(economy)]),
            "instruments": rule.short,
            "what happened": self.happened,
        }

    @property
    def happened(self) -> str:
        """What came of the days on which the main threat was due, as the record has them."""
        rows = [row for row in clock_rows(self._read) if row["threat"] == self._read.main]
        said = (
            f"{row['clock']}: {row['came']}" + (f" on {row['hit']}" if row["hit"] else "")
            for row in rows
        )
        return "; ".join(said) or "no day was named"

    @cached_property
    def _read(self) -> Situation:
        return load_situation(self.name)
