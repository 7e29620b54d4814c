"""Lambda from 0 to anything, payoffs of any size: an answer, or one message, within seconds."""

import math

import numpy as np
import pytest
from validation.models.normal_form import logit_equilibrium

from tests.gambit_tree import gambit_tree
from tests.games import one_target, random_game, rescaled
from threatpoint.errors import ConvergenceError, PolicyError
from threatpoint.strategy import Game, Payoff, Terms, branch, quantal_response
from threatpoint.strategy.agents import agents, even
from threatpoint.strategy.precisions import largest_precision, require_precisions
from threatpoint.strategy.worth import Worth, utilities

DILEMMA = np.array([[3.0, 0.0], [5.0, 1.0]])
CHICKEN = np.array([[0.0, -1.0], [1.0, -10.0]])


@pytest.mark.parametrize("retaliation", [False, True])
@pytest.mark.parametrize("k", [1, 2, 3])
def test_at_lambda_zero_every_choice_is_exactly_even(k, retaliation):
    (found,) = quantal_response(random_game(3, k, retaliation), [0])
    assert found.threat == 0.5
    assert set(found.comply.values()) == {0.5}
    assert set(found.punished.values()) == {0.5}
    assert found.gap == 0.0


@pytest.mark.parametrize("precision", [0.0, 1e-300, 1e-12, 1e-5])
def test_near_lambda_zero_play_is_near_even(precision):
    (found,) = quantal_response(random_game(0, 2), [precision])
    assert found.threat == pytest.approx(0.5, abs=precision)
    mixed = logit_equilibrium([DILEMMA, DILEMMA.T], precision)
    assert mixed.chances[0] == pytest.approx((0.5, 0.5), abs=precision)
    assert max(found.gap, mixed.gap) < 1e-15


@pytest.mark.parametrize("precision", [1e4, 1e14, 1e30, 1e300])
@pytest.mark.parametrize("k", [1, 3])
def test_a_huge_lambda_names_the_largest_that_is_solved(precision, k):
    with pytest.raises(PolicyError, match=r"is above [\d.e+]+, the largest solved where payoffs"):
        quantal_response(random_game(1, k), [1.0, precision])
    with pytest.raises(PolicyError, match=r"is above 45\.2, the largest solved"):
        logit_equilibrium([CHICKEN, CHICKEN.T], precision)


def test_the_largest_lambda_named_is_solved():
    mixed = logit_equilibrium([CHICKEN, CHICKEN.T], 45.2)
    assert mixed.gap < 1e-8
    assert mixed.chances[0][0] == pytest.approx(0.9, abs=0.01)


def test_the_largest_lambda_falls_with_the_payoffs():
    assert largest_precision(10.0) == 49.8
    assert largest_precision(1e9) == pytest.approx(largest_precision(10.0) * 1e-8)
    assert largest_precision(0.0) == math.inf


@pytest.mark.parametrize("scale", [1e-300, 1e-9, 1e9, 1e300])
def test_huge_and_tiny_payoffs_are_the_same_game_in_another_unit(scale):
    game = one_target((1, -1), (-0.3, 0.5), (-0.5, -2))
    (plain,) = quantal_response(game, [1.0])
    (other,) = quantal_response(rescaled(game, scale), [1.0 / scale])
    assert other.threat == pytest.approx(plain.threat, abs=1e-9)
    assert other.comply["A"] == pytest.approx(plain.comply["A"], abs=1e-9)
    assert other.regret / scale == pytest.approx(plain.regret, rel=1e-6)


@pytest.mark.parametrize("power", [-600, -20, 20, 600])
def test_normal_form_in_another_unit(power):
    plain = logit_equilibrium([CHICKEN, CHICKEN.T], 5.0)
    scaled = CHICKEN * 2.0**power
    other = logit_equilibrium([scaled, scaled.T], 5.0 / 2.0**power)
    assert other.chances == plain.chances


def test_a_game_of_ties_alone_is_even_at_any_lambda():
    found = quantal_response(one_target((0, 0), (0, 0), (0, 0)), [0.0, 1.0, 1e30])
    assert [(q.threat, q.comply["A"], q.punished["A"], q.regret) for q in found] == [
        (0.5, 0.5, 0.5, 0.0)
    ] * 3


def test_what_is_all_but_certain_keeps_its_conditional_probabilities():
    """A target that complies for sure: what it would meet if it defied is still known."""
    (found,) = quantal_response(one_target((1, 40), (0, 0), (0.5, -10)), [2.0])
    assert found.comply["A"] == 1.0
    assert found.punished["A"] == pytest.approx(1 / (1 + math.exp(-1.0)))


def test_a_threat_that_is_never_made_keeps_what_would_follow():
    (found,) = quantal_response(one_target((-400, 1), (-400, 0), (-400, 0)), [1.0])
    assert 0 < found.threat < 1e-170
    assert found.comply["A"] == pytest.approx(1 / (1 + math.exp(-1.0)))


@pytest.mark.parametrize("retaliation", [False, True])
def test_regret_and_worth_are_gambit_s(retaliation):
    game = random_game(5, 2, retaliation)
    _, tree = gambit_tree(game, utilities(game))
    worth = Worth(game, utilities(game), even(game))
    assert len(agents(game)) == len(worth.of)
    theirs = tree.mixed_behavior_profile()
    assert worth.regret == pytest.approx(float(theirs.agent_max_regret()), abs=1e-12)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, 10**400])
def test_a_payoff_or_lambda_that_is_not_finite_is_named(bad):
    with pytest.raises(PolicyError, match="lambda is missing or not finite"):
        quantal_response(random_game(1, 1), [bad])


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_payoff_that_is_not_finite_is_named_with_its_profile(bad):
    pay = {"C": Payoff(1.0, (0.0,)), "D": Payoff(0.0, (bad,)), "P": Payoff(0.0, (-1.0,))}
    with pytest.raises(PolicyError, match=f"profile D pays 0, {bad:g} to the sender and to A"):
        quantal_response(Game(("A",), pay, Terms()), [0.0])


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (["0.1"], "lambda is '0.1'; give a number"),
        ([None], "lambda is None; give a number"),
        ([True], "lambda is True; give a number"),
        ([-0.5], "lambda -0.5 is below 0"),
        ("0.1", r"lambda is '0.1'; give a list of numbers, e.g. \[0.1\]"),
        (0.1, "lambda is 0.1; give a list of numbers"),
    ],
)
def test_what_is_no_lambda_is_one_message(bad, words):
    with pytest.raises(PolicyError, match=words):
        quantal_response(random_game(1, 1), bad)


def test_numbers_of_any_kind_are_lambdas():
    assert require_precisions([0, np.float32(0.5), np.int64(2)]) == [0.0, 0.5, 2.0]


def test_with_retaliation_the_limit_is_four_targets():
    with pytest.raises(PolicyError, match="5 targets with retaliation: the limit is 4"):
        quantal_response(random_game(1, 5, retaliation=True), [1.0])


def test_a_path_without_end_is_one_message(monkeypatch):
    monkeypatch.setattr(branch, "MOST_STEPS", 5)
    with pytest.raises(ConvergenceError, match="no end after 5 steps"):
        quantal_response(random_game(1, 2), [1.0])
