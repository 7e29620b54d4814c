"""The first chart of a page, moved by hand in a browser, against the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from tests.browser import Browser, browsing
from tests.commands import typed
from threatpoint import words
from threatpoint.brief.moving import rounding

SHOCK = ("shock", "--tariff")
STATED = "USA:MEX,CAN:+25%"
MOVED = {
    "a higher rate": ("USA:MEX,CAN:+40%", {"rate": "40"}),
    "a part enforced": ("USA:MEX,CAN:+70%@50%", {"rate": "70", "enforcement": "50"}),
    "one target": ("USA:CAN:+25%", {"target": "Mexico"}),
}
SET = """(() => {
  const form = document.getElementById('moving'), wanted = WANTED;
  form.querySelector('button').click();
  for (const [name, value] of Object.entries(wanted)) {
    if (name === 'target') [...form.querySelectorAll('[name=target]')].find(box =>
      box.labels[0].textContent.includes(value)).click();
    else form.elements[name].value = value;
  }
  form.dispatchEvent(new Event('input', {bubbles: true}));
  form.dispatchEvent(new Event('change', {bubbles: true}));
})()"""
ROWS = """[...document.querySelectorAll('.moved [role=img] text')].map(text =>
  [text.getAttribute('text-anchor'), text.getAttribute('font-weight'), text.textContent])"""
SCREEN = "document.getElementById('first').innerText"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("moving")
    typed(*SHOCK, STATED, "--page", "page", folder=folder)
    return folder / "page" / "index.html"


@pytest.fixture(scope="module")
def browser(page: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browsing("Liberation", tmp_path_factory.mktemp("browser")) as started:
        started.resize(1100)
        started.open(page)
        yield started


def put(browser: Browser, **wanted: str) -> None:
    browser.value(SET.replace("WANTED", json.dumps(wanted)))


def shown(browser: Browser) -> dict[str, str]:
    """Name -> the number that stands beside it."""
    texts = browser.value(ROWS)
    names = [text for anchor, _, text in texts if anchor is None]
    numbers = [text for anchor, weight, text in texts if anchor == "end" and weight]
    return dict(zip(names, numbers, strict=True))


@pytest.mark.parametrize("case", MOVED)
def test_a_moved_chart_shows_what_the_command_prints(browser, tmp_path, case):
    policy, wanted = MOVED[case]
    put(browser, **wanted)
    found = shown(browser)
    printed = typed(*SHOCK, policy, "--horizon", "short", "--top", "40", folder=tmp_path)
    printed, *_ = printed.partition("Change in real wage")
    rows = dict(re.findall(r"^ +(\S.*?) {2,}([−+\d.]\S*)\s%", printed, re.M))
    assert {"Mexico", "Canada", "United States"} <= {*found} & {*rows}
    assert {name: rows[name] for name in found if name in rows} == {
        name: number for name, number in found.items() if name in rows
    }


def test_title_and_measure_say_what_is_shown(browser):
    put(browser, rate="40", target="Mexico")
    read = browser.value("document.querySelector('.moved').innerText")
    found = shown(browser)
    assert read.startswith(
        f"The United States gains {found['United States'][1:]}\u00a0%; Canada loses most here, "
        f"{found['Canada'][1:]}\u00a0%"
    )
    assert "40-point tariff (Canada): real income, %" in read
    told = browser.value("document.querySelector('.told').textContent")
    assert told.startswith("The United States gains")


def test_another_horizon_gives_its_numbers(browser):
    put(browser, rate="25")
    first = shown(browser)
    browser.value("document.querySelectorAll('[name=horizon]')[2].click()")
    later = shown(browser)
    assert first["Mexico"] != later["Mexico"]
    heads = [text for anchor, weight, text in browser.value(ROWS) if anchor == "end" and not weight]
    assert heads == ["7–10 years"]


def test_nobody_hit_is_nothing_lost(browser):
    put(browser, target="Mexico")
    browser.value("document.querySelector('[name=target]:checked').click()")
    assert {*shown(browser).values()} == {"0"}
    assert "nobody" in browser.value("document.querySelector('.moved h2').textContent").lower()


def test_reset_and_print_show_the_threat_as_made(browser):
    browser.value("document.querySelector('.move button').click()")
    browser.emulate("print")
    before = browser.value(SCREEN)
    browser.emulate()
    put(browser, rate="90")
    assert "90-point" in browser.value(SCREEN)
    browser.emulate("print")
    assert browser.value(SCREEN) == before
    assert "Move" not in before
    browser.emulate()
    browser.value("document.querySelector('.move button').click()")
    assert "90-point" not in browser.value(SCREEN)


def test_without_script_the_page_shows_the_threat_as_made(browser, page):
    try:
        browser.call("Emulation.setScriptExecutionDisabled", value=True)
        browser.call("Page.reload")
        browser.open(page)
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
    hidden = "['.move', '.moved'].map(name => document.querySelector(name).offsetHeight)"
    assert browser.value(hidden) == [0, 0]
    assert "Move" not in browser.value(SCREEN)
    browser.open(page)


@pytest.mark.parametrize("width", [390, 1100])
def test_every_control_has_a_name_and_room_for_a_finger(browser, width):
    browser.resize(width)
    browser.value("document.querySelector('.move').open = true")
    parts = browser.value(
        "[...document.querySelectorAll('.move :is(input, select, button)')].map(part => "
        "[part.labels.length || part.textContent.length, "
        "(part.type === 'range' || !part.labels.length ? part : part.labels[0]).offsetHeight])"
    )
    assert all(named for named, _ in parts)
    assert width > 620 or all(height >= 36 for _, height in parts)
    assert not browser.value("document.documentElement.scrollWidth > innerWidth")
    faults = browser.value("faults.layout()")
    assert {check: found for check, found in faults.items() if found} == {}
    browser.emulate(dark=True)
    assert browser.value("faults.hardly_readable()") == []
    browser.emulate()


def test_numbers_are_rounded_as_everywhere(browser):
    script = resources.files("threatpoint.brief").joinpath("templates/moving.js").read_text("utf-8")
    twin = script[script.index("const rule") : script.index("const fill")]
    values = [k / 1000 for k in range(-12_000, 12_000, 7)]
    values += [sign * k / 8 for k in range(0, 100) for sign in (1, -1)]
    values += [10.0**-k * m for k in range(2, 12) for m in (1, -3.7, 9.96)]
    data = rounding(0.0) | {"noise": words.NOISE}
    read = f"(data => {{ {twin} return {json.dumps(values)}.map(x => number(x, true)); }})"
    found = browser.value(f"{read}({{rounding: {json.dumps(data)}}})")
    assert found == [words.number(value, True) for value in values]


def test_a_rate_that_is_not_whole_is_moved_in_whole_steps(browser, page, tmp_path):
    typed(*SHOCK, "USA:MEX:+67.2396219135803%@12.5%", "--page", "page", folder=tmp_path)
    browser.open(tmp_path / "page" / "index.html")
    browser.value("document.querySelector('.move').open = true")
    read = "['rate', 'enforcement'].map(name => document.getElementById('moving-' + name).value)"
    words = "document.querySelector('.move output').textContent"
    assert browser.value(read) == ["67.23962191", "12.5"]
    assert browser.value(words) == "67.2396\u00a0points"
    for wanted in (60, 68):
        browser.value(
            f"(rate => {{ rate.value = {wanted}.3; "
            "rate.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}));"
            "rate.dispatchEvent(new Event('input', {bubbles: true}));"
            "dispatchEvent(new Event('pointerup')) })(document.getElementById('moving-rate'))"
        )
        assert browser.value(words) == f"{wanted}\u00a0points"
    browser.value(  # as a key does
        "(rate => { rate.value = 67.8; rate.dispatchEvent(new Event('input', {bubbles: true})) })"
        "(document.getElementById('moving-rate'))"
    )
    assert browser.value(read)[0] == "67"
    browser.value("document.querySelector('.move button').click()")
    assert browser.value(read) == ["67.23962191", "12.5"]
    browser.open(page)
