"""A sector whose prices are given: imposed on both sides, every market clears, weights shift."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from tests import oracle
from tests.economies import random_world
from threatpoint.equilibrium import Calibration, Given, solve, solve_many, solve_shares
from threatpoint.equilibrium.door import problem_of
from threatpoint.equilibrium.evaluation import advance, evaluate
from threatpoint.equilibrium.iterate import METHOD
from threatpoint.equilibrium.kept import calibrated
from threatpoint.equilibrium.tangent import Tangent, every_direction
from threatpoint.errors import EquilibriumError, InfeasibleError, PolicyError, WorldError
from threatpoint.policy import CutOff, Quota, Tariff
from threatpoint.policy.wedges import Wedges
from threatpoint.world import load_world
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities

WORLD = load_world()
OIL = WORLD.sector("OILGAS")
NESTS = ({}, {"eta": 0.5, "epsilon": 0.3, "rho": 0.8}, {"eta": 1.4, "epsilon": 0.7, "rho": 1.2})
ABROAD = 1.0 - np.eye(3)


def case(seed: int, **nests):
    """A small world, its elasticities and tariffs of 40 points on country 1."""
    world = random_world(seed, 3, 3, specific=True, zeros=False, theta_range=(1.0, 6.0))
    e = world.economy
    tariff = e.tariff.copy()
    tariff[0, 1], tariff[2, 1] = tariff[0, 1] + 0.4, tariff[2, 1] + 0.4
    values = Elasticities.of(e.countries, e.sectors, world.theta, world.phi, **nests)
    return world, values, Wedges(tariff, np.ones_like(tariff))


def drawn(rng, n: int = 3, sector: int = 0) -> Given:
    """Prices around 1.3, weights around 1, landed prices around the producers'."""
    cost = rng.uniform(-0.15, 0.15, (n, n)) * (1.0 - np.eye(n))
    weight = np.exp(0.5 * rng.normal(size=(n, n)))
    return Given(sector, np.exp(0.25 + 0.1 * rng.normal(size=n)), weight, cost)


# -- nothing given ---------------------------------------------------------------------------------


@pytest.mark.parametrize("horizon", ["abrupt", "short", "medium", "long"])
def test_the_baselines_price_gives_the_baseline(horizon):
    found = solve(WORLD, given=Given.none(WORLD, "OILGAS"), horizon=horizon)
    np.testing.assert_array_equal(found.unit_costs[:, OIL], 1.0)
    np.testing.assert_allclose(found.trade, WORLD.trade, rtol=1e-10, atol=1e-9)
    np.testing.assert_allclose(found.welfare.percent, 0.0, atol=1e-11)


# -- by itself -------------------------------------------------------------------------------------


@pytest.mark.parametrize("nests", NESTS)
@pytest.mark.parametrize("seed", range(4))
def test_every_market_clears_at_the_price(seed, nests):
    world, values, shock = case(seed, **nests)
    given = drawn(np.random.default_rng(seed))
    s = solve(world.economy, shock, elasticities=values, given=given)
    np.testing.assert_allclose(s.unit_costs[:, 0], given.price, rtol=1e-14)
    assert s.status.residual <= 1e-10
    assert np.abs(s.status.walras).max() <= 30e-10
    np.testing.assert_allclose(s.trade.sum(axis=0), s.output, rtol=1e-8)
    np.testing.assert_allclose(s.inputs.sum(axis=1) + s.value_added, s.output, rtol=1e-8)
    np.testing.assert_allclose(s.inputs.sum(axis=2) + s.final, s.expenditure, rtol=1e-8)
    used = s.value_added.sum(axis=1) + s.tariff_revenue + s.export_charges + s.deficit
    np.testing.assert_allclose(used, s.income, rtol=1e-8)
    border = s.trade + s.charges
    np.testing.assert_allclose(
        border.sum(axis=(1, 2)) - border.sum(axis=(0, 2)), s.deficit, atol=1e-8 * s.income.max()
    )


