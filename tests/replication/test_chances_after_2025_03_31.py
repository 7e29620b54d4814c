"""Chances of being hit, scored: scores by hand, every case there, misses first."""

import math
from itertools import pairwise

import pytest
from validation.after_2025_03_31.answers import JULY, MARCH, ORDER, Answers
from validation.after_2025_03_31.chances import HISTORY, THREATS, chances_of, lines, section
from validation.chances import BASE, OURS, naive, scores

from threatpoint.situation import load_situation

GAINS = {
    MARCH: {"CHN": -24.0, "IND": 3.4, "TUR": 0.4, "BRA": 3.5},
    JULY: {"CHN": -115.0, "IND": -10.0, "TUR": -2.3, "BRA": -0.9},
    ORDER: {"IND": 1.7},
}


def answers(horizon="short"):
    rows = {
        threat: {target: {"credibility_usd_bn": gain} for target, gain in own.items()}
        for threat, own in GAINS.items()
    }
    return Answers(horizon, rows, {})


@pytest.fixture(scope="module")
def found():
    return chances_of(answers())


def test_the_dates_are_those_of_the_situation():
    made = load_situation("ukraine-2025-03-31").made
    first = {step.threat: step.date for step in HISTORY if step.kind == "made"}
    assert first == {threat: made[threat].date for threat in THREATS}
    assert HISTORY[-1].date == made[ORDER].clock


def test_every_case_is_scored_worst_first(found):
    each = found.forecasts
    assert {(f.row["threat"], f.row["target"]) for f in each} == {
        (threat, target) for threat, own in GAINS.items() for target in own
    }
    assert [f.row["target"] for f in each if f.hit] == ["IND"]
    assert all(a.log_score() <= b.log_score() for a, b in pairwise(each))
    for f in each:
        assert f.row["before_low"] <= f.chance <= f.row["before_high"]
        assert f.log_score() == math.log(f.chance if f.hit else 1 - f.chance)
        assert f.brier() == (1 - f.chance if f.hit else f.chance) ** 2


def test_naive_forecasts_are_scored_by_hand(found):
    rows = scores([found])
    assert rows["a coin"] == pytest.approx((9 * math.log(0.5), 0.25, 3 * math.log(0.5)))
    p = 132 / 201 / 2
    assert naive(BASE) == pytest.approx(p)
    wanted = 8 * math.log(1 - p) + math.log(p), (8 * p**2 + (1 - p) ** 2) / 9
    assert rows[BASE] == pytest.approx((*wanted, 2 * math.log(1 - p) + math.log(p)))
    logs = [log for log, _, _ in rows.values()]
    assert logs == sorted(logs, reverse=True)


def test_the_score_of_this_model_is_that_of_its_cases(found):
    log, brier, history = scores([found])[OURS]
    assert log == pytest.approx(sum(f.log_score() for f in found.forecasts))
    assert brier == pytest.approx(sum(f.brier() for f in found.forecasts) / 9)
    assert history == pytest.approx(math.log(found.type.probability(HISTORY)))


def test_lines_say_each_clock_and_all_in_the_first_year_alone():
    first, *clocks = lines(answers())
    assert first.said.count("by") == 3
    assert [line.verdict for line in clocks] == ["right", "right", "miss"]
    assert clocks[-1].said == "18 % for India"
    assert clocks[-1].reason
    assert lines(answers("long")) == []
    assert section([answers("long")]) == ""
    text = section([answers()])
    assert text.count("| spared |") == 8
    assert text.count("| **hit** |") == 1
    assert text.index("**hit**") < text.index("spared")
