"""Newton's method on the same fixed point, with a Krylov solver: the fallback.

Knoll & Keyes (2004, J. Comput. Phys. 193:357). Directional derivatives come from differences of
the map, so no Jacobian is formed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium import system as sy

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def newton_krylov(
    system: sy.System, first: Array, tolerance: float, history: list[float], steps: int = 40
) -> tuple[Array, bool]:
    """Newton steps with backtracking from `first`; appends each residual to `history`.

    Returns the last point and whether it met the tolerance.
    """
    z, gap, size = first, *_gap(system, first, history)
    for _ in range(steps):
        if size <= tolerance:
            return z, True
        direction = _direction(system, z, gap, history)
        for shrink in 0.5 ** np.arange(12):
            trial = z + shrink * direction
            trial_gap, trial_size = _gap(system, trial, history)
            if np.isfinite(trial_size) and _norm(trial_gap) < (1 - 1e-4 * shrink) * _norm(gap):
                z, gap, size = trial, trial_gap, trial_size
                break
        else:
            return z, False
    return z, size <= tolerance


def _gap(system: sy.System, z: Array, history: list[float]) -> tuple[Array, float]:
    """F(z) = map(z) - z with wage steps of 1, and the largest residual."""
    state = sy.evaluate(system, z)
    history.append(state.residual)
    return sy.advance(system, state, step=1.0, carry=0.0) - z, history[-1]


def _norm(gap: Array) -> float:
    return float(np.linalg.norm(gap))


def _direction(system: sy.System, z: Array, gap: Array, history: list[float]) -> Array:
    """Solve J d = -F with GMRES; J by forward differences of the map."""
    from scipy.sparse.linalg import LinearOperator, gmres

    def slope(v: Array) -> Array:
        size = _norm(v)
        if size == 0:
            return v
        h = 1e-7 * max(1.0, _norm(z)) / size
        return (_gap(system, z + h * v, history)[0] - gap) / h

    operator: Any = LinearOperator((z.size, z.size), matvec=slope, dtype=np.float64)
    direction, _ = gmres(operator, -gap, rtol=1e-3, restart=60, maxiter=2)
    return np.asarray(direction)