@pytest.mark.parametrize("nests", NESTS)
@pytest.mark.parametrize("closure", ["fixed", "balanced", "proportional"])
@pytest.mark.parametrize("phi", [None, 1.0])
def test_it_agrees_with_the_oracle(nests, closure, phi):
    world, values, shock = case(1, **nests)
    phi = world.phi if phi is None else phi
    values = Elasticities.of(*(values_of(world)), world.theta, phi, **nests)
    given = drawn(np.random.default_rng(5))
    how = {"elasticities": values, "deficits": closure, "rebase": False, "given": given}
    found = solve(world.economy, shock, **how)
    free = np.full((3, 2), np.nan)
    prices = np.concatenate([given.price[:, None], free], axis=1)
    b = oracle.baseline(world.economy, world.theta, phi, given=prices, **nests)
    survival, cost = np.ones_like(shock.tariff), np.zeros_like(shock.tariff)
    survival[:, :, 0], cost[:, :, 0] = given.weight, given.cost
    known = oracle.solve(b, shock.tariff, survival, closure, cost=cost)
    for name in ("wages", "unit_costs", "prices", "output", "income"):
        np.testing.assert_allclose(getattr(found, name), getattr(known, name), rtol=2e-8)
    np.testing.assert_allclose(1 + found.welfare.percent / 100, known.real_income, rtol=2e-8)
    off = oracle.residuals(b, found, shock.tariff, survival, closure, cost=cost)
    assert oracle.largest(off) < 1e-7


def values_of(world):
    return world.economy.countries, world.economy.sectors


def test_whatever_is_asked_is_made_and_value_added_takes_the_rest():
    """One price for all, twice the baseline's: inputs cost what they cost, the rest is rent."""
    world, values, _ = case(2)
    given = Given.none(world.economy, 0).times(2.0)
    s = solve(world.economy, elasticities=values, given=given)
    inputs = s.inputs.sum(axis=1)[:, 0]
    np.testing.assert_allclose(s.value_added[:, 0], s.output[:, 0] - inputs, rtol=1e-9)


# -- weights and costs -----------------------------------------------------------------------------


def test_a_share_moved_at_equal_prices_leaves_the_buyers_price():
    """Country 0 buys half of what it bought of country 1, and that much more of country 2."""
    world, values, _ = case(3)
    e = world.economy
    spent = e.trade * (1 + e.tariff)
    share = (spent / spent.sum(axis=1, keepdims=True))[0, :, 0]
    weight = np.ones((3, 3))
    weight[0, 1], weight[0, 2] = 0.5, 1.0 + 0.5 * share[1] / share[2]
    assert (share * weight[0]).sum() == pytest.approx(1.0)
    given = replace(Given.none(e, 0), weight=weight)
    s = solve(e, elasticities=values, given=given)
    np.testing.assert_allclose(s.prices[:, 0], 1.0, rtol=1e-10)
    np.testing.assert_allclose(s.shares[0, :, 0], share * weight[0], rtol=1e-9)
    np.testing.assert_array_equal(s.charges, 0.0)


def test_a_weight_of_0_ends_a_flow_and_is_named_where_nothing_is_left():
    world, values, _ = case(0)
    weight = np.ones((3, 3))
    weight[0, 1] = 0.0
    given = replace(Given.none(world.economy, 0), weight=weight, words="barrels go elsewhere")
    s = solve(world.economy, elasticities=values, given=given)
    assert s.trade[0, 1, 0] == 0.0
    weight[0] = 0.0
    with pytest.raises(InfeasibleError, match="cut off by: barrels go elsewhere"):
        solve(world.economy, elasticities=values, given=replace(given, weight=weight))


def test_a_weight_at_home_counts_too():
    world, values, _ = case(0)
    weight = np.eye(3) * 0.5 + ABROAD
    s = solve(
        world.economy,
        elasticities=values,
        given=replace(Given.none(world.economy, 0), weight=weight),
    )
    before = world.economy.trade * (1 + world.economy.tariff)
    before /= before.sum(axis=1, keepdims=True)
    part = (before * np.where(np.arange(3) == 0, weight[:, :, None], 1.0))[:, :, 0]
    np.testing.assert_allclose(s.shares[:, :, 0], part / part.sum(axis=1, keepdims=True), rtol=1e-9)


@pytest.mark.parametrize("level", [0.1, -0.1])
def test_a_cost_is_the_wedge_of_that_name_and_may_be_below_0(level):
    """What the exporter's side takes is cost times what its producers get, and is used up."""
    world, values, _ = case(1)
    cost = np.zeros((3, 3))
    cost[0, 1] = level
    given = replace(Given.none(world.economy, 0), cost=cost)
    s = solve(world.economy, elasticities=values, given=given)
    sold = s.trade[0, 1, 0]
    assert s.charges[0, 1, 0] == pytest.approx(level * sold, rel=1e-9)
    np.testing.assert_allclose(s.waste, np.array([0.0, level * sold, 0.0]), atol=1e-12)
    if level > 0:
        everywhere = np.zeros_like(world.economy.trade)
        everywhere[:, :, 0] = cost
        wedges = replace(Wedges.none(world.economy), cost=everywhere)
        none = Given.none(world.economy, 0)
        same = solve(world.economy, wedges, elasticities=values, given=none)
        np.testing.assert_allclose(s.welfare.percent, same.welfare.percent, rtol=1e-9)


