"""Who loses what at each horizon."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief import charts, shown
from threatpoint.brief.dots_layout import Line, dots
from threatpoint.brief.losses import others
from threatpoint.brief.method import computed
from threatpoint.brief.prose import say, sentence
from threatpoint.brief.reading import ROLES
from threatpoint.brief.section import Section
from threatpoint.equilibrium import results, tables
from threatpoint.tables import Column

if TYPE_CHECKING:
    from threatpoint.analysis.outcome import Outcome
    from threatpoint.brief.reading import Reading

Row = Mapping[str, Any]
NOTE = "Money at prices of the baseline; the file has that of every horizon."
THIRDS = 3
"""Third countries in the chart that lose most, and as many that gain most."""


def each(reading: Reading) -> list[Section | None]:
    """A section a threat, the one made first first; what holds for all is said once."""
    analysis, found = reading.analysis, list[Section | None]()
    said: set[str] = set()
    for name in analysis.carried:
        own = name == analysis.situation.main
        seen = reading if own else type(reading)(analysis.of_threat(name))
        part = section(seen, seen.analysis.by_horizon, "" if own else f"-{name}")
        if part is not None:
            lead, method = ([t for t in text if t not in said] for text in (part.lead, part.method))
            said.update(lead, method)
            part = replace(part, lead=lead, method=method)
        found.append(part)
    return found


def section(reading: Reading, outcomes: Mapping[str, Outcome], suffix: str = "") -> Section | None:
    """The change in real income at every horizon; None with fewer than two that are solved.

    Args:
        reading: names and roles.
        outcomes: horizon -> the main threat carried out, solved at it.
        suffix: of its keys, where it is not the main threat.
    """
    found = facts(reading, outcomes)
    if found is None:
        return None
    said, rows, solved = say("losses.horizons", reading, found), found["rows"], found["solved"]
    lines = [
        Line.of(row["name"], row["role"], values, words.number(values[0], True))
        for row in found["drawn"]
        for values in [[row[f"{h}_percent"] for h in solved]]
    ]
    picture, shades = dots(lines, [words.horizon(solved[0])]), charts.shades(solved)
    source = computed(reading)
    chart = charts.figure(f"horizons{suffix}", said, source, picture, legend=shades)
    hit = sum(1 for row in rows if row["role"] != "third")
    beside = _beside(reading)
    table = tables.by_horizon(
        [*rows, *found["inside"]],
        found["every"],
        reading.unit,
        beside=beside,
        note=sentence(
            "losses.over_note", reading, NOTE, words.one_horizon_drawn(reading.analysis.horizon)
        ),
        lead=max(hit + THIRDS, tables.LEAD) if len(rows) > tables.LEAD else 0,
        fold=others(reading),
        deciding=(*(f"{h}_percent" for h in solved), *(column.key for column in beside[:2])),
    )
    table = replace(table, key=f"{table.key}{suffix}")
    return Section.of(f"horizons{suffix}", said, figures=(chart,), tables=(table,))


def _beside(reading: Reading) -> tuple[Column, ...]:
    """Income before tariffs, range and money of the main outcome, as far as there are any."""
    ranged, money = "range" * reading.has_ranges, "real_income_money" * reading.solved
    before, heading = "real_income_before_tariffs_percent", f"Before tariffs, {reading.horizon}"
    before *= not reading.has_ranges  # it is not drawn
    made = (
        Column(before, heading, "signed percent", filed=False),
        Column(ranged, f"Range, {reading.horizon}", "range", filed=False),
        Column(money, words.capital(reading.horizon), "signed money", filed=False),
    )
    return tuple(column for column in made if column.key and reading.solved)


def headline(reading: Reading) -> str:
    """The findings over the horizons, a threat each; "" with fewer than two that are solved."""
    return "; ".join(found.title for found in each(reading) if found is not None)


def facts(reading: Reading, outcomes: Mapping[str, Outcome]) -> dict[str, Any] | None:
    """Rows of all economies and of the chart; the sender and the target that lose most first.

    "solved" are the horizons that words and chart tell of, "every" those of the table.
    """
    solved = [h for h in words.ordered(outcomes) if outcomes[h].solution is not None]
    if len(solved) < 2:
        return None
    outcomes = {**reading.analysis.on_request, **outcomes}
    tabled = [h for h in words.ordered(outcomes) if outcomes[h].solution is not None]
    every = _rows(reading, {h: outcomes[h] for h in tabled}, solved[0])
    members = {code for codes in reading.as_one.values() for code in codes}
    rows = [row for row in every if row["country"] not in members]
    inside = [row for row in every if row["country"] in members]
    first = {row["role"]: row for row in reversed(rows)}
    named = [first[role] for role in ("sender", "target") if role in first]
    back = [named[0].get(f"{h}_answered_percent", math.nan) for h in solved]
    return {
        "outcomes": outcomes,
        "solved": solved,
        "every": tabled,
        "rows": rows,
        "inside": inside,
        "drawn": _drawn(rows, solved),
        "named": named,
        "answered": all(map(math.isfinite, back)),
    }


def _rows(reading: Reading, solved: Mapping[str, Outcome], by: str) -> list[Row]:
    """One an economy: % and money by horizon; sender first, then targets, largest loss first.

    The loss is that of one horizon, `by`.
    """
    back = {f"{h}_answered": outcome.answered for h, outcome in solved.items()}
    cases = {k: o.solution for k, o in {**solved, **back}.items() if o is not None}
    rows = results.side_rows(cases, reading.as_one)
    first = f"{by}_percent"
    main = {row["country"]: dict(row) for row in (*reading.countries, *reading.inside)}
    rows = [row | reading.named(row["country"]) | main.get(row["country"], {}) for row in rows]
    rows = [{**row, **_own(row, reading.analysis.horizon)} for row in rows]
    return sorted(rows, key=lambda row: (ROLES.index(row["role"]), row[first]))


def _own(row: Row, horizon: str) -> Row:
    """The columns of the horizon of the page: what the main outcome says there, drawn or not."""
    pairs = {f"{horizon}_": "real_income_", f"{horizon}_answered_": "answered_"}
    return {
        f"{own}{unit}": row[f"{main}{unit}"]
        for own, main in pairs.items()
        for unit in ("percent", "money")
        if f"{own}{unit}" in row and f"{main}{unit}" in row
    }


def _drawn(rows: Sequence[Row], horizons: Sequence[str]) -> list[Row]:
    """Senders, targets, and the third countries that lose and gain most, at any horizon."""
    keys = [f"{h}_percent" for h in horizons]
    thirds = [row for row in rows if row["role"] == "third"]
    kept = [row for row in rows if row["role"] != "third"]
    for n, key in enumerate(keys):
        some = [row for row in thirds if not words.negligible(row[key])]
        some.sort(key=lambda row: row[key])  # later horizons add no more than their extremes
        kept += [row for row in shown.ends(some, key, 1 if n else THIRDS) if row not in kept]
    kept.sort(key=lambda row: row[keys[0]])
    numbers = [" · ".join(words.number(row[key], True) for key in keys) for row in kept]
    labels = [f"{text}{words.SPACE}%" for text in numbers]
    return [{**row, "label": label} for row, label in zip(kept, labels, strict=True)]
