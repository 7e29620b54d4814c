"""How far a threat is believed, from what carrying it out brings the sender (`type_priors`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.strategy.type_priors import TypePrior

QUANTILES = (0.05, 0.5, 0.95)
"""Of s, at which every answer is given: the record of threats does not tell s in dollars."""


@dataclass(frozen=True)
class Belief:
    """p = Lambda(b + D W / s): the chance that a sender carries a threat out on who defies.

    Attributes:
        share: Lambda(b), of resisted threats on record that were carried out.
        years: D, for how long the punishment is expected to last.
        scale: s, USD bn that weigh as much as resolve.
    """

    share: float
    years: float
    scale: float

    def __call__(self, gain: Array | float) -> Array:
        """P at what carrying it out brings, W in USD bn a year."""
        special: Any = import_module("scipy.special")
        return special.expit(special.logit(self.share) + self.years * np.asarray(gain) / self.scale)


def beliefs_at(priors: Mapping[str, TypePrior]) -> tuple[Belief, ...]:
    """The belief at each of `QUANTILES` of s, share and years at their central values."""
    share, years = (priors[name].quantity.value for name in ("share", "years"))
    given = priors["s"].quantity
    if given.low == given.high:
        return (Belief(share, years, given.value),)
    return tuple(Belief(share, years, float(s)) for s in priors["s"].at(np.array(QUANTILES)))
