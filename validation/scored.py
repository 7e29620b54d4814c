"""A statement of the record against a statement of the model, in words for readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from threatpoint import words

Verdict = Literal["miss", "open", "right", "not modelled"]
ORDER: tuple[Verdict, ...] = ("miss", "open", "right", "not modelled")
SITUATION = "ukraine-2025-03-31"
"""The one that most of the record is about."""
ANY = "any"
"""Where the horizon does not matter."""


@dataclass(frozen=True)
class Line:
    """One statement of the record against one statement of the model.

    Attributes:
        part: of the model, and what it is about.
        events: ids in events.csv.
        horizon: of the model, `ANY` where it does not matter.
        happened: what the record says.
        measure: what the model's number is; may be blank.
        said: what the model says, with its number.
        verdict: by the rule of the line.
        reason: why it missed or is open, as far as one can tell.
    """

    part: str
    events: tuple[str, ...]
    horizon: str
    happened: str
    measure: str
    said: str
    verdict: Verdict
    reason: str = ""

    @property
    def when(self) -> str:
        """The horizon in words."""
        return ANY if self.horizon == ANY else words.horizon(self.horizon)

    @property
    def answer(self) -> str:
        """Measure and number."""
        return f"{self.measure}: {self.said}" if self.measure else self.said
