"""References: names inside a situation file that must point at something in the same file."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from threatpoint.errors import unknown
from threatpoint.situation.lines import Path
from threatpoint.situation.made import later
from threatpoint.situation.schema import (
    AnyClaim,
    DifferenceTable,
    JointTable,
    RankingTable,
    ReferenceTable,
    SituationFile,
    SumTable,
)

Problem = tuple[Path, str]
TOLD = ("event", "pocket")
"""Answers that tell the dated facts below their row."""


def reference_problems(file: SituationFile) -> Iterator[Problem]:
    """Threats, figures, claims and rows that are named but not there; ids used twice."""
    yield from _threat_problems(("situation", "main"), file.situation.main, file)
    for name, scenario in file.scenarios.items():
        yield from _threat_problems(("scenarios", name, "threat"), scenario.threat, file)
    for position, claim in enumerate(file.claims):
        yield from claim_problems(("claims", position), claim, file)
    yield from _twice("claims", "id", [claim.id for claim in file.claims])
    yield from _twice("rows", "number", [row.number for row in file.rows])
    yield from event_problems(file)


def _threat_problems(path: Path, name: str, file: SituationFile) -> Iterator[Problem]:
    """A threat that is not there, or was made after the day of the situation."""
    if name not in file.threats:
        yield path, unknown("threat", name, tuple(file.threats))
    elif (made := later(file).get(name)) is not None:
        text = f"{name!r} was made on {made}, after the situation's own date"
        yield path, f"{text}, {file.situation.date}"


def event_problems(file: SituationFile) -> Iterator[Problem]:
    """Dated facts stand where they are told, so that none is read past; an event has some."""
    for position, row in enumerate(file.rows):
        event = row.answer == "event"
        if event and not row.happened:
            yield ("rows", position, "answer"), "is an event: give [[rows.happened]] below the row"
        if row.happened and row.answer not in TOLD:
            yield ("rows", position, "happened"), 'needs answer = "event" or "pocket" in its row'


def claim_problems(path: Path, claim: AnyClaim, file: SituationFile) -> Iterator[Problem]:
    """Figures, rows and other claims that a claim names."""
    rows = [row.number for row in file.rows]
    if claim.row not in rows:
        text = unknown("row", str(claim.row), [str(row) for row in rows])
        yield (*path, "row"), text
    for key, name in figure_names(claim):
        if name not in file.figures:
            yield (*path, *key), unknown("figure", name, tuple(file.figures))
    if isinstance(claim, JointTable):
        kinds = (SumTable, DifferenceTable)
        known = [other.id for other in file.claims if isinstance(other, kinds)]
        for name in claim.claims:
            if name not in known:
                yield (*path, "claims"), unknown("sum or difference", name, known)


def figure_names(claim: AnyClaim) -> list[tuple[Path, str]]:
    """The figures a claim names, with the key under which it names them."""
    if isinstance(claim, SumTable | DifferenceTable):
        other: list[tuple[Path, str]] = [(("against",), claim.against)] if claim.against else []
        if isinstance(claim, SumTable):
            parts: list[tuple[Path, str]] = [(("parts",), part) for part in claim.parts]
            return [(("total",), claim.total), *parts, *other]
        return [*(((key,), getattr(claim, key)) for key in ("result", "first", "second")), *other]
    if isinstance(claim, ReferenceTable):
        return [(("figure",), claim.figure), (("against",), claim.against)]
    if isinstance(claim, RankingTable):
        return [
            (("sources", k, "totals", code), name)
            for k, source in enumerate(claim.sources)
            for code, name in source.totals.items()
        ]
    return []


def _twice(table: str, key: str, values: Sequence[Hashable]) -> Iterator[Problem]:
    seen = set[Hashable]()
    for position, value in enumerate(values):
        if value in seen:
            yield (table, position, key), f"{key} {value!r} is used twice"
        seen.add(value)
