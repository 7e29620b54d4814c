"""Where bargaining ends: on the frontier, at Nash's point or after alternating offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.policy.numbers import number
from threatpoint.strategy.bargain import NOTHING, Bargain, Deal, require_weight
from threatpoint.strategy.forms import unthreatened

if TYPE_CHECKING:
    from threatpoint.array_types import Array

FINE = 101
"""Points of a grid over the share, and levels of the target's gain, each time it is narrowed."""

NARROWED = 4
"""Times that a grid is narrowed to the neighbours of its best point: to a millionth."""

DENSE = 2001
"""Points of a grid over the tariff."""

HALVINGS = 32
"""Of a bracket: to a few billionths of it."""

ANYWAY = 0.005
"""A share that is stopped beyond that of no agreement counts from here on."""

SHARES = np.linspace(0.0, 1.0, FINE)


@dataclass(frozen=True)
class Frontier:
    """The sender's best gain at each gain of the target, over all shares and tariffs.

    Attributes:
        bargain: what can be agreed on.
        weight: B.

    Raises:
        PolicyError: B outside 0 to 1.
    """

    bargain: Bargain
    weight: float

    def __post_init__(self) -> None:
        require_weight(self.weight)

    @cached_property
    def _tariffs(self) -> tuple[Array, Array, Array]:
        """Income of the target, rising; the sender's best at as much or more; and at which rate."""
        rates = np.linspace(*self.bargain.rates, DENSE)
        target, sender = (x.values(rates) for x in (self.bargain.target, self.bargain.sender))
        order = np.argsort(-target, kind="stable")
        best = np.maximum.accumulate(sender[order])
        which = np.maximum.accumulate(np.where(sender[order] == best, np.arange(DENSE), 0))
        return target[order][::-1], best[::-1], rates[order][which][::-1]

    def _offers(self, gains: Array, shares: Array) -> Array:
        """(G, X) the sender's gain where the target gains at least so much and stops so much."""
        bargain, (target, best, _) = self.bargain, self._tariffs
        wanted = gains[:, None] + bargain.refusal[0] + bargain.loss.values(shares)
        own = bargain.to_sender.values(shares) + self.weight * bargain.revenue.values(shares)
        return np.interp(wanted, target, best, right=-np.inf) + own - bargain.refusal[1]

    def best(self, gain: float) -> float:
        """The sender's gain at a gain of the target; minus infinity where it cannot have that."""
        return self._at(gain)[0]

    def _at(self, gain: float) -> tuple[float, float]:
        """(the sender's gain, the share) there."""
        shares, level = SHARES, np.array([gain])
        for _ in range(NARROWED):
            shares = _around(shares, int(np.argmax(self._offers(level, shares)[0])))
        found = self._offers(level, shares)[0]
        k = int(np.argmax(found))
        return float(found[k]), float(shares[k])

    def deal(self, gain: float) -> Deal:
        """The agreement in which the target gains so much."""
        share = self._at(gain)[1]
        target, _, rates = self._tariffs
        wanted = gain + self.bargain.refusal[0] + self.bargain.loss(share)
        return self.bargain.deal(share, float(np.interp(wanted, target, rates)), self.weight)

    @cached_property
    def most(self) -> float:
        """The most that the target can gain while the sender loses nothing; 0 if nothing."""
        least = float(self.bargain.loss.values(SHARES).min())
        top = max(float(self._tariffs[0][-1]) - self.bargain.refusal[0] - least, 0.0)
        levels = np.linspace(0.0, top, FINE)
        pays = np.flatnonzero(self._offers(levels, SHARES).max(axis=1) >= 0)
        if not len(pays) or pays[-1] == FINE - 1:
            return top if len(pays) else 0.0
        return falling(self.best, float(levels[pays[-1]]), float(levels[pays[-1] + 1]))

    def nash(self) -> Deal | None:
        """Where the product of both gains is largest (Nash 1950); None where not both can gain."""
        shares, rates = SHARES, np.linspace(*self.bargain.rates, FINE)
        x, t = self._product_best(shares, rates)
        for _ in range(NARROWED):
            shares, rates = _around(shares, x), _around(rates, t)
            x, t = self._product_best(shares, rates)
        return _worth(self.bargain.deal(float(shares[x]), float(rates[t]), self.weight))

    def _product_best(self, shares: Array, rates: Array) -> tuple[int, int]:
        """Positions of the share and the tariff with the largest product of both gains."""
        gains = self.bargain.gains(shares, rates, self.weight)
        product = np.maximum(gains[0], 0.0) * np.maximum(gains[1], 0.0)
        x, t = np.unravel_index(int(np.argmax(product)), product.shape)
        return int(x), int(t)

    def alternating(self, patience: tuple[float, float]) -> Deal | None:
        """What the sender offers first, and the target takes, in alternating offers.

        The stationary equilibrium of Rubinstein (1982): each offers the other what it is worth to
        it to refuse and offer itself an interval later.

        Args:
            patience: discount factors of target and sender over one interval, in (0, 1).

        Raises:
            PolicyError: a factor outside 0 to 1.
        """
        target, sender = (_factor(delta) for delta in patience)

        def counter(gain: float) -> float:
            """What the target would have by refusing this: its own offer, an interval later."""
            floor = sender * self.best(gain)
            return target * falling(lambda own: self.best(own) - floor, gain, self.most)

        return _worth(self.deal(falling(lambda gain: counter(gain) - gain, 0.0, self.most)))


def _around(points: Array, k: int) -> Array:
    """A grid as fine between the neighbours of a point."""
    last = len(points) - 1
    return np.linspace(float(points[max(k - 1, 0)]), float(points[min(k + 1, last)]), last + 1)


def _worth(found: Deal) -> Deal | None:
    """The agreement, if both gain by it."""
    return found if min(found.target, found.sender) > NOTHING else None


def least_weight(bargain: Bargain) -> float:
    """The least B at which Nash's point has the target stop more than it would by itself.

    Infinite where not even a dollar for a dollar is enough.
    """
    anyway = unthreatened(bargain.loss) + ANYWAY

    def stops(weight: float) -> bool:
        found = Frontier(bargain, weight).nash()
        return found is not None and found.share > anyway

    if stops(0.0) or not stops(1.0):
        return 0.0 if stops(0.0) else float("inf")
    return falling(lambda weight: -1.0 if stops(weight) else 1.0, 0.0, 1.0, halvings=12)


def falling(
    function: Callable[[float], float], low: float, high: float, halvings: int = HALVINGS
) -> float:
    """Where a falling function passes 0, or the end that is nearer to that."""
    for _ in range(halvings):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) > 0 else (low, middle)
    return (low + high) / 2


def _factor(delta: object) -> float:
    value = number("discount factor", delta, "0.9")
    if not 0 < value < 1:
        raise PolicyError(f"discount factor {value:g} is outside 0 to 1")
    return value
