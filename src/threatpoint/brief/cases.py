"""Tables over all cases: other readings, other assumptions, and the checked claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threatpoint.brief import words
from threatpoint.brief.table import Column, Table

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading
    from threatpoint.situation.analysis import Outcome

MANY = 6
"""Most countries side by side in one table."""


def watched(reading: Reading) -> list[str]:
    """Countries shown side by side: the sender and the targets, biggest first, at most MANY."""
    size = dict(zip(reading.economy.countries, map(float, reading.economy.gdp), strict=True))
    biggest = sorted(reading.targets, key=lambda code: -size.get(code, 0.0))
    members = sorted(reading.senders, key=lambda code: -size.get(code, 0.0))[:2]
    return [*members, *biggest][:MANY]


def scenarios(reading: Reading) -> Table:
    """Main outcome, other readings of the threat and other assumptions, side by side."""
    codes = watched(reading)
    groups = (
        ("main", (reading.main,)),
        ("reading", reading.analysis.scenarios),
        ("assumption", reading.analysis.variants),
    )
    rows = [_scenario(reading, o, kind, codes) for kind, group in groups for o in group]
    return Table(
        "scenarios",
        "Change in real income under other readings of the threat and other assumptions",
        (
            Column("title", "Case"),
            Column("key", "Key", shown=False),
            Column("kind", "Differs in", "short"),
            *(Column(f"percent_{code}", reading.name(code), "signed percent") for code in codes),
            Column("who", "Hits"),
            Column("policy", "Policy", shown=False),
            Column("note", "Why, or why not"),
        ),
        tuple(rows),
        note="Main: the threat as stated. Reading: what the words could also mean. Assumption: the "
        "same threat with one assumption of the model changed. A dash: no result, with the reason "
        "in the last column. A country that a case does not hit is a third country there.",
    )


def _scenario(reading: Reading, outcome: Outcome, kind: str, codes: list[str]) -> dict[str, Any]:
    notes = [outcome.note, *_priors(reading, outcome)]
    note = "; ".join(filter(None, notes))
    if outcome.solution is None:
        note = f"No result: {outcome.failure}"
    who = _hit(reading, outcome)
    return {
        "key": outcome.key,
        "title": words.capital(outcome.title),
        "kind": kind,
        "policy": outcome.policy,
        "who": who,
        "note": words.sentence(words.named(note, reading.economy)),
        **{f"percent_{code}": outcome.percent(code) for code in codes},
    }


def _priors(reading: Reading, outcome: Outcome) -> list[str]:
    """The priors that only this case rests on."""
    found = []
    for prior in reading.analysis.situation.assumptions:
        if prior.where.startswith(f"scenarios.{outcome.key}."):
            figure = prior.figure
            limits = " to ".join(map(str, figure.range or ()))
            found.append(f"prior {figure.value} {figure.unit}, range {limits}: {figure.source}")
    return found


def _hit(reading: Reading, outcome: Outcome) -> str:
    """Whom a case hits, in words."""
    names = [reading.place(code) for code in outcome.targets]
    if outcome is not reading.main and set(outcome.targets) == set(reading.targets):
        return "the same"
    if not names:
        return "nobody"
    return words.listing(names) if len(names) <= MANY else f"{len(names)} economies"


def every_outcome(reading: Reading) -> Table:
    """Every country in every case, for the file beside the page."""
    rows = [
        {
            "case": outcome.key,
            "country": code,
            "real_income_percent": outcome.percent(code),
            "real_income_money": outcome.money(code),
            "failure": outcome.failure,
        }
        for outcome in reading.outcomes
        for code in reading.economy.countries
    ]
    columns = ("case", "country", "real_income_percent", "real_income_money", "failure")
    return Table(
        "all-cases",
        "Every economy in every case",
        tuple(Column(key, key) for key in columns),
        tuple(rows),
        reading.economy.unit,
    )


def claims(reading: Reading) -> Table:
    """The figures of the text, checked."""
    fields = ("words", "printed", "computed", "verdict", "explanation", "source")
    rows = [
        {field: words.named(getattr(check, field), reading.economy) for field in fields}
        | {"row": check.row}
        for check in reading.analysis.claims
    ]
    return Table(
        "claims",
        "Figures in the text and what the check gives",
        (
            Column("words", "In the text"),
            Column("row", "Row", shown=False),
            Column("printed", "Printed"),
            Column("computed", "Computed or recorded"),
            Column("verdict", "Verdict", "mark"),
            Column("explanation", "Explanation"),
            Column("source", "Source"),
        ),
        tuple(rows),
    )
