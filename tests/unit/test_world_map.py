"""The world map: whose value a country has, its classes, its names, and the shipped outlines."""

from __future__ import annotations

import re
import shutil
from itertools import combinations
from types import SimpleNamespace

import pytest
from builders import world_map as builder
from hypothesis import given
from hypothesis import strategies as st

from tests.drawings import Drawing
from tests.situations.small_world import small_world
from tests.source_data import source_data
from threatpoint import words
from threatpoint.brief import world_map
from threatpoint.brief.world_map import CLASSES, class_of, coloured, figure, limits

ROLES = {"USA": "sender", "CHN": "target", "IND": "target", "TUR": "target"}


def reading(economy):
    return SimpleNamespace(
        economy=economy,
        name=lambda code: economy.names.get(code, code),
        place=lambda code: words.place(code, economy),
        role=lambda code: ROLES.get(code, "third"),
        analysis=SimpleNamespace(economy=economy),
    )


def changes(economy):
    return {code: -2.0 + 0.3 * n for n, code in enumerate(economy.countries)}


@pytest.fixture
def drawn(monkeypatch):
    monkeypatch.setattr(world_map, "baseline", lambda reading: "a small table")
    economy = small_world()
    found = figure(reading(economy), changes(economy), "in the first year")
    assert found is not None
    return found


def test_countries_of_a_rest_share_its_value():
    owners = coloured(small_world())
    assert owners["USA"] == "USA"
    assert owners["FRA"] == owners["SWE"] == "REU"
    assert owners["DEU"] == "DEU"
    assert owners["BRA"] == owners["GBR"] == "ROW"
    assert "ATA" not in owners


def test_a_union_may_be_one_economy():
    world = SimpleNamespace(countries=("USA", "EU"), residuals=(), groups={})
    owners = coloured(world)
    assert owners["FRA"] == owners["DEU"] == "EU"
    assert "BRA" not in owners


def test_of_two_rests_of_the_world_none_is_drawn():
    world = SimpleNamespace(countries=("USA", "R1", "R2"), residuals=("R1", "R2"), groups={})
    assert coloured(world) == {"USA": "USA"}


def test_a_table_without_real_countries_has_no_map():
    world = SimpleNamespace(countries=("C00", "C01"), residuals=("C01",), groups={})
    assert figure(reading(SimpleNamespace(**vars(world), names={})), {"C00": 1.0}, "") is None


@given(st.lists(st.floats(-100, 100).filter(bool), min_size=1))
def test_classes_follow_the_data(values):
    inner, outer = limits(values)
    assert 0 < inner < outer <= 2 * max(map(abs, values))
    assert f"{inner:.0e}"[0] in "125"
    assert class_of(0.0, (inner, outer)) == 2
    for value in values:
        assert class_of(-value, (inner, outer)) == 4 - class_of(value, (inner, outer))
    largest = max(values, key=abs)
    assert class_of(largest, (inner, outer)) == (4 if largest > 0 else 0)


def test_the_map_says_every_value_and_its_classes(drawn):
    found = Drawing.of(drawn.wide)
    assert "United States \u22122.0\u00a0%" in found.described
    assert found.described.count("%") >= 10
    assert next(words for _, words in drawn.legend).endswith("or worse")
    assert "share one value" in drawn.note
    assert drawn.title.startswith("The United States loses most, 2.0\u00a0%; ")
    assert set(re.findall(r"<path[^>]*fill:var\(--([\w-]+)\)", drawn.wide)) <= {*CLASSES, "panel"}


@pytest.mark.parametrize(("kind", "most", "size"), [("wide", 8, 11.0), ("narrow", 3, 20.0)])
def test_names_stand_apart_and_in_the_frame(drawn, kind, most, size):
    found = Drawing.of(getattr(drawn, kind))
    assert 1 < len(found.texts) <= most
    assert f'font-size="{size:g}"' in getattr(drawn, kind)
    assert not found.over()
    assert not [words for words, box in found.texts if not found._holds(box)]
    assert found.texts[0][0].startswith("United States")


def test_the_shipped_outlines_are_small_and_inside_the_map():
    shipped = world_map.shipped()
    assert len(shipped["countries"]) > 165
    for key in ("what", "producer", "licence", "unit"):
        assert shipped["about"][key]
    width, height = shipped["size"]
    for code, country in shipped["countries"].items():
        assert re.fullmatch(r"[A-Z]{3}", code)
        x, y = country["at"]
        assert 0 <= x <= width, code
        assert 0 <= y <= height, code


def test_the_builder_gives_the_shipped_bytes(tmp_path):
    pytest.importorskip("shapely", reason="the outlines are cut with shapely")
    pytest.importorskip("pyproj", reason="the outlines are projected with pyproj")
    shutil.copytree(source_data() / "maps", tmp_path / "maps", copy_function=shutil.copyfile)
    builder.build(tmp_path, tmp_path / "one.json")
    found = (tmp_path / "one.json").read_bytes()
    assert found == builder.TARGET.read_bytes(), "run the builder"
    assert len(found) < 120_000


def test_areas_are_true():
    """Areas of three countries on the map are as those on the globe, km2."""
    pytest.importorskip("shapely")
    pytest.importorskip("pyproj")
    shapes = builder.outlines(source_data())
    real = {"BRA": 8_510_000, "IND": 3_170_000, "AUS": 7_690_000}
    scale = {code: shapes[code].area / area for code, area in real.items()}
    for a, b in combinations(scale.values(), 2):
        assert a == pytest.approx(b, rel=0.03)


def test_crimea_is_drawn_with_ukraine():
    pytest.importorskip("shapely")
    from shapely.geometry import Point

    countries = builder._countries(source_data())
    for town in (Point(34.1, 44.95), Point(36.4, 45.35), Point(33.6, 44.6)):
        assert countries["UKR"].contains(town)
        assert not countries["RUS"].contains(town)
    assert countries["RUS"].contains(Point(37.6, 55.7))
    assert countries["RUS"].contains(Point(37.3, 45.1))
