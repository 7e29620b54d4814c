"""Properties of threat games, against a plain restatement of subgame perfection."""

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.games import random_game
from threatpoint.strategy import Game, Payoff, Terms, equilibria
from threatpoint.strategy import answers as a
from threatpoint.strategy.game import all_profiles
from threatpoint.strategy.perfect import punishments


@st.composite
def games(draw, k=2, retaliation=False):
    """Games with small whole payoffs, so that ties are common."""
    whole = st.integers(-2, 2)
    payoffs = {
        p: Payoff(draw(whole), tuple(draw(whole) for _ in range(k)))
        for p in all_profiles(k, retaliation)
    }
    return Game(tuple("ABC"[:k]), payoffs, Terms(), retaliation=retaliation)


def plans(game):
    """Every plan of the sender that is best after each list of acts: acts -> profile."""
    words = ["".join(acts) for acts in product("CD", repeat=len(game.targets))]
    best = []
    for acts in words:
        worth = {p: game.sender_utility(p) for p in punishments(acts)}
        best.append([p for p, v in worth.items() if v == max(worth.values())])
    return [dict(zip(words, choice, strict=True)) for choice in product(*best)]


def flip(acts, i):
    return acts[:i] + ("C" if acts[i] == "D" else "D") + acts[i + 1 :]


def plainly(game):
    """All subgame-perfect outcomes of simultaneous moves, plan by plan."""
    found = set()
    for plan in plans(game):
        for acts, profile in plan.items():
            if all(
                game.target_utility(profile, i) >= game.target_utility(plan[flip(acts, i)], i)
                for i in range(len(acts))
            ):
                worth = game.sender_utility(profile)
                found |= {(True, profile)} if worth >= 0 else set()
                found |= {(False, "")} if worth <= 0 else set()
    return found


def in_turn(game):
    """All subgame-perfect profiles of two targets that move in turn, plan by plan."""
    found = set()
    for plan in plans(game):
        second = {
            first: [
                act
                for act in "CD"
                if game.target_utility(plan[first + act], 1)
                == max(game.target_utility(plan[first + x], 1) for x in "CD")
            ]
            for first in "CD"
        }
        for after_c, after_d in product(second["C"], second["D"]):
            ends = [plan["C" + after_c], plan["D" + after_d]]
            top = max(game.target_utility(p, 0) for p in ends)
            found |= {p for p in ends if game.target_utility(p, 0) == top}
    return found


def outcomes(found):
    return {(e.threat, e.profile if e.threat else "") for e in found.found}


@settings(deadline=None)  # the plain restatement tries every plan
@given(games(2) | games(3))
def test_every_equilibrium_is_found_and_nothing_else(game):
    found = equilibria(game)
    assert found.complete
    assert outcomes(found) == plainly(game)


@given(games(2))
def test_every_equilibrium_of_moves_in_turn_is_found_and_nothing_else(game):
    found = equilibria(game, "sequential")
    assert found.complete
    assert {e.profile for e in found.after_threat} == in_turn(game)


@given(
    games(2) | games(3) | games(2, retaliation=True),
    st.sampled_from(["simultaneous", "sequential"]),
)
def test_no_equilibrium_has_regret(game, moves):
    found = equilibria(game, moves)
    assert all(0 <= e.regret <= 1e-8 for e in (*found.found, *found.after_threat))


@given(games(3), st.permutations(range(3)))
def test_relabelling_targets_changes_nothing(game, order):
    def moved(word):
        return "".join(word[i] for i in order)

    payoffs = {
        moved(p): Payoff(pay.sender, tuple(pay.targets[i] for i in order))
        for p, pay in game.payoffs.items()
    }
    other = Game(tuple(game.targets[i] for i in order), payoffs, Terms())
    mine = {(e.threat, moved(e.profile) if e.threat else "") for e in equilibria(game).found}
    assert mine == outcomes(equilibria(other))
    for i, name in enumerate(other.targets):
        at = game.position(name)
        assert a.bite(other, i, "DDD") == a.bite(game, at, "DDD")
        assert a.safety_in_numbers(other, i) == a.safety_in_numbers(game, at)


@given(
    st.integers(0, 10**6),
    st.floats(0, 50),
    st.floats(0, 50),
    st.sampled_from(["DDD", "PPP", "CPD"]),
)
def test_raising_kappa_never_lowers_credibility(seed, kappa, more, profile):
    low, high = random_game(seed, 3, kappa=kappa), random_game(seed, 3, kappa=kappa + more)
    for i in range(3):
        assert a.credibility(high, i, profile) >= a.credibility(low, i, profile) - 1e-9


@given(st.integers(0, 10**6), st.sampled_from(["DDD", "PPP", "CPD"]))
def test_the_price_of_credibility_makes_the_threat_credible(seed, profile):
    game = random_game(seed, 3)
    for i, name in enumerate(game.targets):
        price = a.price_of_credibility(game, i, profile)
        paid = random_game(seed, 3, kappa={name: price})
        assert a.credibility(paid, i, profile) >= -1e-9
        assert price == pytest.approx(max(0.0, -a.credibility(game, i, profile)))


@given(st.integers(0, 10**6), st.floats(0, 1))
def test_a_target_gives_in_exactly_from_its_break_even_belief_on(seed, belief):
    game = random_game(seed, 2)
    cost, bite = a.compliance_cost(game, 0, "DD"), a.bite(game, 0, "DD")
    expected = belief * game.payoff("PD").targets[0] + (1 - belief) * game.payoff("DD").targets[0]
    complies = game.payoff("CD").targets[0]
    threshold = a.break_even_belief(cost, bite)
    if bite > 0 and abs(belief - threshold) > 1e-9:
        assert (complies > expected) == (belief > threshold)


@pytest.mark.parametrize("k", [1, 2, 3])
def test_random_games_have_one_plan_so_the_outcome_count_is_that_of_the_targets_game(k):
    for seed in range(20):
        game = random_game(seed, k)
        assert len(plans(game)) == 1
        assert outcomes(equilibria(game)) == plainly(game)


@pytest.mark.parametrize("order", list(permutations("ABC")))
def test_the_order_of_moves_can_be_given(order):
    game = random_game(7, 3)
    found = equilibria(game, "sequential", order)
    assert len(found.after_threat) == 1
    assert np.isfinite(found.after_threat[0].sender)
