"""Who loses what: the answer at the top, and the losses by economy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief import charts, shown, world_map
from threatpoint.brief.cases import standing
from threatpoint.brief.dots_layout import Line, dots
from threatpoint.brief.method import Facts, computed
from threatpoint.brief.prose import Said, say, sentence
from threatpoint.brief.reading import ROLE_WORDS, ROLES
from threatpoint.brief.section import Section
from threatpoint.brief.why import why
from threatpoint.equilibrium import tables as made

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading
    from threatpoint.tables import Table

Row = Mapping[str, Any]


def answer(reading: Reading) -> tuple[str, str, str]:
    """The answer in three parts: targets, sender, everybody else and the conditions."""
    solved = sum(outcome.solution is not None for outcome in reading.analysis.outcomes[1:])
    own = reading.of_role("sender")[:1]
    loses = any(row["real_income_percent"] <= -words.SMALLEST for row in own)
    said = say("losses.answer", reading, solved, standing(reading) if loses else "")
    return said["targets"], said["sender"], said["others"]


def section(reading: Reading, beside: bool = False) -> Section | None:
    """Who loses what; None without an equilibrium.

    Args:
        reading: the analysis as the page reads it.
        beside: another table shows the economies, so that this one is a file only.
    """
    if not reading.solved:
        return None
    rows = shown.losses_shown(reading)
    said = say("losses.losses", reading, rows)
    legend = charts.roles(rows, ROLE_WORDS)
    picture = dots(_lines(reading, rows))
    drawn = charts.figure("losses", said, computed(reading), picture, legend=legend)
    table = losses_table(reading, said)
    lead = [*answer(reading)[beside:], *why(reading)]
    terms = [sentence("method.terms", Facts(reading))]
    tables, data = ((), (table,)) if beside else ((table,), ())
    figures = [drawn, *filter(None, [world_map.losses(reading)])]
    return Section("losses", said["title"], lead, figures, tables, data, terms)


def others(reading: Reading) -> str:
    """Words on the fold of a table of economies."""
    groups = [reading.place(name) for name in reading.as_one]
    return "All other economies" + (f", and members of {words.listing(groups)}" if groups else "")


def losses_table(reading: Reading, said: Said) -> Table:
    """Sender, targets, then the rest, the biggest first; members of a group in one row last."""
    rows = sorted(reading.countries, key=lambda row: ROLES.index(row["role"]))
    return made.losses(
        [*rows, *reading.inside],
        f"{reading.when}, largest economies first",
        reading.unit,
        made.with_roles(reading.has_ranges, reading.answered is not None),
        note=said["table.note"],
        lead=max(made.LEAD, len(reading.senders) + len(reading.hit)),
        fold=others(reading),
    )


def _lines(reading: Reading, rows: Sequence[Row]) -> list[Line]:
    """The change by country with its range."""
    return [
        Line.of(row["name"], row["role"], [value], words.percent(value, True), ends)
        for row in rows
        for value, ends in [(row["real_income_percent"], (row["range_low"], row["range_high"]))]
    ]
