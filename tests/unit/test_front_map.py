"""Areas from the outlines, the river, the map and the chart."""

import re
from dataclasses import replace
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

pytest.importorskip("shapely", reason="the maps need shapely")
pytest.importorskip("pyproj", reason="the maps need pyproj")

from threatpoint.analysis.ground import front_ahead
from threatpoint.analysis.happened import happened
from threatpoint.brief import curves, front, theme
from threatpoint.brief import happened as page_happened
from threatpoint.brief.front import Facts, write_map
from threatpoint.brief.map import control_map, frame, pocket_rows
from threatpoint.brief.prose import say, sentence
from threatpoint.errors import MissingExtraError, ThreatpointError
from threatpoint.front import data as front_data
from threatpoint.front import outlines, territory
from threatpoint.front.front import solve_front
from threatpoint.situation import load_situation

DIFFER = {"Kyiv City": 97, "Sevastopol": -14, "Kherson": -8, "Mykolaiv": -5, "Kyiv": -5}
"""Percent: units whose outline is coarse or leaves out water; docs/front.md says why."""


def test_areas_of_outlines_against_official_ones():
    areas = {code: shape.area / 1e6 for code, shape in outlines.shapes()["oblasts"].items()}
    for unit in front_data.oblasts():
        difference = 100.0 * (areas[unit.code] / unit.official_area - 1.0)
        assert abs(difference) <= abs(DIFFER.get(unit.name, 2.0)), unit.name
    total = sum(areas.values())
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


def a_map(width, result=None):
    result = result or solve_front()
    return control_map(result, say("front.map", Facts(result)), width)


def labels_of(svg: str) -> list[ElementTree.Element]:
    texts = ElementTree.fromstring(svg).iter("text")
    return [text for text in texts if "label" in text.get("class", "")]


def boxes(svg: str) -> dict[str, tuple[float, float, float, float]]:
    """First line of a label -> left, top, right, bottom in pixels, as wide as its letters."""
    found = {}
    for text in labels_of(svg):
        spans = list(text)
        size = float(re.search(r"font-size:([\d.]+)", text.get("style", ""))[1])
        letter = size * (0.76 if "state" in text.get("class", "") else 0.56)
        half = letter * max(len(span.text) for span in spans) / 2 + 1.5
        x, y = float(spans[0].get("x")), [float(span.get("y")) for span in spans]
        found[spans[0].text] = (x - half, y[0] - 0.91 * size, x + half, y[-1] + 0.21 * size)
    return found


def overlap(a, b) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.mark.parametrize("month", ["2024-07", "2025-03", "2026-08"])
@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_labels_stand_apart_and_in_the_frame(width, month):
    result, view = solve_front(month), frame(width)
    placed = boxes(a_map(width, result))
    found = list(placed.values())
    places = pocket_rows(result)
    marks = [(x - 7, y - 7, x + 7, y + 7) for x, y in (view.place(row) for row in places)]
    assert len(marks) == 2
    assert not [1 for k, a in enumerate(found) for b in (*found[:k], *marks) if overlap(a, b)]
    assert all(b[0] >= 2 and b[2] <= width - 2 for b in found)
    assert {h.oblast.name for h in result.held if h.share} | {"Odesa"} <= set(placed)
    assert "Kyiv City" not in placed


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_any_oblast_can_be_held(width):
    """Of every oblast on the map the share is told."""
    result, view = solve_front(), frame(width)
    held = tuple(replace(item, share=0.5) for item in result.held)
    svg = a_map(width, replace(result, held=held))
    told = [[span.text for span in text] for text in labels_of(svg)]
    centres = {code: s.representative_point() for code, s in outlines.shapes()["oblasts"].items()}
    inside = [
        [item.oblast.name, "50\u00a0%"]
        for item in held
        for x, y in [view.at(*centres[item.oblast.code].coords[0])]
        if 0 <= x <= view.width and 0 <= y <= view.height
    ]
    assert sorted(text for text in told if text[-1] == "50\u00a0%") == sorted(inside)


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_the_map_is_well_formed_and_speaks(width):
    text = a_map(width)
    root = ElementTree.fromstring(text)
    assert root.get("role") == "img"
    assert "Donetsk 69\u00a0%" in text
    assert "Claimed, none held: Odesa" in text
    for words in ("13 March 2025", "DeepState", "Natural Earth", "200 km", "80–140\u00a0km²"):
        assert words in text
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert len(text) < 80_000
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    assert all(r.strip().startswith(".control-map ") for r in style.split("}") if r.strip())


