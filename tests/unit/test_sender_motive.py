"""The tariff a sender would set anyway: by hand, against direct solves, and net of a threat."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.unit import test_bounds
from tests.unit.test_bounds import THETA
from threatpoint import Rule, Tariff, load_world, nash_tariffs, optimal_tariff, solve, solve_threat
from threatpoint.errors import PolicyError
from threatpoint.policy.demand import Demand
from threatpoint.strategy.game import PUNISHED, RETALIATES, put
from threatpoint.strategy.motive import TOGETHER, Motive, motive_rows, motives
from threatpoint.strategy.rate_curve import HIGHEST, RateCurve, rates
from threatpoint.strategy.threat import pose
from threatpoint.world.economy import Economy


def alike() -> Economy:
    """Two alike countries in USD bn, one good, no inputs."""
    return replace(test_bounds.alike(), unit="USD bn")


def duty(rate: float, importer="A", exporter="B") -> Tariff:
    return Tariff(importer, exporter, "all", rate, "add")


# -- the curve


def test_a_parabola_in_the_log_of_the_rate():
    """Y = u (2 m - u) has its top at u = m and is 0 again at 2 m."""
    m = 0.2
    u = np.log1p(rates())
    curve = RateCurve.through(5.0 + u * (2 * m - u))
    assert curve.best == pytest.approx(math.expm1(m), rel=1e-9)
    assert curve.gone == pytest.approx(math.expm1(2 * m), rel=1e-9)
    assert curve.at(0.0) == pytest.approx(0.0, abs=1e-12)


def test_the_tops_of_a_curve_with_two():
    """The sine of 3 pi u has tops at one sixth and five sixths."""
    span = math.log1p(HIGHEST)
    u = np.log1p(rates()) / span
    tops = RateCurve.through(np.sin(3 * np.pi * u)).tops
    assert np.log1p(tops) / span == pytest.approx([1 / 6, 5 / 6], abs=0.01)
    assert RateCurve.through(u).tops == [pytest.approx(HIGHEST)]
    assert RateCurve.through(-u).tops == [0.0]


@pytest.mark.parametrize("slope", [-1.0, 0.0])
def test_no_tariff_pays(slope):
    curve = RateCurve.through(slope * np.log1p(rates()))
    assert (curve.best, curve.gone) == (0.0, 0.0)


def test_a_gain_that_never_goes():
    curve = RateCurve.through(np.log1p(rates()))
    assert curve.best == pytest.approx(HIGHEST)
    assert curve.gone == math.inf


# -- the optimal tariff


def test_two_alike_countries():
    """T = 1 / (theta * the partner's share of spending on its own good), Gros 1987 JIE 23."""
    found = optimal_tariff(alike(), "A", "B", sectors="all")
    world = solve(alike(), duty(found.rate))
    own = world.trade[1, 1, 0] / world.trade[1].sum()
    assert found.rate == pytest.approx(1 / (THETA * own), rel=1e-3)
    assert found.gain == pytest.approx(world.welfare.usd[0], rel=1e-4)
    assert found.loss == pytest.approx(-world.welfare.usd[1], rel=1e-4)
    assert solve(alike(), duty(found.gone)).welfare.usd[0] == pytest.approx(0.0, abs=1e-3)


def test_a_war_of_two_alike_countries():
    """Both set the same tariff, no reply to it gains, and both lose."""
    war = nash_tariffs(alike(), "A", "B", sectors="all")
    assert war.rates[0] == pytest.approx(war.rates[1], abs=2e-4)
    assert max(war.changes) < 0
    for other in (0.8, 0.95, 1.05, 1.2):
        pair = [duty(other * war.rates[0]), duty(war.rates[1], "B", "A")]
        assert solve(alike(), pair).welfare.usd[0] <= war.changes[0] + 1e-4


@pytest.mark.parametrize("exporter", ["IND", "CHN"])
def test_on_the_shipped_world_no_other_rate_is_better(exporter):
    world = load_world()
    found = optimal_tariff(world, "USA", exporter, horizon="short")
    us = world.country("USA")

    def gain(rate: float) -> float:
        added = Tariff("USA", exporter, rate=rate, mode="add")
        return solve(world, added, horizon="short").welfare.usd[us] / 1000

    assert gain(found.rate) == pytest.approx(found.gain, abs=2e-3)
    assert max(gain(found.rate * x) for x in (0.8, 1.25)) < found.gain
    assert gain(found.gone) == pytest.approx(0.0, abs=2e-3)


def test_sizes_of_the_shipped_world():
    """The first year: 8 % on China and 17 on India; on all partners at once 41 (this table)."""
    world = load_world()
    others = [code for code in world.countries if code != "USA"]
    found = {
        name: optimal_tariff(world, "USA", whom, horizon="short")
        for name, whom in {"CHN": "CHN", "IND": "IND", "all": others}.items()
    }
    assert [round(100 * found[name].rate) for name in found] == [8, 17, 42]


@pytest.mark.parametrize("wrong", ["ATLANTIS", "USA"])
def test_bad_input(wrong):
    with pytest.raises(PolicyError):
        optimal_tariff(load_world(), "USA", wrong)


# -- what a threat is worth net of it


def threat(**changes) -> Rule:
    given = {"then": duty(0.5, "A", "target"), "named": ("B",), "demand": Demand("stop")}
    return Rule("A", None, **(given | changes))


def test_net_of_the_own_motive():
    game = solve_threat(alike(), threat())
    (row,) = motive_rows(game)
    assert row["net_of_own_motive_usd_bn"] == pytest.approx(
        row["carrying_out_usd_bn"] - row["optimal_gain_usd_bn"]
    )
    assert row["net_of_own_motive_usd_bn"] < 0 < row["optimal_gain_usd_bn"]


def test_the_threat_that_is_the_best_tariff_adds_nothing():
    best = optimal_tariff(alike(), "A", "B", sectors="all").rate
    rule = threat(then=duty(best, "A", "target"))
    (row,) = motive_rows(solve_threat(alike(), rule))
    assert row["net_of_own_motive_usd_bn"] == pytest.approx(0.0, abs=1e-4)


def test_a_stated_answer_makes_the_own_tariff_worth_less():
    rule = threat(retaliation=duty(0.5, "target", "A"))
    free, answered = (motives(pose(alike(), rule), letter)["B"] for letter in "PR")
    assert answered.gain < free.gain


def test_the_own_tariff_after_an_answer_is_against_no_tariff_and_no_answer():
    """The answer is part of what the tariff brings, as it is of what the threat does."""
    rule = threat(retaliation=duty(0.1, "target", "A"))
    found = motives(pose(alike(), rule), RETALIATES)["B"]
    hit, quiet = (solve(alike(), policy) for policy in ([duty(found.rate), back()], []))
    gained, lost = (float(hit.welfare.usd[i] - quiet.welfare.usd[i]) for i in (0, 1))
    assert found.gain == pytest.approx(gained, abs=1e-3)
    assert found.loss == pytest.approx(-lost, abs=1e-3)
    assert solve(alike(), [duty(found.gone), back()]).welfare.usd[0] == pytest.approx(0, abs=1e-3)


def back() -> Tariff:
    return duty(0.1, "B", "A")


def test_no_own_tariff_pays_where_the_answer_costs_more():
    rule = threat(retaliation=duty(1.0, "target", "A"))
    assert motives(pose(alike(), rule), RETALIATES)["B"] == Motive(0.0, 0.0, 0.0, 0.0)
    (row,) = motive_rows(solve_threat(alike(), rule))
    assert row["net_of_own_motive_usd_bn"] == row["carrying_out_usd_bn"] < 0


def test_the_threats_of_the_dispatch_add_nothing_to_the_own_motive():
    """Net of the tariff it would set anyway no target's punishment pays the sender."""
    duty_ = Tariff("USA", "target", rate=0.25, mode="add")
    rule = Rule("USA", None, duty_, named=("CHN", "IND"), demand=Demand("stop"))
    posed = pose(load_world(), rule, horizon="short")
    found = motives(posed)
    assert list(found) == ["CHN", "IND", TOGETHER]
    game = solve_threat(load_world(), rule, horizon="short")
    for row in motive_rows(game):
        assert row["net_of_own_motive_usd_bn"] <= 1e-3
    quiet = game.game.everybody("D")
    assert game.game.payoff(put(quiet, 1, PUNISHED)).sender > 0
