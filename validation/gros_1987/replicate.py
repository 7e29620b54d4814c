"""The optimal tariff of a country that gets smaller and smaller, found by the solver's own search.

Two countries, one good that differs by origin, no other tariffs, trade in balance. The tariff that
is best for a country is 1 / (theta * own), own the other's share of spending on its own good after
the tariff; as the country gets small, own goes to 1.
"""

from __future__ import annotations

import numpy as np

from threatpoint import Tariff, optimal_tariff, solve
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities
from validation.check import Check, compare, given, published

SIZES = (1.0, 0.1, 0.01, 0.001)
"""Of the country, the other's being 1."""
ABROAD = 0.3
"""Of its spending that it imports before any tariff."""
BOUNDS = (0.0, 2.0)
EXACT = 1e-6


def two_countries(size: float, theta: float) -> Economy:
    """A country of this size and one of size 1, USD bn."""
    sold = ABROAD * size
    trade = np.array([[[size - sold], [sold]], [[sold], [1.0 - sold]]])
    labels, made = (["SMALL", "REST"], ["GOOD"]), np.array([[size], [1.0]])
    values = {"long": Elasticities.of(*labels, theta)}
    return Economy.from_arrays(
        *labels, trade, np.zeros((2, 1, 1)), made, made.copy(), elasticities=values, unit="USD bn"
    )


def best(size: float, theta: float) -> tuple[float, float]:
    """The best tariff, and by the formula from the other's own share after it."""
    economy = two_countries(size, theta)
    found = optimal_tariff(economy, "SMALL", "REST", sectors="all", bounds=BOUNDS)
    after = solve(economy, Tariff("SMALL", "REST", "all", found.rate))
    return found.rate, 1.0 / (theta * float(after.shares[1, 1, 0]))


def checks() -> list[Check]:
    """Row 16: the smallest size against 1 / theta, and every size against the formula."""
    rows, computed, exact = published(__file__), dict[tuple[str, str], float](), list[Check]()
    for row in rows:
        (theta,) = given(row["item"])
        for size in SIZES:
            rate, formula = best(size, theta)
            exact.append(_formula(row["item"], size, rate, formula))
        computed[row["measure"], row["item"]] = rate
    return compare(rows, computed) + exact


def _formula(item: str, size: float, rate: float, formula: float) -> Check:
    what, source = f"search equals formula, {item}, size {size:g}", "1 / (theta own), closed form"
    return Check(16, what, "share", formula, rate, EXACT, source)
