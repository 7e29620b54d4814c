"""Threat games that can be solved by hand."""

import math

import pytest

from tests.games import game_of, one_target, random_game
from threatpoint.errors import PolicyError
from threatpoint.quantity import Quantity
from threatpoint.strategy import Game, NoWorld, Payoff, Terms, equilibria
from threatpoint.strategy import answers as a
from threatpoint.strategy.coalition import without_target
from threatpoint.strategy.game import put, spell
from threatpoint.strategy.perfect import punishments, pure_nash


def outcomes(game, moves="simultaneous"):
    return {(e.threat, e.profile) for e in equilibria(game, moves).found}


# -- answers ---------------------------------------------------------------------------------


def test_answers_of_one_target_by_hand():
    game = one_target((0, -3), (0, 0), (-2, -10), psi=1.0, phi=0.5)
    assert a.bite(game, 0, "D") == 9.0  # 0 - (-10) - 1
    assert a.compliance_cost(game, 0, "D") == 3.5  # 0 - (-3) + 0.5
    assert a.break_even_belief(3.5, 9.0) == pytest.approx(3.5 / 9.0)
    assert a.credibility(game, 0, "D") == -2.0
    assert a.price_of_credibility(game, 0, "D") == 2.0
    assert a.break_even_phi(game, 0, "D") == 6.0  # K - L without phi


def test_the_target_itself_has_no_say_in_the_profile_it_is_judged_at():
    game = random_game(1, 2)
    for measure in (a.bite, a.compliance_cost, a.credibility, a.price_of_credibility):
        assert len({measure(game, 0, put("DP", 0, x)) for x in "CDP"}) == 1


@pytest.mark.parametrize(
    ("cost", "bite", "belief"),
    [(2, 4, 0.5), (4, 2, 2.0), (0, 2, 0.0), (-2, 4, -0.5), (1, 0, math.inf), (-1, 0, 0.0)],
)
def test_break_even_belief_at_its_ends(cost, bite, belief):
    assert a.break_even_belief(cost, bite) == belief


def test_the_seller_s_loss_counts_with_its_weight():
    payoffs = {"C": Payoff(0, (-1,), 10.0), "D": Payoff(0, (0,)), "P": Payoff(-1, (-5,), 3.0)}
    game = Game(("A",), payoffs, Terms(weight=0.5))
    assert game.sender_utility("C") == 5.0
    assert game.sender_utility("P") == 0.5
    assert a.credibility(game, 0, "D") == 0.5
    assert a.price_of_credibility(game, 0, "D") == 1.0  # money only


# -- equilibria ------------------------------------------------------------------------------


def test_a_believed_threat_works():
    game = one_target((1, -3), (0, 0), (-2, -10), kappa=3.0)
    assert outcomes(game) == {(True, "C")}


def test_an_unbelieved_threat_is_not_made():
    game = one_target((1, -3), (0, 0), (-2, -10), kappa=1.0)
    assert outcomes(game) == {(False, "D")}
    assert equilibria(game).after_threat[0].sender == -1.0


def test_credible_exactly_at_its_price():
    game = one_target((1, -3), (0, 0), (-2, -10), kappa=2.0)
    assert a.credibility(game, 0, "D") == 0.0
    assert (True, "C") in outcomes(game)


def test_drezner_s_paradox():
    """Drezner (1999): against an adversary the threat is carried out and fails; against an ally it
    works without being carried out. The adversary minds a concession more (phi), the sender minds
    the cost of punishing an ally more.
    """
    adversary = one_target((2, -3), (0, 0), (1, -5), phi=4.0)
    ally = one_target((2, -3), (0, 0), (-1, -5), kappa=1.5)
    assert outcomes(adversary) == {(True, "P")}
    assert outcomes(ally) == {(True, "C")}
    unbelieved = one_target((2, -3), (0, 0), (-1, -5))
    assert outcomes(unbelieved) == {(True, "D"), (False, "D")}


def test_safety_in_numbers_has_two_equilibria():
    """If the other complies I would be the one punished: comply. If the other defies, one of us is
    punished; the sender picks either, so both worst cases support complying or defying.
    """

    def target(profile, i):
        return {"C": -2.0, "D": 0.0, "P": -6.0}[profile[i]]

    def sender(profile):  # two defiers: sparing both beats punishing both, and punishing one
        defiers = len(profile) - profile.count("C")
        return {0: 3.0, 1: 0.0, 2: 0.0}[defiers] + (
            {0: 0.0, 1: 1.0 if defiers == 1 else -1.0, 2: -3.0}[profile.count("P")]
        )

    game = game_of(2, sender, target)
    assert outcomes(game) == {(True, "CC"), (True, "DD"), (False, "DD")}
    assert a.safety_in_numbers(game, 0) == -2.0 - (-1.0)
    assert all(e.regret <= 1e-8 for e in equilibria(game).found)


def test_the_first_mover_decides_between_two_equilibria():
    """In the same game with moves in turn, the first defies and the second follows."""

    def target(profile, i):
        return {"C": -2.0, "D": 0.0, "P": -6.0}[profile[i]]

    def sender(profile):
        defiers = len(profile) - profile.count("C")
        return {0: 3.0, 1: 0.0, 2: 0.0}[defiers] + (
            {0: 0.0, 1: 1.0 if defiers == 1 else -1.0, 2: -3.0}[profile.count("P")]
        )

    found = equilibria(game_of(2, sender, target), "sequential")
    assert {e.profile for e in found.after_threat} == {"DD"}


