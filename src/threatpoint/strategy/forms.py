"""Forms of a threat on how much a target stops, and its best answer to each.

A target stops a share x of its purchases, which costs it L(x). Punished in part s it loses K(s).
What it expects to lose by the punishment when it is believed with probability p:

| form | punishment | expected loss |
|---|---|---|
| step | in full, unless it stops everything | p K(1) for x < 1, 0 at x = 1 |
| scaled | of a size in proportion to what goes on | p K(1 - x) |
| proportional | in full, with a probability in proportion to what goes on | p (1 - x) K(1) |

With L convex the first gives all or what is stopped anyway, the last something between where
L'(0) < p K(1) < L'(1) (Becker 1968 on the size and the probability of a punishment). The second
can give either: what the next share costs and what it spares both rise where K is concave.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from threatpoint.errors import PolicyError, require_label
from threatpoint.policy.numbers import unit_share
from threatpoint.strategy.curve import highest

if TYPE_CHECKING:
    from threatpoint.strategy.curve import Curve

Form = Literal["step", "scaled", "proportional"]
FORMS: tuple[str, ...] = get_args(Form)


@dataclass(frozen=True)
class Answer:
    """What a target does.

    Attributes:
        share: x, the share of its purchases that it stops.
        loss: L(x) and the punishment expected at x together.
    """

    share: float
    loss: float


def best_share(loss: Curve, bite: Curve, belief: float, form: str) -> Answer:
    """The share at which a target loses least; of equals the smallest.

    Args:
        loss: L over x in [0, 1].
        bite: K over the part s in [0, 1] of the punishment.
        belief: p, probability of the punishment, in [0, 1].
        form: one of `FORMS`.

    Raises:
        PolicyError: an unknown form; a belief outside 0 to 1.

    Example, a loss of 10 x^2 and a bite of 8 s:
        >>> loss = Curve(np.array([0.0, 1.0]), np.array([[0.0], [10.0], [0.0], [0.0]]))
        >>> bite = Curve(np.array([0.0, 1.0]), np.array([[0.0], [0.0], [8.0], [0.0]]))
        >>> best_share(loss, bite, 0.5, "proportional")
        Answer(share=0.2, loss=3.6)
    """
    p = unit_share("belief", belief)
    require_label("form of a threat", form, FORMS, PolicyError)
    if form == "step":
        return _step(loss, p * bite(1.0))

    def expected(x: float) -> float:
        return loss(x) + p * (bite(1.0 - x) if form == "scaled" else (1.0 - x) * bite(1.0))

    def slope(x: float) -> float:
        return loss.slope(x) - p * (bite.slope(1.0 - x) if form == "scaled" else bite(1.0))

    knots = [*loss.knots, *(1.0 - bite.knots if form == "scaled" else ())]
    share = highest(lambda x: -expected(x), lambda x: -slope(x), knots)
    return Answer(share, expected(share))


def _step(loss: Curve, punishment: float) -> Answer:
    """Everything, or what is best where only that spares the target."""
    share = highest(lambda x: -loss(x), lambda x: -loss.slope(x), loss.knots)
    going_on = loss(share) + (punishment if share < 1 else 0.0)
    everything = loss(1.0)
    return Answer(1.0, everything) if everything < going_on else Answer(share, going_on)


def unthreatened(loss: Curve) -> float:
    """The share that a target stops for its own good, as a buyer who thereby buys cheaper."""
    return _step(loss, 0.0).share
