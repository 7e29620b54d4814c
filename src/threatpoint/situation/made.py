"""Made: whether a threat was made, by whom, when, at what rate, with what clocks and offer."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

from threatpoint.errors import unknown
from threatpoint.situation.figure import POINTS, SHARE_UNITS, Figure
from threatpoint.situation.problems import Problem
from threatpoint.words import day, place

if TYPE_CHECKING:
    from threatpoint.situation.lines import Path
    from threatpoint.situation.made_schema import MadeTable, OfferTable
    from threatpoint.situation.schema import SituationFile, ThreatTable
    from threatpoint.world.economy import Economy


def made_words(made: MadeTable | None, economy: Economy) -> str:
    """Whether a threat was made, by whom, when, at what rate, by which clock."""
    if made is None:
        return "Nobody is said to have made this threat."
    who = place(made.by, economy)
    rate = f", at {_rate_words(made.rate)}" if made.rate else ""
    clock = f", to be carried out after {day(made.clock)}" if made.clock else ""
    clock = clock or ("" if made.clocks else ", with no day named")
    more = f" {made.words[:1].upper()}{made.words[1:].rstrip('.')}." if made.words else ""
    return f"Made by {who} on {day(made.date)}{rate}{clock}.{more} Source: {made.source}."


def _rate_words(rate: Figure) -> str:
    """'25 to 50 percentage points'."""
    ends = dict.fromkeys(str(end) for end in rate.range or [rate.value])
    return f"{' to '.join(ends)} {rate.unit}"


def later(file: SituationFile) -> dict[str, datetime.date]:
    """Threats made after the situation's own date, which nobody knew then -> when."""
    made = {name: table.made.date for name, table in file.threats.items() if table.made}
    return {name: date for name, date in made.items() if date > file.situation.date}


def made_problems(file: SituationFile) -> Iterator[Problem]:
    """Dates in the wrong order, unknown parties, rates that no instrument has, shares above 1."""
    for name, table in file.threats.items():
        if table.made is not None:
            yield from _problems(("threats", name, "made"), table.made, table, file)
        if table.offer is not None:
            yield from _offer_problems(("threats", name, "offer"), table.offer, table, file)
        yield from _evasion_problems(("threats", name), table)


def _problems(
    path: Path, made: MadeTable, table: ThreatTable, file: SituationFile
) -> Iterator[Problem]:
    yield from _stranger(path, made.by, table, file)
    if made.clock is not None and made.clock < made.date:
        yield (*path, "clock"), f"{made.clock} is before the threat was made, {made.date}"
    yield from _clock_problems((*path, "clocks"), made)
    if made.rate is not None:
        yield from _rate_problems((*path, "rate"), made.rate, table)


def _stranger(path: Path, by: str, table: ThreatTable, file: SituationFile) -> Iterator[Problem]:
    """Who is neither a party of the situation nor a sender."""
    known = tuple(dict.fromkeys((*file.parties, *file.situation.sender, *(table.sender or ()))))
    if by not in known:
        yield (*path, "by"), unknown("party", by, known)


def _clock_problems(path: Path, made: MadeTable) -> Iterator[Problem]:
    """Days before the threat was made, or out of order."""
    days = [clock.date for clock in made.clocks or ()]
    for position, day_due in enumerate(days):
        place = (*path, position, "date")
        if day_due < made.date:
            yield place, f"{day_due} is before the threat was made, {made.date}"
        elif position and day_due <= days[position - 1]:
            text = (
                f"{day_due} stands after {days[position - 1]}; write the days in order, each once"
            )
            yield place, text


def _offer_problems(
    path: Path, offer: OfferTable, table: ThreatTable, file: SituationFile
) -> Iterator[Problem]:
    """An offer by a stranger, before the threat, of nothing, or for more than everything."""
    yield from _stranger(path, offer.by, table, file)
    if table.made is not None and offer.date < table.made.date:
        yield (*path, "date"), f"{offer.date} is before the threat was made, {table.made.date}"
    if offer.cut.unit != POINTS:
        text = f"unit {offer.cut.unit!r} is no cut of a tariff; write {POINTS!r}"
        yield (*path, "cut", "unit"), text
    elif offer.cut.value <= 0:
        text = f"a cut of {offer.cut.value} {POINTS} offers nothing; give more than 0"
        yield (*path, "cut"), text
    yield from _whole_problems((*path, "of"), offer)
    yield from _share_problems((*path, "pledge"), offer.pledge, 100, "pledges nothing")


def _whole_problems(path: Path, offer: OfferTable) -> Iterator[Problem]:
    """A whole in another unit, or smaller than the cut of it."""
    if offer.of is None:
        return
    if offer.of.unit != POINTS:
        yield (*path, "unit"), f"unit {offer.of.unit!r} is no tariff; write {POINTS!r}"
    elif offer.of.value < offer.cut.value:
        text = f"a cut of {offer.cut.value} {POINTS} is more than the {offer.of.value} there are"
        yield path, f"{text}: an offer cannot be above the threat"


def _evasion_problems(path: Path, table: ThreatTable) -> Iterator[Problem]:
    """A share outside 0 to 100 %, a negative cost, or a cost of going round that nobody does."""
    nobody = "means that nothing goes round; leave it out"
    yield from _share_problems((*path, "evasion"), table.evasion, 100, nobody)
    place = (*path, "evasion_cost")
    yield from _share_problems(place, table.evasion_cost, None, "is what it is without the key")
    if table.evasion_cost is not None and table.evasion is None:
        yield place, "has no effect: nothing goes round; give the share, `evasion`"


def _share_problems(
    path: Path, figure: Figure | None, most: int | None, nothing: str
) -> Iterator[Problem]:
    """A figure that is not in %, below 0, above the most or 0, which says nothing."""
    if figure is None:
        return
    ends = figure.range if figure.range and figure.sound else [figure.value]
    if figure.unit != "%":
        yield (*path, "unit"), f"unit {figure.unit!r} is not a share; write '%'"
    elif min(ends) < 0 or (most is not None and max(ends) > most):
        shown = " to ".join(f"{end}" for end in dict.fromkeys(ends))
        limits = "below 0 %" if most is None else f"outside 0 to {most} %"
        yield path, f"{path[-1]} {shown} % is {limits}"
    elif figure.value == 0:
        yield path, f"{path[-1]} 0 % {nothing}"


def _rate_problems(path: Path, rate: Figure, table: ThreatTable) -> Iterator[Problem]:
    """The rate must have a unit of rates, and be that of an instrument of the threat."""
    if rate.unit not in SHARE_UNITS:
        yield (*path, "unit"), f"unit {rate.unit!r} is no rate; use one of {', '.join(SHARE_UNITS)}"
        return
    rates: list[Figure] = [given for i in table.then if (given := getattr(i, "rate", None))]
    if rate.range and not min(rate.range) <= rate.value <= max(rate.range):
        return  # a range without its value is said by itself
    low, high = rate.range if rate.range and len(rate.range) == 2 else (rate.value, rate.value)
    same = [given for given in rates if given.unit == rate.unit]
    if not any(low <= given.value <= high for given in same):
        shown = ", ".join(f"{given.value} {given.unit}" for given in rates) or "none"
        text = f"no instrument of `then` has a rate of {low} to {high} {rate.unit}; it has {shown}"
        yield path, text.replace(f"{low} to {low} ", f"{low} ")
