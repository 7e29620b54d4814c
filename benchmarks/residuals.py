"""Every market and every account of a reported solution, stated plainly and apart from the solver.

    from benchmarks.residuals import residuals, largest
    largest(residuals(solution))          # ('goods market', 3.1e-11, (0, 2))

Only what a `Solution` reports, its economy, its wedges and its given sector are read; the
equations are those of docs/theory.md. Each residual is relative: a gap of logs, or of money over
the country's factor income. Not a number counts as infinite. At an equilibrium all are about the
solver's tolerance, 1e-10; the redundant labour markets are allowed 30 times that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks import bounds, markets
from benchmarks.plain import Base, Network, channels, network, over

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from threatpoint.equilibrium import Solution

    Array = NDArray[np.float64]

BOUND = 1e-8
"""A solution with a larger residual is a wrong number."""

REPORTED = (
    "wages", "prices", "unit_costs", "expenditure", "output", "value_added", "income",
    "tariff_revenue", "export_charges", "waste", "deficit", "trade", "spending", "charges",
    "shares", "tariff", "final", "inputs", "price_index", "value_added_price",
)  # fmt: skip
"""Fields of a solution that are read or printed somewhere."""

WELFARE = (
    "percent", "usd", "real_wage", "terms_of_trade", "volume_of_trade", "from_factors",
    "from_tariffs", "from_deficit",
)  # fmt: skip


def residuals(s: Solution) -> dict[str, Array]:
    """Label -> residuals of that equation, one for each market, account or flow; all 0 or above.

    Raises:
        ValueError: a solution without an economy, computed from shares.
    """
    if s.economy is None:
        raise ValueError("only a solution with its economy can be checked")
    b = Base.of(s.economy, s.calibration.elasticities)
    ways = channels(b, s.wedges, s.given)
    left = network(b, ways[0].weight + ways[1].weight)
    with np.errstate(all="ignore"):
        found = _signs(s, b, left)
        opened = bounds.open_flows(s, b, ways)
        found |= markets.technology(s, b, left)
        found |= markets.supply(s, b, left)
        found |= markets.given(s, b, left)
        found |= markets.trade(s, b, ways, left, opened)
        found |= markets.money(s, ways, opened)
        found |= markets.balance(s, b, left)
        found |= bounds.limits(s, b, opened)
        found |= _welfare(s, b)
    return {label: np.where(np.isnan(x), np.inf, np.abs(x)) for label, x in found.items()}


def largest(found: dict[str, Array]) -> tuple[str, float, tuple[int, ...]]:
    """The equation with the largest residual, its size, and where: (label, residual, position)."""
    label = max(found, key=lambda name: float(found[name].max(initial=0.0)))
    worst = found[label]
    place = np.unravel_index(int(worst.argmax()), worst.shape) if worst.size else ()
    return label, float(worst.max(initial=0.0)), tuple(int(p) for p in place)


def _wrong(bad: Array) -> Array:
    """Infinite where something is wrong, else 0."""
    return np.where(bad, np.inf, 0.0)


def _signs(s: Solution, b: Base, left: Network) -> dict[str, Array]:
    """Finite numbers everywhere; above 0 what must be, exactly 0 what has gone."""
    values = {name: np.asarray(getattr(s, name)) for name in REPORTED}
    values |= {f"welfare.{name}": np.asarray(getattr(s.welfare, name)) for name in WELFARE}
    found = {f"finite: {name}": _wrong(~np.isfinite(x)) for name, x in values.items()}
    positive = ("wages", "prices", "unit_costs", "price_index", "value_added_price", "income")
    found |= {f"above 0: {name}": _wrong(~(values[name] > 0)) for name in positive}
    flows = left.flows
    exists = {
        "value_added": left.sells & (b.value_added > 0),
        "output": left.sells & (b.made > 0),
        "expenditure": left.wanted & (b.spending > 0),
        "trade": flows,
        "spending": flows,
    }
    for name, mask in exists.items():
        found[f"above 0: {name}"] = _wrong(np.where(mask, ~(values[name] > 0), values[name] != 0))
    found["above 0: income net of waste"] = _wrong(~(s.income - s.waste > 0))
    found["status"] = _wrong(np.array([not s.status.converged]))
    return found


def _welfare(s: Solution, b: Base) -> dict[str, Array]:
    """Every measure, again from levels; in percentage points over 100 + the measure."""
    w, index = s.welfare, s.price_index
    real = (s.income - s.waste) / index / b.income
    dc, change = s.unit_costs - 1, over(s.trade, b.trade, empty=1.0) - s.unit_costs
    terms = (b.made * dc).sum(axis=1) - np.einsum("nij,ij->n", b.trade, dc)
    volume = (b.tariff * b.trade * change).sum(axis=(1, 2))
    tariffs = (s.tariff_revenue / index - (b.trade * b.tariff).sum(axis=(1, 2))) / b.income
    deficit = (s.deficit / index - b.deficit) / b.income
    expected = {
        "percent": real - 1,
        "real_wage": s.wages / index - 1,
        "terms_of_trade": terms / b.income,
        "volume_of_trade": volume / b.income,
        "from_tariffs": tariffs,
        "from_deficit": deficit,
        "from_factors": real - 1 - tariffs - deficit,
    }
    found = {
        f"welfare: {name}": (getattr(w, name) / 100 - x) / (1 + np.abs(x))
        for name, x in expected.items()
    }
    found["welfare: usd"] = w.usd / b.income - w.percent / 100
    return found
