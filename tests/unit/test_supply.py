"""Regimes of output: held, idle capacity, shut-in floor, and the mobile factor's market."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests import oracle
from tests.economies import random_world
from threatpoint.equilibrium import solve
from threatpoint.equilibrium.supply import Curves, Supply, clear
from threatpoint.errors import WorldError
from threatpoint.policy.wedges import Wedges
from threatpoint.world.elasticities import Elasticities

SEEDS = range(4)
NESTS = ({}, {"eta": 0.5, "epsilon": 0.3, "rho": 0.8}, {"eta": 1.4, "epsilon": 0.7, "rho": 1.2})


def case(seed: int, **nests):
    """A small world with specific factors, its elasticities and tariffs of 40 points on country 1.

    Every economy makes the sector at [0, 0] and sells it abroad.
    """
    world = random_world(seed, 3, 3, specific=True, zeros=False, theta_range=(1.0, 6.0))
    e = world.economy
    tariff = e.tariff.copy()
    tariff[0, 1], tariff[2, 1] = tariff[0, 1] + 0.4, tariff[2, 1] + 0.4
    shock = Wedges(tariff, np.ones_like(tariff))
    return world, Elasticities.of(e.countries, e.sectors, world.theta, world.phi, **nests), shock


def regime(economy, **parts) -> Supply:
    """`Supply.free` with some parts replaced."""
    return replace(Supply.free(*economy.value_added.shape), **parts)


def cells(economy, value, *where):
    """(N, S) of zeros (or False) with a value at some cells."""
    found = np.zeros_like(economy.value_added) > 0 if value is True else economy.value_added * 0.0
    for at in where:
        found[at] = value
    return found


def quantity(solution):
    """(N, S) real value added over its baseline, VA' / VA / v."""
    economy = solution.economy
    return solution.value_added / economy.value_added / solution.value_added_price


# -- held output ---------------------------------------------------------------------------------


