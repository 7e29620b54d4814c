"""The oracle: the world economy in changes, stated densely, slowly and plainly.

This is a second, independent statement of the equations (Caliendo & Parro 2015, REStud 82:1, with
nested CES costs and a specific factor in each sector), against which the fast solver is checked. It
shares no code with `threatpoint.equilibrium`. Any eta, epsilon, rho above 0 and phi in (0, 1].
Indices: n importer, i exporter, j sector, k sector used as an input. Nests, costs and prices stand
in `oracle_nests`; gamma', gamma_in', alpha' are the shares at counterfactual prices.

    X'[n,j]  = sum_k gamma_in'[n,j,k] Y'[n,k] + alpha'[n,j] I'[n]
    T[n,i,j] = pi'[n,i,j] X'[n,j] / ((1+te+cost)(1+tau'))     what the seller gets; Y' = sum_n T
    I'[n]    = sum_j VA' + tariffs + export taxes + trading costs earned + D',   VA' = gamma' Y'
    tariffs  = sum_ij tau' (1+te+cost) T[n,i,j],   export taxes of i = sum_nj te T[n,i,j]
    costs    of i = sum_nj cost T[n,i,j], spent in i like final use but used up: not welfare
    D'       = imports less exports, both at the border
    sum_j phi VA' = w sum_j phi VA                             mobile factor, fixed cells left out

The unknowns are the wages when phi = 1 everywhere and nothing is fixed, else VAhat of every cell
(the wage follows from the market of the mobile factor). Solved by Newton's method with a numerical
Jacobian. A root of the factor markets counts only if every other market clears in its own size and
every sign is right (`oracle_accounts`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tests.oracle_accounts import (
    CLEARS,
    collected,
    deficit_of,
    largest,
    rates_of,
    residuals,
    trade_gap,
)
from tests.oracle_nests import (
    SILENT,
    Baseline,
    NoSolutionError,
    Rates,
    apart,
    blocs_of,
    cell,
    cost_of,
    cost_shares,
    dead_cells,
    demanded,
    divide,
    factor_cost,
    final_shares,
    frictions,
    index_of,
    solve_prices,
    trade_shares,
    wages_of,
)

__all__ = [
    "Baseline",
    "NoSolutionError",
    "blocs_of",
    "demanded",
    "frictions",
    "largest",
    "residuals",
]


@dataclass(frozen=True, eq=False)
class Outcome:
    """A counterfactual: hats of w, P, c; levels of everything else."""

    wages: np.ndarray
    prices: np.ndarray
    unit_costs: np.ndarray
    expenditure: np.ndarray
    output: np.ndarray
    trade: np.ndarray
    shares: np.ndarray
    value_added: np.ndarray
    income: np.ndarray
    revenue: np.ndarray
    deficit: np.ndarray
    price_index: np.ndarray
    real_income: np.ndarray
    residual: float
    export_tax_revenue: np.ndarray
    waste: np.ndarray


def baseline(economy, theta, phi=1.0, **nests) -> Baseline:
    """Shares of an `Economy` in levels. A sector without output gets gamma = 1 (never used).

    nests: eta, epsilon, rho, fixed.
    """
    spending = economy.trade * (1 + economy.tariff)
    output = economy.trade.sum(axis=0)
    shape = economy.value_added.shape
    return Baseline(
        pi=divide(spending, spending.sum(axis=1, keepdims=True)),
        gamma=divide(economy.value_added, output, empty=1.0),
        gamma_in=divide(economy.inputs, output[:, None, :]),
        alpha=economy.final / economy.final.sum(axis=1, keepdims=True),
        tau=np.array(economy.tariff),
        VA=np.array(economy.value_added),
        D=economy.trade.sum(axis=(1, 2)) - output.sum(axis=1),
        theta=np.array(np.broadcast_to(np.asarray(theta, float), shape[1:])),
        phi=np.array(np.broadcast_to(np.asarray(phi, float), shape)),
        **nests,
    )


FAR = 50.0
"""Stands for a log ratio of trade that is not finite, so that Newton can leave such a point."""


def all_mobile(b):
    """True in the long run: every factor moves freely within its country."""
    return bool(np.all(b.phi == 1) and not np.any(apart(b)))


def solve_spending(gamma_in, alpha, shares, rates, factor_income, deficit):
    """X'[n,j] from one dense linear system: inputs, final use, tariffs, export taxes and costs."""
    n, s = alpha.shape
    net = shares / rates.paid
    tariffs = rates.tariff * rates.margin * net
    levies = (rates.tax + rates.cost) * net
    M = np.zeros((n, s, n, s))
    for m in range(n):
        # use of good j by the sectors k of country m, which sell to market x
        M[m] += np.einsum("jk,xk->jxk", gamma_in[m], net[:, m, :])
        M[m, :, m, :] += np.outer(alpha[m], tariffs[m].sum(axis=0))
        M[m] += np.einsum("j,xk->jxk", alpha[m], levies[:, m, :])
    right = alpha * (factor_income + deficit)[:, None]
    X = np.linalg.solve(np.eye(n * s) - M.reshape(n * s, n * s), right.ravel())
    return X.reshape(n, s)


