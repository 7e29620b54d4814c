"""Made: whether a threat was made, by whom, when, at what rate and with what clock."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

from threatpoint.errors import unknown
from threatpoint.situation.figure import SHARE_UNITS, Figure
from threatpoint.situation.problems import Problem
from threatpoint.words import day

if TYPE_CHECKING:
    from threatpoint.situation.lines import Path
    from threatpoint.situation.schema import MadeTable, SituationFile, ThreatTable
    from threatpoint.world.economy import Economy


def made_words(made: MadeTable | None, economy: Economy) -> str:
    """Whether a threat was made, by whom, when, at what rate, by which clock."""
    if made is None:
        return "Nobody is said to have made this threat."
    who = economy.names.get(made.by, made.by)
    rate = f", at {_rate_words(made.rate)}" if made.rate else ""
    clock = f"to be carried out after {day(made.clock)}" if made.clock else "with no day named"
    more = f" {made.words[:1].upper()}{made.words[1:].rstrip('.')}." if made.words else ""
    return f"Made by {who} on {day(made.date)}{rate}, {clock}.{more} Source: {made.source}."


def _rate_words(rate: Figure) -> str:
    """'25 to 50 percentage points'."""
    ends = dict.fromkeys(str(end) for end in rate.range or [rate.value])
    return f"{' to '.join(ends)} {rate.unit}"


def later(file: SituationFile) -> dict[str, datetime.date]:
    """Threats made after the situation's own date, which nobody knew then -> when."""
    made = {name: table.made.date for name, table in file.threats.items() if table.made}
    return {name: date for name, date in made.items() if date > file.situation.date}


def made_problems(file: SituationFile) -> Iterator[Problem]:
    """Dates in the wrong order, unknown parties, rates that no instrument has."""
    for name, table in file.threats.items():
        if table.made is not None:
            yield from _problems(("threats", name, "made"), table.made, table, file)


def _problems(
    path: Path, made: MadeTable, table: ThreatTable, file: SituationFile
) -> Iterator[Problem]:
    known = tuple(dict.fromkeys((*file.parties, *file.situation.sender, *(table.sender or ()))))
    if made.by not in known:
        yield (*path, "by"), unknown("party", made.by, known)
    if made.clock is not None and made.clock < made.date:
        yield (*path, "clock"), f"{made.clock} is before the threat was made, {made.date}"
    if made.rate is not None:
        yield from _rate_problems((*path, "rate"), made.rate, table)


def _rate_problems(path: Path, rate: Figure, table: ThreatTable) -> Iterator[Problem]:
    """The rate must have a unit of rates, and be that of an instrument of the threat."""
    if rate.unit not in SHARE_UNITS:
        yield (*path, "unit"), f"unit {rate.unit!r} is no rate; use one of {', '.join(SHARE_UNITS)}"
        return
    rates: list[Figure] = [given for i in table.then if (given := getattr(i, "rate", None))]
    low, high = rate.range if rate.range and len(rate.range) == 2 else (rate.value, rate.value)
    same = [given for given in rates if given.unit == rate.unit]
    if not any(low <= given.value <= high for given in same):
        shown = ", ".join(f"{given.value} {given.unit}" for given in rates) or "none"
        text = f"no instrument of `then` has a rate of {low} to {high} {rate.unit}; it has {shown}"
        yield path, text.replace(f"{low} to {low} ", f"{low} ")
