"""Why the sender's figure is what it is, and how far its rank holds. Wording follows numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from threatpoint import words
from threatpoint.words import count, listing, magnitude, money, sentence

if TYPE_CHECKING:
    from threatpoint.analysis.analysis import Outcome
    from threatpoint.brief.reading import Reading

Row = Mapping[str, Any]
Rank = Literal["all", "none", "some"]

NAMED = 3
"""At most so many cases are named in a sentence; more are counted."""


def why(reading: Reading) -> list[str]:
    """What explains the sender's figure, as far as the rows say it; empty for a group."""
    rows = reading.of_role("sender")
    if len(rows) != 1 or words.negligible(rows[0]["real_income_percent"]):
        return []
    found = [parts(reading, rows[0]), ended(reading), *one_sided(reading), squeezed(reading)]
    return [text for text in found if text]


# -- how far the rank holds ------------------------------------------------------------------


def rank(reading: Reading, outcome: Outcome) -> Rank | None:
    """Whether the sender loses more, in percent, than all, none or some targets of an outcome.

    None when there is no result, no target, or the sender is a group.
    """
    known = [code for code in outcome.targets if code in reading.economy.countries]
    if outcome.solution is None or not known or len(reading.senders) != 1:
        return None
    if reading.senders[0] not in reading.economy.countries:
        return None
    mine = outcome.percent(reading.senders[0])
    less = sum(outcome.percent(code) > mine for code in known)
    return "all" if less == len(known) else "some" if less else "none"


def standing(reading: Reading) -> str:
    """In how many other assumptions and readings the sender has the same rank."""
    main = rank(reading, reading.main)
    if main is None or main == "some":
        return ""
    analysis = reading.analysis
    groups = (
        (analysis.variants, "other assumption", "tried"),
        (analysis.scenarios, "other reading", "of the threat"),
    )
    said = [_held(reading, main, *group) for group in groups]
    said = [text for text in said if text]
    if not said:
        return ""
    side = "more" if main == "all" else "less"
    many = "any target" if len(reading.targets) > 1 else "the target"
    return sentence(f"it loses {side} in percent than {many} in {', and in '.join(said)}")


def _held(reading: Reading, main: Rank, outcomes: Sequence[Outcome], noun: str, rest: str) -> str:
    """'all five other assumptions tried', 'two of the three ... (not with "China alone")'."""
    ranked = [(outcome, rank(reading, outcome)) for outcome in outcomes]
    ranked = [(outcome, found) for outcome, found in ranked if found is not None]
    if not ranked:
        return ""
    yes = [outcome for outcome, found in ranked if found == main]
    no = [outcome for outcome, found in ranked if found != main]
    total = count(len(ranked), noun)
    if not no:
        many = {1: "the", 2: "both"}.get(len(ranked), f"all {count(len(ranked))}")
        return f"{many} {noun}{'s' * (len(ranked) > 1)} {rest}"
    if not yes:
        return f"none of the {total} {rest}"
    only = len(yes) < len(no)
    some, lead = (yes, "only") if only else (no, "not")
    names = f" ({lead} {_quoted(some)})" if len(some) <= NAMED else ""
    return f"{count(len(yes))} of the {total} {rest}{names}"


def _quoted(outcomes: Sequence[Outcome]) -> str:
    return listing([words.quoted(outcome.title) for outcome in outcomes])


# -- where the loss comes from ---------------------------------------------------------------


def parts(reading: Reading, row: Row) -> str:
    """The exact split of the sender's figure: factor income, tariff revenue, trade deficit."""
    total = row["real_income_percent"]
    unit = reading.economy.unit
    before, after = (money(row[key], unit) for key in ("tariff_revenue_baseline", "tariff_revenue"))
    named = [
        (row["from_factor_income_points"], "income from labour and capital"),
        (row["from_tariff_revenue_points"], f"tariff revenue ({before} before, {after} after)"),
        (row["from_deficit_points"], "the trade balance"),
    ]
    named = [(value, what) for value, what in named if not words.negligible(value)]
    same = sorted((i for i in named if i[0] * total > 0), key=lambda item: -abs(item[0]))
    other = [item for item in named if item[0] * total < 0]
    if not same:
        return ""
    what = "loss" if total < 0 else "gain"
    place = reading.place(row["country"])
    share = row["from_tariff_revenue_points"] / total
    lead = (
        f"lost tariff revenue is {words.percent(100 * share)} of the {what} of {place}"
        if share > 0 and total < 0 and not words.negligible(row["from_tariff_revenue_points"])
        else f"the {what} of {place} has {count(len(same), 'part')}"
    )
    text = f"{lead}: of {words.number(abs(total))} points, {listing([_points(i) for i in same])}"
    if other:
        text += f"; against it work {listing([_points(item) for item in other])}"
    return sentence(text)


