"""How likely a history is for each drawn type of the sender: the arithmetic of `resolve`.

On target i of threat t the sender is tough iff eps_i >= -(b + D Gamma_ti / s). The eps_i are
standard logistic and the same for every threat; a Gaussian copula with one common factor z ties
them, so that each alone is tough with probability Lambda(b + D Gamma_ti / s). At a clock a tough
sender acts with chance h, one event for all targets: it then hits all on whom it is tough.

A draw is (b, s, D, rho, z). Given it the eps_i are independent and h is independent of both, so
eps and h are integrated exactly: only the draw itself is sampled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from itertools import compress, product
from typing import Any

import numpy as np

from threatpoint.array_types import Array
from threatpoint.strategy.history import Evidence, Gains

Chances = Mapping[str, Mapping[str, Array]]
"""Threat -> target -> (K,) probability in each draw that the sender is tough on it."""
Acted = Callable[[frozenset[str], int], "Array | float"]
"""(threats on whose targets the sender was not tough, clocks acted at) -> chance over h."""
NEVER_0 = 1e-12
"""Least part of resolve that is of one target alone: at 0 all targets would tie."""


@dataclass(frozen=True)
class Draws:
    """Drawn types, each (K,): b, s in USD bn, D in years, rho, the common factor z."""

    b: Array
    s: Array
    years: Array
    rho: Array
    common: Array


def chances(gains: Gains, draws: Draws) -> dict[str, dict[str, Array]]:
    """Threat -> target -> probability in each draw that the sender is tough on it."""
    return {
        threat: {target: chance(gain, draws) for target, gain in own.items()}
        for threat, own in gains.items()
    }


def chance(gain: float, draws: Draws) -> Array:
    """P(eps >= -(b + D Gamma / s)) given a draw.

    Args:
        gain: Gamma, USD bn a year.
        draws: K types.

    Returns:
        (K,), whose mean over the common factor is Lambda(b + D Gamma / s).
    """
    special: Any = import_module("scipy.special")
    point = draws.b + draws.years * gain / draws.s
    # the quantile of the tail that is small, so that it is exact there
    level = np.copysign(special.ndtri(special.expit(-np.abs(point))), point)
    own = np.sqrt(np.maximum(1.0 - draws.rho, NEVER_0))
    return special.ndtr((level + np.sqrt(draws.rho) * draws.common) / own)


def weights(
    tough: Chances,
    seen: Evidence,
    acted: Acted,
    also: tuple[str, str] | None = None,
    more: int = 0,
) -> Array:
    """Probability of a history in each draw.

    A clock that passed says 1 - h 1{tough on any target}. A threat carried out on H says
    h 1{tough on all of H and on no other of its targets}: a sender that acts hits all on whom it is
    tough, so whom it spares then it is not tough on.

    Args:
        tough: from `chances`.
        seen: the history.
        acted: from `over_hazard`.
        also: a threat and target on which the sender is tough besides.
        more: further clocks at which it acts.

    Returns:
        (K,).
    """
    least = _least(tough, seen, also)
    none = _not_on_others(tough, seen)
    found = 0.0
    for spared in _subsets(seen):
        most = _most(tough, spared, none)
        inside: Any = acted(spared, len(seen.struck) + more)
        for target in sorted({*least, *most}):  # the same order, the same last digit
            inside = inside * np.clip(least.get(target, 1.0) - most.get(target, 0.0), 0.0, None)
        found = found + inside
    return np.broadcast_to(np.asarray(found), _size(tough))


def _size(tough: Chances) -> tuple[int, ...]:
    own = next(iter(tough.values()))
    return next(iter(own.values())).shape


def _subsets(seen: Evidence) -> Iterator[frozenset[str]]:
    """Each set of threats whose clocks passed for want of resolve; the others' for h."""
    for kept in product((False, True), repeat=len(seen.passed)):
        yield frozenset(compress(seen.passed, kept))


def _least(tough: Chances, seen: Evidence, also: tuple[str, str] | None) -> dict[str, Array]:
    """Target -> chance that it is tough under the hardest threat under which it must be."""
    must = [(threat, target) for threat, hit in seen.struck.items() for target in sorted(hit)]
    found: dict[str, Array] = {}
    for threat, target in [*must, *([also] if also else [])]:
        own = tough[threat][target]
        found[target] = np.minimum(found[target], own) if target in found else own
    return found


def _not_on_others(tough: Chances, seen: Evidence) -> dict[str, Array]:
    """Target -> chance that it is tough where it was spared and another hit."""
    none: dict[str, Array] = {}
    for threat, hit in seen.struck.items():
        spared = {target: own for target, own in tough[threat].items() if target not in hit}
        _raise(none, spared)
    return none


def _most(tough: Chances, spared: frozenset[str], none: Mapping[str, Array]) -> dict[str, Array]:
    """Target -> chance that it is tough under the mildest threat under which it must not be."""
    found = dict(none)
    for threat in spared:
        _raise(found, tough[threat])
    return found


def _raise(found: dict[str, Array], to: Mapping[str, Array]) -> None:
    for target, own in to.items():
        found[target] = np.maximum(found[target], own) if target in found else own


def over_hazard(h: Array, share: Array, seen: Evidence) -> Acted:
    """The chance over h that it acted at so many clocks, and did not at those that passed.

    A threat whose n clocks passed says (1 - h)^n where the sender is tough on one of its targets
    and 1 where it is not, so a_t + (1 - a_t) 1{not tough} with a_t = (1 - h)^n.

    Args:
        h: points of its law, the last axis.
        share: weight of each, summing to 1.
        seen: the history.
    """
    idle = {threat: (1.0 - h) ** count for threat, count in seen.passed.items()}

    def acted(spared: frozenset[str], clocks: int) -> Array:
        found = h**clocks
        for threat, one in idle.items():
            found = found * (1.0 - one if threat in spared else one)
        return np.asarray(found @ share)

    return acted
