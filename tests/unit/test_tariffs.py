"""Optimal tariffs and tariff wars: slopes, second order, bounds, many sides, bad input."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.economies import random_world, rebuilt
from tests.unit.test_sender_motive import alike
from threatpoint import (
    ExportTax,
    Outcome,
    Policy,
    Tariff,
    load_world,
    nash_tariffs,
    optimal_tariff,
    sensitivities,
    solve,
    solve_many,
)
from threatpoint.equilibrium.solution import rebased
from threatpoint.errors import ConvergenceError, PolicyError, ThreatpointError
from threatpoint.strategy.tariffs.climb import Bounds, climb
from threatpoint.strategy.tariffs.rates import MOST, free_rates
from threatpoint.strategy.tariffs.sentences import best_sentences, war_sentences
from threatpoint.strategy.tariffs.vanish import vanish
from threatpoint.strategy.tariffs.worlds import Worlds
from threatpoint.words import plain
from threatpoint.world.elasticities import Elasticities

SIDES = [("C00", ("C01", "C02")), ("C01", ("C00",))]


def small(seed: int = 3, n: int = 3, s: int = 3, **more):
    """A random world whose money is USD bn, with its elasticities as "long"."""
    found = random_world(seed, n, s, zeros=False, theta_range=(2.0, 8.0), **more)
    economy = found.economy
    values = Elasticities.of(economy.countries, economy.sectors, found.theta)
    return replace(economy, unit="USD bn", elasticities={"long": values})


def worlds(economy, named=SIDES, by="sector") -> Worlds:
    free = free_rates(economy, named, "all", by)
    return Worlds(free, {"horizon": "long", "deficits": "fixed"})


# -- slopes ----------------------------------------------------------------------------------


def test_slopes_by_the_adjoint_are_those_of_differences():
    asked = worlds(small())
    u = np.random.default_rng(0).uniform(0.0, 0.4, len(asked.free))
    every = np.arange(len(u))
    (income, slopes), (same, differences) = asked.slopes([u], every), asked.differences([u], every)
    np.testing.assert_allclose(income, same, atol=1e-8)
    np.testing.assert_allclose(slopes, differences, rtol=5e-4, atol=1e-6 * np.abs(slopes).max())


def test_the_rates_of_a_point_are_added_to_those_in_force():
    economy = small()
    asked = worlds(economy, [("C00", "C01")], "uniform")
    wedges = asked.free.wedges(np.array([math.log(1.2)]))
    added = Tariff("C00", "C01", "all", 0.2, "add")
    hit = economy.trade > 0
    np.testing.assert_allclose(
        wedges.tariff[hit], solve(economy, added).wedges.tariff[hit], atol=1e-12
    )


def test_second_derivatives_by_incomes_are_those_by_slopes(monkeypatch):
    """Where the market of crude moves they are differences of incomes."""
    asked = worlds(small())
    every = np.arange(len(asked.free))
    u, bounds = np.full(len(every), 0.2), Bounds(np.zeros(len(every)), np.ones(len(every)))
    slope = asked.slopes([u], every)[1][0]
    by_slopes = asked.seconds(u, slope, every, bounds)
    monkeypatch.setitem(asked.__dict__, "in_barrels", True)
    monkeypatch.setattr(asked, "_each", lambda points: _plain(asked, points))
    by_incomes = asked.seconds(u, slope, every, bounds)
    np.testing.assert_allclose(by_incomes, by_slopes, atol=0.03 * np.abs(by_slopes).max())


def _plain(asked, points):
    """The same worlds without a market."""
    return [solve(asked.free.economy, asked.free.wedges(u), tolerance=1e-12) for u in points]


# -- the optimum -----------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["uniform", "sector", "partner", "both"])
def test_at_the_optimum_slopes_vanish_and_income_curves_down(by):
    economy = small()
    best = optimal_tariff(economy, "C00", "WORLD", sectors="all", by=by)
    proof = best.second_order
    assert proof.maximum
    assert proof.left < 1e-8
    rates = {(r.exporter, r.sector): r for r in best.rates}
    tried = [Tariff(r.importer, _partner(r), _goods(r), r.rate, "add") for r in rates.values()]
    there = solve(economy, tried, tolerance=1e-12)
    assert there.welfare.usd[0] == pytest.approx(best.gain, abs=1e-8)
    by_flow = sensitivities(there, Outcome("real_income", "C00")).tariff
    for rate in best.rates:
        slope = _on(economy, rate, by_flow) / 100
        assert slope == pytest.approx(rate.slope, abs=1e-9)
        assert rate.bound or abs(slope) < 1e-7 * rate.imports_usd_bn


def _partner(rate):
    return "others" if rate.exporter == "all" else rate.exporter


def _goods(rate):
    return rate.sector


def _on(economy, rate, by_flow) -> float:
    """The sum over the flows of a rate."""
    n = [economy.country(rate.exporter)] if rate.exporter != "all" else range(3)
    j = [economy.sector(rate.sector)] if rate.sector != "all" else range(3)
    cells = by_flow[0][np.ix_(list(n), list(j))]
    live = economy.trade[0][np.ix_(list(n), list(j))] > 0
    return float((cells * live).sum())


def test_more_freedom_never_gains_less():
    economy = small()
    gains = {
        by: optimal_tariff(economy, "C00", "WORLD", sectors="all", by=by).gain
        for by in ("uniform", "sector", "partner", "both")
    }
    assert gains["uniform"] <= min(gains["sector"], gains["partner"]) + 1e-9
    assert max(gains["sector"], gains["partner"]) <= gains["both"] + 1e-9


def test_a_seed_changes_nothing_but_the_way():
    economy = small()
    one, other = (
        optimal_tariff(economy, "C00", "WORLD", sectors="all", by="both", seed=seed)
        for seed in (0, 5)
    )
    assert [r.rate for r in one.rates] == pytest.approx([r.rate for r in other.rates], abs=1e-7)


def test_the_path_goes_up_from_no_added_tariff():
    best = optimal_tariff(small(), "C00", "C01", sectors="all", by="sector")
    values = [step.value for step in best.path]
    assert values[0] == pytest.approx(0.0, abs=1e-9)
    assert not best.path[0].u.any()
    assert values[-1] == pytest.approx(best.gain, abs=1e-9)
    assert len(best.starts) == 3
    assert best.solves > len(best.path)


def test_a_bound_that_holds_is_said():
    free = optimal_tariff(alike(), "A", "B", sectors="all")
    held = optimal_tariff(alike(), "A", "B", sectors="all", bounds=(0.0, free.rate / 2))
    (rate,) = held.rates
    assert (rate.bound, rate.rate) == ("highest", pytest.approx(free.rate / 2))
    assert rate.slope > 0
    assert held.slope == 0
    assert held.second_order.maximum
    assert "bound" in held.second_order.words


def test_a_tariff_in_force_above_the_best_is_taken_off_only_below_0():
    """With 40 points in force the best total is the same as without, Gros (1987)."""
    best = optimal_tariff(alike(), "A", "B", sectors="all").rate
    taxed = solve(alike(), Tariff("A", "B", "all", 0.6))
    after = replace(rebased(taxed), unit="USD bn")
    at_zero = optimal_tariff(after, "A", "B", sectors="all")
    assert (at_zero.rate, at_zero.rates[0].bound) == (0.0, "lowest")
    assert at_zero.gain == pytest.approx(0.0, abs=1e-9)
    lower = optimal_tariff(after, "A", "B", sectors="all", bounds=(-0.5, 1.0))
    assert 0.6 + lower.rate == pytest.approx(best, abs=1e-6)
    assert lower.gain > 0


def test_lerner_symmetry():
    """A uniform import tariff is a uniform export tax where trade balances (Lerner 1936)."""
    economy, how = small(balanced=True), {"deficits": "balanced", "tolerance": 1e-12}
    none = Tariff("C00", "others", "all", 0.0)
    policies = [Tariff("C00", "others", "all", 0.2)], [none, ExportTax("C00", "others", "all", 0.2)]
    duty, tax = (solve(economy, policy, **how) for policy in policies)
    np.testing.assert_allclose(duty.welfare.percent, tax.welfare.percent, atol=1e-8)
    found = sensitivities(solve(economy, [none], **how), Outcome("real_income", "C00"))
    assert found.tariff[0].sum() == pytest.approx(found.export_tax[:, 0].sum(), rel=1e-7)


def test_crude_of_one_seller_is_in_barrels_and_of_all_a_good_like_others():
    world = load_world()
    india, goods = world.country("IND"), ("OILGAS", "FOOD")
    one, all_ = (
        optimal_tariff(world, "IND", whom, sectors=goods, horizon="short")
        for whom in ("RUS", "WORLD")
    )
    assert (one.note, bool(all_.note)) == ("", True)
    policies = [
        Policy((Tariff("IND", whom, goods, found.rate, "add"),))
        for whom, found in (("RUS", one), ("others", all_))
    ]
    solved = solve_many(world, dict(enumerate(policies)), horizon="short")
    gains = [float(x.welfare.usd[india]) / 1000 for x in solved.values()]
    assert gains == pytest.approx([one.gain, all_.gain], abs=1e-4)


def test_a_trickle_of_crude_the_other_way_leaves_a_war_in_barrels():
    """India sells Russia a millionth of its crude: the rates on both are those `solve` knows."""
    world, goods = load_world(), ("OILGAS", "FOOD")
    war = nash_tariffs(world, "IND", "RUS", sectors=goods, horizon="short")
    rates = zip((("IND", "RUS"), ("RUS", "IND")), war.rates, strict=True)
    policy = [Tariff(*sides, goods, rate, "add") for sides, rate in rates]
    found = solve(world, policy, horizon="short")
    gains = [float(found.welfare.usd[world.country(side)]) / 1000 for side in war.sides]
    assert (war.note, gains) == ("", pytest.approx(war.changes, abs=1e-4))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"seed": -1}, "seed: -1 is not a whole number"),
        ({"seed": True}, "seed: True is not"),
        ({"horizon": "foo"}, "unknown horizon 'foo'"),
        ({"deficits": "foo"}, "unknown deficit closure 'foo'"),
    ],
)
def test_what_python_asks_is_checked_before_anything_is_solved(asked, says):
    for of in (optimal_tariff, nash_tariffs):
        with pytest.raises(ThreatpointError) as error:
            of(small(), "C00", "C01", sectors="all", **asked)
        assert str(error.value).startswith(says)


# -- the war ---------------------------------------------------------------------------------


def test_each_side_of_a_war_of_three_has_its_best_reply():
    economy = small()
    war = nash_tariffs(economy, "C00", "C01", "C02", sectors="all")
    (point,) = war.points
    assert point.mutual
    assert set(war.starts.values()) == {0}
    rates = dict(zip(war.sides, war.rates, strict=True))

    def income(side: int, rate: float) -> float:
        held = [
            Tariff(one, "others", "all", rate if k == side else rates[one], "add")
            for k, one in enumerate(war.sides)
        ]
        return float(solve(economy, held).welfare.usd[side])

    for side, change in enumerate(war.changes):
        own = rates[war.sides[side]]
        assert income(side, own) == pytest.approx(change, abs=1e-7)
        tried = [own * x for x in (0.5, 0.9, 1.1, 2.0) if own * x <= war.bounds[1]]
        assert max(income(side, rate) for rate in tried) < change


def test_a_side_of_several_countries_counts_their_sum():
    economy = small(n=4)
    war = nash_tariffs(economy, ("C00", "C01"), "C02", sectors="all")
    (point,) = war.points
    assert war.sides == ("C00+C01", "C02")
    both = point.by_country["C00"] + point.by_country["C01"]
    assert war.changes[0] == pytest.approx(both, abs=1e-9)


def test_relabelling_changes_no_answer():
    made = random_world(3, 3, 3, zeros=False, theta_range=(2.0, 8.0))
    economy = small()
    other = rebuilt(made, [2, 0, 1], [1, 2, 0])
    values = Elasticities.of(other.economy.countries, other.economy.sectors, other.theta)
    turned = replace(other.economy, unit="USD bn", elasticities={"long": values})
    one, two = (
        optimal_tariff(e, "C00", "WORLD", sectors="all", by="both") for e in (economy, turned)
    )
    first, second = ({(r.exporter, r.sector): r.rate for r in x.rates} for x in (one, two))
    assert first == pytest.approx(second, abs=1e-7)
    wars = [nash_tariffs(e, "C00", "C01", sectors="all").rates for e in (economy, turned)]
    assert wars[0] == pytest.approx(wars[1], abs=1e-7)


# -- in words ----------------------------------------------------------------------------------


def said(economy, **asked) -> str:
    best = optimal_tariff(economy, "A", "B", sectors="all", **asked)
    return plain(" ".join(best_sentences(economy, best)))


def test_what_is_said_of_best_tariffs():
    free = said(alike())
    assert "An added tariff of 31 % would pay A best" in free
    assert "curves down in every direction" in free
    assert "rise beyond them" in said(alike(), bounds=(0.0, 0.1))
    taxed = replace(rebased(solve(alike(), Tariff("A", "B", "all", 0.6))), unit="USD bn")
    assert "No added tariff on these goods pays A" in said(taxed)
    assert "Taking 29 points off the tariff in force" in said(taxed, bounds=(-0.5, 1.0))
    war = nash_tariffs(alike(), "A", "B", sectors="all")
    assert "5 of 5 starts" in " ".join(war_sentences(alike(), war))


# -- the numerics alone ------------------------------------------------------------------------


def test_a_parabola_with_a_bound():
    """Top at (0.3, -0.2) is cut at 0: then the first alone is at 0.3 + 0.5 * 0.2 / 2."""
    second = np.array([[-2.0, 0.5], [0.5, -1.0]])
    top = np.array([0.3, -0.2])
    bounds = Bounds(np.zeros(2), np.ones(2))

    def slopes(u):
        return second @ (u - top)

    def value(u):
        return float((u - top) @ second @ (u - top) / 2), slopes(u)

    way = climb(value, np.ones(2), bounds, np.ones(2), "start")
    still = vanish(slopes, lambda u, slope: second, way[-1].u, bounds)
    np.testing.assert_allclose(still.u, [0.3 + 0.5 * 0.2 / 2, 0.0], atol=1e-9)
    assert list(bounds.free(still.u, still.slope)) == [True, False]


def test_newton_s_steps_leave_a_minimum():
    """The slope of u^2 (1 - u) vanishes at the minimum 0 and at the maximum 2/3."""
    bounds = Bounds(np.zeros(1), np.ones(1))

    def slopes(u):
        return 2 * u - 3 * u**2

    still = vanish(slopes, lambda u, slope: np.diag(2 - 6 * u), np.array([0.05]), bounds)
    assert still.u[0] == pytest.approx(2 / 3, abs=1e-8)


def test_a_climb_turns_back_where_there_is_no_equilibrium():
    bounds = Bounds(np.zeros(1), np.full(1, 4.0))

    def slopes(u):
        if u[0] > 1.0:
            raise ConvergenceError("none")
        return float(10 * u[0] - 8 * u[0] ** 2), 10 - 16 * u

    way = climb(slopes, np.zeros(1), bounds, np.ones(1), "start")
    assert way[-1].u[0] == pytest.approx(10 / 16, abs=1e-3)


# -- bad input -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"importer": "ATLANTIS"}, "ATLANTIS"),
        ({"exporters": "INDD"}, "did you mean"),
        ({"exporters": ("IND", "USA")}, "both sides"),
        ({"exporters": ("EU", "DEU")}, "named twice"),
        ({"sectors": "STEEL"}, "STEEL"),
        ({"by": "hour"}, "known: uniform"),
        ({"bounds": (0.1, 0.2)}, "must hold 0"),
        ({"bounds": 0.5}, "least and the largest"),
        ({"bounds": (0.0, math.nan)}, "not finite"),
        ({"importer": "UKR", "exporters": "SAU", "sectors": "COAL"}, "buys none"),
        ({"importer": ("DEU", "FRA"), "exporters": "FRA"}, "both sides"),
    ],
)
def test_bad_input(given, words):
    asked = {"importer": "USA", "exporters": "IND"} | given
    with pytest.raises(PolicyError, match=words):
        optimal_tariff(load_world(), **asked)


def test_too_many_free_rates_are_refused_before_anything_is_solved():
    economy = random_world(0, 40, 20, zeros=False).economy
    with pytest.raises(PolicyError, match=f"the limit is {MOST}"):
        optimal_tariff(economy, "C00", "WORLD", sectors="all", by="both")


@pytest.mark.parametrize("sides", [(), ("USA",), ("USA", "USA"), ("EU", "DEU"), ("USA", "X")])
def test_bad_sides_of_a_war(sides):
    with pytest.raises(PolicyError):
        nash_tariffs(load_world(), *sides)
