"""The sender's side as rows: its options, the payoff matrix, who is worth threatening.

Money is USD bn per year; percent is of baseline real income (final expenditure).
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from threatpoint.strategy.coalition import without_target
from threatpoint.strategy.game import (
    COMPLY,
    DEFY,
    PUNISHED,
    RETALIATES,
    Payoff,
    answered,
    or_nan,
    put,
    words_of,
)
from threatpoint.strategy.perfect import Equilibria, equilibria
from threatpoint.strategy.threat import payoff

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from threatpoint.strategy.game import Game
    from threatpoint.strategy.store import World
    from threatpoint.strategy.threat import ThreatGame

Row = dict[str, Any]
NO_THREAT, WORKS, BACK_DOWN = "no threat", "threat works: all give in", "back down on all"
CARRIED_OUT, ALL_BACK = "carry out on all", "carry out on all, all retaliate"
OPTIONS = {
    NO_THREAT: DEFY,
    WORKS: COMPLY,
    CARRIED_OUT: PUNISHED,
    ALL_BACK: RETALIATES,
    BACK_DOWN: DEFY,
}
"""Option of the sender -> what all targets then do or suffer."""


def option_rows(threat: ThreatGame, settle: Mapping[str, World] | None = None) -> list[Row]:
    """The sender's options side by side, if all targets defy.

    Args:
        threat: the solved threat.
        settle: words -> world of a smaller punishment of all targets, solved by the caller.
    """
    game = threat.game
    rows = [
        _option(threat, words, game.everybody(letter))
        for words, letter in OPTIONS.items()
        if letter in game.letters
    ]
    before = threat.worlds[game.everybody(DEFY)].revenue
    rows += [_settled(threat, words, world, before) for words, world in (settle or {}).items()]
    return rows


def _option(threat: ThreatGame, words: str, profile: str) -> Row:
    """One option of the game."""
    game = threat.game
    unknown = Payoff(math.nan, (math.nan,) * len(game.targets), math.nan)
    change, reason = answered(unknown, game.payoff, profile)
    if not reason:
        incomes = tuple(game.income(profile, i) for i in range(len(game.targets)))
        change = replace(change, targets=incomes)
    free = words == NO_THREAT and not reason  # without a threat sparing costs no standing
    worth = 0.0 if free else or_nan(game.sender_utility, profile)
    return _option_row(threat, words, change, worth, reason)


def _settled(threat: ThreatGame, words: str, world: World, before: float) -> Row:
    """A smaller punishment of all targets; no audience cost is counted."""
    change = payoff(threat.question, world, before)
    worth = change.sender + threat.game.terms.value("weight") * change.revenue_lost
    return _option_row(threat, words, change, worth, world.reason)


def _option_row(threat: ThreatGame, words: str, change: Payoff, worth: float, reason: str) -> Row:
    """One option; every money column is a change, so a loss is below 0."""
    question = threat.question
    return {
        "option": words,
        "sender": threat.game.sender,
        "horizon": question.horizon,
        "sender_usd_bn": change.sender,
        "sender_percent": 100 * change.sender / threat.income(question.senders),
        "sender_utility_usd_bn": worth,
        **({"seller_revenue_usd_bn": 0.0 - change.revenue_lost} if question.rule.when else {}),
        "status": reason or "solved",
        **by_party(threat.game.targets, change.targets),
    }


def by_party(parties: Iterable[str], values: Iterable[float]) -> Row:
    """A column of money for each party."""
    return {f"{party}_usd_bn": value for party, value in zip(parties, values, strict=True)}


def bill_rows(threat: ThreatGame) -> list[Row]:
    """What each member of several senders gains or loses, and their sum; empty for one sender."""
    senders, game = threat.question.senders, threat.game
    if len(senders) < 2:
        return []
    fates = {"carried_out": PUNISHED, "all_comply": COMPLY, "all_retaliate": RETALIATES}
    rows: list[Row] = []
    for member, codes in [*((code, (code,)) for code in senders), ("together", senders)]:
        row: Row = {"member": member, "horizon": threat.question.horizon}
        for words, letter in fates.items():
            if letter not in game.letters:
                continue
            change = or_nan(threat.change, game.everybody(letter), codes)
            row[f"{words}_usd_bn"] = change
            row[f"{words}_percent"] = 100 * change / threat.income(codes)
        rows.append(row)
    return rows


def matrix_rows(threat: ThreatGame) -> list[Row]:
    """Payoffs for every pair of fates of the two largest targets; all others defy, are spared."""
    game = threat.game
    if len(game.targets) < 2:
        return []
    rows: list[Row] = []
    for pair in words_of(game.letters, 2):
        profile = pair + DEFY * (len(game.targets) - 2)
        paid, reason = answered([math.nan] * 3, _paid, game, profile)
        row: Row = {"profile": profile, **dict(zip(game.targets, pair, strict=False))}
        rows.append(
            row | by_party(("sender", *game.targets[:2]), paid) | {"status": reason or "solved"}
        )
    return rows


def _paid(game: Game, profile: str) -> list[float]:
    """The utilities of the sender and of the two largest targets."""
    return [game.sender_utility(profile), *(game.target_utility(profile, i) for i in range(2))]


def dropping_rows(threat: ThreatGame, moves: str = "simultaneous") -> list[Row]:
    """The value to the sender of leaving each target out of the threat."""
    game = threat.game
    if len(game.targets) < 2:
        return []
    best = best_for_sender(equilibria(game, moves))
    rows: list[Row] = []
    for i, target in enumerate(game.targets):
        smaller = best_for_sender(equilibria(without_target(game, target), moves))
        row: Row = {
            "target": target,
            "best_with_usd_bn": best,
            "best_without_usd_bn": smaller,
            "value_of_dropping_usd_bn": smaller - best,
        }
        everybody = game.everybody(PUNISHED)
        spared, hit = (or_nan(_sender, game, p) for p in (put(everybody, i, DEFY), everybody))
        rows.append(row | {"carrying_out_saved_usd_bn": spared - hit})
    return rows


def _sender(game: Game, profile: str) -> float:
    """What a profile is worth to the sender, before political terms."""
    return game.payoff(profile).sender


def best_for_sender(found: Equilibria) -> float:
    """The sender's best equilibrium payoff; NaN without an equilibrium."""
    return max((one.sender for one in found.found), default=math.nan)


def member_rows(threat: ThreatGame) -> list[Row]:
    """Per sender and target: what the member gains by the coalition punishing that target alone."""
    quiet = threat.game.everybody(DEFY)
    rows: list[Row] = []
    for i, target in enumerate(threat.game.targets):
        for code in threat.question.senders:
            fates = (put(quiet, i, PUNISHED), quiet)
            hit, spared = (or_nan(threat.change, fate, (code,)) for fate in fates)
            gain = hit - spared
            rows.append({"sender": code, "target": target, "gain_usd_bn": gain, "pays": gain >= 0})
    return rows
