"""Where things stand in the charts: order, marks, words; what a reader is told of each."""

from __future__ import annotations

import math
import re

import pytest

from tests.drawings import Drawing
from tests.unit.test_brief_page import small_analysis
from threatpoint.brief import first_charts, svg, theme
from threatpoint.brief.beliefs_layout import NEVER, Belief, beliefs, place
from threatpoint.brief.charts import Caption
from threatpoint.brief.dots_layout import Line, dots
from threatpoint.brief.option_marks import DARK, PALE, shade
from threatpoint.brief.page import Content
from threatpoint.brief.prose import Said
from threatpoint.brief.scale import Reach, Scale, fitted

NAN = math.nan
CAPTION = Caption("A finding", "Real income, %", "made by hand", "A note")
HORIZONS = ("first year", "1\u20133 years", "7\u201310 years")


def loss(name, role, first, middle=NAN, last=NAN, low=NAN, high=NAN):
    label = f"{first:+.1f}".replace("-", "\u2212")
    return {"name": name, "role": role, "first": first, "middle": middle, "last": last,
            "low": low, "high": high, "label": label}  # fmt: skip


EIGHT = [
    loss("Mexico", "third", 1.1, 0.6, 0.3, 0.8, 1.6),
    loss("United States", "sender", -1.9, -1.1, -0.7, -3.1, -1.2),
    *(loss(f"Land {n}", "target", -1.5 + 0.1 * n, -0.8, -0.5, -2.4, -1.0) for n in range(6)),
]


def texts_of(drawing: Drawing, right: float = math.inf) -> list[str]:
    """Words that start left of a place, from top to bottom."""
    placed = sorted((box[1], words) for words, box in drawing.texts if box[0] < right)
    return [words for _, words in placed]


# -- losses ------------------------------------------------------------------------------------


def test_losses_are_sorted_and_as_large_as_the_recipe_says():
    figure = first_charts.losses("a", CAPTION, EIGHT, HORIZONS)
    drawing = Drawing.of(figure.wide)
    assert (drawing.width, drawing.height) == (400, 30 + 26 * 8)
    names = [words for words in texts_of(drawing, 10) if words[0].isalpha()]
    assert names == ["United States", *(f"Land {n}" for n in range(6)), "Mexico"]
    ticks = [words for words, box in drawing.texts if box[1] < 20]
    assert {"\u22123", "0", "+1", "first year"} <= set(ticks)
    assert figure.wide.count('r="5.4"') == figure.wide.count('r="3.9"') == 8
    assert figure.wide.count('r="2.6"') == 8
    assert figure.wide.count(f'opacity="{svg.FADED}"') == 8


def test_the_sender_is_bold_and_its_first_dot_is_drawn_last():
    figure = first_charts.losses("a", CAPTION, EIGHT, HORIZONS)
    assert re.search(r'font-weight="700"[^>]*>United States<', figure.wide)
    own = [m.start() for m in re.finditer(r'<circle[^>]*r="([\d.]+)"[^>]*--sender', figure.wide)]
    radii = re.findall(r'<circle[^>]*r="([\d.]+)"[^>]*--sender', figure.wide)
    assert own == sorted(own)
    assert radii == ["2.6", "3.9", "5.4"]


def test_what_is_not_known_is_not_drawn():
    rows = [loss("A", "target", -1.0), loss("B", "target", NAN) | {"label": "\u2013"}]
    figure = first_charts.losses("a", CAPTION, rows, HORIZONS)
    assert [words for _, words in figure.legend] == ["first year"]
    assert figure.wide.count("<circle") == 1
    assert texts_of(Drawing.of(figure.wide), 10) == ["A", "B"]


def test_every_number_of_the_losses_is_read_out():
    told = Drawing.of(first_charts.losses("a", CAPTION, EIGHT, HORIZONS).wide).described
    own = "United States \u22121.9 first year (\u22123.1 to \u22121.2), \u22121.1 1\u20133 years"
    assert own in told
    assert told.startswith("Real income, %. United States")


# -- options -----------------------------------------------------------------------------------


def tile(target, chance):
    return {"target": target, "chance": chance, "label": f"{chance}"}


def option(name, sender, targets, tiles, last=False):
    return {"words": name, "on": "all", "sender": sender, "targets": targets, "sender_label": "S",
            "targets_label": "T", "tiles": tiles, "last": last,
            "instead": "" if tiles else "all, as assumed"}  # fmt: skip


SAID = Said(
    sender="Sender",
    targets="targets",
    money="Change\nUSD bn",
    tiles="Chance",
)
SMALL, LARGE = (0.001, NAN, NAN), (-500.0, -700.0, -300.0)
OPTIONS = [
    option("Mild", SMALL, LARGE, [tile("A", 0.25), tile("B", 0.9), tile("C", NAN)]),
    option("Works", SMALL, SMALL, [], last=True),
]


@pytest.mark.parametrize("kind", ["wide", "narrow"])
def test_a_small_bar_is_seen_and_its_number_printed(kind):
    text = getattr(first_charts.options("b", CAPTION, OPTIONS, SAID), kind)
    widths = [float(w) for w in re.findall(r'width="([\d.]+)" height="10"', text)]
    assert len(widths) == 4
    assert min(widths) == 1.5
    told = [words for words, _ in Drawing.of(text).texts]
    assert told.count("S") == told.count("T") == 2
    assert "all, as assumed" in told


