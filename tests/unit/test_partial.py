"""How much a target stops: curves, forms of a threat, and the worlds of a real one."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.interpolate import PchipInterpolator

from threatpoint.errors import PolicyError
from threatpoint.oil.solve import oil_outcome, solve_many
from threatpoint.policy import (
    Action,
    Cost,
    CutOff,
    Demand,
    ExportTax,
    Policy,
    Quota,
    ReleaseSpare,
    Rule,
    StopBuying,
    Tariff,
)
from threatpoint.policy.scaled import scaled
from threatpoint.policy.standing import on_day
from threatpoint.strategy import Terms, pose
from threatpoint.strategy.alone import inseparable
from threatpoint.strategy.curve import Curve, highest
from threatpoint.strategy.forms import FORMS, best_share, unthreatened
from threatpoint.strategy.partial import stoppings
from threatpoint.strategy.partial_rows import stopping_rows
from threatpoint.strategy.stopped import share_stopped
from threatpoint.strategy.threat import sketch
from threatpoint.units import money
from threatpoint.world import load_world

BASE_RATE = 0.66
OIL = Action(("crude", "refined"), "RUS")
DUTY = Tariff("USA", "target", rate=0.25, mode="add")
FOUR = ("CHN", "IND", "TUR", "BRA")


def polynomial(*coefficients):
    """A cubic over [0, 1] from its coefficients, the constant first."""
    whole = np.zeros((4, 1))
    whole[3 - np.arange(len(coefficients)), 0] = coefficients
    return Curve(np.array([0.0, 1.0]), whole)


# -- curves ------------------------------------------------------------------------------------


def test_a_curve_goes_through_its_points_and_is_monotone():
    at, values = (0.0, 0.3, 0.6, 1.0), (0.0, 0.1, 4.0, 4.1)
    curve = Curve.through(at, values)
    assert [curve(x) for x in at] == pytest.approx(values)
    dense = [curve(x) for x in np.linspace(0, 1, 101)]
    assert np.all(np.diff(dense) >= 0)
    near = (curve(0.45 + 1e-6) - curve(0.45 - 1e-6)) / 2e-6
    assert curve.slope(0.45) == pytest.approx(near, rel=1e-6)


def test_a_curve_is_that_of_scipy():
    rng = np.random.default_rng(5)
    for size in (2, 3, 4, 9):
        at, values = np.cumsum(rng.uniform(0.1, 1, size)), rng.normal(size=size)
        pieces, wanted = Curve.through(at, values).pieces, PchipInterpolator(at, values).c
        np.testing.assert_allclose(pieces, wanted, rtol=1e-9, atol=1e-12)


def test_a_line_stays_a_line():
    line = Curve.through((0.0, 0.2, 1.0), (0.0, 1.0, 5.0))
    assert [line(x) for x in (0.1, 0.5, 0.9)] == pytest.approx([0.5, 2.5, 4.5])
    assert [line.slope(x) for x in (0.0, 0.5, 1.0)] == pytest.approx([5.0, 5.0, 5.0])


def test_stretching_scaling_and_tilting_are_exact():
    curve = Curve.through((0.0, 0.1, 0.4, 1.0, 2.0), (0.0, 3.0, 5.0, 6.0, 6.5))
    for s in np.linspace(0, 1, 11):
        assert curve.stretched(1.5)(s) == pytest.approx(curve(1.5 * s))
        assert curve.stretched(0.25)(s) == pytest.approx(curve(0.25 * s))
        assert curve.times(3.0)(s) == pytest.approx(3 * curve(s))
        assert curve.tilted(-2.0)(s) == pytest.approx(curve(s) - 2 * s)
    assert curve.stretched(1.5).slope(0.5) == pytest.approx(1.5 * curve.slope(0.75))


def test_the_highest_point_of_a_cubic_is_found_exactly():
    hill = polynomial(0.0, 1.0, 0.0, -1.0)
    assert highest(hill, hill.slope, hill.knots) == pytest.approx(1 / math.sqrt(3), abs=1e-12)
    flat = polynomial(2.0)
    assert highest(flat, flat.slope, flat.knots) == 0.0


# -- forms, solved by hand -----------------------------------------------------------------------

LOSS, BITE = polynomial(0.0, 0.0, 10.0), polynomial(0.0, 8.0)
"""L = 10 x^2, K = 8 s."""


def test_against_a_punishment_in_proportion_it_stops_until_the_next_part_costs_what_it_saves():
    """20 x = 8 p, of both forms alike: K is linear."""
    for p in (0.0, 0.25, 0.66, 1.0):
        for form in ("scaled", "proportional"):
            assert best_share(LOSS, BITE, p, form).share == pytest.approx(8 * p / 20)


def test_against_a_step_it_stops_all_or_nothing():
    assert best_share(LOSS, polynomial(0.0, 12.0), 0.84, "step").share == 1.0
    assert best_share(LOSS, polynomial(0.0, 12.0), 0.83, "step").share == 0.0
    assert best_share(LOSS, polynomial(0.0, 10.0), 1.0, "step").share == 0.0  # a tie
    assert best_share(LOSS, polynomial(0.0, 12.0), 0.84, "step").loss == pytest.approx(10.0)


def test_corners_are_exact_where_the_first_part_costs_too_much_or_the_last_too_little():
    steep = polynomial(0.0, 6.0, 1.0)  # L' from 6 to 8
    for bite, share in ((5.9, 0.0), (6.0, 0.0), (7.0, 0.5), (8.0, 1.0), (9.0, 1.0)):
        found = best_share(steep, polynomial(0.0, bite), 1.0, "proportional")
        assert found.share == pytest.approx(share, abs=1e-12)


def test_a_cost_in_proportion_gives_corners():
    """As where the demand is no trade."""
    line = polynomial(0.0, 3.0)
    for form in FORMS:
        assert best_share(line, polynomial(0.0, 2.9), 1.0, form).share == 0.0
        assert best_share(line, polynomial(0.0, 3.1), 1.0, form).share == 1.0


def test_a_tariff_scaled_down_with_the_rest_is_no_use_for_the_first_parts():
    """K = 8 (2 s - s^2) bites hardest at first, so the last parts of it are cheap to bear."""
    concave = polynomial(0.0, 16.0, -8.0)
    scaled_down = best_share(LOSS, concave, 0.5, "scaled").share
    assert scaled_down == pytest.approx(0.0, abs=1e-12)  # 20 x = 8 x: one maximum, at 0
    assert best_share(LOSS, concave, 0.5, "proportional").share == pytest.approx(0.2)


def test_who_buys_cheaper_by_buying_less_stops_a_part_for_its_own_good():
    monopsony = polynomial(0.0, -4.0, 10.0)
    assert unthreatened(monopsony) == pytest.approx(0.2)
    assert best_share(monopsony, BITE, 0.0, "step").share == pytest.approx(0.2)
    assert best_share(monopsony, BITE, 1.0, "step").share == 1.0  # 6 < 8 - 0.4


def test_what_is_no_form_or_no_belief_is_refused():
    with pytest.raises(PolicyError, match=r"unknown form of a threat 'stepp' \(did you mean 'step"):
        best_share(LOSS, BITE, 0.5, "stepp")
    with pytest.raises(PolicyError, match=r"belief 66 is outside 0 to 1; write 0\.66 for 66 %"):
        best_share(LOSS, BITE, 66, "step")


# -- parts of a punishment -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def world():
    return on_day(load_world(), "2025-03-31")


def test_a_part_of_a_policy_is_its_smaller_twin(world):
    half = {
        Tariff("USA", "IND", rate=0.5, mode="add"): Tariff("USA", "IND", rate=0.25, mode="add"),
        CutOff("USA", "IND"): CutOff("USA", "IND", enforcement=0.5),
        Quota("USA", "IND", volume=0.6): Quota("USA", "IND", volume=0.8),
        ExportTax("IND", "USA", rate=0.2): ExportTax("IND", "USA", rate=0.1),
        StopBuying("IND", "RUS", "crude"): StopBuying("IND", "RUS", "crude", enforcement=0.5),
    }
    for whole, part in half.items():
        found, wanted = scaled(whole.wedges(world), world, 0.5), part.wedges(world)
        for name in ("tariff", "survival", "export_tax", "cost"):
            np.testing.assert_allclose(getattr(found, name), getattr(wanted, name), atol=1e-15)
        assert [limit.volume for limit in found.volume_limits] == pytest.approx(
            [limit.volume for limit in wanted.volume_limits]
        )
        for name, kept in found.kept.items():
            np.testing.assert_allclose(kept, wanted.kept[name])


def test_no_part_is_nothing_and_twice_a_cut_cuts_all(world):
    wedges = Policy([CutOff("USA", "IND", enforcement=0.7), Quota("USA", "CHN", volume=0.5)])
    none = scaled(wedges.wedges(world), world, 0.0)
    assert none.touched(world.tariff_in_force).size == 0
    assert not none.volume_limits
    assert scaled(CutOff("USA", "IND", enforcement=0.7).wedges(world), world, 2).survival.min() == 0
    with pytest.raises(PolicyError, match="2 times this quota leaves nothing"):
        scaled(wedges.wedges(world), world, 2.0)
    with pytest.raises(PolicyError, match="must be 0 or more"):
        scaled(wedges.wedges(world), world, -0.1)
    with pytest.raises(PolicyError, match="this acts on a whole market"):
        scaled(ReleaseSpare("SAU", "crude", share=0.5).wedges(world), world, 0.5)


# -- on the shipped table ------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["short", "long"])
def threat(request, world):
    return sketch(pose(world, Rule("USA", OIL, DUTY, FOUR), horizon=request.param))


def test_a_targets_income_is_separable(threat):
    for target in FOUR:
        assert inseparable(threat, target) < 0.02, target


def test_curves_agree_with_the_game_and_with_worlds_between_their_points(threat):
    game, here = threat.game, threat.question.economy
    found = stoppings(threat, ("IND", "CHN"))
    for target, own in found.items():
        i = game.position(target)
        alone = game.everybody("D")[:i] + "{}" + game.everybody("D")[i + 1 :]
        assert own.loss(1.0) == pytest.approx(-game.payoff(alone.format("C")).targets[i], abs=1e-6)
        for bite in (own.bite, own.bite_of(0.25)):
            assert bite(1.0) == pytest.approx(-game.payoff(alone.format("P")).targets[i], abs=1e-6)
        stops = {x: StopBuying(target, "RUS", OIL.goods, enforcement=x) for x in (0.33, 0.62, 0.97)}
        horizon = threat.question.horizon
        worlds = solve_many(here, stops, horizon=horizon, opec="hold")
        for x, solved in worlds.items():
            lost = -money(float(solved.welfare.usd[here.country(target)]), here.unit, "USD bn")
            share = share_stopped(here, OIL, [target], x, solved)
            assert share < x
            assert own.loss(share) == pytest.approx(lost, abs=0.01 * own.loss(1.0))


def test_the_share_given_up_is_that_of_barrels_and_of_other_goods_by_value(world):
    """Told to stop half at unchanged prices, buyers give up less: what is not sold gets cheaper."""
    solved = solve_many(world, {x: StopBuying("IND", "RUS", OIL.goods, enforcement=x)
                                for x in (0.5, 1.0)}, horizon="short", opec="hold")  # fmt: skip
    shares = {good: share_stopped(world, Action(good, "RUS"), ["IND"], 0.5, solved[0.5])
              for good in OIL.goods}  # fmt: skip
    was, now = oil_outcome(solved[0.5]).buyers()["IND"]
    assert shares["crude"] == pytest.approx(1 - now / was)
    assert shares["refined"] < 0.5
    n, i = world.country("IND"), world.country("RUS")
    value = {good: world.flows[good].values[n, i] for good in OIL.goods}
    mean = sum(shares[good] * value[good] for good in value) / sum(value.values())
    assert share_stopped(world, OIL, ["IND"], 0.5, solved[0.5]) == pytest.approx(mean)
    assert share_stopped(world, OIL, ["IND"], 1.0, solved[1.0]) == pytest.approx(1.0)
    # the Netherlands bought crude in the year of the table, and none on the day
    none = share_stopped(world, Action("crude", "RUS"), ["NLD"], 0.3, solved[0.5])
    assert none == pytest.approx(0.3)


def test_rows_of_how_much_targets_stop(threat):
    rows = stopping_rows(threat, BASE_RATE)
    assert len(rows) == 4 * 3  # as threatened, which is 25 points, and 50 and 100
    for row in rows:
        assert row["expected_bite_usd_bn"] == pytest.approx(BASE_RATE * row["bite_usd_bn"])
        assert row["stops_step_percent"] in {100.0, row["stops_unthreatened_percent"]}
        assert not row["corners"]
    india = [row for row in rows if row["target"] == "IND"]
    shares = [row["stops_proportional_percent"] for row in india]
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] < 100  # the first part costs less than it saves
    turkey = next(row for row in rows if row["target"] == "TUR")
    assert turkey["first_share_usd_bn"] > turkey["expected_bite_usd_bn"]
    assert turkey["stops_proportional_percent"] == 0


def test_political_terms_stand_in_the_curves(threat):
    before = stoppings(threat, ["IND"])["IND"]
    after = stoppings(threat.with_terms(Terms(phi=4.0, psi=1.0)), ["IND"])["IND"]
    assert after.loss(0.5) == pytest.approx(before.loss(0.5) + 2.0)
    assert after.bite(0.5) == pytest.approx(before.bite(0.5) - 0.5)
    assert after.bite_of(0.5)(0.5) == pytest.approx(before.bite_of(0.5)(0.5) - 0.5)


def test_beliefs_may_differ_by_target(threat):
    beliefs = dict.fromkeys(FOUR, 0.0) | {"IND": 1.0}
    rows = {row["target"]: row for row in stopping_rows(threat, beliefs, rates=())}
    assert rows["BRA"]["stops_proportional_percent"] == 0
    assert rows["IND"]["stops_proportional_percent"] > 50
    with pytest.raises(PolicyError, match="no belief is given for TUR, BRA"):
        stopping_rows(threat, {"CHN": 0.5, "IND": 0.5})
    with pytest.raises(PolicyError, match="belief: unknown target 'INDIA'"):
        stopping_rows(threat, {"INDIA": 0.5})
    with pytest.raises(PolicyError, match="unknown target 'FRA'"):
        stoppings(threat, ["FRA"])
    with pytest.raises(PolicyError, match="a tariff of 0 points must be above 0"):
        stoppings(threat, ["IND"], rates=(0.0, 0.25))
    with pytest.raises(PolicyError, match="no tariff of 80 points was solved"):
        stoppings(threat, ["IND"], rates=(0.5,))["IND"].bite_of(0.8)


def test_a_demand_that_is_no_trade_costs_in_proportion(world):
    cost = Cost(2.0, 1.0, 3.0, "USD bn", prior=True)
    rule = Rule("USA", None, DUTY, ("MEX",), demand=Demand("guard the border", cost))
    threat = sketch(pose(world, rule, horizon="short"))
    (row,) = stopping_rows(threat, BASE_RATE, rates=())
    assert row["corners"]
    assert row["first_share_usd_bn"] == row["last_share_usd_bn"] == pytest.approx(2.0)
    assert row["stops_proportional_percent"] in (0.0, 100.0)
    open_cost = replace(rule, demand=Demand("guard the border"))
    (row,) = stopping_rows(sketch(pose(world, open_cost, horizon="short")), BASE_RATE, rates=())
    assert "what complying costs MEX is not given" in row["status"]


def test_a_cut_off_has_parts_too(world):
    rule = Rule("USA", OIL, CutOff("USA", "target"), ("IND",))
    found = stoppings(sketch(pose(world, rule, horizon="short")))["IND"]
    bites = [found.bite(s) for s in (0.25, 0.5, 0.75, 1.0)]
    assert bites == sorted(bites)
    assert found.bite_of(0.5)(1.0) < found.bite(1.0)


def test_a_customs_union_stops_and_is_punished_as_one(world):
    rule = Rule("USA", OIL, DUTY, ("EU", "IND"), unions=("EU",))
    threat = sketch(pose(world, rule, horizon="short"))
    found = stoppings(threat)
    assert set(found) == {"EU", "IND"}
    i = threat.game.position("EU")
    stopped = "CD" if i == 0 else "DC"
    assert found["EU"].loss(1.0) == pytest.approx(-threat.game.payoff(stopped).targets[i], abs=1e-6)


def test_the_order_of_targets_changes_nothing(world):
    one, other = (
        {row["target"]: row for row in stopping_rows(
            sketch(pose(world, Rule("USA", OIL, DUTY, names), horizon="short")), BASE_RATE, ()
        )}
        for names in (FOUR, FOUR[::-1])
    )  # fmt: skip
    for target in FOUR:
        for key, value in one[target].items():
            same = pytest.approx(value, abs=1e-6) if isinstance(value, float) else value
            assert other[target][key] == same, (target, key)
