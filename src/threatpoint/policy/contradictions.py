"""Contradictions: instruments that cannot both hold on one flow, named with an example."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.policy.bounds import PriceCap, Quota
from threatpoint.policy.instruments import Tariff
from threatpoint.policy.stop import StopBuying

if TYPE_CHECKING:
    from threatpoint.policy.compose import Array, Hit, Hits
    from threatpoint.policy.scope import Mask
    from threatpoint.world.economy import Economy

CUT_AND = {
    "Tariff": "put a tariff on a flow that is completely cut off",
    "ExportTax": "put an export tax on a flow that is completely cut off",
    "TradeCost": "put a cost on a flow that is completely cut off",
    "Quota": "put a quota on a flow that is completely cut off",
    "PriceCap": "put a price cap on a flow that is completely cut off",
}
"""What an instrument does to a flow that is no more."""


def contradictions(hits: Hits, economy: Economy) -> list[str]:
    """Pairs of instruments that cannot both hold on a same cell, one sentence each.

    Where one side of a stand-off cuts what the other side taxes or cuts too, nothing contradicts:
    each decides alone and the stricter cut holds.
    """
    problems: list[str] = []
    for one, other in combinations(hits, 2):
        both = one.cells & other.cells
        cut = one.removed is not None or other.removed is not None
        if not both.any() or (cut and one.answer != other.answer):
            continue
        why, where = _clash(one, other, both)
        if why and where.any():
            n, i, j = (int(p) for p in np.argwhere(where)[0])
            example = (
                f"{economy.countries[n]} buying {economy.sectors[j]} from {economy.countries[i]}"
            )
            problems.append(
                f"contradiction: [{one.item.describe()}] and [{other.item.describe()}] {why} on "
                f"{int(where.sum())} flow(s), e.g. {example}; drop one of them there"
            )
    return problems


def _clash(one: Hit, other: Hit, both: Mask) -> tuple[str, Mask]:
    """Why two instruments cannot share cells, '' if they can, and which cells these are."""
    if one.removed is not None and other.removed is not None:
        differ = both & (one.removed != other.removed)
        if differ.any():
            return "cut off with different enforcement", differ
        alike = one.escape_cost == other.escape_cost
        return "" if alike else "let flows through at different costs", both
    if one.removed is not None:
        return CUT_AND[type(other.item).__name__], both & _gone(one, one.removed, other)
    if other.removed is not None:
        return CUT_AND[type(one.item).__name__], both & _gone(other, other.removed, one)
    return _two_of_a_kind(one, other), both


def _gone(cut: Hit, removed: Array, rest: Hit) -> Mask:
    """Cells of which nothing is left; of a capped good, nothing of that good."""
    stop, capped = cut.item, rest.item
    if (
        isinstance(stop, StopBuying)
        and isinstance(capped, PriceCap)
        and stop.enforcement == 1.0
        and capped.good in stop.goods_words
    ):
        return cut.cells
    return removed == 1.0


def _two_of_a_kind(one: Hit, other: Hit) -> str:
    """Why two instruments that cut nothing cannot share a cell, '' if they can."""
    first, second = one.item, other.item
    if isinstance(first, Tariff) and isinstance(second, Tariff):
        if first.mode == second.mode == "set" and first.rate != second.rate:
            return "set different tariffs"
        alike = (first.enforcement, first.evasion_cost) == (second.enforcement, second.evasion_cost)
        return "" if alike else "levy tariffs with different enforcement or evasion cost"
    if isinstance(first, Quota) and isinstance(second, Quota):
        alike = (first.volume, first.payee) == (second.volume, second.payee)
        return "" if alike else "set different quotas"
    if isinstance(first, PriceCap) and isinstance(second, PriceCap):
        return "" if _same_cap(first, second) else "set different price caps"
    if {type(first), type(second)} == {Quota, PriceCap}:
        return "bind both price and volume, which leaves open who earns the rent,"
    return ""


def _same_cap(one: PriceCap, other: PriceCap) -> bool:
    """Whether two caps say the same of a flow they share."""
    figures = [(c.good, c.cap, c.served, c.evasion_cost, c.unit) for c in (one, other)]
    return figures[0] == figures[1]


def without_price(what: str, rates: Array, economy: Economy) -> list[str]:
    """Rates (N, N, S) that add up to -100 % or less, which leaves no price; one sentence."""
    low = np.argwhere(rates <= -1.0)
    if not len(low):
        return []
    n, i, j = (int(p) for p in low[0])
    return [
        f"the {what} add up to {100 * rates[n, i, j]:g} % on {economy.sectors[j]} of "
        f"{economy.countries[n]} from {economy.countries[i]}; keep them above -100 %"
    ]
