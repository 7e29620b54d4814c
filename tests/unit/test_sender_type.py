"""The sender's type by hand, against plain draws, and bad input."""

import doctest
import math
from datetime import date

import numpy as np
import pytest
from scipy.special import expit, ndtr, ndtri
from scipy.stats import qmc

from tests.games import game_of, one_target
from threatpoint.errors import PolicyError
from threatpoint.quantity import Quantity
from threatpoint.strategy import (
    Resolve,
    Step,
    base_rate,
    base_rate_of,
    beliefs,
    compared,
    gains_of,
    giving_in_rows,
    history,
    opinions,
    record,
    resolve,
    share_giving_in,
    type_priors,
)
from threatpoint.strategy.history import Evidence
from threatpoint.strategy.type_priors import RECORD

USA = type_priors("USA")
MADE = Step("2025-01-01", "t", "made")
CLOCK = Step("2025-02-01", "t", "clock")


def fixed(gains, **numbers):
    """The type with priors at numbers; h in two points, .2 and .8, unless it is given."""
    found = Resolve(gains, USA, 64)
    for name, value in {"share": 0.5, "years": 1.0, "rho": 0.0, "s": 10.0, **numbers}.items():
        found = found.with_prior(name, value)
    return found if "h" in numbers else found.with_prior("h", Quantity(0.5, 0.2, 0.8), "ends")


def row(found, target="A"):
    return next(r for r in reversed(found) if r["target"] == target)


# -- the record -------------------------------------------------------------------------------


def test_the_record_has_the_counts_that_are_published():
    every, own = base_rate("all"), base_rate("USA")
    assert (every.threats, every.conceded, every.stood_firm, every.backed_down) == (
        633, 144, 349, 140,
    )  # fmt: skip
    assert (own.threats, own.conceded, own.stood_firm, own.backed_down) == (274, 73, 132, 69)
    assert own.threats == own.conceded + own.resisted
    assert own.share == 132 / 201
    assert own.logit == pytest.approx(math.log(132 / 69))
    assert own.standard_error == pytest.approx(math.sqrt(132 * 69 / 201**3))
    assert own.row()["years"] == "1970-2000"


def test_a_sender_that_is_not_told_apart_is_one_of_all():
    assert base_rate_of(("USA",)).sender == "USA"
    assert base_rate_of(("USA", "GBR")).sender == base_rate_of(("JPN",)).sender == "all"
    with pytest.raises(PolicyError, match="unknown sender of the record 'UAS'"):
        base_rate("UAS")


# -- by hand ----------------------------------------------------------------------------------


def test_two_points_of_s_and_h_one_target_one_clock():
    """Gamma -10 with b 0: p is Lambda(-2) at s 5 and Lambda(-.5) at s 20, half each."""
    of = fixed({"t": {"A": -10.0}}).with_prior("s", Quantity(12.5, 5.0, 20.0), "ends")
    first, second = (row(of.rows(steps)) for steps in ([MADE], [MADE, CLOCK]))
    p = (expit(-2.0), expit(-0.5))
    tough = sum(p) / 2
    # h is .2 or .8: a sender that is tough lets a clock pass with chance .5 in the mean, and then
    # acts at the next with mean h (1 - h) = .16
    passed = 1 - 0.5 * tough
    assert first["belief_tough"] == pytest.approx(tough, abs=1e-3)
    assert first["hit_probability"] == pytest.approx(0.5 * tough, abs=1e-3)
    assert second["belief_tough"] == pytest.approx(0.5 * tough / passed, abs=1e-3)
    assert second["hit_probability"] == pytest.approx(0.16 * tough / passed, abs=1e-3)
    assert second["hit_before"] == pytest.approx(first["hit_probability"])
    low, high = (0.16 * x / (1 - 0.5 * x) for x in p)
    assert second["hit_low"] == pytest.approx(low, rel=0.03)
    assert second["hit_high"] == pytest.approx(high, rel=0.03)


