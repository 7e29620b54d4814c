"""docs/python.md as a new user would follow it: each block runs, each task is under ten lines."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

pytest.importorskip("altair", reason="charts need the extra 'plot'")

GUIDE = Path(__file__).parents[2] / "docs" / "python.md"
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
SLIDES, LOOP = "Charts and a spreadsheet for slides", "A loop over rates: frame, chart, derivative"


def sections() -> dict[str, str]:
    """Heading -> the code under it."""
    parts = re.split(r"^## (.+)$", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    blocks = {
        title: re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
        for title, text in zip(parts[::2], parts[1::2], strict=True)
    }
    return {title: "\n".join(found) for title, found in blocks.items() if found}


def run(code: str, names: dict[str, object], title: str) -> dict[str, object]:
    """Run code with its expected output; the names it leaves."""
    parsed = doctest.DocTestParser().get_doctest(code, names, title, None, None)
    seen: list[str] = []
    failed, _ = doctest.DocTestRunner(optionflags=FLAGS).run(
        parsed, out=seen.append, clear_globs=False
    )
    assert not failed, "".join(seen)
    return parsed.globs


def test_the_guide_runs_from_top_to_bottom(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for title, code in sections().items():
        if title not in (SLIDES, LOOP):
            names = run(code, names, title)
    assert {p.name for p in tmp_path.iterdir()} == {"welfare.png", "trade.svg", "map.html"}
    assert "cdn." not in (tmp_path / "map.html").read_text(encoding="utf-8")[:2000]


def test_charts_and_a_spreadsheet_for_slides(tmp_path, monkeypatch):
    pd = pytest.importorskip("pandas")
    pytest.importorskip("openpyxl")
    monkeypatch.chdir(tmp_path)
    code = sections()[SLIDES]
    assert code.count(">>>") < 10
    found = run(code, {}, SLIDES)["found"]
    for name in ("who-loses.png", "map.png"):
        assert (tmp_path / name).read_bytes().startswith(b"\x89PNG")
    read = pd.read_excel("who-loses.xlsx").set_index("country").real_income_percent
    own = found.to_pandas().set_index("country").real_income_percent  # type: ignore[attr-defined]
    assert read["CHN"] == pytest.approx(own["CHN"], rel=1e-12)


def test_a_loop_a_frame_a_chart_and_a_derivative(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code = sections()[LOOP]
    assert code.count(">>>") < 10
    names = run(code, {}, LOOP)
    assert (tmp_path / "rates.png").read_bytes().startswith(b"\x89PNG")
    flows = names["slope"].to_pandas()  # type: ignore[attr-defined]
    assert flows.tariff.abs().is_monotonic_decreasing
    assert {"importer", "exporter", "sector", "cut", "trade_cost"} <= set(flows.columns)
