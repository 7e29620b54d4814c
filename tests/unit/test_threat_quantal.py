"""Probabilities: against closed forms, Gambit's path, and Gambit's own pure equilibria."""

import math

import numpy as np
import pytest
from validation.models.normal_form import logit_equilibrium

from tests.gambit_tree import gambit_path, gambit_tree
from tests.games import game_of, one_target, random_game
from threatpoint.errors import ConvergenceError, PolicyError
from threatpoint.strategy import Game, Terms, branch, equilibria, quantal_response
from threatpoint.strategy.worth import utilities


def logit(x):
    return 1 / (1 + math.exp(-x))


@pytest.mark.parametrize("precision", [0.0, 0.3, 1.0, 4.0])
def test_one_target_equals_backward_induction(precision):
    game = one_target((1, -1), (-0.3, 0.5), (-0.5, -2))
    (found,) = quantal_response(game, [precision])
    carry = logit(precision * (-0.5 + 0.3))
    comply = logit(precision * (-1 - (carry * -2 + (1 - carry) * 0.5)))
    threat = logit(precision * (comply + (1 - comply) * (carry * -0.5 + (1 - carry) * -0.3)))
    assert found.punished["A"] == pytest.approx(carry, abs=1e-8)
    assert found.comply["A"] == pytest.approx(comply, abs=1e-8)
    assert found.threat == pytest.approx(threat, abs=1e-8)
    assert found.gap < 1e-9


@pytest.mark.parametrize("retaliation", [False, True])
def test_the_probabilities_obey_the_logit_formula(retaliation):
    for found in quantal_response(random_game(4, 2, retaliation), [0.0, 1.0, 5.0]):
        assert found.gap < 1e-8
        chances = [found.threat, *found.comply.values(), *found.punished.values()]
        assert all(0 <= p <= 1 for p in chances)


def test_at_lambda_zero_choice_is_even():
    (found,) = quantal_response(random_game(2, 2), [0.0])
    assert found.threat == pytest.approx(0.5)
    assert list(found.comply.values()) == pytest.approx([0.5, 0.5])


def test_at_large_lambda_it_goes_to_the_pure_equilibrium():
    game = one_target((1, -3), (0, 0), (-2, -10), kappa=3.0)
    (found,) = quantal_response(game, [40.0])
    assert found.threat > 0.999
    assert found.comply["A"] > 0.999
    assert found.regret < 0.01


@pytest.mark.parametrize(("k", "retaliation"), [(1, False), (1, True), (2, False)])
def test_every_pure_equilibrium_is_one_of_gambit_s(k, retaliation):
    """Gambit lists the pure equilibria of the agent form; the subgame-perfect ones are among
    them, so every payoff found here must be among Gambit's. Two targets that retaliate are left
    out: Gambit's enumeration of that tree takes minutes.
    """
    for seed in range(6):
        game = random_game(seed, k, retaliation)
        gambit, tree = gambit_tree(game, utilities(game))
        theirs = set()
        for point in gambit.nash.enumpure_agent_solve(tree).equilibria:
            theirs.add(tuple(round(float(v), 9) for _, v in point.payoffs))
        mine = equilibria(game).found
        assert mine or (k, retaliation) == (2, False)
        for found in mine:
            assert tuple(round(v, 9) for v in (found.sender, *found.targets)) in theirs


@pytest.mark.parametrize("bad", [-1.0, math.nan, math.inf])
def test_lambda_must_be_a_number_from_zero_on(bad):
    with pytest.raises(PolicyError, match="lambda"):
        quantal_response(random_game(1, 1), [1.0, bad])


def test_too_many_targets_and_missing_worlds_are_refused():
    with pytest.raises(PolicyError, match="the limit is 5"):
        quantal_response(random_game(1, 6), [1.0])
    full = random_game(1, 1)
    holed = Game(full.targets, {p: full.payoffs[p] for p in "CD"}, Terms(), {"P": "infeasible"})
    with pytest.raises(PolicyError, match="P has no payoff: infeasible"):
        quantal_response(holed, [1.0])