def test_a_tile_is_the_darker_the_likelier():
    assert shade(0.0) == 0.0
    assert shade(1e-9) == pytest.approx(PALE)
    assert shade(1.0) == pytest.approx(DARK)
    assert shade(0.2) < shade(0.6)


def test_only_a_known_chance_has_a_tile():
    figure = first_charts.options("b", CAPTION, OPTIONS, SAID)
    boxes = re.findall(r"<rect[^>]*stroke:var\(--(\w+)\)", figure.wide)
    assert boxes == ["line", "line"]
    assert [words for _, words in figure.legend] == ["Sender", "targets", "range"]
    tame = [option("Mild", SMALL, SMALL, [tile("A", 0.25)])]
    legend = first_charts.options("b", CAPTION, tame, SAID).legend
    assert [words for _, words in legend] == ["Sender", "targets"]


def _channels(colour):
    return [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]


def _light(channels):
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK])
@pytest.mark.parametrize("chance", [0.0, 1e-6, 0.1, 0.5, 1.0])
def test_words_on_a_tile_can_be_read(look, chance):
    full, paper = _channels(look["target"]), _channels(look["paper"])
    part = shade(chance)
    behind = _light([part * a + (1 - part) * b for a, b in zip(full, paper, strict=True)])
    words = _light(_channels(look["ink"]))
    high, low = max(behind, words), min(behind, words)
    assert (high + 0.05) / (low + 0.05) >= 4.5


# -- beliefs -----------------------------------------------------------------------------------


def test_beliefs_stand_where_they_belong():
    rows = [
        ("A", [Belief("target", 0.25, 0.2, 0.3), Belief("third", 0.75, 0.5, 2.0)]),
        ("B", [Belief("target", 1.5, 1.2, 3.0), Belief.of("third", None)]),
    ]
    text = svg.drawing("c", beliefs(rows), "A finding", "all")
    places = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', text)]
    zero, certain = (place for place in _uprights(text)[:: len(_uprights(text)) - 1])
    at = [(x - zero) / (certain - zero) for x in places]
    assert at[0] == pytest.approx(0.25, abs=0.01)
    assert at[1] == pytest.approx(0.75, abs=0.01)
    assert at[2] > 1.05
    assert text.count('Z"') == 1, "one bar leaves the scale"
    told = [words for words, _ in Drawing.of(text).texts]
    assert "25\u00a0%" in told
    assert "75\u00a0%" in told
    assert "\u2013" in told
    assert told.count("never") == 1, "the head of the panel"


def _uprights(text):
    """Places of upright lines."""
    found = re.findall(r'd="M([\d.]+) [\d.]+L([\d.]+) [\d.]+"', text)
    return [float(a) for a, b in found if a == b]


def test_never_is_beyond_every_number():
    assert place(1.0) == 100
    assert place(1.0000001) == NEVER
    assert place(-3.0) == 0


# -- scales ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ((-3.1, 1.6), ["\u22123", "\u22122", "\u22121", "0", "+1"]),
        ((-39.0, -10.0), ["\u221240", "\u221230", "\u221220", "\u221210", "0"]),
        ((12.0, 25.0), ["0", "+5", "+10", "+15", "+20", "+25"]),
        ((0.0,), ["\u22121.0", "\u22120.5", "0", "+0.5"]),
    ],
)
def test_ticks_are_round(values, texts):
    scale = Scale.over(values, 126, 320, 8)
    assert [text for _, text in scale.ticks() if text] == texts


def test_ticks_of_tiny_numbers_keep_their_digits():
    texts = [text for _, text in Scale.over((-0.004, 0.002), 126, 320, 8).ticks() if text]
    assert "\u22120.004" in texts
    assert "0" in texts


def test_levels_have_no_plus():
    assert "8" in [text for _, text in Scale.over((9.2,), 100, 300, 8).ticks(False)]


def test_bars_without_length_have_a_scale():
    scale = fitted([Reach(0.0, 0.0, 10, 20)], 0, 100)
    assert scale.at(0) == pytest.approx(80)


def test_bars_begin_at_zero_and_a_tiny_one_is_seen():
    lines = [
        Line("A", [("bar", "sender", -3.0)], numbers=["a"]),
        Line("B", [("middle", "ink", 2.0), ("bar", "third", 1e-9)], numbers=["b"]),
        Line("No bar", (), numbers=[""], bold=True),
    ]
    text = svg.drawing("d", dots(lines), "A finding", "all")
    bars = re.findall(r'<rect x="([\d.]+)"[^>]*width="([\d.]+)" height="10"', text)
    (left, wide), (zero, least) = ((float(x), float(width)) for x, width in bars)
    assert left + wide == pytest.approx(zero, abs=0.2)
    assert least == 1.5
    assert text.index("<circle") > text.rindex('height="10"'), "the ring lies on its bar"
    assert [words for words, _ in Drawing.of(text).texts][-3:] == ["B", "b", "No bar"]


# -- the page ----------------------------------------------------------------------------------


def test_every_figure_of_a_page_speaks_and_has_marks_for_its_words():
    content = Content.drawn(small_analysis())
    assert len(content.figures) >= 4
    assert len({figure.key for figure in content.figures}) == len(content.figures)
    for figure in content.figures:
        for text in (figure.wide, figure.narrow):
            assert "<title" in text
            assert re.search(r"<desc[^>]*>[^<]*\d", text), figure.key
            assert not re.search(r"\bnan\b|\binf\b", text), figure.key
        for mark, words in figure.legend:
            assert mark.startswith("<")
            assert words
