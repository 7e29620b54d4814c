"""Acts, game, tree, decision and watch-points of a chain, each against what it must be."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import threatpoint as tp
from tests.chains import quick
from threatpoint.analysis.chain.acts import HIT, OIL, STOP, asking, key_of
from threatpoint.analysis.chain.chain import Chain
from threatpoint.analysis.chain.decision import Decision
from threatpoint.analysis.chain.game import DrawnGame
from threatpoint.analysis.chain.inputs import DECIDES
from threatpoint.analysis.chain.tree import FREEZE, Tree
from threatpoint.analysis.chain.tree import GIVES_IN as YIELDS
from threatpoint.analysis.chain.tree import HIT as STRUCK
from threatpoint.analysis.chain.tree import NOTHING as NONE
from threatpoint.analysis.chain.watch import BELIEF, DRIFT, LOSS, WORD, first_at, watches
from threatpoint.situation import built_in
from threatpoint.spread import Spread
from threatpoint.strategy.answers import break_even_belief, break_even_beliefs
from threatpoint.talks.freeze import freeze

K = 64


def game_of(chain: Chain) -> DrawnGame:
    found = chain.game
    assert found is not None
    return found


# -- acts ----------------------------------------------------------------------------------------


def test_a_key_says_what_is_done():
    assert key_of(HIT, "tariff", ("CHN", "IND")) == "hit tariff CHN+IND"
    assert key_of(HIT, "tariff", ("CHN",), True) == "hit tariff CHN answered"
    assert key_of(OIL, "price-cap") == "oil price-cap"


@pytest.mark.parametrize("name", built_in())
def test_every_act_of_a_situation_stands_under_its_own_key(name):
    chain = quick(2, name=name)
    assert all(key == act.key for key, act in chain.asked.acts.items())
    for threat in chain.threats:
        assert threat.all_hit in chain.worlds
        assert all(threat.hit(party) in chain.worlds for party in threat.parties)
        trade = threat.question.rule.when is not None
        assert all((threat.stop(party) in chain.worlds) == trade for party in threat.parties)
        answered = f"{threat.all_hit} answered" in chain.worlds
        assert answered == threat.answered == bool(threat.question.rule.retaliations)
    done = {act.name for act in chain.asked.acts.values() if act.kind == OIL}
    assert done == set(chain.situation.oil)


def test_a_demand_that_is_no_trade_moves_none():
    chain = quick(2, name="border-2025-02-01")
    (threat, *_) = chain.threats
    assert threat.question.rule.demand is not None
    assert not any(act.kind == STOP for act in chain.asked.acts.values())
    costs = game_of(chain).threats[threat.name].cost
    assert all((cost > 0).all() for cost in costs.values() if not np.isnan(cost).any())


def test_threats_with_one_demand_share_what_giving_in_does():
    situation = tp.load_situation("ukraine-2025-03-31")
    found = asking(situation, quick(2).worlds.economy, "short")
    assert len(found) > 1
    assert len({threat.stops for threat in found}) == 1
    assert found[0].stops == found[0].name


# -- game ----------------------------------------------------------------------------------------

NUMBER = st.floats(-50, 50).map(lambda x: round(x, 6)) | st.just(math.nan)


@given(arrays(float, 12, elements=NUMBER), arrays(float, 12, elements=NUMBER))
def test_break_even_beliefs_are_those_of_each_draw(cost, bite):
    one_by_one = [break_even_belief(*pair) for pair in zip(cost, bite, strict=True)]
    np.testing.assert_array_equal(break_even_beliefs(cost, bite), one_by_one)


def test_a_draw_alone_has_the_game_that_it_has_among_others():
    """Every number of the game of draw k is that of a chain of this draw alone."""
    game = game_of(quick(K))
    for k in (0, 17, 63):
        one = slice(k, k + 1)
        threats = {
            name: replace(
                threat,
                bite={p: x[one] for p, x in threat.bite.items()},
                cost={p: x[one] for p, x in threat.cost.items()},
                gain={p: x[one] for p, x in threat.gain.items()},
            )
            for name, threat in game.threats.items()
        }
        alone = DrawnGame(threats, {key: x[one] for key, x in game.values.items()}, game.history)
        assert alone.weight == pytest.approx(game.weight[one], rel=1e-12)
        for name, threat in game.threats.items():
            for party in threat.asking.parties:
                belief = alone.belief(name, party)
                assert belief == pytest.approx(game.belief(name, party)[one], rel=1e-12)
                assert 0 <= belief <= 1
                assert alone.gives_in[name][party] == game.gives_in[name][party][one]
                needed = break_even_belief(threat.cost[party][k], threat.bite[party][k])
                assert threat.needed[party][k] == needed


def by_rule(game: DrawnGame) -> np.ndarray:
    """(K,) where a target decides by the rule, not as threats on record were answered."""
    return game.values[DECIDES] < 1.0


def test_who_gives_in_believes_enough_or_would_anyway():
    game = game_of(quick(K))
    for name, gives in game.gives_in.items():
        for party, holds in gives.items():
            needed, belief = game.threats[name].needed[party], game.belief(name, party)
            rule = by_rule(game)
            wanted = (belief >= needed) | (needed <= 0)
            np.testing.assert_array_equal(holds[rule], wanted[rule])
            record = game.values[DECIDES] - 1.0 < game.values["type_conceded"]
            np.testing.assert_array_equal(holds[~rule], record[~rule])
            assert game.giving(name)[party] == pytest.approx(holds.mean())


def test_a_threat_that_bites_more_is_given_in_to_in_no_fewer_draws():
    game = game_of(quick(K))
    (name, threat), *_ = game.threats.items()
    harder = replace(threat, bite={p: 2 * x for p, x in threat.bite.items()})
    found = DrawnGame({**game.threats, name: harder}, game.values, game.history)
    for party, holds in game.gives_in[name].items():
        bites = threat.bite[party] > 0
        assert (found.gives_in[name][party] | ~holds | ~bites).all()


# -- tree ----------------------------------------------------------------------------------------

SHARES = arrays(float, K, elements=st.floats(0.01, 0.99))
SCALES = arrays(float, K, elements=st.floats(1.0, 300.0))


def moved(**values: np.ndarray) -> Chain:
    """The chain with other senders."""
    chain = quick(K)
    return replace(chain, values={**chain.values, **values})


@settings(max_examples=15, deadline=None)
@given(SHARES, SHARES, SCALES, SHARES)
def test_leaves_sum_to_one_in_every_draw(h, share, s, rho):
    tree = Tree(moved(type_h=h, type_share=share, type_s=s, type_rho=rho))
    assert 2 <= len(tree.leaves) <= 5
    each = np.array([leaf.each for leaf in tree.leaves])
    assert each.min() >= -1e-12
    assert each.sum(axis=0) == pytest.approx(1.0, abs=1e-12)
    assert sum(leaf.probability for leaf in tree.leaves) == pytest.approx(1.0, abs=1e-12)
    for leaf in tree.leaves:
        q = leaf.ranged
        assert -1e-9 <= q.low <= q.value <= q.high <= 100 + 1e-9


@settings(max_examples=15, deadline=None)
@given(SHARES, SHARES)
def test_a_sender_that_acts_more_often_hits_more(h, more):
    """With who gives in held fixed: a target may give in to what is believed more."""
    chain, other = moved(type_h=np.minimum(h, more)), moved(type_h=np.maximum(h, more))
    low, high = Tree(chain), Tree(other)
    stops = dict.fromkeys(low._stops, np.zeros(K, dtype=bool))
    for tree in (low, high):
        tree.__dict__["_stops"] = stops
    assert (high.nobody_hit <= low.nobody_hit + 1e-12).all()


def test_a_target_that_gives_in_is_not_hit():
    tree = Tree(quick(K))
    tree.__dict__["_stops"] = dict.fromkeys(tree._stops, np.ones(K, dtype=bool))
    assert tree.nobody_hit == pytest.approx(np.ones(K))
    assert [leaf for leaf in tree.leaves if leaf.kind == STRUCK and leaf.probability > 1e-9] == []
    assert (tree.anybody_gives_in == 1).all()
    nothing = next(leaf for leaf in tree.leaves if leaf.kind == NONE)
    assert nothing.probability == pytest.approx(0.0)


def test_who_alone_is_left_is_hit_as_often_as_the_sender_acts_on_it():
    """With one target that goes on, nobody is spared but by the clock and the sender's type."""
    tree = Tree(quick(K))
    game = game_of(tree.chain)
    alone = game.parties[0]
    stops = {party: np.full(K, party != alone) for party in game.parties}
    tree.__dict__["_stops"] = stops
    mass = game.seen_mass / game.seen_mass.sum(axis=1)[:, None]
    chosen = np.sum([each[alone] for each in game.chosen.values() if alone in each], axis=0)
    assert 1 - tree.nobody_hit == pytest.approx((chosen * mass).sum(axis=1), abs=1e-9)


