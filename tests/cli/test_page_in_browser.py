"""The page of the built-in situation as Chromium lays it out, with the fonts of one family.

The checks are those of `tests/faults.js`; `tests/unit/test_faults.py` plants what they must find.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import FONTS, Browser, browsing, pages
from tests.commands import Brief

WIDTHS = (320, 360, 390, 700, 820, 1100, 1400)
FOLDS = ("closed", "open")
PHONE, DESK = 390, 1100
SCREEN = 844
"""Height of a telephone's screen, in pixels."""
HEIGHTS = {DESK: 9_000, PHONE: 20_000}
"""Width -> the most that the page may take with its folds closed."""
FIRST_SCREEN = {DESK: 1_000, PHONE: 4 * SCREEN}
"""Width -> where the folds begin, at the latest."""
WORDS = 250
PAPERS = {"A4": "210mm", "letter": "8.5in"}


@pytest.fixture(scope="module", params=FONTS)
def browser(
    request: pytest.FixtureRequest, built_in: Brief, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """The page, open in a browser that sees one family of fonts."""
    with browsing(request.param, tmp_path_factory.mktemp("browser")) as started:
        started.open(built_in.page)
        yield started


def lay(browser: Browser, width: int, folds: str = "closed", height: int = 900) -> None:
    """Lay the page out on a screen of a width, all folds open or closed."""
    browser.emulate()
    browser.resize(width, height)
    browser.value(f"faults.open_all({str(folds == 'open').lower()})")


@pytest.fixture(scope="module", params=FOLDS)
def folds(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module", params=WIDTHS)
def layout(request: pytest.FixtureRequest, browser: Browser, folds: str) -> dict[str, list[str]]:
    """Check -> faults of the layout at a width."""
    lay(browser, request.param, folds)
    assert browser.value("faults.drawings()") > 0
    return browser.value("faults.layout()")


@pytest.mark.parametrize(
    "check",
    [
        "out_of_the_drawing",
        "over_each_other",
        "over_an_edge",
        "cut",
        "squeezed",
        "page_scrolls_sideways",
        "scrolls_out_of_reach",
    ],
)
def test_the_layout_is_sound(layout, check):
    assert layout[check] == []


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_table_fits_its_column_until_more_columns_are_asked_for(browser, width):
    lay(browser, width, "open")
    browser.value("faults.open_all(false, 'details.columns')")
    assert browser.value("faults.too_wide()") == []


# -- size ------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", HEIGHTS)
def test_the_page_with_its_folds_closed_is_short(browser, width):
    lay(browser, width)
    assert browser.value("faults.sizes().page") <= HEIGHTS[width]


@pytest.mark.parametrize("width", FIRST_SCREEN)
def test_the_first_screen_ends_where_the_folds_begin(browser, width):
    lay(browser, width)
    assert 0 < browser.value("faults.sizes().first") <= FIRST_SCREEN[width]


def test_the_first_screen_is_read_in_a_minute(browser):
    lay(browser, DESK)
    words = browser.value("faults.first_words()")
    assert len(words) <= WORDS, " ".join(words[: 2 * WORDS])


# -- colours ---------------------------------------------------------------------------------


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_text_stands_out_from_what_is_behind_it(browser, width, dark):
    lay(browser, width, "open")
    browser.emulate(dark=dark)
    browser.resize(width, browser.value("faults.sizes().page"))
    assert browser.value("faults.hardly_readable()") == []


# -- keyboard --------------------------------------------------------------------------------


def round_by_keyboard(browser: Browser) -> list[dict[str, Any]]:
    """What takes the focus, one Tab after another, until the page starts again."""
    browser.value("document.activeElement.blur()")
    stops: list[dict[str, Any]] = []
    while len(stops) < 2_000:
        browser.press("Tab")
        stop = browser.value("faults.focus()")
        if stop["page"] or (stops and stop["number"] == stops[0]["number"]):
            return stops
        stops.append(stop)
    raise AssertionError("the focus never leaves the page")


def test_every_fold_is_reached_and_every_focus_is_seen(browser):
    lay(browser, DESK)
    stops = round_by_keyboard(browser)
    reached = [stop["summary"] for stop in stops if stop["summary"] >= 0]
    assert reached == list(range(browser.value("faults.summaries()")))
    assert [stop["what"] for stop in stops if not stop["shown"]] == []


@pytest.mark.parametrize("key", ["Enter", " "], ids=["Enter", "Space"])
def test_folds_open_and_close_by_keyboard(browser, key):
    lay(browser, DESK)
    for fold in range(browser.value("faults.summaries()")):
        browser.value(f"faults.summary({fold}).focus()")
        for wanted in (True, False):
            browser.press(key)
            assert browser.value("faults.focus().open") is wanted


# -- print -----------------------------------------------------------------------------------


@pytest.fixture(params=PAPERS)
def paper(request: pytest.FixtureRequest, browser: Browser) -> Iterator[str]:
    """The page with its folds closed, on a paper in place of the one of its style sheet."""
    lay(browser, DESK)
    browser.value(f"faults.put_on('{request.param}')")
    yield request.param
    browser.value("faults.put_on('')")
    browser.value("document.documentElement.classList.remove('full')")


def printed(browser: Browser, paper: str) -> dict[str, list[str]]:
    """Check -> faults of the layout that is printed: nothing scrolls on paper."""
    browser.emulate("print")
    browser.resize(browser.value(f"faults.printed_width('{PAPERS[paper]}')"))
    return browser.value("faults.layout({scrolls: false})")


def test_print_is_one_page(browser, paper):
    assert pages(browser.printed()) == 1
    assert {check: found for check, found in printed(browser, paper).items() if found} == {}


def test_print_in_full_is_more_than_one_page_and_cuts_nothing(browser, paper):
    browser.value("document.documentElement.classList.add('full')")
    assert pages(browser.printed()) > 1
    found = printed(browser, paper)
    assert browser.value("faults.folded()") == []
    assert {check: each for check, each in found.items() if each} == {}


# -- document --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "check",
    [
        "ids_twice",
        "links_to_nothing",
        "headings_out_of_order",
        "drawings_without_words",
        "without_an_address",
    ],
)
def test_the_document_is_sound(browser, check):
    assert browser.value(f"faults.source().{check}") == []


def test_the_only_code_moves_the_first_chart(browser):
    assert browser.value("faults.source().runs_code") == ["<script> "] * 2
    inline = "[...document.scripts].map(script => script.id || script.type)"
    assert browser.value(inline) == ["moving-data", ""]


def test_files_that_are_linked_stand_beside_the_page(browser, built_in):
    files = browser.value("faults.files()")
    assert files
    assert [name for name in files if not (built_in.page.parent / name).is_file()] == []


def test_the_page_asks_for_nothing(browser, built_in: Brief):
    outside = [address for address in browser.requests if not address.startswith("data:")]
    assert outside == [Path(built_in.page).resolve().as_uri()]