def test_who_is_tough_on_the_harsher_threat_is_tough_on_the_milder():
    """B 0, s 10: tough on the mild one with Lambda(-1), on the harsh one with Lambda(-2)."""
    of = fixed({"mild": {"A": -10.0}, "harsh": {"A": -20.0}}, h=0.5)
    mild, harsh = expit(-1.0), expit(-2.0)
    steps = [
        Step("2025-01-01", "harsh", "made"),
        Step("2025-02-01", "harsh", "clock"),
        Step("2025-02-01", "mild", "asked"),
    ]
    found = of.rows(steps)
    assert found[-1]["belief_tough"] == pytest.approx(
        (mild - 0.5 * harsh) / (1 - 0.5 * harsh), abs=2e-3
    )
    assert found[-2]["belief_tough"] == pytest.approx(0.5 * harsh / (1 - 0.5 * harsh), abs=2e-3)
    struck = [steps[0], Step("2025-02-01", "harsh", "clock", {"A"}), steps[2]]
    assert of.rows(struck)[-1]["belief_tough"] == pytest.approx(1.0)


def test_whom_a_sender_that_acts_spares_it_is_not_tough_on():
    of = fixed({"t": {"A": 0.0, "B": 0.0}, "u": {"B": 10.0}}, h=0.5)
    steps = [MADE, Step("2025-02-01", "t", "clock", {"A"}), Step("2025-02-01", "u", "asked")]
    hit, spared, other = of.rows(steps)[2:]
    assert (hit["belief_tough"], spared["belief_tough"]) == (pytest.approx(1.0), 0.0)
    assert hit["was_hit"]
    assert not spared["was_hit"]
    assert math.isnan(hit["hit_probability"])
    # eps_B below 0 is known: still tough where it gains 10
    assert other["belief_tough"] == pytest.approx((expit(1.0) - 0.5) / 0.5, abs=2e-3)


def test_each_target_alone_is_tough_with_the_logistic_probability():
    gains = {"t": {"A": -30.0, "B": 4.0}}
    for rho in (0.0, 0.5, 1.0):
        found = Resolve(gains, USA, 4096).with_prior("rho", rho).with_prior("s", 10.0)
        found = found.with_prior("share", 0.66).with_prior("years", 1.0)
        for target, gain in gains["t"].items():
            wanted = expit(math.log(0.66 / 0.34) + gain / 10.0)
            assert row(found.rows([MADE]), target)["belief_tough"] == pytest.approx(
                wanted, abs=2e-3
            )


def test_the_sums_equal_plain_draws():
    """Every eps and every h drawn, every history weighed as it happened."""
    gains = {"a": {"A": 2.0, "B": -20.0, "C": 0.0}, "b": {"A": -15.0, "B": -60.0}, "c": {"A": 1.0}}
    steps = [
        Step("2025-01-01", "a", "made"), Step("2025-02-01", "a", "clock"),
        Step("2025-02-02", "b", "made"), Step("2025-03-01", "b", "clock"),
        Step("2025-03-02", "c", "made"), Step("2025-04-01", "c", "clock", {"A"}),
        Step("2025-04-01", "a", "asked"),
    ]  # fmt: skip
    found = {r["target"]: r for r in Resolve(gains, USA).rows(steps) if r["step"] == "asked"}
    u = qmc.Sobol(9, seed=3).random(2**18)
    u = np.clip(u, 1e-9, 1 - 1e-9)
    share, s, h, years, rho = (
        USA[name].at(u[:, k]) for k, name in enumerate(("share", "s", "h", "years", "rho"))
    )
    own = np.sqrt(1 - rho)[:, None] * ndtri(u[:, 6:])
    q = ndtr(np.sqrt(rho)[:, None] * ndtri(u[:, 5])[:, None] + own)
    resolve = np.log(q / (1 - q))
    bar = np.log(share / (1 - share))[:, None]
    tough = {
        t: resolve[:, :3] >= -(bar + years[:, None] * np.array(list(g.values())) / s[:, None])
        for t, g in ((t, {"A": g["A"], "B": g.get("B", -9e9), "C": g.get("C", -9e9)})
                     for t, g in gains.items())
    }  # fmt: skip
    weight = (1 - h * tough["a"].any(1)) * (1 - h * tough["b"].any(1)) * h * tough["c"][:, 0]
    for k, target in enumerate("ABC"):
        p = (weight * h * tough["a"][:, k]).sum() / weight.sum()
        assert found[target]["hit_probability"] == pytest.approx(p, abs=3e-3)


