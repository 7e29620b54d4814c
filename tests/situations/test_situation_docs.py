"""The page on writing situations: its reference is current, and its examples do what it says."""

from __future__ import annotations

import datetime
import re
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from builders.situation_docs import DOCS, text

import threatpoint as tp
from tests.commands import typed
from tests.situations.every_key import dump
from threatpoint.policy.instruments import INSTRUMENTS
from threatpoint.situation.examined import examined
from threatpoint.situation.keys import tables
from threatpoint.situation.reader import read_situation, tables_of_text

PAGE = DOCS.with_name("situations.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```toml\n(.*?)^```", PAGE, re.S | re.M)
FILES = [block for block in BLOCKS if "[situation]" in block]
PIECES = [block for block in BLOCKS if "[situation]" not in block]
WORLD = tp.load_world()


def named(block: str) -> str:
    """The first line of a block that says something."""
    return next(line for line in block.splitlines() if line.strip())


def joined(base: dict[str, Any], piece: dict[str, Any]) -> dict[str, Any]:
    """A file with what a piece says: tables are joined, all else is replaced."""
    found = deepcopy(base)
    for key, value in piece.items():
        both = isinstance(value, dict) and isinstance(found.get(key), dict)
        found[key] = joined(found[key], value) if both else value
    return found


def test_the_reference_is_that_of_the_classes():
    assert DOCS.read_text(encoding="utf-8") == text(), "run python -m builders.situation_docs"


def test_every_key_has_a_meaning():
    assert [key.name for each in tables() for key in each.keys if not key.meaning] == []


@pytest.mark.parametrize("block", FILES, ids=named)
def test_a_complete_file_is_solved(block):
    found = read_situation(block, "example", economy=WORLD)
    solution = tp.solve(WORLD, found.policy, horizon="short")
    assert solution.status.converged
    assert solution.welfare.percent[WORLD.country("CHN")] < 0


@pytest.mark.parametrize("block", PIECES, ids=lambda block: named(block)[:40])
def test_a_piece_belongs_into_the_first_file(block):
    written = dump(joined(tomllib.loads(FILES[0]), tomllib.loads(block)))
    found = read_situation(written, "example", economy=WORLD)
    file = tables_of_text(written, "example")
    today = datetime.date(2025, 7, 1)
    assert examined(found, file, WORLD, today).said


def test_every_instrument_has_an_example():
    shown = {word for word in INSTRUMENTS if f'instrument = "{word}"' in "".join(BLOCKS)}
    assert shown == set(INSTRUMENTS)


def test_every_table_but_the_talks_has_an_example():
    shown = "".join(BLOCKS)
    for each in tables():
        part = each.header.strip("[]").replace(".NAME", "").split(".")[-1]
        assert part in shown or part in ("", "talks"), each.header


def test_the_lines_with_new_are_typed_as_they_stand(tmp_path):
    lines = re.findall(r"^threatpoint (new .*)$", PAGE, re.M)
    assert len(lines) == 4
    for line in lines:
        words = re.findall(r'"[^"]*"|\S+', line)
        said = typed(*(word.strip('"') for word in words), folder=tmp_path)
        assert "written: " in said
    assert len(list(Path(tmp_path).glob("*.toml"))) == 4
