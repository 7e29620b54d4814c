"""Contradictions: instruments that cannot both hold on one flow, named with an example."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.policy.acts import CapAct, QuotaAct, clash
from threatpoint.policy.compose import all_gone, gone

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.policy.compose import Hit, Hits
    from threatpoint.policy.instruments.effect import Effect
    from threatpoint.world.economy import Economy


def contradictions(hits: Hits, economy: Economy) -> list[str]:
    """Instruments that cannot both hold on a same cell or market, one sentence each.

    Where one side of a stand-off cuts what the other side taxes or cuts too, nothing contradicts:
    each decides alone and the stricter cut holds.
    """
    problems = _without_flows(hits)
    for one, other in combinations(hits, 2):
        problems += _on_a_market(one, other)
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


def _without_flows(hits: Hits) -> list[str]:
    """What is done to flows of a market that the same side cuts off, all of them."""
    return [
        f"contradiction: [{hit.words}] is about flows that are all completely cut off; drop it"
        for hit in hits
        for act in hit.effect.acts
        if all_gone(act, hit, [other for other in hits if other.answer == hit.answer])
    ]


def _on_a_market(one: Hit, other: Hit) -> list[str]:
    """Two acts on the market of a good that cannot both hold."""
    pairs = ((a, b) for a in one.effect.acts for b in other.effect.acts)
    return [
        f"contradiction: [{one.words}] and [{other.words}] {why} on the market of {a.good}; drop "
        "one of them"
        for a, b in pairs
        if (why := clash(a, b))
    ]


def _clash(one: Effect, other: Effect, both: Mask) -> tuple[str, Mask]:
    """Why two effects cannot share cells, '' if they can, and which cells these are."""
    if one.cut is not None and other.cut is not None:
        differ = both & (one.cut != other.cut)
        if differ.any():
            return "cut off with different enforcement", differ
        return "let flows through at different costs", _differ(one, other, both, "leak_cost")
    if one.cut is not None or other.cut is not None:
        cut, rest = (one, other) if one.cut is not None else (other, one)
        charge = _charge(rest)
        return charge and f"put {charge} on a flow that is completely cut off", both & gone(cut)
    why, where = _two_tariffs(one, other, both) if one.tariff and other.tariff else ("", both)
    return (why, where) if why and where.any() else (_two_bounds(one, other), both)


def _charge(effect: Effect) -> str:
    """What an effect puts on a flow, '' for nothing."""
    charges = {
        "a tariff": effect.tariff,
        "an export tax": effect.export_tax is not None,
        "a cost": effect.cost is not None,
        "an iceberg cost": effect.iceberg is not None,
        "a quota": effect.volume is not None,
    }
    return next((words for words, given in charges.items() if given), "")


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
    acts = (*one.acts, *other.acts)
    if not (one.volume or other.volume):
        return ""
    if any(isinstance(act, CapAct) for act in acts):
        return "bind both price and volume, which leaves open who earns the rent,"
    inside = any(isinstance(act, QuotaAct) for act in acts)
    return "set quotas on a sector and on a good inside it" if inside else ""


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