def evaluate(b, A, rates, closure, VAhat, w):
    """Everything that follows from value-added changes and wages, and value added it implies."""
    with np.errstate(**SILENT):
        v = factor_cost(b, w, VAhat)
        P = solve_prices(b, A, v)
        c = cost_of(b, v, P)
        shares = trade_shares(b, A, c, P)
        gamma, gamma_in = cost_shares(b, v, P)
        alpha = final_shares(b, P)
    F = w * b.VA.sum(axis=1) if all_mobile(b) else (b.VA * VAhat).sum(axis=1)
    D = deficit_of(b, F, closure, blocs_of(b, A))
    X = solve_spending(gamma_in, alpha, shares, rates, F, D)
    trade = shares / rates.paid * X[:, None, :]
    Y = trade.sum(axis=0)
    return {
        "w": w, "P": P, "c": c, "shares": shares, "X": X, "trade": trade, "Y": Y,
        "F": F, "D": D, "VA": gamma * Y, **collected(rates, trade),
    }  # fmt: skip


def excess(b, A, rates, closure, z):
    """Excess demand for factors, relative, trade in logs, one numéraire per bloc; z = log unknowns.

    Trade is redundant (Walras), but near autarky only its own balance sees the wages. Value added
    of each bloc keeps its baseline value: blocs have no common market that could tie their price
    levels together.
    """
    mobile = all_mobile(b)
    VAhat = np.ones_like(b.VA)
    if mobile:
        w = np.exp(z)
    else:
        VAhat[b.VA > 0] = np.exp(z)
        VAhat[dead_cells(b, A)] = 0.0
        w = wages_of(b, b.VA * VAhat)
    state = evaluate(b, A, rates, closure, VAhat, w)
    if mobile:
        gap = state["VA"].sum(axis=1) / state["F"] - 1
    else:
        gap = divide(state["VA"], b.VA * VAhat, empty=1.0)[b.VA > 0] - 1
    base = b.VA.sum(axis=1)
    numeraire = [state["F"][bloc].sum() / base[bloc].sum() - 1 for bloc in blocs_of(b, A)]
    trade = trade_gap(rates.margin * state["trade"], state["D"])
    trade = np.nan_to_num(trade, nan=FAR, posinf=FAR, neginf=-FAR)
    return np.concatenate([gap, trade, numeraire]), state


def newton(b, A, rates, closure, z, tolerance, steps=60):
    """Newton with a forward-difference Jacobian, least squares and backtracking."""
    g, state = excess(b, A, rates, closure, z)
    for _ in range(steps):
        if np.max(np.abs(g)) < tolerance:
            break
        J = np.empty((g.size, z.size))
        for m in range(z.size):
            nudged = z.copy()
            nudged[m] += 1e-7
            J[:, m] = (excess(b, A, rates, closure, nudged)[0] - g) / 1e-7
        step = -np.linalg.lstsq(J, g, rcond=1e-12)[0]
        step *= min(1.0, 2.0 / max(np.max(np.abs(step)), 1e-300))
        for _ in range(12):
            try:
                trial = excess(b, A, rates, closure, z + step)
            except (NoSolutionError, np.linalg.LinAlgError):
                trial = None
            if trial is not None and np.linalg.norm(trial[0]) < np.linalg.norm(g):
                break
            step = step / 2
        else:
            break
        z = z + step
        g, state = trial
    return z, g, state


