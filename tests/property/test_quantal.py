"""Properties of the probabilities of threat games, at any scale of money and with ties."""

import math

import numpy as np
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from tests.games import random_game, rescaled
from tests.property.test_threat_game import games
from threatpoint.errors import ConvergenceError, PolicyError
from threatpoint.strategy import quantal_response
from threatpoint.strategy.agents import agents
from threatpoint.strategy.precisions import REACH
from threatpoint.strategy.quantal import LARGEST_GAP
from threatpoint.strategy.worth import span, utilities

ANY = games(1) | games(2) | games(2, retaliation=True)
SEEDS = st.integers(0, 10**6)


def chances(found):
    return [found.threat, *found.comply.values(), *found.punished.values()]


def point(game, precision):
    """The point at one lambda; games whose branch forks before it are drawn again."""
    try:
        return quantal_response(game, [precision])[0]
    except ConvergenceError:
        reject()


@given(ANY, st.sampled_from([1e-200, 1e-9, 1.0, 1e6, 1e200]))
def test_at_lambda_zero_every_choice_is_even(game, scale):
    (found,) = quantal_response(rescaled(game, scale), [0])
    k = len(game.targets)
    assert chances(found) == [0.5] * (1 + 2 * k)
    assert found.gap == 0.0


@given(ANY, st.floats(1e-12, 0.4 * REACH))
def test_a_point_obeys_the_logit_formula(game, steepness):
    reach = span(utilities(game))
    precision = steepness / (reach or 1.0)
    found = point(game, precision)
    assert all(0 <= p <= 1 + 1e-12 for p in chances(found))
    assert found.gap <= LARGEST_GAP


@given(ANY, st.floats(0.01, 20.0))
def test_no_agent_loses_more_than_the_logit_formula_lets_it(game, precision):
    """Entropy bounds it: the mean falls short of the best by at most log(actions) / lambda."""
    found = point(game, precision)
    most = max(len(actions) for actions in agents(game).values())
    assert 0 <= found.regret <= math.log(most) / precision + 1e-6 * span(utilities(game))


@given(SEEDS, st.integers(-30, 30))
def test_the_unit_of_money_changes_nothing(seed, power):
    game, scale = random_game(seed, 2), 10.0**power
    (one,) = quantal_response(game, [3.0])
    (other,) = quantal_response(rescaled(game, scale), [3.0 / scale])
    np.testing.assert_allclose(chances(one), chances(other), atol=1e-7)
    assert other.regret == pytest.approx(one.regret * scale, rel=1e-5)


@given(SEEDS, st.floats(0.0, 0.5))
def test_near_lambda_zero_play_moves_no_further_than_lambda_times_the_payoffs(seed, precision):
    """The slope of a logit probability is at most a quarter of the difference of two payoffs."""
    game = random_game(seed, 2)
    (found,) = quantal_response(game, [precision])
    bound = 0.25 * precision * span(utilities(game)) + 1e-9
    assert abs(found.threat - 0.5) <= bound
    assert all(abs(p - 0.5) <= bound for p in found.comply.values())


@given(SEEDS, st.floats(0.1, 10.0))
def test_a_small_step_of_lambda_is_a_small_step_of_the_probabilities(seed, precision):
    """One target: the branch is a formula, each of its three stages a logit of smooth values."""
    game = random_game(seed, 1)
    here, there = quantal_response(game, [precision, precision * (1 + 1e-6)])
    step = 1e-6 * precision * (1 + precision) ** 2 * (1 + span(utilities(game))) ** 3
    np.testing.assert_allclose(chances(here), chances(there), atol=step + 1e-7)


@given(SEEDS, st.integers(1, 3), st.sampled_from([1e3, 1e14, 1e30, 1e300]))
def test_a_huge_lambda_is_one_message_that_names_the_largest(seed, k, precision):
    game = random_game(seed, k)
    with pytest.raises(PolicyError, match=r"is above \S+, the largest solved") as refused:
        quantal_response(game, [precision])
    largest = float(str(refused.value).split("is above ")[1].split(",")[0])
    (found,) = quantal_response(game, [largest])
    assert found.gap <= LARGEST_GAP
    assert found.precision == largest
