"""The page of the built-in situation: what it says, whatever draws it."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.commands import Brief
from tests.pdf_pages import pages
from threatpoint.analysis.analysis import Analysis
from threatpoint.brief import write_pdf
from threatpoint.brief.pdf import VARIABLE


@pytest.fixture(scope="module")
def analysis(built_in: Brief) -> Analysis:
    return built_in.analysis


@pytest.fixture(scope="module")
def page(built_in: Brief) -> Path:
    return built_in.page


def visible(page: Path) -> str:
    """The text of the page without style and tags, spaces evened."""
    text = re.sub(
        r"<(style|script).*?</\1>|<[^>]+>", " ", page.read_text(encoding="utf-8"), flags=re.S
    )
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


def test_the_first_screen_prints_on_one_page_and_all_of_it_on_more(page, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, chromium())
    assert pages(write_pdf(page, tmp_path / "first.pdf")) == 1
    assert pages(write_pdf(page, tmp_path / "all.pdf", full=True)) > 5
