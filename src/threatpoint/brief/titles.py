"""Headings that say the finding. The wording follows the numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from threatpoint.brief import words
from threatpoint.brief.findings import split
from threatpoint.brief.words import capital, count, listing, magnitude, percent

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading

Row = Mapping[str, Any]
ECONOMIES = ("economy", "economies")


def losses_title(reading: Reading) -> str:
    """How many lose and how many gain, and the balance."""
    losers, _, gainers = split(reading.countries)
    if not losers and not gainers:
        return f"No economy gains or loses as much as 0.01{words.SPACE}% of real income"
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
    """What the sender makes more and less of."""
    rows = [row for row in reading.sectors if row["country"] in reading.senders]
    rows = sorted(rows, key=lambda row: row["output_at_baseline_prices"])
    less = [row for row in rows[:1] if row["output_at_baseline_prices"] < 0]
    more = [row for row in rows[-1:] if row["output_at_baseline_prices"] > 0]
    if not less and not more:
        return "The sender's output does not change"
    who = reading.place((more or less)[0]["country"])
    what = [f"{_amount(reading, row)} more: {row['sector_name'].lower()}" for row in more]
    what += [f"{_amount(reading, row)} less: {row['sector_name'].lower()}" for row in less]
    return capital(f"{who} makes {'; '.join(what)}")


def sectors_chart(reading: Reading) -> str:
    """The largest fall and the largest rise among the bars."""
    from threatpoint.brief.charts import sectors_shown

    rows = [row for _, group in sectors_shown(reading) for row in group]
    rows.sort(key=lambda row: row["output_quantity_percent"])
    falls = [row for row in rows[:1] if row["output_quantity_percent"] <= -words.SMALLEST]
    rises = [row for row in rows[-1:] if row["output_quantity_percent"] >= words.SMALLEST]
    parts = [f"{_sector(reading, row)} falls by {_change(row)}" for row in falls]
    parts += [f"{_sector(reading, row)} rises by {_change(row)}" for row in rises]
    return capital("; ".join(parts)) or "No sector changes visibly"


def diversion_chart(reading: Reading) -> str:
    """How much of the lost trade others replace."""
    rows = reading.sender_imports
    lost = -sum(row["change"] for row in rows if row["change"] < 0)
    gained = sum(row["change"] for row in rows if row["change"] > 0)
    unit = reading.economy.unit
    sender = reading.place(reading.analysis.situation.sender)
    if lost <= 0:
        return capital(f"{sender} buys {words.money(gained, unit)} more abroad")
    single = [row for row in rows if row["exporter"] not in reading.economy.residuals]
    best = reading.place((single or rows)[-1]["exporter"])
    if gained <= 0:
        return capital(f"{sender} buys {words.money(lost, unit)} less, and nobody fills the gap")
    return capital(
        f"other suppliers replace {words.money(gained, unit)} of the {words.money(lost, unit)} that "
        f"{sender} no longer buys from others, {best} the most"
    )


def cases_title(reading: Reading) -> str:
    """The spread over everything that was tried."""
    solved = [outcome for outcome in reading.outcomes if outcome.solution is not None]
    failed = len(reading.outcomes) - len(solved)
    if not solved:
        return "None of the cases has an equilibrium"
    if len(reading.outcomes) == 1:
        return "No other reading or assumption was tried"
    code = reading.senders[0]
    values = [outcome.percent(code) for outcome in solved]
    none = f"; {count(failed)} {'has' if failed == 1 else 'have'} no equilibrium" if failed else ""
    return capital(
        f"{reading.place(code)}: {words.span(min(values), max(values))} over "
        f"{count(len(solved), 'case')}{none}"
    )


def claims_title(reading: Reading) -> str:
    """How many figures hold."""
    verdicts = Counter(check.verdict for check in reading.analysis.claims)
    order = ("holds", "holds within rounding", "does not hold", "cannot be checked")
    several = {"holds": "hold", "holds within rounding": "hold within rounding",
               "does not hold": "do not hold", "cannot be checked": "cannot be checked"}  # fmt: skip
    parts = [
        f"{count(verdicts[v])} {v if verdicts[v] == 1 else several[v]}"
        for v in order
        if verdicts[v]
    ]
    total = sum(verdicts.values())
    return capital(f"of {count(total, 'statement')} with figures, {listing(parts)}")


def lines_title(reading: Reading) -> str:
    """How many statements are answered."""
    rows = reading.analysis.situation.rows
    done = sum(1 for row in rows if not row.mark.startswith("not"))
    return capital(
        f"line by line: {count(done)} of the {count(len(rows), 'statement')} "
        f"{'is' if done == 1 else 'are'} answered so far"
    )


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
