"""Who gives in: the spread of what a target may believe of the sender, against what it needs.

A target that knew the sender's share, scale, hazard, years and correlation (a draw of them) would
believe in being hit with one probability. Nobody knows them, so there is a spread of such beliefs;
their mean is the probability of `Resolve.rows`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from threatpoint.array_types import Array
from threatpoint.errors import PolicyError, require_label
from threatpoint.strategy.drawn_type import DrawnType
from threatpoint.strategy.history import Evidence, Gains, Step, require_history
from threatpoint.strategy.toughness import Draws, chances, over_hazard, weights

Row = dict[str, Any]

CONCEPT = (
    "probability that a target gives in: weight of the drawn senders at whom its belief of being "
    "hit reaches its break-even belief; a rule of decision, not an estimate"
)
COMMON_POINTS = 32
"""Equally likely points of the common factor over which a belief is taken."""


@dataclass(frozen=True)
class Opinions:
    """Beliefs of being hit at the next clock, (K,) each, and the weight of each, summing to 1."""

    belief: Array
    weight: Array

    @property
    def mean(self) -> float:
        """The probability of being hit."""
        return float(self.belief @ self.weight)


def opinions(of: DrawnType, history: Sequence[Step], threat: str, target: str) -> Opinions:
    """What a target may believe of being hit at the next clock of a threat, after a history.

    Raises:
        PolicyError: unknown threat or target; a history that cannot have been; a threat that was
            carried out already.
    """
    require_history(history, of.gains)
    require_label("threat", threat, tuple(of.gains), PolicyError)
    require_label("target", target, tuple(of.gains[threat]), PolicyError, threat)
    seen = Evidence.of(history)
    if threat in seen.struck:
        raise PolicyError(f"{threat}: carried out already; it has no further clock")
    tough, acted = chances(of.gains, _types(of)), _acted(of, seen)
    whole = weights(tough, seen, acted).mean(axis=1)
    part = weights(tough, seen, acted, (threat, target), 1).mean(axis=1)
    belief = np.divide(part, whole, out=np.zeros_like(part), where=whole > 0.0)
    return Opinions(belief, whole / whole.sum())


def share_giving_in(found: Opinions, needed: float) -> float:
    """Probability that a target gives in; see `CONCEPT`.

    Args:
        found: what it may believe.
        needed: its break-even belief; above 1 never, at or below 0 anyway; NaN: not known.
    """
    if math.isnan(needed):
        return math.nan
    weight = float(found.weight[found.belief >= needed].sum())
    return min(1.0, weight) if needed > 0.0 else 1.0


def giving_in_rows(of: DrawnType, history: Sequence[Step], needed: Gains) -> list[Row]:
    """One row a step and target of its threat: what it needs to believe, believes, and does.

    A threat that was carried out has no further clock, and no row.

    Args:
        of: the sender's type.
        history: as of `Resolve.rows`.
        needed: threat -> target -> break-even belief; see `answers.break_even_belief`.

    Raises:
        PolicyError: as `opinions`; a break-even belief left out.
    """
    require_history(history, of.gains)
    parts = [history[: n + 1] for n in range(len(history))]
    open_ = [part for part in parts if part[-1].threat not in Evidence.of(part).struck]
    return [_row(of, part, t, needed) for part in open_ for t in of.gains[part[-1].threat]]


def _row(of: DrawnType, history: Sequence[Step], target: str, needed: Gains) -> Row:
    step = history[-1]
    known = needed.get(step.threat, {})
    wanted = known[require_label("target", target, tuple(known), PolicyError, step.title)]
    found = opinions(of, history, step.threat, target)
    return {
        "date": step.date,
        "threat": step.threat,
        "step": step.kind,
        "target": target,
        "break_even_belief": wanted,
        "hit_probability": found.mean,
        "gives_in": share_giving_in(found, wanted),
        "concept": CONCEPT,
    }


def _types(of: DrawnType) -> Draws:
    """The drawn senders, (K, 1), with every point of the common factor, (1, M)."""
    special: Any = import_module("scipy.special")
    at = (np.arange(COMMON_POINTS) + 0.5) / COMMON_POINTS
    b, s, years, rho = (getattr(of.drawn, name)[:, None] for name in ("b", "s", "years", "rho"))
    return Draws(b, s, years, rho, special.ndtri(at)[None, :])


def _acted(of: DrawnType, seen: Evidence) -> Any:
    """The chance of the clocks at the h of each draw, (K, 1)."""
    h = of.priors["h"].at(of.uniform[:, 5])
    return over_hazard(h[:, None, None], np.ones(1), seen)
