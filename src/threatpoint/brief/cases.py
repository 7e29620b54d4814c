"""Over all cases: other readings of the threat and other assumptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.analysis.tables import Cases
from threatpoint.brief import charts
from threatpoint.brief.dots_layout import Line, dots
from threatpoint.brief.method import computed
from threatpoint.brief.prose import say, sentence
from threatpoint.brief.section import Section
from threatpoint.brief.shown import hardest, watched

if TYPE_CHECKING:
    from threatpoint.analysis.analysis import Outcome
    from threatpoint.brief import svg
    from threatpoint.brief.charts import Figure
    from threatpoint.brief.reading import Reading
    from threatpoint.tables import Table

COMPARED = ("sender", "target")
"""Roles of the two numbers that are compared."""
READINGS, ASSUMPTIONS = ("other reading", "of the threat"), ("other assumption", "tried one by one")


def side_by_side(reading: Reading) -> Cases:
    """The tables of the cases."""
    codes = {code: reading.name(code) for code in watched(reading)}
    return Cases(reading.analysis, reading.sender, codes, reading.place, reading.when)


def readings(reading: Reading) -> Section | None:
    """What the words could also mean; None where there is one reading."""
    table = side_by_side(reading).readings()
    found = reading.analysis.scenarios
    return _section(reading, "cases", found, READINGS, table) if found else None


def assumptions(reading: Reading) -> Section | None:
    """How the answer moves with the assumptions of the model; None where none was varied."""
    outcomes = reading.analysis.variants
    if not outcomes:
        return None
    method = say("method.variants", reading).all("method")
    table = side_by_side(reading).assumptions()
    return _section(reading, "variants", outcomes, ASSUMPTIONS, table, method)


def _section(
    reading: Reading,
    key: str,
    outcomes: Sequence[Outcome],
    what: tuple[str, str],
    table: Table,
    method: Sequence[str] = (),
) -> Section:
    """The cases drawn, and why some have no result; their table where nothing can be drawn."""
    title = _spread(reading, reading.senders[0], outcomes, what)
    figures = _figures(reading, key, outcomes, what)
    if not figures:
        return Section(key, title, tables=(table,), method=method)
    lead = say("cases.failed", reading, outcomes).all("lead")
    return Section(key, title, lead, figures, data=(table,), method=method)


def _spread(
    reading: Reading,
    code: str,
    outcomes: Sequence[Outcome],
    what: tuple[str, str],
    ends: bool = True,
) -> str:
    """The ends of a country's change over cases, smallest change first; `ends`: and where."""
    solved = [outcome for outcome in outcomes if outcome.solution is not None]
    solved.sort(key=lambda outcome: abs(outcome.percent(code)))
    values = [outcome.percent(code) for outcome in solved]
    facts = {"solved": solved, "values": values, "failed": len(outcomes) - len(solved)}
    return sentence("cases.spread", reading, code, facts, *what, ends)


def _figures(
    reading: Reading, key: str, outcomes: Sequence[Outcome], what: tuple[str, str]
) -> list[Figure]:
    """The sender and the target hit hardest in every case; none without a target or a result."""
    hit = hardest(reading.of_role("target"))
    if hit is None or all(outcome.solution is None for outcome in outcomes):
        return []
    codes = [reading.senders[0], str(hit["country"])]
    rows = [_row("as stated", reading.main, codes)]
    rows += [_row(outcome.title, outcome, codes) for outcome in outcomes]
    title = _spread(reading, codes[1], outcomes, what, False)
    names = [reading.name(code) for code in codes]
    said = say("cases.figure", title, reading.when, rows, names)
    legend = list(zip(map(charts.GLYPHS["first"].format, COMPARED), names, strict=True))
    return [charts.figure(key, said, computed(reading), compared(rows, names), legend=legend)]


def compared(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> svg.Drawn:
    """Two dots a line, the sender's and a target's, with both numbers at the right.

    Args:
        rows: name, values and labels, two of each.
        names: over the numbers.
    """
    lines = [
        Line(
            row["name"],
            [("first", role, v) for role, v in zip(COMPARED, row["values"], strict=True)],
            numbers=row["labels"],
        )
        for row in rows
    ]
    return dots(lines, names)


def _row(title: str, outcome: Outcome, codes: Sequence[str]) -> dict[str, Any]:
    """What is drawn of a case."""
    values = [outcome.percent(code) for code in codes]
    return {
        "name": words.capital(title),
        "values": values,
        "labels": [words.number(value, True) for value in values],
    }


def standing(reading: Reading) -> str:
    """In how many other readings a losing sender has the same rank."""
    main = reading.main.rank(reading.sender)
    if main is None or main == "some":
        return ""
    ranks = [(outcome, outcome.rank(reading.sender)) for outcome in reading.analysis.scenarios]
    yes = [outcome for outcome, rank in ranks if rank == main]
    no = [outcome for outcome, rank in ranks if rank not in (main, None)]
    noun, of = READINGS
    held = [{"noun": noun, "of": of, "yes": yes, "no": no}] if yes or no else []
    return sentence("cases.standing", reading, main, held)