def damp(b, A, rates, closure, z, passes, factor=0.3):
    """Damped iteration: raise a factor price where its demand exceeds its supply."""
    for _ in range(passes):
        g, _ = excess(b, A, rates, closure, z)
        z = z + factor * np.log(np.clip(1 + g[: z.size], 0.2, 5.0))
        if np.max(np.abs(g)) < 1e-3:
            break
    return z


def refuse(b, A):
    """Raise if a market that is wanted has no supplier, or a fixed quantity no buyer."""
    empty = (A.sum(axis=1) == 0) & (b.pi.sum(axis=1) > 0) & demanded(b, A)
    if empty.any():
        raise NoSolutionError(f"no supplier is left in markets {np.argwhere(empty).tolist()}")
    unsold = dead_cells(b, A) & cell(b, b.fixed) & (b.VA > 0)
    if unsold.any():
        raise NoSolutionError(f"a fixed quantity has no buyer in {np.argwhere(unsold).tolist()}")


def solve(
    b,
    tariff=None,
    survival=None,
    closure="fixed",
    tolerance=1e-12,
    passes=30,
    *,
    export_tax=None,
    cost=None,
) -> Outcome:
    """The counterfactual equilibrium.

    Args:
        b: the baseline.
        tariff: (N, N, S) tariff after the policy; None keeps the baseline's.
        survival: (N, N, S) in [0, 1], 0 is a complete cut-off; None means 1 everywhere.
        closure: "fixed", "balanced" or "proportional".
        tolerance: largest relative excess demand.
        passes: damped passes before Newton.
        export_tax: (N, N, S) tax on the seller's price, to the exporter's treasury.
        cost: (N, N, S) trading cost on the seller's price, real resources of the exporter.

    Raises:
        NoSolutionError: no finite prices, no convergence even in steps, or only roots of the factor
            markets at which another market does not clear or a sign is wrong (no equilibrium).
    """
    rates = rates_of(b, tariff, export_tax, cost)
    survival = np.ones_like(b.pi) if survival is None else np.asarray(survival, float)
    refuse(b, frictions(b, rates.tariff, survival, rates.tax, rates.cost))
    size = b.VA.shape[0] if all_mobile(b) else int((b.VA > 0).sum())
    trouble = "no convergence"
    for stages in (1, 10):
        z = np.zeros(size)
        try:
            for t in np.linspace(0, 1, stages + 1)[1:]:
                step = Rates((1 - t) * b.tau + t * rates.tariff, t * rates.tax, t * rates.cost)
                left = (1 - t) + t * survival
                A = frictions(b, step.tariff, left, step.tax, step.cost)
                z = damp(b, A, step, closure, z, passes)
                last = tolerance if t == 1 else 1e-8
                z, g, state = newton(b, A, step, closure, z, last)
        except (NoSolutionError, np.linalg.LinAlgError):
            continue
        if np.max(np.abs(g)) >= max(tolerance, 1e-11):
            continue
        found = _outcome(b, state, float(np.max(np.abs(g))))
        levies = {"export_tax": export_tax, "cost": cost}
        off = residuals(b, found, tariff, survival, closure, **levies)
        if largest(off) <= CLEARS:
            return found
        worst = max(off, key=lambda name: largest({name: off[name]}))
        trouble = f"factor markets clear, but {worst} is off by {largest(off):.1e}"
    raise NoSolutionError(trouble)


def _outcome(b, s, residual) -> Outcome:
    income = s["F"] + s["R"] + s["E"] + s["C"] + s["D"]
    index = index_of(b, s["P"])
    before = b.VA.sum(axis=1) + b.D + baseline_revenue(b)
    return Outcome(
        s["w"], s["P"], s["c"], s["X"], s["Y"], s["trade"], s["shares"], s["VA"], income,
        s["R"], s["D"], index, (income - s["C"]) / before / index, residual, s["E"], s["C"],
    )  # fmt: skip


def baseline_revenue(b):
    """Baseline tariff revenue R[n], from the baseline shares alone (income solves the system)."""
    F, rates = b.VA.sum(axis=1), rates_of(b, None, None, None)
    X = solve_spending(b.gamma_in, b.alpha, b.pi, rates, F, b.D)
    return (b.tau / (1 + b.tau) * b.pi * X[:, None, :]).sum(axis=(1, 2))
