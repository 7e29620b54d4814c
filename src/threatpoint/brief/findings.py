"""Sentences that say what was found. The wording follows the numbers, whatever they are."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief.answered import answered_sentence
from threatpoint.brief.reasons import standing
from threatpoint.equilibrium.results import touched
from threatpoint.words import count, listing, magnitude, money, negligible, sentence

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading

Row = Mapping[str, Any]

MANY = 5
"""More targets than this are summed up by their extremes."""


def answer(reading: Reading) -> tuple[str, str, str]:
    """The answer in three sentences: targets, sender, everybody else and the conditions."""
    if not reading.solved:
        return failed(reading)
    own = (sender_sentence(reading), _standing(reading), answered_sentence(reading))
    sender = " ".join(filter(None, (*own, _touches(reading))))
    return targets_sentence(reading), sender, others_sentence(reading)


def _touches(reading: Reading) -> str:
    """How much trade is touched, where somebody's change is too small for a percentage."""
    rows = (*reading.of_role("sender"), *reading.of_role("target"))
    if not any(negligible(row["real_income_percent"]) for row in rows):
        return ""
    return sentence(f"the trade that it touches is worth {touched_words(reading)}")


def touched_words(reading: Reading) -> str:
    """'USD 2.0 bn a year': the baseline trade that the main threat touches."""
    assert reading.main.solution is not None
    amount = float(touched(reading.main.solution).sum())
    return f"{money(amount, reading.economy.unit)} a year"


def _standing(reading: Reading) -> str:
    """How far the rank of a losing sender holds."""
    rows = reading.of_role("sender")
    loses = len(rows) == 1 and rows[0]["real_income_percent"] <= -words.SMALLEST
    return standing(reading) if loses else ""


def failed(reading: Reading) -> tuple[str, str, str]:
    """What to say when the main outcome has no equilibrium."""
    solved = [o for o in reading.outcomes[1:] if o.solution is not None]
    rest = (
        f"{count(len(solved), 'other reading or assumption', 'other readings or assumptions')} "
        f"did solve and {'stands' if len(solved) == 1 else 'stand'} in the tables below"
        if solved
        else "No other reading or assumption that was tried has one either"
    )
    return (
        "The threat as read here has no equilibrium in the model, so no loss is stated.",
        sentence(f"The reason: {words.named(reading.main.failure, reading.economy)}"),
        sentence(rest),
    )


# -- the targets -----------------------------------------------------------------------------


def targets_sentence(reading: Reading, brief: bool = False) -> str:
    """What the threat does to those it hits; `brief` leaves out money, range and horizon."""
    rows = reading.of_role("target")
    if not rows:
        return "The threat hits nobody in this table."
    when = reading.when if brief else words.when_defined(reading.analysis.horizon)
    head = f"{when} the threat, carried out against {_targets_named(reading)}, "
    if len(rows) > MANY:
        return sentence(head + _extremes(reading, rows, brief))
    losers, neutral, gainers = split(rows)
    parts: list[str] = []
    for verb, group in (("lowers", losers), ("raises", gainers)):
        if group:
            what = "it" if parts else _real_income(brief)
            sizes = listing([_by(reading, row, brief) for row in group])
            parts.append(f"{verb} {what} by {sizes}")
    if neutral:
        names = listing([_tiny(reading, row, brief) for row in neutral])
        what = "it" if parts else _real_income(brief)
        parts.append(f"changes {what} by {words.UNDER} in {names}")
    return sentence(head + listing(parts))


def _targets_named(reading: Reading) -> str:
    """'its four targets', 'China'."""
    names = [reading.place(code) for code in reading.targets]
    return names[0] if len(names) == 1 else f"its {count(len(names))} targets"


def _real_income(brief: bool) -> str:
    """The measure, defined where it is first used."""
    return f"yearly real income{'' if brief else ' (what total spending can buy)'}"


