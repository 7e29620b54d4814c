"""A section of the page, and the fold that it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from threatpoint.brief.charts import Figure
    from threatpoint.brief.prose import Said
    from threatpoint.tables import Table


@dataclass(frozen=True)
class Section:
    """A part of a fold.

    Attributes:
        key: anchor.
        title: the finding.
        lead: paragraphs.
        figures, tables: in order.
        data: tables that are files only.
        method: paragraphs on how it is computed; the only ones with symbols.
        facts: terms with their text.
        commands: lines to type.
        prose: its tables hold sentences and need room.
    """

    key: str
    title: str
    lead: Sequence[str] = ()
    figures: Sequence[Figure] = ()
    tables: Sequence[Table] = ()
    data: Sequence[Table] = ()
    method: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    commands: Sequence[str] = ()
    prose: bool = field(default=False)

    @classmethod
    def of(cls, key: str, said: Said, **more: Any) -> Section:
        """A section with the title, the lead and the method of a template."""
        paragraphs: dict[str, Any] = {part: said.all(part) for part in PARTS}
        return cls(key, said["title"], **paragraphs | more)


PARTS = ("lead", "method")
"""Pieces of a template that are paragraphs of a section."""


@dataclass(frozen=True)
class Fold:
    """One folded part of the page.

    Attributes:
        key: anchor, one of `NAMES` in `headlines`.
        name: in the contents list.
        finding: one line.
        sections: in order; the one that says the finding again needs no heading.
    """

    key: str
    name: str
    finding: str
    sections: Sequence[Section]
