"""The tables of docs/oil.md are what is computed now."""

from __future__ import annotations

import pytest
from validation.oil_scenarios import END, START, TEXT, filled, made, markdown

from threatpoint.tables import Column, Table


def test_the_text_holds_the_tables_that_are_computed_now():
    """To write all anew: python -m validation.oil_scenarios --write."""
    text = TEXT.read_text(encoding="utf-8")
    assert text == filled(text, made())


def test_a_column_that_says_the_same_in_every_row_is_left_out():
    rows = [{"a": "x", "b": 1.0, "c": 2.0}, {"a": "y", "b": 1.0, "c": 3.0}]
    columns = (Column("a", "A"), Column("b", "B", "number"), Column("c", "C", "number"))
    assert markdown(Table("t", "", columns, rows)).splitlines() == [
        "| A | C |", "| --- | --- |", "| x | 2.0 |", "| y | 3.0 |",
    ]  # fmt: skip


def test_only_what_is_between_the_marks_is_replaced():
    text = f"before\n{START}\nold\n{END}\nafter\n"
    assert filled(text, "new") == f"before\n{START}\n\nnew\n\n{END}\nafter\n"
    with pytest.raises(ValueError, match="unpack"):
        filled("no marks", "new")
