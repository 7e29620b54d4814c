"""The page on paper: what is printed, and what is said where it cannot be."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.pdf_pages import pages
from threatpoint.brief import pdf
from threatpoint.brief.pdf import VARIABLE, opened, require_browser, write_pdf
from threatpoint.errors import ThreatpointError

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>t</title><style>
@page { size: A4 } details p { height: 1500px }
</style></head><body><p>first</p><details><summary>more</summary><p>second</p></details></body></html>
"""


@pytest.fixture
def browser(tmp_path, monkeypatch):
    """A program of some lines in the place of a browser."""

    def made(*lines: str) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        program = folder / "browser"
        start = f"#!{sys.executable}\nimport pathlib, sys, time\n"
        program.write_text(start + "\n".join(lines) + "\n", encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv(VARIABLE, str(program))
        return program

    return made


COPIES = (
    "out = next(a for a in sys.argv if a.startswith('--print-to-pdf=')).partition('=')[2]",
    "page = pathlib.Path(sys.argv[-1].removeprefix('file://')).read_text()",
    "pathlib.Path(out).write_text(page + ' '.join(sys.argv))",
)
posix = pytest.mark.skipif(sys.platform == "win32", reason="programs are made as scripts here")


@posix
def test_the_page_is_printed_as_it_is_or_with_all_folds_open(browser, tmp_path):
    browser(*COPIES)
    place = write_pdf(PAGE, tmp_path / "a.pdf")
    said = place.read_text()
    assert said.startswith(PAGE)
    assert "MAP * ~NOTFOUND" in said
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    assert write_pdf(file, place, full=True) == place
    assert '<html class="full" lang="en">' in place.read_text()
    assert "<details open>" in place.read_text()


def test_opening_folds_changes_nothing_else():
    assert opened(PAGE).replace(' class="full"', "").replace(" open>", ">") == PAGE


@posix
@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("print('one'); print('no room on the disk')", "sys.exit(1)"), "no room on the disk"),
        (("",), "it said nothing"),
        (("time.sleep(60)",), "printed no page within 0 s"),
    ],
)
def test_a_browser_that_fails_leaves_the_old_file(browser, tmp_path, monkeypatch, lines, words):
    monkeypatch.setattr(pdf, "PATIENCE", 0.4 if "sleep" in lines[0] else 30.0)
    browser(*lines)
    place = tmp_path / "a.pdf"
    place.write_bytes(b"old")
    with pytest.raises(ThreatpointError, match=words):
        write_pdf(PAGE, place)
    assert place.read_bytes() == b"old"


@posix
def test_a_program_that_is_none_is_named(browser, tmp_path):
    program = browser("")
    program.write_bytes(b"\x7fno program")
    with pytest.raises(ThreatpointError, match="browser cannot be run"):
        write_pdf(PAGE, tmp_path / "a.pdf")


def test_without_a_browser_it_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ThreatpointError, match=r"none is on the PATH; install one .*apt install"):
        require_browser()
    monkeypatch.setenv(VARIABLE, str(tmp_path / "gone"))
    with pytest.raises(ThreatpointError, match="which is no program"):
        write_pdf(PAGE, tmp_path / "a.pdf")
    with pytest.raises(ThreatpointError, match=r"ends in \.pdf"):
        write_pdf(PAGE, tmp_path / "a.txt")
    assert list(tmp_path.iterdir()) == []


def test_a_real_browser_prints_one_page_and_all(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, chromium())
    assert pages(write_pdf(PAGE, tmp_path / "one.pdf")) == 1
    assert pages(write_pdf(PAGE, tmp_path / "all.pdf", full=True)) == 2
