"""Answers to the statements of a text: one function for each key `answer` of a row.

Each takes the reading and the row, and gives answer, range, assumptions and source in words, and
the mark where it differs from the file's; or None where the analysis has not what it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from threatpoint.brief import front, game, oil, support, talks, threats

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading

Formula = Callable[["Reading", Any], Mapping[str, str] | None]

ANSWERS: Mapping[str, Formula] = MappingProxyType(
    {
        "agreement": partial(talks.answer, "agreement"),
        "burden": support.burden,
        "substitution": support.substitution,
        "guarantees": talks.guarantees,
        "escalation": partial(talks.answer, "escalation"),
        "delay": partial(talks.answer, "delay"),
        "oil": oil.oil,
        "threat": threats.carried_out,
        "yielding": game.yielding,
        "event": threats.event,
        "positioning": partial(talks.answer, "positioning"),
        "control": front.control,
        "drift": front.drifted,
        "pocket": front.pocket,
        "options": game.options,
    }
)
"""Key of a row -> what answers it; the same keys as the schema of the situation file has."""
