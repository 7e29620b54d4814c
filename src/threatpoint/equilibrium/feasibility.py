"""Feasibility comes before solving: what a shock leaves of the trade network.

A market that must be served but has no supplier has no finite price. A group of countries that can
no longer pay, or be paid, by the rest of the world has no balance of payments. Both are seen from
the shares alone and refused before any iteration. What is left is counted once for the baseline;
a policy that ends flows is counted less these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.calibration import once, once_of_shares
from threatpoint.equilibrium.finite import Limit, escaping
from threatpoint.equilibrium.flows import Cells, Flows, flows, patched, rows, touched, untouched
from threatpoint.equilibrium.given import Given, costs
from threatpoint.equilibrium.network import BALANCE, Left, Network, names
from threatpoint.errors import InfeasibleError
from threatpoint.world.elasticities import BY_SECTOR

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask, Positions
    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.policy.wedges import Wedges


MANY = 0.25
"""Part of all cells above which it is cheaper to form and count every flow anew."""


@dataclass(frozen=True, eq=False)
class Structure:
    """What is left of the trade network.

    Attributes:
        flows: trade weights and their split, exactly 0 where cut off or not demanded.
        demanded: (N, S) bool, markets that still exist.
        blocs: (K, N) bool, groups of countries that still trade with each other.
        one_way: in words, a group whose trade is left in one direction only; "" if none. Under
            closure "proportional", with deficits, it may or may not have an equilibrium.
    """

    flows: Flows
    demanded: Mask
    blocs: Mask
    one_way: str = ""


def structure(
    base: Calibration, wedges: Wedges, closure: str, given: Given | None = None
) -> Structure:
    """Surviving weights, markets and blocs.

    Raises:
        InfeasibleError: a market without supplier, or a deficit nobody can finance.
    """
    found, left, markets = _after(base, wedges, given)
    _require_suppliers(base, wedges, left, given)
    _require_finite_prices(base, found, _moving(left.demanded, given), markets)
    deficit = np.zeros_like(base.deficit) if closure == "balanced" else base.deficit
    if closure == "fixed":
        _require_balanced_blocs(base, deficit, left.network.blocs)
    one_way, need = _unpaid(base, deficit, left.network)
    if one_way and (closure != "proportional" or _balanced(base, deficit)):
        raise InfeasibleError(
            f"no equilibrium: {one_way}, which needs {need}. "
            "Cut off both directions, use an enforcement below 1, or change --deficits."
        )
    return Structure(found, left.demanded, left.network.blocs, one_way)


def _balanced(base: Calibration, deficit: Array) -> bool:
    """Whether deficits in proportion are in proportion to nothing."""
    return bool(np.abs(deficit).max() <= BALANCE * base.value_added.sum())


@once_of_shares
def _before(base: Calibration) -> tuple[Flows, Left]:
    """What there is at baseline, whether it has an equilibrium or not."""
    return _counted(base, untouched(base))


@once
def _limit(base: Calibration) -> Limit:
    """The limit map of the baseline, where value added does not bound prices."""
    before, left = _before(base)
    return Limit.of(base, before.whole, left.demanded, left.buyers > 0)


def _counted(base: Calibration, found: Flows) -> tuple[Flows, Left]:
    """Flows into markets that exist, and what they leave of the network."""
    links = found.A_off > 0
    own = range(links.shape[1])
    links[:, own, own] = found.A_own > 0
    demanded = _demanded(base, links)
    return found.kept(demanded), Left.of(links & demanded.T[:, :, None], demanded)


def _after(base: Calibration, wedges: Wedges, given: Given | None) -> tuple[Flows, Left, Positions]:
    """(flows, what they leave, the flat markets [j, n] that changed) under a policy."""
    at, by_cell = wedges.touched(base.tariff), costs(wedges, given)
    if given is not None:
        at = np.union1d(at, given.touched(len(base.sectors)))
    if len(at) > MANY * base.pi.size:
        return *_counted(base, flows(base, by_cell)), np.arange(base.gamma.size)
    cells = touched(base, by_cell, at)
    return *_left(base, cells), rows(cells, base.gamma.T.shape)


def _left(base: Calibration, cells: Cells) -> tuple[Flows, Left]:
    """The flows with these cells in place of the baseline's, and what they leave."""
    before, left = _before(base)
    wanted = left.demanded[cells.n, cells.j]
    at = np.flatnonzero(cells.weights == 0)
    n, i, j = cells.n[at], cells.i[at], cells.j[at]
    lost = wanted[at] & (base.pi[n, i, j] > 0)
    if lost.any():
        left = left.without(n[lost], i[lost], j[lost])
        if left.unsold:  # what its makers buy may not be demanded either
            return _counted(base, patched(untouched(base), cells))
    return patched(before, cells.kept(wanted)), left


