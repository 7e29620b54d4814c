"""Every text of a situation file is printed: on the page or in the data beside it."""

from __future__ import annotations

import html
from typing import Any

from tests.situations.every_key import built_in_tables, changed, dump
from threatpoint.analysis import analyse
from threatpoint.brief.page import Content, render
from threatpoint.brief.reading import Reading
from threatpoint.situation import load_situation
from threatpoint.world import load_world

FREE = ("title", "question", "source", "words", "label", "period", "page", "answered_by", "name")
"""Keys that hold words for a reader."""


def marked(value: Any, marks: list[str], path: str = "") -> Any:
    """The tables with a mark of its own at the end of every text for a reader."""
    if isinstance(value, dict):
        return {key: marked(item, marks, f"{path}.{key}") for key, item in value.items()}
    if isinstance(value, list):
        return [marked(item, marks, f"{path}[{k}]") for k, item in enumerate(value)]
    if isinstance(value, str) and (path.split(".")[-1] in FREE or path.startswith(".parties")):
        marks.append(f"{path} mark{len(marks)}x")
        return f"{value} mark{len(marks) - 1}x"
    return value


def test_every_text_of_the_file_is_printed(tmp_path):
    marks: list[str] = []
    raw = marked(built_in_tables(), marks)
    least = raw["threats"]["oil-cutoff"]["when"]["min_value"]
    few = {**least, "value": 51, "range": [1, 90]}  # two targets: few worlds to solve
    path = tmp_path / "case.toml"
    path.write_text(
        dump(changed(raw, ("threats", "oil-cutoff", "when", "min_value"), few)), encoding="utf-8"
    )
    analysis = analyse(load_situation(path), load_world())
    reading = Reading(analysis)
    printed = html.unescape(render(analysis))
    printed += "".join(table.csv() for table in Content(reading).tables)
    lost = [
        mark
        for mark in marks
        if mark.split(" ")[1] not in printed
        and not any(mark.startswith(f".threats.{name}.") for name in analysis.situation.later)
    ]
    assert not lost
    assert len(marks) > 200
