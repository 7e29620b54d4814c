"""What a policy is compared with: the table, its equilibrium under a day's tariffs, or with trade
balanced; each is solved once for each set of elasticities and kept with its economy.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from threatpoint.equilibrium.attempt import settle
from threatpoint.equilibrium.door import HasGiven, problem_of
from threatpoint.equilibrium.given import Given
from threatpoint.equilibrium.guide import Guide, guide
from threatpoint.equilibrium.horizon import elasticities_for
from threatpoint.equilibrium.kept import calibrated, kept
from threatpoint.equilibrium.solution import Solution, rebased
from threatpoint.errors import EquilibriumError
from threatpoint.policy.wedges import Wedges
from threatpoint.words import Horizon
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities
from threatpoint.world.flow import Flow

EXACT = 1e-11
"""Tolerance of a standing world: its accounts are those of a table. Rounding leaves 1e-12."""

TOLERANCE = 1e-10
"""That of the table with trade balanced."""

BALANCED = 1e-12
"""Trade counts as balanced when no deficit exceeds this part of world value added."""


def compared_with(economy: Economy, values: Elasticities, deficits: str, rebase: bool) -> Economy:
    """The baseline that a policy is compared with; raises `EquilibriumError` where it has none.

    That of a day is the equilibrium of the table under the tariffs then in force.
    """
    if economy.standing is not None:
        economy = standing_world(economy, values)
    if deficits == "balanced" and rebase:
        return balanced_trade(economy, elasticities=values)
    return economy


def nearby(
    economy: Economy,
    horizon: str,
    values: Elasticities,
    deficits: str,
    rebase: bool,
    given: Given | HasGiven | None = None,
) -> Guide | None:
    """The guide of the economy's own set, for a set that is none of its own; else None.

    A guide of its own would cost such a set as much as ten solves.
    """
    own = economy.elasticities
    if horizon not in own or any(values is each for each in own.values()):
        return None
    try:
        table = compared_with(economy, own[horizon], deficits, rebase)
    except EquilibriumError:
        return None
    sector = None if given is None else Given.none(table, given.sector)
    found = guide(calibrated(table, own[horizon]), sector)
    return found and found.nearby


@kept
def standing_world(economy: Economy, values: Elasticities) -> Economy:
    """The table's equilibrium under the tariffs in force on its economy's day: its own baseline.

    The same for every policy, so it is solved once for each set of elasticities. Named flows move
    with the cell of trade that holds them.
    """
    if stands_apart(economy):
        found = _solved(economy.bare, values, Wedges.none(economy), "fixed", EXACT)
        return stood(economy, found)
    return economy.bare


def stands_apart(economy: Economy) -> bool:
    """Whether the tariffs in force are others than those of the table."""
    day = economy.standing
    return day is not None and not np.array_equal(day.tariff, economy.tariff)


def stood(economy: Economy, found: Solution) -> Economy:
    """The equilibrium of the table under the tariffs in force as a baseline."""
    bare, more = economy.bare, {"markets": economy.markets, "tariff": economy.tariff_in_force}
    words = economy.standing.words if economy.standing else ""
    return _with_labels(found, bare, words, flows=_moved_flows(bare, found), **more)


def _solved(
    economy: Economy, values: Elasticities, wedges: Wedges, closure: str, tolerance: float
) -> Solution:
    """The equilibrium of the table, with these elasticities, under these wedges."""
    problem = problem_of(calibrated(economy, values), wedges, closure, tolerance, None, economy)
    near = nearby(economy, values.horizon, values, "fixed", False)
    return settle(replace(problem, near=near))


def _moved_flows(bare: Economy, found: Solution) -> dict[str, Flow]:
    """The named flows, in proportion to their cells."""
    moved: dict[str, Flow] = {}
    for name, flow in bare.flows.items():
        j = bare.sector(flow.sector)
        before = bare.trade[:, :, j]
        ratio = np.divide(found.trade[:, :, j], before, out=np.ones_like(before), where=before > 0)
        moved[name] = replace(flow, values=flow.values * ratio)
    return moved


def balanced_trade(
    economy: Economy, *, elasticities: Elasticities | None = None, horizon: Horizon = "long"
) -> Economy:
    """The economy re-solved with every country's trade balanced, labels kept.

    The baseline that a policy under closure "balanced" is compared with. Cell provenance no longer
    holds, so `basis` and the finer flows are dropped. An economy whose trade is balanced already
    is returned as it is.

    Example:
        >>> world = tp.balanced_trade(tp.load_world())
        >>> bool((abs(world.deficit) < 1e-6 * world.gdp).all())
        True
    """
    values = elasticities_for(economy, horizon, elasticities)
    if np.abs(economy.deficit).max() <= BALANCED * economy.value_added.sum():
        return economy
    return _rebased(economy, values)


@kept
def _rebased(economy: Economy, values: Elasticities) -> Economy:
    base = _solved(economy, values, Wedges.none(economy), "balanced", TOLERANCE)
    return _with_labels(base, economy, "trade balanced")


def _with_labels(found: Solution, economy: Economy, why: str, **more: Any) -> Economy:
    """An equilibrium as a baseline, with the labels of the economy it is of."""
    labels = ("services", "names", "sector_names", "groups", "residuals", "unit", "year")
    before = economy.metadata.get("rebased", "")
    return rebased(
        found,
        metadata={**economy.metadata, "rebased": "; ".join(filter(None, (before, why)))},
        **{name: getattr(economy, name) for name in labels},
        **more,
    )
