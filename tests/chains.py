"""Chains for tests: of the built-in situation without drawn trade, and of a small drawn world."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

import threatpoint as tp
from tests.economies import random_world
from threatpoint.analysis.asked import situation_of
from threatpoint.analysis.chain.chain import Chain, Drawing, solve_chain
from threatpoint.policy import CutOff, Policy
from threatpoint.policy.standing import on_day
from threatpoint.situation import Situation
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities

BUILT_IN = "ukraine-2025-03-31"


@cache
def quick(draws: int = 256, seed: int = 0, name: str = BUILT_IN) -> Chain:
    """Rooms in draws, trade at the table itself."""
    situation = tp.load_situation(name)
    world = on_day(tp.load_world(), situation.date)
    return solve_chain(situation, world, Drawing(draws, seed, quick=True))


def small(seller: str = "C01") -> tuple[Situation, Economy]:
    """A cut-off in a random world of four countries and three sectors."""
    world = random_world(5, 4, 3, zeros=False, theta_range=(1.0, 5.0))
    codes = (world.economy.countries, world.economy.sectors)
    values = Elasticities.of(*codes, world.theta, world.phi, horizon="long")
    economy = replace(world.economy, elasticities={"long": values})
    day = date(2025, 3, 31)
    return situation_of(Policy([CutOff("C00", seller)]), economy, date=day), economy


def drawn(draws: int = 64, seed: int = 3, store: Path | None = None, workers: int = 1) -> Chain:
    """A chain of the small world with its trade drawn."""
    situation, economy = small()
    return solve_chain(situation, economy, Drawing(draws, seed, False, store, workers),
                       horizon="long")  # fmt: skip


def same(one: Chain, other: Chain) -> None:
    """Every array of two chains has the same bits."""
    assert one.values.keys() == other.values.keys()
    for key, values in one.values.items():
        np.testing.assert_array_equal(values, other.values[key], err_msg=key)
    for name in ("percent", "money", "price", "receipts"):
        found, wanted = (getattr(chain.worlds, name) for chain in (one, other))
        np.testing.assert_array_equal(found, wanted, err_msg=name)
    assert one.worlds.evaluations == other.worlds.evaluations
    np.testing.assert_array_equal(one.weight, other.weight)
