"""Answers about support: who would have to add what, and whether they can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief.row_answers.common import Answer, percent_of
from threatpoint.support.data import load_support
from threatpoint.support.keys import KEYS
from threatpoint.support.results import donor_rows
from threatpoint.words import SPACE, sentence

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading
    from threatpoint.support.support import SupportResult

LARGEST = 4
"""Donors named for each key."""


def burden(reading: Reading, row: Any) -> Answer | None:
    """What each donor must add, EUR and % of GDP, by key."""
    result = reading.analysis.support
    if result is None:
        return None
    given, gdp = float(result.given.sum()), float(result.gdp.sum())
    rise = [100 * given / gdp, 100 * (given + result.gap) / gdp]
    keys = " ".join(_by_key(found) for found in reading.analysis.supports.values())
    text = (
        f"taking over means {_eur(result.gap)} a year more (allocations of "
        f"{reading.place(load_support().leaver)}, mean of {_period(result.baseline)}): European "
        f"support would rise from {_eur(given)} to {_eur(given + result.gap)} a year, from "
        f"{words.number(rise[0])} to {words.percent(rise[1])} of GDP. {keys}"
    )
    return {
        "answer": sentence(text),
        "range": f"over the {words.count(len(reading.analysis.supports), 'key')}: "
        f"{'; '.join(_over_keys(reading))}",
        "assumptions": "; ".join(f"key {key}: {KEYS[key]}" for key in reading.analysis.supports),
        "source": _source(),
    }


def _by_key(result: SupportResult) -> str:
    rows = donor_rows(result)
    shares = [words.percent(row["added_pct_gdp"]) for row in rows]
    same = len(set(shares)) == 1
    parts = [
        f"{row['name']} {_eur(row['added_eur_bn'])}" + (f" ({share} of GDP)" if not same else "")
        for row, share in zip(rows[:LARGEST], shares, strict=False)
    ]
    each = f", {shares[0]} of GDP each" if same else ""
    return f"By key {result.key}{each}: {', '.join(parts)}."


def _over_keys(reading: Reading) -> list[str]:
    """The range over the keys, for the largest donors under the situation's own key."""
    tables = [donor_rows(found) for found in reading.analysis.supports.values()]
    found = []
    for row in tables[0][:LARGEST]:
        values = [r["added_eur_bn"] for table in tables for r in table if r["name"] == row["name"]]
        ends = f"{words.number(min(values))} to {words.number(max(values))}"
        found.append(f"{row['name']} EUR{SPACE}{ends}{SPACE}bn a year")
    return found


def substitution(reading: Reading, row: Any) -> Answer | None:
    """Ready, willing and able, and the record."""
    result = reading.analysis.support
    if result is None:
        return None
    low, high = result.capability_range
    text = f"{_ready(result)} {_willing(result)} {_able(result)} {_record(result)}"
    return {
        "answer": text,
        "range": f"able {_shares(low, high)} of the capability after {result.horizon} months; "
        f"willing {_shares(result.voluntary_low, result.voluntary_high)} of the gap",
        "assumptions": f"Ceilings and ramp-up times of {words.count(len(result.capabilities))} "
        "kinds of support and how badly they replace each other are priors; willingness: voluntary "
        "provision, one weight for all donors against revealed weights.",
        "source": _source(),
    }


def _ready(result: SupportResult) -> str:
    share = percent_of(result.covered)
    if result.ready_months is None:
        return f"Ready: no; what can be built never covers {share} of the gap."
    return f"Ready: {share} of the gap is covered after {words.number(result.ready_months)} months."


def _willing(result: SupportResult) -> str:
    return (
        f"Willing: of their own accord donors would fill "
        f"{_shares(result.voluntary_low, result.voluntary_high)} of the gap, and what is best for "
        f"all together is {words.number(result.efficient_ratio)} times what each gives freely."
    )


def _able(result: SupportResult) -> str:
    money = percent_of(result.budget_share)
    short = [f"{name} ({percent_of(result.capability[name])})" for name in result.short]
    gaps = f"; money does not close {words.listing(short)} in time" if short else ""
    return (
        f"Able: the money is {money} of European defence budgets; after {result.horizon} months "
        f"{percent_of(result.capability['all'])} of the capability is replaced{gaps}."
    )


def _record(result: SupportResult) -> str:
    added = float(result.afterwards_change.sum())
    verb = "added" if added >= 0 else "gave less by"
    return (
        f"The record of {_period(result.afterwards)}: Europe {verb} {_eur(abs(added))} a year, "
        f"{percent_of(result.score)} of the gap."
    )


def _shares(low: float, high: float) -> str:
    """'15 to 84 %'."""
    return words.span(100 * low, 100 * high)


def _eur(value: float) -> str:
    return f"EUR{SPACE}{words.number(value)}{SPACE}bn"


def _period(months: tuple[str, str]) -> str:
    return f"{months[0]} to {months[1]}"


def _source() -> str:
    about = load_support().about
    producer = about["producer"].partition(", ")[0]
    return f"{producer}, {about['release']}; GDP: {about['gdp'].partition(',')[0]}"
