"""What the stated retaliation of the targets changes, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.words import sentence

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading

MOST = 5
"""Economies named one by one."""


def answered_sentence(reading: Reading) -> str:
    """Sender and targets with the retaliation, beside the figures without; "" without one."""
    found = reading.answered
    if found is None:
        return ""
    if found.solution is None:
        reason = words.named(found.failure, reading.economy)
        return sentence(f"with the retaliation stated there is no equilibrium: {reason}")
    rows = [*_senders(reading), *(_one(reading, row) for row in reading.of_role("target"))]
    more = len(rows) - MOST
    rest = f"; {words.count(more, 'more')} in the table" if more > 0 else ""
    return sentence(
        "if the targets retaliate as stated, real income changes by "
        f"{words.listing(rows[:MOST])}{rest}"
    )


def _senders(reading: Reading) -> list[str]:
    """The sender, or all senders together in money."""
    rows = reading.of_role("sender")
    if len(rows) == 1:
        return [_one(reading, rows[0])]
    unit = reading.economy.unit
    sums = [sum(row[key] for row in rows) for key in ("answered_money", "real_income_money")]
    scale, label = words.money_scale(unit, sums)
    after, before = (words.money_as(value, scale, label) for value in sums)
    return [f"{after} in all senders together ({before} without)"] if rows else []


def _one(reading: Reading, row: Mapping[str, Any]) -> str:
    """'−0.52 % in the United States (−0.31 % without)'."""
    after, before = (
        words.percent(row[key], True) for key in ("answered_percent", "real_income_percent")
    )
    return f"{after} in {reading.place(row['country'])} ({before} without)"
