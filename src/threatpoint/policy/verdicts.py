"""Verdicts: whether a rule may hit a party, and why, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from threatpoint.units import money_words, percent_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from threatpoint.policy.targets import Action, Purchases
    from threatpoint.world.economy import Economy

Verdict: TypeAlias = Literal[
    "target", "named", "added", "below", "exempted", "not named", "no trade", "group of states",
    "sender", "seller", "unknown", "none",
]  # fmt: skip

NEAR = 0.25
"""A figure within this share of a threshold is said to be near it, with the distance."""


@dataclass(frozen=True)
class Party:
    """Who decides as one: a country alone or a customs union."""

    name: str
    members: tuple[str, ...]
    union: bool
    value: float
    share: float
    known: bool


@dataclass(frozen=True)
class Buyer:
    """One economy's purchases of what an action names, and the verdict on it.

    Attributes:
        country, name: code and full name.
        value: purchases from the seller per year, in the economy's money unit.
        share_of_imports: of its imports of the sectors that hold these goods.
        share_of_exports: of the seller's exports of these goods.
        basis: how the value came about ("observed", "scaled", "estimated", "not recorded").
        union: the customs union that decides for it, "" if it decides alone.
        measured_value, measured_share: what the thresholds are tested on: its own figures, or
            those of its union (imports from outside the union only).
        target: hit by the rule.
        verdict: one word or two, for tables and tests.
        reason: the verdict in words.
    """

    country: str
    name: str
    value: float
    share_of_imports: float
    share_of_exports: float
    basis: str
    union: str
    measured_value: float
    measured_share: float
    target: bool
    verdict: Verdict
    reason: str


def verdict_on(
    economy: Economy,
    action: Action,
    party: Party,
    sets: Mapping[str, set[str]],
    bought: Purchases,
    reachable: set[str],
) -> tuple[Verdict, str]:
    """The verdict on a party and its reason."""
    if party.name in sets["sender"]:
        union = "in a customs union with the sender"
        return "sender", union if party.union else "the sender itself"
    if party.name in sets["seller"]:
        return "seller", "the seller's customs union" if party.union else "the seller itself"
    deed = _deed(economy, party, bought.sectors)
    if party.name in economy.residuals:
        return "group of states", f"{deed}; a group of states buys but does not decide"
    if party.value <= 0 and not party.known:
        return "unknown", _unreported(economy, party, bought)
    if party.value <= 0:
        return "none", "buys none of it"
    if party.name in sets["exempted"]:
        return "exempted", f"{deed}; exempted by the rule"
    if sets["named"] and party.name not in sets["named"] | sets["added"]:
        return "not named", f"{deed}; the rule names others only"
    if not reachable & set(party.members):
        return "no trade", f"{deed}; has no trade with the sender that the rule could hit"
    if party.name in sets["named"]:
        return "named", f"{deed}; named by the rule"
    if party.name in sets["added"]:
        return "added", f"{deed}; added by the rule"
    tests = _thresholds(action, party.value, party.share, economy)
    if short := _shortfall(tests):
        return "below", f"{deed}: {short}"
    return "target", f"{deed}: {_met(tests)}"


def _deed(economy: Economy, party: Party, sectors: tuple[str, ...]) -> str:
    """'buys USD 60 bn, 20 % of its imports of OILGAS, REFPET'."""
    outside = " from outside the union" if party.union else ""
    subject = f"as one customs union ({party.name}) " if party.union else ""
    share = f", {percent_words(party.share)} of its imports of {', '.join(sectors)}{outside}"
    return f"{subject}buys {money_words(party.value, economy.unit)}{share if sectors else ''}"


def _unreported(economy: Economy, party: Party, bought: Purchases) -> str:
    """That no source used has a figure, and what the table's whole sectors hold instead."""
    if bought.as_figures:
        return "no figure is given; counted as nothing"
    buyers = [economy.country(code) for code in party.members]
    sectors = [economy.sector(code) for code in bought.sectors]
    cells = float(economy.trade[buyers][:, bought.sellers][:, :, sectors].sum())
    held = money_words(cells, economy.unit) if cells > 0 else "nothing"
    return (
        "the sources used name no figure; counted as nothing (the table's cells of "
        f"{', '.join(bought.sectors)} hold {held} from the seller)"
    )


Tests: TypeAlias = list[tuple[float, float, str]]


def _thresholds(action: Action, value: float, share: float, economy: Economy) -> Tests:
    """Figure, least figure, and this in words: of the value and of the share."""
    floor, least = action.floor(economy), action.min_share
    return [
        (value, floor, money_words(floor, economy.unit)),
        (share, least, percent_words(least)),
    ]


def _shortfall(tests: Tests) -> str:
    """Which thresholds are missed, '' if none is; by how much where it is near."""
    missed = [words + _distance(have, least) for have, least, words in tests if have < least]
    return f"below {' and '.join(missed)}" if missed else ""


def _met(tests: Tests) -> str:
    """Which thresholds there were to meet, and those that are met only just."""
    count = sum(least > 0 for _, least, _ in tests)
    words = ("no threshold set", "above the threshold", "above both thresholds")[count]
    near = [text + gap for have, least, text in tests if (gap := _distance(have, least))]
    return f"{words}, but near {' and '.join(near)}" if near else words


def _distance(figure: float, threshold: float) -> str:
    """' (by 4 %)' for a figure near a threshold, else ''."""
    if threshold <= 0 or figure <= 0:
        return ""
    gap = abs(figure / threshold - 1)
    return f" (by {percent_words(gap)})" if gap < NEAR else ""


def closest(when: Action, table: list[Buyer], economy: Economy) -> str:
    """Who came closest to the thresholds, and by how much."""
    near = [b for b in table if b.verdict == "below" and b.measured_value > 0]
    if not near:
        why = [f"{b.country} {b.reason}" for b in table if b.value > 0][:3]
        return "; ".join(why) or f"nobody {when.describe()} in this table"

    def tests(b: Buyer) -> Tests:
        return _thresholds(when, b.measured_value, b.measured_share, economy)

    best = max(near, key=lambda b: min(have / least for have, least, _ in tests(b) if least > 0))
    (value, floor, floor_words), (share, least, least_words) = tests(best)
    gaps: list[str] = []
    if value < floor:
        gap = money_words(floor - value, economy.unit)
        gaps.append(f"{gap} below the least value of {floor_words}")
    if share < least:
        points = f"{100 * (least - share):.2g} percentage points"
        gaps.append(f"{points} below the least share of {least_words}")
    return (
        f"closest is {best.union or best.country} ({best.reason}), {' and '.join(gaps)}; "
        "lower a threshold or add it by name"
    )
