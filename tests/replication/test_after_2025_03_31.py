"""The score against the record runs, cites every fact, and lists the misses first."""

import csv

from validation.after_2025_03_31 import lines, table
from validation.after_2025_03_31.score import ORDER, RULES, Line, events

from tests.source_data import source_data


def test_every_line_has_a_verdict_and_cites_the_record():
    found = lines()
    record = events()
    places = [ORDER.index(line.verdict) for line in found]
    assert places == sorted(places)
    assert len(found) >= len(RULES) + 3
    for line in found:
        assert line.said
        assert all(record[event]["source"] for event in line.events)
        assert line.reason or line.verdict in ("hit", "not modelled")
    text = table(found)
    assert text.index("| miss |") < text.index("| hit |")
    assert all(line.happened in text for line in found)


def test_a_line_that_misses_is_shown_with_its_reason():
    miss = Line(("threat",), "long", "one thing", "another", "miss", "because")
    assert "| miss | long | one thing (press) | another | because |" in table([miss])


def test_the_facts_are_those_of_the_timeline():
    with (source_data() / "timeline" / "events.csv").open(encoding="utf-8", newline="") as file:
        known = {(row["date"], row["source"]) for row in csv.DictReader(file)}
    for name, row in events().items():
        if not name.endswith("-exports"):  # three figures of one entry of the timeline
            assert (row["date"], row["source"]) in known
