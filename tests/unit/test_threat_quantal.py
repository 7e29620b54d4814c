"""Probabilities by Gambit: against closed forms, and Gambit's own pure equilibria."""

import io
import math

import numpy as np
import pytest
from validation.models.normal_form import logit_equilibrium

from tests.games import game_of, one_target, random_game
from threatpoint.errors import ConvergenceError, MissingExtraError, PolicyError
from threatpoint.strategy import Game, Terms, equilibria, quantal_response
from threatpoint.strategy.tree import extensive_form
from threatpoint.strategy.worth import utilities

gambit = pytest.importorskip("pygambit", reason="the extra 'game' is not installed")


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
        tree = gambit.read_efg(io.StringIO(extensive_form(game, utilities(game))))
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


def test_without_gambit_one_clear_error(monkeypatch):
    monkeypatch.setattr("threatpoint.errors.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"threatpoint\[game\]"):
        quantal_response(random_game(1, 1), [1.0])


CHICKEN = np.array([[0.0, -1.0], [1.0, -10.0]])


def test_a_fork_of_the_branch_is_crossed_or_said():
    """Two equal players: Gambit alone returns the fork near lambda 0.49 for any larger lambda."""
    before = logit_equilibrium([CHICKEN, CHICKEN.T], 0.4)
    beyond = logit_equilibrium([CHICKEN, CHICKEN.T], 5.0)
    assert before.method.startswith("Gambit, path")
    assert "fork" in beyond.method
    assert beyond.gap < 1e-8
    assert beyond.chances[0] == pytest.approx(beyond.chances[1])


def chicken_of_two():
    """Two targets that play chicken: each wants the other to comply, and none to be the last."""

    def target(profile, i):
        mine, other = (profile[x].replace("P", "D") for x in (i, 1 - i))
        payoff = {"CC": 0.0, "CD": -1.0, "DC": 1.0, "DD": -10.0}[mine + other]
        return payoff - (profile[i] == "P")

    return game_of(2, lambda p: -float(p.count("P")), target)


def test_two_equal_targets_part_beyond_the_fork():
    """Gambit's branch leaves the symmetric one there; what it returns is an equilibrium still."""
    before, beyond = quantal_response(chicken_of_two(), [0.1, 3.0])
    assert before.comply["A"] == pytest.approx(before.comply["B"])
    assert beyond.comply["A"] - beyond.comply["B"] > 0.9
    assert max(before.gap, beyond.gap) < 1e-6


def test_a_point_that_is_no_equilibrium_is_never_returned(monkeypatch):
    monkeypatch.setattr("threatpoint.strategy.quantal.LARGEST_GAP", -1.0)
    with pytest.raises(ConvergenceError, match="the branch stops at lambda"):
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
