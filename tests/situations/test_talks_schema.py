"""[talks] of a situation file: what comes out of a sound one, what a bad one is told."""

from __future__ import annotations

import pytest

from threatpoint.errors import SituationError
from threatpoint.situation import load_situation, load_talks
from threatpoint.situation.talks_schema import TALKS_UNITS
from threatpoint.situation.text import read_text
from threatpoint.talks.priors import BY_NAME, NAMES

BUILT_IN = "ukraine-2025-03-31"
GOOD, _ = read_text(BUILT_IN)


def read(tmp_path, text: str):
    path = tmp_path / "case.toml"
    path.write_text(text, encoding="utf-8")
    return load_talks(path)


def test_the_built_in_priors():
    given = load_talks(BUILT_IN)
    assert (given.attacker, given.defender) == ("RUS", "UKR")
    assert tuple(given.priors) == NAMES
    drift = given.priors["drift"]
    assert (drift.value, drift.low, drift.high, drift.unit) == (372.0, 208.0, 432.0, "km2/month")
    assert sum(q.prior for q in given.priors.values()) == 13
    assert set(given.known) == set(NAMES)
    assert {p.unit for p in BY_NAME.values()} == set(TALKS_UNITS)


@pytest.mark.parametrize("name", NAMES)
def test_every_built_in_figure_has_a_source_and_every_prior_a_range(name):
    q = load_talks(BUILT_IN).priors[name]
    assert q.source
    assert q.period
    assert q.prior == q.source.startswith("prior")
    assert q.page or q.prior
    assert not q.prior or q.low < q.high


SPOILED = {
    "unknown key": (
        "drift = {",
        "drfit = {",
        ["unknown key 'drfit' (did you mean 'drift'?)", "key 'drift' is missing"],
    ),
    "unknown key of a figure": (
        "range = [208, 432]",
        "rnge = [208, 432]",
        ["unknown key 'rnge' (did you mean 'range'?)"],
    ),
    "unit": (
        'unit = "km2/month", period = "March 2024 to',
        'unit = "km/month", period = "March 2024 to',
        ["unknown unit 'km/month' (did you mean 'km2/month'?)"],
    ),
    "unit of another prior": (
        'unit = "km2/month", period = "March 2024 to',
        'unit = "km2", period = "March 2024 to',
        ["drift is in 'km2'; it must be in 'km2/month'"],
    ),
    "value outside": ("value = 4850", "value = 1", ["value 1 is outside its range"]),
    "support that ends": (
        "range = [20, 50]",
        "range = [20, 100]",
        ["aid_cut is 100 %", "below 100"],
    ),
    "no middle of a law": (
        "value = 2, unit",
        "value = 3, unit",
        ["ground_ratio: loguniform: 3 is not the geometric middle"],
    ),
    "no month": ('known = "2025-02"', 'known = "2025-13"', ["must be a month as YYYY-MM"]),
    "month missing": (', known = "2025-02" }', " }", ["key 'known' is missing"]),
    "a key of before": (
        "aid_elasticity =",
        "aid_effect =",
        ["'aid_effect' is no longer used: give 'aid_elasticity'"],
    ),
    "a key of before without another": (
        "aid_elasticity =",
        "guarantees =",
        ["'guarantees' is no longer used: leave it out"],
    ),
    "negative area": ("value = 112415", "value = -5", ["value -5 is outside its range"]),
    "range over no area": (
        "range = [112411, 112532]",
        "range = [-1, 112532]",
        ["line is -1 km2", "at least 0"],
    ),
    "hazard": (
        "range = [0.02, 0.3]",
        "range = [0.02, 1.3]",
        ["cut_hazard is 1.3 per month", "at most 1"],
    ),
    "front that moves back": (
        "range = [208, 432]",
        "range = [-208, 432]",
        ["drift is -208 km2/month", "above 0"],
    ),
    "nan": ("value = 372", "value = nan", ["drift"]),
    "inf": ("range = [208, 432]", "range = [208, inf]", ["drift"]),
    "text": ("value = 372", 'value = "many"', ["drift.value", "must be a number"]),
    "prior without range": (", range = [0.02, 0.3]", "", ["a prior needs a range"]),
    "prior with a point": ("range = [0.02, 0.3]", "range = [0.1, 0.1]", ["two different ends"]),
    "range of three": (
        "range = [208, 432]",
        "range = [208, 372, 432]",
        ["range must be [low, high]"],
    ),
    "same sides": ('defender = "UKR"', 'defender = "RUS"', ["RUS is the attacker as well"]),
    "no side": ('attacker = "RUS"\n', "", ["key 'attacker' is missing"]),
    "no table": ("[talks]", "[talk]", ["unknown key 'talk' (did you mean 'talks'?)"]),
    "a stranger": (
        'defender = "UKR"',
        'defender = "UKX"',
        ["unknown party 'UKX' (did you mean 'UKR'?)"],
    ),
}


@pytest.mark.parametrize("case", SPOILED)
def test_bad_tables_are_told_what_is_wrong(tmp_path, case):
    old, new, parts = SPOILED[case]
    assert old in GOOD
    with pytest.raises(SituationError) as caught:
        read(tmp_path, GOOD.replace(old, new, 1))
    for part in ("case.toml", *parts):
        assert part in str(caught.value), str(caught.value)


def test_all_problems_at_once_with_their_lines(tmp_path):
    text = GOOD.replace("range = [0.02, 0.3]", "range = [0.02, 1.3]").replace(
        "range = [208, 432]", "range = [-208, 432]"
    )
    with pytest.raises(SituationError) as caught:
        read(tmp_path, text)
    assert len(caught.value.problems) == 2
    assert all(words.startswith("line ") for words in caught.value.problems)


def without_talks() -> str:
    start, end = GOOD.index("# -- talks ---"), GOOD.index("# -- support ---")
    return GOOD[:start] + GOOD[end:]


def test_talks_that_are_no_table(tmp_path):
    with pytest.raises(SituationError, match="must be a table"):
        read(tmp_path, "talks = 3\n" + without_talks())


def test_a_file_without_talks(tmp_path):
    with pytest.raises(SituationError, match=r"has no table \[talks\]"):
        read(tmp_path, without_talks())
    assert load_situation(tmp_path / "case.toml").talks is None


def test_problems_of_talks_support_and_threats_come_together(tmp_path):
    text = GOOD.replace('main = "oil-cutoff"', 'main = "oil-cutof"')
    text = text.replace('defender = "UKR"', 'defender = "RUS"').replace(
        'baseline = ["2022-02", "2024-12"]', 'baseline = ["2024-12", "2022-02"]'
    )
    with pytest.raises(SituationError) as caught:
        read(tmp_path, text)
    for part in ("situation.main", "talks.defender", "support.baseline"):
        assert part in str(caught.value), str(caught.value)
