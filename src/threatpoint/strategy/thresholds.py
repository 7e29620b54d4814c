"""How large the punishment must be: roots of the game, not of a grid.

Both functions look for the smallest punishment at which belief * K_i = L_i, others as in a profile.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from threatpoint.errors import PolicyError
from threatpoint.strategy.answers import compliance_cost
from threatpoint.strategy.game import DEFY, PUNISHED, NoWorld, put
from threatpoint.strategy.threat import enforced_rule, payoff, tariff_rule
from threatpoint.strategy.worlds import solve_world

if TYPE_CHECKING:
    from collections.abc import Callable

    from threatpoint.policy import Rule
    from threatpoint.strategy.threat import ThreatGame

Code = Literal["found", "anyway", "none", "no equilibrium", "not applicable"]

LARGEST_TARIFF = 10.0
"""Added tariff of 1000 %: above it a tariff is a ban in all but name."""

STEPS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, LARGEST_TARIFF)
"""Tariffs tried in turn until one is large enough; the root is then found between two of them."""

PRECISION = 1e-6


@dataclass(frozen=True)
class Threshold:
    """The smallest punishment at which a target gives in.

    Attributes:
        code: found; anyway (complying costs nothing); none (not even the largest is enough);
            no equilibrium (on the way); not applicable.
        value: as a share, NaN unless found (0 for anyway).
        words: the same for a reader.
    """

    code: Code
    value: float
    words: str


def minimal_tariff(
    threat: ThreatGame, target: str, *, belief: float = 1.0, others: str = DEFY
) -> Threshold:
    """Smallest added tariff on the target's goods at which it gives in.

    Args:
        threat: the solved threat; its instrument is replaced by a tariff on the same sectors.
        target: who should give in.
        belief: probability with which it expects to be punished, in (0, 1].
        others: letter (C, D or P) of all other targets; P: hit by the same tariff.

    Raises:
        PolicyError: unknown target, belief outside (0, 1].
    """
    excess = _excess(threat, target, belief, others, lambda t: tariff_rule(threat.question, t))
    return _smallest(excess, STEPS, f"{100 * LARGEST_TARIFF:g} % tariff")


def minimal_enforcement(
    threat: ThreatGame, target: str, *, belief: float = 1.0, others: str = DEFY
) -> Threshold:
    """Smallest enforcement of the cut-off at which the target gives in; as `minimal_tariff`."""
    if threat.question.rule.only_tariffs:
        return Threshold("not applicable", float("nan"), "the threat is a tariff")
    excess = _excess(threat, target, belief, others, lambda e: enforced_rule(threat.question, e))
    return _smallest(excess, (0.5, 0.9, 0.99, 1.0), "complete cut-off")


def _excess(
    threat: ThreatGame, target: str, belief: float, others: str, rule: Callable[[float], Rule]
) -> Callable[[float], float]:
    """Give belief * K_i - L_i as a function of the size of the punishment."""
    if not 0 < belief <= 1:
        raise PolicyError(f"belief {belief:g} is outside 0 to 1; give a probability above 0")
    game = threat.game
    i = game.position(target)
    place = put(others * len(game.targets), i, PUNISHED)
    cost = compliance_cost(game, i, place)
    spared = game.payoff(put(place, i, DEFY)).targets[i]
    psi = game.terms.value("psi", target)

    def excess(size: float) -> float:
        if size == 0.0:
            return -cost
        world = solve_world(replace(threat.question, rule=rule(size)), place)
        if world.reason:
            raise NoWorld.of(place, world.reason)
        return belief * (spared - payoff(threat.question, world).targets[i] - psi) - cost

    return excess


def _smallest(
    excess: Callable[[float], float], steps: tuple[float, ...], largest: str
) -> Threshold:
    """First root of a function that starts below 0: bracketed by `steps`, then Brent (1973)."""
    optimize: Any = import_module("scipy.optimize")  # heavy; needed here only

    try:
        if excess(0.0) >= 0:
            return Threshold("anyway", 0.0, "gives in anyway")
        low = 0.0
        for high in steps:
            if excess(high) >= 0:
                root = float(optimize.brentq(excess, low, high, xtol=PRECISION))
                return Threshold("found", root, f"{100 * root:.3g} %")
            low = high
    except NoWorld as error:
        return Threshold("no equilibrium", float("nan"), str(error))
    return Threshold("none", float("nan"), f"none: not even a {largest} is enough")