def test_scale_bar_is_true():
    view, text = frame(theme.WIDE), a_map(theme.WIDE)
    bar = float(re.search(r'class="rule" d="M[\d. ]+v5h([\d.]+)v', text)[1])
    a, b = outlines.point(31.5, 48.5), outlines.point(31.5 + 2.7066, 48.5)
    drawn = view.at(*b)[0] - view.at(*a)[0]  # 200 km along the parallel: 2.7066 degrees
    assert bar == pytest.approx(drawn, rel=0.01)


def test_the_map_is_written(tmp_path):
    path = write_map(solve_front(), tmp_path / "m.svg")
    assert ElementTree.parse(path).getroot().tag == "{http://www.w3.org/2000/svg}svg"
    with pytest.raises(ThreatpointError, match=r"ends in \.svg"):
        write_map(solve_front(), tmp_path / "m.png")
    with pytest.raises(ThreatpointError, match="--map"):
        write_map(solve_front(), tmp_path / "no" / "m.svg")
    with pytest.raises(ThreatpointError, match="width"):
        a_map(500)


def test_missing_packages_are_named(monkeypatch):
    monkeypatch.setattr("threatpoint.errors.find_spec", lambda name: None)
    outlines.shapes.cache_clear()
    with pytest.raises(MissingExtraError, match=r"threatpoint\[maps\]"):
        outlines.shapes()


def test_the_chart_says_what_it_shows():
    found, data = front_ahead("2025-03", 64, 1)[0], front_data.control()
    series = front.series(found.paths, data)
    _, marks = curves.curves(series, theme.NARROW, (109_000.0, 123_000.0))
    assert sum('fill="none"' in mark and 'stroke-width="2"' in mark for mark in marks) == 2
    assert sum('opacity="0.16"' in mark for mark in marks) == 1
    assert all(row["x"] <= "2025-03-31" for row in series[2]["rows"])
    facts = Facts(solve_front(), ahead=found)
    section = front.section(facts)
    assert sentence("front.expected", found.paths, "the attacker") in section.title
    svg = section.figures[-1].wide
    assert ElementTree.fromstring(svg).get("role") == "img"
    assert "expected" in svg
    assert "record" not in svg


def test_only_what_happened_since_shows_the_record_after_the_day():
    facts = Facts(solve_front(), ahead=front_ahead("2025-03", 64, 1)[0])
    lines = happened(load_situation("ukraine-2025-03-31"))
    (line,) = (each for each in lines if each.part == page_happened.FRONT)
    assert "record" in front.since(facts, line).wide
    assert front.since(Facts(solve_front()), line) is None
    shown = page_happened.section(page_happened.Facts(lines, ground=facts)).figures
    assert [figure.key for figure in shown] == ["fig-front-since"]


def test_what_is_not_known_of_the_months_ahead_is_said():
    said = front.section(Facts(solve_front(), silent="too little was known")).lead
    assert any("What to expect is not known: Too little was known." in line for line in said)


def test_a_force_is_answered_by_its_banks_where_nothing_was_drawn():
    result, row = solve_front(river=True), SimpleNamespace(words="", happened=())
    bare = say("front.force", Facts(result), row)
    assert "not drawn" in bare["answer"]
    assert "east bank" in bare["answer"]
    found = front_ahead("2025-03", 64, 1)[0]
    told = say("front.force", Facts(result, ahead=found), row)
    assert "EUR" in told["range"]
    assert "east bank" in told["answer"]
    assert "not determined by what is known" in told["answer"]
    assert "Bloomberg" in told["source"]


def test_too_little_known_is_the_reason():
    found, why = front_ahead("2024-07", 64, 1)
    assert found is None
    assert "too little was known" in why
