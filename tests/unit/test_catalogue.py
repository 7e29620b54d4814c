"""The catalogue: every entry loads, can be solved, and shows itself shortly."""

from __future__ import annotations

import pytest

import threatpoint as tp
import threatpoint.catalogue.cases as cases
from threatpoint.files import read_csv
from threatpoint.situation import built_in

WORLD = tp.load_world()


def test_it_has_every_situation_and_every_published_case():
    rows = read_csv(cases.TABLES / "cases.csv")
    assert tp.catalog.situations().names == built_in()
    assert set(tp.catalog.cases().names) == {row["name"] for row in rows}
    assert len(tp.catalog) == len(built_in()) + len(tp.catalog.cases())
    assert set(tp.catalog._ipython_key_completions_()) >= {*built_in(), "kiel-2024"}


@pytest.mark.parametrize("name", built_in())
def test_every_situation_loads_as_it_is_read_by_name(name):
    entry = tp.catalog[name]
    assert entry.load().title == tp.load_situation(name).title
    assert entry.load().policy.wedges(WORLD).tariff.shape == WORLD.trade.shape
    assert entry.facts["targets"]
    assert entry.text.count("[situation]") == 1


@pytest.mark.parametrize("case", tp.catalog.cases(), ids=lambda case: case.name)
def test_every_case_is_solved_and_stands_beside_what_was_printed(case):
    table = case.compared()
    assert len(table.rows) == len(case.figures)
    for row, figure in zip(table.rows, case.figures, strict=True):
        assert row["published_low"] <= row["published_high"] < 0
        assert row["computed"] < 0
        assert figure.source
    assert table.csv().startswith("who,horizon")


def test_the_case_of_kiel_is_what_validation_solves():
    from validation.kiel_2024.replicate import losses

    rows = tp.catalog["kiel-2024"].compared().rows
    assert {r["horizon"]: r["computed"] for r in rows} == pytest.approx(losses(), rel=1e-9)


def test_what_happened_is_on_record():
    assert tp.catalog["border-2025-02-01"].happened == (
        "2025-02-04: passed; 2025-03-04: carried out on CAN, MEX"
    )


def test_lists_are_short_and_safe_to_show():
    for shown in (tp.catalog, tp.catalog.situations(), tp.catalog.cases(), *tp.catalog.cases()):
        assert repr(shown).count("\n") < 12
    page = tp.catalog.cases()._repr_html_()
    assert page.count("<tr>") == 1 + len(tp.catalog.cases())
    assert "Bouët, Sall &amp; Zheng" in page
    assert tp.catalog.cases()[0].name == tp.catalog.cases().names[0]
    assert tp.catalog.situations()["border-2025-02-01"] in tp.catalog.situations()
    assert "kiel-2024" in tp.catalog


def test_a_name_it_does_not_have_is_refused_with_the_nearest():
    with pytest.raises(tp.ThreatpointError, match=r"did you mean 'kiel-2024'\?"):
        tp.catalog["kiel-2042"]
    with pytest.raises(tp.ThreatpointError, match="published cases: unknown name 'nothing'"):
        tp.catalog.cases()["nothing"]
    with pytest.raises(tp.ThreatpointError, match="unknown entry of the catalogue 3"):
        tp.catalog[3]  # type: ignore[index]
    with pytest.raises(IndexError):
        tp.catalog.cases()[99]


def test_every_figure_belongs_to_a_case_and_says_where_it_is_printed():
    rows = read_csv(cases.TABLES / "published.csv")
    assert {row["case"] for row in rows} == set(tp.catalog.cases().names)
    assert all(row["source"] for row in rows)
