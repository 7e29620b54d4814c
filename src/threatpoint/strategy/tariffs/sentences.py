"""What was found, in sentences: what to expect first, then how far it is sure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.strategy.tariffs.found import HIGHEST
from threatpoint.strategy.tariffs.rates import WAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threatpoint.strategy.tariffs.optimal import OptimalTariff
    from threatpoint.strategy.tariffs.war import TariffWar
    from threatpoint.world.economy import Economy

SAME = 1e-6
"""Gains that differ by less, of the largest, are the same."""


def best_sentences(economy: Economy, found: OptimalTariff) -> Iterator[str]:
    """The best tariffs: what they bring, whether they are a maximum, where the starts led."""
    who = _names(economy, found.importer)
    if not found.gain > 0:
        yield (
            f"No added tariff on these goods pays {who}: income falls from the first point on "
            f"({_looked(found.bounds)})."
        )
    else:
        brings = f"would pay {who} best: {words.usd_change(found.gain)} a year"
        others = f"those it is on together: {words.usd_change(-found.loss)}"
        gone = f" {_gone(found)}" if len(found.rates) == 1 and found.rate > 0 else ""
        yield f"{_what(found)} {brings}; {others}.{gone}"
        yield words.sentence(f"{found.second_order.words} ({_looked(found.bounds)})")
    if len(found.starts) > 1:
        yield _starts(found)
    if found.lost:
        yield words.sentence(f"higher rates were not looked at: {found.lost}")
    if found.note:
        yield words.sentence(found.note)
    yield f"Nobody answers these tariffs; {words.count(found.solves, 'world')} solved."


def _what(found: OptimalTariff) -> str:
    """What would be done."""
    rate = words.percent(abs(100 * found.rate))
    if len(found.rates) > 1:
        sign = "" if found.rate >= 0 else words.MINUS
        return f"Added tariffs that differ ({WAYS[found.by]}), {sign}{rate} on average,"
    if found.rate < 0:
        return f"Taking {rate.removesuffix('%').strip()} points off the tariff in force"
    return f"An added tariff of {rate}"


def war_sentences(economy: Economy, war: TariffWar) -> Iterator[str]:
    """The points found, whether each is one, and what was searched."""
    count, first = len(war.points), war.points[0]
    parts = [
        f"{_names(economy, side)} {words.percent(100 * rate)} ({words.usd_change(change)} a year)"
        for side, rate, change in zip(war.sides, first.means, first.changes, strict=True)
    ]
    yield f"Added tariffs that answer each other: {words.listing(parts)}."
    led = sum(1 for point in war.starts.values() if point is not None)
    found = "one point" if count == 1 else f"{count} points"
    yield (
        f"{led} of {len(war.starts)} starts (no added tariff, the highest rates, drawn rates) led "
        f"to {found} ({_looked(war.bounds)}). A search finds no proof that there is no other."
    )
    if war.note:
        yield words.sentence(war.note)
    if not any(all(r.bound == HIGHEST for r in point.rates) for point in war.points):
        yield (
            "From no start did all rates end at the highest: no tariff war that all but stops "
            "trade was found."
        )
    for k, point in enumerate(war.points):
        name = "It" if count == 1 else f"Point {k + 1}"
        yield f"{name} {_verdict(point.mutual, point.at_bounds)}."


def _verdict(mutual: bool, held: int) -> str:
    at = f"; bounds hold {words.count(held, 'rate')}" if held else ""
    if mutual:
        return f"is an equilibrium: each side's best reply, sought anew, is what it has{at}"
    return f"is no equilibrium as tested: a side's best reply, sought anew, is another{at}"


def _names(economy: Economy, side: str) -> str:
    return words.listing([words.place(code, economy) for code in side.split("+")])


def _looked(bounds: tuple[float, float]) -> str:
    low, high = (words.percent(100 * end) for end in bounds)
    return f"rates from {low} to {high} looked at"


def _gone(found: OptimalTariff) -> str:
    if math.isinf(found.gone):
        return "The gain is not gone at any rate looked at."
    return f"The gain is gone at {words.percent(100 * found.gone)}."


def _starts(found: OptimalTariff) -> str:
    most = max(found.starts.values())
    same = [x for x, gain in found.starts.items() if abs(gain - most) <= SAME * abs(most)]
    if len(same) == len(found.starts):
        return f"All {len(same)} starts led there."
    return f"{len(same)} of {len(found.starts)} starts led there: {words.listing(same)}."
