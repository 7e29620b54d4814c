"""Properties of beliefs in the sender's type."""

import itertools
import math
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.games import random_game
from threatpoint.strategy import Payoff, Resolve, Step, Terms, gains_of, opinions, share_giving_in
from threatpoint.strategy.type_priors import type_priors

USA = type_priors("USA")
GAIN = st.floats(-200.0, 100.0)
SEEDS = st.integers(0, 10**6)
DRAWS = 64
MADE = Step("2025-01-01", "t", "made")
CLOCK = Step("2025-02-01", "t", "clock")
NEVER_UP = 1e-12


def targets(least=1):
    return st.dictionaries(st.sampled_from("ABCD"), GAIN, min_size=least, max_size=4)


@st.composite
def cases(draw):
    """Gains of two threats, and a history of both."""
    gains = {"t": draw(targets()), "u": draw(targets())}
    steps = [MADE, Step("2025-01-01", "u", "made")]
    steps += [
        Step("2025-02-01", t, "clock") for t in draw(st.lists(st.sampled_from("tu"), max_size=4))
    ]
    return gains, steps


def made(game):
    return Resolve({"t": gains_of(game)}, USA, DRAWS).rows([MADE])


@given(SEEDS, st.integers(1, 3), st.floats(-50.0, 50.0), st.floats(-50.0, 50.0), st.booleans())
def test_a_constant_added_to_a_player_s_payoffs_changes_nothing(seed, k, ours, theirs, back):
    game = random_game(seed, k, back)
    payoffs = {
        profile: Payoff(pay.sender + ours, tuple(value + theirs for value in pay.targets))
        for profile, pay in game.payoffs.items()
    }
    for one, other in zip(made(game), made(replace(game, payoffs=payoffs)), strict=True):
        for key in ("belief_tough", "hit_probability", "hit_low", "hit_high"):
            assert math.isclose(one[key], other[key], rel_tol=1e-9)


@given(SEEDS, st.integers(1, 3), st.floats(0.0, 50.0), st.floats(0.0, 50.0), st.booleans())
def test_more_audience_cost_never_makes_being_hit_less_likely(seed, k, first, more, back):
    game = random_game(seed, k, back)
    low, high = (replace(game, terms=Terms(kappa=kappa)) for kappa in (first, first + more))
    for one, other in zip(made(low), made(high), strict=True):
        for key in ("belief_tough", "hit_probability", "hit_low", "hit_high"):
            assert other[key] >= one[key] - NEVER_UP


@given(GAIN, st.floats(0.0, 50.0), st.integers(0, 6))
def test_nor_does_it_for_one_target_after_clocks_that_passed(gain, more, clocks):
    """Of several targets it may: a sender tougher on the others is cleared by the clock."""
    steps = [MADE, *[CLOCK] * clocks]
    one, other = (Resolve({"t": {"A": g}}, USA, DRAWS).rows(steps)[-1] for g in (gain, gain + more))
    for key in ("belief_tough", "hit_probability"):
        assert other[key] >= one[key] - NEVER_UP


@given(targets(), st.integers(1, 12), st.floats(0.0, 1.0))
def test_a_passed_clock_of_one_threat_never_raises_the_belief(gains, clocks, rho):
    of = Resolve({"t": gains}, USA, DRAWS).with_prior("rho", rho)
    rows = of.rows([MADE, *[CLOCK] * clocks])
    for target in gains:
        own = [row for row in rows if row["target"] == target]
        for one, other in itertools.pairwise(own):
            for key in ("belief_tough", "hit_probability", "hit_low", "hit_high"):
                assert other[key] <= one[key] + NEVER_UP


@given(cases(), st.permutations("ABCD"))
def test_relabelling_targets_permutes_the_answers(case, others):
    gains, steps = case
    name = dict(zip("ABCD", others, strict=True))
    renamed = {t: {name[i]: gain for i, gain in own.items()} for t, own in gains.items()}
    first, second = (Resolve(each, USA, DRAWS).rows(steps) for each in (gains, renamed))
    for one, other in zip(first, second, strict=True):
        assert (name[one["target"]], one["threat"]) == (other["target"], other["threat"])
        for key in ("belief_tough", "hit_before", "hit_probability", "hit_low", "hit_high"):
            assert math.isclose(one[key], other[key], rel_tol=1e-9) or math.isnan(one[key])


@given(cases())
def test_probabilities_are_some_and_the_range_over_s_holds_no_other(case):
    gains, steps = case
    for row in Resolve(gains, USA, DRAWS).rows(steps):
        assert 0.0 <= row["hit_probability"] <= row["belief_tough"] <= 1.0 + 1e-12
        assert 0.0 <= row["hit_low"] <= row["hit_high"] <= 1.0 + 1e-12
        assert 0.0 < row["effective_draws"] <= DRAWS + 1e-6


@given(targets(2), st.integers(0, 3))
def test_who_brings_the_sender_more_is_likelier_to_be_hit_at_every_s(gains, clocks):
    rows = Resolve({"t": gains}, USA, DRAWS).rows([MADE, *[CLOCK] * clocks])[-len(gains) :]
    ordered = sorted(rows, key=lambda row: row["gain_usd_bn"])
    for key in ("belief_tough", "hit_probability", "hit_low", "hit_high"):
        values = [row[key] for row in ordered]
        assert all(b >= a - 1e-9 for a, b in itertools.pairwise(values))


@given(targets(), st.lists(st.floats(-0.5, 1.5), min_size=2, max_size=5))
def test_who_needs_to_believe_more_gives_in_less_often(gains, needed):
    found = opinions(Resolve({"t": gains}, USA, DRAWS), [MADE, CLOCK], "t", next(iter(gains)))
    shares = [share_giving_in(found, x) for x in sorted(needed)]
    assert all(0.0 <= share <= 1.0 + 1e-12 for share in shares)
    assert all(b <= a for a, b in itertools.pairwise(shares))
