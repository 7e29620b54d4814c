"""Headings that say the finding. The wording follows the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief.findings import split
from threatpoint.brief.shown import best_supplier, sector_extremes, sizeable
from threatpoint.words import capital, count, listing, magnitude, percent

if TYPE_CHECKING:
    from threatpoint.analysis.analysis import Outcome
    from threatpoint.brief.reading import Reading

Row = Mapping[str, Any]
ECONOMIES = ("economy", "economies")


def losses_title(reading: Reading) -> str:
    """How many lose and how many gain, and the balance."""
    losers, _, gainers = split(reading.countries)
    if not losers and not gainers:
        return f"No economy gains or loses as much as {words.LEAST} of real income"
    total = sum(row["real_income_money"] for row in reading.countries)
    lose = f"{count(len(losers), *ECONOMIES)} {_verb(losers, 'lose')}"
    gain = f"{count(len(gainers))} {_verb(gainers, 'gain')}"
    amount = words.money(total, reading.economy.unit)
    side = "losses are" if total < 0 else "gains are"
    other = "gains" if total < 0 else "losses"
    return capital(f"{lose}, {gain}; {side} {amount} a year larger than {other}")


def losses_chart(reading: Reading) -> str:
    """Who loses most and who gains most."""
    losers, _, gainers = split(reading.countries)
    parts = [f"{_place(reading, losers[0])} loses most, {_size(losers[0])}"] if losers else []
    if gainers:
        parts.append(f"{_place(reading, gainers[0])} gains most, {_size(gainers[0])}")
    return capital("; ".join(parts)) or "Nobody gains or loses visibly"


def buyers_title(reading: Reading) -> str:
    """Who is a target, out of how many buyers."""
    table = reading.analysis.buyers
    hit = [buyer for buyer in table if buyer.target]
    buying = [buyer for buyer in table if buyer.value > 0]
    parties = list(dict.fromkeys(buyer.union or buyer.country for buyer in hit))
    if not hit:
        return f"None of the {count(len(buying), 'buyer')} is a target"
    names = [reading.place(code) for code in parties]
    shown = listing(names) if len(names) <= 5 else count(len(names), "party", "parties")
    share = 100 * sum(buyer.share_of_exports for buyer in hit)
    return capital(
        f"{shown} {'is the target' if len(parties) == 1 else 'are the targets'}: "
        f"{percent(share)} of recorded sales, out of {count(len(buying), 'buyer')}"
    )


def sectors_title(reading: Reading) -> str:
    """Goods of the sender: the largest change in percent, and the largest in money against it."""
    rows = [row for row in reading.sectors if row["country"] in reading.senders]
    rows = [row for row in rows if sizeable(reading, row)]
    rows = [row for row in rows if not words.negligible(row["output_quantity_percent"])]
    if not rows:
        return "No goods sector of the sender changes its output visibly"
    first = max(rows, key=lambda row: abs(row["output_quantity_percent"]))
    against = [r for r in rows if r["output_quantity_percent"] * _change_of(first) < 0]
    who, name = _place(reading, first), first["sector_name"].lower()
    text = f"{who} makes {_change(first)} {_more(first)} in {name} ({_priced(first)})"
    if against:
        second = max(against, key=lambda row: abs(row["output_at_baseline_prices"]))
        where = "" if second["country"] == first["country"] else f" in {_place(reading, second)}"
        what = second["sector_name"].lower()
        text += f" and {_amount(reading, second)} {_more(second)} in {what}{where}"
    return capital(text)


def _change_of(row: Row) -> float:
    return row["output_quantity_percent"]


def _more(row: Row) -> str:
    return "more" if _change_of(row) > 0 else "less"


def _priced(row: Row) -> str:
    """What buyers at home then pay."""
    price = row["price_percent"]
    if words.negligible(price):
        return "price at home unchanged"
    return f"price at home {percent(price, True)}"


def sectors_chart(reading: Reading) -> str:
    """The largest fall and the largest rise of all senders and targets."""
    parts = [
        f"{_sector(reading, row)} {'falls' if _change_of(row) < 0 else 'rises'} by {_change(row)}"
        for row in sector_extremes(reading)
    ]
    return capital("; ".join(parts)) or "No sector changes visibly"


def diversion_chart(reading: Reading) -> str:
    """How much of the trade lost with the targets others replace."""
    rows = reading.sender_imports
    hit = [row for row in rows if row["role"] == "target"]
    others = [row for row in rows if row["role"] != "target"]
    lost = -sum(row["change"] for row in hit)
    gained = sum(row["change"] for row in others)
    unit = reading.economy.unit
    sender = reading.place(reading.analysis.situation.sender)
    if lost <= 0 or not others:
        total = lost - gained
        return capital(f"{sender} buys {words.money(total, unit)} {_less(total)} abroad")
    if gained <= 0:
        return capital(
            f"{sender} buys {words.money(lost, unit)} less from the targets, and nobody fills "
            "the gap"
        )
    best = best_supplier(reading)
    who = f", {reading.place(best['exporter'])} the most" if best else ""
    return capital(
        f"other suppliers replace {words.money(gained, unit)} of the {words.money(lost, unit)} "
        f"that {sender} no longer buys from the targets{who}"
    )


def _less(lost: float) -> str:
    return "less" if lost > 0 else "more"


def readings_title(reading: Reading) -> str:
    """The spread over other readings of the threat, and where its ends come from."""
    return _spread(reading, reading.analysis.scenarios, "other reading", " of the threat")


def variants_title(reading: Reading) -> str:
    """The spread over other assumptions, and where its ends come from."""
    return _spread(reading, reading.analysis.variants, "other assumption", "")


def _spread(reading: Reading, outcomes: Sequence[Outcome], noun: str, rest: str) -> str:
    """'Over eight other readings of the threat the United States loses 0.08 to 0.88 %: ...'."""
    if not outcomes:
        return f"No {noun} was tried"
    code = reading.senders[0]
    solved = [outcome for outcome in outcomes if outcome.solution is not None]
    if not solved:
        return capital(f"none of the {count(len(outcomes), noun)}{rest} has an equilibrium")
    solved.sort(key=lambda outcome: abs(outcome.percent(code)))
    values = [outcome.percent(code) for outcome in solved]
    text = f"over {count(len(solved), noun)}{rest} {reading.place(code)} "
    text += _between(min(values), max(values))
    if len(solved) > 1:
        least, most = (words.quoted(solved[k].title) for k in (0, -1))
        text += f": least with {least}, most with {most}"
    failed = len(outcomes) - len(solved)
    none = f"; {count(failed)} {'has' if failed == 1 else 'have'} no equilibrium" if failed else ""
    return capital(text + none)


def _between(low: float, high: float) -> str:
    """'loses 0.08 to 0.88 %', 'gains ...', or both ends with their signs."""
    if high <= -words.SMALLEST:
        return f"loses {_sizes(-high, -low)}"
    if low >= words.SMALLEST:
        return f"gains {_sizes(low, high)}"
    if words.number(low, True) == words.number(high, True):
        return f"changes by {percent(low, True)}"
    return f"changes by {words.number(low, True)} to {percent(high, True)}"


def _sizes(low: float, high: float) -> str:
    return percent(low) if words.number(low) == words.number(high) else words.span(low, high)


def _amount(reading: Reading, row: Row) -> str:
    return words.money(row["output_at_baseline_prices"], reading.economy.unit)


def _sector(reading: Reading, row: Row) -> str:
    return f"{row['sector_name'].lower()} in {reading.place(row['country'])}"


def _change(row: Row) -> str:
    return magnitude(row["output_quantity_percent"])


def _verb(rows: list[Row], verb: str) -> str:
    return f"{verb}s" if len(rows) == 1 else verb


def _place(reading: Reading, row: Row) -> str:
    return reading.place(row["country"])


def _size(row: Row) -> str:
    return magnitude(row["real_income_percent"])
