"""The sender's type: is it one that carries the threat out, given what came of its threats so far.

Fearon (1994) has the private resolve, Crisman-Cox and Gibilisco (2021) its logistic form: on target
i the sender carries a resisted threat out with probability Lambda(b + D Gamma_i / s), b from the
record. A clock that passes lowers the belief in it for that threat; a milder threat can still be
carried out. Nobody's threat has shown how many dollars weigh as much as resolve (s), so every
answer comes with its range over s.

For one and the same threat a passed clock never raises a belief: h is independent of the drawn
type, so after n clocks the belief is a p / (a P + 1 - P) with a = E (1 - h)^n, which falls in n (p
tough on the target, P on any). Over several threats it can: a clock that clears one target makes
the sender who is tough on the others likelier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import import_module
from typing import Any

import numpy as np

from threatpoint.array_types import Array
from threatpoint.errors import PolicyError, require_label, require_type
from threatpoint.quantity import Quantity
from threatpoint.strategy.after_step import AfterStep, Row
from threatpoint.strategy.history import Gains, Step, require_gains, require_history
from threatpoint.strategy.toughness import Chances, Draws, chances
from threatpoint.strategy.type_priors import TypePrior, type_priors

DRAWS, SEED = 4096, 1
SCALES = 9
"""Points of s at which the range is taken, from end to end in equal steps of its logarithm."""
POINTS = 128
"""Points of h over which it is integrated."""


@dataclass(frozen=True)
class Resolve:
    """The sender's type for given threats.

    Attributes:
        gains: threat -> target -> Gamma, USD bn a year: what hitting it brings the sender against
            sparing it, on the day of the threat and after the stated answer.
        priors: by name, from `type_priors`.
        draws: number of drawn types, a power of two.
        seed: of the scrambled Sobol points; the same seed gives the same numbers.

    Raises:
        PolicyError: a gain that is no number, a number of draws that is no power of two.

    Example:
        >>> from threatpoint.strategy import Resolve, Step, type_priors
        >>> type_ = Resolve({"tariff": {"IND": 3.4, "CHN": -24.0}}, type_priors("USA"))
        >>> made = Step("2025-03-30", "tariff", "made")
        >>> [round(row["hit_probability"], 2) for row in type_.rows([made])]
        [0.35, 0.21]
        >>> round(type_.probability([made, Step("2025-04-30", "tariff", "clock")]), 2)
        0.62
    """

    gains: Gains
    priors: Mapping[str, TypePrior] = field(default_factory=type_priors)
    draws: int = DRAWS
    seed: int = SEED

    def __post_init__(self) -> None:
        require_gains(self.gains)
        count = require_type("draws", self.draws, int, PolicyError)
        if count < 2 or count & (count - 1):
            raise PolicyError(f"draws is {count}; give a power of two, e.g. {DRAWS}")

    def with_prior(self, name: str, given: Quantity | float, law: str | None = None) -> Resolve:
        """The same with a prior at a number, or over another range.

        Args:
            name: "share", "s", "h", "years" or "rho".
            given: in the prior's unit.
            law: one of `oil.laws.LAWS`; that of the prior where it is left out.

        Raises:
            PolicyError: unknown prior; out of range; a law that does not fit.
        """
        require_label("prior of the sender's type", name, tuple(self.priors), PolicyError)
        own = {name: self.priors[name].given(given, law)}
        return replace(self, priors={**self.priors, **own})

    def rows(self, history: Sequence[Step]) -> list[Row]:
        """One row a step and target of its threat, in the order of the history.

        `hit_probability` is for the next clock, after the step, with its ends over s in `hit_low`
        and `hit_high`; NaN where the threat was carried out: it has no further clock. `hit_before`
        (`before_low`, `before_high`) is for this clock, before it: what a score compares with
        `was_hit`.

        Raises:
            PolicyError: a history that cannot have been, or that leaves too few draws.
        """
        require_history(history, self.gains)
        steps = range(len(history))
        return [row for n in steps for row in AfterStep(self, history[: n + 1]).rows()]

    def probability(self, history: Sequence[Step]) -> float:
        """Of all that came at the clocks of a history at once: who was hit, and when nobody was.

        Raises:
            PolicyError: a history that cannot have been, or that leaves too few draws.
        """
        require_history(history, self.gains)
        return float(AfterStep(self, history).weight.mean())

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


def beliefs(
    gains: Gains,
    history: Sequence[Step],
    priors: Mapping[str, TypePrior] | None = None,
    seed: int = SEED,
    draws: int = DRAWS,
) -> list[Row]:
    """What to believe of each threat and target after each step; see `Resolve.rows`."""
    return Resolve(gains, priors or type_priors(), draws, seed).rows(history)
