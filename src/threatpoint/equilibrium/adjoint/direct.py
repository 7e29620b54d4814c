"""What an outcome takes from the levels of a state directly: the right-hand side of the adjoint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.state import State
    from threatpoint.equilibrium.system import System


@dataclass(frozen=True, eq=False)
class Direct:
    """Derivatives of an outcome to levels of a state.

    Attributes:
        income, revenue, charges, waste: to each country's, in money, [n].
        index: to the log of its final price index, [n].
        price: to log P, [j, n].
        output: to output, money, [j, n].
        sales: to what producers get abroad, money, [j, i].
    """

    income: Array
    revenue: Array
    charges: Array
    waste: Array
    index: Array
    price: Array
    output: Array
    sales: Array

    @classmethod
    def none(cls, system: System) -> Direct:
        """Nothing; the arrays may be written."""
        s, n = system.shape
        return cls(*(np.zeros(n) for _ in range(5)), *(np.zeros((s, n)) for _ in range(3)))

    def size(self, state: State) -> float:
        """How large the outcome's parts are, whatever of them cancels."""
        money = self.income, self.revenue, self.charges, self.waste
        found = sum(float(np.abs(x) @ state.income) for x in money)
        found += float((np.abs(self.output) * state.output).sum())
        found += float((np.abs(self.sales) * state.output).sum())
        return found + float(np.abs(self.index).sum() + np.abs(self.price).sum())
