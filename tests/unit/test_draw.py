"""A drawn world: what each component of the error moves, and what it leaves."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest

import threatpoint as tp
from tests.golden_worlds import golden_world
from threatpoint.errors import WorldError
from threatpoint.world import BASIS, Economy, check, load_world
from threatpoint.world.cell_errors import ALL, by_pair, checked_errors, shipped_errors
from threatpoint.world.draw import STREAMS, draw_world

NONE = {(name, ALL): 0.0 for name in STREAMS}
ARRAYS = ("trade", "tariff", "inputs", "value_added", "final")


@pytest.fixture(scope="module")
def world():
    return load_world()


def only(name: str, sd: float) -> dict[tuple[str, str], float]:
    return NONE | {(name, ALL): sd}


def test_every_component_that_ships_is_drawn():
    assert {name for name, _ in shipped_errors()} == set(STREAMS)
    assert all(0 < sd < 1 for sd in shipped_errors().values())


@pytest.mark.parametrize("tariffs", ["collected", "statutory"])
def test_without_errors_a_draw_is_the_table(tariffs):
    world = load_world(tariffs)
    drawn = draw_world(world, 3, NONE)
    for name in ARRAYS:
        np.testing.assert_allclose(getattr(drawn, name), getattr(world, name), rtol=1e-12)
    for name, flow in world.flows.items():
        np.testing.assert_allclose(drawn.flows[name].values, flow.values, rtol=1e-12)
    assert drawn.metadata["gave way"] == ""


def test_draws_balance_and_no_total_gives_way(world):
    """100 of 100 were counted once (docs/data.md); these are some of them."""
    for seed in range(12):
        drawn = draw_world(world, seed)
        assert drawn.metadata["gave way"] == "", seed
        assert [item.name for item in check(drawn, 1e-9) if not item.ok] == [], seed


def test_pairs_move_by_what_stands_behind_them(world):
    """Goods of a pair with a figure of 2023 by 5 %, of one that keeps the ICIO by 30 %."""
    goods = [world.sector(code) for code in world.goods]
    usa, chn, twn = map(world.country, ("USA", "CHN", "TWN"))
    draws = [draw_world(world, seed).trade[..., goods].sum(axis=2) for seed in range(60)]
    before = world.trade[..., goods].sum(axis=2)
    spread = np.std(draws, axis=0) / np.where(before > 0, before, 1.0)
    assert 0.035 < spread[usa, chn] < 0.065
    assert 0.2 < spread[usa, twn] < 0.4
    mean = np.mean(draws, axis=0) / np.where(before > 0, before, 1.0)
    assert abs(mean[before > 0].mean() - 1) < 0.01  # factors have mean 1


def test_the_split_keeps_the_total_of_a_pair(world):
    drawn = draw_world(world, 5, only("sector", 0.3))
    np.testing.assert_allclose(drawn.trade.sum(axis=2), world.trade.sum(axis=2), rtol=1e-12)
    assert np.abs(drawn.trade - world.trade).max() > 0
    held = world.flows["crude"].values > 0
    oil = world.sector("OILGAS")
    np.testing.assert_array_equal(drawn.trade[held, oil], world.trade[held, oil])


def test_named_flows_move_with_their_cell(world):
    drawn = draw_world(world, 2, only("flow", 0.2))
    usa = world.country("USA")
    for name, flow in drawn.flows.items():
        before, at = world.flows[name], world.sector(flow.sector)
        cells = before.values > 0
        moved = drawn.trade[cells, at] / world.trade[cells, at]
        np.testing.assert_allclose(flow.values[cells], before.values[cells] * moved, rtol=1e-12)
        assert not flow.values[~cells].any()
        assert not flow.values[usa].any()  # a ban stays a ban
        assert np.ptp(moved) > 0.1


def test_a_pair_may_have_an_error_of_its_own(world):
    usa, chn, ind = map(world.country, ("USA", "CHN", "IND"))
    sds = by_pair(shipped_errors(), "tariff", world)
    assert (sds[usa, chn], sds[chn, usa], sds[usa, ind]) == (0.25, 0.25, 0.10)
    drawn = draw_world(world, 4, NONE | {("tariff", "USA-CHN"): 0.25})
    changed = np.any(drawn.tariff != world.tariff, axis=2)
    assert list(zip(*np.nonzero(changed), strict=True)) == [(usa, chn)]
    ratio = drawn.tariff[usa, chn] / np.where(world.tariff[usa, chn] > 0, world.tariff[usa, chn], 1)
    assert np.ptp(ratio[world.tariff[usa, chn] > 0]) < 1e-12
    np.testing.assert_array_equal(drawn.trade, world.trade)


def test_leaving_a_component_out_moves_no_other(world):
    without = draw_world(world, 6, {("tariff", ALL): 0.0})
    np.testing.assert_array_equal(without.trade, draw_world(world, 6).trade)
    np.testing.assert_array_equal(without.tariff, world.tariff)


def test_services_and_home_sales_have_errors_of_their_own(world):
    at = np.arange(len(world.countries))
    services = world.sector("SVC")
    abroad = draw_world(world, 7, only("services", 0.3))
    same = np.delete(abroad.trade, services, axis=2) == np.delete(world.trade, services, axis=2)
    assert same.all()
    np.testing.assert_array_equal(abroad.trade[at, at], world.trade[at, at])
    home = draw_world(world, 7, only("home_country", 0.03))
    factor = home.trade[at, at, services] / world.trade[at, at, services]
    assert np.ptp(factor) > 0.01
    common = world.trade[at, at] * factor[:, None]  # to all sectors of a country
    np.testing.assert_allclose(home.trade[at, at], common, rtol=1e-12)
    across = ~np.eye(len(at), dtype=bool)
    np.testing.assert_array_equal(home.trade[across], world.trade[across])


def test_inputs_and_value_added_keep_the_totals(world):
    drawn = draw_world(world, 8, NONE | {("inputs", ALL): 0.3, ("value_added", ALL): 0.1})
    np.testing.assert_array_equal(drawn.trade, world.trade)
    np.testing.assert_allclose(drawn.gdp, world.gdp, rtol=1e-10)
    assert np.abs(drawn.inputs / np.where(world.inputs > 0, world.inputs, 1) - 1).max() > 0.2


def test_gdp_that_cannot_hold_gives_way_and_is_said(world):
    drawn = draw_world(world, 4, {("gdp", ALL): 0.6})
    assert "value added (GDP) of ESP from " in drawn.metadata["gave way"]
    assert [item.name for item in check(drawn, 1e-9) if not item.ok] == []


def test_a_draw_that_cannot_be_balanced_is_refused(world):
    with pytest.raises(WorldError, match="VNM does not balance"):
        draw_world(world, 7, {("gdp", ALL): 0.6})


def test_what_is_added_on_a_day_stays_added(world):
    day = tp.on_day(world, "2025-08-07")
    drawn = draw_world(day, 9)
    assert drawn.standing is not None
    assert day.standing is not None
    added = day.standing.tariff - world.tariff
    np.testing.assert_allclose(drawn.standing.tariff - drawn.tariff, added, atol=1e-12)
    np.testing.assert_array_equal(drawn.bare.trade, draw_world(world, 9).trade)


def test_a_drawn_world_is_a_world(world):
    drawn = draw_world(world, 10)
    assert drawn.countries == world.countries
    assert drawn.metadata["title"] == "Threatpoint world 2023, drawn with seed 10"
    assert drawn.metadata["fingerprint"] != world.metadata["fingerprint"]
    assert pickle.loads(pickle.dumps(drawn)).metadata == dict(drawn.metadata)
    assert not any(getattr(drawn, name).flags.writeable for name in ARRAYS)
    outcome = tp.solve(drawn, tp.Policy([tp.CutOff("USA", "CHN")], "cut"))
    assert outcome.status.converged
    assert -1.0 < outcome.welfare.percent[drawn.country("USA")] < -0.3


def test_a_table_of_ones_own_is_drawn_where_it_says_its_basis():
    small = golden_world(4)
    codes = np.full(small.trade.shape, BASIS.index("scaled"), dtype=np.int8)
    drawn = draw_world(replace(small, basis={"trade": codes}), 1)
    assert [item.name for item in check(drawn, 1e-9) if not item.ok] == []
    silent = Economy.from_arrays(
        ["A", "B"], ["ALL"], [[[8], [2]], [[2], [8]]], [[[0]], [[0]]], [[10], [10]], [[10], [10]]
    )
    with pytest.raises(WorldError, match="does not say how its cells came about"):
        draw_world(silent, 1)
    coded = Economy.from_arrays(
        ["A", "B"], ["ALL"], silent.trade, silent.inputs, silent.value_added, silent.final,
        basis={"trade": np.full((2, 2, 1), BASIS.index("observed"), dtype=np.int8)},
    )  # fmt: skip
    drawn = draw_world(
        coded, 1
    )  # nothing but value added: output is GDP, whatever was drawn for it
    assert "value added (GDP) of A from " in drawn.metadata["gave way"]
    np.testing.assert_allclose(drawn.value_added, drawn.output, rtol=1e-9)


@pytest.mark.parametrize("seed", [-1, 1.5, "1", True, None])
def test_what_is_no_seed_is_refused(world, seed):
    with pytest.raises(WorldError, match="a seed is a whole number"):
        draw_world(world, seed)


def test_errors_are_checked():
    with pytest.raises(WorldError, match="tarif"):
        checked_errors({("tarif", ALL): 0.1})
    for sd in (-0.1, float("nan"), float("inf")):
        with pytest.raises(WorldError, match="must be 0 or more"):
            checked_errors({("tariff", ALL): sd})
    alone = checked_errors({("tariff", ALL): 0.2})
    assert [key for key in alone if key[0] == "tariff"] == [("tariff", ALL)]
