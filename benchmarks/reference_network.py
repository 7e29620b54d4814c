"""What a shock leaves of the trade network, as it was: the checks before solving, all made anew.

From commit 77056f0, for `benchmarks.reference`; messages are short, since only their type counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.finite import _limit_cost
from threatpoint.errors import InfeasibleError

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.equilibrium.calibration import Calibration

BALANCE, LONGEST, SURE = 1e-8, 3000, 1e-4
"""As in `feasibility` and `finite`."""


@dataclass(frozen=True, eq=False)
class Network:
    """What is left: (N, N, S) flows, (N, S) markets, (K, N) blocs, what goes one way in words."""

    flows: Mask
    demanded: Mask
    blocs: Mask
    one_way: str


def network(base: Calibration, weights: Array, closure: str, given: int | None = None) -> Network:
    """Surviving flows, markets and blocs of trade weights (N, N, S); prices of a sector given.

    Raises:
        InfeasibleError: a market without supplier, or a deficit nobody can finance.
    """
    demanded, sold = _support(base, weights > 0)
    if (demanded & ~(weights > 0).any(axis=1)).any():
        raise InfeasibleError("no equilibrium: a market has no supplier left")
    kept = demanded[:, None, :] & sold[None, :, :]
    if _escaping(base, weights * kept, demanded & (np.arange(demanded.shape[1]) != given)):
        raise InfeasibleError("no equilibrium: a price is not finite")
    links = np.asarray(((weights > 0) & kept).any(axis=2))
    np.fill_diagonal(links, False)
    deficit = np.zeros_like(base.deficit) if closure == "balanced" else base.deficit
    blocs = _classes(_reach(links | links.T))
    if closure == "fixed":
        _require_balanced_blocs(base, deficit, blocs)
    one_way = _unpaid(base, deficit, links)
    none = np.abs(deficit).max() <= BALANCE * base.value_added.sum()  # in proportion to what is 0
    if one_way and (none or closure != "proportional"):
        raise InfeasibleError(f"no equilibrium: {one_way}")
    return Network(kept, demanded, blocs, one_way)


def _support(base: Calibration, links: Mask) -> tuple[Mask, Mask]:
    """(demanded [n, j], sold [i, j]): final users or a selling sector want it, somebody buys it."""
    demanded = np.asarray((base.alpha > 0) | (base.gamma_in > 0).any(axis=2))
    while True:
        sold = np.asarray((links & demanded[:, None, :]).any(axis=0))
        still = np.asarray((base.alpha > 0) | ((base.gamma_in > 0) & sold[:, None, :]).any(axis=2))
        if (still == demanded).all():
            return demanded, sold
        demanded = still


def _reach(links: Mask) -> Mask:
    """Transitive closure of a relation, itself included."""
    reach = links | np.eye(len(links), dtype=bool)
    while True:
        wider = (reach.astype(np.float64) @ reach.astype(np.float64)) > 0
        if (wider == reach).all():
            return reach
        reach = wider


def _classes(alike: Mask) -> Mask:
    """Rows of an equivalence relation, each class once."""
    return alike[np.unique(alike.argmax(axis=1))]


def _require_balanced_blocs(base: Calibration, deficit: Array, blocs: Mask) -> None:
    for members in blocs if len(blocs) > 1 else []:
        if abs(deficit[members].sum()) > BALANCE * base.value_added[members].sum():
            raise InfeasibleError("no equilibrium: a bloc keeps a deficit that nobody finances")


def _unpaid(base: Calibration, deficit: Array, links: Mask) -> str:
    """A group that trades in one direction only, and what it lacks, in words; "" if none."""
    buys_from = _reach(links)
    for group in _classes(buys_from & buys_from.T):
        imports = bool(links[np.ix_(group, ~group)].any())
        exports = bool(links[np.ix_(~group, group)].any())
        gap = float(deficit[group].sum())
        floor = BALANCE * float(base.value_added[group].sum())
        if imports and not exports and gap <= floor:
            return "a group of countries only imports, without a deficit"
        if exports and not imports and gap >= -floor:
            return "a group of countries only exports, without a surplus"
    return ""


def _escaping(base: Calibration, weights: Array, demanded: Mask) -> bool:
    """Whether a price escapes, with inputs that are hard to replace."""
    if np.min(base.elasticities.eta) >= 1.0:
        return False  # value added bounds every cost
    log_price = np.where(demanded, 0.0, -np.inf).T
    ordered = np.ascontiguousarray(weights.transpose(2, 0, 1))
    start = log_price.copy()
    for count in range(1, LONGEST + 1):
        log_price = np.where(demanded.T, _limit_map(base, ordered, log_price), -np.inf)
        if log_price.max() < 0.0:
            return False
        if count in (LONGEST // 4, LONGEST):
            growth = float(np.exp((log_price - start).max() / count))
            if growth > 1.0 + SURE:
                return True
    return False


def _limit_map(base: Calibration, weights: Array, log_price: Array) -> Array:
    """Log T of log P, [j, n]; -inf marks what costs nothing in the limit."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        cost = _limit_cost(base, log_price)
        return _price(base, weights, cost)


def _price(base: Calibration, weights: Array, cost: Array) -> Array:
    """Log P = -log(sum_i A c^-theta) / theta, scaled against overflow; free goods cost nothing."""
    theta = base.elasticities.theta[:, None]
    least = np.maximum(cost.min(axis=1, keepdims=True), -700.0)
    strength = np.exp(np.minimum(-theta * (cost - least), 700.0))
    found = least - np.log(np.matmul(weights, strength[:, :, None])[:, :, 0]) / theta
    return np.where(np.isfinite(found), found, np.where(np.isnan(found), -np.inf, found))
