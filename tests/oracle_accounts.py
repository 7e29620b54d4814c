"""The accounts of the oracle, and whether a root counts: every market clears, every sign is right.

A factor market that clears says little: where a wage tends to 0, or trade has all but ceased, the
other markets may be off by any factor. So a root is checked in each market's own size.
"""

from __future__ import annotations

import numpy as np

from tests.oracle_nests import (
    SILENT,
    Rates,
    blocs_of,
    cost_of,
    cost_shares,
    dead_cells,
    demanded,
    divide,
    factor_cost,
    final_shares,
    frictions,
    price_of,
    trade_shares,
    wages_of,
)

CLEARS = 1e-7
"""A root counts if no market is off by more, in logs or over its own size."""


def rates_of(b, tariff, export_tax, cost):
    """The levies after the policy; None keeps the baseline's (none but its tariffs)."""
    zero = np.zeros_like(b.pi)
    given = (b.tau if tariff is None else tariff, export_tax, cost)
    return Rates(*(zero if x is None else zero + np.asarray(x, float) for x in given))


def deficit_of(b, F, closure, blocs):
    """D'[n] for factor income F'[n]; `fixed` is in units of world value added.

    `proportional` is d F' less F' times the mean of d over the countries of the bloc, d = D / F at
    baseline: countries that cannot trade with each other cannot finance each other.
    """
    if closure == "balanced":
        return np.zeros_like(F)
    if closure == "fixed":
        return b.D * F.sum() / b.VA.sum()
    d = b.D / b.VA.sum(axis=1)
    D = d * F
    for bloc in blocs:
        D[bloc] -= F[bloc] / F[bloc].sum() * (d * F)[bloc].sum()
    return D


def collected(rates, trade):
    """Tariffs R[n], export taxes E[n] and trading costs C[n] on flows valued at sellers' prices."""
    return {
        "R": (rates.tariff * rates.margin * trade).sum(axis=(1, 2)),
        "E": (rates.tax * trade).sum(axis=(0, 2)),
        "C": (rates.cost * trade).sum(axis=(0, 2)),
    }


def residuals(b, found, tariff=None, survival=None, closure="fixed", *, export_tax=None, cost=None):
    """How far a candidate is from satisfying each equation, however it was found.

    Args:
        b: the baseline.
        found: anything with `wages`, `prices`, `expenditure` and `value_added`. Costs, trade,
            output, income, revenue and deficits are recomputed from these four.
        tariff: as in `solve`.
        survival: as in `solve`.
        closure: as in `solve`.
        export_tax: as in `solve`.
        cost: as in `solve`.

    Returns:
        dict of arrays, all relative and 0 at an equilibrium:
        price (N, S): log of price over the price equation; goods (N, S): excess demand for goods
        over the market's own size; value_added (N, S): gamma' Y' - VA' over VA';
        factor (N,): mobile-factor demand over supply, less 1; trade (N,): log of cross-border
        receipts over payments, the deficit included; numeraire, one per bloc; signs, infinite where
        a level that must be above 0 is not: wages, prices, the spending of a market that is
        wanted, value added of a cell that sells, income net of real costs.
    """
    rates = rates_of(b, tariff, export_tax, cost)
    survival = np.ones_like(b.pi) if survival is None else np.asarray(survival, float)
    A = frictions(b, rates.tariff, survival, rates.tax, rates.cost)
    idle = A.sum(axis=1) == 0
    w, P, X, VA = (
        np.asarray(getattr(found, name), float)
        for name in ("wages", "prices", "expenditure", "value_added")
    )
    P = np.where(idle, 1.0, P)
    with np.errstate(**SILENT):
        v = factor_cost(b, w, divide(VA, b.VA, empty=1.0))
        c = cost_of(b, v, P)
        price = np.log(P / price_of(A, c, b.theta, idle))
        trade = trade_shares(b, A, c, P) / rates.paid * X[:, None, :]
        gamma, gamma_in = cost_shares(b, v, P)
        alpha = final_shares(b, P)
        F, blocs, Y = VA.sum(axis=1), blocs_of(b, A), trade.sum(axis=0)
        D = deficit_of(b, F, closure, blocs)
        levies = collected(rates, trade)
        income = F + sum(levies.values()) + D
        demand = np.einsum("njk,nk->nj", gamma_in, Y) + alpha * income[:, None]
    wanted, alive = demanded(b, A) & ~idle, (b.VA > 0) & ~dead_cells(b, A)
    levels = (w, P, np.where(wanted, X, 1.0), np.where(alive, VA, 1.0), income - levies["C"])
    return {
        "price": price,
        "goods": _own_size(demand - X, X),
        "value_added": _own_size(gamma * Y - VA, VA),
        "factor": _own_size(wages_of(b, VA) - w, w),
        "trade": trade_gap(rates.margin * trade, D),
        "numeraire": np.array([F[m].sum() / b.VA[m].sum() - 1 for m in blocs]),
        "signs": np.array([0.0 if np.all(level > 0) else np.inf for level in levels]),
    }


def _own_size(gap, size):
    """Excess over the market's own size; 0 where both are nothing."""
    with np.errstate(**SILENT):
        return np.where((gap == 0) & (size == 0), 0.0, gap / size)


def trade_gap(trade, D):
    """Log of (exports + max(D, 0)) over (imports + max(-D, 0)); 0 where both are nothing."""
    with np.errstate(**SILENT):
        crossing = trade * (1 - np.eye(len(trade)))[:, :, None]
        receipts = crossing.sum(axis=(0, 2)) + np.maximum(D, 0)
        payments = crossing.sum(axis=(1, 2)) + np.maximum(-D, 0)
        return np.where((receipts == 0) & (payments == 0), 0.0, np.log(receipts / payments))


def largest(found, but=()) -> float:
    """The largest absolute residual of `residuals`; nan counts as infinite."""
    worst = np.array([np.max(np.abs(x)) for name, x in found.items() if name not in but])
    return float(np.where(np.isnan(worst), np.inf, worst).max())