def test_few_draws_give_what_many_give():
    gains = {"t": {"A": -24.0, "B": 3.4}, "u": {"A": -115.0, "B": -10.0}}
    steps = [MADE, CLOCK, Step("2025-03-01", "u", "made"), Step("2025-04-01", "u", "clock")]
    few, many = (beliefs(gains, steps, USA, draws=n) for n in (4096, 65536))
    for one, other in zip(few, many, strict=True):
        for key in ("belief_tough", "hit_probability", "hit_low", "hit_high"):
            assert one[key] == pytest.approx(other[key], abs=0.005)


def test_the_probability_of_a_history_is_that_of_its_clocks_one_after_another():
    of = fixed({"t": {"A": -5.0}, "u": {"A": 5.0}})
    steps = [MADE, CLOCK, Step("2025-03-01", "u", "made")]
    steps += [Step("2025-04-01", "u", "clock", {"A"})]
    found = of.rows(steps)
    alone = (1 - found[1]["hit_before"]) * found[3]["hit_before"]  # one target: hit or not
    assert of.probability(steps) == pytest.approx(alone)
    assert of.probability([MADE]) == 1.0
    assert of.probability([]) == 1.0
    assert of.rows([]) == []


@pytest.mark.parametrize("module", [record, resolve, history])
def test_the_examples_run(module):
    assert doctest.testmod(module).failed == 0


# -- who gives in -----------------------------------------------------------------------------


def test_the_mean_opinion_is_the_probability_of_being_hit():
    of = Resolve({"t": {"A": -24.0, "B": 3.4}}, USA)
    for steps in ([MADE], [MADE, CLOCK], [MADE, CLOCK, CLOCK]):
        for target in "AB":
            found = opinions(of, steps, "t", target)
            assert found.mean == pytest.approx(
                row(of.rows(steps), target)["hit_probability"], abs=3e-3
            )
            assert found.weight.sum() == pytest.approx(1.0)


def test_the_share_that_gives_in_is_that_of_beliefs_above_what_is_needed():
    found = opinions(fixed({"t": {"A": 0.0}}, h=0.5), [MADE], "t", "A")
    assert np.allclose(found.belief, 0.25, atol=5e-3)
    assert share_giving_in(found, 0.2) == pytest.approx(1.0)
    assert share_giving_in(found, 0.3) == share_giving_in(found, math.inf) == 0.0
    assert share_giving_in(found, -0.1) == 1.0
    assert math.isnan(share_giving_in(found, math.nan))


def test_rows_of_who_gives_in_stand_for_every_open_threat():
    of = Resolve({"t": {"A": 0.0, "B": 5.0}}, USA, 64)
    steps = [MADE, CLOCK, Step("2025-03-01", "t", "clock", {"B"})]
    rows = giving_in_rows(of, steps, {"t": {"A": 0.3, "B": math.inf}})
    assert [(r["step"], r["target"]) for r in rows] == [
        ("made", "A"), ("made", "B"), ("clock", "A"), ("clock", "B"),
    ]  # fmt: skip
    first, other, later, _ = rows
    assert first["gives_in"] == share_giving_in(opinions(of, [MADE], "t", "A"), 0.3)
    assert first["gives_in"] > later["gives_in"]
    assert other["gives_in"] == 0.0
    assert first["concept"]
    with pytest.raises(PolicyError, match="2025-01-01, t: unknown target 'B'; known: A"):
        giving_in_rows(of, steps, {"t": {"A": 0.3}})


