"""A fifth less Russian oil, or a fifth off its price, in our market at a stated volume and price.

The paper's model is of oil, products included, and of profits. So the shipped market of 2023 is
blown up to the stated volumes, oil is one good at one price whoever pumps it, products that leave
are exports like crude, freight has no premium, and what is not pumped saves its cost.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from threatpoint.oil.cleared import Cleared
from threatpoint.oil.clearing import clear
from threatpoint.oil.crude import Crude
from threatpoint.oil.inputs import market_of_day
from threatpoint.oil.receipts import Receipts
from validation.check import Check, compare, published
from validation.crude_market import numbers, outlets

PRICE = 100.0
"""USD a barrel, of all oil, the seller's too: no discount before."""

EXPORTS, OUTPUT, WORLD = 7.6, 10.9, 100.0
"""mb/d of all liquids: the seller's exports and output, and the world's output."""

COST = 19.0
"""USD a barrel that pumping it costs: Johnson, Rachel & Wolfram, NBER Working Paper 31347, as in
the priors of the market's shut-in price."""

CUT = 0.2
"""Share of the volume, or of the price, that is taken away."""

ROWS = published(__file__)
DISCOUNT, VOLUME = "20 % discount", "20 % less volume"


def market(pair: str | None, horizon: str) -> Crude:
    """The market at the stated volumes and prices, nothing done."""
    plain = market_of_day(outlets(), numbers("2023", pair, horizon), "hold")
    one = np.ones_like(plain.price)
    home, abroad = OUTPUT - EXPORTS, WORLD - OUTPUT
    sea = np.ones_like(plain.haul)
    return replace(
        plain,
        world_price=PRICE * one,
        price=PRICE * one,
        net_before=PRICE * one,
        cap=np.inf * one,
        landed=np.zeros_like(plain.landed),
        bought=plain.bought * EXPORTS / plain.bought.sum(),
        runs=plain.runs * (WORLD - home) / plain.runs.sum(),
        elsewhere=plain.elsewhere * abroad / plain.elsewhere.sum(),
        home=home * one,
        haul=sea,
        fleet=0.0 * one,
        tau=0.01 * one,
        home_room=0.0 * one,
        own_fleet=0.0 * one,
        evasion=1e9 * one,
    )


def profit(found: Cleared) -> float:
    """Of the seller's exports, USD million a day."""
    return float(Receipts(found).revenue[0]) - COST * float(found.exports[0])


def change(measure: str, pair: str | None, horizon: str) -> float:
    """Of the profit under a measure, USD million a day."""
    before = market(pair, horizon)
    after = {DISCOUNT: discounted, VOLUME: held}[measure](before)
    return profit(clear(after)) - profit(clear(before))


def discounted(before: Crude) -> Crude:
    """Every barrel is served, and sells at a fifth less."""
    return replace(before, cap=(1.0 - CUT) * before.price)


def held(before: Crude) -> Crude:
    """Exports are a fifth less to every buyer, and the seller earns what scarcity is worth."""
    quota = (1.0 - CUT) * before.bought
    return replace(before, quota=quota, to_seller=np.ones_like(quota))


CASES = {
    "low_case": ("low_case", "short"),
    "kilian_murphy": ("kilian_murphy", "short"),
    "caldara": ("caldara", "short"),
    "baumeister": ("baumeister", "short"),
    "medium": (None, "medium"),
    "long": (None, "long"),
}
"""Item -> pair of elasticities and horizon."""


def _compared(*, why: bool) -> list[Check]:
    rows = [row for row in ROWS if bool(row["explained"]) == why]
    computed = {(r["measure"], r["item"]): change(r["measure"], *CASES[r["item"]]) for r in rows}
    return compare(rows, computed)


def checks() -> list[Check]:
    """Row 20: what must hold."""
    return _compared(why=False)


def explained() -> list[Check]:
    """Row 20: gaps above a quarter; their reason is that number of differences.md."""
    return _compared(why=True)
