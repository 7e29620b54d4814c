"""Designs over draws and coalitions on the shipped world, and the fold that shows them."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from threatpoint import Drawing, analyse, load_situation, load_world
from threatpoint.analysis.design import design_threat
from threatpoint.analysis.design.of_situation import solve_design
from threatpoint.brief import design
from threatpoint.brief.first import first
from threatpoint.brief.reading import Reading
from threatpoint.policy.standing import on_day
from threatpoint.strategy.design import tables
from threatpoint.strategy.design.coalition import smallest
from threatpoint.strategy.type_priors import type_priors


@pytest.fixture(scope="module")
def border():
    """The threat of February 2025 to Canada and Mexico, as the page has it."""
    situation = load_situation("border-2025-02-01")
    economy = on_day(load_world(), situation.date)
    analysis = analyse(situation, economy)
    assert analysis.design is None  # the quick page designs nothing
    assert "--quick" in analysis.design_failure
    how = {"horizon": analysis.horizon, "deficits": "fixed", "terms": None}
    found, why = solve_design(situation, economy, Drawing(16), **how)
    assert why == ""
    return replace(analysis, design=found)


def test_the_fold_says_what_the_designs_say(border):
    facts = design.Facts.of(Reading(border))
    assert facts is not None
    shown = design.section(facts)
    told = " ".join([shown.title, *shown.lead])
    assert "on record as lawful" in told
    assert "after the stated answer" in told
    assert "16 draws" in told
    assert [table.key for table in shown.tables] == [
        "design-beside", "design-yielding", "design-frontier", "design-legal"
    ]  # fmt: skip
    (figure,) = shown.figures
    assert "<svg" in figure.wide
    for one in facts.better:
        assert one.robust == (one.share >= 0.8)
    unsure = [each for each in facts.beside if each.inside and each not in facts.surely]
    assert ("could have been had for less" in figure.title) == bool(facts.surely or unsure)
    assert ("is not sure" in figure.title) == bool(unsure and not facts.surely)


def test_the_first_screen_has_a_line_only_where_a_design_stays_ahead(border):
    reading = Reading(border)
    facts = design.Facts.of(reading)
    assert facts is not None
    there = [name for name, _ in first(reading).changes if name == "Another threat"]
    assert len(there) == bool(facts.robust)
    none = replace(border, design=None)
    assert design.Facts.of(Reading(none)) is None
    assert "Another threat" not in [name for name, _ in first(Reading(none)).changes]


def test_draws_solve_again_what_was_designed_and_what_was_made(border):
    found = border.design
    over, own = found.drawn, found.designs
    assert over.draws == 16
    for each in own.beside:
        if each.better is not None and each.made.answered:
            assert over.knows(each.better)
            assert 0.0 <= over.better(each.better, each.made) <= 1.0
    rows = tables.beside_rows(own, str, over)
    assert {row["verdict"].partition(",")[0] for row in rows} <= {"robust", "fragile", "–"}


def test_who_must_join_and_what_makes_it_even():
    """At a small s nobody believes the sender alone on China; with Japan they do."""
    situation = load_situation("ukraine-2025-03-31")
    economy = on_day(load_world(), situation.date)
    s = type_priors("USA")["s"].given(6.0).quantity
    how = {"targets": ["CHN"], "forms": ["tariff"], "answer": 0, "scale": s}
    found = design_threat(situation, economy, join=["JPN"], **how)
    alone, joined = found.coalitions
    assert not alone.works
    assert joined.works
    assert smallest(found.coalitions) is joined
    assert sum(each.transfer for each in joined.burdens) == pytest.approx(0.0, abs=1e-9)
    assert len({round(each.share, 12) for each in joined.burdens}) == 1
    table = tables.burdens(joined, str)
    assert table is not None
    assert [row["member"] for row in table.rows] == ["USA", "JPN"]
    assert math.isnan(tables.coalition_rows([alone], str)[0]["gain_usd_bn"])
