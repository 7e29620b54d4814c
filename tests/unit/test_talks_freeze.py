"""The chance of a freeze, given the refusal: by hand, by simulation, by value iteration."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from tests.unit.drawn_attacker import attacker
from threatpoint.errors import TalksError
from threatpoint.laws import probability
from threatpoint.talks import programme
from threatpoint.talks.attacker import Attacker
from threatpoint.talks.freeze import drift_after, freeze
from threatpoint.talks.terms import Side
from threatpoint.talks.watch import drift_at, loss_at, sanction_needed

ONE = {"ratio": 2.0, "doubt": 0.7, "cost": 8.0, "peace": 1.0, "elasticity": 0.8, "lifted": 0.5}


def below(r: float) -> float:
    return float(probability(np.array(math.log(r / 2.0) / 0.7)))


def test_one_draw_by_hand():
    one = attacker(1, **ONE)
    assert one.bar[0] == pytest.approx(1.125)
    chance = freeze(one, loss=4.0)
    expected = (below(1.375) - below(1.125)) / (1.0 - below(1.125))
    assert chance.value == pytest.approx(expected, rel=1e-12)
    cut = freeze(one, loss=4.0, support=0.2)
    moved = 1.375 * 1.2**0.8
    assert cut.value == pytest.approx((below(moved) - below(1.125)) / (1 - below(1.125)), rel=1e-12)
    assert freeze(one, 4.0, 0.2).value == freeze(one, 4.0, drift=drift_after(one, 0.2)).value


def test_what_was_refused_stays_refused_where_nothing_changes():
    assert freeze(attacker()).value == 0.0
    assert freeze(attacker(), loss=-3.0).value == 0.0
    assert freeze(attacker(), support=-0.4).value == 0.0
    assert freeze(attacker(), drift=1.3).value == 0.0


def test_a_front_that_stands_still_or_moves_back_ends_the_war():
    some = attacker()
    assert freeze(some, drift=0.0).value == 1.0
    assert freeze(some, drift=-1.0).value == 1.0
    # peace that costs more than the month: only those to whom ground is dear want out of retreat
    one = attacker(1, **ONE)
    found = freeze(one, loss=-24.0, drift=-1.0)  # tau = 1 + (1 - 12) / 8 = -0.375
    assert found.value == 1.0  # r >= 0.375 is known from the refusal
    found = freeze(one, loss=-56.0, drift=-1.0)  # tau = -2.375
    assert found.value == pytest.approx((1 - below(2.375)) / (1 - below(1.125)), rel=1e-12)
    assert freeze(one, loss=-56.0, drift=0.0).value == 0.0


def test_the_same_by_simulation():
    some, rng = attacker(4000, seed=3), np.random.default_rng(5)
    r = some.ratio[:, None] * np.exp(some.doubt[:, None] * rng.standard_normal((4000, 100)))
    refuses = r > some.bar[:, None]
    accepts = r * drift_after(some, 0.2)[:, None] <= some.bar_with(some.lifted * 5.0)[:, None]
    share = (refuses & accepts).sum() / refuses.sum()
    found = freeze(some, 5.0, 0.2)
    assert found.value == pytest.approx(share, abs=0.005)
    assert 0.0 < found.spread.low < found.value < found.spread.high < 1.0


def test_weights_are_the_likelihood_of_the_refusal():
    some = attacker(256)
    chance = freeze(some, 5.0)
    w = some.refuses
    assert chance.effective == pytest.approx(w.sum() ** 2 / (w @ w))
    assert chance.value == pytest.approx(chance.holds.sum() / w.sum())
    assert 0 < chance.error < 0.05
    ranged = chance.ranged("ground_ratio")
    assert (ranged.unit, ranged.driver) == ("%", "ground_ratio")
    assert ranged.low < ranged.value < ranged.high


@pytest.mark.parametrize("r", [0.5, 0.95, 1.06, 1.3, 1.9, 3.0])
@pytest.mark.parametrize("gain", [0.0, 3.0])
def test_value_iteration_stops_where_the_inequality_says(r, gain):
    cost, peace, drift, delta = 8.0, 1.0, 250.0, 0.98
    land_value = r * cost / drift * (1.0 - delta) / delta
    side = Side(land_value, cost, peace + gain)
    found = programme.freeze_programme(side, 1e5, drift, delta)
    assert found.status.converged
    assert bool(found.stops[0]) == (r <= 1.0 + (peace + gain) / cost)


def test_watch_points_are_roots():
    some = attacker(256)
    for level in (0.25, 0.5):
        drift = drift_at(some, level, 300.0)
        assert freeze(some, drift=drift / 300.0).value == pytest.approx(level, abs=1e-9)
        loss = loss_at(some, level)
        assert freeze(some, loss).value == pytest.approx(level, abs=1e-9)
    assert drift_at(some, 0.5, 300.0) < drift_at(some, 0.25, 300.0) < 300.0
    assert loss_at(some, 0.25, support=0.2) < loss_at(some, 0.25) < loss_at(some, 0.25, -0.2)
    assert loss_at(some, 0.01, support=0.5) == 0.0
    assert math.isnan(loss_at(some, 0.5, most=1.0))


def test_the_sanction_needed_has_the_quantiles_of_what_the_refusal_leaves():
    some, rng = attacker(2000, seed=3), np.random.default_rng(5)
    r = some.ratio[:, None] * np.exp(some.doubt[:, None] * rng.standard_normal((2000, 200)))
    needed = (some.cost[:, None] * (r - 1.0))[r > some.bar[:, None]]
    found = sanction_needed(some)
    expected = np.quantile(needed, [0.05, 0.5, 0.95])
    assert [found.low, found.value, found.high] == pytest.approx(expected, rel=0.02)


def test_draws_without_a_loss_are_left_out():
    some = attacker(64)
    loss = np.where(np.arange(64) < 40, 5.0, np.nan)
    first = type(some)(**{key: value[:40] for key, value in vars(some).items() if len(value) == 64})
    found = freeze(some, loss)
    assert found.value == pytest.approx(freeze(first, 5.0).value, rel=1e-12)
    assert found.effective == pytest.approx(freeze(first, 5.0).effective, rel=1e-12)
    assert math.isnan(freeze(some, math.nan).value)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"support": -1.0}, "change of support is -1 of support; it must be finite and above -1"),
        ({"loss": math.inf}, "loss is inf USD bn per month"),
        ({"drift": math.inf}, "drift is inf"),
    ],
)
def test_what_cannot_be_asked(given, text):
    with pytest.raises(TalksError, match=re.escape(text)):
        freeze(attacker(), **given)


def test_the_attacker_of_drawn_values():
    values = {
        "attacker_expenditure": 120.0, "attacker_war_share": 50.0, "deaths": 4000.0,
        "life_value": 0.5, "sanctions_lifted": 1.0, "ground_ratio": 2.0, "ground_doubt": 0.7,
        "aid_elasticity": 0.8, "part_lifted": 80.0,
    }  # fmt: skip
    found = Attacker.of({f"talks_{key}": np.array([v]) for key, v in values.items()})
    assert found.cost[0] == pytest.approx(5.0 + 2.0)
    assert found.lifted[0] == pytest.approx(0.8)
