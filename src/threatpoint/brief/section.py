"""A section of the page."""

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
    """A part of the page.

    Attributes:
        key: anchor.
        title: the finding.
        lead: paragraphs.
        figures, tables: in order.
        facts: terms with their text.
        commands: lines to type.
        prose: its tables hold sentences and need room.
    """

    key: str
    title: str
    lead: Sequence[str] = ()
    figures: Sequence[Figure] = ()
    tables: Sequence[Table] = ()
    facts: Sequence[tuple[str, str]] = ()
    commands: Sequence[str] = ()
    prose: bool = field(default=False)

    @classmethod
    def of(cls, key: str, said: Said, **more: Any) -> Section:
        """A section with the title and the lead of a template."""
        return cls(key, said["title"], said.all("lead"), **more)
