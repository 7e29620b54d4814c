"""A user of the app in headless Chromium: keyboard, link, downloads, phone, dark, no script."""

from __future__ import annotations

import json
import shlex
import shutil
from contextlib import contextmanager
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner

pytest.importorskip("uvicorn", reason="the extra app is not installed")
pytest.importorskip("playwright", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
if not CHROMIUM:
    pytest.skip("there is no Chromium here", allow_module_level=True)

from tests.app.served import served  # noqa: E402
from threatpoint import words  # noqa: E402
from threatpoint.cli import app as command_line  # noqa: E402

PATIENCE = 60_000
REFUSED = "the server responded with a status of 422"
"""What the browser itself says of an input that is refused."""
RESTED = ".said:not([aria-busy])"


@pytest.fixture(scope="module")
def address():
    with served() as found:
        yield found


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@contextmanager
def opened(browser, address, **how):
    """A page that has come to rest; nothing it does may fail or leave this machine."""
    context = browser.new_context(**{"viewport": {"width": 1100, "height": 900}} | how)
    page, wrong = context.new_page(), []
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else 0)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda r: wrong.append(r.url) if not local(r.url) else 0)
    page.goto(address)
    if how.get("java_script_enabled", True):
        page.wait_for_selector(RESTED)
    yield page
    context.close()
    assert not [text for text in wrong if REFUSED not in text]


def local(url: str) -> bool:
    return urlsplit(url).hostname == "127.0.0.1" or url.startswith(("blob:", "data:"))


def pressed(page, selector: str, keys: str) -> None:
    """Keys on a control, until the answer has come."""
    page.focus(selector)
    for key in keys.split():
        page.keyboard.press(key)
    page.wait_for_selector(".said[aria-busy]", state="attached")
    page.wait_for_selector(RESTED)


def numbers(page) -> dict[str, str]:
    """Name -> number of the chart of losses."""
    texts = page.locator("#losses .wide svg text").all_text_contents()
    return dict(pairwise(texts))


def shown(page) -> list[str]:
    """What a reader sees."""
    parts = ("#answer", "#status", "#losses", "#map", "#giving-in", "#options", "#made")
    return [page.inner_text(part) for part in parts]


def typed(line: str, out) -> dict:
    """What a command writes."""
    done = CliRunner().invoke(command_line, [*shlex.split(line)[1:], "--out", str(out)])
    assert done.exit_code == 0, done.output
    return json.loads(out.read_text())


def test_a_user_moves_reads_hands_on(browser, address, tmp_path):
    with opened(browser, address) as page:
        before = shown(page)
        pressed(page, "#rate", "ArrowRight ArrowRight ArrowRight")
        assert page.inner_text("output[for=rate]") == "28 points"
        pressed(page, "#enforcement", "ArrowLeft ArrowLeft")
        page.click("label:has(> input[value=BRA])")
        page.wait_for_selector(RESTED)
        assert "targets=CHN,IND,TUR" in page.url
        after = shown(page)
        assert all(one != other for one, other in zip(before, after, strict=True))
        _same_as_typed(page, tmp_path)
        with opened(browser, page.url) as again:
            assert shown(again) == after


def _same_as_typed(page, tmp_path):
    """The numbers of the page are those of the commands it prints."""
    expect, losses = page.locator("#made code").all_text_contents()
    rows = typed(losses, tmp_path / "losses.json")["country"]
    change = {row["name"]: words.number(row["real_income_percent"], True) for row in rows}
    read = {name: label for name, label in numbers(page).items() if name in change}
    assert {"China", "India", "Türkiye", "United States"} <= {*read}
    assert read == {name: change[name] for name in read}
    with page.expect_download() as found:
        page.click("text=The same as a situation file")
    found.value.save_as(tmp_path / "situation.toml")
    line = expect.replace("situation.toml", shlex.quote(str(tmp_path / "situation.toml")))
    answer = typed(line, tmp_path / "expect.json")["assumptions"]["answer"]
    assert page.inner_text("#answer") == answer


