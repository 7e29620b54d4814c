"""Checks of a page in a browser, each on a small page with one fault planted and on one without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import Browser, BrowserError, browsing, pages

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Page</title><style>
@page {{ size: A4; margin: 10mm 12mm; }}
:root {{ color-scheme: light dark; --ink: #16181b; --paper: #ffffff; }}
@media (prefers-color-scheme: dark) {{ :root {{ --ink: #eceef0; --paper: #14171a; }} }}
body {{ margin: 0; padding: 20px; font: 15px sans-serif; }}
body {{ background: var(--paper); color: var(--ink); }}
svg {{ display: block; width: 300px; }} text {{ font-size: 13px; fill: var(--ink); }}
{style}</style></head><body><h1>The United States loses most</h1>
<p>Read <a href="#more">more</a> here.</p>
{body}
<details id="more"><summary><h2>Losses</h2></summary><p>Folded words.</p></details>
</body></html>"""

DRAWING = """<svg role="img" viewBox="0 0 300 100"><title>Losses</title><desc>Two rows.</desc>
{}</svg>"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browsing("DejaVu", tmp_path_factory.mktemp("browser")) as started:
        started.resize(400)
        yield started


def load(browser: Browser, folder: Path, body: str = "", style: str = "") -> None:
    page = folder / "page.html"
    page.write_text(PAGE.format(body=body, style=style), encoding="utf-8")
    browser.open(page)


def faults(browser: Browser) -> dict[str, list[str]]:
    """Check -> its faults, of those that found any."""
    found = browser.value("({...faults.layout(), ...faults.source()})")
    found["hardly_readable"] = browser.value("faults.hardly_readable()")
    return {name: each for name, each in found.items() if each}


LAYOUT = [
    ("out_of_the_drawing", '<text x="290" y="50">Brazil</text>', "Brazil"),
    ("out_of_the_drawing", '<text x="10" y="5">Brazil</text>', "Brazil"),
    ("out_of_the_drawing", '<text x="2" y="50" text-anchor="end">Brazil</text>', "Brazil"),
    (
        "over_each_other",
        '<text x="10" y="50">Türkiye</text><text x="40" y="52">−1.9</text>',
        "Türkiye",
    ),
    (
        "over_each_other",
        '<text x="10" y="50">India<tspan x="12" y="54">China</tspan></text>',
        "India",
    ),
    (
        "over_an_edge",
        '<rect x="20" y="20" width="20" height="30" fill="#eee"/><text x="22" y="40">never</text>',
        "rect",
    ),
    (
        "over_an_edge",
        '<rect x="20" y="20" width="20" height="30" fill="none" stroke="#777"/>'
        '<text x="22" y="40">never</text>',
        "rect",
    ),
    ("over_an_edge", '<circle cx="50" cy="46" r="5"/><text x="30" y="50">−1.9</text>', "circle"),
    (
        "over_an_edge",
        '<path d="M20 44h60v4h-60Z" fill="#ccc"/><text x="70" y="50">27 %</text>',
        "path",
    ),
    (
        "hardly_readable",
        '<rect width="300" height="99" fill="#0072b2"/><text x="20" y="50">94</text>',
        "94",
    ),
]


@pytest.mark.parametrize(("check", "drawn", "word"), LAYOUT)
def test_a_fault_in_a_drawing_is_found(browser, tmp_path, check, drawn, word):
    load(browser, tmp_path, DRAWING.format(drawn))
    found = faults(browser)
    assert word in found.pop(check)[0]
    assert found == {}


SOUND = [
    '<text x="9" y="50">Brazil</text><text x="70" y="50">1</text><text x="9" y="64">India</text>',
    '<text x="9" y="50" style="fill: #fff; stroke: #fff; stroke-width: 3">Brazil</text>'
    '<text x="9" y="50">Brazil</text>',
    '<rect x="20" y="20" width="80" height="28" fill="#ddd"/><text x="24" y="38">94</text>',
    '<path d="M0 90L40 40L90 80" fill="none" stroke="#777"/><text x="30" y="60">path</text>',
    '<circle cx="60" cy="46" r="9"/><text x="56" y="50" stroke="#fff" stroke-width="3" '
    'paint-order="stroke" fill="#000">Norway</text>',
    '<text x="10" y="20" display="none">gone</text><text x="10" y="20">there</text>',
]


@pytest.mark.parametrize("drawn", SOUND)
def test_a_sound_drawing_has_no_fault(browser, tmp_path, drawn):
    load(browser, tmp_path, DRAWING.format(drawn))
    assert faults(browser) == {}


LONG = "Unveränderlichkeitserklärungsverfahren"
PAGES = [
    ("cut", f'<p style="width: 90px; overflow: hidden">{LONG}</p>', "Unver"),
    ("cut", f'<p style="width: 90px">{LONG}</p>', "out of <p>"),
    ("cut", '<p style="height: 20px; width: 90px">Words of three lines at the least</p>', "out of"),
    ("cut", '<p style="position: relative; left: -60px">Words</p>', "Words"),
    ("squeezed", f'<p style="width: 120px">{"Words of a sentence. " * 3}</p>', "120.0 px"),
    ("over_each_other", '<p>Words</p><p style="margin-top: -32px">Others</p>', "Others"),
    ("scrolls_out_of_reach", f'<div style="width: 90px; overflow-x: auto">{LONG}</div>', "<div>"),
    ("hardly_readable", '<p style="color: #999; background: #fff">Pale words</p>', "contrast 2.85"),
    ("hardly_readable", '<div style="opacity: 0.5">Pale words</div>', "contrast"),
    ("ids_twice", '<p id="more">Words</p>', "more"),
    ("links_to_nothing", '<p><a href="#gone">Words</a></p>', "gone"),
    ("headings_out_of_order", "<h3>Words</h3>", "skips a level"),
    ("headings_out_of_order", "<h1>Words</h1>", "2 headings h1"),
    ("drawings_without_words", '<svg role="img" viewBox="0 0 9 9"><title>A</title></svg>', "desc"),
    (
        "drawings_without_words",
        '<svg viewBox="0 0 9 9"><title>A</title><desc>B</desc></svg>',
        "role",
    ),
    ("without_an_address", "<figure><p>Words</p></figure>", "<figure>"),
    ("without_an_address", "<figure id=f><p>Words</p></figure>", "<figure> of #f"),
    (
        "without_an_address",
        "<section id=s><table><caption>A</caption><tr><td>1</table></section>",
        "<table> of #s",
    ),
    ("runs_code", "<script>1</script>", "script"),
    ("runs_code", '<p onclick="1">Words</p>', "onclick"),
]


@pytest.mark.parametrize(("check", "body", "word"), PAGES)
def test_a_fault_in_the_page_is_found(browser, tmp_path, check, body, word):
    load(browser, tmp_path, body)
    found = faults(browser)
    assert any(word in fault for fault in found.pop(check))
    assert found == {}


def test_a_page_that_is_too_wide_scrolls_sideways(browser, tmp_path):
    load(browser, tmp_path, '<div style="width: 500px; height: 9px"></div>')
    assert faults(browser) == {
        "page_scrolls_sideways": ["the page is 520 px wide in a window of 400"]
    }


def test_what_scrolls_on_a_screen_is_cut_in_print(browser, tmp_path):
    scroll = 'tabindex="0" aria-label="Table" style="width: 90px; overflow-x: auto"'
    load(browser, tmp_path, f"<div {scroll}>{LONG}</div>")
    assert faults(browser) == {}
    assert "out of <div>" in browser.value("faults.layout({scrolls: false})")["cut"][0]


@pytest.mark.parametrize(
    "body",
    [
        '<p style="position: absolute; clip-path: inset(50%); left: -50px">For the ear</p>',
        '<p style="visibility: hidden; margin-left: -99px">Not seen</p>',
        '<p style="color: #777; font-size: 24px; margin: 0">Large words</p>',
        '<div id="t"><table><caption><a href="#t">#</a></caption><tr><td>1</table></div>',
        '<div tabindex="0" aria-label="T" style="color: #eceef0; background: #14171a; width: 99px;'
        'overflow-x: auto"><p style="margin-left: 50px; width: 200px">Out of sight</p></div>',
        "<p>Words <sup>1</sup> and <b>bold</b><br>lines</p><ul><li>item</ul>",
    ],
)
def test_a_sound_page_has_no_fault(browser, tmp_path, body):
    load(browser, tmp_path, body)
    assert faults(browser) == {}


def test_colours_are_those_of_the_scheme(browser, tmp_path):
    load(browser, tmp_path, "<p>Words</p>", "p { color: #565b62 }")
    assert faults(browser) == {}
    browser.emulate(dark=True)
    found = faults(browser)
    browser.emulate()
    assert list(found) == ["hardly_readable"]
    assert len(found["hardly_readable"]) == 3


def test_words_of_the_first_screen_have_a_letter_and_stand_before_the_folds(browser, tmp_path):
    labels = '<figure><span class="key">legend</span><p class="source">SVG</p></figure>'
    drawing = DRAWING.format("<text>no</text>")
    load(browser, tmp_path, f"<p>−1.9 % (7 to 9), 25-point</p>{drawing}{labels}")
    words = browser.value("faults.first_words()")
    assert " ".join(words) == "The United States loses most Read more here. to 25-point"


def test_a_fold_opens_by_keyboard_where_the_focus_is_seen(browser, tmp_path):
    load(browser, tmp_path)
    browser.press("Tab")
    browser.press("Tab")
    at = browser.value("faults.focus()")
    assert (at["summary"], at["open"], at["shown"]) == (0, False, True)
    browser.press("Enter")
    assert browser.value("faults.focus()")["open"]
    browser.press(" ")
    assert not browser.value("faults.focus()")["open"]


def test_a_focus_without_a_ring_is_not_seen(browser, tmp_path):
    load(browser, tmp_path, style=":focus { outline: none }")
    browser.press("Tab")
    assert not browser.value("faults.focus()")["shown"]


def test_pages_of_print_are_counted_and_measured(browser, tmp_path):
    browser.emulate()
    load(
        browser,
        tmp_path,
        '<p class="last">Words</p>',
        "@media print { .last { break-before: page } }",
    )
    assert pages(browser.printed()) == 2
    assert browser.value("faults.printed_width('210mm')") == 703


def test_requests_are_seen(browser, tmp_path):
    load(browser, tmp_path, '<img alt="" src="gone.png">')
    assert [address.rsplit("/", 1)[1] for address in browser.requests] == ["page.html", "gone.png"]


def test_what_the_browser_refuses_is_an_error_in_words(browser, tmp_path):
    with pytest.raises(BrowserError, match="ERR_FILE_NOT_FOUND"):
        browser.open(tmp_path / "gone.html")
    with pytest.raises(BrowserError, match="ReferenceError: nothing"):
        browser.value("nothing")
    with pytest.raises(BrowserError, match=r"No\.such"):
        browser.call("No.such")


def test_a_browser_that_ended_is_an_error_in_words(tmp_path):
    ended = pytest.raises(BrowserError, match="the browser ended")
    with browsing("DejaVu", tmp_path) as started, ended:
        started.call("Browser.crash")
