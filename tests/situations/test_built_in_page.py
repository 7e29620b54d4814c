"""The built-in page and terminal as a reader meets them: one word, one fact, one sign."""

from __future__ import annotations

import csv
import html
import io
import math
import re

import pytest
from rich.console import Console

from threatpoint.analysis.oil_answers import scenarios
from threatpoint.analysis.outcome import page_horizons
from threatpoint.brief import summary
from threatpoint.brief.page import Content, render
from threatpoint.brief.reading import Reading
from threatpoint.brief.talks import named_in_words
from threatpoint.words import HORIZONS as NAMES
from threatpoint.words import chance, number, number_span
from threatpoint.world import load_world

OLD = re.compile(
    r"\b(short|medium|long)[- ]run\b|about a year|several years|one to three years|\(months\)"
    r"|(= |short, )months\b"
)
"""Words for a horizon that are not those of the dictionary."""
HORIZONS = {name: NAMES[name] for name in page_horizons(load_world())}


@pytest.fixture(scope="module")
def analysis(built_in):
    return built_in.analysis


@pytest.fixture(scope="module")
def files(analysis):
    reading = Reading(analysis)
    return {table.key: table.csv() for table in Content(reading).tables}


@pytest.fixture(scope="module")
def text(analysis):
    """What can be read on the page, drawings and their descriptions with it."""
    page = re.sub(r"<(style|script).*?</\1>", "", render(analysis), flags=re.S)
    page = re.sub(r'href="data:[^"]*"', "", page)
    return html.unescape(re.sub(r"<[^>]+>", " ", page)).replace("\u00a0", " ")


@pytest.fixture(scope="module")
def terminal(analysis):
    out = io.StringIO()
    console = Console(file=out, width=400)
    for part in summary(analysis, 400):
        console.print(part)
    return out.getvalue().replace("\u00a0", " ")


def test_a_horizon_has_the_words_of_the_dictionary_and_no_others(text, terminal):
    for said in (text, terminal):
        assert not OLD.search(said), OLD.search(said)
        for words in HORIZONS.values():
            assert words.replace("-", "–") in said


WITH_HORIZONS = (
    *("giving-in", "complying", "options", "credibility", "oil", "motive"),
    *("stopping", "bargain", "offer", "evasion", "carriers"),
)


def test_every_horizon_in_a_file_stands_beside_its_words(files):
    for name, table in files.items():
        head, *lines = csv.reader(io.StringIO(table))
        if "horizon" not in head:
            continue
        at = head.index("horizon")
        if name.startswith("happened"):  # already in words, several in a row
            spoken = {word.replace("-", "–") for word in NAMES.values()} | {"any"}
            assert {word for row in lines for word in row[at].split(", ")} <= spoken
            continue
        assert head[at + 1] == "horizon_words", name
        assert name.startswith(WITH_HORIZONS)
        assert all(row[at + 1] == HORIZONS.get(row[at], row[at]) for row in lines)


def test_nothing_reads_minus_zero(text, terminal, files):
    zero = re.compile(r"[-−+]0(\.0+)?(?![.\d\u202f])")
    for said in (text, terminal):
        assert not zero.search(said.replace("−0 ", "")), zero.search(said)
    for name, table in files.items():
        assert not re.search(r"(^|,)-0(\.0+)?(,|$)", table, re.M), name


# -- oil -----------------------------------------------------------------------------------------


def oil_rows(analysis):
    return scenarios(tuple(analysis.oil.values()), "Russia").rows


def test_the_heading_on_oil_is_one_scenario_at_one_horizon(analysis, terminal):
    """Revenue and price are those of the row it names; page and terminal say the same."""
    reading = Reading(analysis)
    section = next(s for s in Content(reading).sections if s.key == "oil")
    title = section.title.replace("\u00a0", " ")
    rows = [row for row in oil_rows(analysis) if row["horizon"] == analysis.horizon]
    worst = min((r for r in rows if r["revenue_usd_bn_month"] > 0),
                key=lambda row: row["revenue_usd_bn_month"])  # fmt: skip
    assert f"“{worst['scenario']}”" in title
    assert "in the first year" in title
    ends = number_span(worst["oil_price_range_low"], worst["oil_price_range_high"])
    assert f"rises by {number(worst['world_price_percent'])} % ({ends})" in title
    assert f"Oil: {title}" in terminal


