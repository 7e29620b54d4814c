"""A workbook holds every table with typed cells, and runs nothing that it was given as text."""

from __future__ import annotations

import datetime
import io
import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from tests.golden_worlds import golden_world
from threatpoint.analysis import Analysis, analyse
from threatpoint.brief import write_workbook
from threatpoint.brief.first import said_answer
from threatpoint.brief.first_facts import Facts
from threatpoint.brief.page import Content
from threatpoint.brief.reading import Reading
from threatpoint.brief.sheets import CONTENTS, FIRST, heading, sheet_names, typed, workbook
from threatpoint.brief.workbook import definitions, workbook_bytes
from threatpoint.errors import ThreatpointError
from threatpoint.situation import load_situation
from threatpoint.tables import Column, Table
from threatpoint.words import MINUS

PLAIN = Path(__file__).parents[1] / "situations" / "files" / "golden-plain.toml"
COLUMNS = (
    Column("name", "Economy", meaning="who"),
    Column("loss", "Real income", "signed percent", "what it can buy"),
    Column("money", "", "signed money"),
    Column("range", "Range", "range"),
    Column("belief", "Gives in from", "belief"),
    Column("day", "Day", "short"),
    Column("horizon", "Horizon", "horizon"),
    Column("seen", "Seen", "text", filed=False),
)
ROWS: list[dict[str, Any]] = [
    {"name": "=1+1", "loss": -0.5, "money": -1234.5, "range_low": -1.0, "range_high": math.nan}
    | {"belief": np.float64(0.25), "day": "2025-03-31", "horizon": "long", "seen": "no"},
    {"name": "plain", "loss": math.inf, "money": None, "range_low": 0, "range_high": 1.5}
    | {"belief": 3.0, "day": "2025-03", "horizon": "any", "seen": "no"},
]
TABLE = Table("losses", "Who loses what", COLUMNS, ROWS, "USD million", note="A note.")


def read(made: Workbook) -> Workbook:
    """As another program gets it."""
    file = io.BytesIO()
    made.save(file)
    return load_workbook(file)


@pytest.fixture(scope="module")
def book() -> Workbook:
    return read(workbook([("Title", "+ a title"), ("Date", datetime.date(2025, 3, 31))], [TABLE]))


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    world = golden_world(5)
    return analyse(load_situation(PLAIN, world), world)


def test_headings_say_the_unit_and_the_row_below_the_key(book):
    sheet = book["losses"]
    heads, keys = ([cell.value for cell in sheet[n]] for n in (1, 2))
    assert dict(zip(keys, heads, strict=True)) == {
        "name": "Economy",
        "loss": "Real income, %",
        "money": "Money, USD million",
        "range_low": "Range, low, %",
        "range_high": "Range, high, %",
        "belief": "Gives in from",
        "day": "Day",
        "horizon": "Horizon",
        "horizon_words": "Horizon, in words",
    }
    assert sheet.freeze_panes == f"A{FIRST}"
    assert sheet.auto_filter.ref == "A2:I4"


def test_cells_keep_their_type(book):
    first, second = ([cell.value for cell in row] for row in book["losses"].iter_rows(min_row=3))
    day = datetime.datetime(2025, 3, 31)
    assert first == ["=1+1", -0.5, -1234.5, -1, None, 0.25, day, "long", "7-10 years"]
    assert second == ["plain", None, None, 0, 1.5, 3, "2025-03", "any", "any"]
    row = book["losses"][FIRST]
    assert row[1].number_format.startswith(f'+0.00##;"{MINUS}"')
    assert "%" in row[5].number_format
    assert row[6].number_format == "yyyy-mm-dd"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@now", "\t=1", "=cmd|' /C calc'!A0"])
def test_text_is_never_a_formula(text):
    table = Table("t", "t", (Column("name", text),), [{"name": text}])
    book = read(workbook([("Title", text)], [table]))
    for cell in (book["t"]["A1"], book["t"]["A3"], book[CONTENTS]["B1"]):
        assert (cell.data_type, cell.value) == ("s", text)
        assert cell.quotePrefix


