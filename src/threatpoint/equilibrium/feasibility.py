"""Feasibility comes before solving: what a shock leaves of the trade network.

A market that must be served but has no supplier has no finite price. A group of countries that can
no longer pay, or be paid, by the rest of the world has no balance of payments. Both are seen from
the shares alone and refused before any iteration.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.finite import escaping
from threatpoint.equilibrium.flows import Flows, flows
from threatpoint.errors import InfeasibleError

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.policy.wedges import Wedges

BALANCE = 1e-8
"""A bloc's deficits count as summing to 0 below this share of its value added."""


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


def structure(base: Calibration, wedges: Wedges, closure: str) -> Structure:
    """Surviving weights, markets and blocs.

    Raises:
        InfeasibleError: a market without supplier, or a deficit nobody can finance.
    """
    found = flows(base, wedges)
    weights = found.weights
    demanded, sold = _support(base, weights > 0)
    _require_suppliers(base, wedges, weights, demanded)
    found = found.kept(demanded[:, None, :] & sold[None, :, :])
    _require_finite_prices(base, found.weights, demanded)
    links = np.asarray((found.weights > 0).any(axis=2))
    np.fill_diagonal(links, False)
    deficit = np.zeros_like(base.deficit) if closure == "balanced" else base.deficit
    blocs = _blocs(links)
    if closure == "fixed":
        _require_balanced_blocs(base, deficit, blocs)
    one_way, need = _unpaid(base, deficit, links)
    none = np.abs(deficit).max() <= BALANCE * base.value_added.sum()  # in proportion to what is 0
    if one_way and (none or closure != "proportional"):
        raise InfeasibleError(
            f"no equilibrium: {one_way}, which needs {need}. "
            "Cut off both directions, use an enforcement below 1, or change --deficits."
        )
    return Structure(found, demanded, blocs, one_way)


def _support(base: Calibration, links: Mask) -> tuple[Mask, Mask]:
    """(demanded [n, j], sold [i, j]): final users or a selling sector want it, somebody buys it."""
    demanded = np.asarray((base.alpha > 0) | (base.gamma_in > 0).any(axis=2))
    while True:
        sold = np.asarray((links & demanded[:, None, :]).any(axis=0))
        still = np.asarray((base.alpha > 0) | ((base.gamma_in > 0) & sold[:, None, :]).any(axis=2))
        if (still == demanded).all():
            return demanded, sold
        demanded = still


def _require_suppliers(base: Calibration, wedges: Wedges, weights: Array, demanded: Mask) -> None:
    empty = np.argwhere(demanded & ~(weights > 0).any(axis=1))
    if not len(empty):
        return
    lines: list[str] = []
    for n, j in empty[:8]:
        suppliers = [i for i in range(len(base.countries)) if base.pi[n, i, j] > 0]
        causes = dict.fromkeys(wedges.cause(int(n), i, int(j)) for i in suppliers)
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


def _require_finite_prices(base: Calibration, weights: Array, demanded: Mask) -> None:
    """With inputs that are hard to replace, prices can outrun every wage: then none clear."""
    lost = escaping(base, weights, demanded)
    if lost is None:
        return
    n, j, growth = lost
    raise InfeasibleError(
        f"no equilibrium: no finite price of {base.sectors[j]} in {base.countries[n]}. What is "
        "left of its suppliers needs more of their own product as an input than they make (the "
        f"growth factor of prices at unchanged wages is {growth:.3f}, it must be below 1), and "
        f"inputs can hardly be replaced (eta = {base.elasticities.eta:g}, "
        f"epsilon = {base.elasticities.epsilon:g}). Try an enforcement below 1, or a longer "
        "horizon."
    )


def _reach(links: Mask) -> Mask:
    """Transitive closure of a relation, itself included."""
    reach = links | np.eye(len(links), dtype=bool)
    while True:
        wider = (reach.astype(np.float64) @ reach.astype(np.float64)) > 0
        if (wider == reach).all():
            return reach
        reach = wider


def _blocs(links: Mask) -> Mask:
    """Connected groups of the trade network, direction ignored; one row per group."""
    return _classes(_reach(links | links.T))


def _classes(alike: Mask) -> Mask:
    """Rows of an equivalence relation, each class once."""
    return alike[np.unique(alike.argmax(axis=1))]


def _names(base: Calibration, members: Mask) -> str:
    codes = [code for code, inside in zip(base.countries, members, strict=True) if inside]
    return ", ".join(codes[:6]) + (f" and {len(codes) - 6} more" if len(codes) > 6 else "")


def _require_balanced_blocs(base: Calibration, deficit: Array, blocs: Mask) -> None:
    if len(blocs) == 1:
        return
    for members in sorted(blocs, key=np.count_nonzero):  # the smaller bloc explains it
        gap = float(deficit[members].sum())
        scale = float(base.value_added[members].sum())
        if abs(gap) > BALANCE * scale:
            kind = "deficit" if gap > 0 else "surplus"
            raise InfeasibleError(
                f"no equilibrium: {_names(base, members)} can no longer trade with the rest of the "
                f"world, but closure 'fixed' keeps a trade {kind} of {abs(gap):,.6g} "
                f"({abs(gap) / scale:.2%} of value added). "
                "Try --deficits balanced, or proportional."
            )


def _unpaid(base: Calibration, deficit: Array, links: Mask) -> tuple[str, str]:
    """(a group that trades in one direction only, what it needs and lacks), in words; "" if none.

    One that imports but sells nothing outside needs a deficit, and vice versa.
    """
    buys_from = _reach(links)
    groups = _classes(buys_from & buys_from.T)
    for group in sorted(groups, key=np.count_nonzero):  # the smaller side explains it
        outside = ~group
        imports = bool(links[np.ix_(group, outside)].any())
        exports = bool(links[np.ix_(outside, group)].any())
        if imports == exports:
            continue
        gap = float(deficit[group].sum())
        floor = BALANCE * float(base.value_added[group].sum())
        if imports and gap <= floor:
            what, need = "can still import but sell nothing abroad", "a trade deficit to pay with"
        elif exports and gap >= -floor:
            what, need = "can still export but buy nothing abroad", "a trade surplus to lend"
        else:
            continue
        return f"{_names(base, group)} {what}", f"{need}; it is {gap:,.6g}"
    return "", ""
