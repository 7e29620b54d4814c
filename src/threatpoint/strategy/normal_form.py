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

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

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


def require_precisions(precisions: Sequence[float]) -> None:
    """Refuse a lambda without meaning.

    Raises:
        PolicyError: below 0 or not finite.
    """
    bad = [x for x in precisions if not (math.isfinite(x) and x >= 0)]
    if bad:
        raise PolicyError(f"lambda {bad[0]:g} is below 0 or not finite; give e.g. 0.1 (per USD bn)")


def logit_equilibrium(arrays: Sequence[Any], precision: float) -> LogitPoint:
    """The principal branch of a game in normal form at one lambda.

    Args:
        arrays: one payoff array for each player, axes in the order of the players.
        precision: lambda, 0 or more.

    Raises:
        PolicyError: a bad lambda, or payoffs of different shapes or not finite.
        ConvergenceError: no point obeys the logit formula.
        MissingExtraError: Gambit is not installed.
    """
    require_precisions([precision])
    payoffs = [np.asarray(array, dtype=np.float64) for array in arrays]
    shapes = {payoff.shape for payoff in payoffs}
    if len(shapes) != 1 or len(payoffs[0].shape) != len(payoffs):
        raise PolicyError(f"{len(payoffs)} players need as many arrays of one shape, got {shapes}")
    if not all(np.isfinite(payoff).all() for payoff in payoffs):
        raise PolicyError("a payoff is not finite")
    require_extra("game", "probabilities (lambda)", "pygambit")
    gambit: Any = import_module("pygambit")
    game = gambit.StrategicGame.from_arrays(*payoffs)
    point = gambit.qre.logit_solve_lambda(game, lam=[precision])[0]
    mixes = [np.array([float(p) for _, p in point.profile[who]]) for who in game.players]
    method = "Gambit, path following in lambda"
    if abs(float(point.lam) - precision) > 1e-6:
        method = f"Gambit to the fork at lambda {point.lam:.3g}, then the logit equations in steps"
        mixes = _continued(payoffs, mixes, float(point.lam), precision)
    gap = _gap(payoffs, mixes, precision)
    if not gap <= LARGEST_GAP:
        raise ConvergenceError(f"no logit equilibrium found at lambda {precision:g}: gap {gap:.1e}")
    chances = tuple(tuple(map(float, mix)) for mix in mixes)
    return LogitPoint(precision, chances, gap, method)


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
