"""Logit QRE of games in normal form (McKelvey & Palfrey 1995), on the branch from even choice."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import ConvergenceError, PolicyError
from threatpoint.strategy.branch import follow
from threatpoint.strategy.precisions import require_precisions, require_reach

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Complexes

LARGEST_GAP = 1e-8
"""A point is returned only if every probability obeys the logit formula to this."""


@dataclass(frozen=True)
class LogitPoint:
    """One logit QRE.

    Attributes:
        precision: lambda.
        chances: probabilities of each player's actions.
        gap: largest difference to the logit formula.
        concept: what it is.
    """

    precision: float
    chances: tuple[tuple[float, ...], ...]
    gap: float
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
    """
    (asked,) = require_precisions([precision])
    payoffs = _arrays(arrays)
    unit = _unit(payoffs)
    scaled = [payoff / unit for payoff in payoffs]
    require_reach(asked, unit * max(float(np.ptp(payoff)) for payoff in scaled))
    mixes = _closest(scaled, _followed(scaled, asked * unit), asked * unit)
    gap = _gap(scaled, mixes, asked * unit)
    if not gap <= LARGEST_GAP:
        raise ConvergenceError(f"no logit equilibrium found at lambda {asked:g}: gap {gap:.1e}")
    chances = tuple(tuple(map(float, mix)) for mix in mixes)
    return LogitPoint(asked, chances, gap)


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
    """The power of 2 that brings the largest payoff to 1-2; division by it rounds nothing, so equal
    players stay equal.
    """
    largest = max(float(np.abs(payoff).max()) for payoff in payoffs)
    return math.ldexp(1.0, math.frexp(largest)[1] - 1)


def _followed(payoffs: list[Array], precision: float) -> list[Array]:
    """Mixed actions on the branch: unknown are log odds against each player's first action."""
    sizes = [n - 1 for n in payoffs[0].shape]

    def system(x: Complexes, at: Complexes) -> Complexes:
        mixes = [_mixed(part) for part in np.split(x, np.cumsum(sizes)[:-1], axis=1)]
        worths = [_worth(payoff, mixes, i) for i, payoff in enumerate(payoffs)]
        return x - at[:, None] * np.hstack([worth[:, 1:] - worth[:, :1] for worth in worths])

    found = follow(system, sum(sizes), precision).astype(np.complex128)[None]
    return [_mixed(part)[0].real for part in np.split(found, np.cumsum(sizes)[:-1], axis=1)]


def _mixed(odds: Complexes) -> Complexes:
    """(points, actions) probabilities from log odds against the first action."""
    full = np.pad(odds, ((0, 0), (1, 0)))
    powers = np.exp(full - full.real.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _worth(payoff: Array, mixes: list[Complexes], own: int) -> Complexes:
    """(points, own actions): expected payoffs against the others' mixed actions."""
    worth = np.broadcast_to(payoff.astype(np.complex128), (len(mixes[0]), *payoff.shape))
    for j in reversed(range(len(mixes))):
        if j != own:
            worth = np.einsum("pa...,pa->p...", np.moveaxis(worth, j + 1, 1), mixes[j])
    return worth


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


def _gap(payoffs: list[Array], mixes: list[Array], precision: float) -> float:
    """Largest difference between the probabilities and the logit formula."""
    wanted = responses(payoffs, mixes, precision)
    return float(max(np.abs(a - b).max() for a, b in zip(wanted, mixes, strict=True)))