def _extremes(reading: Reading, rows: Sequence[Row], brief: bool) -> str:
    """Many targets: how many lose, the largest and the smallest change."""
    losers = [row for row in rows if row["real_income_percent"] <= -words.SMALLEST]
    first, last = rows[0], rows[-1]
    some = count(len(losers)) if losers else "none"
    many = "all" if len(losers) == len(rows) else some
    return (
        f"lowers {_real_income(brief)} in {many} of them, from "
        f"{_change(reading, first)} to {_change(reading, last)}"
    )


def _by(reading: Reading, row: Row, brief: bool) -> str:
    """'0.51 % in China (USD 87 bn; range 0.40 to 0.90 %)'."""
    size = magnitude(row["real_income_percent"])
    detail = "" if brief else _detail(reading, row)
    return f"{size} in {reading.place(row['country'])}{detail}"


def _tiny(reading: Reading, row: Row, brief: bool) -> str:
    """'Land (−USD 1.4 million)': who changes too little for a percentage, with the amount."""
    name = reading.place(row["country"])
    if brief or not row["real_income_money"]:
        return name
    return f"{name} ({words.money_signed(row['real_income_money'], reading.economy.unit)})"


def _change(reading: Reading, row: Row) -> str:
    return f"{words.percent(row['real_income_percent'], True)} in {reading.place(row['country'])}"


def _detail(reading: Reading, row: Row) -> str:
    """Money and range in brackets."""
    parts = [money(row["real_income_money"], reading.economy.unit)]
    if reading.has_ranges and math.isfinite(row["range_low"]):
        parts.append(f"range {_range(row)}")
    return f" ({'; '.join(parts)})"


def _range(row: Row) -> str:
    """A range in sizes when it keeps the sign of the finding, else with signs."""
    low, high, value = row["range_low"], row["range_high"], row["real_income_percent"]
    if value < 0 and high < 0:
        return words.span(-high, -low)
    if value > 0 and low > 0:
        return words.span(low, high)
    return f"{words.number(low, True)} to {words.percent(high, True)}"


# -- the sender ------------------------------------------------------------------------------


def sender_sentence(reading: Reading, brief: bool = False) -> str:
    """What carrying it out does to the sender; `brief` leaves out the comparison."""
    rows = reading.of_role("sender")
    if not rows:
        return "The sender is not an economy of this table."
    if len(rows) > 1:
        return _group_sentence(reading, rows)
    row = rows[0]
    value, name = row["real_income_percent"], reading.place(row["country"])
    if negligible(value):
        who = "" if brief else _tiny(reading, row, brief).removeprefix(name)
        return sentence(f"{name} itself gains or loses {words.UNDER} of real income{who}")
    verb = "loses" if value < 0 else "gains"
    if brief:
        return sentence(f"{name} itself {verb} {magnitude(value)}")
    compared = _compared(reading, row) if value < 0 else ""
    return sentence(f"{name} itself {verb} {magnitude(value)}{_detail(reading, row)}{compared}")


def _group_sentence(reading: Reading, rows: Sequence[Row]) -> str:
    """A sender of several members: the total and the extremes."""
    total = sum(row["real_income_money"] for row in rows)
    verb = "lose" if total < 0 else "gain"
    return sentence(
        f"{_together(reading, len(rows))}, who carry it out, together {verb} "
        f"{money(total, reading.economy.unit)}, from {_change(reading, rows[0])} to "
        f"{_change(reading, rows[-1])}"
    )


def _together(reading: Reading, many: int) -> str:
    """'the seven members of the G7', or of no one group 'the 13 senders'."""
    stated = reading.analysis.situation.sender
    groups = {**reading.economy.groups, **reading.analysis.situation.groups}
    if len(groups.get(stated, ())) != many:
        return f"the {count(many, 'sender')}"
    return f"the {count(many, 'member')} of {reading.place(stated)}"


def _compared(reading: Reading, row: Row) -> str:
    """', more than each target in percent and more than all together in money'."""
    targets = reading.of_role("target")
    if not targets:
        return ""
    less = [t for t in targets if t["real_income_percent"] > row["real_income_percent"]]
    total = -sum(t["real_income_money"] for t in targets)
    relative = _rank(reading, targets, less)
    if total <= 0:
        return f": {relative}"
    mine = -row["real_income_money"]
    side = "more" if mine > total else "less"
    amount = money(total, reading.economy.unit)
    if len(targets) == 1:
        ends = f"{side} in money than its {amount}"
    else:
        ends = f"{side} in money than the {amount} of all targets together"
    agree = (side == "more") == (len(less) == len(targets))
    return f": {relative} {'and' if agree else 'but'} {ends}"