def test_what_is_handed_on(browser, address, tmp_path):
    begins = {"Download page": b"<!DOCTYPE html>", "Spreadsheet": b"PK", "Picture": b"\x89PNG"}
    with opened(browser, f"{address}?situation=brazil-2025-07-09&rate=28") as page:
        for name, first in begins.items():
            with page.expect_download() as found:
                page.click(f"text={name}")
            place = tmp_path / found.value.suggested_filename
            found.value.save_as(place)
            assert place.read_bytes().startswith(first)
    assert "28-point tariff" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_message_where_it_cannot_be(browser, address):
    with opened(browser, f"{address}?situation=brazil-2025-07-09") as page:
        page.click("text=Sectors, day, oil")
        page.fill("#sectors", "ELECT")
        page.keyboard.press("Enter")
        page.wait_for_selector("#problem:not([hidden])")
        assert "unknown sector 'ELECT'" in page.inner_text("#problem")
        page.fill("#sectors", "ELEC")
        page.keyboard.press("Tab")
        page.wait_for_selector("#problem", state="hidden")
        page.wait_for_selector(RESTED)
        assert "sectors=ELEC" in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone(browser, address, scheme):
    phone = {"viewport": {"width": 390, "height": 800}, "color_scheme": scheme, "has_touch": True}
    with opened(browser, f"{address}?situation=brazil-2025-07-09", **phone) as page:
        assert not page.locator("#targets").is_visible()
        page.click("#panel > summary")
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        low = "nav > *, .seg label, .chips label, select, input[type=range], #panel > summary"
        heights = page.evaluate(
            f"[...document.querySelectorAll('{low}')].filter(x => x.checkVisibility())"
            ".map(x => x.getBoundingClientRect().height)"
        )
        assert min(heights) >= 36
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 23, 26)"}[scheme]


def test_what_is_read_out(browser, address):
    with opened(browser, f"{address}?situation=brazil-2025-07-09") as page:
        nameless = page.evaluate(
            "[...document.querySelectorAll('input, select, button')].filter(x => "
            "!(x.labels && x.labels.length) && !x.ariaLabel && !x.textContent.trim()).length"
        )
        assert nameless == 0
        assert page.get_attribute(".said", "aria-live") == "polite"
        assert page.locator("svg[role=img] desc").count() >= 2
        assert "Added tariff" in page.locator("form").aria_snapshot()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "situation"


def test_without_a_script(browser, address):
    asked = f"{address}?situation=brazil-2025-07-09&rate=30"
    with opened(browser, asked, java_script_enabled=False) as page:
        page.click("text=Show the answer")
        assert "30-point tariff" in page.inner_text("#answer")
        assert page.locator("#options svg").count() >= 1


STATED = {
    "situation=japan-2025-11-19": ("enforcement", "1.5", "ArrowRight", "5"),
    "rate=12.5": ("rate", "12.5", "ArrowRight", "13"),
    "enforcement=33": ("enforcement", "33", "ArrowLeft", "30"),
}


@pytest.mark.parametrize("state", STATED)
@pytest.mark.parametrize("script", [True, False])
def test_a_stated_value_stays_until_it_is_moved(browser, address, state, script):
    name, stated, key, moved = STATED[state]
    with opened(browser, f"{address}?{state}", java_script_enabled=script) as page:
        assert page.input_value(f"#{name}") == stated
        if not script:
            page.click("text=Show the answer")
            page.wait_for_load_state()
            assert page.input_value(f"#{name}") == stated
            return
        assert (f"{name}=" in page.url) == (f"{name}=" in state)
        pressed(page, f"#{name}", key)
        assert page.input_value(f"#{name}") == moved
        assert f"{name}={moved}" in page.url


def test_what_is_refused_leaves_no_control_behind(browser, address):
    with opened(browser, f"{address}?situation=brazil-2025-07-09") as page:
        stood = page.url
        page.fill("#add", "United States")
        page.keyboard.press("Enter")
        page.wait_for_selector("#problem:not([hidden])")
        page.wait_for_selector(RESTED)
        assert "cannot be a target" in page.inner_text("#problem")
        assert page.locator("[name=targets]:checked").count() == 1
        assert page.locator("a[data-to][aria-disabled=true]").count() == 0
        assert page.url == stood.split("?")[0] + "?situation=brazil-2025-07-09"
        page.evaluate("document.getElementById('sectors').value = 'ELECT'")
        page.dispatch_event("#sectors", "change")
        page.wait_for_selector("#problem:has-text('ELECT')")
        assert page.locator("[aria-busy]").count() == 0
        assert page.locator("a[data-to][aria-disabled=true]").count() == 3
        assert page.locator("#copy").is_disabled()


def test_what_is_not_yet_of_the_state_is_dimmed(browser, address):
    with opened(browser, address) as page:
        page.route("**/rest?*", lambda route: None)
        page.focus("#rate")
        page.keyboard.press("ArrowRight")
        page.wait_for_selector("#summary:has-text('26')")
        dim = page.evaluate("[...document.querySelectorAll('[aria-busy]')].map(x => x.id)")
        assert {*dim} == {"said", "giving-in", "options", "before", "made"}


def test_an_arrow_key_stays_on_the_list_of_situations(browser, address):
    with opened(browser, address) as page:
        page.focus("#situation")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.id") == "situation"
        chosen = page.input_value("#situation")
        assert chosen not in page.url
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.wait_for_selector(RESTED)
        assert page.url.endswith(f"situation={chosen}")
