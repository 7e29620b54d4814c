"""Golden texts: the words and numbers of page, terminal and files as they stand in `tests/golden`.

`python -m tests.golden_texts` (or `pytest tests/situations/test_golden.py` with
`THREATPOINT_GOLDEN=write` set) writes them anew; `git diff` then shows what changed. Text is
compared exactly, numbers in CSV and JSON to a relative 1e-6; what differs by machine is masked.
"""

from __future__ import annotations

import math
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path

import pytest

from tests.golden_page import chart_lines, page_lines
from threatpoint import __version__

PLACE = Path(__file__).with_name("golden")
LONGEST, FIRST, SAMPLED = 150_000, 41, 60
"""Characters of a file kept whole; of a longer one its first lines and about so many others."""
SHOWN = 20
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
MASKS = (
    (rf"(Threatpoint |\"version\": \"){re.escape(__version__)}", r"\1<version>"),
    (r"computed \d+ [A-Z]\w+ \d{4}", "computed <day>"),
    (r"after \d+ evaluations( \([^)]*\))?", "after <n> evaluations"),
    (r"largest residual .*?(; bound|$)", r"largest residual <small>\1"),
    (r"(value iteration differ by) [^;]*;", r"\1 <small>;"),
    (r"after \d+ sweeps of value iteration, error [^.]*\.\de-\d+", "after <n> sweeps"),
    (r"\b\d(\.\d)?e-(09|1\d)\b", "<small>"),
    (r"about \d+ s in one process", "about <n> s in one process"),
    (r"   \S+(?: \S+)*  +[\d\u202f.]+  +[\d\u202f.]+  +\d\.\de[-+]\d\d ", "   <worst> "),
    (r'("(?:method|evaluations|residual|worst_market|redundant_markets)":) .*?(,?)$', r"\1 0\2"),
    (r'(closed_form_gap"?[,:]) ?[-\d.e]+', r"\1 0"),
)


def hold(case: str, texts: Mapping[str, str]) -> None:
    """Compare texts (file name -> text) with those kept for a case, or write them.

    Raises:
        AssertionError: with the first lines that differ.
    """
    kept = {name: _kept(name, masked(text)) for name, text in texts.items()}
    if os.environ.get("THREATPOINT_GOLDEN") == "write":
        _write(PLACE / case, kept)
    found = list(differences(_stored(PLACE / case), kept))
    more = [f"… and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    assert not found, "\n".join([f"golden texts of {case}:", *found[:SHOWN], *more])


def masked(text: str) -> str:
    """The text less what may differ by machine, no blanks at the end of a line or of itself."""
    lines = "\n".join(line.rstrip() for line in text.rstrip().splitlines()) + "\n"
    for pattern, instead in MASKS:
        lines = re.sub(pattern, instead, lines, flags=re.M)
    return lines


def differences(wanted: Mapping[str, str], got: Mapping[str, str]) -> Iterator[str]:
    """File, line, what is kept and what was found, for each place that differs."""
    for name in sorted(wanted.keys() | got.keys()):
        if name not in got or name not in wanted:
            yield f"{name}: {'not written any more' if name in wanted else 'not kept yet'}"
            continue
        old, new = wanted[name].splitlines(), got[name].splitlines()
        if name.endswith((".csv", ".json")):
            pairs = zip(old, new, strict=False)
            near = [a if close(a, b) else b for a, b in pairs]
            new = near + new[len(near) :]
        for tag, start, end, first, last in SequenceMatcher(None, old, new, False).get_opcodes():
            if tag != "equal":
                yield f"{name}, line {start + 1}"
                for pair in zip_longest(old[start:end], new[first:last]):
                    words = zip(("  wanted: ", "  got:    "), pair, strict=True)
                    yield from (f"{word}{line}" for word, line in words if line is not None)


def close(one: str, other: str) -> bool:
    """The same text with numbers that agree to a relative 1e-6 or an absolute 1e-9."""
    return NUMBER.split(one) == NUMBER.split(other) and all(
        math.isclose(float(a), float(b), rel_tol=1e-6, abs_tol=1e-9)
        for a, b in zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
    )


SEARCHED = {
    "page": re.compile(r"^## What else could be threatened.*?(?=^## )", re.M | re.S),
    "terminal": re.compile(r"^What else could be threatened:.*?(?=^\S[^\n]*: )", re.M | re.S),
}
"""What is said of designed threats: a search finds them, and which of two as good hangs on the last
digits of a machine. Their own tests solve each again.
"""


def brief_texts(page: Path, terminal: str) -> dict[str, str]:
    """The texts of a written brief: terminal, page, charts and data."""
    texts = {
        "terminal.txt": SEARCHED["terminal"].sub("", terminal),
        "page.txt": SEARCHED["page"].sub("", page_lines(page.read_text("utf-8"))),
    }
    charts = sorted((page.parent / "charts").glob("*.svg"))
    texts["charts.txt"] = "".join(
        f"{p.name}\n{chart_lines(p.read_text('utf-8'))}" for p in charts if "design" not in p.name
    )
    kept = files_in(page.parent / "data")
    return texts | {name: text for name, text in kept.items() if not name.startswith("design-")}


def files_in(folder: Path) -> dict[str, str]:
    """Name -> text of the tables in a folder."""
    return {p.name: p.read_text("utf-8") for p in folder.iterdir() if p.suffix in (".csv", ".json")}


def _kept(name: str, text: str) -> str:
    """The text; of a long table its first lines, a sample of the others and their number."""
    if len(text) <= LONGEST or name.endswith(".txt"):
        return text
    lines = text.splitlines()
    sample = lines[FIRST :: max(1, len(lines) // SAMPLED)]
    return "\n".join([*lines[:FIRST], *sample, f"{len(lines)} lines in all"]) + "\n"


def _stored(folder: Path) -> dict[str, str]:
    return {p.name: p.read_text("utf-8") for p in folder.iterdir()} if folder.is_dir() else {}


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    os.environ["THREATPOINT_GOLDEN"] = "write"
    sys.exit(pytest.main([str(PLACE.parent / "situations" / "test_golden.py")]))
