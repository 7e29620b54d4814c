"""Sets of elasticities by horizon, and the crude market of the shipped world."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from threatpoint.equilibrium import solve
from threatpoint.errors import WorldError
from threatpoint.policy import CutOff, Policy
from threatpoint.world import HORIZONS, info, load_world, parameter
from threatpoint.world.elasticities import BY_SECTOR, SUBSTITUTION
from threatpoint.world.horizons import cases_of
from threatpoint.world.parameters import scoped
from threatpoint.world.shipped_market import crude_market

MADE = ("medium", "short", "abrupt")
SETS = tuple(name + end for end in ("", "-low", "-high") for name in MADE)


@pytest.fixture(scope="module")
def world():
    return load_world()


def test_order_of_the_sets(world):
    cases = ("printed", "low", "published-low", "published-high")
    assert tuple(world.elasticities) == ("long", *SETS, *cases)
    assert all(name == values.horizon for name, values in world.elasticities.items())
    assert tuple(load_world("statutory").elasticities) == tuple(world.elasticities)


def test_horizons_have_words():
    assert tuple(HORIZONS) == ("abrupt", "short", "medium", "long")


def test_cases_stay_at_their_horizon(world):
    names = tuple(world.elasticities)
    assert cases_of("long", names) == ("printed", "low", "published-low", "published-high")
    assert cases_of("short", names) == ("short-low", "short-high")
    assert cases_of("abrupt", names) == ("abrupt-low", "abrupt-high")
    assert cases_of("medium-low", names) == ("medium", "medium-high")
    assert cases_of("low", names) == ("long", "printed", "published-low", "published-high")
    assert cases_of("short", ("long",)) == ()


def test_the_values_of_the_short_run(world):
    short, crude = world.elasticities["short"], world.sector("OILGAS")
    assert (short.common("eta"), short.common("epsilon"), short.rho) == (0.5, 0.2, 0.9)
    assert np.all(np.delete(short.theta, crude) == 1.53)
    assert np.all(np.delete(short.phi, crude, axis=1) == 0.25)
    np.testing.assert_allclose(short.phi[:, crude], 0.1 / 1.1)


@pytest.mark.parametrize("end", ["", "-low", "-high"])
@pytest.mark.parametrize("horizon", MADE)
def test_crude_has_next_to_no_substitute_where_it_is_made_and_refined(world, horizon, end):
    """At the ends of ranges too: the range of inputs in general says nothing about crude."""
    values = world.elasticities[horizon + end]
    for name in BY_SECTOR:
        assert values.apart(name, world.sectors) == {"OILGAS": 0.05, "REFPET": 0.05}
        row = parameter(name, horizon, "REFPET")
        assert (row.low, row.value, row.high, row.kind) == (0.01, 0.05, 0.2, "prior")


@pytest.mark.parametrize("end", ["", "-low", "-high"])
def test_the_first_months_are_the_first_year_but_for_one_theta(world, end):
    abrupt, short = (world.elasticities[name + end] for name in ("abrupt", "short"))
    row, crude = parameter("theta", "abrupt"), world.sector("OILGAS")
    value = {"": row.value, "-low": row.low, "-high": row.high}[end]
    assert np.all(np.delete(abrupt.theta, crude) == value)
    assert abrupt.theta[crude] == short.theta[crude] == world.elasticities["long"].theta[crude]
    for name in SUBSTITUTION:
        np.testing.assert_array_equal(abrupt.sectoral(name), short.sectoral(name))
    np.testing.assert_array_equal(abrupt.phi, short.phi)


def test_the_registry_has_one_theta_for_the_first_months():
    row = parameter("theta", "abrupt")
    assert (row.low, row.value, row.high, row.kind) == (0.75, 0.875, 1.0, "prior")
    assert (
        parameter("theta", "abrupt", "OILGAS").value == parameter("theta", "long", "OILGAS").value
    )
    assert parameter("eta", "abrupt") is parameter("eta", "short")
    assert scoped("supply_elasticity", "abrupt") == scoped("supply_elasticity", "short")
    with pytest.raises(WorldError, match="abrupd"):
        parameter("theta", "abrupd")


def test_the_medium_run_is_the_geometric_mean(world):
    short, medium, long = (world.elasticities[name] for name in ("short", "medium", "long"))
    np.testing.assert_allclose(medium.theta, np.sqrt(short.theta * long.theta), rtol=1e-4)
    assert medium.common("eta") == pytest.approx(np.sqrt(0.5), abs=1e-4)
    assert medium.common("epsilon") == pytest.approx(np.sqrt(0.2), abs=1e-4)
    assert medium.rho == pytest.approx(np.sqrt(0.9), abs=1e-4)


def test_no_horizon_is_above_a_longer_one_and_ends_enclose_the_value(world):
    sets, crude = world.elasticities, world.sector("OILGAS")
    for end in ("", "-low", "-high"):
        short, medium = sets["short" + end], sets["medium" + end]
        assert np.all(sets["abrupt" + end].theta <= short.theta)
        assert np.all(short.theta <= medium.theta)
        assert np.all(medium.theta <= sets["long"].theta)
        assert np.all(short.phi < medium.phi)
        for values in (short, medium):
            assert values.theta[crude] == sets["long"].theta[crude]
    for horizon in MADE:
        low, value, high = (sets[horizon + end] for end in ("-low", "", "-high"))
        assert np.all((low.theta <= value.theta) & (value.theta <= high.theta))
        for name in BY_SECTOR:
            assert low.common(name) < value.common(name) < high.common(name)
        assert low.rho < value.rho < high.rho
        np.testing.assert_array_equal(low.phi, high.phi)


def test_the_long_run_is_untouched(world):
    long, crude = world.elasticities["long"], world.sector("OILGAS")
    assert (long.eta, long.epsilon, long.rho) == (1.0, 1.0, 1.0)
    rows = [parameter("theta", "long", code).value for code in world.sectors]
    np.testing.assert_array_equal(long.theta, rows)
    supply = parameter("supply_elasticity", "long", "OILGAS").value
    np.testing.assert_allclose(long.phi[:, crude], supply / (1 + supply))


def test_a_cut_off_costs_the_sender_more_the_shorter_the_horizon(world):
    """With eta = epsilon = rho = 1, so that theta and phi alone make the difference."""
    policy = Policy([CutOff.parse("USA:CHN,IND", world)])
    lost = {}
    for name in (*HORIZONS, "short-low", "short-high"):
        values = replace(world.elasticities[name], eta=1.0, epsilon=1.0, rho=1.0)
        welfare = solve(world, policy, elasticities=values).welfare
        lost[name] = -float(welfare.percent[world.country("USA")])
    assert lost["abrupt"] > lost["short"] > lost["medium"] > lost["long"] > 0
    assert lost["short-low"] > lost["abrupt"]
    assert lost["short"] > lost["short-high"] > lost["long"]


def test_the_crude_market(world):
    market = world.markets["crude"]
    assert market.sector == world.flows["crude"].sector
    assert market.benchmark.value == pytest.approx(82.91, abs=0.005)
    assert market.prices["RUS"].value == 62.89
    assert market.spare["SAU"].value == 3.2
    assert sum(q.value for q in market.spare.values()) == pytest.approx(5.1)
    assert sum(q.value for q in market.output.values()) == pytest.approx(82.0)
    assert market.exports["RUS"].value < market.output["RUS"].value
    assert market.base_on(None).day == "2023"
    assert market.base_on(date(2025, 3, 31)).day == "2025-03"
    assert "OILGAS" in market.note
    assert set(market.output) | set(market.spare) <= set(world.countries)


def test_a_market_for_fewer_economies_keeps_the_total():
    market = crude_market(["SAU", "ROW"])
    assert market.output["ROW"].value == pytest.approx(82.0 - 9.7)
    assert market.prices["RUS"].value == 62.89
    assert "ROW" not in crude_market(["SAU"]).output


def test_info_shows_horizons_and_the_market(world):
    tables = {table.caption: table.rows for table in info(world)}
    rows = {row["horizon"]: row for row in tables["Elasticities by horizon"]}
    assert rows["short"]["lasts"] == "first year"
    assert (
        rows["short"]["nests"]
        == "0.5 (OILGAS 0.05, REFPET 0.05), 0.2 (OILGAS 0.05, REFPET 0.05), 0.9"
    )
    assert rows["low"]["lasts"] == ""
    market = {row["what"]: row for row in tables["Market of crude"]}
    assert market["spare, SAU"]["value"] == "3.2"
    assert market["prices, RUS"]["range"] == ""
