"""What a policy does to an oil market as tables, one column a horizon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.oil.rows import buyer_rows
from threatpoint.tables import Column, Row, Table, columns

if TYPE_CHECKING:
    from threatpoint.oil.outcome import OilOutcome
    from threatpoint.world.economy import Economy


def market(found: Sequence[OilOutcome]) -> Table:
    """Prices, the seller's exports and revenue, before and at each horizon."""
    one = found[0]
    price, volume = one.units
    measures = (
        (f"world price, {price}", 1, "benchmark"),
        (f"price of {one.seller}, {price} ({one.basis})", 1, "price"),
        (f"discount, {price} ({one.basis})", 1, "discount"),
        (f"exports of {one.seller}, {volume}", 2, "volume"),
        (f"revenue of {one.seller}, USD bn a month", 1, "revenue"),
    )
    rows = [
        {"what": what, "decimals": decimals, "before": getattr(one, name)[0]}
        | {outcome.horizon: getattr(outcome, name)[1] for outcome in found}
        for what, decimals, name in measures
    ]
    horizons = [outcome.horizon for outcome in found]
    caption = f"The market of {one.good}; {words.legend_words(horizons)}"
    return Table("oil-market", caption, _columns("oil-market", "what", horizons), rows)


def buyers(found: Sequence[OilOutcome], economy: Economy) -> Table:
    """The seller's exports by buyer, before and at the horizons whose barrels add up."""
    sound = {outcome.horizon: buyer_rows(outcome, economy) for outcome in found if outcome.adds_up}
    rows = [
        {"buyer": row["name"], "decimals": 2, "before": row["volume_baseline"]}
        | {horizon: volumes[place]["volume"] for horizon, volumes in sound.items()}
        for place, row in enumerate(buyer_rows(found[0], economy))
    ]
    caption = f"Exports of {found[0].seller} by buyer, {found[0].units[1]}"
    return Table("oil-buyers", caption, _columns("oil-buyers", "buyer", sound), rows)


def _columns(table: str, first: str, horizons: Iterable[str]) -> tuple[Column, ...]:
    numbers = (
        Column(key, key, "number", write=partial(_decimals, key)) for key in ("before", *horizons)
    )
    return columns(table, first, *numbers)


def _decimals(key: str, row: Row) -> str:
    return words.number(row[key], decimals=row["decimals"])