@pytest.mark.parametrize("name", built_in())
def test_the_leaves_of_every_situation(name):
    tree = Tree(quick(K, name=name))
    found = [leaf.probability for leaf in tree.leaves]
    assert found == sorted(found, reverse=True)
    if tree.chain.game is None and tree.chain.rooms.attacker is None:
        assert not tree.leaves
        return
    assert sum(found) == pytest.approx(1.0)
    has_talks = tree.chain.rooms.attacker is not None
    assert any(leaf.kind == FREEZE for leaf in tree.leaves) == has_talks
    game = tree.chain.game
    told = game is not None and any(known.any() for known in game.known.values())
    assert any(leaf.kind == YIELDS for leaf in tree.leaves) == told


# -- decision ------------------------------------------------------------------------------------


def test_the_options_of_the_decision():
    chain = quick(K)
    options = {option.key: option for option in Decision(chain).options}
    nothing = options["nothing"]
    assert nothing.freeze is not None
    assert nothing.loss is not None
    assert (nothing.loss == 0).all()
    assert nothing.sender is None
    for option in options.values():
        assert option.freeze is not None
        if option.key in chain.worlds:
            assert option.loss == pytest.approx(chain.loss(option.key))
        if not option.prior:  # what takes more from the attacker brings a freeze no later
            assert option.loss is not None
            better, worse = option.loss >= 0, option.loss <= 0
            each, quiet = option.freeze.each, nothing.freeze.each
            assert (each[better] >= quiet[better] - 1e-12).all()
            assert (each[worse] <= quiet[worse] + 1e-12).all()