def test_a_cost_adds_to_the_policys():
    world, values, _ = case(1)
    cost, part = 0.2 * ABROAD, np.zeros_like(world.economy.trade)
    part[:, :, 0] = 0.5 * cost
    given = Given.none(world.economy, 0)
    whole = solve(world.economy, elasticities=values, given=replace(given, cost=cost))
    both = solve(
        world.economy,
        replace(Wedges.none(world.economy), cost=part),
        elasticities=values,
        given=replace(given, cost=0.5 * cost),
    )
    np.testing.assert_allclose(both.welfare.percent, whole.welfare.percent, rtol=1e-9)


# -- beside all else -------------------------------------------------------------------------------


@pytest.mark.parametrize("payee", ["importer", "exporter"])
def test_quotas_hold_beside_a_given_price(payee):
    given = Given.none(WORLD, "OILGAS").times(1.4)
    s = solve(WORLD, [Quota("USA", "CHN", "goods", 0.5, payee)], given=given, horizon="short")
    us, china = WORLD.country("USA"), WORLD.country("CHN")
    volume = s.trade[us, china] / s.unit_costs[china] / WORLD.trade[us, china]
    goods = np.isin(WORLD.sectors, WORLD.goods) & (WORLD.trade[us, china] > 0)
    assert (volume[goods] <= 0.5 * (1 + 1e-8)).all()
    np.testing.assert_array_equal(s.unit_costs[:, OIL], 1.4)


def test_no_part_of_the_shock_gives_the_baseline_and_all_of_it_the_shock():
    given = drawn(np.random.default_rng(1))
    none, half = given.at(0.0), given.at(0.5)
    np.testing.assert_array_equal(none.price, 1.0)
    np.testing.assert_array_equal(none.weight, 1.0)
    np.testing.assert_array_equal(none.cost, 0.0)
    np.testing.assert_allclose(half.price**2, given.price)
    np.testing.assert_allclose((1 + half.cost) ** 2, 1 + given.cost)
    assert replace(given, weight=0.0 * given.weight).at(0.5).weight == pytest.approx(0.125)


@pytest.mark.parametrize("horizon", ["short", "long"])
def test_members_together_give_the_answers_of_solve(horizon):
    rng = np.random.default_rng(2)
    n = len(WORLD.countries)
    given = {k: drawn(rng, n, OIL) for k in ("a", "b", "c")}
    policies = {k: Tariff("USA", "CHN", rate=0.1, mode="add") for k in "abc"}
    many = solve_many(WORLD, policies, given=given, horizon=horizon)
    for k, found in many.items():
        one = solve(WORLD, policies[k], given=given[k], horizon=horizon)
        assert found.status.method == METHOD
        np.testing.assert_allclose(found.welfare.percent, one.welfare.percent, atol=1e-8)
        np.testing.assert_array_equal(found.unit_costs[:, OIL], given[k].price)
        assert found.given is given[k]
    (alone,) = solve_many(
        WORLD, given={"b": given["b"]}, policies={"b": policies["b"]}, horizon=horizon
    ).values()
    np.testing.assert_array_equal(alone.welfare.percent, many["b"].welfare.percent)


def test_one_given_serves_all_members_and_sets_nearby_are_guided():
    own = WORLD.elasticities["short"]
    sets = [replace(own, theta=own.theta * f) for f in (0.9, 1.1)]
    given = Given.none(WORLD, "OILGAS").times(1.3)
    many = solve_many(WORLD, CutOff("USA", "CHN"), elasticities=sets, given=given, horizon="short")
    assert all(s.status.method == METHOD and s.status.evaluations <= 14 for s in many.values())


@pytest.mark.parametrize("nests", NESTS)
@pytest.mark.parametrize("phi", [1.0, 0.4])
def test_the_jacobian_is_that_of_differences(nests, phi):
    e = random_world(3, 4, 3).economy
    values = Elasticities.of(e.countries, e.sectors, 4.0, phi, **nests)
    given = Given.none(e, 1).times(1.2)
    asked = (Wedges.none(e), "fixed", 1e-10, given, e)
    system, _ = problem_of(calibrated(e, values), *asked).system
    z = np.random.default_rng(1).normal(scale=0.05, size=system.size)
    found = Tangent(system, evaluate(system, z)).image(every_direction(system)).step
    h = 1e-6

    def step(x):
        return advance(system, evaluate(system, x)) - x

    slopes = [(step(z + h * d) - step(z - h * d)) / (2 * h) for d in np.eye(z.size)]
    np.testing.assert_allclose(found, np.array(slopes).T, atol=2e-5)


