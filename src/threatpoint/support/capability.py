"""Able and ready: what money can replace, and by when. Every number here is a prior."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from threatpoint.errors import ThreatpointError
from threatpoint.quantity import Quantity

HARD = (
    "number: prior of this project; that it is hard: Kiel Policy Brief 186, press of 13 March 2025"
)
OWN = "prior of this project; no published figure"


@dataclass(frozen=True)
class Capability:
    """One kind of support that is to be replaced.

    Attributes:
        name: what it is.
        weight: theta_k, its share in the support that ends; weights sum to one over all.
        ceiling: Q_k, share of it that others can replace at full ramp-up, 0 to 1.
        months: T_k, time constant of the ramp-up.
    """

    name: str
    weight: Quantity
    ceiling: Quantity
    months: Quantity

    def __post_init__(self) -> None:
        for part in fields(self)[1:]:
            value: Quantity = getattr(self, part.name)
            if value.low < 0.0 or (part.name == "months" and value.low == 0.0):
                raise ThreatpointError(f"{self.name}: {part.name} must be positive: {value.low}")
        if self.ceiling.high > 1.0 or self.weight.high > 1.0:
            raise ThreatpointError(f"{self.name}: weight and ceiling are shares, at most 1")

    def at_end(self, good: bool) -> Capability:
        """The same with ceiling and ramp-up at the good or the bad end of their ranges."""
        ceiling = self.ceiling.high if good else self.ceiling.low
        months = self.months.low if good else self.months.high
        return replace(
            self,
            ceiling=replace(self.ceiling, value=ceiling),
            months=replace(self.months, value=months),
        )


def _of(name: str, weight: str, ceiling: str, months: str, source: str) -> Capability:
    """A capability from "value low high" words."""
    units = ("share", "share", "months")
    parts: list[Quantity] = []
    for words, unit in zip((weight, ceiling, months), units, strict=True):
        value, low, high = (float(number) for number in words.split())
        parts.append(Quantity(value, low, high, unit, source=source, prior=True))
    return Capability(name, *parts)


CAPABILITIES = (
    _of("intelligence, command and control", ".10 .05 .20", ".40 .10 .70", "36 18 60", HARD),
    _of("rocket artillery", ".10 .05 .15", ".50 .20 .80", "24 12 48", HARD),
    _of("long-range air defence", ".15 .10 .25", ".60 .30 .90", "24 12 48", HARD),
    _of("howitzer ammunition", ".15 .10 .25", ".90 .70 1.0", "12 6 24", HARD),
    _of("other weapons and training", ".25 .15 .35", "1.0 .90 1.0", "9 4 18", OWN),
    _of("finance and humanitarian aid", ".25 .15 .45", "1.0 .95 1.0", "4 2 9", OWN),
)
"""What the support that ends is made of. That command and control is hard is our own reading."""

SUBSTITUTION = Quantity(0.5, 0.2, 0.9, "elasticity", source=OWN, prior=True)
"""s: below 1, so that shells do not stand in for intelligence."""


def ramp_up(ceiling: float, months: float, t: float) -> float:
    """Replaced share after t months, `Q (1 - exp(-t/T))`."""
    return ceiling * -math.expm1(-t / months)


def ces(weights: Sequence[float], quantities: Sequence[float], s: float) -> float:
    """Capability `A = [sum theta_k^(1/s) q_k^((s-1)/s)]^(s/(s-1))`, unit of the quantities.

    With weights that sum to one, `q_k = theta_k` gives A = 1. A kind that is missing gives A = 0.
    Weights are positive, s lies between 0 and 1.

    Source: Arrow, Chenery, Minhas & Solow (1961), Review of Economics and Statistics 43(3).
    """
    if min(quantities) == 0.0:
        return 0.0
    power = (s - 1.0) / s  # ratios first: tiny quantities to a large negative power overflow
    worst = min(q / w for w, q in zip(weights, quantities, strict=True))
    pairs = zip(weights, quantities, strict=True)
    return worst * sum(w * (q / w / worst) ** power for w, q in pairs) ** (1.0 / power)


def replaced(t: float, capabilities: Sequence[Capability] = CAPABILITIES, s: float = 0.5) -> float:
    """Share of the support that ended which is replaced after t months, by capability, 0 to 1."""
    whole = sum(c.weight.value for c in capabilities)
    weights = [c.weight.value / whole for c in capabilities]
    grown = [
        w * ramp_up(c.ceiling.value, c.months.value, t)
        for w, c in zip(weights, capabilities, strict=True)
    ]
    return ces(weights, grown, s)


def months_until(
    share: float, capabilities: Sequence[Capability] = CAPABILITIES, s: float = 0.5
) -> float | None:
    """First month at which `replaced` reaches `share` (bisection); None if it never does."""
    low, high = 0.0, 50.0 * max(c.months.value for c in capabilities)
    if replaced(high, capabilities, s) < share:
        return None
    while high - low > 1e-9 * high:
        middle = 0.5 * (low + high)
        low, high = (low, middle) if replaced(middle, capabilities, s) >= share else (middle, high)
    return high
