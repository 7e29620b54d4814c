"""The terminal summary: the page's three sentences, a line a part, one table; 100 columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief.findings import answer
from threatpoint.brief.headlines import headlines
from threatpoint.brief.reading import Reading
from threatpoint.brief.shown import losses_shown
from threatpoint.situation.made import made_words

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from threatpoint.analysis.analysis import Analysis

WIDTH = 100


WIDE, NARROW = 92, 76
"""Terminal columns that hold all columns of the table, and all but the real wage."""
ANSWERED = 18
"""Columns more for the figures with retaliation."""


def summary(analysis: Analysis, width: int = 100) -> list[RenderableType]:
    """Title, question, the page's three sentences, a line for each other part, and one table.

    Args:
        analysis: what to show.
        width: columns of the terminal; a narrow one gets fewer columns, never cut numbers.

    Returns:
        Rich renderables, to be printed one after the other.
    """
    from rich.text import Text

    reading = Reading(analysis)
    situation = analysis.situation
    parts: list[RenderableType] = [
        Text(situation.title, style="bold"),
        Text(situation.question, style="italic"),
        Text(made_words(situation.made.get(situation.main), reading.economy)),
        *(Text(sentence) for sentence in answer(reading)),
        *(Text(line) for line in headlines(reading)),
    ]
    return [*parts, _table(reading, width)] if reading.solved else [*parts, _cases(reading)]


def _table(reading: Reading, width: int) -> Table:
    """Sender, targets, and the third countries that lose and gain most."""
    rows = losses_shown(reading)
    scale, unit = words.money_scale(reading.economy.unit, [r["real_income_money"] for r in rows])
    table = _empty(f"Change in real income per year, {reading.when}")
    table.add_column("Economy", max_width=30, overflow="ellipsis", no_wrap=True)
    table.add_column("Role", no_wrap=True)
    headings = ["%", unit, "Real wage, %", *(["Range, %"] if reading.has_ranges else [])]
    wide = WIDE + (ANSWERED if reading.answered else 0)
    dropped = [] if width >= wide else ["Real wage, %"] if width >= NARROW else headings[2:]
    headings += ["With\nretaliation, %"] if reading.answered else []
    shown = [n for n, heading in enumerate(headings) if heading not in dropped]
    for n in shown:
        table.add_column(headings[n], justify="right", no_wrap=True)
    for row in rows:
        name, role, *numbers = _cells(reading, row, scale)
        table.add_row(name, role, *(numbers[n] for n in shown))
    return table


def _cells(reading: Reading, row: Mapping[str, Any], scale: float) -> list[str]:
    cells = [
        row["name"],
        row["role_words"],
        words.number(row["real_income_percent"], True),
        words.number(row["real_income_money"] / scale, True),
        words.number(row["real_wage_percent"], True),
    ]
    if reading.has_ranges:
        low, high = row["range_low"], row["range_high"]
        cells.append(f"{words.number(low)} to {words.number(high)}")
    return cells + ([words.number(row["answered_percent"], True)] if reading.answered else [])


def _cases(reading: Reading) -> Table:
    """Without a main result: what else was tried, and what came of it."""
    sender = reading.senders[0]
    table = _empty("Other readings and assumptions")
    table.add_column("Case", max_width=40)
    table.add_column(f"{reading.name(sender)}, %", justify="right", no_wrap=True)
    table.add_column("Result", max_width=36)
    for outcome in reading.outcomes:
        known = sender in reading.economy.countries
        percent = outcome.percent(sender) if known else float("nan")
        result = "solved" if outcome.solution is not None else outcome.failure
        table.add_row(outcome.title, words.number(percent, True), result)
    return table


def _empty(title: str) -> Table:
    from rich import box
    from rich.table import Table

    return Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, width=None, pad_edge=False)