def test_a_large_world_is_guided_by_pieces(monkeypatch):
    monkeypatch.setattr("threatpoint.equilibrium.guide.LARGEST", 0)
    monkeypatch.setattr("threatpoint.equilibrium.guide._KEPT", {})
    given = drawn(np.random.default_rng(3), len(WORLD.countries), OIL)
    found = solve(WORLD, CutOff("USA", "CHN"), given=given, horizon="short")
    assert found.status.method == METHOD
    assert found.status.evaluations <= 30


def test_shares_take_it_as_tables_do():
    world, values, shock = case(1)
    given = drawn(np.random.default_rng(1))
    base = Calibration.from_economy(world.economy, values)
    found = solve_shares(base, shock, given=given)
    known = solve(world.economy, shock, elasticities=values, given=given)
    np.testing.assert_allclose(found.welfare.percent, known.welfare.percent, rtol=1e-9)


# -- no answer -------------------------------------------------------------------------------------


def test_a_price_below_what_inputs_cost_is_refused():
    world, values, _ = case(0, eta=0.2, epsilon=0.2)
    given = Given.none(world.economy, 0).times(0.02)
    with pytest.raises(
        InfeasibleError, match=r"price given for S00 in C.., 0.02 times .* inputs alone"
    ):
        solve(world.economy, elasticities=values, given=given)
    found = solve(world.economy, elasticities=values, given=given, throw=False)
    assert np.isnan(found.welfare.percent).all()
    assert issubclass(InfeasibleError, EquilibriumError)


def one_sector():
    trade = np.array([[[70.0], [30.0]], [[30.0], [70.0]]])
    made = np.full((2, 1), 100.0)
    return Economy.from_arrays(["A", "B"], ["F"], trade, np.zeros((2, 1, 1)), made, made.copy())


def test_a_wage_that_nothing_sets_is_refused():
    values = Elasticities.of(["A", "B"], ["F"], 4.0)
    with pytest.raises(WorldError, match="the mobile factor works in F alone"):
        solve(one_sector(), elasticities=values, given=Given.none(one_sector(), 0))


def test_levies_that_leave_no_price_are_refused():
    world, values, _ = case(0)
    tax = np.zeros_like(world.economy.trade)
    tax[:, :, 0] = -0.5 * ABROAD
    given = replace(Given.none(world.economy, 0), cost=-0.6 * ABROAD)
    with pytest.raises(WorldError, match="leave buyers no price above 0 in C00, C01, C02"):
        solve(
            world.economy,
            replace(Wedges.none(world.economy), export_tax=tax),
            elasticities=values,
            given=given,
        )


@pytest.mark.parametrize(
    ("part", "value", "words"),
    [
        ("price", np.array([1.0, 0.0, 1.0]), "a price is not above 0"),
        ("price", np.array([1.0, np.inf, 1.0]), "a price is not above 0"),
        ("weight", -ABROAD, "a weight is below 0"),
        ("weight", np.full((3, 3), np.nan), "a weight is below 0 or not finite"),
        ("cost", -ABROAD, "a cost is -1 or less"),
        ("cost", np.eye(3), "there is a cost on home sales"),
        ("cost", np.zeros((2, 2)), r"cost has \(2, 2\), not \(3, 3\)"),
        ("weight", "x", "weight must be an array of numbers"),
        ("sector", True, "the sector is a position, not True"),
    ],
)
def test_what_means_nothing_is_refused(part, value, words):
    with pytest.raises(WorldError, match=words):
        replace(Given.none(case(0)[0].economy, 0), **{part: value})


def test_another_economys_is_refused():
    world, values, _ = case(0)
    given = Given.none(one_sector(), 0)
    with pytest.raises(WorldError, match="sector 0 of 2 countries does not fit an economy of 3"):
        solve(world.economy, elasticities=values, given=given)
    with pytest.raises(WorldError, match="given must be"):
        solve(world.economy, elasticities=values, given=1.3)
    with pytest.raises(PolicyError, match="lists of different lengths"):
        solve_many(world.economy, [None, None], elasticities=values, given=[given])


def test_a_policy_that_acts_on_a_goods_market_is_refused():
    wedges = Wedges.none(WORLD)
    object.__setattr__(wedges, "acts", (SimpleNamespace(good="crude"),))
    with pytest.raises(PolicyError, match="acts on the market of crude: solve it through"):
        solve(WORLD, wedges)