def test_barrels_are_counted_once_and_nothing_is_withheld(analysis, text, terminal, files):
    """Volumes by buyer add up to exports; revenue is volume times price; page and files agree."""
    for answer, row in zip(analysis.oil.values(), oil_rows(analysis), strict=True):
        outcome = answer.outcome
        assert outcome.imbalance <= 1e-9
        assert sum(after for _, after in outcome.buyers().values()) == pytest.approx(
            row["volume_mb_d"]
        )
        if row["volume_mb_d"]:
            months = row["volume_mb_d"] * row["price_usd_bbl"] * 365 / 12 / 1e3
            assert months == pytest.approx(outcome.revenue[1], rel=0.02)  # evading a cap
            low, high = row["oil_revenue_range_low"], row["oil_revenue_range_high"]
            assert low < row["revenue_usd_bn_month"] < high
    for said in (text, terminal, files["oil"], files["line-by-line"]):
        assert not re.search(r"withheld|add up between|booked at", said)


def test_the_oil_files_have_every_scenario_at_every_horizon(analysis, files):
    asked = len(analysis.oil)
    for key in ("oil", "oil-pairs", "oil-incomes"):
        rows = list(csv.DictReader(io.StringIO(files[key])))
        assert len(rows) == asked, key
        assert {row["horizon"] for row in rows} == set(HORIZONS)
    owners = list(csv.DictReader(io.StringIO(files["oil-owners"])))
    assert {"hold", "half", "all"} <= set(owners[0])
    assert {row["horizon"] for row in owners} == set(HORIZONS)


# -- one fact, one sign --------------------------------------------------------------------------


def test_the_area_held_is_one_figure_with_its_day(analysis, text, terminal, files):
    front = analysis.front
    line = analysis.situation.talks.priors["line"]
    held = next(side for side in front.lines if side.side == "held by the attacker")
    assert front.total == line.value == held.area == 112_415
    assert line.period == f"{front.observed.day} {front.observed:%B %Y}"
    assert line.low <= front.total <= line.high
    shares = round(sum(item.area for item in front.held))
    ends = {round(line.low), round(line.high)}
    found = {int(n.replace("\u202f", "")) for n in re.findall(r"\b112\u202f\d{3}\b", text)}
    assert {n for n in found if n % 1000} == {112_415, shares, *ends}  # less those of the axis
    assert f"added up 112\u202f{shares - 112_000} km², where the polygons measure" in text
    assert "112\u202f415 km² held on 13 March 2025" in text
    assert "112\u202f415 km² held on 13 March 2025" in terminal


def test_a_loss_is_a_minus_in_the_sellers_column_too(analysis, files):
    head, *lines = csv.reader(io.StringIO(files["options"]))
    assert not [name for name in head if "lost" in name or "lose" in name]
    at, option = head.index("seller_revenue_usd_bn"), head.index("option")
    comply = [float(row[at]) for row in lines if row[option].startswith("Threat works")]
    assert len(comply) == len(HORIZONS)
    assert max(comply) < -60


def test_the_talks_say_what_the_chain_says(analysis, text):
    """No line, no zone and no verdict of corners is left; chances are those of the draws."""
    found = named_in_words(analysis.talks, analysis.chain)
    best = max(found.losses, key=lambda lever: found.chance(lever).chance.value)
    said = chance(found.chance(best).chance.value).replace("\u00a0", " ")
    assert f"“{best}” {said}" in text
    assert f"worth {found.effective:.0f} equal ones" in text
    for old in ("zone of agreement", "war without end", "over the priors both accept"):
        assert old not in text


def test_a_belief_is_never_a_number_above_certainty(analysis):
    from threatpoint import words
    from threatpoint.brief.beliefs_layout import place

    for value, said in (
        (1.0, "100 %"),
        (1.0000001, "never"),
        (1.003, "never"),
        (math.inf, "never"),
    ):
        assert words.belief(value).replace("\u00a0", " ") == said
        assert (place(value) > 100) == (said == "never")
    assert words.belief_span(1.003, 1.2) == "never"
    assert words.belief_span(0.5, 1.003).endswith("to never")
    assert words.beliefs([0.75, 1.003]).endswith("and never")
