"""The sender's side as rows: its options, the payoff matrix, who is worth threatening.

Money is USD bn per year; percent is of baseline real income (final expenditure).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from threatpoint.strategy.coalition import without_target
from threatpoint.strategy.game import COMPLY, DEFY, PUNISHED, RETALIATES, NoWorld, or_nan, put
from threatpoint.strategy.perfect import Equilibria, equilibria
from threatpoint.strategy.worlds import in_usd_bn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from threatpoint.strategy.game import Game
    from threatpoint.strategy.store import World
    from threatpoint.strategy.threat import ThreatGame

Row = dict[str, Any]
NO_THREAT, WORKS, BACK_DOWN = "no threat", "threat works: all comply", "back down on all"
CARRIED_OUT, ALL_BACK = "carry out on all", "carry out on all, all retaliate"


def option_rows(threat: ThreatGame, settle: Mapping[str, World] | None = None) -> list[Row]:
    """The sender's options side by side, if all targets defy.

    Args:
        threat: the solved threat.
        settle: words -> world of a smaller punishment of all targets, solved by the caller.
    """
    game, k = threat.game, len(threat.game.targets)
    plans = [
        (NO_THREAT, DEFY * k, 0.0),
        (WORKS, COMPLY * k, math.nan),
        (CARRIED_OUT, PUNISHED * k, math.nan),
        (BACK_DOWN, DEFY * k, math.nan),
    ]
    if game.retaliation:
        plans.insert(3, (ALL_BACK, RETALIATES * k, math.nan))
    rows: list[Row] = []
    for words, profile, utility in plans:
        try:
            worth = game.sender_utility(profile) if math.isnan(utility) else utility
            change, reason = game.payoff(profile), ""
            rows.append(_option(threat, words, change.sender, worth, change.revenue_lost, reason))
            rows[-1] |= {
                f"{target}_usd_bn": change_of
                for target, change_of in zip(game.targets, change.targets, strict=True)
            }
        except NoWorld as error:
            rows.append(_option(threat, words, math.nan, math.nan, math.nan, str(error)))
            rows[-1] |= {f"{target}_usd_bn": math.nan for target in game.targets}
    before = threat.worlds[DEFY * k].revenue
    rows += [_settled(threat, words, world, before) for words, world in (settle or {}).items()]
    return rows


def _option(
    threat: ThreatGame, words: str, change: float, worth: float, lost: float, reason: str
) -> Row:
    """One option; every money column is a change, so a loss is below 0."""
    return {
        "option": words,
        "sender": threat.game.sender,
        "horizon": threat.question.horizon,
        "sender_usd_bn": change,
        "sender_percent": 100 * change / threat.income(threat.question.senders),
        "sender_utility_usd_bn": worth,
        **({"seller_revenue_usd_bn": 0.0 - lost} if threat.question.action else {}),
        "status": reason or "solved",
    }


def _settled(threat: ThreatGame, words: str, world: World, before: float) -> Row:
    """A smaller punishment of all targets; no audience cost is counted."""
    economy = threat.question.economy

    def usd(codes: tuple[str, ...]) -> float:
        return in_usd_bn(float(world.change[[economy.country(c) for c in codes]].sum()), economy)

    change = usd(threat.question.senders)
    lost = in_usd_bn(before - world.revenue, economy)
    worth = change + threat.game.terms.value("weight") * lost
    row = _option(threat, words, change, worth, lost, world.reason)
    return row | {f"{party}_usd_bn": usd(codes) for party, codes in threat.parties.items()}


def bill_rows(threat: ThreatGame) -> list[Row]:
    """What each member of several senders gains or loses, and their sum; empty for one sender."""
    senders, k = threat.question.senders, len(threat.game.targets)
    if len(senders) < 2:
        return []
    fates = {"carried_out": PUNISHED * k, "all_comply": COMPLY * k}
    if threat.game.retaliation:
        fates["all_retaliate"] = RETALIATES * k
    rows: list[Row] = []
    for member, codes in [*((code, (code,)) for code in senders), ("together", senders)]:
        row: Row = {"member": member, "horizon": threat.question.horizon}
        for words, profile in fates.items():
            change = or_nan(threat.change, profile, codes)
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
    for first in game.letters:
        for second in game.letters:
            profile = put(put(DEFY * len(game.targets), 0, first), 1, second)
            row: Row = {"profile": profile, game.targets[0]: first, game.targets[1]: second}
            try:
                row |= {
                    "sender_usd_bn": game.sender_utility(profile),
                    f"{game.targets[0]}_usd_bn": game.target_utility(profile, 0),
                    f"{game.targets[1]}_usd_bn": game.target_utility(profile, 1),
                    "status": "solved",
                }
            except NoWorld as error:
                row |= {"sender_usd_bn": math.nan}
                row |= {f"{t}_usd_bn": math.nan for t in game.targets[:2]}
                row["status"] = str(error)
            rows.append(row)
    return rows


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
        everybody = PUNISHED * len(game.targets)
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
    k = len(threat.game.targets)
    rows: list[Row] = []
    for i, target in enumerate(threat.game.targets):
        for code in threat.question.senders:
            fates = (put(DEFY * k, i, PUNISHED), DEFY * k)
            hit, spared = (or_nan(threat.change, fate, (code,)) for fate in fates)
            gain = hit - spared
            rows.append({"sender": code, "target": target, "gain_usd_bn": gain, "pays": gain >= 0})
    return rows