def _points(item: tuple[float, str]) -> str:
    return f"{words.number(abs(item[0]))} are {item[1]}"


def ended(reading: Reading) -> str:
    """The goods trade between sender and targets that ends, against each side's GDP."""
    sender = reading.senders[0]
    size = {row["country"]: row["gdp_baseline"] for row in reading.countries}
    targets = sorted(reading.targets, key=lambda code: -size[code])[:NAMED]
    shares = {
        code: [100 * amount / size[code] for amount in _given_up(reading, code)]
        for code in (sender, *targets)
    }
    first, *others = shares.values()
    if not others or max(first) < words.SMALLEST:
        return ""
    rest = [
        f"; {reading.place(code)} {words.percent(shares[code][0])} and "
        f"{words.percent(shares[code][1])}"
        for code in targets
    ]
    return sentence(
        f"of the goods trade between them, {reading.place(sender)} gives up imports worth "
        f"{words.percent(first[0])} and exports worth {words.percent(first[1])} of its GDP"
        f"{''.join(rest)}"
    )


def _given_up(reading: Reading, code: str) -> tuple[float, float]:
    """Imports and exports between sender and targets that a country loses, money."""
    other = reading.targets if code in reading.senders else reading.senders
    flows = reading.flows
    bought = sum(f["change"] for f in flows if f["importer"] == code and f["exporter"] in other)
    sold = sum(f["change"] for f in flows if f["exporter"] == code and f["importer"] in other)
    return max(-bought, 0.0), max(-sold, 0.0)


def one_sided(reading: Reading) -> list[str]:
    """What stopping only imports or only exports costs, where the situation asks for it."""
    code = reading.senders[0]
    known = [(d, directed(reading, d)) for d in ("imports", "exports")]
    solved = [(d, o.percent(code)) for d, o in known if o is not None and o.solution is not None]
    if not solved:
        return []
    does = [
        f"its {direction} alone {'costs it' if value < 0 else 'gains it'} {magnitude(value)}"
        for direction, value in solved
    ]
    both = reading.main.percent(code)
    return [
        f"For {reading.place(code)}, stopping {', stopping '.join(does)} "
        f"({words.percent(both, True)} with both stopped)."
    ]


def directed(reading: Reading, direction: str) -> Outcome | None:
    """The scenario that is the main threat in one direction only, found by its rule."""
    situation = reading.analysis.situation
    main = situation.policy
    for outcome in reading.analysis.scenarios:
        scenario = situation.scenarios.get(outcome.key)
        if scenario is None or not all(hasattr(item, "direction") for item in main.templates):
            continue
        then = tuple(replace(item, direction=direction) for item in main.templates)  # type: ignore[call-arg]
        if then != main.templates and replace(scenario.rule, name=main.name) == replace(
            main, then=then
        ):
            return outcome
    return None


def squeezed(reading: Reading) -> str:
    """Why the sender sells less to third countries, and the sector that this hits most."""
    row = reading.of_role("sender")[0]
    sold = reading.sender_exports
    lost = -sum(sector["others"] for sector in sold)
    if row["wage_percent"] < words.SMALLEST or lost <= 0:
        return ""
    unit, place = reading.economy.unit, reading.place(row["country"])
    kept = {"fixed": "with trade balances kept", "balanced": "with trade balanced"}
    lead = kept.get(reading.analysis.deficits, "with trade balances tied to income")
    text = (
        f"{lead}, buying less abroad means selling less abroad: the price of labour and "
        f"capital in {place} rises by {magnitude(row['wage_percent'])} against world value added, "
        "its goods become dearer and its exports of goods and services to third countries fall by "
        f"{money(lost, unit)}"
    )
    return sentence(text + _most_squeezed(reading, sold))


def _most_squeezed(reading: Reading, sold: Sequence[Row]) -> str:
    """The goods sector with the largest fall of sales to third countries, if it shrinks."""
    goods = [s for s in sold if s["sector"] not in reading.economy.services]
    goods = [s for s in goods if s["others"] < 0 and s["output"] <= -words.SMALLEST]
    if not goods:
        return ""
    most = min(goods, key=lambda sector: sector["others"])
    unit = reading.economy.unit
    beside = f", beside {money(most['targets'], unit)} to the targets" * (most["targets"] < 0)
    return (
        f"; {most['sector_name'].lower()} shrinks by {magnitude(most['output'])} and loses "
        f"{money(most['others'], unit)} of sales to third countries{beside}"
    )
