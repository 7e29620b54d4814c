"""Charts of any situation: no text or mark leaves its frame, no two texts meet, all is said."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.drawings import Drawing
from threatpoint import words
from threatpoint.brief import first_charts, svg
from threatpoint.brief.beliefs_layout import Belief, beliefs
from threatpoint.brief.cases import compared
from threatpoint.brief.charts import Caption
from threatpoint.brief.prose import Said
from threatpoint.brief.scale import Reach, Scale, fitted

pytest.importorskip("jinja2")
CAPTION = Caption("A finding", "Real income, %", "made by hand")
HORIZONS = ("first year", "1\u20133 years", "7\u201310 years")
LETTERS = st.characters(whitelist_categories=("Lu", "Ll"), max_codepoint=0x17F)
WORD = st.text(LETTERS, min_size=1, max_size=13)
NAME = st.lists(WORD, min_size=1, max_size=4).map(" ".join).filter(lambda name: len(name) <= 40)
SIZE = st.sampled_from([0.003, 0.2, 1.0, 30.0, 4000.0])
PART = st.floats(-1, 1)
NAN = math.nan


@st.composite
def loss_rows(draw):
    """One to eight rows of one order of size, some without later horizons or ranges."""
    size, rows = draw(SIZE), []
    for name in draw(st.lists(NAME, min_size=1, max_size=8, unique=True)):
        first, middle, last, a, b = (size * draw(PART) for _ in range(5))
        ranged = draw(st.booleans())
        rows.append(
            {
                "name": name,
                "role": draw(st.sampled_from(["sender", "target", "third"])),
                "first": first,
                "middle": middle if draw(st.booleans()) else NAN,
                "last": last if draw(st.booleans()) else NAN,
                "low": min(a, b) if ranged else NAN,
                "high": max(a, b) if ranged else NAN,
                "label": words.number(first, True),
            }
        )
    return rows


@st.composite
def option_rows(draw):
    """One to six options, money of any size, the same one to six targets in each."""
    size, names = draw(SIZE), draw(st.lists(NAME, min_size=1, max_size=6, unique=True))
    return [_option(draw, size, names, n) for n in range(draw(st.integers(1, 6)))]


def _option(draw, size, names, n):
    bars = {}
    for who in ("sender", "targets"):
        value, a, b = (size * draw(PART) for _ in range(3))
        ranged = draw(st.booleans())
        bars[who] = (value, min(a, b), max(a, b)) if ranged else (value, NAN, NAN)
        bars[f"{who}_label"] = words.number(value, True)
    chances = [draw(st.one_of(st.just(NAN), st.floats(0, 1))) for _ in names]
    tiles = [
        {"target": name, "chance": c, "label": f"{100 * c:.0f}" if c == c else words.DASH}
        for name, c in zip(names, chances, strict=True)
    ]
    last = n > 0 and draw(st.booleans())
    return {
        "words": draw(NAME), "on": draw(NAME), "last": last,
        "tiles": [] if last else tiles, "instead": "all, as assumed" if last else "", **bars,
    }  # fmt: skip


def check(text: str) -> Drawing:
    drawing = Drawing.of(text)
    assert not drawing.outside()
    assert not drawing.over()
    return drawing


@given(loss_rows())
@settings(max_examples=60, deadline=None)
def test_losses(rows):
    figure = first_charts.losses("losses", CAPTION, rows, HORIZONS)
    drawing = check(figure.wide)
    for row in rows:
        assert f"{row['name']} {row['label']}" in drawing.described
    marks = [words for _, words in figure.legend]
    assert ("range" in marks) == any(math.isfinite(row["low"]) for row in rows)


@given(option_rows())
@settings(max_examples=60, deadline=None)
def test_options(rows):
    said = Said(
        sender="The sender", targets="targets", money="Change\nUSD bn", tiles="Gives in from",
    )  # fmt: skip
    figure = first_charts.options("options", CAPTION, rows, said)
    for text in (figure.wide, figure.narrow):
        drawing = check(text)
        told = [text for text, _ in drawing.texts]
        for row in rows:
            assert row["sender_label"] in told
            assert row["targets_label"] in told


@given(st.lists(NAME, min_size=1, max_size=8, unique=True), st.integers(1, 3), st.data())
@settings(max_examples=60, deadline=None)
def test_beliefs(names, threats, data):
    part = st.one_of(st.floats(-0.5, 3), st.just(NAN))
    rows = [(name, [_drawn(data, part) for _ in range(threats)]) for name in names]
    drawing = check(svg.drawing("beliefs", beliefs(rows), "A finding", "all"))
    told = [text for text, _ in drawing.texts]
    for _, found in rows:
        for belief in found:
            said = words.belief(belief.value)
            assert said in told or said == "never"


def _drawn(data, part):
    low = data.draw(part)
    return Belief("target", data.draw(part), low, low + data.draw(st.floats(0, 3)))


@given(st.lists(NAME, min_size=1, max_size=14, unique=True), NAME, NAME, SIZE, st.data())
@settings(max_examples=60, deadline=None)
def test_two_numbers_a_line(names, first, second, size, data):
    number = st.one_of(PART, st.just(NAN))
    rows = [
        {"name": name, "values": values, "labels": [words.number(v, True) for v in values]}
        for name in names
        for values in [[size * data.draw(number), size * data.draw(number)]]
    ]
    drawn = compared(rows, [first, second])
    drawing = check(svg.drawing("compared", drawn, "A finding", "all"))
    told = [text for text, _ in drawing.texts]
    assert all(label in told for row in rows for label in row["labels"])


@given(st.lists(PART, min_size=1), SIZE)
@settings(max_examples=60, deadline=None)
def test_a_scale_holds_zero_its_values_and_round_ticks(values, size):
    scale = Scale.over([size * value for value in values], 100, 300, 8)
    assert all(107.9 <= scale.at(size * value) <= 292.1 for value in (0, *values))
    ticks = dict(scale.ticks())
    assert ticks[0] == "0"
    assert all(100 <= scale.at(value) <= 300 for value in ticks)
    assert len(ticks) <= 10
    assert all(b - a >= 24 / scale.unit - 1e-9 for a, b in pairwise(sorted(ticks)))


@given(st.lists(st.tuples(PART, PART), min_size=1), SIZE)
@settings(max_examples=60, deadline=None)
def test_bars_are_as_long_as_their_words_allow(pairs, size):
    bars = [Reach(min(a, b, 0) * size, max(a, b, 0) * size, 30.0, 40.0) for a, b in pairs]
    scale = fitted(bars, 10, 310)
    ends = [(scale.at(bar.low) - 30, scale.at(bar.high) + 40) for bar in bars]
    assert min(left for left, _ in ends) >= 10 - 1e-6
    assert max(right for _, right in ends) == pytest.approx(310)
    if max(bar.high - bar.low for bar in bars) > 1e-3 * size:
        assert min(left for left, _ in ends) == pytest.approx(10, abs=0.1)
