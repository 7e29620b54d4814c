"""Keep trade balances near those of the ICIO: services give way.

BACI goods are free on board: they hold trade and transport margins that the ICIO books as
services, and re-exports. Scaling goods to BACI therefore counts margins twice and moves trade
balances. Cross-border services are the weakest-sourced flows of the table, so they move: the
services matrix closest to the prior in relative entropy whose trade balances, goods included, lie
within a band around the ICIO's of 2022. Its solution is `prior[n, i] * exp(m[n] - m[i])`, with
`m[n]` 0 for every country inside its band.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from builders.sources import Array
from threatpoint.errors import WorldError

BAND = 0.03
"""Prior: a trade balance may leave the ICIO's of 2022 by 3 % of GDP, no more. Named, not measured:
from 2022 to 2023 energy prices moved true balances by about as much."""

LIMIT = 30.0
"""A multiplier beyond this (a factor of 1e13) means that no services trade can do it."""


@dataclass(frozen=True)
class Services:
    """Cross-border services after the correction.

    Attributes:
        values: (N, N) [importer, exporter], the diagonal as given.
        factor: (N,) by which a country's services imports rise and its exports fall, before the
            partners' own factors; 1 inside the band.
    """

    values: Array
    factor: Array


def within_band(
    prior: Array, deficit: Array, low: Array, high: Array, *, sweeps: int = 10_000
) -> Services:
    """Services whose balances put every country's deficit into its band.

    Args:
        prior: (N, N) services [importer, exporter]; the diagonal is ignored and kept.
        deficit: (N,) imports less exports of everything else.
        low: (N,) least whole deficit.
        high: (N,) greatest whole deficit.
        sweeps: cyclic passes over the countries.

    Raises:
        WorldError: no services matrix meets the bounds (named country and gap).
    """
    if low.sum() > 0 or high.sum() < 0:
        raise WorldError(
            f"deficits sum to 0 over the world, but the bounds sum to {low.sum():.6g} and "
            f"{high.sum():.6g}"
        )
    cross = prior * (1 - np.eye(len(prior)))
    gain = np.zeros(len(prior))
    for _ in range(sweeps):
        before = gain.copy()
        for n in range(len(gain)):
            gain[n] = _best(cross, gain, n, deficit[n], low[n], high[n])
        if np.abs(gain - before).max() < 1e-14 or np.abs(gain).max() > LIMIT:
            break
    values = cross * np.exp(gain[:, None] - gain[None, :])
    total = deficit + values.sum(axis=1) - values.sum(axis=0)
    gap = np.maximum(low - total, total - high)
    worst = int(np.argmax(gap / np.maximum(values.sum(axis=0), 1.0)))
    if gap[worst] > 1e-6 * max(values[worst].sum(), values[:, worst].sum(), 1.0):
        raise WorldError(
            f"no services trade puts the deficit of country {worst} into "
            f"[{low[worst]:.6g}, {high[worst]:.6g}]: it stays at {total[worst]:.6g}"
        )
    return Services(values + np.diag(np.diag(prior)), np.exp(gain))


def _best(cross: Array, gain: Array, n: int, deficit: float, low: float, high: float) -> float:
    """Multiplier of one country given the others: 0 if inside the band, else on its edge."""
    buys = float(cross[n] @ np.exp(-gain))
    sells = float(cross[:, n] @ np.exp(gain))
    at_zero = deficit + buys - sells
    if low <= at_zero <= high or buys <= 0 or sells <= 0:
        return 0.0
    need = (low if at_zero < low else high) - deficit
    # buys * x - sells / x = need, written so that no digits cancel
    root = np.hypot(need, 2 * np.sqrt(buys * sells))
    x = (need + root) / (2 * buys) if need >= 0 else 2 * sells / (root - need)
    return float(np.log(x))
