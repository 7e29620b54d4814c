"""Markets and accounts of a solution, for `benchmarks.residuals`: the equations of the theory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.bounds import Opened, split
from benchmarks.plain import Base, Channel, Network, log_mean, log_sum, sectoral_mean

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from threatpoint.equilibrium import Solution

    Array = NDArray[np.float64]


def gap(a: Array, b: Array) -> Array:
    """Log of a over b; 0 where both are exactly 0, infinite where one is, or a sign is wrong."""
    a, b = np.broadcast_arrays(np.asarray(a, float), np.asarray(b, float))
    return np.where((a == 0) & (b == 0), 0.0, np.log(a) - np.log(b))


def technology(s: Solution, b: Base, left: Network) -> dict[str, Array]:
    """Unit costs, what each sector buys, and the final-use basket."""
    P, v = np.log(s.prices), np.log(s.value_added_price)
    q = sectoral_mean(b.mix, P[:, :, None] * np.ones_like(b.mix), b.epsilon, axis=1)
    q = np.where(b.gamma < 1, q, 0.0)
    parts, prices = np.stack([b.gamma, 1 - b.gamma]), np.stack([v, q])
    c = sectoral_mean(parts, prices, b.eta, axis=0)
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


def trade(
    s: Solution, b: Base, ways: tuple[Channel, Channel], left: Network, o: Opened
) -> dict[str, Array]:
    """Prices, trade shares, and that sales are output and purchases spending."""
    cost, P = np.log(s.unit_costs), np.log(s.prices)
    weights = np.where(left.flows, (ways[0].weight + ways[1].weight) * o.bought, 0.0)
    dear = np.broadcast_to(-b.theta * cost, weights.shape)
    price = -log_sum(weights, dear, axis=1) / b.theta
    flows = weights > 0
    share = np.where(flows, np.log(weights) + dear + (b.theta * P)[:, None, :], 0.0)
    shown = np.where(flows, np.log(s.spending) - np.log(s.expenditure)[:, None, :], 0.0)
    market = left.flows.any(axis=1)
    return {
        "price": np.where(market, P - price, P),
        "trade share": (shown - share) / np.maximum(b.theta, 1),
        "shares": s.shares * s.expenditure[:, None, :] / b.income.sum()
        - s.spending / b.income.sum(),
        "sales are output": gap(s.trade.sum(axis=0), s.output),
        "purchases are spending": gap(s.spending.sum(axis=1), s.expenditure),
    }


def money(s: Solution, ways: tuple[Channel, Channel], o: Opened) -> dict[str, Array]:
    """Who is paid along each flow, and the income of every country."""
    factors = s.value_added.sum(axis=1)
    paid = split(s, o, ways)
    income = factors + s.tariff_revenue + s.export_charges + s.deficit
    flow = paid.received + paid.importer + paid.exporter
    return {
        "money along a flow": gap(flow, s.spending),
        "charges of a flow": (s.charges - paid.exporter)
        / (s.trade + paid.exporter + (s.trade == 0)),
        "tariff revenue": (s.tariff_revenue - paid.importer.sum(axis=(1, 2))) / factors,
        "export charges": (s.export_charges - paid.exporter.sum(axis=(0, 2))) / factors,
        "waste": (s.waste - paid.wasted.sum(axis=(0, 2))) / factors,
        "income": (s.income - income) / np.maximum(factors, s.income),
        "tariff": _effective(s),
    }


def _effective(s: Solution) -> Array:
    """What the importer's side takes over the border price; the policy's rate where none flows."""
    border = s.trade + s.charges
    traded = border > 0
    paid = np.divide(s.spending, border, out=np.ones_like(border), where=traded)
    return np.where(traded, s.tariff - (paid - 1), s.tariff - s.wedges.tariff) / paid


def balance(s: Solution, b: Base, left: Network) -> dict[str, Array]:
    """Deficits by closure, the balance of each country's trade, one numeraire for each bloc."""
    before, after = b.value_added.sum(axis=1), s.value_added.sum(axis=1)
    border = (s.trade + s.charges) * (1 - np.eye(len(after)))[:, :, None]
    D = s.deficit
    earned = border.sum(axis=(0, 2)) + np.maximum(D, 0)
    owed = border.sum(axis=(1, 2)) + np.maximum(-D, 0)
    blocs = left.blocs
    return {
        "trade balance": gap(earned, owed),
        "deficit": (D - _closed(s.closure, b, after, blocs)) / np.maximum(after, np.abs(D)),
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


def supply(s: Solution, b: Base, left: Network) -> dict[str, Array]:
    """Mobile and specific factors: v = w^phi VAhat^(1 - phi) where no price is given.

    There the sector keeps its baseline amount of the mobile factor.
    """
    made = left.sells & (b.value_added > 0)
    v, w = np.log(s.value_added_price), np.log(s.wages)[:, None]
    hat = np.log(np.where(made, s.value_added / np.where(made, b.value_added, 1.0), 1.0))
    plain = v - b.phi * w - (1 - b.phi) * hat
    stays = s.wages[:, None] * b.phi * b.value_added
    paid = np.where(_given(s), stays, b.phi * s.value_added)
    endowment = (b.phi * b.value_added).sum(axis=1)
    return {
        "supply": np.where(made & ~_given(s), plain, 0.0),
        "mobile factor": paid.sum(axis=1) / s.wages / endowment - 1,
    }


def given(s: Solution, b: Base, left: Network) -> dict[str, Array]:
    """Unit costs are the prices given, where the sector still sells."""
    if s.given is None:
        return {}
    j = s.given.sector
    made = left.sells[:, j] & (b.made[:, j] > 0)
    return {"given": np.where(made, np.log(s.unit_costs[:, j]) - np.log(s.given.price), 0.0)}


def _given(s: Solution) -> Array:
    """(N, S) bool, cells whose price is given: any quantity is made at it."""
    found = np.zeros(s.value_added.shape, dtype=bool)
    if s.given is not None:
        found[:, s.given.sector] = True
    return found
