"""Support in every draw: what the announcements replace, and what of it reaches the front."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from threatpoint.array_types import Array
from threatpoint.spread import Spread, carried_by
from threatpoint.support.inputs import inputs
from threatpoint.support.programme import LONGEST, Programme
from threatpoint.views import Shown

YEAR = 12


@dataclass(frozen=True, eq=False)
class SupportDrawn(Shown):
    """The programme over the draws.

    Attributes:
        programme: what had been announced.
        values: key -> (K,) of every input of this room; others are not looked at.
    """

    programme: Programme
    values: Mapping[str, Array]

    @cached_property
    def change(self) -> Array:
        """Change of all support if the leaver leaves, months 1 to 18; (K, 18), 0 = none."""
        return self.programme.change(self.values, LONGEST)

    def covered(self, share: float) -> Array:
        """The change where the others cover a share of the gap at once; (K,)."""
        return self.programme.covered(self.values, share)[:, 0]

    @property
    def part(self) -> Spread:
        """The leaver's share of all support, the loan counted as drawn."""
        return Spread(-self.covered(0.0))

    def replaced(self, months: int = YEAR, loan: bool = True) -> Spread:
        """Share of the gap of the first months that is replaced."""
        return Spread(self.programme.replaced(self.values, months, loan)[:, -1])

    def adds(self, months: int = YEAR) -> Spread:
        """What the others give beyond the baseline in the first months, EUR bn."""
        common, capitals = self.of_common(months).values, self.of_capitals(months).values
        return Spread(common + capitals, unit="EUR bn")

    def of_common(self, months: int = YEAR) -> Spread:
        """The part of the EU institutions, the loan in it."""
        after = np.array([[float(months)]])
        return Spread(self.programme.common_adds(self.values, after, True)[:, 0], unit="EUR bn")

    def of_capitals(self, months: int = YEAR) -> Spread:
        """The part of the capitals."""
        after = np.array([[float(months)]])
        return Spread(self.programme.capitals_add(self.values, after)[:, 0], unit="EUR bn")

    def change_after(self, months: int) -> Spread:
        """The change after some months, of 1 to 18."""
        return Spread(self.change[:, months - 1])

    def carried(self, months: int = YEAR) -> dict[str, float]:
        """Group of inputs -> part of the variance of what is replaced that it alone carries."""
        found = {one.group: self.values[one.key] for one in inputs()}
        return carried_by(found, self.replaced(months).values)


def drawn(programme: Programme | None, values: Mapping[str, Array]) -> SupportDrawn | None:
    """The programme over the draws; None without one."""
    return None if programme is None else SupportDrawn(programme, values)
