"""The score against the record runs, cites every fact, and is the one that the package ships."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
import validation.after_2025_03_31 as after
from validation import happened as shipped
from validation.after_2025_03_31 import answers as asking
from validation.after_2025_03_31 import dated, judge, page, table
from validation.after_2025_03_31.answers import ASKED, BUYERS, JULY, MARCH, NEXT_DAY, day_of
from validation.after_2025_03_31.record import events
from validation.after_2025_03_31.rules import RULES
from validation.after_2025_03_31.score import Score
from validation.scored import ORDER, Line

from tests.source_data import source_data
from threatpoint import words
from threatpoint.analysis.happened import happened
from threatpoint.situation import load_situation
from threatpoint.world import load_world


@pytest.fixture(scope="module")
def computed() -> Score:
    return judge()


@pytest.fixture(scope="module")
def found(computed) -> list[Line]:
    return list(computed.lines)


@pytest.fixture(scope="module")
def written():
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


def test_what_is_written_down_and_shipped_is_what_is_computed_now(computed, written):
    """To write both anew: python -m validation.after_2025_03_31 --write."""
    place = Path(after.__file__).with_name("differences.md")
    assert place.read_text(encoding="utf-8") == page(computed)
    rows = shipped.rows(computed.lines)
    version = {line.version for line in written}
    assert len(version) == 1
    assert [vars(line) for line in written] == [
        row | {"version": line.version} for row, line in zip(rows, written, strict=True)
    ]


def test_every_threat_stands_on_its_own_day(computed):
    days = {name: str(day_of(name)) for name in ASKED}
    assert (days[MARCH], days[JULY]) == ("2025-03-30", "2025-07-14")
    assert (days[asking.ORDER], days[NEXT_DAY]) == ("2025-08-06", "2025-08-07")
    made = load_situation(shipped.SITUATION).made
    assert all(day_of(name) >= made[asked.threat].date for name, asked in ASKED.items())
    for answers in computed.answers:
        own, any_buyer, later = (answers.rows[q]["IND"] for q in (asking.ORDER, BUYERS, NEXT_DAY))
        assert own["bite_usd_bn"] == pytest.approx(any_buyer["bite_usd_bn"], rel=1e-6)
        assert own["credibility_usd_bn"] == pytest.approx(any_buyer["credibility_usd_bn"], rel=1e-6)
        assert later["bite_usd_bn"] < own["bite_usd_bn"]  # the more stands already, the less is hit


def test_what_money_says_stands_beside_what_happened(computed):
    text = page(computed)
    for name, asked in ASKED.items():
        assert f"## {words.day(day_of(name))}: {asked.title}\n" in text
        assert f"What happened: {asked.happened} (" in text
    targets = sum(len(answers.rows[name]) for answers in computed.answers for name in ASKED)
    assert len(re.findall(r"\| (yes|no) \|$", text, re.MULTILINE)) == targets


def test_the_shipped_score_is_written_for_readers(written):
    codes = "|".join(load_world().countries)
    for line in written:
        text = (
            f"{line.part} {line.horizon} {line.happened} {line.measure} {line.said} {line.reason}"
        )
        assert not re.search(rf"\b({codes})\b", text), text
        assert not re.search(r"[Α-ω]|\b(short|medium|long)\b|-\d", text), text
        assert line.horizon in (*map(words.horizon, words.HORIZONS), "any")
        assert line.source
        assert line.situation == shipped.SITUATION
    assert {"miss", "right"} <= {line.verdict for line in written}


def test_only_the_threats_that_were_scored_have_a_score(written):
    built_in = load_situation(shipped.SITUATION)
    assert written
    assert happened(replace(built_in, title="Another title")) == written
    assert happened(replace(built_in, name="mine")) == ()
    one = {built_in.main: built_in.policy}
    assert happened(replace(built_in, threats=one)) == ()
    assert happened(replace(built_in, later={})) == ()
    assert happened(built_in.when_made("india-order")) == ()


def test_the_facts_are_those_of_the_timeline():
    with (source_data() / "timeline" / "events.csv").open(encoding="utf-8", newline="") as file:
        known = {(row["date"], row["source"]) for row in csv.DictReader(file)}
    for name, row in events().items():
        if not name.endswith(("-exports", "july-threat")):  # figures of one entry; from press
            assert (row["date"], row["source"]) in known