def test_what_a_workbook_cannot_hold_is_left_out():
    assert typed("a\x00b\x1f") == "ab"
    assert typed("") is None
    assert typed("2025-02-31") == "2025-02-31"
    assert len(typed("x" * 40_000)) == 32_767
    assert typed(np.bool_(True)) is True
    assert typed(("a", "b")) == "('a', 'b')"


def test_names_of_sheets_are_short_and_differ():
    long = "x" * 40
    names = sheet_names(["losses", "Losses", long, long, "a/b", "contents", "history", ""])
    assert names[:2] == ["losses", "Losses-2"]
    assert names[4:] == ["a-b", "contents-2", "history-2", "table"]
    assert len({name.lower() for name in names}) == len(names)
    assert max(map(len, names)) == 31


def test_contents_lead_to_every_sheet(book):
    sheet = book[CONTENTS]
    assert [sheet["A1"].value, sheet["B1"].value] == ["Title", "+ a title"]
    line = next(row for row in sheet.iter_rows() if row[0].value == "losses")
    assert [cell.value for cell in line] == ["losses", "Who loses what", 2, "A note."]
    assert line[0].hyperlink.location == "'losses'!A1"
    assert line[0].hyperlink.target is None


def test_definitions_come_from_the_declarations():
    rows = {row["key"]: row for row in definitions([TABLE]).rows}
    assert list(rows) == list(TABLE.fields)
    assert "seen" not in rows
    assert rows["loss"] == {"table": "losses", "key": "loss", "heading": "Real income", "unit": "%",
                            "meaning": "what it can buy"}  # fmt: skip
    assert rows["belief"]["unit"] == "share of 1"
    assert rows["money"]["unit"] == "USD million"


def test_a_unit_in_the_heading_is_said_once():
    volume = Column("volume_mb_d", "Volume, mb/d", "number")
    assert TABLE.unit_of(volume) == "mb/d"
    assert heading(TABLE, volume, "volume_mb_d") == "Volume, mb/d"


def test_every_table_of_a_page_reads_back_as_its_csv(analysis, tmp_path):
    tables = Content.drawn(analysis).tables
    path = write_workbook(analysis, tmp_path / "all.xlsx", tables)
    book = load_workbook(path)
    names = sheet_names(table.key for table in tables)
    assert book.sheetnames == [CONTENTS, *names, "Definitions"]
    facts = {row[0]: row[1] for row in book[CONTENTS].iter_rows(max_row=6, values_only=True)}
    assert facts["Title"] == analysis.situation.title
    assert facts["Answer"] == said_answer(Facts(Reading(analysis)))
    assert facts["Command"] == "threatpoint brief golden-plain.toml --xlsx FILE.xlsx"
    for name, table in zip(names, tables, strict=True):
        frame = pd.read_excel(path, sheet_name=name, header=1)
        assert list(frame.columns) == list(table.fields)
        assert len(frame) == len(table.rows)
        for key, column in table.fields.items():
            if column.kind in ("signed percent", "money", "signed money", "whole"):
                wanted = [row.get(key) for row in table.rows]
                np.testing.assert_allclose(
                    frame[key].to_numpy(dtype=float), np.array(wanted, dtype=float), rtol=1e-12
                )
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert "e" not in kinds


def test_the_tables_are_made_anew_where_none_are_given(analysis):
    book = load_workbook(io.BytesIO(workbook_bytes(analysis)))
    assert {"losses", "flows", "Definitions"} <= set(book.sheetnames)


def test_another_suffix_or_place_is_refused_and_nothing_written(analysis, tmp_path):
    with pytest.raises(ThreatpointError, match=r"ends in \.xlsx"):
        write_workbook(analysis, tmp_path / "a.xls")
    with pytest.raises(ThreatpointError, match="does not exist"):
        write_workbook(analysis, tmp_path / "no" / "a.xlsx")
    assert list(tmp_path.iterdir()) == []
