"""Results of a threat game as rows, ready for CSV or JSON, with their definitions.

Money is USD bn per year; percent is of baseline real income (final expenditure).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from threatpoint.strategy import answers as a
from threatpoint.strategy.coalition import without_target
from threatpoint.strategy.game import COMPLY, DEFY, PUNISHED, NoWorld, put, spell
from threatpoint.strategy.perfect import Equilibria, equilibria
from threatpoint.strategy.thresholds import minimal_enforcement, minimal_tariff

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from threatpoint.strategy.quantal import Quantal
    from threatpoint.strategy.store import World
    from threatpoint.strategy.threat import ThreatGame

Row = dict[str, Any]

DEFINITIONS = {
    "bite": "K = real income if it defies and is spared, less if it defies and is punished, less "
    "psi; others defy and are spared",
    "compliance_cost": "L = real income if it defies and is spared, less if it complies, plus phi; "
    "others defy and are spared",
    "break_even_belief": "p* = L / K: it gives in if it thinks punishment at least this likely; "
    "above 1: never; 0 or less: anyway",
    "break_even_low": "smallest and largest p* over everything the other targets may do",
    "break_even_phi": "political value of the purchases above which it never gives in",
    "credibility": "Gamma = sender's utility if it punishes this defier, less if it spares it, "
    "others defy and are spared; the threat is credible if at least 0",
    "price_of_credibility": "kappa_min = what backing down would have to cost the sender for the "
    "threat to be believed; money only, B not counted",
    "price_with_all_punished": "the same when all other targets are punished too",
    "last_defier_discount": "L when all others comply, less L when all others defy: positive if "
    "the last buyer gives the oil up less gladly",
    "safety_in_numbers": "Gamma when all others are punished, less Gamma when all are spared: "
    "negative if punishing one more costs more, the more are punished",
    "minimal_tariff": "smallest added tariff on its goods at which it gives in if sure of it; "
    "others defy and are spared",
    "minimal_enforcement": "smallest enforcement of the cut-off at which it gives in if sure of it",
    "regret": "largest gain of one deviation; an equilibrium in pure strategies has none",
    "value_of_dropping": "sender's best equilibrium payoff without this target, less with it",
}


def target_rows(threat: ThreatGame, *, thresholds: bool = True) -> list[Row]:
    """One row per target, the largest buyer first; an answer without an equilibrium says so."""
    return [_target_row(threat, target, thresholds) for target in threat.game.targets]


def _target_row(threat: ThreatGame, target: str, thresholds: bool) -> Row:
    """All answers for one target."""
    game, economy = threat.game, threat.question.economy
    i = game.position(target)
    quiet, all_hit = DEFY * len(game.targets), PUNISHED * len(game.targets)
    members = threat.parties[target]
    why: dict[str, None] = {}

    def ask(step: Callable[[], float]) -> float:
        try:
            return step()
        except NoWorld as error:
            why[str(error)] = None
            return math.nan

    bite = ask(lambda: a.bite(game, i, quiet))
    cost = ask(lambda: a.compliance_cost(game, i, quiet))
    belief = math.nan if math.isnan(bite + cost) else a.break_even_belief(cost, bite)
    span = a.over_others(game, i, lambda p: _belief(threat, i, p))
    income = threat.income(members)
    row: Row = {
        "target": target,
        "name": economy.names.get(target, target),
        "horizon": threat.question.horizon,
        "buys_usd_bn": threat.purchases[target],
        "bite_usd_bn": bite,
        "bite_percent": 100 * bite / income,
        "compliance_cost_usd_bn": cost,
        "compliance_cost_percent": 100 * cost / income,
        "break_even_belief": belief,
        "break_even_low": span.low,
        "break_even_high": span.high,
        "break_even_phi_usd_bn": ask(lambda: a.break_even_phi(game, i, quiet)),
        "gives_in": gives_in(belief),
        "credibility_usd_bn": ask(lambda: a.credibility(game, i, quiet)),
        "credibility_with_all_punished_usd_bn": ask(lambda: a.credibility(game, i, all_hit)),
        "price_of_credibility_usd_bn": ask(lambda: a.price_of_credibility(game, i, quiet)),
        "price_with_all_punished_usd_bn": ask(lambda: a.price_of_credibility(game, i, all_hit)),
        "last_defier_discount_usd_bn": ask(lambda: a.last_defier_discount(game, i)),
        "safety_in_numbers_usd_bn": ask(lambda: a.safety_in_numbers(game, i)),
    }
    if thresholds and not math.isnan(cost):
        row |= _threshold_row(threat, target)
    row["profiles_without_equilibrium"] = span.left_out
    row["status"] = "; ".join(why) or "every world solved"
    return row


def _threshold_row(threat: ThreatGame, target: str) -> Row:
    tariff, enforcement = minimal_tariff(threat, target), minimal_enforcement(threat, target)
    return {
        "minimal_tariff_percent": 100 * tariff.value,
        "minimal_tariff_status": tariff.code,
        "minimal_tariff_words": tariff.words,
        "minimal_enforcement_percent": 100 * enforcement.value,
        "minimal_enforcement_status": enforcement.code,
        "minimal_enforcement_words": enforcement.words,
    }


def _belief(threat: ThreatGame, i: int, profile: str) -> float:
    game = threat.game
    return a.break_even_belief(a.compliance_cost(game, i, profile), a.bite(game, i, profile))


def gives_in(belief: float) -> str:
    """A break-even belief in words."""
    if math.isnan(belief):
        return "no answer"
    if belief <= 0:
        return "anyway"
    return "never" if belief > 1 else f"from {100 * belief:.0f} % on"


def option_rows(threat: ThreatGame, settle: Mapping[str, World] | None = None) -> list[Row]:
    """The sender's options side by side, if all targets defy.

    Args:
        threat: the solved threat.
        settle: words -> world of a smaller punishment of all targets, solved by the caller.
    """
    game, k = threat.game, len(threat.game.targets)
    plans = [
        ("no threat", DEFY * k, 0.0),
        ("threat works: all comply", COMPLY * k, math.nan),
        ("carry out on all", PUNISHED * k, math.nan),
        ("back down on all", DEFY * k, math.nan),
    ]
    rows: list[Row] = []
    for words, profile, utility in plans:
        try:
            worth = game.sender_utility(profile) if math.isnan(utility) else utility
            change, reason = game.payoff(profile), ""
            rows.append(_option(threat, words, change.sender, worth, change.revenue_lost, reason))
            rows[-1] |= {
                f"{t}_usd_bn": v for t, v in zip(game.targets, change.targets, strict=True)
            }
        except NoWorld as error:
            rows.append(_option(threat, words, math.nan, math.nan, math.nan, str(error)))
            rows[-1] |= {f"{t}_usd_bn": math.nan for t in game.targets}
    before = threat.worlds[DEFY * k].revenue
    rows += [_settled(threat, words, world, before) for words, world in (settle or {}).items()]
    return rows


def _option(
    threat: ThreatGame, words: str, change: float, worth: float, lost: float, reason: str
) -> Row:
    return {
        "option": words,
        "sender": threat.game.sender,
        "horizon": threat.question.horizon,
        "sender_usd_bn": change,
        "sender_percent": 100 * change / threat.income(threat.question.senders),
        "sender_utility_usd_bn": worth,
        "seller_revenue_lost_usd_bn": lost,
        "status": reason or "solved",
    }


def _settled(threat: ThreatGame, words: str, world: World, before: float) -> Row:
    """A smaller punishment of all targets; no audience cost is counted."""
    from threatpoint.strategy.worlds import in_usd_bn

    economy = threat.question.economy

    def usd(codes: tuple[str, ...]) -> float:
        return in_usd_bn(float(world.change[[economy.country(c) for c in codes]].sum()), economy)

    change = usd(threat.question.senders)
    lost = in_usd_bn(before - world.revenue, economy)
    worth = change + threat.game.terms.value("weight") * lost
    row = _option(threat, words, change, worth, lost, world.reason)
    return row | {f"{party}_usd_bn": usd(codes) for party, codes in threat.parties.items()}


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


def equilibrium_rows(threat: ThreatGame, found: Equilibria) -> list[Row]:
    """One row per equilibrium, with concept, method, regret and completeness."""
    game = threat.game
    return [
        {
            "horizon": threat.question.horizon,
            "moves": found.moves,
            "threat": e.threat,
            "profile": e.profile,
            "words": spell(e.profile, game.targets)
            if e.threat
            else f"no threat (it would lead to: {spell(e.profile, game.targets)})",
            "sender_usd_bn": e.sender,
            **{f"{t}_usd_bn": v for t, v in zip(game.targets, e.targets, strict=True)},
            "regret": e.regret,
            "concept": e.concept,
            "method": e.method,
            "status": found.status,
        }
        for e in found.found
    ]


def quantal_rows(threat: ThreatGame, found: list[Quantal]) -> list[Row]:
    """One row per lambda and target."""
    return [
        {
            "horizon": threat.question.horizon,
            "lambda_per_usd_bn": q.precision,
            "target": target,
            "threat_made": q.threat,
            "complies": q.comply[target],
            "punished_if_it_defies": q.punished[target],
            "regret": q.regret,
            "gap": q.gap,
            "concept": q.concept,
            "method": q.method,
        }
        for q in found
        for target in threat.game.targets
    ]


def dropping_rows(threat: ThreatGame, moves: str = "simultaneous") -> list[Row]:
    """The value to the sender of leaving each target out of the threat."""
    game = threat.game
    if len(game.targets) < 2:
        return []
    best = _best(equilibria(game, moves))
    rows: list[Row] = []
    for i, target in enumerate(game.targets):
        smaller = _best(equilibria(without_target(game, target), moves))
        row: Row = {
            "target": target,
            "best_with_usd_bn": best,
            "best_without_usd_bn": smaller,
            "value_of_dropping_usd_bn": smaller - best,
        }
        try:
            everybody = PUNISHED * len(game.targets)
            spared = game.payoff(put(everybody, i, DEFY)).sender
            row["carrying_out_saved_usd_bn"] = spared - game.payoff(everybody).sender
        except NoWorld:
            row["carrying_out_saved_usd_bn"] = math.nan
        rows.append(row)
    return rows


def _best(found: Equilibria) -> float:
    """The sender's best equilibrium payoff; NaN without an equilibrium."""
    return max((e.sender for e in found.found), default=math.nan)


def member_rows(threat: ThreatGame) -> list[Row]:
    """Per sender and target: what the member gains by the coalition punishing that target alone."""
    k = len(threat.game.targets)
    rows: list[Row] = []
    for i, target in enumerate(threat.game.targets):
        for code in threat.question.senders:
            try:
                gain = threat.change(put(DEFY * k, i, PUNISHED), (code,)) - threat.change(
                    DEFY * k, (code,)
                )
            except NoWorld:
                gain = math.nan
            rows.append({"sender": code, "target": target, "gain_usd_bn": gain, "pays": gain >= 0})
    return rows


def term_rows(threat: ThreatGame) -> list[Row]:
    """The political terms, zeros too."""
    return threat.game.terms.rows()
