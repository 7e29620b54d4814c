"""Losses of chances by hand, classes of chances, and the table that puts misses first."""

from __future__ import annotations

import datetime
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threatpoint.analysis.forecasts import (
    FREEZE,
    GIVES_IN,
    HIT,
    LEAF,
    NOTHING,
    OURS,
    Forecast,
    Number,
)
from threatpoint.analysis.losses import COIN, EQUAL, QUIET, losses, reliability, tree_losses
from threatpoint.analysis.scores import (
    BASE,
    CONCEDED,
    NAIVE,
    Scores,
    known_later,
    question_losses,
    table,
)
from threatpoint.brief import happened
from threatpoint.brief.prose import say, sentence
from threatpoint.brief.reliability_layout import reliability as drawn
from threatpoint.drawn_input import Input


def said(
    chance: float, came: bool | None, kind: str = HIT, what: str = "it", **more: Any
) -> Forecast:
    ends = {"low": chance, "high": chance, "quick": chance, "draws": 256.0}
    told = {"date": "2025-08-27", "source": "press", "words": "it came", "version": "1.2.3"}
    about: dict[str, Any] = {"situation": "here", **ends, **told, **more}
    return Forecast(kind=kind, what=what, chance=chance, came=came, **about)


def tree(*chances: float, came: int = 0) -> list[Forecast]:
    names = [f"leaf {n}" for n in range(len(chances) - 1)] + [NOTHING]
    pairs = zip(chances, names, strict=True)
    return [said(p, n == came, LEAF, what) for n, (p, what) in enumerate(pairs)]


def test_losses_of_a_tree_by_hand():
    found = tree_losses(tree(0.5, 0.3, 0.2))
    assert found[OURS].log == pytest.approx(math.log(2.0))
    assert found[OURS].brier == pytest.approx(0.25 + 0.09 + 0.04)
    assert found[EQUAL].log == pytest.approx(math.log(3.0))
    assert found[QUIET].log == pytest.approx(-math.log(0.025))
    assert tree_losses(tree(0.5, 0.3, 0.2, came=2))[QUIET].log == pytest.approx(-math.log(0.95))


def test_losses_of_questions_by_hand():
    found = losses([said(0.8, True), said(0.4, False)], NAIVE)
    assert found[OURS].log == pytest.approx(-(math.log(0.8) + math.log(0.6)) / 2)
    assert found[OURS].brier == pytest.approx((0.04 + 0.16) / 2)
    assert found[COIN].log == pytest.approx(math.log(2.0))


def test_a_chance_of_none_of_the_draws_counts_half_a_draw():
    assert said(0.0, True).held == 0.5 / 256
    assert said(1.0, False).held == 1.0 - 0.5 / 256
    assert losses([said(0.0, True)], {})[OURS].log == pytest.approx(math.log(512.0))


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_the_true_chance_has_the_least_expected_loss(true, other):
    def expected(p: float) -> tuple[float, float]:
        yes, no = (losses([said(p, came)], {})[OURS] for came in (True, False))
        return true * yes.log + (1 - true) * no.log, true * yes.brier + (1 - true) * no.brier

    assert all(a <= b + 1e-12 for a, b in zip(expected(true), expected(other), strict=True))


def test_past_threats_are_a_naive_forecast_of_their_own_kind():
    hit, gives, freeze = (said(0.2, False, kind) for kind in (HIT, GIVES_IN, FREEZE))
    assert BASE in question_losses([hit])
    found = question_losses([gives])
    assert BASE not in found
    assert found[CONCEDED].log == pytest.approx(-math.log(1 - 73 / 274))
    assert [*question_losses([freeze])] == [OURS, *NAIVE]


def test_classes_count_what_came_and_say_what_right_chances_would_bring():
    asked = [said(0.3, True), said(0.4, False), said(0.97, False), said(0.01, False)]
    found = reliability(asked)
    assert [(c.count, c.came) for c in found] == [(1, 0), (2, 1), (1, 0)]
    middle = found[1]
    assert middle.chance == pytest.approx(0.35)
    # none comes in 42 % of the cases, both in 12 %
    assert (middle.share, middle.low, middle.high) == (0.5, 0.0, 1.0)
    assert (found[2].low, found[2].high) == (1.0, 1.0)


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=20))
def test_classes_hold_every_question_once_and_stay_between_none_and_all(chances):
    found = reliability([said(p, p > 0.5) for p in chances])
    assert sum(c.count for c in found) == len(chances)
    assert all(0.0 <= c.low <= c.high <= 1.0 for c in found)


def scores() -> Scores:
    number = ("here", "ground", "10", "12", "km2")
    numbers = [Number(*number, OURS, 2.0, "1"), Number(*number, "a constant", 3.0, "1")]
    asked = [said(0.9, False, GIVES_IN, "X gives in"), said(0.02, True, HIT, "X is hit")]
    return Scores(tree(0.5, 0.3, 0.2), asked, numbers)


def test_the_table_begins_with_what_was_guessed_better():
    rows = table(scores()).rows
    beaten = [row["beaten"] for row in rows]
    assert beaten == sorted(beaten, reverse=True)
    assert rows[0]["beaten"] > 0
    (ground,) = (row for row in rows if row["what"] == "ground")
    assert (ground["beaten"], ground["measure"], ground["unit"]) == (0, "CRPS", "km2")
    assert ground["naive"] == "a constant 3.0"


def test_the_page_says_the_tree_the_worst_answer_and_what_was_known_later():
    facts = happened.Facts((), scores=scores(), inputs=(29, 4, 38))
    lead = sentence("happened.draws", facts.scores)
    assert "the draws gave 50 %, an equal chance for each of three outcomes gives 33 %" in lead
    assert "90 % that X gives in; it did not come" in lead or "2 % that X is hit" in lead
    assert "of 38 groups of what is drawn 29" in sentence("happened.contaminated", (29, 4, 38))
    assert sentence("happened.short", facts) == (
        "Scored: 0 missed, 0 right; to what came it gave 50 %, an equal split 33 %."
    )


def test_the_picture_has_a_dot_a_class_and_words_for_each():
    (wide, high), marks = drawn(scores().classes)
    assert wide > 0 < high
    assert sum("<circle" in mark for mark in marks) == len(scores().classes)
    told = say("happened.reliability", scores())
    assert told["figure.title"] == (
        "Given more than an even chance: 0 of 1 came; given less than 5 %: 1 of 1 came"
    )
    assert "90 % given: 0 of 1 came" in told["figure.description"]


def test_groups_known_later_are_counted_by_their_last_input():
    def item(key: str, known: str, group: str) -> Input:
        return Input(key, "", "", "", lambda u: u, known=known, group=group)

    given_ = [
        item("a", "2025-02", "one"), item("b", "2026-11", "one"),
        item("c", "2014", "two"), item("d", "see source", "three"), item("e", "", "four"),
    ]  # fmt: skip
    assert known_later(given_, datetime.date(2025, 3, 31)) == (1, 2, 4)