# -- beside quantal response ------------------------------------------------------------------


def test_gains_are_after_the_stated_answer():
    game = game_of(1, lambda p: {"C": 1, "D": 0, "P": 2, "R": -5}[p], lambda p, i: 0,
                   retaliation=True, kappa=1.0)  # fmt: skip
    assert gains_of(game) == {"A": -4.0}


def test_for_one_target_both_models_are_the_same_logistic():
    game = one_target((0, -1), (0, 0), (-3, -10))
    for found in compared(game, USA, (1.0, 5.0, 37.0)):
        assert found["type_alone"] == pytest.approx(expit(-3 / found["s_usd_bn"]))
        assert found["quantal_probability"] == pytest.approx(found["type_alone"], abs=1e-6)
        assert found["type_probability"] > found["type_alone"]
        assert found["type_concept"] != found["quantal_concept"]


def test_where_quantal_response_is_not_solved_the_row_says_why():
    game = one_target((0, -1), (0, 0), (-3000, -10))
    (found,) = compared(game, USA, (1.0,))
    assert math.isnan(found["quantal_probability"])
    assert "lambda" in found["status"]
    assert found["type_probability"] == pytest.approx(0.0, abs=1e-12)


# -- priors -----------------------------------------------------------------------------------


def test_every_prior_says_its_range_source_and_date():
    for name, prior in USA.items():
        told = prior.row()
        assert told["prior"] == name
        assert told["low"] < told["value"] < told["high"]
        assert told["source"]
        assert told["page"]
        assert told["known"]
    assert (USA["s"].quantity.low, USA["s"].quantity.high) == (5.0, 280.0)
    assert USA["share"].law == RECORD
    half = np.array([0.5])
    assert USA["share"].at(half) == pytest.approx(132 / 201, abs=2e-3)
    assert USA["share"].quantity.low < 0.605 < 0.705 < USA["share"].quantity.high


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("scale", 5.0, "unknown prior of the sender's type 'scale'"),
        ("s", 0.0, "s of 0 is out of range: give 0.01 to 100000 USD bn"),
        ("s", float("nan"), "s: value and range must be finite"),
        ("s", "37", "s is '37'; give a number in USD bn"),
        ("s", Quantity(1.0, 1.0, 1.0, "EUR bn"), "s is in 'EUR bn'"),
        ("s", Quantity(10.0, 5.0, 280.0), "s: loguniform: 10 is not the geometric middle"),
        ("h", 1.2, "h of 1.2 is out of range: give 0 to 1"),
        ("rho", -0.1, "rho of -0.1 is out of range"),
        ("years", 0.0, "years of 0 is out of range"),
        ("share", 1.0, "share of 1 is out of range"),
        ("h", True, "h is True; give a number"),
    ],
)
def test_a_prior_out_of_range_is_refused(name, value, words):
    with pytest.raises(PolicyError) as caught:
        Resolve({"t": {"A": 1.0}}).with_prior(name, value)
    assert str(caught.value).startswith(words)


def test_a_law_that_is_not_known_is_refused():
    with pytest.raises(PolicyError, match="s: unknown law 'normal'"):
        Resolve({"t": {"A": 1.0}}).with_prior("s", 37.0, "normal")


def test_a_share_with_a_range_is_drawn_evenly():
    share = USA["share"].given(Quantity(0.6, 0.5, 0.7))
    assert share.at(np.array([0.25])) == pytest.approx(0.55)


