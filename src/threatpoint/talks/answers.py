"""What the talks say beside the chance of a freeze, as rows and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.quantity import Ranged
from threatpoint.tables import Row, Table, columns
from threatpoint.talks.wider import SPANS

if TYPE_CHECKING:
    from threatpoint.talks.talks import TalksResult


def numbers(result: TalksResult) -> Table:
    """Everything else the talks say."""
    return Table(
        "talks-numbers",
        "What else the draws say of the talks, given that a freeze was refused",
        columns("talks", "definition", "-measure", "value", "span", "unit", span=_span),
        number_rows(result),
        lead=8,
        fold="All other answers",
        deciding=("value", "unit"),
        note="Ranges hold 90 of 100 draws; a number without one follows from all draws together.",
    )


def _span(row: Row) -> str:
    """A number without a range shows none."""
    low, high = row["low"], row["high"]
    return words.DASH if low == high or low != low else words.rounded_span(low, high)


def number_rows(result: TalksResult) -> list[Row]:
    """One row per answer: value, range, unit, definition."""
    return [
        {"measure": name, **found.row(), "definition": meant}
        for name, meant, found in _numbers(result)
    ]


def _numbers(result: TalksResult) -> Iterator[tuple[str, str, Ranged]]:
    """Name, what it is, and the number."""
    yield "cost", "what a month of war costs the attacker, with its dead", result.cost
    yield "price", "what a km2 costs the attacker", result.price
    yield "sanction needed", "what a ceasefire must lift for a freeze", result.needed
    yield "per billion", "a billion a month lifted raises what is accepted by", result.per_billion
    for level, drift in result.watch_drift.items():
        yield (f"drift at {level:g}", f"gain a month, mean of twelve, at which a freeze has "
               f"{_chance(level)}", _point(drift, "km2/month"))  # fmt: skip
    for level, loss in result.watch_loss.items():
        yield (f"loss at {level:g}", f"loss a month at which a freeze has {_chance(level)}",
               _point(loss, "USD bn/month"))  # fmt: skip
    waiting = result.waiting
    yield "ground", "refused because ground is worth the month", waiting.ground.ranged()
    yield "aid", "refused only because support may be cut", waiting.aid.ranged()
    for months, chance in result.ground.items():
        meant = f"a km2 is worth its price {months} months before a freeze"
        yield f"worth at {months}", meant, chance.ranged()
    for months in SPANS:
        meant = f"base rate of a wider war within {months} months"
        yield f"wider war in {months}", meant, result.wider.within(months)
        meant = f"that times its loss, {months} months"
        yield f"expected loss in {months}", meant, result.wider.expected_loss(months)
    yield "force", "what a force must be worth to pay for that", result.wider.worth


def _chance(level: float) -> str:
    return f"a chance of {words.plain(words.chance(level))}"


def _point(value: float, unit: str) -> Ranged:
    return Ranged(value, value, value, unit)
