"""Evasion: part of what is punished goes through third countries, which lowers the bite.

A share of the punished flow escapes the tariff, or the cut-off, and bears a cost that nobody earns
(`Tariff.enforcement`, `CutOff.enforcement`). The equilibrium does not know the way it takes
(`strategy.carriers`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.policy.numbers import cost_rate, unit_share
from threatpoint.quantity import Quantity
from threatpoint.strategy.alone import punishment
from threatpoint.strategy.worlds import in_usd_bn, solve_all

if TYPE_CHECKING:
    from threatpoint.equilibrium import Solution
    from threatpoint.policy import Instrument, Rule
    from threatpoint.strategy.threat import ThreatGame

Row = dict[str, Any]

SHARE = Quantity(
    0.15,
    0.02,
    0.5,
    "1",
    source="prior; low: rerouting through Vietnam alone rises by 1.4 to 3.6 points of its product "
    "flows by the average tariff of 2018 (Iyoha, Malesky, Wen & Wu 2025, CITP Working Paper 22, "
    "abstract); high: rerouting offset about half of the fall in China's exports to the US "
    "(Capital Economics, 'Rerouting will ease tariff blow to Chinese exports', May 2025)",
    prior=True,
)
"""Part of a punished flow that is re-routed."""

COST = Quantity(
    0.10,
    0.05,
    0.20,
    "1",
    source="prior: nobody has measured it; below the tariffs that make it pay",
    prior=True,
)
"""What re-routing costs, as a share of the seller's price."""

SHARES = (0.0, SHARE.low, SHARE.value, SHARE.high)


NUMBERS = ("bite_usd_bn", "bite_lost_percent", "sender_usd_bn", "tariff_revenue_lost_usd_bn")
"""What a target without an equilibrium has none of."""


def evaded(rule: Rule, share: float = SHARE.value, cost: float = COST.value) -> Rule:
    """The rule with a share of what it punishes re-routed through third countries.

    Nothing of a tariff is re-routed where that would cost as much as the tariff. What escaped
    already bears the cost that it did.

    Args:
        rule: with a tariff or a cut-off, or another instrument that is enforced.
        share: part of the punished flow at unchanged prices, in [0, 1].
        cost: as a share of the seller's price; nobody earns it.

    Raises:
        PolicyError: a share outside 0 to 1, a cost below 0, a rule in which nothing can be evaded.

    Example:
        >>> duty = tp.Tariff("USA", "target", rate=0.25, mode="add")
        >>> threat = tp.Rule("USA", tp.Action("crude", "RUS"), duty, named="IND")
        >>> evaded(threat, 0.2, 0.1).templates[0].describe().partition("; ")[2]
        '20 % of the flow evades it at a cost of 10 %'
    """
    r, c = unit_share("share that is re-routed", share), cost_rate("cost of re-routing", cost)
    if not any("enforcement" in item.entries for item in rule.templates):
        raise PolicyError(f"{rule.title}: nothing that is done to the targets can be evaded")
    return replace(rule, then=tuple(_evaded(item, r, c) for item in rule.templates))


def _evaded(item: Instrument, share: float, cost: float) -> Instrument:
    """An instrument that a share of what it hits escapes."""
    enforcement = getattr(item, "enforcement", None)
    rate = getattr(item, "rate", np.inf)
    if enforcement is None or share == 0 or cost >= rate:
        return item
    left = enforcement * (1.0 - share)
    changes: dict[str, Any] = {"enforcement": left}
    if "evasion_cost" in item.entries:
        before = (1.0 - enforcement) * getattr(item, "evasion_cost", 0.0)
        changes["evasion_cost"] = (before + enforcement * share * cost) / (1.0 - left)
    return replace(item, **changes)


def evasion_rows(
    threat: ThreatGame, shares: Iterable[float] = SHARES, cost: float = COST.value
) -> list[Row]:
    """What re-routing leaves of the bite, and what it costs the sender, by target and share.

    The target alone is punished. All worlds are solved side by side.

    Raises:
        PolicyError: as `evaded`.
    """
    tried = sorted({0.0, *shares})
    rules = {r: evaded(threat.question.rule, r, cost) for r in tried}
    asked = {
        (target, r): punishment(replace(threat.question, rule=rule), target)
        for target in threat.game.targets
        for r, rule in rules.items()
    }
    found = solve_all(threat.question, asked)
    return [_row(threat, target, r, found[target, r], found[target, 0.0]) for target, r in asked]


def _row(threat: ThreatGame, target: str, share: float, found: Solution, whole: Solution) -> Row:
    """One target and share, beside the punishment that nothing escapes."""
    row: Row = {
        "target": target,
        "name": threat.name(target),
        "horizon": threat.question.horizon,
        "rerouted_percent": 100 * share,
    }
    for each in (found, whole):
        if not each.status.converged:
            return {**row, **dict.fromkeys(NUMBERS, math.nan), "status": each.status.message}
    members, senders = threat.parties[target], threat.question.senders
    bite, full = (-_change(threat, each, members) for each in (found, whole))
    return {
        **row,
        "bite_usd_bn": bite,
        "bite_lost_percent": 100 * (1.0 - bite / full) if full else 0.0,
        "sender_usd_bn": _change(threat, found, senders),
        "tariff_revenue_lost_usd_bn": _revenue(threat, whole) - _revenue(threat, found),
        "status": "found",
    }


def _change(threat: ThreatGame, found: Solution, codes: Iterable[str]) -> float:
    economy = threat.question.economy
    change = found.welfare.usd[[economy.country(code) for code in codes]]
    return in_usd_bn(float(change.sum()), economy)


def _revenue(threat: ThreatGame, found: Solution) -> float:
    """Tariffs that the senders collect, USD bn a year."""
    economy = threat.question.economy
    at = [economy.country(code) for code in threat.question.senders]
    return in_usd_bn(float(found.tariff_revenue[at].sum()), economy)
