"""Every market and every account of a reported solution, stated plainly and apart from the solver.

    from benchmarks.residuals import residuals, largest
    largest(residuals(solution))          # ('goods market', 3.1e-11, (0, 2))

Only what a `Solution` reports, its economy, its wedges and its supply regimes are read; the
equations are those of docs/theory.md. Each residual is relative: a gap of logs, or of money over
the country's factor income. Not a number counts as infinite. At an equilibrium all are about the
solver's tolerance, 1e-10; the redundant labour markets are allowed 100 times that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks import bounds
from benchmarks.plain import Base, Channel, Network, channels, log_mean, log_sum, network, over

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
    ways = channels(b, s.wedges)
    left = network(b, ways[0].weight + ways[1].weight)
    with np.errstate(all="ignore"):
        found = _signs(s, b, left)
        found |= _technology(s, b, left)
        found |= _trade(s, b, ways, left)
        found |= _money(s, b, ways)
        found |= _balance(s, b, left)
        found |= bounds.supply(s, b, left)
        found |= bounds.limits(s, b, ways)
        found |= _welfare(s, b)
    return {label: np.where(np.isnan(x), np.inf, np.abs(x)) for label, x in found.items()}


def largest(found: dict[str, Array]) -> tuple[str, float, tuple[int, ...]]:
    """The equation with the largest residual, its size, and where: (label, residual, position)."""
    label = max(found, key=lambda name: float(found[name].max(initial=0.0)))
    worst = found[label]
    place = np.unravel_index(int(worst.argmax()), worst.shape) if worst.size else ()
    return label, float(worst.max(initial=0.0)), tuple(int(p) for p in place)


def gap(a: Array, b: Array) -> Array:
    """Log of a over b; 0 where both are exactly 0, infinite where one is, or a sign is wrong."""
    a, b = np.broadcast_arrays(np.asarray(a, float), np.asarray(b, float))
    return np.where((a == 0) & (b == 0), 0.0, np.log(a) - np.log(b))


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
    exists = {
        "value_added": left.sells & (b.value_added > 0),
        "output": left.sells & (b.made > 0),
        "expenditure": left.wanted & (b.spending > 0),
        "trade": left.flows,
        "spending": left.flows,
    }
    for name, mask in exists.items():
        found[f"above 0: {name}"] = _wrong(np.where(mask, ~(values[name] > 0), values[name] != 0))
    found["above 0: income net of waste"] = _wrong(~(s.income - s.waste > 0))
    found["status"] = _wrong(np.array([not s.status.converged]))
    return found


def _technology(s: Solution, b: Base, left: Network) -> dict[str, Array]:
    """Unit costs, what each sector buys, and the final-use basket."""
    P, v = np.log(s.prices), np.log(s.value_added_price)
    q = log_mean(b.mix, P[:, :, None] * np.ones_like(b.mix), b.epsilon, axis=1)
    q = np.where(b.gamma < 1, q, 0.0)
    parts, prices = np.stack([b.gamma, 1 - b.gamma]), np.stack([v, q])
    c = log_mean(parts, prices, b.eta, axis=0)
    index = log_mean(b.alpha, P, b.rho, axis=1)
    cost = np.log(s.unit_costs)
    made = left.sells & (b.made > 0)
    labour = b.gamma * np.exp((1 - b.eta) * (v - cost)) * s.output
    bundle = (1 - b.gamma) * np.exp((1 - b.eta) * (q - cost)) * s.output
    within = b.mix * np.exp((1 - b.epsilon) * (P[:, :, None] - q[:, None, :]))
    use = np.where(made[:, None, :], within * bundle[:, None, :], 0.0)
    final = b.alpha * np.exp((1 - b.rho) * (P - index[:, None])) * s.income[:, None]
    return {
        "unit cost": np.where(made, cost - c, 0.0),
        "value added": gap(s.value_added, np.where(made, labour, 0.0)),
        "inputs": gap(s.inputs, use),
        "zero profit": gap(s.inputs.sum(axis=1) + s.value_added, s.output),
        "final use": gap(s.final, final),
        "price index": np.log(s.price_index) - index,
        "goods market": gap(s.inputs.sum(axis=2) + s.final, s.expenditure),
        "spending is income": gap(s.final.sum(axis=1), s.income),
    }


def _trade(s: Solution, b: Base, ways: tuple[Channel, Channel], left: Network) -> dict[str, Array]:
    """Prices, trade shares, and that sales are output and purchases spending."""
    cost, P = np.log(s.unit_costs), np.log(s.prices)
    worth = np.log(bounds.worth(s, ways))
    weights = np.where(left.flows, ways[0].weight + ways[1].weight, 0.0)
    dear = -b.theta * (worth + cost)
    price = -log_sum(weights, dear, axis=1) / b.theta
    share = np.where(left.flows, np.log(weights) + dear + (b.theta * P)[:, None, :], 0.0)
    shown = np.where(left.flows, np.log(s.spending) - np.log(s.expenditure)[:, None, :], 0.0)
    market = left.flows.any(axis=1)
    return {
        "price": np.where(market, P - price, P),
        "trade share": (shown - share) / np.maximum(b.theta, 1),
        "shares": s.shares * s.expenditure[:, None, :] / b.income.sum()
        - s.spending / b.income.sum(),
        "sales are output": gap(s.trade.sum(axis=0), s.output),
        "purchases are spending": gap(s.spending.sum(axis=1), s.expenditure),
    }


def _money(s: Solution, b: Base, ways: tuple[Channel, Channel]) -> dict[str, Array]:
    """Who is paid along each flow, and the income of every country."""
    factors = s.value_added.sum(axis=1)
    paid = bounds.split(s, b, ways)
    income = factors + s.tariff_revenue + s.export_charges + s.deficit
    flow = paid.received + paid.importer + paid.exporter
    return {
        "money along a flow": gap(flow, s.spending),
        "charges of a flow": (s.charges - paid.exporter)
        / (s.trade + paid.exporter + (s.trade == 0)),
        "tariff revenue": (s.tariff_revenue - paid.importer.sum(axis=(1, 2))) / factors,
        "export charges": (s.export_charges - paid.exporter.sum(axis=(0, 2))) / factors,
        "waste": (s.waste - paid.wasted.sum(axis=(0, 2))) / factors,
        "income": (s.income - income) / factors,
    }


def _balance(s: Solution, b: Base, left: Network) -> dict[str, Array]:
    """Deficits by closure, the balance of each country's trade, one numeraire for each bloc."""
    before, after = b.value_added.sum(axis=1), s.value_added.sum(axis=1)
    border = (s.trade + s.charges) * (1 - np.eye(len(after)))[:, :, None]
    D = s.deficit
    earned = border.sum(axis=(0, 2)) + np.maximum(D, 0)
    owed = border.sum(axis=(1, 2)) + np.maximum(-D, 0)
    blocs = left.blocs
    return {
        "trade balance": gap(earned, owed),
        "deficit": (D - _closed(s.closure, b, after, blocs)) / after,
        "deficits sum to 0": (blocs @ D) / (blocs @ before),
        "numeraire": np.log(blocs @ after) - np.log(blocs @ before),
    }


def _closed(closure: str, b: Base, after: Array, blocs: Array) -> Array:
    """D' of a closure: kept in units of world value added, none, or in proportion to income."""
    if closure == "balanced":
        return np.zeros_like(after)
    if closure == "fixed":
        return b.deficit
    wanted = b.deficit / b.value_added.sum(axis=1) * after
    for bloc in blocs:
        wanted[bloc] -= after[bloc] / after[bloc].sum() * wanted[bloc].sum()
    return wanted


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
