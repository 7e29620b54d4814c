"""The page of the built-in situation: from the command to what a browser draws."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from tests.browser import FONTS, dump, only
from tests.commands import Brief
from threatpoint.analysis.analysis import Analysis


@pytest.fixture(scope="module")
def analysis(built_in: Brief) -> Analysis:
    return built_in.analysis


@pytest.fixture(scope="module")
def page(built_in: Brief) -> Path:
    return built_in.page


def visible(page: Path) -> str:
    """The text of the page without style and tags, spaces evened."""
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page.read_text(encoding="utf-8"), flags=re.S)
    return " ".join(html.unescape(text).split())


def test_every_statement_of_the_text_stands_on_the_page_with_its_mark(analysis, page):
    rows = (page.parent / "data" / "line-by-line.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 1 + len(analysis.situation.rows) == 18
    text = visible(page)
    places = [text.index(f"{row.number} {row.words}") for row in analysis.situation.rows]
    assert places == sorted(places)
    for row in analysis.situation.rows:
        assert row.mark in text


def test_rows_that_are_answered_have_an_answer(analysis, page):
    text = (page.parent / "data" / "line-by-line.csv").read_text(encoding="utf-8")
    lines = {int(line.split(",", 1)[0]): line for line in text.splitlines()[1:]}
    for row in analysis.situation.rows:
        unanswered = "Not modelled yet" in lines[row.number]
        assert unanswered == (row.mark == "not modelled yet")


def test_claims_are_shown_with_their_verdicts(analysis, page):
    text = visible(page)
    assert len(analysis.claims) > 0
    for check in analysis.claims:
        assert " ".join(check.verdict.split()) in text


def test_every_producer_and_licence_is_named(analysis, page):
    text = visible(page)
    for producer, licence in analysis.economy.metadata["licences"].items():
        assert producer in text
        assert licence in text
    assert analysis.economy.metadata["fingerprint"] in text


def test_the_page_is_small_enough_to_send(page):
    assert page.stat().st_size < 3_000_000


# -- in a browser ----------------------------------------------------------------------------

MEASURE = """
<!doctype html><meta charset="utf-8"><body><script>
const page = PAGE, found = {};
let left = 2;
for (const width of [390, 1100]) {
  const frame = document.createElement('iframe');
  frame.style.width = width + 'px'; frame.style.height = '6000px'; frame.style.border = 0;
  frame.onload = () => {
    const doc = frame.contentDocument, clashes = [], cut = [];
    for (const svg of doc.querySelectorAll('figure svg[role=img]')) {
      const box = svg.getBoundingClientRect();
      if (!box.width) continue;
      const texts = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim());
      const boxes = texts.map(t => [t.textContent, t.getBoundingClientRect()]);
      boxes.forEach(([one, a], k) => {
        if (a.left < box.left - 2 || a.right > box.right + 2) cut.push(one);
        for (const [other, b] of boxes.slice(k + 1)) {
          const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          if (one !== other && across > 1 && down > 4) clashes.push([one, other]);
        }
      });
    }
    const shown = [...doc.querySelectorAll('figure svg[role=img]')]
      .filter(s => s.getBoundingClientRect().width).length;
    const thin = [...doc.querySelectorAll('table.prose tbody :is(th, td)')]
      .filter(cell => { const w = cell.getBoundingClientRect().width; return w && w < 200; });
    found[width] = {clashes, cut, shown, thin: thin.map(cell => cell.textContent),
      wide: doc.documentElement.scrollWidth};
    if (!--left) document.body.dataset.found = JSON.stringify(found);
  };
  frame.srcdoc = page;
  document.body.append(frame);
}
</script>
"""


@pytest.fixture(scope="module", params=FONTS)
def measured(
    request: pytest.FixtureRequest, page: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict]:
    """What a browser with one family of fonts lays out at two widths: clashing labels, cut labels,
    page width.
    """
    folder = tmp_path_factory.mktemp("browser")
    source = json.dumps(page.read_text(encoding="utf-8")).replace("</", "<\\/")
    probe = folder / "probe.html"
    probe.write_text(MEASURE.replace("PAGE", source, 1), encoding="utf-8")
    laid = dump(probe, folder, only(request.param, folder))
    data = re.search(r'data-found="([^"]*)"', laid)
    assert data, "the browser did not lay the page out"
    return json.loads(html.unescape(data[1]))


@pytest.mark.parametrize("width", ["390", "1100"])
def test_labels_neither_clash_nor_leave_the_picture(measured, width):
    assert measured[width]["shown"] >= 9
    assert measured[width]["clashes"] == []
    assert measured[width]["cut"] == []


def test_sentences_get_the_whole_width_of_a_telephone(measured):
    assert measured["390"]["thin"] == []


@pytest.mark.parametrize("width", ["390", "1100"])
def test_the_page_does_not_scroll_sideways(measured, width):
    assert measured[width]["wide"] <= int(width)