def _rank(reading: Reading, targets: Sequence[Row], less: Sequence[Row]) -> str:
    """Where the sender's percentage stands among the targets'."""
    if len(targets) == 1:
        side = "more" if less else "less"
        return f"{side} in percent than {reading.place(targets[0]['country'])}"
    if len(less) == len(targets):
        return "more in percent than any target"
    if not less:
        return "less in percent than any target"
    names = [reading.place(row["country"]) for row in less]
    shown = (
        listing(names)
        if len(names) <= 3
        else f"{count(len(names))} of the {count(len(targets))} targets"
    )
    return (
        f"more in percent than {shown}, less than the other{'s' * (len(targets) - len(less) > 1)}"
    )


# -- everybody else --------------------------------------------------------------------------


def others_sentence(reading: Reading) -> str:
    """Third countries: how many gain and lose, and who most."""
    rows = reading.of_role("third")
    if not rows:
        return "There is no third country in this table."
    losers, neutral, gainers = split(rows)
    if len(rows) == 1:
        return _only_one(reading, rows[0])
    if not losers and not gainers:
        return sentence(
            f"none of the {count(len(rows), 'third economy', 'third economies')} gains or loses "
            f"as much as {words.LEAST}"
        )
    parts = []
    if gainers:
        parts.append(f"{count(len(gainers))} {_verb(gainers, 'gain')}{_most(reading, gainers)}")
    if losers:
        parts.append(f"{count(len(losers))} {_verb(losers, 'lose')}{_most(reading, losers)}")
    if neutral:
        parts.append(f"{count(len(neutral))} {_verb(neutral, 'change')} by {words.UNDER}")
    return sentence(
        f"of the {count(len(rows), 'other economy', 'other economies')}, {listing(parts)}"
    )


def _only_one(reading: Reading, row: Row) -> str:
    """A single third country."""
    value, name = row["real_income_percent"], reading.place(row["country"])
    if negligible(value):
        return f"The one other economy, {name}, changes by {words.UNDER}."
    return f"The one other economy, {name}, {'loses' if value < 0 else 'gains'} {magnitude(value)}."


def _verb(rows: Sequence[Row], verb: str) -> str:
    return verb if len(rows) > 1 else f"{verb}s"


def _most(reading: Reading, rows: Sequence[Row]) -> str:
    """' (most: Viet Nam 1.2 %, Mexico 0.29 %)' for one or two extremes."""
    ordered = sorted(rows, key=lambda row: -abs(row["real_income_percent"]))[:2]
    names = [
        f"{reading.place(row['country'])} {magnitude(row['real_income_percent'])}"
        for row in ordered
    ]
    shown = f"{'' if len(rows) <= 2 else 'most: '}{', '.join(names)}"
    return f" ({shown}{_always(reading, rows)})"


def _always(reading: Reading, rows: Sequence[Row]) -> str:
    """'; 20 of them in every assumption tried': those whose range does not cross zero."""
    if not reading.has_ranges:
        return ""
    kept = sum(row["range_low"] > 0 or row["range_high"] < 0 for row in rows)
    if kept == len(rows):
        return f"; {'all' if kept > 1 else 'so'} in every assumption tried"
    return f"; {count(kept) if kept else 'none'} of them in every assumption tried"


def split(rows: Sequence[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """Losers (largest loss first), those without a visible change, gainers (largest first)."""
    losers = [row for row in rows if row["real_income_percent"] <= -words.SMALLEST]
    gainers = [row for row in rows if row["real_income_percent"] >= words.SMALLEST]
    neutral = [row for row in rows if negligible(row["real_income_percent"])]
    losers.sort(key=lambda row: row["real_income_percent"])
    gainers.sort(key=lambda row: -row["real_income_percent"])
    return losers, neutral, gainers
