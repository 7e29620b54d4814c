"""What happened since: counts, what is missed at every horizon, and a table of a row a verdict."""

from __future__ import annotations

import csv
import datetime
import io
from types import SimpleNamespace
from typing import Any, cast

import pytest

from threatpoint.analysis.happened import COLUMNS, Happened, Verdict, lines, table
from threatpoint.brief import happened
from threatpoint.brief.prose import sentence
from threatpoint.brief.reading import Reading
from threatpoint.oil.known import Later, later
from threatpoint.world.crude_base import base_on


def line(verdict: Verdict, part: str, horizon: str, said: str = "−1 %", **more: Any) -> Happened:
    given = {"happened": f"record of {part}", "date": "2025-05", "source": "press"}
    rest = {"measure": "change", "reason": "", "version": "1.2.3", "situation": "somewhere"}
    return Happened(verdict=verdict, part=part, horizon=horizon, said=said, **given | rest | more)


MIXED = (
    line("miss", "exports", "first year", "−41 %", reason="because"),
    line("miss", "exports", "1–3 years", "−52 %", reason="because"),
    line("miss", "the tariff", "1–3 years"),
    line("open", "giving in", "first year"),
    line("right", "the tariff", "first year"),
    line("not modelled", "a deal", "any", "nothing", measure=""),
)


def facts(*found: Happened) -> happened.Facts:
    return happened.Facts(found)


def test_the_finding_counts_the_scored_and_names_what_is_missed_at_every_horizon():
    assert sentence("happened.finding", facts(*MIXED)) == (
        "3 of 5 answers miss, 1 is open, 1 is right; missed at every horizon: exports"
    )
    assert facts(*MIXED).sometimes == ["the tariff"]


@pytest.mark.parametrize(
    ("found", "words", "short"),
    [
        (MIXED, None, "3 missed, 1 right, 1 open"),
        (MIXED[4:], "none of 1 answer miss, 1 is right", "0 missed, 1 right"),
        (
            MIXED[:1],
            "1 of 1 answer misses; missed at every horizon: exports",
            "1 missed, 0 right",
        ),
        (
            (MIXED[2], MIXED[4]),
            "1 of 2 answers misses, 1 is right; missed at some horizon: the tariff",
            "1 missed, 1 right",
        ),
    ],
)
def test_the_finding_fits_its_counts(found, words, short):
    assert words is None or sentence("happened.finding", facts(*found)) == words
    assert sentence("happened.short", facts(*found)) == f"Scored: {short}."


def test_horizons_of_one_verdict_are_one_row_and_the_data_have_them_all():
    made = table(MIXED)
    assert [row["verdict"] for row in made.rows][:3] == ["miss", "miss", "open"]
    assert made.rows[0]["horizon"] == "first year, 1–3 years"
    assert made.rows[0]["said"] == "Change: first year −41 %; 1–3 years −52 %."
    assert "1\u2060–\u20603\u00a0years" in made.first[0][3]
    assert made.rows[1]["said"] == "Change: −1 %."
    assert made.rows[-1]["said"] == "Nothing."
    assert len(made.first) == 3
    filed = list(csv.DictReader(io.StringIO(lines(MIXED).csv())))
    assert [tuple(row) for row in filed] == [COLUMNS] * len(MIXED)
    assert filed[3]["horizon"] == "first year"


def test_without_a_score_there_is_no_section():
    def reading(*found: Happened) -> Reading:
        bare = type("Bare", (), {"markets": {}, "standing": None})()
        told = SimpleNamespace(talks=None)
        about = SimpleNamespace(happened=found, front=None, situation=told, chain=None)
        return cast(Reading, SimpleNamespace(analysis=about, economy=bare))

    assert happened.Facts.of(reading()) is None
    scored = happened.Facts.of(reading(*MIXED))
    assert scored is not None
    made = happened.section(scored)
    assert made.title.startswith("3 of 5 answers miss")
    assert "the tariff" in made.lead[0]
    assert len(happened.section(facts(MIXED[0])).lead) == 1


def test_what_of_the_crude_market_came_later_is_said():
    said = happened.section(happened.Facts(MIXED, Later(3, 75, "2025-08"))).lead
    assert any("3 of its 75 became known after" in line and "August 2025" in line for line in said)


def test_what_came_later_is_counted_from_the_base():
    base = base_on(datetime.date(2025, 3, 31))
    found = later(base, datetime.date(2025, 3, 31))
    assert found is not None
    assert found.count == len(base.later_than(datetime.date(2025, 3, 31))) < found.total
    assert later(base, datetime.date(2026, 1, 1)) is None
