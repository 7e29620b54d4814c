"""Horizon words stand in one dictionary; nothing else writes them by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from threatpoint import words
from threatpoint.cli import common
from threatpoint.words import HORIZONS, legend_words, when_words

ROOT = Path(__file__).parents[2]
BY_HAND = re.compile(
    r"\b(short|medium|long)[- ]run\b|about a year\b|several years|one to three years"
    r"|short`? \(months\)|\(1[-–]3 years\)|\(7[-–]10 years\)"
)
READ = [
    *sorted((ROOT / "src" / "threatpoint").rglob("*.py")),
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "README.md",
]


def test_the_first_year_is_what_the_design_calls_it():
    assert HORIZONS == {
        "abrupt": "first months",
        "short": "first year",
        "medium": "1-3 years",
        "long": "7-10 years",
    }
    assert set(words.MEANINGS) == set(HORIZONS)


@pytest.mark.parametrize("path", READ, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_horizon_word_is_written_by_hand(path):
    if path.name in ("words.py", "parameters.md"):
        pytest.skip("the dictionary, and the registry with its sources' own words")
    text = path.read_text("utf-8")
    found = [m[0] for m in BY_HAND.finditer(text)]
    assert not found, found


@pytest.mark.parametrize(
    ("name", "noun", "inside"),
    [
        ("abrupt", "first months", "in the first months"),
        ("short", "first year", "in the first year"),
        ("medium", "1–3 years", "after 1–3 years"),
        ("long", "7–10 years", "after 7–10 years"),
        ("short-low", "elasticities “short-low”", "with the elasticities “short-low”"),
        ("my months", "elasticities “my months”", "with the elasticities “my months”"),
    ],
)
def test_the_page_writes_them_with_its_own_signs(name, noun, inside):
    assert words.horizon(name) == noun
    assert words.when(name) == inside
    assert words.when_defined(name).startswith(inside)
    assert ("(" in words.when_defined(name)) == (name in HORIZONS)


def test_help_and_legend_read_the_dictionary():
    assert common.SETS == (
        "abrupt = first months, short = first year, medium = 1-3 years or long = 7-10 years"
    )
    assert legend_words(["long", "printed"]) == "long = 7-10 years"
    assert when_words("printed") == 'with the elasticities "printed"'