CHICKEN = np.array([[0.0, -1.0], [1.0, -10.0]])


@pytest.mark.parametrize("precision", [0.5, 3.0, 20.0])
@pytest.mark.parametrize(("k", "retaliation"), [(1, True), (2, False), (2, True), (3, False)])
def test_the_branch_is_gambit_s(k, retaliation, precision):
    for seed in range(4):
        game = random_game(seed, k, retaliation)
        payoffs = utilities(game)
        reached, theirs = gambit_path(game, payoffs, precision)
        assert reached == pytest.approx(precision, abs=1e-6)
        (found,) = quantal_response(game, [precision])
        assert found.threat == pytest.approx(theirs[0, "start"]["threat"], abs=1e-6)
        for i, target in enumerate(game.targets):
            assert found.comply[target] == pytest.approx(theirs[i + 1, "first"]["C"], abs=1e-6)


TURNS_BACK = [
    np.array([[3.0, -5.0, 2.0], [-10.0, -6.0, 0.0], [-3.0, 6.0, 1.0]]),
    np.array([[5.0, 0.0, 1.0], [1.0, 8.0, 6.0], [-4.0, -1.0, 7.0]]),
]


def test_a_branch_that_turns_back_is_followed_around_its_fold(monkeypatch):
    """Beyond lambda 0.54 the branch comes back before it goes on; Gambit's path does the same."""
    gambit = pytest.importorskip("pygambit", reason="Gambit is not installed")
    directions = []
    ahead = branch._tangent

    def spied(system, at, before):
        directions.append(float(ahead(system, at, before)[-1]))
        return ahead(system, at, before)

    monkeypatch.setattr(branch, "_tangent", spied)
    found = logit_equilibrium(TURNS_BACK, 3.0)
    game = gambit.StrategicGame.from_arrays(*TURNS_BACK)
    (theirs,) = gambit.qre.logit_solve_lambda(game, lam=[3.0])
    assert min(directions) < 0
    assert found.gap < 1e-8
    for mine, who in zip(found.chances, game.players, strict=True):
        assert mine == pytest.approx([float(p) for _, p in theirs.profile[who]], abs=1e-6)


def test_alike_players_stay_alike_beyond_the_fork():
    before = logit_equilibrium([CHICKEN, CHICKEN.T], 0.4)
    beyond = logit_equilibrium([CHICKEN, CHICKEN.T], 5.0)
    assert max(before.gap, beyond.gap) < 1e-8
    assert beyond.chances[0] == pytest.approx(beyond.chances[1])


def chicken_of_two():
    """Two targets that play chicken: each wants the other to comply, and none to be the last."""

    def target(profile, i):
        mine, other = (profile[x].replace("P", "D") for x in (i, 1 - i))
        payoff = {"CC": 0.0, "CD": -1.0, "DC": 1.0, "DD": -10.0}[mine + other]
        return payoff - (profile[i] == "P")

    return game_of(2, lambda p: -float(p.count("P")), target)


def test_two_equal_targets_stay_equal_beyond_the_fork():
    """Gambit's path leaves the symmetric branch there; both are equilibria."""
    before, beyond = quantal_response(chicken_of_two(), [0.1, 3.0])
    for found in (before, beyond):
        assert found.comply["A"] == pytest.approx(found.comply["B"])
        assert found.gap < 1e-8


def test_a_point_that_is_no_equilibrium_is_never_returned(monkeypatch):
    monkeypatch.setattr("threatpoint.strategy.quantal.LARGEST_GAP", -1.0)
    with pytest.raises(ConvergenceError, match="no probabilities at lambda 3"):
        quantal_response(chicken_of_two(), [3.0])


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ([np.eye(2)], "players need"),
        ([np.eye(2), np.eye(3)], "players need"),
        ([np.eye(2), np.full((2, 2), np.nan)], "not finite"),
    ],
)
def test_normal_form_refuses_what_is_no_game(arrays, words):
    with pytest.raises(PolicyError, match=words):
        logit_equilibrium(arrays, 1.0)
