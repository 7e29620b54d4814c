"""Tables of the sender's type: words of each cell, all columns in the file."""

import csv
import io

import pytest

from tests.games import one_target
from threatpoint import words
from threatpoint.strategy import Resolve, Step, compared, type_priors
from threatpoint.strategy.type_tables import models, path, priors

USA = type_priors("USA")
STEPS = [
    Step("2025-03-30", "t", "made"),
    Step("2025-04-30", "t", "clock"),
    Step("2025-08-27", "t", "clock", {"IND"}),
]


def name(code):
    return {"IND": "India", "CHN": "China"}.get(code, code)


def test_the_path_says_day_chance_range_and_what_happened():
    rows = Resolve({"t": {"IND": 3.4, "CHN": -24.0}}, USA).rows(STEPS)
    table = path(rows, name, {"t": "25 points"}.get)
    cells = dict(zip([c.key for c in table.shown], table.first[0], strict=True))
    assert cells == {
        "name": "India",
        "date": "30 March 2025",
        "threat": "25 points",
        "step": "made",
        "gain_usd_bn": "+3.4",
        "pays": "yes",
        "hit_probability": "35 %",
        "hit": "33 to 40 %",
        "was_hit": "no",
    }
    assert table.first[-2][-2:] == ["no answer", "yes"]
    filed = list(csv.DictReader(io.StringIO(table.csv())))
    assert len(filed) == 6
    assert float(filed[2]["before_low"]) <= float(filed[2]["hit_before"])
    assert {"hit_low", "hit_high", "belief_tough", "effective_draws", "concept"} <= set(filed[0])


def test_both_models_stand_side_by_side():
    table = models(compared(one_target((0, -1), (0, 0), (-3, -10)), USA), name)
    assert ["A", "5", "50 %", "35 %", "35 %"] in [*table.first, *table.folded]


def test_every_prior_is_in_the_table_with_its_source():
    table = priors(USA)
    assert [row["prior"] for row in table.rows] == list(USA)
    assert all(cell for row in table.first for cell in row)


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0.016, 0.32, "2 to 32 %"),
        (0.001, 0.2, "under 1 % to 20 %"),
        (0.0, 0.2, "0 to 20 %"),
        (0.331, 0.334, "33 %"),
        (0.5, 0.999, "50 to over 99 %"),
        (float("nan"), 0.2, words.NO_ANSWER),
    ],
)
def test_a_range_of_chances_in_words(low, high, text):
    assert words.chance_span(low, high) == text
