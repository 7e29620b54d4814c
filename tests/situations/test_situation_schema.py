"""The schema for editors: in step with the classes that read a file, and true of every file."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from builders.situation_schema import SCHEMA, text
from jsonschema import Draft202012Validator

from tests.situations.bad_files import GOOD, SPOILED
from tests.situations.every_key import everything

FILES = sorted(
    [
        *Path(__file__).with_name("files").glob("*.toml"),
        *Path(str(files("threatpoint.situation"))).glob("library/*.toml"),
    ]
)
SHAPES = (
    "unknown key", "missing key", "unknown table", "unknown key in an instrument",
    "unknown instrument", "no instrument", "unknown unit", "unknown mode", "text for a number",
    "text for a list",
)  # fmt: skip
"""Files whose shape is wrong; the meaning of the others is."""


def wrong(raw: dict[str, Any]) -> list[str]:
    """What an editor would mark; it sees dates as text."""
    checker = Draft202012Validator(json.loads(text()))
    return [
        error.message for error in checker.iter_errors(json.loads(json.dumps(raw, default=str)))
    ]


def test_it_is_in_step_with_the_classes() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == text(), "run python -m builders.situation_schema"
    Draft202012Validator.check_schema(json.loads(text()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_that_are_read_have_the_shape(path: Path) -> None:
    assert wrong(tomllib.loads(path.read_text(encoding="utf-8"))) == []


def test_every_key_that_can_be_written_is_in_it() -> None:
    assert wrong(everything()) == []


@pytest.mark.parametrize("name", SHAPES)
def test_a_wrong_shape_is_marked(name: str) -> None:
    old, new, _ = SPOILED[name]
    assert wrong(tomllib.loads(GOOD)) == []
    assert wrong(tomllib.loads(GOOD.replace(old, new)))
