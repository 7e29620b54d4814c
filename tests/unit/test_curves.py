"""Lines over bands: where labels have room, what stays in the frame."""

from __future__ import annotations

import re

import pytest

from tests.drawings import Drawing
from threatpoint.brief import svg
from threatpoint.brief.curves import curves

LINE = [{"x": float(x), "value": 1.0} for x in range(11)]
UPRIGHT = "all targets give in: 3"


def drawn(*given, **more) -> str:
    return svg.drawing("c", curves(*given, **more), "A finding", "all")


@pytest.mark.parametrize("width", [350, 760])
@pytest.mark.parametrize(("x", "side"), [(0.0, "left"), (4.0, "left"), (9.9, "right")])
def test_the_label_of_an_upright_stands_on_the_side_with_room(x, side, width):
    text = drawn(
        [{"colour": "ink", "rows": LINE}], width, (0.0, 2.0),
        title="USD bn", uprights=[{"x": x, "label": UPRIGHT}],
    )  # fmt: skip
    drawing = Drawing.of(text)
    (left, _, right, _) = next(box for words, box in drawing.texts if words == UPRIGHT)
    at = float(re.findall(r'd="M([\d.]+) [\d.]+L\1 [\d.]+"', text)[-1])
    assert (left > at) if side == "left" else (right < at)
    assert not drawing.outside()


@pytest.mark.parametrize(("last", "beside"), [("2025-12-01", True), ("2025-02-01", False)])
def test_a_line_that_ends_near_the_edge_has_its_label_beside_the_plot(last, beside):
    band = [{"x": f"2025-{month:02}-01", "low": 0.5, "high": 1.5} for month in range(1, 13)]
    line = [{"x": "2025-01-01", "value": 1.0}, {"x": last, "value": 1.0}]
    text = drawn(
        [
            {"colour": "muted", "rows": band},
            {"colour": "target", "rows": line, "label": "record"},
        ],
        735,
        (0.0, 2.0),
    )
    drawing = Drawing.of(text)
    edge = max(right for _, _, right, _ in drawing.marks)
    left = next(box[0] for words, box in drawing.texts if words == "record")
    assert (left > edge) == beside
    assert not drawing.outside()
    assert not drawing.over()


def test_labels_of_lines_that_end_together_stand_apart():
    lines = [{"colour": c, "rows": LINE, "label": c} for c in ("ink", "target", "third")]
    assert not Drawing.of(drawn(lines, 350, (0.0, 2.0), title="x")).over()


def test_lines_and_bands_are_cut_at_the_limits():
    rows = [{"x": float(x), "low": -50.0, "high": 50.0 * x} for x in range(3)]
    line = [{"x": row["x"], "value": row["high"]} for row in rows]
    series = [{"colour": "third", "rows": rows}, {"colour": "ink", "rows": line}]
    assert not Drawing.of(drawn(series, 350, (-1.0, 2.0), title="x", level=True)).outside()
