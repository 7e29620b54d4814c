"""Contradictions: instruments that cannot both hold on one flow, named with an example."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.policy.compose import Hits
    from threatpoint.policy.instruments.effect import Effect
    from threatpoint.world.economy import Economy


def contradictions(hits: Hits, economy: Economy) -> list[str]:
    """Pairs of instruments that cannot both hold on a same cell, one sentence each.

    Where one side of a stand-off cuts what the other side taxes or cuts too, nothing contradicts:
    each decides alone and the stricter cut holds.
    """
    problems: list[str] = []
    for one, other in combinations(hits, 2):
        both = one.effect.cells & other.effect.cells
        cut = one.effect.cut is not None or other.effect.cut is not None
        if not both.any() or (cut and one.answer != other.answer):
            continue
        why, where = _clash(one.effect, other.effect, both)
        if why and where.any():
            n, i, j = (int(p) for p in np.argwhere(where)[0])
            example = (
                f"{economy.countries[n]} buying {economy.sectors[j]} from {economy.countries[i]}"
            )
            problems.append(
                f"contradiction: [{one.words}] and [{other.words}] {why} on "
                f"{int(where.sum())} flow(s), e.g. {example}; drop one of them there"
            )
    return problems


def _clash(one: Effect, other: Effect, both: Mask) -> tuple[str, Mask]:
    """Why two effects cannot share cells, '' if they can, and which cells these are."""
    if one.cut is not None and other.cut is not None:
        differ = both & (one.cut != other.cut)
        if differ.any():
            return "cut off with different enforcement", differ
        return "let flows through at different costs", _differ(one, other, both, "leak_cost")
    if one.cut is not None or other.cut is not None:
        cut, rest = (one, other) if one.cut is not None else (other, one)
        what = f"put {_charge(rest)} on a flow that is completely cut off"
        return what, both & _gone(cut, rest)
    why, where = _two_tariffs(one, other, both) if one.tariff and other.tariff else ("", both)
    return (why, where) if why and where.any() else (_two_bounds(one, other), both)


def _charge(effect: Effect) -> str:
    """What an effect puts on a flow."""
    charges = {
        "a tariff": effect.tariff,
        "an export tax": effect.export_tax is not None,
        "a cost": effect.cost is not None,
        "a quota": effect.volume is not None,
    }
    return next((words for words, given in charges.items() if given), "a price cap")


def _gone(cut: Effect, rest: Effect) -> Any:
    """Cells of which nothing is left; of a capped good, nothing of that good."""
    return cut.cells if cut.kept.get(rest.capped) == 0 else cut.cut == 1.0


def _differ(one: Effect, other: Effect, both: Mask, *names: str) -> Mask:
    """Cells on which two effects have another figure."""
    found = np.zeros_like(both)
    for name in names:
        found |= both & (np.asarray(getattr(one, name)) != np.asarray(getattr(other, name)))
    return found


def _two_tariffs(one: Effect, other: Effect, both: Mask) -> tuple[str, Mask]:
    """Why two tariffs cannot share cells, and which."""
    if one.tariff_set is not None and other.tariff_set is not None:
        differ = _differ(one, other, both, "tariff_set")
        if differ.any():
            return "set different tariffs", differ
    differ = _differ(one, other, both, "evading", "evasion_cost")
    return "levy tariffs with different enforcement or evasion cost", differ


def _two_bounds(one: Effect, other: Effect) -> str:
    """Why two bounds cannot share a cell, '' if they can."""
    if one.volume and other.volume:
        figures = [(limit.volume, limit.payee) for limit in (one.volume, other.volume)]
        return "" if figures[0] == figures[1] else "set different quotas"
    if one.prices and other.prices:
        return "" if _same_caps(one, other) else "set different price caps"
    if (one.volume or other.volume) and (one.prices or other.prices):
        return "bind both price and volume, which leaves open who earns the rent,"
    return ""


def _same_caps(one: Effect, other: Effect) -> bool:
    """Whether two caps say the same of the flows they share."""
    return one.capped == other.capped and all(
        (a.cap, a.served, a.cost) == (b.cap, b.served, b.cost)
        for a in one.prices
        for b in other.prices
        if (a.cells & b.cells).any()
    )


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
