"""Figures as files of their own: words inside, plain colours, nothing out of the frame."""

from __future__ import annotations

import re
import struct
from xml.etree import ElementTree

import pytest

from threatpoint.brief import charts, svg
from threatpoint.brief.charts import Caption
from threatpoint.brief.dots_layout import Line, dots
from threatpoint.brief.standalone import MARGIN, SCALE, plain, png, standalone
from threatpoint.brief.theme import LIGHT

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [
    {"name": "United States", "role": "sender", "value": -1.9, "low": -3.0, "high": -1.2},
    {"name": "Brazil & others", "role": "target", "value": -1.5},
]


def figure() -> charts.Figure:
    rows = [row | {"label": str(row["value"])} for row in ROWS]
    long = "A finding that is much longer than one line of the picture can hold, with < and &"
    caption = Caption(long, "Real income, %", "made by hand", "A note that is long " * 6)
    legend = charts.kinds(["first year", "1-3 years", "7-10 years"] * 2, ["target"] * 3)
    legend = [*legend, *charts.roles(rows, {"sender": "who threatens", "target": "who is hit"})]
    nan = float("nan")
    drawn = dots([
        Line.of(r["name"], r["role"], [r["value"]], r["label"],
                (r.get("low", nan), r.get("high", nan)))
        for r in rows
    ])  # fmt: skip
    return caption.figure("one", "Every number.", drawn, drawn, legend)


def test_a_file_has_its_words_and_no_variables():
    text = standalone(figure())
    root = ElementTree.fromstring(text)
    said = " ".join("".join(e.itertext()) for e in root.iter(f"{SVG}text"))
    for words in (
        "A finding that",
        "Real income, %",
        "first year",
        "who is hit",
        "A note",
        "Source",
    ):
        assert words in said
    assert "var(" not in text
    assert "<style" not in text
    assert " id=" not in text
    colours = set(re.findall(r"(?:fill|stroke):(#\w+)", text))
    assert colours <= set(LIGHT.values())
    assert {LIGHT["paper"], LIGHT["ink"], LIGHT["sender"]} <= colours


def test_a_file_has_one_font_family():
    drawn = '<svg viewBox="0 0 400 50" role="img"><text font-family="Nonsense" y="9">A</text></svg>'
    given = charts.Figure("one", "A finding", "Measure", "Source", drawn, drawn)
    text = standalone(given)
    assert text.count("font-family") == 1
    assert "DejaVu Sans" in text
    assert "Nonsense" not in text


def test_words_of_a_file_stay_in_its_frame():
    root = ElementTree.fromstring(standalone(figure()))
    width, height = float(root.get("width")), float(root.get("height"))
    for text in root.findall(f"{SVG}text"):
        size, bold = float(text.get("font-size")), text.get("font-weight") == "700"
        x, y = float(text.get("x")), float(text.get("y"))
        assert x + svg.reserve(text.text or "", size, bold) <= width - MARGIN + 0.1
        assert size <= y <= height - MARGIN / 2
    inner = root.find(f"{SVG}svg")
    assert inner is not None
    assert float(inner.get("y")) + float(inner.get("height")) < height


def test_a_png_has_two_pixels_for_one():
    pytest.importorskip("vl_convert")
    made = figure()
    root = ElementTree.fromstring(standalone(made))
    data = png(made)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    size = struct.unpack(">II", data[16:24])
    assert size[0] == pytest.approx(SCALE * float(root.get("width")), abs=1)
    assert size[1] == pytest.approx(SCALE * float(root.get("height")), abs=1)


def test_an_unknown_colour_is_an_error():
    assert plain("fill:var(--loss-2)") == f"fill:{LIGHT['loss-2']}"
    with pytest.raises(KeyError):
        plain("fill:var(--nonsense)")
