"""Optimal tariffs and tariff wars on random small worlds: the economics, whatever the world."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.economies import random_world
from threatpoint import Tariff, nash_tariffs, optimal_tariff, solve
from threatpoint.errors import EquilibriumError
from threatpoint.strategy.tariffs.points import ANSWER
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities

SEEDS = st.integers(0, 2**31 - 1)


def world(seed: int, n: int, s: int, specific: bool) -> Economy:
    """Random, its trade balanced, its money USD bn."""
    made = random_world(
        seed, n, s, zeros=False, theta_range=(2.0, 8.0), balanced=True, specific=specific
    )
    labels = made.economy.countries, made.economy.sectors
    values = replace(Elasticities.of(*labels, made.theta), phi=made.phi)
    return replace(made.economy, unit="USD bn", elasticities={"long": values})


@settings(max_examples=12)
@given(SEEDS, st.booleans())
def test_a_best_rate_vanishes_the_slope_and_no_other_rate_is_better(seed, specific):
    economy = world(seed, 3, 2, specific)
    try:
        one = optimal_tariff(economy, "C00", "C01", sectors="all")
        several = optimal_tariff(economy, "C00", "C01", sectors="all", by="sector")
    except EquilibriumError:
        assume(False)
    assert one.second_order.first_order
    assert several.second_order.first_order
    assert several.gain >= one.gain - 1e-9 * abs(one.gain)
    assert one.second_order.maximum
    for rate in np.linspace(*one.bounds, 7):
        tried = solve(economy, Tariff("C00", "C01", "all", float(rate), "add"), throw=False)
        if tried.status.converged:
            assert tried.welfare.usd[0] <= one.gain + 1e-7 * economy.final_expenditure[0]


@settings(max_examples=6)
@given(SEEDS, st.booleans())
def test_tariffs_of_a_war_are_mutual_best_answers(seed, specific):
    economy = world(seed, 3, 2, specific)
    try:
        war = nash_tariffs(economy, "C00", "C01", sectors="all")
    except EquilibriumError:
        assume(False)
    point = war.points[0]
    assert point.mutual
    held = {tested.side: rate for tested, rate in zip(point.tested, war.rates, strict=True)}
    for side, other in (("C00", "C01"), ("C01", "C00")):
        after = _added(economy, other, side, held[other])
        reply = optimal_tariff(after, side, other, sectors="all")
        assert abs(reply.rate - held[side]) <= ANSWER


def _added(economy: Economy, importer: str, exporter: str, rate: float) -> Economy:
    """The world in which one side's tariff is in force, as a new baseline."""
    from threatpoint.equilibrium.solution import rebased

    values = economy.elasticities["long"]
    duty = Tariff(importer, exporter, "all", rate, "add")
    after = rebased(solve(economy, duty, tolerance=1e-13), unit="USD bn")
    return replace(after, elasticities={"long": values})
