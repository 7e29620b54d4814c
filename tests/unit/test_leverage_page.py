"""Which flow hurts whom, on the pages of small worlds: words, tables, heat maps, and none."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

import threatpoint as tp
from tests.drawings import Drawing
from tests.unit.test_brief_page import small_analysis, small_economy, small_situation
from threatpoint.analysis import Analysis, analyse
from threatpoint.analysis.leverage import of_situation
from threatpoint.analysis.leverage.parties import Who
from threatpoint.brief import leverage, svg, theme
from threatpoint.brief.folds import folds
from threatpoint.brief.heat_layout import Cell, heat
from threatpoint.brief.reading import Reading
from threatpoint.errors import EquilibriumError
from threatpoint.policy import Action, CutOff, Rule


@cache
def analysis(targets: tuple[str, ...] = ("C01", "C02"), sender: str = "C00") -> Analysis:
    return small_analysis(targets, sender=sender)


def facts(found: Analysis) -> leverage.Facts:
    made = leverage.Facts.of(Reading(found))
    assert made is not None
    return made


def fold(found: Analysis):
    return next((f for f in folds(Reading(found)) if f.key == "leverage"), None)


def test_the_fold_says_first_what_hurts_whom_and_at_what_cost():
    found = fold(analysis())
    assert found is not None
    row = facts(analysis()).most[0]
    assert found.finding.startswith(f"Land C00 can hurt Land {row['over']} most by ")
    assert "1\u00a0% less costs" in found.finding
    (section,) = found.sections
    for target in ("C01", "C02"):
        assert any(text.startswith(f"Land {target} is hurt most where") for text in section.lead)
    assert [table.key for table in section.tables] == ["leverage", "leverage-solved"]
    assert [figure.key for figure in section.figures] == ["fig-levers-power", "fig-levers-friends"]


def test_the_rows_are_flows_between_sender_and_targets():
    levers = facts(analysis()).levers
    for row in levers.rows:
        assert {row["importer"], row["exporter"]} == {"C00", row["over"]}
        assert row["sector"] != "S02"
    assert len(levers.exact) == min(10, len(levers.rows))


def test_of_crude_the_words_have_the_numbers_solved_in_barrels():
    found = facts(analysis())
    first, *others = found.levers.rows
    anew = dict(found.levers.exact[0]) | {
        "barrels": True,
        "loss_exact": 5e6,
        "own_cost_exact": -3e6,
    }
    levers = replace(
        found.levers,
        rows=[first | {"barrels": True}, *others],
        exact=[anew, *found.levers.exact[1:]],
    )
    said = leverage.section(replace(found, levers=levers))
    assert "1\u00a0% less costs Land" in said.title
    assert (
        "USD\u00a05.0\u00a0tn a year, while Land C00 gains USD\u00a03.0\u00a0tn by it" in said.title
    )
    assert "the first table does not" in said.lead[0]
    assert any("which leaves out the market in barrels" in text for text in said.lead)


def test_refined_products_have_a_caution_on_the_page_in_the_first_year(monkeypatch):
    found = facts(analysis())
    first, *others = found.levers.rows
    levers = replace(found.levers, rows=[first | {"sector": "REFPET"}, *others])
    told = replace(found, levers=levers)
    assert not told.caution
    monkeypatch.setattr("threatpoint.analysis.leverage.tables.FIRST_YEAR", ("long",))
    assert any("buyers of refined oil products" in text for text in leverage.section(told).lead)
    assert not found.caution


def test_an_own_cost_that_is_a_gain_is_said_to_be_one():
    found = facts(analysis())
    rows = [row | {"own_cost": -abs(row["own_cost"])} for row in found.levers.rows]
    gains = replace(found, levers=replace(found.levers, rows=rows))
    said = leverage.section(gains)
    assert "while Land C00 gains USD" in said.title


def test_a_target_that_gains_by_every_cut_is_not_said_to_lose():
    found = facts(analysis())
    rows = [row | {"loss": -1.0} for row in found.levers.rows]
    said = leverage.section(replace(found, levers=replace(found.levers, rows=rows)))
    assert "even that costs Land" in said.title


def test_no_fold_without_anybody_else_who_is_hit(monkeypatch):
    found = replace(analysis(), levers=None, levers_failure="nobody but the sender is hit")
    assert fold(found) is None

    def never(*given, **how):
        raise EquilibriumError("the derivatives do not settle")

    monkeypatch.setattr(of_situation, "leverage", never)
    lost = small_analysis(("C01",))
    assert (lost.levers, lost.levers_failure) == (None, "the derivatives do not settle")


def test_a_table_too_large_for_its_map_has_none(monkeypatch):
    monkeypatch.setattr(of_situation, "MOST", 10)
    found = small_analysis(("C01",))
    assert found.levers is None
    assert "too large" in found.levers_failure


def test_many_targets_are_told_by_the_largest():
    named = tuple(f"C0{k}" for k in (1, 2, 4, 5, 6, 7))
    rule = Rule("C00", None, CutOff("C00", "target"), named=named)  # asks for nothing: no game
    found = facts(analyse(small_situation(rule), small_economy(9)))
    assert len(found.told) == leverage.TOLD
    said = leverage.section(found)
    assert any("The other two targets stand in the table." in text for text in said.lead)
    assert len(found.shown) == leverage.MOST
    assert found.shown[0].label == "C00"


def test_a_union_that_is_hit_as_one_is_one_cell():
    economy = small_economy(6, groups={"UNION": ("C01", "C02")})
    rule = Rule(
        "C00",
        Action("S00", "C03"),
        CutOff("C00", "target"),
        named=("UNION", "C04"),
        unions=("UNION",),
    )
    found = facts(analyse(small_situation(rule), economy))
    assert [who.label for who in found.shown if len(who.at) > 1] == ["UNION"]
    assert {row["over"] for row in found.levers.rows} == {"UNION", "C04"}
    assert any("the UNION" in one or "UNION" in one for one, _, _ in found.ends("power"))


# -- heat maps


def test_a_heat_map_has_a_cell_a_pair_and_its_number_where_it_fits():
    cells = [[None, Cell(0.5, "2.0")], [Cell(-0.5, "0.5"), None]]
    for width, name in ((theme.WIDE, "Land A"), (theme.NARROW, "A")):
        (wide, _), marks = heat(["Land A", "Land B"], ["A", "B"], cells, width)
        drawn = Drawing.of(svg.drawing("key", ((wide, 100), marks), "title", "text"))
        words = [text for text, _ in drawn.texts]
        assert wide == width
        assert {name, "A", "B", "2.0", "0.5"} <= set(words)
    crowd = [[Cell(0.5, "0.001")] * 40] * 40
    _, marks = heat(["x"] * 40, ["X"] * 40, crowd)
    assert not any("0.001" in mark for mark in marks)


def test_numbers_of_a_phone_fit_their_cells():
    economy = tp.on_day(tp.load_world(), "2025-03-31")
    found = tp.leverage(economy, horizon="short")
    codes = ["USA", "CHN", "IND", "BRA", "RUS", "TUR", "MEX", "NOR", "VNM"]
    shown = [Who.named(found, code, (code,)) for code in codes]
    for kind in ("power", "friends"):
        drawn = leverage._drawn(found, kind, shown, theme.NARROW)
        assert sum(">" + c + "<" in m for m in drawn[1] for c in codes) == 2 * len(codes)
        assert len([m for m in drawn[1] if m.startswith("<text")]) == 2 * len(codes) + 72


def test_colours_of_power_and_of_friends():
    assert leverage._power(math.nan).number == ""
    assert leverage._power(math.inf) == Cell(1.0, "\u221e")
    assert leverage._power(0.0).shade == -1.0
    assert leverage._power(2.0).shade == -leverage._power(0.5).shade
    cell = leverage._friend(np.array([[math.nan, 0.04], [-0.01, math.nan]]))
    assert (cell(0.04), cell(-0.01)) == (Cell(1.0, "+4.0"), Cell(-0.5, "\u22121.0"))
    assert cell(0.0001).number == "0"


@pytest.mark.parametrize("ending", [".svg", ".png"])
def test_the_map_of_all_pairs_is_a_file(tmp_path, ending):
    pytest.importorskip("vl_convert")
    place = leverage.write_heat(tp.leverage(small_economy()), tmp_path / f"heat{ending}")
    assert place.stat().st_size > 1000