# -- bad input --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([CLOCK], "2025-02-01, t: a clock before the threat was made"),
        ([MADE, MADE], "2025-01-01, t: the threat was made already"),
        ([CLOCK, MADE], "2025-02-01, t: a clock before the threat was made"),
        ([MADE, Step("2024-12-01", "t", "clock")], "the step before it is of 2025-01-01"),
        ([Step("2025-01-01", "tt", "made")], "2025-01-01: unknown threat 'tt' (did you mean 't'"),
        ([MADE, Step("2025-02-01", "t", "clock", {"Z"})], "2025-02-01, t: unknown target 'Z'"),
        (
            [MADE, Step("2025-02-01", "t", "clock", {"A"}), Step("2025-03-01", "t", "clock")],
            "2025-03-01, t: a clock after the threat was carried out",
        ),
    ],
)
def test_a_history_that_cannot_have_been_is_refused(steps, words):
    with pytest.raises(PolicyError) as caught:
        Resolve({"t": {"A": 1.0}}, draws=2).rows(steps)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("2025-02-30", "t", "made"), "'2025-02-30' is not a date"),
        (("2025-02-01", "t", "passed"), "unknown kind of step 'passed'"),
        (("2025-02-01", "t", "made", {"A"}), "only at a clock can A be hit"),
        (("2025-02-01", "t", "clock", "IND"), "hit is 'IND'; give a set of targets"),
    ],
)
def test_a_step_that_cannot_be_is_refused(given, words):
    with pytest.raises(PolicyError) as caught:
        Step(*given)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("gains", "draws", "words"),
    [
        ({}, 64, "beliefs need a threat"),
        ({"t": {}}, 64, "t: a threat needs targets"),
        ({"t": {"A": float("nan")}}, 64, "t: the gain from hitting A must be a number"),
        ({"t": {"A": True}}, 64, "must be a number"),
        ({"t": {"A": 1.0}}, 100, "draws is 100; give a power of two"),
        ({"t": {"A": 1.0}}, 64.0, "draws must be an int"),
    ],
)
def test_gains_and_draws_that_say_nothing_are_refused(gains, draws, words):
    with pytest.raises(PolicyError) as caught:
        Resolve(gains, draws=draws)
    assert words in str(caught.value)


def test_priors_left_out_and_seeds_below_zero_are_refused():
    with pytest.raises(PolicyError, match="missing priors of the sender's type: share, h, years"):
        Resolve({"t": {"A": 1.0}}, {"s": USA["s"], "rho": USA["rho"]})
    with pytest.raises(PolicyError, match="seed is -1; give 0 or more"):
        Resolve({"t": {"A": 1.0}}, seed=-1)


def test_opinions_of_what_is_not_there_are_refused():
    of = Resolve({"t": {"A": 1.0}}, draws=2)
    with pytest.raises(PolicyError, match="t: unknown target 'B'"):
        opinions(of, [MADE], "t", "B")
    with pytest.raises(PolicyError, match="carried out already"):
        opinions(of, [MADE, Step("2025-02-01", "t", "clock", {"A"})], "t", "A")


def test_a_history_that_hardly_any_type_has_is_refused():
    of = Resolve({"t": {"A": -5000.0}}, USA)
    with pytest.raises(PolicyError, match="hardly any type of the sender has such a history"):
        of.rows([MADE, Step("2025-02-01", "t", "clock", {"A"})])


def test_the_clocks_of_too_many_threats_are_refused():
    names = [f"t{k}" for k in range(9)]
    steps = [Step(f"2025-01-0{k + 1}", name, "made") for k, name in enumerate(names)]
    steps += [Step("2025-02-01", name, "clock") for name in names]
    with pytest.raises(PolicyError, match="clocks of 9 different threats passed; at most 8"):
        Resolve({name: {"A": 1.0} for name in names}, draws=2).rows(steps)


def test_a_step_reads_its_date():
    assert MADE.date == date(2025, 1, 1)
    assert Evidence.of([MADE, CLOCK, CLOCK]).passed == {"t": 2}
