"""Answers to the statements of a text: the macro of the name that a row states as `answer`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threatpoint.brief import expect, front, game, oil, support, talks, threats
from threatpoint.brief.prose import Said, say

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading

PARTS = {
    "expect": (expect.Facts.of, "expect"),
    "front": (front.Facts.of, "control", "drift", "pocket", "force"),
    "game": (game.Facts.of, "yielding", "options"),
    "oil": (oil.Facts.of, "oil"),
    "support": (support.Facts.of, "burden", "substitution"),
    "talks": (
        talks.Facts.of, "agreement", "delay", "positioning", "escalation",
    ),
    "threats": (threats.Facts, "threat", "event"),
}  # fmt: skip
"""Template -> its facts, and the macros that answer."""
ANSWERS = {key: (part, facts) for part, (facts, *keys) in PARTS.items() for key in keys}
"""Key of a row -> where its macro is; the same keys as the schema of the situation file has."""


def answer(key: str, reading: Reading, row: Any) -> Said | None:
    """Answer, range, assumptions and source in words, and the mark where it is not the file's.

    None where the analysis has not what the answer needs.
    """
    part, facts = ANSWERS[key]
    found = facts(reading)
    return None if found is None else say(f"{part}.{key}", found, row) or None
