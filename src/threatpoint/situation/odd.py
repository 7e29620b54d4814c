"""Odd: what a situation may say, but what is worth a second look."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.policy.standing import last_row
from threatpoint.situation.figure import SHARE_UNITS
from threatpoint.words import day, listing, percent, place

if TYPE_CHECKING:
    from threatpoint.situation.model import Situation
    from threatpoint.world.economy import Economy

LITTLE = 0.5
"""Percent of a target's trade below which it has little to lose."""
HIGH = 200
"""Percent from which a rate looks like a slip."""
NO_SOURCE = re.compile(r"[.?…\s-]*|to ?do|tbd|n/?a|none|unknown|source", re.IGNORECASE)
OF_TALKS = (
    *("agreement", "delay", "positioning", "force", "escalation"),
    *("control", "drift", "pocket"),
)
TABLE_OF: dict[str | None, str] = dict[str | None, str].fromkeys(OF_TALKS, "talks")
TABLE_OF |= {"burden": "support", "substitution": "support"}
"""What a row is answered with -> the table that it needs."""


def odd(situation: Situation, economy: Economy, today: datetime.date) -> Iterator[str]:
    """A sentence for everything that is worth a second look."""
    yield from _days(situation, today)
    if economy.year and situation.date.year < economy.year:
        yield f"the table is of {economy.year}; trade of {situation.date.year} was another"
    yield from _figures(situation)
    yield from _little(situation, economy)
    for row in situation.rows:
        table = TABLE_OF.get(row.answer)
        if table and getattr(situation, table) is None:
            yield f"row {row.number} asks for {row.answer!r}, which needs [{table}]"


def _days(situation: Situation, today: datetime.date) -> Iterator[str]:
    """Days that lie ahead, or that had passed."""
    if situation.date > today:
        yield f"the day of the situation, {day(situation.date)}, lies ahead"
    elif situation.date > last_row():
        yield (
            f"tariffs in force are known up to {day(last_row())}; those stand in for the ones of "
            f"{day(situation.date)}"
        )
    for name in situation.threats:
        made = situation.made.get(name)
        if made and made.clock and not made.clocks and made.clock < situation.date:
            yield (
                f"threats.{name}.made.clock, {day(made.clock)}, had passed by "
                f"{day(situation.date)}: say in `clocks` what came of it"
            )


def _figures(situation: Situation) -> Iterator[str]:
    """Figures without a source, priors not marked, and rates that look like a slip."""
    for each in situation.given:
        figure = each.figure
        if NO_SOURCE.fullmatch(figure.source.strip()):
            yield f"{each.where} names no source: {figure.source!r}"
        if figure.source.casefold().startswith("prior") and not figure.prior:
            yield f"{each.where} has a prior for its source: mark it (`prior = true`) with a range"
        rate = each.where.rpartition(".")[2] == "rate" and figure.unit in SHARE_UNITS
        if rate and abs(figure.value) >= HIGH:
            yield f"{each.where} is {figure.value} {figure.unit}: is that meant?"


def _little(situation: Situation, economy: Economy) -> Iterator[str]:
    """Targets of whose trade next to nothing is hit."""
    rule = situation.policy
    for party, codes in rule.parties(economy).items():
        hit = np.zeros(economy.trade.shape, dtype=np.bool_)
        for item in rule.instruments(economy, codes):
            hit |= item.cells(economy)
        share = _share(economy, codes, hit)
        if share < LITTLE:
            names = listing([place(code, economy) for code in rule.senders])
            yield (
                f"{percent(share)} of what {place(party, economy)} trades across borders is hit: "
                f"it has little to lose by {names}"
            )


def _share(economy: Economy, codes: tuple[str, ...], hit: np.ndarray) -> float:
    """Percent of the trade of some economies with all others that is hit."""
    inside = np.isin(np.array(economy.countries), codes)
    across = inside[:, None] != inside[None, :]
    total = float(economy.trade[across].sum())
    return 100 * float((economy.trade * hit)[across].sum()) / total if total else 0.0
