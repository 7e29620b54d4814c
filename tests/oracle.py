"""The oracle: the world economy in changes, stated densely, slowly and plainly.

This is a second, independent statement of the equations (Caliendo & Parro 2015, REStud 82:1, with a
specific factor in each sector), against which the fast solver is checked. It shares no code with
`threatpoint.equilibrium`. The nests are Cobb-Douglas (eta = epsilon = rho = 1); the mobile share
phi lies in (0, 1]. Indices: n importer, i exporter, j sector, k sector used as an input.

    v[n,j]   = w[n]^phi VAhat[n,j]^(1-phi)                     cost of value added
    c[n,j]   = v^gamma prod_k P[n,k]^gamma_in[n,k,j]           unit cost
    P[n,j]   = (sum_i A[n,i,j] c[i,j]^-theta)^(-1/theta)       A = pi survival kappa^-theta
    pi'      = A (c / P)^-theta
    X'[n,j]  = sum_k gamma_in[n,j,k] Y'[n,k] + alpha[n,j] I'[n]
    Y'[i,j]  = sum_n pi'[n,i,j] X'[n,j] / (1 + tau'[n,i,j])
    I'[n]    = sum_j VA' + tariff revenue + D'[n],             VA' = gamma Y'
    sum_j phi VA' = w sum_j phi VA                             mobile factor

The unknowns are the wages when phi = 1 everywhere, else VAhat of every cell (the wage follows from
the market of the mobile factor). Solved by Newton's method with a numerical Jacobian.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SILENT = {"divide": "ignore", "invalid": "ignore", "over": "ignore"}


class NoSolutionError(RuntimeError):
    """The oracle found no equilibrium (or none exists)."""


@dataclass(frozen=True, eq=False)
class Baseline:
    """Baseline shares and levels; shapes as in the product: [n, i, j], [n, k, j], [n, j], [n]."""

    pi: np.ndarray
    gamma: np.ndarray
    gamma_in: np.ndarray
    alpha: np.ndarray
    tau: np.ndarray
    VA: np.ndarray
    D: np.ndarray
    theta: np.ndarray
    phi: np.ndarray


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


def divide(a, b, empty=0.0):
    """Quotient a / b, `empty` where b is 0."""
    a, b = np.broadcast_arrays(np.asarray(a, float), np.asarray(b, float))
    return np.where(b != 0, a / np.where(b != 0, b, 1.0), empty)


def baseline(economy, theta, phi=1.0) -> Baseline:
    """Shares of an `Economy` in levels. A sector without output gets gamma = 1 (never used)."""
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
    )


def frictions(b, tariff, survival):
    """A[n,i,j] = pi survival ((1+tau')/(1+tau))^-theta; a survival of 0 is an exact mask."""
    return b.pi * survival * ((1 + tariff) / (1 + b.tau)) ** (-b.theta)


def price_of(A, c, theta, idle):
    """P[n,j] = (sum_i A c^-theta)^(-1/theta); 1 in markets without supplier (nobody buys there)."""
    sums = np.einsum("nij,ij->nj", A, c ** (-theta))
    return np.where(idle, 1.0, np.where(idle, 1.0, sums) ** (-1 / theta))


def cost_of(b, v, P):
    """c[n,j] = v^gamma prod_k P[n,k]^gamma_in[n,k,j]."""
    return v**b.gamma * np.exp(np.einsum("nkj,nk->nj", b.gamma_in, np.log(P)))


def factor_cost(b, w, VAhat):
    """v[n,j] = w^phi VAhat^(1-phi); 1 where nothing is produced (its cost reaches nobody)."""
    return w[:, None] ** b.phi * np.where(VAhat > 0, VAhat, 1.0) ** (1 - b.phi)


def solve_prices(b, A, v):
    """Fixed point of prices and costs at given costs of value added, by plain repetition."""
    idle = A.sum(axis=1) == 0
    P = np.ones_like(v)
    for _ in range(20_000):
        new = price_of(A, cost_of(b, v, P), b.theta, idle)
        if not np.all(np.isfinite(new)) or np.any(new <= 0):
            raise NoSolutionError("prices are not finite")
        change = np.max(np.abs(np.log(new / P)))
        P = new
        if change < 1e-14:
            break
    return P


def trade_shares(b, A, c, P):
    """pi'[n,i,j] = A (c[i,j] / P[n,j])^-theta; exactly 0 where A is 0."""
    return A * (c[None, :, :] / P[:, None, :]) ** (-b.theta)


def blocs_of(b, A):
    """The sets of countries that can still trade with each other, directly or through others."""
    n = len(A)
    live = np.any((A > 0) & demanded(b, A)[:, None, :], axis=2)
    reach = np.eye(n, dtype=bool) | live | live.T
    for m in range(n):
        reach |= reach[:, [m]] & reach[[m], :]
    return np.unique(reach, axis=0)


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


def solve_spending(b, shares, tariff, factor_income, deficit):
    """X'[n,j] from one dense linear system: input demand, final demand, tariff revenue spent."""
    n, s = b.VA.shape
    net = shares / (1 + tariff)
    M = np.zeros((n, s, n, s))
    for m in range(n):
        # use of good j by the sectors k of country m, which sell to market x
        M[m] += np.einsum("jk,xk->jxk", b.gamma_in[m], net[:, m, :])
        revenue_share = (tariff[m] * net[m]).sum(axis=0)
        M[m, :, m, :] += np.outer(b.alpha[m], revenue_share)
    right = b.alpha * (factor_income + deficit)[:, None]
    X = np.linalg.solve(np.eye(n * s) - M.reshape(n * s, n * s), right.ravel())
    return X.reshape(n, s)


def evaluate(b, A, tariff, closure, VAhat, w):
    """Everything that follows from value-added changes and wages, and value added it implies."""
    with np.errstate(**SILENT):
        v = factor_cost(b, w, VAhat)
        P = solve_prices(b, A, v)
        c = cost_of(b, v, P)
        shares = trade_shares(b, A, c, P)
    F = w * b.VA.sum(axis=1) if np.all(b.phi == 1) else (b.VA * VAhat).sum(axis=1)
    D = deficit_of(b, F, closure, blocs_of(b, A))
    X = solve_spending(b, shares, tariff, F, D)
    trade = shares / (1 + tariff) * X[:, None, :]
    Y = trade.sum(axis=0)
    return {
        "w": w, "P": P, "c": c, "shares": shares, "X": X, "trade": trade, "Y": Y,
        "F": F, "D": D, "R": (tariff * trade).sum(axis=(1, 2)), "VA": b.gamma * Y,
    }  # fmt: skip


def demanded(b, A):
    """Markets (n, j) that somebody in n still wants: a consumer, or a sector with any sales."""
    used = np.ones(b.VA.shape, bool)
    while True:
        sells = np.any((A > 0) & used[:, None, :], axis=0)
        wanted = (b.alpha > 0) | np.any((b.gamma_in > 0) & sells[:, None, :], axis=2)
        if np.array_equal(wanted, used):
            return used
        used = wanted


def dead_cells(b, A):
    """Cells (n, j) whose output is exactly zero after the cut-offs: no buyer with any demand."""
    return ~np.any((A > 0) & demanded(b, A)[:, None, :], axis=0)


def excess(b, A, tariff, closure, z):
    """Excess demand for factors, relative, then one numéraire per bloc; z = log unknowns.

    Value added of each bloc keeps its baseline value: blocs have no common market that could tie
    their price levels together.
    """
    mobile = np.all(b.phi == 1)
    VAhat = np.ones_like(b.VA)
    if mobile:
        w = np.exp(z)
    else:
        VAhat[b.VA > 0] = np.exp(z)
        VAhat[dead_cells(b, A)] = 0.0
        w = (b.phi * b.VA * VAhat).sum(axis=1) / (b.phi * b.VA).sum(axis=1)
    state = evaluate(b, A, tariff, closure, VAhat, w)
    if mobile:
        gap = state["VA"].sum(axis=1) / state["F"] - 1
    else:
        gap = divide(state["VA"], b.VA * VAhat, empty=1.0)[b.VA > 0] - 1
    base = b.VA.sum(axis=1)
    numeraire = [state["F"][bloc].sum() / base[bloc].sum() - 1 for bloc in blocs_of(b, A)]
    return np.append(gap, numeraire), state


def newton(b, A, tariff, closure, z, tolerance, steps=60):
    """Newton with a forward-difference Jacobian, least squares and backtracking."""
    g, state = excess(b, A, tariff, closure, z)
    for _ in range(steps):
        if np.max(np.abs(g)) < tolerance:
            break
        J = np.empty((g.size, z.size))
        for m in range(z.size):
            nudged = z.copy()
            nudged[m] += 1e-7
            J[:, m] = (excess(b, A, tariff, closure, nudged)[0] - g) / 1e-7
        step = -np.linalg.lstsq(J, g, rcond=1e-12)[0]
        step *= min(1.0, 2.0 / max(np.max(np.abs(step)), 1e-300))
        for _ in range(12):
            try:
                trial = excess(b, A, tariff, closure, z + step)
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


def damp(b, A, tariff, closure, z, passes, factor=0.3):
    """Damped iteration: raise a factor price where its demand exceeds its supply."""
    for _ in range(passes):
        g, _ = excess(b, A, tariff, closure, z)
        z = z + factor * np.log(np.clip(1 + g[: z.size], 0.2, 5.0))
        if np.max(np.abs(g)) < 1e-3:
            break
    return z


def solve(b, tariff=None, survival=None, closure="fixed", tolerance=1e-12, passes=30) -> Outcome:
    """The counterfactual equilibrium.

    Args:
        b: the baseline.
        tariff: (N, N, S) tariff after the policy; None keeps the baseline's.
        survival: (N, N, S) in [0, 1], 0 is a complete cut-off; None means 1 everywhere.
        closure: "fixed", "balanced" or "proportional".
        tolerance: largest relative excess demand.
        passes: damped passes before Newton.

    Raises:
        NoSolutionError: no finite prices, no convergence even in steps, or a root of the equations
            at which a country's spending is negative (no equilibrium).
    """
    tariff = b.tau if tariff is None else np.asarray(tariff, float)
    survival = np.ones_like(b.pi) if survival is None else np.asarray(survival, float)
    A = frictions(b, tariff, survival)
    empty = (A.sum(axis=1) == 0) & (b.pi.sum(axis=1) > 0) & demanded(b, A)
    if empty.any():
        raise NoSolutionError(f"no supplier is left in markets {np.argwhere(empty).tolist()}")
    size = b.VA.shape[0] if np.all(b.phi == 1) else int((b.VA > 0).sum())
    for stages in (1, 10):
        z = np.zeros(size)
        try:
            for t in np.linspace(0, 1, stages + 1)[1:]:
                tariff_t = (1 - t) * b.tau + t * tariff
                A = frictions(b, tariff_t, (1 - t) + t * survival)
                z = damp(b, A, tariff_t, closure, z, passes)
                last = tolerance if t == 1 else 1e-8
                z, g, state = newton(b, A, tariff_t, closure, z, last)
        except (NoSolutionError, np.linalg.LinAlgError):
            continue
        if np.max(np.abs(g)) < max(tolerance, 1e-11):
            return _outcome(b, state, float(np.max(np.abs(g))))
    raise NoSolutionError("no convergence")


def _outcome(b, s, residual) -> Outcome:
    income = s["F"] + s["R"] + s["D"]
    if np.any(income <= 0):
        raise NoSolutionError("the deficit closure leaves a country with negative spending")
    index = np.exp((b.alpha * np.log(s["P"])).sum(axis=1))
    before = b.VA.sum(axis=1) + b.D + baseline_revenue(b)
    return Outcome(
        s["w"], s["P"], s["c"], s["X"], s["Y"], s["trade"], s["shares"], s["VA"], income,
        s["R"], s["D"], index, income / before / index, residual,
    )  # fmt: skip


def baseline_revenue(b):
    """Baseline tariff revenue R[n], from the baseline shares alone (income solves the system)."""
    F = b.VA.sum(axis=1)
    X = solve_spending(b, b.pi, b.tau, F, b.D)
    return (b.tau / (1 + b.tau) * b.pi * X[:, None, :]).sum(axis=(1, 2))


def residuals(b, found, tariff=None, survival=None, closure="fixed"):
    """How far a candidate is from satisfying each equation, however it was found.

    Args:
        b: the baseline.
        found: anything with `wages`, `prices`, `expenditure` and `value_added`. Costs, trade,
            output, income, revenue and deficits are recomputed from these four.
        tariff: as in `solve`.
        survival: as in `solve`.
        closure: as in `solve`.

    Returns:
        dict of arrays, all relative and 0 at an equilibrium:
        price (N, S): log of price over the price equation; goods (N, S): excess demand for goods
        over the country's income; value_added (N, S): gamma Y' - VA' over factor income;
        factor (N,): log of mobile-factor demand over supply; trade (N,): log of cross-border
        receipts over payments, the deficit included; numeraire, one per bloc.
    """
    tariff = b.tau if tariff is None else np.asarray(tariff, float)
    survival = np.ones_like(b.pi) if survival is None else np.asarray(survival, float)
    A = frictions(b, tariff, survival)
    idle = A.sum(axis=1) == 0
    w, P, X, VA = (
        np.asarray(getattr(found, name), float)
        for name in ("wages", "prices", "expenditure", "value_added")
    )
    P = np.where(idle, 1.0, P)
    with np.errstate(**SILENT):
        c = cost_of(b, factor_cost(b, w, divide(VA, b.VA, empty=1.0)), P)
        price = np.log(P / price_of(A, c, b.theta, idle))
        trade = trade_shares(b, A, c, P) / (1 + tariff) * X[:, None, :]
    F, blocs = VA.sum(axis=1), blocs_of(b, A)
    D = deficit_of(b, F, closure, blocs)
    income = F + (tariff * trade).sum(axis=(1, 2)) + D
    demand = np.einsum("njk,nk->nj", b.gamma_in, trade.sum(axis=0)) + b.alpha * income[:, None]
    return {
        "price": price,
        "goods": (demand - X) / income[:, None],
        "value_added": (b.gamma * trade.sum(axis=0) - VA) / F[:, None],
        "factor": (b.phi * VA).sum(axis=1) / (w * (b.phi * b.VA).sum(axis=1)) - 1,
        "trade": _trade_gap(trade, D),
        "numeraire": np.array([F[m].sum() / b.VA[m].sum() - 1 for m in blocs]),
    }


def _trade_gap(trade, D):
    """Log of (exports + max(D, 0)) over (imports + max(-D, 0)); 0 where both are nothing."""
    crossing = trade * (1 - np.eye(len(trade)))[:, :, None]
    receipts = crossing.sum(axis=(0, 2)) + np.maximum(D, 0)
    payments = crossing.sum(axis=(1, 2)) + np.maximum(-D, 0)
    with np.errstate(**SILENT):
        return np.where((receipts == 0) & (payments == 0), 0.0, np.log(receipts / payments))


def largest(found, but=()) -> float:
    """The largest absolute residual of `residuals`; nan counts as infinite."""
    worst = [np.max(np.abs(values)) for name, values in found.items() if name not in but]
    return float(np.nan_to_num(np.max(worst), nan=np.inf))
