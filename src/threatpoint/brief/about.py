"""Sentences around the figures: terms, the rule in words, prices, extremes, limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.brief.findings import touched_words
from threatpoint.brief.tables import purchase_words
from threatpoint.units import money_words, percent_words
from threatpoint.words import CLOSURES

if TYPE_CHECKING:
    from threatpoint.analysis.analysis import Outcome
    from threatpoint.brief.reading import Reading


def terms(reading: Reading) -> str:
    """The words of the answer, defined under it."""
    year = f" of {reading.economy.year}" if reading.economy.year else ""
    priors = (
        " Some inputs are priors, that is choices with a range that nobody has measured; they are "
        "listed under the assumptions."
        if reading.analysis.situation.assumptions
        else ""
    )
    return (
        "Real income is what a country's total spending can buy in a year; the change compares "
        f"the world with the threat carried out to the same world{year} without it. "
        f"Money is in prices of the baseline.{ranges(reading)} "
        "Whether anybody gives in, and what else a government weighs, is not part of these figures."
        f"{priors}"
    )


def ranges(reading: Reading) -> str:
    """What a range is, and the cases at the ends of the sender's."""
    if not reading.has_ranges:
        return ""
    tried = sum(1 for variant in reading.analysis.variants if variant.solution is not None)
    results = "the result above and " if reading.solved else ""
    return (
        f" A range is the lowest and highest of {results}the "
        f"{words.count(tried, 'result')} under other assumptions; it is not a confidence "
        f"interval.{_ends(reading)}"
    )


def _ends(reading: Reading) -> str:
    """' For the United States the low end, −2.4 %, comes with ...'."""
    code = reading.senders[0]
    cases = [o for o in (reading.main, *reading.analysis.variants) if o.solution is not None]
    if len(reading.senders) != 1 or code not in reading.economy.countries or len(cases) < 2:
        return ""
    low, *_, high = sorted(cases, key=lambda outcome: outcome.percent(code))
    ends = [
        f"{side} end, {words.percent(outcome.percent(code), True)}, {_with(reading, outcome)}"
        for side, outcome in (("lower", low), ("upper", high))
    ]
    return f" For {reading.place(code)} the {ends[0]}; the {ends[1]}."


def _with(reading: Reading, outcome: Outcome) -> str:
    if outcome is reading.main:
        return "is the result above"
    return f"comes with {words.quoted(outcome.title)}"


def variant_terms(reading: Reading) -> list[str]:
    """Closure and elasticity, defined before the table that varies them."""
    return [
        "A trade elasticity says by how many percent imports from a supplier fall when they become "
        "1 % dearer than others. A closure says what happens to trade balances; the main result "
        f"has them like this: {CLOSURES.get(reading.analysis.deficits, reading.analysis.deficits)}."
    ]


def price_sentences(reading: Reading) -> list[str]:
    """The sender's price index against its wage, one sentence per member."""
    found = []
    for row in reading.of_role("sender")[:2]:
        prices, wage = row["price_index_percent"], row["wage_percent"]
        real = row["real_wage_percent"]
        found.append(
            f"In {reading.place(row['country'])} the price of final spending changes by "
            f"{words.percent(prices, True)} and the wage by {words.percent(wage, True)} against "
            "world value added: a unit of labour and capital (the mobile factor, whose price the "
            f"model calls the wage) buys {words.magnitude(real)} "
            f"{'less' if real < 0 else 'more'} ({reading.when})."
        )
    return found


def limits(reading: Reading) -> list[str]:
    """What the figures do not contain."""
    lines = [
        f"The policy: {words.named(reading.main.policy, reading.economy)}.{_size(reading)}",
        "The model compares two states of the world. It has no path in between, no unemployment, "
        "no finance, no exchange-rate policy, no stockpiles and no retaliation beyond what the "
        f"situation states{_stated(reading)}. Every figure depends on the trade elasticities "
        "below.",
    ]
    return lines + _table_limits(reading)


def _size(reading: Reading) -> str:
    """How much trade the policy touches."""
    return f" It touches trade worth {touched_words(reading)}." if reading.solved else ""


def _stated(reading: Reading) -> str:
    """' (it states none)', where it does not."""
    return "" if reading.answered else " (it states none)"


def _table_limits(reading: Reading) -> list[str]:
    """Limits that come from the table, as far as the table says so."""
    economy = reading.economy
    notes = list(economy.metadata.get("limits", ()))
    if economy.services:
        names = [economy.sector_names.get(code, code).lower() for code in economy.services]
        notes.append(
            f"Goods are all sectors but {words.listing(names)}. Trade and transport margins on "
            "goods are booked under services in input-output tables, so a cut-off of goods leaves "
            "them in place."
        )
    shared: dict[str, list[str]] = {}
    for flow in economy.flows.values():
        shared.setdefault(flow.sector, []).append(flow.name)
    notes += [
        f"{words.capital(words.listing(names))} share one sector, "
        f"{economy.sector_names.get(code, code).lower()}, and cannot be told apart in the "
        "equilibrium."
        for code, names in shared.items()
        if len(names) > 1
    ]
    if economy.residuals:
        groups = words.listing([words.place(code, economy) for code in economy.residuals])
        notes.append(
            f"{words.capital(groups)} stand for many states; they trade but do not decide."
        )
    return notes


def _condition(reading: Reading) -> str:
    """Who is hit, in words; "" for a rule that names its targets and has no condition."""
    when = reading.analysis.situation.policy.when
    if when is None:
        return ""
    economy = reading.economy
    goods, seller = purchase_words(reading, when)
    floor = when.floor(economy)
    limits = [f"at least {money_words(floor, economy.unit)} a year"] if floor > 0 else []
    if when.min_share > 0:
        limits.append(f"at least {percent_words(when.min_share)} of its imports of such goods")
    return f"whoever buys {goods} from {seller}{', ' * bool(limits)}{words.listing(limits)}"


def rule_sentences(reading: Reading) -> list[str]:
    """The threat in the words of the text, and the rule it is read as."""
    situation, economy = reading.analysis.situation, reading.economy
    does = words.sentence(words.named(reading.main.policy, economy))
    text = situation.words.get(situation.main, "")
    found = [f"In the words of the text: \u201c{text}\u201d."] if text else []
    condition = _condition(reading)
    found.append(f"Read as a rule: {condition}, is hit. {does}" if condition else does)
    priors = [p for p in situation.assumptions if p.where.startswith(f"threats.{situation.main}.")]
    if priors:
        found.append(
            "The thresholds are choices, not measurements; their ranges stand under the "
            "assumptions."
        )
    return found
