"""Areas from the outlines, the river, the map and the chart."""

import re
from xml.etree import ElementTree

import pytest

pytest.importorskip("shapely", reason="the maps need shapely")
pytest.importorskip("pyproj", reason="the maps need pyproj")

from threatpoint.brief import curves, front_section, maps, theme
from threatpoint.brief.map_labels import Label, overlap, place
from threatpoint.errors import MissingExtraError, ThreatpointError
from threatpoint.front import data as front_data
from threatpoint.front import outlines, territory
from threatpoint.front.front import solve_front

DIFFER = {"Kyiv City": 97, "Sevastopol": -14, "Kherson": -8, "Mykolaiv": -5, "Kyiv": -5}
"""Percent: units whose outline is coarse or leaves out water; docs/front.md says why."""


def test_areas_of_outlines_against_official_ones():
    for check in territory.area_checks():
        limit = abs(DIFFER.get(check.name, 2.0))
        assert abs(check.difference_percent) <= limit, check.name
    total = sum(outlines.areas().values())
    assert total == pytest.approx(603_540, rel=0.01)


def test_the_projection_keeps_areas():
    """A cell of one degree at 49 N against the closed form on the ellipsoid."""
    from pyproj import Geod
    from shapely.geometry import Polygon

    steps = [k / 50 for k in range(51)]
    cell = [(31 + s, 49.0) for s in steps] + [(32 - s, 50.0) for s in steps]
    flat = Polygon(outlines._ring(cell))
    exact = abs(Geod(ellps="WGS84").geometry_area_perimeter(Polygon(cell))[0])
    assert flat.area == pytest.approx(exact, rel=1e-4)


def test_banks_of_the_river():
    east, west = territory.dnieper()
    assert east.area + west.area == pytest.approx(603_540)
    assert east.area_low < east.area < east.area_high
    shares = territory.east_shares()
    names = {front_data.oblast(c).name: s for c, s in shares.items()}
    for name in ("Luhansk", "Donetsk", "Kharkiv", "Sumy", "Crimea"):
        assert names[name] == pytest.approx(1)
    for name in ("Lviv", "Odesa", "Zhytomyr", "Vinnytsia"):
        assert names[name] == pytest.approx(0)
    assert 0.4 < names["Dnipropetrovsk"] < 0.7


@pytest.mark.parametrize("width", [maps.WIDE, maps.NARROW])
def test_labels_stand_apart_and_in_the_frame(width):
    result, view = solve_front(), maps._view(width)
    labels = [*maps._pocket_labels(result, view), *maps._oblast_labels(result, view)]
    placed = place([*labels, *maps._ground_labels(view)], [], view.frame)
    boxes = [item.box for item in placed]
    assert not [1 for k, a in enumerate(boxes) for b in boxes[:k] if overlap(a, b)]
    frame = view.frame
    assert all(b[0] >= frame[0] and b[2] <= frame[2] for b in boxes)
    words = {item.label.lines[0] for item in placed}
    assert {h.oblast.name for h in result.held if h.share} | {"Odesa"} <= words


@pytest.mark.parametrize("width", [maps.WIDE, maps.NARROW])
def test_the_map_is_well_formed_and_speaks(width):
    text = maps.control_map(solve_front(), width, "m")
    root = ElementTree.fromstring(text)
    assert root.get("role") == "img"
    assert "Donetsk 69 %" in text
    assert "Claimed, none held: Odesa" in text
    for words in ("13 March 2025", "DeepState", "Natural Earth", "200 km", "80–140 km²"):
        assert words in text
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert len(text) < 80_000
    style = re.search(r"<style>(.*?)</style>", text)[1]
    assert all(r.strip().startswith(".control-map ") for r in style.split("}") if r.strip())


def test_scale_bar_is_true():
    view = maps._view(maps.WIDE)
    bar = float(
        re.search(r'class="rule" d="M[\d. ]+v5h([\d.]+)v', maps.control_map(solve_front()))[1]
    )
    a, b = outlines.point(31.5, 48.5), outlines.point(31.5 + 2.7066, 48.5)
    drawn = view.at(*b)[0] - view.at(*a)[0]  # 200 km along the parallel: 2.7066 degrees
    assert bar == pytest.approx(drawn, rel=0.01)


def test_the_map_is_written(tmp_path):
    path = maps.write_map(solve_front(), tmp_path / "m.svg")
    assert ElementTree.parse(path).getroot().tag == "{http://www.w3.org/2000/svg}svg"
    with pytest.raises(ThreatpointError, match=r"ends in \.svg"):
        maps.write_map(solve_front(), tmp_path / "m.png")
    with pytest.raises(ThreatpointError, match="--map"):
        maps.write_map(solve_front(), tmp_path / "no" / "m.svg")
    with pytest.raises(ThreatpointError, match="width"):
        maps.control_map(solve_front(), 500)


def test_missing_packages_are_named(monkeypatch):
    monkeypatch.setattr("threatpoint.errors.find_spec", lambda name: None)
    outlines.shapes.cache_clear()
    with pytest.raises(MissingExtraError, match=r"threatpoint\[maps\]"):
        outlines.shapes()


def test_a_label_without_room_is_left_out_unless_needed():
    frame = (0.0, 0.0, 100.0, 100.0)
    taken = [(0.0, 0.0, 100.0, 60.0)]
    assert place([Label(("abc",), 50, 20, 10, "x", reach=8)], taken, frame) == []
    (found,) = place([Label(("abc",), 50, 20, 10, "x", needed=True)], taken, frame)
    assert not overlap(found.box, taken[0])


def test_the_chart_says_what_it_shows():
    result, data = solve_front(), front_data.control()
    assert "17 of 18" in front_section.chart_title(result)
    series = front_section.area_rows(result, data)
    spec = curves.curves(series, theme.NARROW, (109_000.0, 123_000.0)).to_dict()
    assert len(spec["layer"]) == 6
    svg = front_section._chart(result, data).wide
    assert ElementTree.fromstring(svg).get("role") == "img"
    assert "projected" in svg
