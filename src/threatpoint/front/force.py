"""A force to secure the rear: what it costs, how many it takes in rotation, what it frees, when.

cost = size * cost of a soldier-year; needed = size * rotation; brigades freed = size * share / men
of a brigade. What it is worth at the front is asked by the talks, not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from threatpoint.array_types import Array
from threatpoint.drawn_input import CHOSEN, Input
from threatpoint.front import data as front_data
from threatpoint.quantity import Quantity
from threatpoint.spread import Spread
from threatpoint.views import Shown

SIZES = (10_000, 30_000, 100_000)
"""Soldiers on the ground: what one country, several, or most of those asked could send."""
EUR_YEAR = "EUR/year"
GROUP = "what a force costs, takes and frees"
_PRIOR = "prior of this project: "
_CHOICE = "no page: a choice"


@dataclass(frozen=True)
class Cost:
    """What a soldier of a force costs a year, by one source.

    Attributes:
        force: whose soldier, where.
        eur, usd: a year.
        source, page, published: who says so, where, and since when.
    """

    force: str
    eur: float
    usd: float
    source: str
    page: str
    published: str


@dataclass(frozen=True, eq=False)
class Force(Shown):
    """A force by its size, in every draw; columns in the order of `sizes`.

    Attributes:
        sizes: soldiers on the ground, S of them.
        cost: (K, S) EUR bn a year.
        needed: (K, S) soldiers, those in training and at rest with them.
        brigades: (K, S) of the defender that are freed.
        months: (K,) until it stands.
    """

    sizes: tuple[int, ...]
    cost: Array
    needed: Array
    brigades: Array
    months: Array

    def spreads(self, size: int) -> dict[str, Spread]:
        """Measure -> spread, of one size; the size is one of `sizes`."""
        n = self.sizes.index(size)
        return {
            "cost": Spread(self.cost[:, n], unit="EUR bn/year"),
            "needed": Spread(self.needed[:, n], unit="soldiers"),
            "brigades": Spread(self.brigades[:, n], unit="brigades"),
        }

    @property
    def time(self) -> Spread:
        """Months until it stands."""
        return Spread(self.months, unit="months")


@cache
def costs() -> tuple[Cost, ...]:
    """The published costs, in the order of the table."""
    return tuple(
        Cost(eur=float(row.pop("eur")), usd=float(row.pop("usd")), **row)
        for row in front_data.rows("force_costs.csv")
    )


@cache
def inputs() -> tuple[Input, ...]:
    """All inputs of `solve_force`; keys begin with "force_"."""
    return (
        Input.of("force_cost", "cost of a soldier of the force a year", _cost(), "loguniform",
                 max(cost.published for cost in costs())[:7], GROUP),
        _of("rotation", "soldiers it takes to keep one on the ground", (3.0, 2.5, 5.0),
            "one deployed, one preparing, one at rest; low: F.-S. Gady, IISS, 40,000 take up to "
            "100,000 (Reuters, December 2024); high: six months in thirty (UK harmony guidelines, "
            "Iraq Inquiry 2016, section 16.1, table 1)"),
        _of("share", "soldiers of the defender freed by one of the force", (0.5, 0.25, 0.75),
            "nobody has counted who guards the rear"),
        _of("brigade", "soldiers of a brigade of the defender", (3500.0, 2000.0, 5000.0),
            "few brigades are at full strength", "soldiers"),
        _of("months", "months until the force stands", (6.0, 1.0, 24.0),
            "from a vanguard to the whole force", "months"),
    )  # fmt: skip


def solve_force(values: Mapping[str, Array], sizes: tuple[int, ...] = SIZES) -> Force:
    """The force in every draw.

    Args:
        values: input key -> (K,), of `inputs`.
        sizes: soldiers on the ground.

    Example:
        >>> import numpy as np
        >>> middle = {item.key: item.quantile(np.array([0.5])) for item in inputs()}
        >>> round(float(solve_force(middle).cost[0, 1]), 1)  # 30,000 soldiers, EUR bn a year
        8.7
    """
    soldiers = np.array(sizes, dtype=float)
    freed = values["force_share"] / values["force_brigade"]
    return Force(
        sizes,
        values["force_cost"][:, None] * soldiers / 1e9,
        values["force_rotation"][:, None] * soldiers,
        freed[:, None] * soldiers,
        values["force_months"],
    )


def _cost() -> Quantity:
    """From the least to the most that is published, and their geometric middle."""
    low, high = min(cost.eur for cost in costs()), max(cost.eur for cost in costs())
    sources = "; ".join(dict.fromkeys(f"{cost.force}: {cost.source}" for cost in costs()))
    middle = (low * high) ** 0.5
    return Quantity(middle, low, high, EUR_YEAR, "2025", sources, costs()[0].page)


def _of(
    name: str, meaning: str, numbers: tuple[float, float, float], why: str, unit: str = "1"
) -> Input:  # fmt: skip
    given = Quantity(*numbers, unit, source=_PRIOR + why, page=_CHOICE, prior=True)
    return Input.of(f"force_{name}", meaning, given, "triangular", CHOSEN, GROUP)
