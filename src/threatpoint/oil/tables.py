"""What a policy does to a market as tables, a column a horizon, pair of elasticities or regime."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.oil.inputs import OPEC
from threatpoint.oil.outcome import code_words
from threatpoint.tables import Column, Row, Table, columns

if TYPE_CHECKING:
    from threatpoint.oil.drawn import Drawn
    from threatpoint.oil.outcome import OilOutcome

LEAST = 0.01
"""mb/d, or USD bn a month, from which somebody is named."""


def market(found: Sequence[OilOutcome]) -> Table:
    """Prices, volumes and revenue, before and at each horizon."""
    one = found[0]
    price, volume = one.units
    measures = (
        (f"world price, {price}", 1, "benchmark"),
        (f"price of {one.seller} at the border, {price}", 1, "price"),
        (f"what a barrel nets it, {price}", 1, "net"),
        (f"discount to the world price, {price}", 1, "discount"),
        (f"exports of {one.seller}, {volume}", 2, "volume"),
        (f"shut in, {volume}", 2, "shut"),
        (f"more to its own refineries, {volume}", 2, "at_home"),
        (f"rise of freight {one.haul_words}, {price}", 1, "freight"),
        (f"revenue of {one.seller}, USD bn a month", 2, "revenue"),
    )
    rows: list[Row] = [
        {"what": what, "decimals": decimals, "before": one.pair(name)[0]}
        | {outcome.horizon: outcome.pair(name)[1] for outcome in found}
        for what, decimals, name in measures
    ]
    implied = {outcome.horizon: outcome.implied_elasticity for outcome in found}
    rows.append({"what": "implied elasticity", "decimals": 2, "before": float("nan")} | implied)
    horizons = [outcome.horizon for outcome in found]
    caption = f"The market of {one.good}; {words.legend_words(horizons)}"
    return Table("oil-market", caption, _numbers("oil-market", "what", ("before", *horizons)), rows)


def buyers(found: Sequence[OilOutcome]) -> Table:
    """The seller's exports by buyer, before and at each horizon."""
    one, by = found[0], {outcome.horizon: outcome.buyers() for outcome in found}
    rows = [
        {"buyer": one.name(code), "decimals": 2, "before": before}
        | {horizon: volumes[code][1] for horizon, volumes in by.items()}
        for code, (before, _) in one.buyers().items()
    ]
    caption = f"Exports of {one.seller} by buyer, {one.units[1]}"
    return Table("oil-buyers", caption, _numbers("oil-buyers", "buyer", ("before", *by)), rows)


def sure(found: Mapping[str, tuple[OilOutcome, Drawn]]) -> Table:
    """Horizon -> how the answer stands under each pair of elasticities, and over all draws."""
    measures = {"world_price_percent": ("world price, %", 1), "volume": ("exports, mb/d", 2),
                "revenue": ("revenue, USD bn a month", 2)}  # fmt: skip
    pairs = list(dict.fromkeys(name for _, drawn in found.values() for name in drawn.pairs))
    rows: list[Row] = []
    for horizon, (outcome, drawn) in found.items():
        for name, (what, decimals) in measures.items():
            low, high = drawn.range(name)
            rows.append(
                {"what": f"{words.horizon(horizon)}: {what}", "decimals": decimals}
                | {"central": outcome.pair(name)[1], "low": low, "high": high}
                | {pair: drawn.pairs[pair].pair(name)[1] if pair in drawn.pairs else float("nan")
                   for pair in pairs}
            )  # fmt: skip
    keys = ("central", *pairs, "low", "high")
    caption = "Under each pair of elasticities, and 5 to 95 % over draws of every prior"
    return Table("oil-sure", caption, _numbers("oil-sure", "what", keys, pair_words), rows)


