"""Tables over all cases: other readings and other assumptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.analysis.outcome import ANSWERED, with_answers
from threatpoint.brief.reasons import rank
from threatpoint.brief.shown import MANY, watched
from threatpoint.situation.tables import ends
from threatpoint.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threatpoint.analysis.analysis import Outcome
    from threatpoint.brief.reading import Reading

WITH = "As stated, with retaliation"


def scenarios(reading: Reading) -> Table:
    """Main outcome and other readings of the threat, side by side."""
    return _side_by_side(
        reading,
        "scenarios",
        "Change in real income under other readings of the threat",
        "reading",
        reading.analysis.scenarios,
        "As stated: the main threat. Other rows: what the words could also mean. A dash: no "
        "result, with the reason in the last column. A country that a case does not hit is a third "
        "country there.",
    )


def variants(reading: Reading) -> Table:
    """Main outcome and the same threat under other assumptions, side by side."""
    return _side_by_side(
        reading,
        "variants",
        "Change in real income under other assumptions, the threat as stated",
        "assumption",
        reading.analysis.variants,
        "As stated: under the main assumptions. Other rows: one assumption of the model changed. "
        "A dash: no result, with the reason in the last column. The ranges on this "
        "page run from the lowest to the highest result of this table.",
    )


def _side_by_side(
    reading: Reading, key: str, caption: str, kind: str, others: Sequence[Outcome], note: str
) -> Table:
    """The main outcome above others, with the countries watched as columns."""
    codes = watched(reading)
    rows = [_scenario(reading, reading.main, "main", codes)]
    rows += [_scenario(reading, o, "main", codes) for o in with_answers([reading.main])[1:]]
    rows += [_scenario(reading, outcome, kind, codes) for outcome in with_answers(others)]
    hits = any(row["who"] not in (rows[0]["who"], "the same") for row in rows)
    return Table(
        key,
        f"{caption}, per year, {reading.when}",
        (
            Column("title", "Case"),
            Column("key", "Key", shown=False),
            Column("kind", "Differs in", "short", shown=False),
            *(Column(f"percent_{code}", reading.name(code), "signed percent") for code in codes),
            Column("who", "Hits", shown=hits),
            Column("rank", "Sender loses more than its targets", shown=False),
            Column("policy", "Policy", shown=False),
            Column("note", "Why, or why not", shown=any(row["note"] for row in rows)),
        ),
        tuple(rows),
        note=note,
    )


def _scenario(reading: Reading, outcome: Outcome, kind: str, codes: list[str]) -> dict[str, Any]:
    notes = [outcome.note, *_priors(reading, outcome)]
    note = "; ".join(filter(None, notes))
    if outcome.solution is None:
        note = f"No result: {outcome.failure}"
    who = _hit(reading, outcome)
    return {
        "key": outcome.key,
        "title": _title(outcome, kind),
        "kind": kind,
        "rank": rank(reading, outcome) or "",
        "policy": outcome.policy,
        "who": who,
        "note": words.sentence(words.named(note, reading.economy)),
        **{f"percent_{code}": outcome.percent(code) for code in codes},
    }


def _title(outcome: Outcome, kind: str) -> str:
    if kind != "main":
        return words.capital(outcome.title)
    return WITH if outcome.key.endswith(f"-{ANSWERED}") else "As stated"


def _priors(reading: Reading, outcome: Outcome) -> list[str]:
    """The priors that only this case rests on."""
    found = []
    for prior in reading.analysis.situation.assumptions:
        if prior.where.startswith(f"scenarios.{outcome.key}."):
            figure = prior.figure
            value = words.printed(figure.value, figure.unit)
            found.append(f"prior {value}, range {ends(figure)}: {figure.source}")
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
        for outcome in with_answers(reading.outcomes)
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
