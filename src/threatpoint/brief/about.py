"""Sentences around the figures: terms, the rule in words, prices, extremes, limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threatpoint.brief import words
from threatpoint.brief.reading import CLOSURES, HORIZONS
from threatpoint.brief.tables import purchase_words
from threatpoint.policy.units import money_words, percent_words

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading


def terms(reading: Reading) -> str:
    """The words of the answer, defined under it."""
    analysis = reading.analysis
    horizon = HORIZONS.get(analysis.horizon, reading.horizon)
    ranges = (
        " A range is the lowest and highest result over the other assumptions that were tried; it "
        "is not a confidence interval."
        if reading.has_ranges
        else ""
    )
    year = f" of {reading.economy.year}" if reading.economy.year else ""
    priors = (
        " Some inputs are priors, that is choices with a range that nobody has measured; they are "
        "listed under the assumptions."
        if analysis.situation.assumptions
        else ""
    )
    return (
        "Real income is what a country's total spending can buy in a year; the change compares "
        f"the world with the threat carried out to the same world{year} without it. "
        f"Horizon: {horizon}. Money is in prices of the baseline.{ranges} "
        "Whether anybody gives in, and what else a government weighs, is not part of these figures."
        f"{priors}"
    )


def case_terms(reading: Reading) -> list[str]:
    """Closure and elasticity, defined before the table that varies them."""
    found = [
        "A trade elasticity says by how many percent imports from a supplier fall when they become "
        "1 % dearer than others. A closure says what happens to trade balances; the main result "
        f"has them like this: {CLOSURES.get(reading.analysis.deficits, reading.analysis.deficits)}."
    ]
    return found + extremes(reading)


def extremes(reading: Reading) -> list[str]:
    """The cases with the lowest and the highest result for the sender."""
    code = reading.senders[0]
    solved = [outcome for outcome in reading.outcomes if outcome.solution is not None]
    if len(solved) < 2:
        return []
    low, *_, high = sorted(solved, key=lambda outcome: outcome.percent(code))
    text = (
        f"The lowest result for {reading.place(code)}, {words.percent(low.percent(code), True)}, "
        f"comes with \u201c{low.title}\u201d; the highest, "
        f"{words.percent(high.percent(code), True)}, with \u201c{high.title}\u201d."
    )
    return [text]


def price_sentences(reading: Reading) -> list[str]:
    """The sender's price index against its wage, one sentence per member."""
    found = []
    for row in reading.of_role("sender")[:2]:
        prices, wage = row["price_index_percent"], row["wage_percent"]
        real = row["real_wage_percent"]
        found.append(
            f"In {reading.place(row['country'])} the price of final spending changes by "
            f"{words.percent(prices, True)} and the wage by {words.percent(wage, True)} against "
            f"world value added: an hour of work buys {words.magnitude(real)} "
            f"{'less' if real < 0 else 'more'} ({reading.horizon})."
        )
    return found


def limits(reading: Reading) -> list[str]:
    """What the figures do not contain."""
    lines = [
        f"The policy: {words.named(reading.main.policy, reading.economy)}.",
        "The model compares two states of the world. It has no path in between, no unemployment, "
        "no finance, no exchange-rate policy, no stockpiles and no retaliation beyond the policy "
        "stated. Every figure depends on the trade elasticities below.",
    ]
    return lines + _table_limits(reading)


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


def rule_sentences(reading: Reading) -> list[str]:
    """The threat in the words of the text, and the rule it is read as."""
    situation, economy = reading.analysis.situation, reading.economy
    when = situation.policy.when
    goods, seller = purchase_words(reading)
    floor = when.floor(economy)
    limits = [f"at least {money_words(floor, economy.unit)} a year"] if floor > 0 else []
    if when.min_share > 0:
        limits.append(f"at least {percent_words(when.min_share)} of its imports of such goods")
    who = f"whoever buys {goods} from {seller}{', ' * bool(limits)}{words.listing(limits)}"
    does = words.sentence(words.named(reading.main.policy, economy))
    text = situation.words.get(situation.main, "")
    found = [f"In the words of the text: \u201c{text}\u201d."] if text else []
    found.append(f"Read as a rule: {who}, is hit. {does}")
    priors = [p for p in situation.assumptions if p.where.startswith(f"threats.{situation.main}.")]
    if priors:
        found.append(
            "The thresholds are choices, not measurements; their ranges stand under the "
            "assumptions."
        )
    return found
