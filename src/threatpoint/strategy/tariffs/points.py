"""A Nash point, and how it was tested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.strategy.tariffs.found import SecondOrder, SetRate
    from threatpoint.strategy.tariffs.vanish import Still

ANSWER = 1e-6
"""A best reply this near, in rates or in income over imports, is the same."""


@dataclass(frozen=True)
class Tested:
    """A side's best reply, searched for again from several starts, beside what it has.

    Attributes:
        side: whose.
        moved: the largest difference of a rate, a share of 1.
        more: what the best reply brings more, USD bn a year; below 0 by rounding.
        imports: on which the side's rates are, USD bn.
        second_order: of its income at the point.
    """

    side: str
    moved: float
    more: float
    imports: float
    second_order: SecondOrder

    @property
    def best(self) -> bool:
        """Whether what it has is a best reply: to `ANSWER` in rates, and a maximum."""
        near = self.moved <= ANSWER and self.more <= ANSWER * self.imports
        return near and self.second_order.maximum


@dataclass(frozen=True, eq=False)
class NashPoint(Shown):
    """Rates of all sides, best replies to each other; USD bn a year.

    Attributes:
        rates: of all sides.
        means: each side's rate, or their mean weighted by imports.
        changes: of each side's real income, against no added tariffs.
        by_country: economy -> the same.
        tested: side by side.
        path: (changes of the sides, all rates) after each round of replies and Newton step.
        rounds: of replies.
        still: where Newton's steps ended, in logs of one plus the rates.
        answers: (K,) the best replies sought anew, likewise.
    """

    rates: tuple[SetRate, ...]
    means: tuple[float, ...]
    changes: tuple[float, ...]
    by_country: Mapping[str, float]
    tested: tuple[Tested, ...]
    path: tuple[tuple[tuple[float, ...], tuple[float, ...], str], ...]
    rounds: int
    still: Still
    answers: Array

    @property
    def mutual(self) -> bool:
        """Whether each side's rates are its best reply, as tested."""
        return all(tested.best for tested in self.tested)

    @property
    def at_bounds(self) -> int:
        """Rates that a bound holds."""
        return sum(1 for rate in self.rates if rate.bound)