def owners(found: Mapping[str, OilOutcome]) -> Table:
    """Regime of OPEC -> what each owner of idle capacity gains under it."""
    one = next(iter(found.values()))
    rows: list[Row] = [
        {"owner": one.name(code), "decimals": 2}
        | {opec: outcome.gains()[code] for opec, outcome in found.items()}
        for code in one.owners
    ]
    caption = f"What owners of idle capacity gain, USD bn a month, {words.horizon(one.horizon)}"
    return Table("oil-owners", caption, _numbers("oil-owners", "owner", found), rows)


def carried(drawn: Drawn, name: str, least: float = 0.02, most: int = 6) -> str:
    """Which priors carry a number, in words: 'pair 62 %, ceiling RST 20 %'."""
    parts = [(key, part) for key, part in drawn.carries(name).items() if part >= least]
    return ", ".join(
        f"{prior_words(key, drawn.draws.name)} {words.percent(100 * part)}"
        for key, part in parts[:most]
    )


def takers(outcome: OilOutcome, least: float = LEAST) -> str:
    """Who takes more of the seller's crude than before, in words; "" for nobody."""
    return _changes(outcome, outcome.buyers(), least)


def more(outcome: OilOutcome, least: float = LEAST) -> str:
    """Who pumps more than before, in words; "" for nobody."""
    return _changes(outcome, outcome.producers(), least)


def _changes(outcome: OilOutcome, pairs: Mapping[str, tuple[float, float]], least: float) -> str:
    gain = {code: after - before for code, (before, after) in pairs.items()}
    named = sorted(((x, code) for code, x in gain.items() if x >= least), reverse=True)
    return ", ".join(f"{outcome.name(code)} {words.number_words(x, True, 2)}" for x, code in named)


def remarks(found: Sequence[OilOutcome]) -> list[str]:
    """What holds of all of it, in sentences."""
    one = found[0]
    base, gap = one.outlets.base, max(outcome.imbalance for outcome in found)
    return [
        f"Crude and condensate of {base.day}; {OPEC[one.opec]}.",
        f"Barrels balance: what is pumped and what is refined differ by {gap:.0e} mb/d at most.",
        one.outlets.market.note,
    ]


PRIORS = {
    "pair": "the elasticities of demand and supply", "tau": "how fast buyers follow a discount",
    "fleet": "the slope of freight", "shut_in": "the shut-in price",
    "spare_share": "how much idle capacity comes in", "band": "how soon idle capacity comes in",
    "evasion": "the cost of evading a cap", "evasion_slope": "how that cost rises",
    "refusal": "what buyers refuse", "swap": "what is swapped", "middlemen": "middlemen",
    "home_room": "idle refineries of the seller", "home_from": "when these begin to run",
    "home_full": "when all of them run", "income": "the response of demand to income",
}  # fmt: skip
"""Key of a prior -> in words."""

ITEMS = {"ceiling": "ceiling", "haul": "length of the haul", "discount": "landed discount",
         "served": "share served by Western ships"}  # fmt: skip
"""Item of the base that is drawn -> in words."""


def prior_words(key: str, name: Callable[[str], str] = code_words) -> str:
    """A prior in words; `name`: what says a code of the base."""
    item, _, code = key.partition(" ")
    return PRIORS.get(key) or f"{ITEMS.get(item, item)} of {name(code)}"


PAIRS = {
    "caldara": "Caldara et al. 2019", "kilian_murphy": "Kilian, Murphy 2014",
    "baumeister": "Baumeister, Hamilton 2019", "low_case": "low case (prior)",
}  # fmt: skip
"""Pair of elasticities -> who published it."""


def pair_words(name: str) -> str:
    """A pair of elasticities in words."""
    return PAIRS.get(name, name)


def _numbers(
    table: str, first: str, keys: Iterable[str], heading: Callable[[str], str] = str
) -> tuple[Column, ...]:
    numbers = (Column(key, heading(key), "number", write=partial(_decimals, key)) for key in keys)
    return columns(table, first, *numbers)


def _decimals(key: str, row: Row) -> str:
    return words.number(row[key], decimals=row["decimals"])