def test_more_support_takes_ground_and_brings_a_freeze_nearer():
    options = {option.key: option for option in Decision(quick(K)).options}
    nothing, more, none = (options[key] for key in ("nothing", "support more", "support none"))
    for one, other in ((more, nothing), (nothing, none)):
        assert one.ground is not None
        assert other.ground is not None
        assert one.freeze is not None
        assert other.freeze is not None
        assert one.freeze.value > other.freeze.value
        assert Spread(one.ground).median < Spread(other.ground).median
    assert options["both"].freeze is not None
    assert more.freeze is not None
    assert options["both"].freeze.value >= more.freeze.value


# -- watch-points --------------------------------------------------------------------------------


@given(st.floats(-5, 5), st.floats(0.1, 10))
def test_the_first_number_from_which_on_something_holds(at, reach):
    found = first_at(lambda x: x >= at, at - reach, at + reach)
    assert found == pytest.approx(at, abs=1e-9)
    assert first_at(lambda _: True, 0.0, 1.0) == 0.0
    assert math.isnan(first_at(lambda _: False, 0.0, 1.0))


def test_a_threshold_is_a_root():
    chain = quick(K)
    attacker, expected = chain.rooms.attacker, chain.rooms.expected
    assert attacker is not None
    found = watches(chain)
    drifts = [w for w in found if w.kind == DRIFT and not math.isnan(w.at)]
    losses = [w for w in found if w.kind == LOSS and w.at > 0]
    assert drifts
    assert losses
    for watch in drifts:
        assert freeze(attacker, 0.0, 0.0, watch.at / expected).value == pytest.approx(
            watch.level, abs=1e-6
        )
    for watch in losses:
        assert freeze(attacker, watch.at).value == pytest.approx(watch.level, abs=1e-6)


def test_a_word_that_is_worth_as_much_makes_a_target_give_in_in_half_of_the_draws():
    chain = quick(K)
    game = game_of(chain)
    words = [w for w in watches(chain) if w.kind == WORD and 0 < w.at < math.inf]
    assert words

    def giving(watch, worth: float) -> float:
        threat = game.threats[watch.threat]
        gain = {**threat.gain, watch.target: threat.gain[watch.target] + worth}
        alone = DrawnGame({watch.threat: replace(threat, gain=gain)}, game.values)
        needed = threat.needed[watch.target]
        return float(np.mean(alone.belief(watch.threat, watch.target) >= needed))

    for watch in words:
        assert giving(watch, watch.at) >= 0.5 > giving(watch, 0.999 * watch.at - 1e-9)


def test_beliefs_are_told_with_their_range():
    for watch in watches(quick(K)):
        if watch.kind == BELIEF and not math.isnan(watch.at):
            assert watch.low <= watch.at <= watch.high
            assert 0 <= watch.today <= 100
