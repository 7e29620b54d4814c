"""The quotas of a policy, as the cells of a system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium.cells import Cells

if TYPE_CHECKING:
    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.policy.wedges import Wedges

SOFT = 0.5
"""Added to the slope of a bound's response, so that no step is larger than 1 / SOFT."""


def bound_cells(base: Calibration, wedges: Wedges) -> Cells | None:
    """All quotas of a policy, flow by flow; None where there is none."""
    value = base.trade
    flows = [
        (int(n), int(i), int(j), limit.volume, float(limit.payee == "exporter"))
        for limit in wedges.volume_limits
        for n, i, j in np.argwhere(limit.cells & (value > 0))
    ]
    if not flows:
        return None
    n, i, j = np.array([flow[:3] for flow in flows], dtype=np.intp).T
    bound, abroad = np.array([flow[3:] for flow in flows]).T
    theta = base.elasticities.theta[j]
    step = 1.0 / (theta * (1.0 - base.pi[n, i, j]) + SOFT)
    layers = _layers([flow[:3] for flow in flows])
    return Cells(n, i, j, abroad, theta, bound, value[n, i, j], step, layers)


def _layers(places: list[tuple[int, ...]]) -> tuple[Any, ...]:
    """Positions in as many layers as the most bounded flow has bounds."""
    seen: dict[tuple[int, ...], int] = {}
    layers: list[list[int]] = []
    for k, place in enumerate(places):
        depth = seen[place] = seen.get(place, -1) + 1
        if depth == len(layers):
            layers.append([])
        layers[depth].append(k)
    return tuple(np.array(layer, dtype=np.intp) for layer in layers)
