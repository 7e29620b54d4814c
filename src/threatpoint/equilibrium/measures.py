"""What statistics measure of a country beside welfare: GDP, and the prices of its imports.

Consumer prices are `Solution.price_index`. All are against the numeraire, world value added.
Each takes a `Solution`, whose own module reads from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from threatpoint.array_types import Array


def percent_change(after: Array, before: Array) -> Array:
    """100 (after / before - 1), %; NaN where there was nothing before."""
    with np.errstate(divide="ignore", invalid="ignore"):
        change = 100.0 * (after / before - 1.0)
    return np.where(before > 0, change, np.nan)


def gdp(solution: Any) -> Array:
    """(N,) money: GDP at market prices, what factors and taxes earn, net of real trading costs.

    Income less the trade deficit; at baseline `Economy.gdp`.
    """
    return solution.income - solution.waste - solution.deficit


def gdp_before(solution: Any) -> Array:
    """(N,) money: the same at baseline."""
    return solution.calibration.income - solution.calibration.deficit


def real_gdp(solution: Any) -> Array:
    """(N,) hat: what GDP buys of the final-use basket.

    The deflator is the price index of final use, as in studies with models of this kind. At
    constant prices GDP would hardly move: with mobile factors (phi = 1) not at all.
    """
    return gdp(solution) / gdp_before(solution) / solution.price_index


def import_prices(solution: Any) -> tuple[Array, Array]:
    """(N,) hats of the prices of imports: before the importer's tariff, and tariff included.

    Laspeyres over the flows between countries that go on, with their baseline values as weights, as
    statistical offices match products: what is cut off has no price. Before the tariff is what the
    exporter's side gets for what arrives, with export taxes, rents of its quotas and real costs of
    trading, what a change of iceberg costs makes it ship more or less among them; the
    importer's rents of quotas count as tariff. NaN where no import goes on.
    """
    before, sold = solution.baseline_trade, solution.trade
    matched = np.where(sold > 0, before, 0.0)
    home = np.arange(len(matched))
    matched[home, home] = 0.0
    shipped = np.where(sold > 0, sold, 1.0) / solution.unit_costs[None]
    quantity = shipped / (1.0 + solution.policy.iceberg)
    taxed = 1.0 + solution.calibration.tariff
    return (
        _laspeyres((sold + solution.charges) / quantity, matched),
        _laspeyres(solution.spending / quantity / taxed, matched * taxed),
    )


def _laspeyres(price: Array, weight: Array) -> Array:
    """(N,) mean of the hats (N, N, S) of each buyer with its weights; NaN without any."""
    total = weight.sum(axis=(1, 2))
    mean = (weight * price).sum(axis=(1, 2))
    return np.divide(mean, total, out=np.full_like(total, np.nan), where=total > 0)
