"""Stochastic front: a war of forts that each month moves one step, as linear equations.

Smith & Stam (2004), Journal of Conflict Resolution 48:783-813: the war is a random walk over n
forts and ends when one side holds all of them (gambler's ruin).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import TalksError
from threatpoint.talks.terms import require

if TYPE_CHECKING:
    from threatpoint.array_types import Array

MOST_FORTS = 5_000
RESIDUAL = 1e-10
"""Largest residual of the linear equations, relative to the largest value."""


def moves(win: float, forts: int) -> Array:
    """(n-1, n+1) transition matrix over the forts held; 0 and n end the war.

    Args:
        win: p, probability that the next fort goes to A, in [0, 1].
        forts: n, 2 or more.

    Raises:
        TalksError: a probability outside 0 to 1, a number of forts that is not whole or too large.
    """
    p = float(require("probability of taking the next fort", win, "", least=0.0, most=1.0))
    count = require("forts", forts, "forts", least=2, most=MOST_FORTS)
    if count.ndim or float(count) != int(count):
        raise TalksError(f"forts is {forts}; it must be one whole number")
    n = int(count)
    matrix = np.zeros((n - 1, n + 1))
    inner = np.arange(n - 1)
    matrix[inner, inner + 2] = p
    matrix[inner, inner] = 1.0 - p
    return matrix


def expected_discounted(moves_: Array, flow: Array, end: Array, discount: float) -> Array:
    """V = flow + delta (P_inner V + P_end end), solved as (I - delta P_inner) V = ..., (n-1,).

    Args:
        moves_: (n-1, n+1) transition matrix.
        flow: (n-1,) what a month of war brings in each inner state.
        end: (2,) present value of holding 0 and n forts.
        discount: delta in (0, 1], 1 for plain probabilities and durations.

    Raises:
        TalksError: the equations have no accurate solution (a war that never ends at delta 1).
    """
    inner = moves_[:, 1:-1]
    matrix = np.eye(len(inner)) - discount * inner
    right = flow + discount * (moves_[:, [0, -1]] @ end)
    value = np.asarray(np.linalg.solve(matrix, right), dtype=float)
    residual = np.abs(matrix @ value - right).max() / max(1.0, np.abs(value).max())
    if not residual <= RESIDUAL:
        raise TalksError(
            f"the forts have no accurate solution: residual {residual:.1e} against {RESIDUAL:.0e}; "
            "use fewer forts or a less one-sided war"
        )
    return value


def ruin(win: float, forts: int) -> Array:
    """(n+1,) probability that A takes all forts, by forts held at the start.

    Linear solve of v_i = p v_{i+1} + (1-p) v_{i-1}, v_0 = 0, v_n = 1.
    """
    matrix = moves(win, forts)
    inner = expected_discounted(matrix, np.zeros(len(matrix)), np.array([0.0, 1.0]), 1.0)
    return np.concatenate([[0.0], inner, [1.0]])


def ruin_closed_form(win: float, forts: int) -> Array:
    """(n+1,) (1 - r^i) / (1 - r^n), r = (1-p)/p; i/n at p = 1/2 (Feller 1968, ch. XIV)."""
    held = np.arange(forts + 1, dtype=float)
    if win == 0.5:
        return held / forts
    if win < 0.5:  # in powers below 1, so that nothing overflows; p = 0 loses for sure
        ratio = win / (1.0 - win)
        if ratio == 0.0:
            return (held == forts).astype(float)
        return (ratio ** (forts - held) - ratio**forts) / (1.0 - ratio**forts)
    ratio = (1.0 - win) / win
    return (1.0 - ratio**held) / (1.0 - ratio**forts)


def duration(win: float, forts: int) -> Array:
    """(n+1,) expected months until the end: t_i = 1 + p t_{i+1} + (1-p) t_{i-1}, t_0 = t_n = 0."""
    matrix = moves(win, forts)
    inner = expected_discounted(matrix, np.ones(len(matrix)), np.zeros(2), 1.0)
    return np.concatenate([[0.0], inner, [0.0]])


def stochastic_war_value(
    lines: Array, drift: float, land_value: float, war_cost: float, discount: float
) -> Array:
    """(n+1,) (1 - delta) x present value for R of a war over a random front, USD bn per month.

    Each month the front moves one step up with probability (1 + mu/h) / 2, else one down, h being
    the step: mean mu. At either end the war is over and R keeps what it holds, at no cost. Far from
    the ends it tends to the closed form omega (x + delta mu/(1-delta)) - c of the moving front.

    Args:
        lines: (n+1,) km2, evenly spaced and rising.
        drift: mu, km2 per month, at most one step in size.
        land_value: omega, USD bn per km2 and month.
        war_cost: c, USD bn per month.
        discount: delta in (0, 1).

    Raises:
        TalksError: lines that are not evenly rising, a drift of more than one step.
    """
    x = require("lines", lines, "km2", least=0.0)
    delta = float(require("discount", discount, "per month", above=0.0, below=1.0))
    steps = np.diff(x) if x.ndim == 1 else np.empty(0)
    if len(steps) < 2 or steps.min() <= 0 or np.ptp(steps) > 1e-9 * steps.max():
        raise TalksError("lines must be three or more, evenly spaced and rising, in km2")
    step = float(steps[0])
    require("drift", drift, f"km2 per month with steps of {step:g} km2", least=-step, most=step)
    matrix = moves((1.0 + drift / step) / 2.0, len(x) - 1)
    end = land_value * x[[0, -1]] / (1.0 - delta)
    inner = expected_discounted(matrix, land_value * x[1:-1] - war_cost, end, delta)
    return (1.0 - delta) * np.concatenate([end[:1], inner, end[1:]])
