"""Logit QRE of games in normal form (McKelvey & Palfrey 1995), with Gambit.

Gambit follows the principal branch from lambda 0. Where a symmetric game's branch forks it stops
there and returns the fork, whatever lambda was asked for (seen in version 17.0.0b2). So lambda is
always checked, and from a fork on the branch is continued by solving the logit equations in small
steps from the last point, which keeps the symmetry.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import ConvergenceError, PolicyError, require_extra
from threatpoint.strategy.path import NEAR_EVEN, REPLIES, followed
from threatpoint.strategy.precisions import require_precisions, require_reach

if TYPE_CHECKING:
    from threatpoint.array_types import Array

STEPS = 100
LARGEST_GAP = 1e-8
"""A point is returned only if every probability obeys the logit formula to this."""


@dataclass(frozen=True)
class LogitPoint:
    """One logit QRE.

    Attributes:
        precision: lambda.
        chances: probabilities of each player's actions.
        gap: largest difference to the logit formula.
        concept, method: what it is and how it was found.
    """

    precision: float
    chances: tuple[tuple[float, ...], ...]
    gap: float
    method: str
    concept: str = "logit quantal response equilibrium, principal branch"


def logit_equilibrium(arrays: Sequence[Any], precision: float) -> LogitPoint:
    """The principal branch of a game in normal form at one lambda.

    Args:
        arrays: one payoff array for each player, axes in the order of the players.
        precision: lambda, 0 or more.

    Raises:
        PolicyError: a lambda that is no number, below 0, not finite or too large for the payoffs;
            payoffs of different shapes or not finite.
        ConvergenceError: no point obeys the logit formula.
        MissingExtraError: Gambit is not installed.
    """
    (asked,) = require_precisions([precision])
    payoffs = _arrays(arrays)
    require_extra("game", "probabilities (lambda)", "pygambit")
    unit = _unit(payoffs)
    scaled = [payoff / unit for payoff in payoffs]
    require_reach(asked, unit * max(float(np.ptp(payoff)) for payoff in scaled))
    mixes, method = _followed(scaled, asked * unit)
    gap = _gap(scaled, mixes, asked * unit)
    if not gap <= LARGEST_GAP:
        raise ConvergenceError(f"no logit equilibrium found at lambda {asked:g}: gap {gap:.1e}")
    chances = tuple(tuple(map(float, mix)) for mix in mixes)
    return LogitPoint(asked, chances, gap, method)


def _arrays(given: Sequence[Any]) -> list[Array]:
    """The payoffs as arrays of one shape; raises `PolicyError` where they are no game."""
    payoffs = [np.asarray(array, dtype=np.float64) for array in given]
    shapes = {payoff.shape for payoff in payoffs}
    if len(shapes) != 1 or len(payoffs[0].shape) != len(payoffs):
        raise PolicyError(f"{len(payoffs)} players need as many arrays of one shape, got {shapes}")
    if not all(np.isfinite(payoff).all() for payoff in payoffs):
        raise PolicyError("a payoff is not finite")
    return payoffs


def _unit(payoffs: list[Array]) -> float:
    """The power of 2 that brings the largest payoff to 8-16, so that no scale is too large for
    Gambit's first step; division by it rounds nothing, so equal players stay equal.
    """
    largest = max(float(np.abs(payoff).max()) for payoff in payoffs)
    return math.ldexp(1.0, math.frexp(largest)[1] - 4)


def _followed(payoffs: list[Array], precision: float) -> tuple[list[Array], str]:
    """Mixed actions on the branch, and how they were found."""
    if precision < NEAR_EVEN:
        mixes = [np.full(n, 1 / n) for n in payoffs[0].shape]
        for _ in range(REPLIES):
            mixes = responses(payoffs, mixes, precision)
        return mixes, "logit replies from even choice"
    gambit: Any = import_module("pygambit")
    game = gambit.StrategicGame.from_arrays(*payoffs)
    point = followed(game, precision)
    mixes = [np.array([float(p) for _, p in point.profile[who]]) for who in game.players]
    reached = float(point.lam)
    if abs(reached - precision) <= 1e-6:
        return _closest(payoffs, mixes, precision), "Gambit, path following in lambda"
    if not reached > 0:
        raise ConvergenceError("Gambit does not leave lambda 0: the branch forks there")
    share = f"{reached / precision:.3g}"
    method = f"Gambit to the fork at {share} of lambda, then the logit equations in steps"
    return _continued(payoffs, mixes, reached, precision), method


def _closest(payoffs: list[Array], mixes: list[Array], precision: float) -> list[Array]:
    """The point or its logit responses, whichever obeys the formula better."""
    answer = responses(payoffs, mixes, precision)
    closer = _gap(payoffs, answer, precision) < _gap(payoffs, mixes, precision)
    return answer if closer else mixes


def responses(payoffs: list[Array], mixes: list[Array], precision: float) -> list[Array]:
    """Logit responses exp(lambda u_a) / sum exp(lambda u_b) to the others' mixed actions."""
    found: list[Array] = []
    for i, payoff in enumerate(payoffs):
        worth = payoff
        for j in reversed(range(len(mixes))):
            if j != i:
                worth = np.tensordot(worth, mixes[j], axes=([j], [0]))
        powers = np.exp(precision * (worth - worth.max()))
        found.append(powers / powers.sum())
    return found


def _continued(payoffs: list[Array], mixes: list[Array], begin: float, end: float) -> list[Array]:
    """Follow a branch in small steps of lambda, one root of the logit equations at each."""
    optimize: Any = import_module("scipy.optimize")
    cuts = np.cumsum([mix.size for mix in mixes])[:-1]
    flat = np.concatenate(mixes)
    for precision in np.geomspace(begin, end, STEPS)[1:]:

        def excess(x: Array, at: float = float(precision)) -> Array:
            return x - np.concatenate(responses(payoffs, np.split(x, cuts), at))

        flat = optimize.root(excess, flat, tol=1e-12).x
    return np.split(flat, cuts)


def _gap(payoffs: list[Array], mixes: list[Array], precision: float) -> float:
    """Largest difference between the probabilities and the logit formula."""
    wanted = responses(payoffs, mixes, precision)
    return float(max(np.abs(a - b).max() for a, b in zip(wanted, mixes, strict=True)))
