"""Episodes of the crude market: the score is what is computed now, misses first, later marked."""

from __future__ import annotations

import numpy as np
import pytest
from validation.crude_episodes import past
from validation.crude_episodes.replicate import (
    DRAWS,
    EPISODES,
    MEASURES,
    ROWS,
    TABLE,
    TEXT,
    answers,
    rows,
)
from validation.crude_episodes.written import texts
from validation.crude_market import CENTRAL, numbers

from threatpoint.oil.clearing import clear


def test_the_files_hold_what_is_computed_now():
    """To write both anew: python -m validation.crude_episodes --write."""
    table, text = texts()
    assert TABLE.read_text(encoding="utf-8") == table
    assert TEXT.read_text(encoding="utf-8") == text


def test_every_figure_is_scored_misses_first():
    found = rows()
    assert len(found) == len(ROWS)
    assert [row.inside for row in found] == sorted(row.inside for row in found)
    assert all(row.range[0] <= row.central <= row.range[1] for row in found)
    assert {row.episode for row in found} == set(EPISODES)


@pytest.mark.parametrize("key", EPISODES)
def test_barrels_balance_in_every_draw(key):
    central, drawn = answers(key)
    assert drawn.crude.draws == DRAWS
    for found in (central, drawn):
        assert np.abs(found.imbalance).max() <= 1e-9


def test_january_2022_stands_still_where_nobody_stops():
    values = {k: np.array([v]) for k, v in numbers("2023", CENTRAL).items()}
    found = clear(past.market(values))
    assert found.log_price[0] == pytest.approx(0.0, abs=1e-12)
    assert found.taken.volume == pytest.approx(found.crude.bought, abs=1e-9)
    assert abs(found.imbalance[0]) <= 1e-9
    assert float(found.crude.elsewhere.sum() + found.offer.wells[0]) == pytest.approx(80.5)


def test_later_inputs_are_those_known_after_it_began():
    assert EPISODES["c"].later == ("middlemen", "refusal", "swap")
    assert "discount IND" in EPISODES["b"].later
    assert {"tau", "fleet", "ceiling CHN"} <= set(EPISODES["a"].later)


def test_every_number_of_the_file_has_a_source_and_a_month():
    given = past.read()
    facts = [v for v in given["market"].values() if isinstance(v, dict)]
    for fact in [*facts, *(one["bought"] for one in given["outlet"])]:
        assert fact["low"] <= fact["value"] <= fact["high"]
        assert fact["source"]
        assert len(fact["known"]) == 7
        said = fact["source"].startswith(("prior", "as in the shipped base"))
        assert said == fact.get("prior", False)


def test_few_draws_have_both_buyers_right():
    """As differences.md says."""
    _, drawn = answers("a")
    india, china = (MEASURES[name][1](drawn) for name in ("India", "China"))
    assert ((india >= 1.6) & (china <= 2.3)).sum() == 20
    assert "20 of 1,024 draws" in TEXT.read_text(encoding="utf-8")
