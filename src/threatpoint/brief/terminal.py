"""The terminal summary: the page's answer, who loses what, a line a part, one table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from threatpoint.brief.cases import side_by_side
from threatpoint.brief.first import said_answer
from threatpoint.brief.first_facts import Facts
from threatpoint.brief.headlines import headlines
from threatpoint.brief.losses import answer, losses_table
from threatpoint.brief.prose import say
from threatpoint.brief.reading import Reading
from threatpoint.brief.shown import losses_shown
from threatpoint.situation.made import made_words

if TYPE_CHECKING:
    from rich.console import RenderableType

    from threatpoint.analysis.analysis import Analysis
    from threatpoint.tables import Table

WIDE, NARROW = 92, 76
"""Terminal columns that hold all but the real wage, and all but that and what is before tariffs."""
WAGE = 12
"""Columns more for the real wage."""
ANSWERED = 18
"""Columns more for the figures with retaliation."""


def summary(analysis: Analysis, width: int = 100) -> list[RenderableType]:
    """Title, question, the page's answer, who loses what, a line for each part, and one table.

    Args:
        analysis: what to show.
        width: columns of the terminal; a narrow one gets fewer columns, never cut numbers.

    Returns:
        Rich renderables, to be printed one after the other.
    """
    from rich.text import Text

    reading = Reading(analysis)
    situation = analysis.situation
    made = made_words(situation.made.get(situation.main), reading.economy)
    parts: list[RenderableType] = [
        Text(situation.title, style="bold"),
        Text(situation.question, style="italic"),
        *([Text(made)] if situation.policy.announced else []),
        Text(said_answer(Facts(reading)), style="bold"),
        *(Text(text) for text in answer(reading)),
        *(Text(line) for line in headlines(reading)),
    ]
    table = _losses(reading, width) if reading.solved else _cases(reading)
    return [*parts, table.terminal()]


def _losses(reading: Reading, width: int) -> Table:
    """Sender, targets, and the third countries that lose and gain most."""
    keys = ["name", "role_words", "real_income_percent", "real_income_money"]
    room = width - WIDE - ANSWERED * bool(reading.answered)
    once = not reading.has_ranges  # beside a drawn number nothing stands that is solved once
    keys += ["real_income_before_tariffs_percent"] if room >= 0 and once else []
    keys += ["real_wage_percent"] if room >= WAGE and once else []
    keys += ["range"] if width >= NARROW and reading.has_ranges else []
    rows = losses_shown(reading)
    said = say("losses.losses", reading, rows)
    table = losses_table(reading, said)
    keys += ["answered_percent"] if reading.answered else []
    return replace(table.showing(*keys), rows=rows, caption=said["table.terminal"])


def _cases(reading: Reading) -> Table:
    """Without a main result: what else was tried, and what came of it."""
    cases = side_by_side(reading)
    return cases.all().showing("title", f"percent_{next(iter(cases.watched))}", "note")
