"""The first pass beside the market: the tables are what is computed now, and gaps have reasons."""

from __future__ import annotations

from functools import cache

import pytest
from validation.crude_first_pass.replicate import FIFTH, ROWS, TABLE, TEXT, Row, rows
from validation.crude_first_pass.written import data, texts


@cache
def found() -> tuple[Row, ...]:
    return tuple(rows())


def test_the_files_hold_what_is_computed_now():
    """To write both anew: python -m validation.crude_first_pass --write."""
    table, text = texts()
    assert TABLE.read_text(encoding="utf-8") == table
    assert TEXT.read_text(encoding="utf-8") == text


def test_every_figure_is_compared_and_every_difference_above_a_fifth_has_its_reason():
    assert len(found()) == len(ROWS) == data(list(found())).count("\n") - 1
    assert [row.what for row in found() if row.far and not row.reason] == []


def test_with_its_own_input_the_first_pass_comes_out():
    """Prices, volumes and revenue: to a fifth, or to a fifth of a per cent."""
    for row in found():
        if row.then is not None and "cost" not in row.what:
            assert row.then == pytest.approx(row.first, rel=FIFTH, abs=0.2)
