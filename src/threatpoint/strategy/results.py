"""Results of a threat game as rows, ready for CSV or JSON, with their definitions.

Money is USD bn per year; percent is of baseline real income (final expenditure).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from threatpoint.strategy import answers
from threatpoint.strategy.game import (
    COMPLY,
    DEFY,
    PUNISHED,
    RETALIATES,
    answered,
    or_nan,
    put,
    spell,
)
from threatpoint.strategy.options import by_party
from threatpoint.strategy.terms import term_row
from threatpoint.strategy.thresholds import thresholds as sought
from threatpoint.strategy.worlds import in_usd_bn
from threatpoint.tables import quantities
from threatpoint.words import gives_in

if TYPE_CHECKING:
    from threatpoint.strategy.game import Game
    from threatpoint.strategy.perfect import Equilibria
    from threatpoint.strategy.quantal import Quantal
    from threatpoint.strategy.threat import ThreatGame

Row = dict[str, Any]
Asker = Callable[..., Any]

DEFINED = (
    "bite", "compliance_cost", "break_even_belief", "break_even_low", "break_even_prior_low",
    "break_even_phi", "credibility", "price_of_credibility", "price_with_all_punished",
    "last_defier_discount", "safety_in_numbers", "minimal_tariff", "minimal_enforcement",
    "with_retaliation", "gain_of_retaliation", "cost", "regret", "value_of_dropping",
)  # fmt: skip
"""Measures that files and terminal define."""


def definitions() -> dict[str, str]:
    """Measure -> its meaning, of `quantities.toml`; units and ends are not part of the name."""
    ends = ("_usd_bn", "_words", "")
    keys = {name: [f"{name.removesuffix('_low')}{end}" for end in ends] for name in DEFINED}
    said = {key: known["meaning"] for key, known in quantities().items() if "meaning" in known}
    return {name: next(said[key] for key in keys[name] if key in said) for name in DEFINED}


def target_rows(threat: ThreatGame, *, thresholds: bool = True) -> list[Row]:
    """One row per target, the largest buyer first; an answer without an equilibrium says so."""
    found = _threshold_rows(threat) if thresholds else {}
    return [_target_row(threat, target, found.get(target, {})) for target in threat.game.targets]


def _target_row(threat: ThreatGame, target: str, thresholds: Row) -> Row:
    """All answers for one target."""
    game, economy = threat.game, threat.question.economy
    i = game.position(target)
    quiet, all_hit = game.everybody(DEFY), game.everybody(PUNISHED)
    why: dict[str, None] = {}
    ask = _asker(game, i, why)
    bite = ask(answers.bite, quiet)
    cost = ask(answers.compliance_cost, quiet)
    belief = answers.break_even_belief(cost, bite)
    span = answers.over_others(game, i, lambda p: answers.belief(game, i, p))
    income = threat.income(threat.parties[target])
    low, high = ask(answers.belief_over_priors, quiet, none=(math.nan, math.nan))
    row: Row = {
        "target": target,
        "name": economy.names.get(target, target),
        "horizon": threat.question.horizon,
        **({"buys_usd_bn": threat.purchases[target]} if threat.question.rule.buys else {}),
        "bite_usd_bn": bite,
        "bite_percent": 100 * bite / income,
        "compliance_cost_usd_bn": cost,
        "compliance_cost_percent": 100 * cost / income,
        "break_even_belief": belief,
        "break_even_low": span.low,
        "break_even_high": span.high,
        "break_even_prior_low": low,
        "break_even_prior_high": high,
        "break_even_phi_usd_bn": ask(answers.break_even_phi, quiet),
        **_with_others_row(game, i, ask),
        "gives_in": gives_in(belief),
        "credibility_usd_bn": ask(answers.credibility, quiet),
        "credibility_with_all_punished_usd_bn": ask(answers.credibility, all_hit),
        "price_of_credibility_usd_bn": ask(answers.price_of_credibility, quiet),
        "price_with_all_punished_usd_bn": ask(answers.price_of_credibility, all_hit),
        "last_defier_discount_usd_bn": ask(answers.last_defier_discount),
        "safety_in_numbers_usd_bn": ask(answers.safety_in_numbers),
    }
    row |= thresholds
    row |= _retaliated_row(game, i, cost, ask) if game.retaliation else {}
    row["lacks"] = "cost of complying" if target in game.unpriced else ""
    row["profiles_without_equilibrium"] = 0 if row["lacks"] else span.left_out
    row["status"] = "; ".join(why) or "every world solved"
    return row


def _with_others_row(game: Game, i: int, ask: Asker) -> Row:
    """Cost of complying and belief where the largest other target complies too, and all others."""
    quiet, complying = game.everybody(DEFY), game.everybody(COMPLY)
    largest = next((k for k in range(len(game.targets)) if k != i), None)
    found: Row = {"with_target": "" if largest is None else game.targets[largest]}
    profiles = {
        "with_largest": quiet if largest is None else put(quiet, largest, COMPLY),
        "with_all": complying,
    }
    for name, profile in profiles.items():
        cost, bite = (ask(step, profile) for step in (answers.compliance_cost, answers.bite))
        found[f"compliance_cost_{name}_usd_bn"] = cost
        found[f"belief_{name}"] = answers.break_even_belief(cost, bite)
    return found


def _asker(game: Game, i: int, why: dict[str, None]) -> Asker:
    """The answer of a function of (game, i, ...), or none after writing down why."""

    def ask(step: Callable[..., Any], *args: Any, none: Any = math.nan) -> Any:
        found, reason = answered(none, step, game, i, *args)
        why.update({reason: None} if reason else {})
        return found

    return ask


def _retaliated_row(game: Game, i: int, cost: float, ask: Asker) -> Row:
    """The answers if the punished hit back."""
    quiet, all_back = game.everybody(DEFY), game.everybody(RETALIATES)
    bite = ask(answers.bite, quiet, RETALIATES)
    return {
        "bite_with_retaliation_usd_bn": bite,
        "break_even_belief_with_retaliation": answers.break_even_belief(cost, bite),
        "gain_of_retaliation_usd_bn": ask(answers.gain_of_retaliation, quiet),
        "credibility_with_retaliation_usd_bn": ask(answers.credibility, quiet, RETALIATES),
        "price_with_retaliation_usd_bn": ask(answers.price_of_credibility, quiet, RETALIATES),
        "price_with_all_retaliating_usd_bn": ask(
            answers.price_of_credibility, all_back, RETALIATES
        ),
    }


def _threshold_rows(threat: ThreatGame) -> dict[str, Row]:
    """Target -> how large its punishment must be; those with a known cost of complying."""
    game = threat.game
    quiet = game.everybody(DEFY)
    costs = {t: or_nan(answers.compliance_cost, game, i, quiet) for i, t in enumerate(game.targets)}
    rows: dict[str, Row] = {target: {} for target, cost in costs.items() if not math.isnan(cost)}
    for name, found in sought(threat, rows).items():
        for target, least in found.items():
            rows[target] |= {f"{name}_percent": 100 * least.value, f"{name}_status": least.code}
            rows[target][f"{name}_words"] = least.words
    return rows


def equilibrium_rows(threat: ThreatGame, found: Equilibria) -> list[Row]:
    """One row per equilibrium, with concept, method, regret and completeness."""
    game = threat.game
    return [
        {
            "horizon": threat.question.horizon,
            "moves": found.moves,
            "threat": one.threat,
            "profile": one.profile,
            "words": ("{}" if one.threat else "no threat (it would lead to: {})").format(
                spell(one.profile, game.targets)
            ),
            "sender_usd_bn": one.sender,
            **by_party(game.targets, one.targets),
            "regret": one.regret,
            "concept": one.concept,
            "method": one.method,
            "status": found.status,
        }
        for one in found.found
    ]


def quantal_rows(threat: ThreatGame, found: list[Quantal]) -> list[Row]:
    """One row per lambda and target."""
    return [
        {
            "horizon": threat.question.horizon,
            "lambda_per_usd_bn": point.precision,
            "target": target,
            "threat_made": point.threat,
            "complies": point.comply[target],
            "punished_if_it_defies": point.punished[target],
            "regret": point.regret,
            "gap": point.gap,
            "concept": point.concept,
            "method": point.method,
        }
        for point in found
        for target in threat.game.targets
    ]


def buyer_rows(threat: ThreatGame) -> list[Row]:
    """Everybody who buys, with the verdict of the rule; a group of states buys, never plays."""
    rule, economy = threat.question.rule, threat.question.economy
    return [
        {
            "country": buyer.country,
            "name": buyer.name,
            "buys_usd_bn": in_usd_bn(buyer.value, economy),
            "share_of_seller_s_exports": buyer.share_of_exports,
            "plays": buyer.target,
            "reason": buyer.reason,
        }
        for buyer in rule.buyers(economy)
        if buyer.value > 0
    ]


def term_rows(threat: ThreatGame) -> list[Row]:
    """The political terms, zeros too, and what complying costs where the demand is no trade."""
    costs = [
        term_row("cost", party, cost, "what complying with the demand costs")
        for party, cost in threat.game.costs.items()
    ]
    return threat.game.terms.rows() + costs
