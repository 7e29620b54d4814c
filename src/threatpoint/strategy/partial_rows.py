"""Rows of how much each target stops, by size and form of its punishment."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from threatpoint.errors import PolicyError, refuse, unknown
from threatpoint.strategy.forms import FORMS, best_share, unthreatened
from threatpoint.strategy.partial import RATES, Stopping, stoppings
from threatpoint.strategy.threat import tariff_rule

if TYPE_CHECKING:
    from threatpoint.strategy.question import Question
    from threatpoint.strategy.threat import ThreatGame

Row = dict[str, Any]
NUMBERS = (
    "first_share_usd_bn", "last_share_usd_bn", "bite_usd_bn", "expected_bite_usd_bn",
    "stops_unthreatened_percent", *(f"stops_{form}_percent" for form in FORMS),
    "revenue_lost_usd_bn",
)  # fmt: skip
"""What a target without curves has none of."""

Belief = float | Mapping[str, float]


def stopping_rows(threat: ThreatGame, belief: Belief, rates: Iterable[float] = RATES) -> list[Row]:
    """How much each target stops, as threatened and under added tariffs, by form of the threat.

    Args:
        threat: the solved threat.
        belief: probability of the punishment, of all targets or by target.
        rates: added tariffs in place of the punishment, as shares.

    Raises:
        PolicyError: a belief outside 0 to 1, of somebody who is no target, or none for a target;
            as `stoppings`.
    """
    rates, beliefs = tuple(rates), beliefs_of(threat, belief)
    punishments = (None, *(rate for rate in rates if not _threatened(threat.question, rate)))
    same = {tariff_rule(threat.question, rate).short for rate in punishments if rate is not None}
    return [
        _named(_row(threat, target, found, beliefs[target], rate), same)
        for target, found in stoppings(threat, rates=rates).items()
        for rate in punishments
    ]


def _named(row: Row, same: set[str]) -> Row:
    """The punishment as threatened is told from a plain tariff of its rate."""
    if not row["as_threatened"] or row["punishment"] not in same:
        return row
    return {**row, "punishment": f"{row['punishment']}, as threatened"}


def _threatened(question: Question, rate: float) -> bool:
    """Whether the punishment itself is this tariff."""
    return tariff_rule(question, rate).templates == question.rule.templates


def beliefs_of(threat: ThreatGame, belief: Belief) -> dict[str, float]:
    """Target -> belief, where one number stands for all.

    Raises:
        PolicyError: of somebody who is no target, or none for a target.
    """
    targets = threat.game.targets
    if not isinstance(belief, Mapping):
        return dict.fromkeys(targets, belief)
    refuse(unknown("target", name, targets, "belief") for name in belief if name not in targets)
    if missing := [target for target in targets if target not in belief]:
        raise PolicyError(f"no belief is given for {', '.join(missing)}")
    return dict(belief)


def _row(
    threat: ThreatGame, target: str, found: Stopping | str, belief: float, rate: float | None
) -> Row:
    """One target and one punishment; without curves only why."""
    rule = threat.question.rule if rate is None else tariff_rule(threat.question, rate)
    row: Row = {
        "target": target,
        "name": threat.name(target),
        "horizon": threat.question.horizon,
        "punishment": rule.short,
        "as_threatened": rate is None,
        "belief": belief,
    }
    if isinstance(found, str):
        return {**row, **dict.fromkeys(NUMBERS, math.nan), "corners": False, "status": found}
    return {**row, **_answers(found, belief, rate), "status": "found"}


def _answers(found: Stopping, belief: float, rate: float | None) -> Row:
    """What the first and the last share cost, what is expected, and the best share by form."""
    bite = found.bite_of(rate)
    shares = {form: best_share(found.loss, bite, belief, form).share for form in FORMS}
    return {
        "first_share_usd_bn": found.loss.slope(0.0),
        "last_share_usd_bn": found.loss.slope(1.0),
        "bite_usd_bn": bite(1.0),
        "expected_bite_usd_bn": belief * bite(1.0),
        "stops_unthreatened_percent": 100 * unthreatened(found.loss),
        **{f"stops_{form}_percent": 100 * share for form, share in shares.items()},
        "revenue_lost_usd_bn": found.seller(shares["proportional"]),
        "corners": found.linear,
    }
