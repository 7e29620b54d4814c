"""The drawn types of a sender for given threats: what a belief is a mean over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import import_module
from typing import Any

import numpy as np

from threatpoint.array_types import Array
from threatpoint.errors import PolicyError, require_type
from threatpoint.strategy.history import Gains, require_gains
from threatpoint.strategy.toughness import Chances, Draws, chances
from threatpoint.strategy.type_priors import TypePrior, type_priors

DRAWS, SEED = 4096, 1
SCALES = 9
"""Points of s at which the range is taken, from end to end in equal steps of its logarithm."""
POINTS = 128
"""Points of h over which it is integrated."""


@dataclass(frozen=True)
class DrawnType:
    """The types that a sender may have.

    Attributes:
        gains: threat -> target -> Gamma, USD bn a year: what hitting it brings the sender against
            sparing it, on the day of the threat and after the stated answer.
        priors: by name, from `type_priors`.
        draws: number of drawn types, a power of two.
        seed: of the scrambled Sobol points; the same seed gives the same numbers.

    Raises:
        PolicyError: a gain that is no number; a prior left out; a number of draws that is no power
            of two; a seed below 0.
    """

    gains: Gains
    priors: Mapping[str, TypePrior] = field(default_factory=type_priors)
    draws: int = DRAWS
    seed: int = SEED

    def __post_init__(self) -> None:
        require_gains(self.gains)
        if missing := [name for name in type_priors() if name not in self.priors]:
            raise PolicyError(f"missing priors of the sender's type: {', '.join(missing)}")
        count = require_type("draws", self.draws, int, PolicyError)
        if count < 2 or count & (count - 1):
            raise PolicyError(f"draws is {count}; give a power of two, e.g. {DRAWS}")
        if require_type("seed", self.seed, int, PolicyError) < 0:
            raise PolicyError(f"seed is {self.seed}; give 0 or more")

    @cached_property
    def uniform(self) -> Array:
        """(K, 6) scrambled Sobol points: share, s, years, rho, common factor, h."""
        qmc: Any = import_module("scipy.stats.qmc")
        named: Any = {"seed": self.seed}  # "rng" in newer releases of SciPy, which know this too
        points = qmc.Sobol(6, scramble=True, **named).random(self.draws)
        return np.clip(points, 2.0**-54, 1.0 - 2.0**-53)

    @cached_property
    def drawn(self) -> Draws:
        """The drawn types."""
        special: Any = import_module("scipy.special")
        share, s, years, rho = (
            self.priors[name].at(self.uniform[:, column])
            for column, name in enumerate(("share", "s", "years", "rho"))
        )
        return Draws(special.logit(share), s, years, rho, special.ndtri(self.uniform[:, 4]))

    @cached_property
    def hazard(self) -> tuple[Array, Array]:
        """Points of h and their weights."""
        at, share = np.polynomial.legendre.leggauss(POINTS)
        return self.priors["h"].at((1.0 + at) / 2.0), share / 2.0

    @cached_property
    def tough(self) -> Chances:
        """Threat -> target -> (K,) chance that the sender is tough on it."""
        return chances(self.gains, self.drawn)

    @cached_property
    def by_scale(self) -> list[tuple[float, Chances]]:
        """S -> the chances with every type at that s."""
        given = self.priors["s"].quantity
        grid = np.geomspace(given.low, given.high, SCALES if given.low < given.high else 1)
        return [
            (float(s), chances(self.gains, replace(self.drawn, s=np.full(self.draws, s))))
            for s in grid
        ]
