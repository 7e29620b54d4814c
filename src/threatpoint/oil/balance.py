"""Do the barrels of a market add up? What does not is withheld, and its size is said.

The table holds a sector, the market one good in it. Redirected sales of the sector are booked as
the good at each buyer's old share, so barrels can vanish or appear between what the producers pump
and what the buyers and the seller at home use. This module counts them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.solution import Solution
    from threatpoint.world.economy import Economy
    from threatpoint.world.market import Market

ROUNDING = 0.005
"""Half of the last digit that is printed; a larger difference can be seen in print."""


@dataclass(frozen=True)
class Balance:
    """What all producers make more, and what is used more of what they make.

    Attributes:
        made: change of output of all producers whose baseline output is known, e.g. mb/d.
        used: change of use of what they make; of the seller's, its exports of the good and what it
            uses at home. NaN where the seller's output is not known.
    """

    made: float
    used: float

    @property
    def missing(self) -> float:
        """What is pumped and not used; below 0 what is used and not pumped."""
        return self.made - self.used

    @property
    def holds(self) -> bool:
        """The two agree to what is printed."""
        return abs(self.missing) <= ROUNDING


def balance(
    solution: Solution, economy: Economy, market: Market, seller: str, exports: tuple[Array, Array]
) -> Balance:
    """The two sides of one outcome.

    Args:
        solution: the equilibrium.
        economy: its table.
        market: the facts about the good.
        seller: code.
        exports: (N,) the seller's good by buyer before and after, as booked.
    """
    j = economy.sector(market.sector)
    before, after = economy.trade[:, :, j], solution.trade[:, :, j] / solution.unit_costs[:, j]
    made, used = 0.0, float(exports[1].sum() - exports[0].sum())
    for code, volume in market.output.items():
        i = economy.country(code)
        output = solution.output[i, j] / solution.unit_costs[i, j] / economy.output[i, j]
        made += volume.value * float(output - 1.0)
        if code != seller:
            used += volume.value * float(after[:, i].sum() / before[:, i].sum() - 1.0)
    return Balance(made, used + _at_home(market, seller, economy.country(seller), before, after))


def _at_home(market: Market, seller: str, i: int, before: Array, after: Array) -> float:
    """Change of what the seller uses itself: its output less its exports at baseline."""
    if seller not in market.output or not before[i, i] > 0:
        return float("nan")
    own = market.output[seller].value - market.exports[seller].value
    return own * float(after[i, i] / before[i, i] - 1.0)
