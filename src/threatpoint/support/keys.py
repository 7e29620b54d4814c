"""Keys by which the remaining donors share a gap."""

from __future__ import annotations

import math

import numpy as np

from threatpoint.array_types import Array
from threatpoint.errors import ThreatpointError, unknown

KEYS = {
    "gdp": "each adds the same share of its GDP",
    "effort": "each adds in proportion to what it gives now, its part of the EU's aid counted",
    "capacity": "those below a common share of GDP rise to it; those above add nothing",
}
"""The keys, each with its rule."""
MEASURES = {"gdp": "GDP", "effort": "effort so far", "capacity": "capacity"}
"""The keys, each with what it goes by."""


def apportion(key: str, gap: float, given: Array, gdp: Array) -> Array:
    """What each donor adds; shape (donors,), sums to the gap, unit of the gap.

    Args:
        key: one of `KEYS`.
        gap: what is to be replaced, 0 or more.
        given: present effort, shape (donors,), 0 or more.
        gdp: shape (donors,), positive.

    Raises:
        ThreatpointError: unknown key, malformed numbers, nobody who gives under "effort".
    """
    if key not in KEYS:
        raise ThreatpointError(unknown("key", str(key), tuple(KEYS)))
    _check(gap, given, gdp)
    if key == "gdp":
        return gap * gdp / gdp.sum()
    if key == "effort":
        if given.sum() <= 0.0:
            raise ThreatpointError("key effort: nobody gives anything now; use key gdp")
        return gap * given / given.sum()
    return np.maximum(0.0, common_share(gap, given, gdp) * gdp - given)


def common_share(gap: float, given: Array, gdp: Array) -> float:
    """Share r of GDP with `sum max(0, r gdp_i - given_i) = gap` (donors taken from the lowest)."""
    order = np.argsort(given / gdp, kind="stable")
    money, size, share = gap, 0.0, 0.0
    for i in order:
        if size and given[i] / gdp[i] >= share:
            break
        money, size = money + given[i], size + gdp[i]
        share = float(money / size)
    return share


def _check(gap: float, given: Array, gdp: Array) -> None:
    if not math.isfinite(gap) or gap < 0.0:
        raise ThreatpointError(f"gap: {gap} is not a number of 0 or more")
    if given.ndim != 1 or not given.size or given.shape != gdp.shape:
        raise ThreatpointError(f"given has shape {given.shape}, gdp {gdp.shape}; one a donor")
    if not (np.isfinite(given) & (given >= 0.0)).all():
        raise ThreatpointError("given: use numbers of 0 or more")
    if not (np.isfinite(gdp) & (gdp > 0.0)).all():
        raise ThreatpointError("gdp: use positive numbers")