def _demanded(base: Calibration, links: Mask) -> Mask:
    """(N, S) markets that final users or a sector that sells want; links: [j, n, i], live flows."""
    demanded = np.asarray((base.alpha > 0) | (base.gamma_in > 0).any(axis=2))
    while True:
        sold = np.asarray((links & demanded.T[:, :, None]).any(axis=1)).T
        still = np.asarray((base.alpha > 0) | ((base.gamma_in > 0) & sold[:, None, :]).any(axis=2))
        if (still == demanded).all():
            return demanded
        demanded = still


def _moving(demanded: Mask, given: Given | None) -> Mask:
    """(N, S) markets that exist and whose prices are not given: none of these can escape."""
    if given is None:
        return demanded
    moving = demanded.copy()
    moving[:, given.sector] = False
    return moving


def _require_suppliers(base: Calibration, wedges: Wedges, left: Left, given: Given | None) -> None:
    empty = np.argwhere(left.demanded & (left.suppliers == 0))
    if not len(empty):
        return
    lines: list[str] = []
    for n, j in empty[:8]:
        suppliers = [i for i in range(len(base.countries)) if base.pi[n, i, j] > 0]
        causes = dict.fromkeys(wedges.cause(int(n), i, int(j)) for i in suppliers)
        if given is not None and j == given.sector:
            causes[given.words or "weights given for its flows"] = None
        rule = "; ".join(x for x in causes if x)
        reason = "it never had a supplier"
        if suppliers:
            reason = "all its suppliers are cut off" + (f" by: {rule}" if rule else "")
        lines.append(f"{base.countries[n]} needs {base.sectors[j]}, and {reason}")
    more = f"\n  … and {len(empty) - 8} more" if len(empty) > 8 else ""
    raise InfeasibleError(
        f"no equilibrium: {len(empty)} market(s) have no supplier left, so no finite price:\n  "
        + "\n  ".join(lines)
        + more
        + "\nWhoever needs them would have to close. Try an enforcement below 1, or exempt these "
        "sectors."
    )


def _require_finite_prices(
    base: Calibration, found: Flows, demanded: Mask, markets: Positions
) -> None:
    """With inputs that are hard to replace, prices can outrun every wage: then none clear."""
    if np.min(base.elasticities.eta) >= 1.0:
        return  # value added bounds every cost
    if _limit(base).falling(found.A_off, found.A_own, markets, demanded):
        return
    lost = escaping(base, found.whole, demanded)
    if lost is None:
        return
    n, j, growth = lost
    eta, epsilon = (base.elasticities.sectoral(name)[j] for name in BY_SECTOR)
    raise InfeasibleError(
        f"no equilibrium: no finite price of {base.sectors[j]} in {base.countries[n]}. What is "
        "left of its suppliers needs more of their own product as an input than they make (the "
        f"growth factor of prices at unchanged wages is {growth:.3f}, it must be below 1), and "
        f"inputs can hardly be replaced (eta = {eta:g}, epsilon = {epsilon:g}). Try an "
        "enforcement below 1, or a longer horizon."
    )


def _require_balanced_blocs(base: Calibration, deficit: Array, blocs: Mask) -> None:
    if len(blocs) == 1:
        return
    for members in sorted(blocs, key=np.count_nonzero):  # the smaller bloc explains it
        gap = float(deficit[members].sum())
        scale = float(base.value_added[members].sum())
        if abs(gap) > BALANCE * scale:
            kind = "deficit" if gap > 0 else "surplus"
            raise InfeasibleError(
                f"no equilibrium: {names(base.countries, members)} can no longer trade with the "
                f"rest of the world, but closure 'fixed' keeps a trade {kind} of {abs(gap):,.6g} "
                f"({abs(gap) / scale:.2%} of value added). "
                "Try --deficits balanced, or proportional."
            )


def _unpaid(base: Calibration, deficit: Array, network: Network) -> tuple[str, str]:
    """(a group that trades in one direction only, what it needs and lacks), in words; "" if none.

    One that imports but sells nothing outside needs a deficit, and vice versa.
    """
    for group, imports in network.one_way:
        gap = float(deficit[group].sum())
        floor = BALANCE * float(base.value_added[group].sum())
        if imports and gap <= floor:
            what, need = "can still import but sell nothing abroad", "a trade deficit to pay with"
        elif not imports and gap >= -floor:
            what, need = "can still export but buy nothing abroad", "a trade surplus to lend"
        else:
            continue
        return f"{names(base.countries, group)} {what}", f"{need}; it is {gap:,.6g}"
    return "", ""
