"""Offers: what the sender gives for compliance, and what each side gains by it.

Without an agreement the threat is carried out, or what stands goes on standing, and the target goes
on buying. The tariff that is agreed on may be lower than the one of the day, never lower than the
table's. Money explains an agreement where both gain by it in real income alone; what it does not
explain needs a B, which nobody has measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.policy.instruments.tariff import Tariff
from threatpoint.policy.numbers import number
from threatpoint.policy.standing import added, eased
from threatpoint.strategy.alone import known, paid, punishment
from threatpoint.strategy.bargain import Bargain
from threatpoint.strategy.curve import Curve
from threatpoint.strategy.game import DEFY, NoWorld
from threatpoint.strategy.partial import stoppings
from threatpoint.strategy.threat import tariff_rule

if TYPE_CHECKING:
    from threatpoint.policy import Policy, Wedges
    from threatpoint.strategy.question import Question
    from threatpoint.strategy.threat import ThreatGame

STEPS = 7
"""Tariffs that are solved, from the least to the largest that can be agreed on."""

ROUNDING = 1e-9
"""Two rates that differ by less are one."""


def bargain(
    threat: ThreatGame, target: str, *, least: float | None = None, in_force: bool = False
) -> Bargain:
    """What sender and target can agree on.

    Args:
        threat: the solved threat; of a threat with one added tariff the rate can be agreed on too.
        target: who bargains; the others go on and are spared.
        least: least tariff that can be agreed on, points added to those of the day, as a share;
            by default what was added to the table's is taken off again. 0: those of the day.
        in_force: the punishment is part of the tariffs of the day, and refusing leaves it there;
            else refusing brings it.

    Raises:
        PolicyError: an unknown target; a least tariff above the largest, or below the table's.
        NoWorld: one of the worlds has no equilibrium.
    """
    question, i = threat.question, threat.game.position(target)
    own = stoppings(threat, [target], rates=())[target]
    if isinstance(own, str):
        raise NoWorld(own)
    rates = _rates(question, target, least, in_force)
    asked: dict[float | str, Policy | Wedges] = {r: _at(question, target, r) for r in rates}
    found = paid(threat, {**asked, "punished": punishment(question, target)})
    quiet = threat.game.payoff(threat.game.everybody(DEFY))
    pays = [known(f"a tariff of {100 * r:+.3g} points", found[r]) for r in rates]
    hit = quiet if in_force else known("the punishment", found["punished"])
    rally = threat.game.terms.value("psi", target)
    return Bargain(
        own.loss,
        own.sender,
        own.seller,
        Curve.through(rates, [pay.targets[i] - quiet.targets[i] for pay in pays]),
        Curve.through(rates, [pay.sender - quiet.sender for pay in pays]),
        (hit.targets[i] - quiet.targets[i] + rally, hit.sender - quiet.sender),
    )


def _rates(
    question: Question, target: str, least: float | None, in_force: bool
) -> tuple[float, ...]:
    """The tariffs that are solved, points added to those of the day as a share; 0 among them."""
    most = 0.0 if in_force else threatened(question)
    floor = -added(question.economy, duty_on(question, target))
    low = floor if least is None else number("least tariff", least)
    if low > most + ROUNDING or low < floor - ROUNDING:
        raise PolicyError(
            f"a least tariff of {100 * low:+.3g} points cannot be agreed on: it must lie between "
            f"{100 * floor:+.3g}, where nothing is left of what was added to the table's, and "
            f"{100 * most:+.3g}, the threat"
        )
    if most - low < ROUNDING:
        raise PolicyError(
            "there is no tariff to bargain over: none was added that could be taken off, and the "
            "threat is none; give the economy of a day (`threatpoint.on_day`), or lower `least`"
        )
    grid = np.linspace(low, most, STEPS)
    return tuple(sorted({float(r) for r in grid if abs(r) > ROUNDING} | {0.0} & _within(low, most)))


def _within(low: float, most: float) -> set[float]:
    return {0.0} if low <= ROUNDING and most >= -ROUNDING else set()


def threatened(question: Question) -> float:
    """The rate of a threat that is one added tariff, as a share; 0 of any other."""
    (first, *more) = question.rule.templates
    return first.rate if isinstance(first, Tariff) and first.mode == "add" and not more else 0.0


def duty_on(question: Question, target: str) -> Tariff:
    """A tariff on the target's goods that the threat is about."""
    (duty,) = tariff_rule(question, 0.1).instruments(question.economy, question.parties[target])
    assert isinstance(duty, Tariff)
    return duty


def _at(question: Question, target: str, rate: float) -> Policy | Wedges:
    """The tariff on a target is so many points above that of the day, or below."""
    if rate > 0:
        return punishment(question, target, rate)
    return eased(question.economy, duty_on(question, target), -rate)
