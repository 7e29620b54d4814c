"""Labels of lines over bands: where they have room."""

from __future__ import annotations

from typing import Any

import pytest

from threatpoint.brief.curves import curves


def texts(chart: Any) -> dict[str, dict[str, Any]]:
    """Label -> how its text is placed."""
    layers = [layer for layer in chart.to_dict()["layer"] if layer["mark"]["type"] == "text"]
    return {layer["data"]["values"][0]["label"]: layer["mark"] for layer in layers}


LINE = [{"x": float(x), "value": 1.0} for x in range(11)]


@pytest.mark.parametrize(("x", "side"), [(0.0, "left"), (4.0, "left"), (9.0, "right")])
def test_the_label_of_an_upright_stands_on_the_side_with_room(x, side):
    drawn = curves(
        [{"colour": "ink", "rows": LINE}], 460, (0.0, 2.0),
        title="USD bn", uprights=[{"x": x, "label": "all targets give in"}],
    )  # fmt: skip
    mark = texts(drawn)["all targets give in"]
    assert mark["align"] == side
    assert mark["dx"] == (5 if side == "left" else -5)


@pytest.mark.parametrize(("last", "beside"), [("2025-12-01", True), ("2025-02-01", False)])
def test_a_line_that_ends_near_the_edge_has_its_label_beside_the_plot(last, beside):
    band = [{"x": f"2025-{month:02}-01", "low": 0.5, "high": 1.5} for month in range(1, 13)]
    line = [{"x": "2025-01-01", "value": 1.0}, {"x": last, "value": 1.0}]
    drawn = curves(
        [
            {"colour": "muted", "rows": band},
            {"colour": "target", "rows": line, "label": "record"},
        ],
        735,
        (0.0, 2.0),
    )
    assert texts(drawn)["record"].get("x") == (drawn.to_dict()["width"] if beside else None)
