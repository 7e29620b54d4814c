"""The answers of a threat game, one function each, as defined in the theory.

All money in the game's unit (USD bn per year). `profile` fixes what everybody else does; the
target's own letter in it is ignored.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.strategy.game import (
    COMPLY,
    DEFY,
    PUNISHED,
    RETALIATES,
    NoWorld,
    all_profiles,
    put,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from threatpoint.array_types import Array
    from threatpoint.strategy.game import Game


def bite(game: Game, i: int, profile: str, fate: str = PUNISHED) -> float:
    """K_i = dW_i(D, spared) - dW_i(D, punished) - psi_i (Morgan & Miers 1999; Smith 1995).

    `fate` is PUNISHED, or RETALIATES for what it loses if it is punished and hits back.
    """
    spared = game.payoff(put(profile, i, DEFY)).targets[i]
    punished = game.payoff(put(profile, i, fate)).targets[i]
    return spared - punished - game.terms.value("psi", game.targets[i])


def compliance_cost(game: Game, i: int, profile: str) -> float:
    """L_i(a_-i) = dW_i(D, spared) - dW_i(C) + phi_i + cost_i."""
    spared = game.payoff(put(profile, i, DEFY)).targets[i]
    complies = game.payoff(put(profile, i, COMPLY)).targets[i]
    return spared - complies + game.terms.value("phi", game.targets[i]) + game.cost(i).value


def break_even_belief(cost: float, punishment: float) -> float:
    """p* = L / K: gives in iff it believes in punishment with at least this probability.

    Above 1 (or infinite, where the punishment does not bite): never. At or below 0: anyway. NaN
    where one of the two is not known.
    """
    if math.isnan(cost) or math.isnan(punishment):
        return math.nan
    if cost <= 0:
        return min(0.0, cost / punishment) if punishment > 0 else 0.0
    return cost / punishment if punishment > 0 else math.inf


def break_even_beliefs(cost: Array, punishment: Array) -> Array:
    """`break_even_belief` of each draw, (K,)."""
    found = np.full(np.broadcast(cost, punishment).shape, np.nan)
    ratio = np.divide(cost, punishment, out=np.full_like(found, np.inf), where=punishment > 0)
    anyway = np.where(punishment > 0, np.minimum(ratio, 0.0), 0.0)
    known = ~(np.isnan(cost) | np.isnan(punishment))
    return np.where(known, np.where(cost <= 0, anyway, ratio), found)


def belief(game: Game, i: int, profile: str, fate: str = PUNISHED) -> float:
    """The break-even belief of target i, the others as in a profile; `fate` as in `bite`."""
    return break_even_belief(compliance_cost(game, i, profile), bite(game, i, profile, fate))


def stated(game: Game) -> str:
    """The fate of who is punished: it hits back where the threat states an answer."""
    return RETALIATES if game.retaliation else PUNISHED


def credibility(game: Game, i: int, profile: str, fate: str = PUNISHED) -> float:
    """Gamma_i(a, E) = u_S(E with i) - u_S(E without i); credible iff at least 0 (Selten's test).

    `fate` as in `bite`.
    """
    return game.sender_utility(put(profile, i, fate)) - game.sender_utility(put(profile, i, DEFY))


def price_of_credibility(game: Game, i: int, profile: str, fate: str = PUNISHED) -> float:
    """kappa_i_min = max(0, dW_S(E without i) - dW_S(E with i)): what backing down must cost.

    `fate` as in `bite`.
    """
    spared = game.payoff(put(profile, i, DEFY)).sender
    punished = game.payoff(put(profile, i, fate)).sender
    return max(0.0, spared - punished)


def gain_of_retaliation(game: Game, i: int, profile: str) -> float:
    """u_i(punished, hits back) - u_i(punished, does not): hitting back pays if above 0."""
    return game.target_utility(put(profile, i, RETALIATES), i) - game.target_utility(
        put(profile, i, PUNISHED), i
    )


def break_even_phi(game: Game, i: int, profile: str) -> float:
    """The political value phi_i above which i never gives in, however sure the punishment."""
    money = compliance_cost(game, i, profile) - game.terms.value("phi", game.targets[i])
    return bite(game, i, profile) - money


def belief_over_priors(game: Game, i: int, profile: str) -> tuple[float, float]:
    """Smallest and largest p* over the ranges of phi_i, psi_i and of the cost of complying."""
    phi, psi = (game.terms.prior(name, game.targets[i]) for name in ("phi", "psi"))
    own = game.cost(i)
    cost = compliance_cost(game, i, profile) - phi.value - own.value
    punishment = bite(game, i, profile) + psi.value
    ends = [
        break_even_belief(cost + political + demanded, punishment - rally)
        for political in (phi.low, phi.high)
        for demanded in (own.low, own.high)
        for rally in (psi.low, psi.high)
    ]
    return min(ends), max(ends)


def last_defier_discount(game: Game, i: int) -> float:
    """L_i when all others comply less L_i when all others defy.

    Positive: the last buyer has the oil to itself, and gives it up less gladly.
    """
    alone, together = game.everybody(COMPLY), game.everybody(DEFY)
    return compliance_cost(game, i, alone) - compliance_cost(game, i, together)


def safety_in_numbers(game: Game, i: int) -> float:
    """Gamma_i when all others are punished too less Gamma_i when all others are spared.

    Negative: punishing one more costs the sender more, the more are punished already.
    """
    hit, spared = game.everybody(PUNISHED), game.everybody(DEFY)
    return credibility(game, i, hit) - credibility(game, i, spared)


@dataclass(frozen=True)
class Span:
    """A quantity over everything the others may do.

    Attributes:
        low, high: over all profiles of the others that have an equilibrium; NaN if none has.
        left_out: profiles of the others without an equilibrium.
    """

    low: float
    high: float
    left_out: int


def over_others(game: Game, i: int, measure: Callable[[str], float]) -> Span:
    """Smallest and largest value of a measure over the letters C, D, P of all others."""
    values: list[float] = []
    left_out = 0
    for others in all_profiles(len(game.targets) - 1):
        try:
            values.append(measure(others[:i] + DEFY + others[i:]))
        except NoWorld:
            left_out += 1
    low, high = (end(values, default=math.nan) for end in (min, max))
    return Span(low, high, left_out)
