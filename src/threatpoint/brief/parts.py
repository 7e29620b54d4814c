"""What the later sections of the page show, all of it optional."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from threatpoint.analysis.analysis import Analysis, Outcome


@dataclass(frozen=True, eq=False)
class Parts:
    """Results beside the main outcome; a section is left out where its result is absent.

    Attributes:
        by_horizon: horizon -> the main threat carried out.
        given: part -> facts in place of those of the analysis.
    """

    by_horizon: Mapping[str, Outcome] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, analysis: Analysis) -> Parts:
        """What an analysis has."""
        return cls(
            by_horizon=analysis.by_horizon,
        )
