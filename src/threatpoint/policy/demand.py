"""Demand: what targets are asked to do where it is no trade, such as "guard the border".

What it costs a target to comply is nothing that a model of trade can know: it is given, with a
range, or it is left open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from threatpoint.errors import PolicyError
from threatpoint.quantity import Quantity
from threatpoint.units import money

if TYPE_CHECKING:
    from threatpoint.policy.targets import Action
    from threatpoint.world.economy import Economy

OF_GDP = "% of GDP"
"""Unit of a cost that is a part of the target's own yearly GDP."""


@dataclass(frozen=True)
class Cost(Quantity):
    """What complying costs a target a year: 0 or more, in a money unit or "% of GDP".

    Raises:
        PolicyError: below 0.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.low < 0:
            raise PolicyError(
                f"a cost of {self.value:g} {self.unit} ({self.low:g} to {self.high:g}) must be 0 "
                "or more"
            )

    def amounts(self, economy: Economy, members: Iterable[str]) -> tuple[float, float, float]:
        """Value, low and high for a target, in the economy's money unit.

        Args:
            economy: gives the GDP.
            members: codes of the target.

        Raises:
            PolicyError: a unit that is no money, or another currency.
        """
        ends = (self.value, self.low, self.high)
        if self.unit == OF_GDP:
            gdp = sum(float(economy.gdp[economy.country(code)]) for code in members)
            value, low, high = (share * gdp / 100 for share in ends)
        else:
            value, low, high = (money(end, self.unit, economy.unit) for end in ends)
        return value, low, high


@dataclass(frozen=True)
class Demand:
    """What the targets are asked to do, where it is no trade.

    Attributes:
        words: what they are asked, e.g. "stop the flow over the border".
        cost: of complying, for every target that has none of its own; None: not known.
        own: pairs of a target and its own cost.
        buying: the purchases that are to stop, where they are given as figures: they find the
            targets, but stopping them is no trade of the table.
    """

    words: str
    cost: Cost | None = None
    own: tuple[tuple[str, Cost], ...] = ()
    buying: Action | None = None

    def of(self, target: str) -> Cost | None:
        """What complying costs a target; None where nothing is given."""
        return dict(self.own).get(target, self.cost)