@pytest.mark.parametrize("nests", NESTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_held_output_keeps_its_quantity_of_value_added(seed, nests):
    world, values, shock = case(seed, **nests)
    held = cells(world.economy, True, (1, 0), (0, 2))
    found = solve(
        world.economy, shock, elasticities=values, supply=regime(world.economy, held=held)
    )
    np.testing.assert_allclose(quantity(found)[held], 1.0, atol=1e-8)
    assert np.abs(quantity(found)[~held] - 1).max() > 1e-3


@pytest.mark.parametrize("nests", NESTS)
@pytest.mark.parametrize(("seed", "closure"), [(0, "fixed"), (1, "balanced"), (2, "fixed")])
def test_held_output_agrees_with_the_oracle(seed, nests, closure):
    world, values, shock = case(seed, **nests)
    held = cells(world.economy, True, (1, 0), (2, 1))
    found = solve(
        world.economy,
        shock,
        elasticities=values,
        deficits=closure,
        rebase=False,
        supply=regime(world.economy, held=held),
    )
    b = oracle.baseline(world.economy, world.theta, world.phi, fixed=held, **nests)
    known = oracle.solve(b, shock.tariff, closure=closure)
    for name in ("wages", "unit_costs", "prices"):
        np.testing.assert_allclose(getattr(found, name), getattr(known, name), rtol=2e-8)
    np.testing.assert_allclose(1 + found.welfare.percent / 100, known.real_income, rtol=2e-8)
    assert oracle.largest(oracle.residuals(b, found, shock.tariff, closure=closure)) < 1e-7


def test_held_output_agrees_with_the_oracle_when_every_other_factor_is_mobile():
    world, _, shock = case(3)
    e = world.economy
    held = cells(e, True, (1, 0))
    values = Elasticities.of(e.countries, e.sectors, world.theta)
    found = solve(e, shock, elasticities=values, supply=regime(e, held=held))
    b = oracle.baseline(e, world.theta, fixed=held)
    known = oracle.solve(b, shock.tariff)
    np.testing.assert_allclose(found.unit_costs, known.unit_costs, rtol=2e-8)
    np.testing.assert_allclose(found.wages, known.wages, rtol=2e-8)


# -- idle capacity -------------------------------------------------------------------------------


def embargo(economy, seller: int, sector: int, left: float = 0.3) -> Wedges:
    """Abroad only a part of what the seller makes is still bought: the others' prices rise."""
    survival = np.ones_like(economy.trade)
    survival[:, seller, sector] = left
    survival[seller, seller, sector] = 1.0
    return Wedges(economy.tariff, survival)


def with_spare(seed: int, size: float, left: float = 0.05, **nests):
    world, values, _ = case(seed, **nests)
    e = world.economy
    spare = cells(e, size, (2, 0))
    shock = embargo(e, 1, 0, left)
    free = solve(e, shock, elasticities=values)
    return free, solve(e, shock, elasticities=values, supply=regime(e, spare=spare))


@pytest.mark.parametrize("nests", NESTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_idle_capacity_is_on_one_of_the_three_pieces_of_its_curve(seed, nests):
    """Below today's capacity: the old curve. Then flat, v = 1. Above: the curve of full capacity,
    v = w^phi (VAhat / Khat)^(1 - phi).
    """
    for size in (0.02, 0.2, 5.0):
        free, found = with_spare(seed, size, **nests)
        phi = found.calibration.elasticities.phi[2, 0]
        v, made = found.value_added_price[2, 0], quantity(found)[2, 0]
        worth = found.value_added[2, 0] / found.economy.value_added[2, 0]
        today = found.wages[2] ** phi * worth ** (1 - phi)
        full = found.wages[2] ** phi * (worth / (1 + size)) ** (1 - phi)
        assert v == pytest.approx(max(min(today, 1.0), full), rel=1e-8)
        if v < 1 - 1e-9:  # nobody needs it
            np.testing.assert_allclose(found.unit_costs, free.unit_costs, rtol=1e-8)
        assert made > 0


@pytest.mark.parametrize("seed", SEEDS)
def test_ample_idle_capacity_holds_the_price_of_value_added(seed):
    free, found = with_spare(seed, 50.0)
    if free.value_added_price[2, 0] > 1 + 1e-6:
        assert found.value_added_price[2, 0] == pytest.approx(1.0, abs=1e-9)
        assert quantity(found)[2, 0] > quantity(free)[2, 0]
        assert found.unit_costs[2, 0] < free.unit_costs[2, 0]
    else:
        np.testing.assert_allclose(found.unit_costs, free.unit_costs, rtol=1e-8)


def test_some_of_these_worlds_need_the_idle_capacity():
    """So that the tests above test something."""
    needed = [with_spare(seed, 50.0)[0].value_added_price[2, 0] > 1 + 1e-6 for seed in SEEDS]
    assert sum(needed) >= 2


@pytest.mark.parametrize("seed", SEEDS)
def test_with_a_nearly_fixed_factor_output_never_exceeds_full_capacity(seed):
    world, _, _ = case(seed)
    e = world.economy
    values = Elasticities.of(e.countries, e.sectors, world.theta, 1e-6)
    size = 0.02
    supply = regime(e, spare=cells(e, size, (2, 0)))
    found = solve(e, embargo(e, 1, 0, 0.05), elasticities=values, supply=supply)
    made, v = quantity(found)[2, 0], found.value_added_price[2, 0]
    assert made <= (1 + size) * (1 + 1e-4)
    if v > 1 + 1e-6:  # the price rises only once all is used
        assert made == pytest.approx(1 + size, rel=1e-4)


# -- shut-in floor -------------------------------------------------------------------------------


@pytest.mark.parametrize("nests", NESTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_price_never_falls_below_the_floor(seed, nests):
    world, values, _ = case(seed, **nests)
    e = world.economy
    shock = embargo(e, 1, 0, 0.2)
    free = solve(e, shock, elasticities=values)
    price = free.unit_costs[1, 0]
    binding, idle = 0.5 * (price + 1), 0.9 * price
    found = solve(e, shock, elasticities=values, supply=regime(e, floor=cells(e, binding, (1, 0))))
    assert found.unit_costs[1, 0] == pytest.approx(binding, rel=1e-9)
    sold = [s.output[1, 0] / s.unit_costs[1, 0] for s in (free, found)]
    assert (sold[1] < sold[0]) == (binding > price)
    same = solve(e, shock, elasticities=values, supply=regime(e, floor=cells(e, idle, (1, 0))))
    np.testing.assert_allclose(same.unit_costs, free.unit_costs, rtol=1e-8)


# -- every market --------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("nests", NESTS)
def test_every_market_clears_under_every_regime(seed, nests):
    world, values, _ = case(seed, **nests)
    e = world.economy
    supply = regime(
        e,
        held=cells(e, True, (0, 0)),
        spare=cells(e, 0.1, (2, 0), (1, 1)),
        floor=cells(e, 0.95, (1, 0)),
    )
    s = solve(e, embargo(e, 1, 0), elasticities=values, supply=supply)
    assert s.status.converged
    assert s.status.residual <= 1e-10
    assert np.abs(s.status.walras).max() <= 1e-8
    np.testing.assert_allclose(s.trade.sum(axis=0), s.output, rtol=1e-8)
    np.testing.assert_allclose(s.inputs.sum(axis=1) + s.value_added, s.output, rtol=1e-8)
    np.testing.assert_allclose(s.inputs.sum(axis=2) + s.final, s.expenditure, rtol=1e-8)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_mobile_factor_is_fully_used(seed):
    """sum_j phi VA' = w sum_j phi VA; a held cell keeps its amount at the going wage."""
    world, values, shock = case(seed)
    e = world.economy
    held = cells(e, True, (1, 0), (0, 2))
    s = solve(e, shock, elasticities=values, supply=regime(e, held=held))
    phi = values.phi
    used = np.where(held, phi * e.value_added * s.wages[:, None], phi * s.value_added)
    np.testing.assert_allclose(used.sum(axis=1), s.wages * (phi * e.value_added).sum(axis=1))


@pytest.mark.parametrize("seed", SEEDS)
def test_without_a_policy_no_regime_changes_anything(seed):
    world, values, _ = case(seed, eta=0.5)
    e = world.economy
    supply = regime(
        e,
        held=cells(e, True, (0, 0)),
        spare=cells(e, 0.3, (2, 0)),
        floor=cells(e, 0.9, (1, 0)),
    )
    s = solve(e, elasticities=values, supply=supply)
    np.testing.assert_allclose(s.unit_costs, 1.0, atol=1e-9)
    np.testing.assert_allclose(s.welfare.percent, 0.0, atol=1e-7)


# -- the curve by itself ---------------------------------------------------------------------------


def cleared(log_sales: float, phi: float, gamma: float, eta: float, *, held=False, theta=4.0):
    """(log output, log c, log v) of one sector at unchanged wages and input prices."""
    one = np.ones((1, 1))
    curve = Curves(
        phi=(0.0 if held else phi) * one,
        specific=(1.0 if held else 1.0 - phi) * one,
        gamma=gamma * one,
        theta=theta * one,
        pinned=float(held) * one,
        spare=0.0 * one,
        floor=-np.inf * one,
        idle=False,
        floored=False,
        eta=eta,
        imposed=one < 0,
    )
    cost, value = (x.item() for x in clear(curve, np.zeros(1), 0.0 * one, log_sales * one, np))
    return log_sales - (theta + 1.0) * cost, cost, value


@pytest.mark.parametrize("eta", [0.3, 0.5, 1.0, 1.6])
@pytest.mark.parametrize("gamma", [0.4, 0.75, 1.0])
@pytest.mark.parametrize("phi", [1 / 11, 0.5])
def test_the_supply_elasticity_of_value_added_and_of_output(phi, gamma, eta):
    """The ratio phi / (1 - phi) is of value added in its own price.

    Inputs stand in for value added, so output follows its price by
    (phi / (1 - phi) + eta (1 - gamma)) / gamma.
    """
    output, cost, value = (np.array(cleared(1e-5, phi, gamma, eta))) / 1e-5
    value_added = output + eta * (cost - value)
    assert value_added / value == pytest.approx(phi / (1 - phi), rel=1e-4)
    expected = (phi / (1 - phi) + eta * (1 - gamma)) / gamma
    assert output / cost == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("eta", [0.3, 1.0, 1.6])
def test_held_output_holds_value_added_and_lets_inputs_stand_in(eta):
    output, cost, value = cleared(0.3, 0.2, 0.7, eta, held=True)
    assert output + eta * (cost - value) == pytest.approx(0.0, abs=1e-12)
    assert output > 0
    assert cleared(0.3, 0.2, 1.0, eta, held=True)[0] == pytest.approx(0.0, abs=1e-12)


# -- bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [-0.1, np.nan, np.inf])
@pytest.mark.parametrize("part", ["spare", "floor"])
def test_a_number_that_means_nothing_is_refused(part, value):
    e = case(0)[0].economy
    with pytest.raises(WorldError, match=f"supply: {part} must be finite and 0 or more"):
        regime(e, **{part: cells(e, value, (0, 0))})


@pytest.mark.parametrize("value", [0.0, -0.2, 1.01, np.nan, np.inf])
def test_a_share_outside_0_to_1_is_refused(value):
    e = case(0)[0].economy
    share = np.ones_like(e.trade)
    share[0, 1, 0] = value
    with pytest.raises(WorldError, match="largest share of one origin"):
        regime(e, largest_share=share)


@pytest.mark.parametrize("value", [0.0, -1.0, np.nan])
def test_a_volume_that_is_not_above_0_is_refused(value):
    e = case(0)[0].economy
    volume = np.full_like(e.trade, np.inf)
    volume[0, 1, 0] = value
    with pytest.raises(WorldError, match="largest volume of a flow must be above 0"):
        regime(e, largest_volume=volume)


def test_regimes_of_another_economy_are_refused():
    world, values, _ = case(0)
    with pytest.raises(WorldError, match=r"held has \(2, 3\), not \(3, 3\)"):
        solve(world.economy, elasticities=values, supply=Supply.free(2, 3))


def test_a_limit_on_home_sales_or_of_another_shape_is_refused():
    e = case(0)[0].economy
    home = np.eye(3, dtype=bool)[:, :, None] & np.ones(3, dtype=bool)
    with pytest.raises(WorldError, match="limit on home sales"):
        regime(e, largest_share=np.where(home, 0.5, 1.0))
    with pytest.raises(WorldError, match="limit on home sales"):
        regime(e, largest_volume=np.where(home, 1.0, np.inf))
    with pytest.raises(WorldError, match=r"largest_volume has \(2, 2\)"):
        regime(e, largest_volume=np.ones((2, 2)))


@pytest.mark.parametrize("part", ["spare", "floor"])
def test_one_part_of_another_shape_is_refused(part):
    world, values, _ = case(0)
    supply = regime(world.economy, **{part: np.ones((2, 2))})
    with pytest.raises(WorldError, match=rf"{part} has \(2, 2\), not \(3, 3"):
        solve(world.economy, elasticities=values, supply=supply)