def test_retaliation_that_pays_makes_the_threat_hollow():
    def sender(profile):
        return {"C": 1.0, "D": -1.0, "P": 0.0, "R": -4.0}[profile]

    def target(retaliates):
        return lambda profile, i: {"C": -3.0, "D": 0.0, "P": -5.0, "R": retaliates}[profile]

    assert outcomes(game_of(1, sender, target(-6.0), retaliation=True)) == {(True, "C")}
    assert outcomes(game_of(1, sender, target(-4.0), retaliation=True)) == {(False, "D")}


def test_retaliation_without_a_pure_equilibrium_is_said_to_be_missing():
    """Matching pennies between two punished targets has no pure equilibrium."""

    def target(profile, i):
        if set(profile) <= {"P", "R"}:
            same = profile[0] == profile[1]
            return -5.0 + (1.0 if same == (i == 0) else -1.0)
        return {"C": -3.0, "D": 0.0, "P": -5.0, "R": -6.0}[profile[i]]

    game = game_of(2, lambda p: -float(p.count("P")), target, retaliation=True)
    found = equilibria(game)
    assert not found.complete
    assert "no pure equilibrium of retaliation after PP" in found.status


# -- games in normal form --------------------------------------------------------------------


def play(table):
    """Pure equilibria of a 2 x 2 game; P is the first action, R the second."""

    def utility(profile, i):
        mine, other = ("PR".index(profile[x]) for x in (i, 1 - i))
        return float(table[mine][other])

    return [profile for profile, _ in pure_nash("PP", [0, 1], utility)]


def test_prisoner_s_dilemma_has_one_equilibrium():
    assert play([[3, 0], [5, 1]]) == ["RR"]


def test_chicken_has_two():
    assert play([[0, -1], [1, -10]]) == ["PR", "RP"]


# -- what is missing -------------------------------------------------------------------------


def with_hole(profile="PD"):
    full = random_game(3, 2)
    payoffs = {p: v for p, v in full.payoffs.items() if p != profile}
    return Game(full.targets, payoffs, Terms(), {profile: "no finite price"})


def test_an_answer_that_needs_a_missing_world_says_which():
    with pytest.raises(NoWorld, match="PD has no equilibrium: no finite price"):
        a.bite(with_hole(), 0, "DD")
    assert a.over_others(with_hole(), 0, lambda p: a.bite(with_hole(), 0, p)).left_out == 1
    assert a.compliance_cost(with_hole(), 0, "DD") == a.compliance_cost(random_game(3, 2), 0, "DD")


def test_equilibria_with_a_missing_world_are_perhaps_incomplete():
    found = equilibria(with_hole())
    assert not found.complete
    assert "perhaps incomplete: profile PD has no equilibrium" in found.status


# -- bad input -------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [math.nan, math.inf, -1.0, "20", True])
@pytest.mark.parametrize("name", ["kappa", "phi", "psi", "weight"])
def test_terms_refuse_what_is_no_amount(name, value):
    with pytest.raises(PolicyError, match=name):
        Terms(**{name: value})


def test_priors_keep_their_range():
    terms = Terms(kappa={"A": Quantity(10, 5, 20)}, phi=10)
    assert terms.prior("kappa", "A").low == 5
    assert terms.prior("phi").high == 10
    rows = terms.rows()
    assert [r["term"] for r in rows] == ["kappa", "phi", "psi", "weight"]
    assert all(r["prior"] for r in rows)


def test_terms_of_a_stranger_name_the_nearest_target():
    with pytest.raises(PolicyError, match="did you mean 'IND'"):
        Game(("IND",), {p: Payoff(0, (0,)) for p in "CDP"}, Terms(phi={"INDI": 1}))


@pytest.mark.parametrize(
    ("targets", "payoffs", "words"),
    [
        ((), {}, "needs targets"),
        (("A", "A"), {}, "each once"),
        (("A",), {"C": Payoff(0, (0,))}, "3 profiles are needed, 1 are given"),
        (("A",), {p: Payoff(0, (0,)) for p in "CDPX"}, "'X' is unknown"),
        (("A",), {p: Payoff(0, (0, 1)) for p in "CDP"}, "needs 1 target payoffs"),
    ],
)
def test_games_refuse_what_is_no_game(targets, payoffs, words):
    with pytest.raises(PolicyError, match=words):
        Game(targets, payoffs, Terms())


def test_moves_and_orders_are_checked():
    game = random_game(1, 2)
    with pytest.raises(PolicyError, match="did you mean 'sequential'"):
        equilibria(game, "sequentialy")
    with pytest.raises(PolicyError, match="name each target once"):
        equilibria(game, "sequential", ("A",))
    with pytest.raises(PolicyError, match="unknown target"):
        game.position("Z")


def test_dropping_a_target_keeps_the_others_payoffs():
    game = random_game(5, 3, kappa={"A": 1.0, "B": 2.0, "C": 3.0})
    smaller = without_target(game, "B")
    assert smaller.targets == ("A", "C")
    assert smaller.payoff("PC").targets == game.payoff("PDC").targets[::2]
    # the one that is not threatened costs no audience
    assert smaller.sender_utility("DD") == game.sender_utility("DDD") + 2.0
    with pytest.raises(PolicyError, match="only target"):
        without_target(random_game(1, 1), "A")


def test_words():
    assert spell("CP", ("A", "B")) == "A complies; B defies, is punished"
    assert punishments("CDD") == ["CDD", "CDP", "CPD", "CPP"]
