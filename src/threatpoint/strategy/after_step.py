"""What is believed of the sender after a step of the history: the rows of `resolve`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from threatpoint.array_types import Array
from threatpoint.errors import PolicyError
from threatpoint.strategy.drawn_type import DrawnType
from threatpoint.strategy.history import CLOCK, Evidence, Step
from threatpoint.strategy.toughness import Chances, over_hazard, weights

Row = dict[str, Any]

CONCEPT = (
    "probability that a target that goes on is hit at the next clock, over the sender's type "
    "(private resolve, logistic), given the clocks so far"
)
LEAST_EFFECTIVE = 0.01
"""Share of the draws that must still count: with fewer an answer is noise."""
MOST_THREATS = 8
"""Different threats whose clocks passed: the sum has two terms for each."""


@dataclass(frozen=True)
class AfterStep:
    """The last step of a history, seen from after it.

    Attributes:
        of: the sender's type.
        history: up to this step; checked.
    """

    of: DrawnType
    history: Sequence[Step]

    @property
    def step(self) -> Step:
        """The step itself."""
        return self.history[-1]

    @cached_property
    def now(self) -> Evidence:
        """What is known after it.

        Raises:
            PolicyError: the clocks of too many different threats passed.
        """
        found = Evidence.of(self.history)
        if len(found.passed) > MOST_THREATS:
            raise PolicyError(
                f"clocks of {len(found.passed)} different threats passed; at most {MOST_THREATS} "
                "count"
            )
        return found

    @cached_property
    def weight(self) -> Array:
        """(K,) probability of the history in each draw.

        Raises:
            PolicyError: hardly any drawn type can have such a history.
        """
        found = self.weights(self.of.tough, self.now)
        if (count := effective(found)) < LEAST_EFFECTIVE * self.of.draws:
            raise PolicyError(
                f"{self.step.title}: hardly any type of the sender has such a history "
                f"({count:.0f} of {self.of.draws} draws count); widen the priors"
            )
        return found

    def rows(self) -> list[Row]:
        """One a target of its threat."""
        return [self._row(target) for target in self.of.gains[self.step.threat]]

    def _row(self, target: str) -> Row:
        threat = self.step.threat
        gain, also = self.of.gains[threat][target], (threat, target)
        scales = [tough for _, tough in self.of.by_scale]
        before = [self._before(tough, also) for tough in scales]
        hit = [self._hit(tough, also) for tough in scales]
        return {
            "date": self.step.date,
            "threat": threat,
            "step": self.step.kind,
            "target": target,
            "gain_usd_bn": gain,
            "pays": gain >= 0.0,
            "belief_tough": self._share(self.of.tough, self.now, also, 0),
            "hit_before": self._before(self.of.tough, also),
            "before_low": min(before),
            "before_high": max(before),
            "hit_probability": self._hit(self.of.tough, also),
            "hit_low": min(hit),
            "hit_high": max(hit),
            "was_hit": target in self.step.hit,
            "effective_draws": effective(self.weight),
            "concept": CONCEPT,
        }

    def _before(self, tough: Chances, also: tuple[str, str]) -> float:
        """The chance of being hit at this clock, before it; NaN where no clock ran out."""
        if self.step.kind != CLOCK:
            return math.nan
        return self._share(tough, Evidence.of(self.history[:-1]), also, 1)

    def _hit(self, tough: Chances, also: tuple[str, str]) -> float:
        """The chance of being hit at the next clock; NaN where there is none."""
        over = self.step.threat in self.now.struck
        return math.nan if over else self._share(tough, self.now, also, 1)

    def _share(self, tough: Chances, seen: Evidence, also: tuple[str, str], more: int) -> float:
        """Share of the history's probability in which that holds too."""
        whole = float(self.weights(tough, seen).mean())
        part = float(self.weights(tough, seen, also, more).mean())
        return part / whole if whole > 0.0 else math.nan

    def weights(
        self,
        tough: Chances,
        seen: Evidence,
        also: tuple[str, str] | None = None,
        more: int = 0,
    ) -> Array:
        """(K,) probability of a history in each draw; see `toughness.weights`."""
        return weights(tough, seen, over_hazard(*self.of.hazard, seen), also, more)


def effective(weight: Array) -> float:
    """Effective sample size of weights, (sum w)^2 / sum w^2; 0 where all are 0."""
    total = float(weight.sum())
    return total * total / float((weight * weight).sum()) if total > 0.0 else 0.0
