"""Rows of an offer as it stands, and of where bargaining would end."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from threatpoint.errors import PolicyError
from threatpoint.policy.numbers import number, unit_share
from threatpoint.strategy.agreement import Frontier, least_weight
from threatpoint.strategy.bargain import NOTHING, WEIGHTS, Bargain, Deal, require_weight
from threatpoint.strategy.offers import ROUNDING, bargain

if TYPE_CHECKING:
    from threatpoint.strategy.threat import ThreatGame

Row = dict[str, Any]

ASKED = (0.05, 0.25, 0.5, 1.0)
"""Values of B that rows are given for."""

NASH = "Nash bargaining (Nash 1950), equal power"
OFFERS = "alternating offers (Rubinstein 1982), sender first"


ENDS = (
    "stops_percent", "added_points", "cut_points", "target_gain_usd_bn", "sender_gain_usd_bn",
    "sender_gain_with_b_usd_bn", "revenue_lost_usd_bn",
)  # fmt: skip
"""What an agreement has, and none where there is nothing to gain."""


GAINS = (
    "target_gain_usd_bn", "sender_gain_usd_bn", "revenue_lost_usd_bn",
    "sender_gain_with_b_usd_bn_low", "sender_gain_with_b_usd_bn_high", "pays_sender_from_b",
    "pays_both_from_b",
)  # fmt: skip
"""What both gain by a part of an offer: the numbers of a row."""


def offer_rows(
    threat: ThreatGame,
    target: str,
    cut: float,
    pledge: float = 1.0,
    *,
    in_force: bool = False,
    found: Bargain | None = None,
) -> list[Row]:
    """An offer as stated: the tariff cut alone, the pledge alone, and both, against a refusal.

    Args:
        threat: the solved threat.
        target: to whom it is made.
        cut: points that the tariff is below the threat's, as a share; 0.07 is 7 points. For a
            threat that is no single added tariff, below that of the day, and the threat is off.
        pledge: share of its purchases that the target stops.
        in_force: as `offers.bargain`.
        found: its result, where it is known.

    Raises:
        PolicyError: an unknown target; an offer above the threat, or below the table's tariffs; a
            pledge outside 0 to 1.
        NoWorld: one of the worlds has no equilibrium.
    """
    found = bargain(threat, target, in_force=in_force) if found is None else found
    rate, share = _offered(found, cut), unit_share("pledge", pledge)
    parts = {"tariff cut": (0.0, rate), "pledge": (share, found.rates[1]), "both": (share, rate)}
    return [
        {
            **_about(threat, target),
            "part": part,
            "cut_points": 100 * (found.rates[1] - at),
            "pledge_percent": 100 * x,
            **_gains(found, part, x, at),
        }
        for part, (x, at) in parts.items()
    ]


def _offered(found: Bargain, cut: float) -> float:
    """The tariff offered, points added to that of the day, as a share."""
    least, most = found.rates
    rate = most - number("cut", cut, "0.07 for 7 points")
    if rate > most + ROUNDING:
        raise PolicyError(
            f"the offer is above the threat: a cut of {100 * cut:g} points leaves the tariff "
            f"{-100 * cut:g} points above what is threatened; give a cut of 0 or more"
        )
    if rate < least - ROUNDING:
        raise PolicyError(
            f"a cut of {100 * cut:g} points cannot be offered: only {100 * (most - least):.3g} can "
            "be taken off"
        )
    return rate


def _about(threat: ThreatGame, target: str) -> Row:
    return {
        "target": target,
        "name": threat.name(target),
        "horizon": threat.question.horizon,
    }


def _part(found: Bargain, part: str, share: float, rate: float) -> Deal:
    """What both gain by a part; by the pledge against none at the same tariff."""
    whole = found.deal(share, rate)
    if part != "pledge":
        return whole
    without = found.deal(0.0, rate)
    return Deal(share, rate, whole.target - without.target, whole.sender - without.sender)


def _gains(found: Bargain, part: str, share: float, rate: float) -> Row:
    """What both gain by a part of an offer, and from which B it pays."""
    deal, revenue = _part(found, part, share, rate), found.revenue(share)
    together = _least(deal.sender + deal.target, revenue)
    return {
        "target_gain_usd_bn": deal.target,
        "sender_gain_usd_bn": deal.sender,
        "revenue_lost_usd_bn": revenue,
        "sender_gain_with_b_usd_bn_low": deal.sender + WEIGHTS[0] * revenue,
        "sender_gain_with_b_usd_bn_high": deal.sender + WEIGHTS[1] * revenue,
        "pays_sender_from_b": _least(deal.sender, revenue),
        "pays_both_from_b": together,
        "explained_by": _explained(part, deal, revenue),
    }


def _explained(part: str, deal: Deal, revenue: float) -> str:
    """What makes both take a part of an offer: money, B, or neither.

    A pledge costs the target, and is taken where the sender could pay for it and still gain.
    """
    if min(deal.target, deal.sender) >= -NOTHING:
        return "money"
    paid = deal.sender + deal.target if part == "pledge" else deal.sender
    takes = part == "pledge" or deal.target >= -NOTHING
    return "B" if takes and _least(paid, revenue) <= WEIGHTS[1] else "neither"


def _least(money: float, revenue: float) -> float:
    """The least B with which a gain in money is none below 0; infinite where none is enough."""
    if money >= -NOTHING:
        return 0.0
    return -money / revenue if revenue > NOTHING else math.inf


def bargain_rows(
    threat: ThreatGame,
    target: str,
    weights: Iterable[float] = ASKED,
    *,
    patience: tuple[float, float] | None = None,
    in_force: bool = False,
    found: Bargain | None = None,
) -> list[Row]:
    """Where bargaining over share and tariff would end, by B; one row each and concept.

    Args:
        threat: the solved threat.
        target: who bargains.
        weights: B, USD per USD.
        patience: discount factors of target and sender over an interval, for alternating offers.
        in_force: as `offers.bargain`.
        found: its result, where it is known.

    Raises:
        PolicyError: an unknown target, B or a discount factor outside 0 to 1.
        NoWorld: one of the worlds has no equilibrium.
    """
    tried = [require_weight(weight) for weight in weights]
    found = bargain(threat, target, in_force=in_force) if found is None else found
    from_b = least_weight(found)
    rows: list[Row] = []
    for weight in tried:
        frontier = Frontier(found, weight)
        ends = {NASH: frontier.nash()}
        if patience is not None:
            ends[OFFERS] = frontier.alternating(patience)
        for concept, deal in ends.items():
            row = {**_about(threat, target), "b_usd_per_usd": weight, "concept": concept}
            rows.append({**row, **_end(found, deal, weight), "pledge_from_b": from_b})
    return rows


def _end(found: Bargain, deal: Deal | None, weight: float) -> Row:
    """An agreement, or that both cannot gain by any."""
    if deal is None:
        return {**dict.fromkeys(ENDS, math.nan), "status": "nothing to gain"}
    return {
        "stops_percent": 100 * deal.share,
        "added_points": 100 * deal.rate,
        "cut_points": 100 * (found.rates[1] - deal.rate),
        "target_gain_usd_bn": deal.target,
        "sender_gain_usd_bn": deal.sender - weight * found.revenue(deal.share),
        "sender_gain_with_b_usd_bn": deal.sender,
        "revenue_lost_usd_bn": found.revenue(deal.share),
        "status": "found",
    }
