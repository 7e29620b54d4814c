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
from dataclasses import dataclass, replace

from threatpoint.errors import PolicyError, require_label
from threatpoint.quantity import Quantity
from threatpoint.strategy.after_step import AfterStep, Row
from threatpoint.strategy.drawn_type import DRAWS, SEED, DrawnType
from threatpoint.strategy.history import Gains, Step, require_history
from threatpoint.strategy.type_priors import TypePrior, type_priors
from threatpoint.views import Shown


@dataclass(frozen=True)
class Resolve(DrawnType, Shown):
    """The sender's type for given threats; attributes and errors as in `DrawnType`.

    Example:
        >>> from threatpoint.strategy import Resolve, Step, type_priors
        >>> type_ = Resolve({"tariff": {"IND": 3.4, "CHN": -24.0}}, type_priors("USA"))
        >>> made = Step("2025-03-30", "tariff", "made")
        >>> [round(row["hit_probability"], 2) for row in type_.rows([made])]
        [0.35, 0.21]
        >>> round(type_.probability([made, Step("2025-04-30", "tariff", "clock")]), 2)
        0.62
    """

    def with_prior(self, name: str, given: Quantity | float, law: str | None = None) -> Resolve:
        """The same with a prior at a number, or over another range.

        Args:
            name: "share", "s", "h", "years" or "rho".
            given: in the prior's unit.
            law: one of `laws.LAWS`; that of the prior where it is left out.

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


def beliefs(
    gains: Gains,
    history: Sequence[Step],
    priors: Mapping[str, TypePrior] | None = None,
    seed: int = SEED,
    draws: int = DRAWS,
) -> list[Row]:
    """What to believe of each threat and target after each step; see `Resolve.rows`."""
    return Resolve(gains, priors or type_priors(), draws, seed).rows(history)
