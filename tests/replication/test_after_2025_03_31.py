"""The score against the record runs, cites every fact, and is the one that the package ships."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
import validation.after_2025_03_31 as after
from validation import happened as shipped
from validation.after_2025_03_31 import dated, lines, table
from validation.after_2025_03_31.score import RULES, events
from validation.scored import ORDER, Line

from tests.source_data import source_data
from threatpoint.analysis.happened import happened
from threatpoint.situation import load_situation
from threatpoint.world import load_world


@pytest.fixture(scope="module")
def found() -> list[Line]:
    return lines()


@pytest.fixture(scope="module")
def score():
    return happened(load_situation(shipped.SITUATION))


def test_every_line_has_a_verdict_and_cites_the_record(found):
    record = events()
    places = [ORDER.index(line.verdict) for line in found]
    assert places == sorted(places)
    assert len(found) >= len(RULES) + 3
    for line in found:
        assert line.said
        assert all(record[event]["source"] for event in line.events)
        assert line.reason or line.verdict in ("right", "not modelled")
    text = table(found)
    assert text.index("| miss |") < text.index("| right |")
    assert all(line.happened in text for line in found)


def test_a_line_that_misses_is_shown_with_its_reason():
    miss = Line("it", ("threat",), "long", "one thing", "a number", "another", "miss", "because")
    shown = "| miss | 7–10 years | one thing (press) | a number: another | because |"
    assert shown in table([miss])
    assert dated(miss) == {"date": "2025-03-30", "source": "press"}


def test_what_is_written_down_and_shipped_is_what_is_computed_now(found, score):
    """To write both anew: python -m validation.after_2025_03_31 --write."""
    written = Path(after.__file__).with_name("differences.md")
    assert written.read_text(encoding="utf-8") == table(found)
    computed = shipped.rows(found)
    version = {line.version for line in score}
    assert len(version) == 1
    assert [vars(line) for line in score] == [
        row | {"version": line.version} for row, line in zip(computed, score, strict=True)
    ]


def test_the_shipped_score_is_written_for_readers(score):
    codes = "|".join(load_world().countries)
    for line in score:
        text = (
            f"{line.part} {line.horizon} {line.happened} {line.measure} {line.said} {line.reason}"
        )
        assert not re.search(rf"\b({codes})\b", text), text
        assert not re.search(r"[Α-ω]|\b(short|medium|long)\b|-\d", text), text
        assert line.horizon in ("first year", "1–3 years", "7–10 years", "any")
        assert line.source
        assert line.situation == shipped.SITUATION
    assert {"miss", "open", "right"} <= {line.verdict for line in score}


def test_only_the_threats_that_were_scored_have_a_score(score):
    built_in = load_situation(shipped.SITUATION)
    assert score
    assert happened(replace(built_in, title="Another title")) == score
    assert happened(replace(built_in, name="mine")) == ()
    one = {built_in.main: built_in.policy}
    assert happened(replace(built_in, threats=one)) == ()


def test_the_facts_are_those_of_the_timeline():
    with (source_data() / "timeline" / "events.csv").open(encoding="utf-8", newline="") as file:
        known = {(row["date"], row["source"]) for row in csv.DictReader(file)}
    for name, row in events().items():
        if not name.endswith("-exports"):  # three figures of one entry of the timeline
            assert (row["date"], row["source"]) in known
