"""A direction in everything that a counterfactual is given, to compare derivatives with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

import threatpoint as tp
from threatpoint.equilibrium import Solution, solve
from threatpoint.equilibrium.adjoint.outcome import KINDS, found
from threatpoint.equilibrium.adjoint.solve import levels

STENCIL = np.array([-11.0, 18.0, -9.0, 2.0]) / 6.0
"""Third-order difference at 0, 1, 2 and 3 steps: some wedges move one way only."""

CLOSE = 1e-6
"""How near a derivative must be to that by differences, over the size of its parts."""
ROUNDING, TINY = 1e-6, 1e-9
"""Parts smaller than this, of the outcome or at all, are rounding of the solutions compared."""


@dataclass(frozen=True, eq=False)
class Direction:
    """How much each wedge and elasticity moves; names are those of `Wedges` and `Elasticities`."""

    wedges: dict[str, Any]
    values: dict[str, Any]

    def solved(self, at: Solution, step: float) -> Solution:
        """The equilibrium so far along it."""
        w, e = at.wedges, at.calibration.elasticities
        moved = {name: getattr(w, name) + step * d for name, d in self.wedges.items()}
        moved["survival"] = w.survival * np.exp(step * self.wedges["survival"])
        values = {}
        for name, d in self.values.items():
            new = getattr(e, name) + step * d if name in ("theta", "phi", "rho") else None
            values[name] = new if new is not None else (e.sectoral(name) + step * d).tolist()
        return solve(
            at.economy,
            replace(w, **moved),
            elasticities=replace(e, **values),
            deficits=at.closure,
            given=at.given,
            start=at,
            rebase=False,
            tolerance=1e-13,
        )

    def derivative(self, s: tp.Sensitivities) -> tuple[float, float]:
        """(the directional derivative, the sum of its parts' sizes)."""
        named = {"survival": s.cut, "tariff": s.tariff, "export_tax": s.export_tax}
        named |= {"cost": s.trade_cost}
        parts = [(named[name] * d).ravel() for name, d in self.wedges.items()]
        parts += [np.nan_to_num(getattr(s, name) * d).ravel() for name, d in self.values.items()]
        every = np.concatenate(parts)
        return float(every.sum()), float(np.abs(every).sum())


def direction(at: Solution, rng: np.random.Generator) -> Direction:
    """A random one within what each can be."""
    w, e = at.wedges, at.calibration.elasticities
    n = len(at.calibration.countries)
    shape = w.tariff.shape
    abroad = 1.0 - np.eye(n)[:, :, None]
    wedges = {
        "survival": -abroad * rng.uniform(0, 0.1, shape),
        "tariff": abroad * (1 + w.tariff) * rng.normal(0, 0.05, shape),
        "export_tax": abroad * (1 + w.export_tax) * rng.normal(0, 0.05, shape),
        "cost": abroad * rng.uniform(0, 0.05, shape),
    }
    values: dict[str, Any] = {
        "theta": e.theta * rng.normal(0, 0.05, e.theta.shape),
        "phi": -e.phi * rng.uniform(0, 0.05, e.phi.shape) * (e.phi < 1),
        "rho": e.rho * rng.normal(0, 0.05),
    }
    for name in ("eta", "epsilon"):
        values[name] = e.sectoral(name) * rng.normal(0, 0.05, e.theta.shape)
    return Direction(wedges, values)


def outcome(at: Solution, rng: np.random.Generator) -> tp.Outcome:
    """A random outcome."""
    kind = str(rng.choice(list(KINDS)))
    of = str(rng.choice(at.calibration.countries))
    sector = str(rng.choice(at.calibration.sectors))
    return tp.Outcome(kind, of, sector if kind in ("output", "price", "sales") else "")


def difference(at: Solution, along: Direction, of: tp.Outcome, step: float) -> float:
    """The same derivative by differences of exact solutions."""
    here = [at, *(along.solved(at, k * step) for k in (1, 2, 3))]
    same = [x._state.bound + x._state.bound_gap > 0 for x in here]
    if any((x != same[0]).any() for x in same):
        return np.nan  # a bound comes into force, or goes out of it, on the way
    return float(STENCIL @ [found(of, x, levels(x))[0] for x in here]) / step


def apart(at: Solution, along: Direction, s: tp.Sensitivities) -> float:
    """By how much the two differ, over the size of the parts; the best of three steps, NaN where a
    bound changes on each.
    """
    value, size = along.derivative(s)
    best = np.nan
    for step in (1e-3, 1e-4, 1e-2):
        found = difference(at, along, s.outcome, step)
        best = np.fmin(best, abs(found - value) / max(size, ROUNDING * abs(s.value) + TINY))
        if best < CLOSE:
            break
    return float(best)
