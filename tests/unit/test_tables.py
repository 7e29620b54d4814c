"""A table is declared once: one more column is one edit, and stands wherever the table does."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from threatpoint.support.results import donors
from threatpoint.support.support import solve_support
from threatpoint.tables import WRITERS, Column, Table, columns, quantities


def own_share(row) -> float:
    return row["bilateral_eur_bn"] / (row["bilateral_eur_bn"] + row["through_eu_eur_bn"])


MORE = Column(
    "own_share",
    "Gives itself, of all",
    "share",
    "what it gives itself over what it gives",
    value=own_share,
)


@pytest.fixture
def table() -> Table:
    found = donors(solve_support())
    given = [row for row in found.rows if row["bilateral_eur_bn"] + row["through_eu_eur_bn"] > 0]
    return replace(found, rows=given, columns=(*found.columns, MORE))


def test_one_more_column_is_on_the_page_the_terminal_and_in_the_file(table):
    share = own_share(table.rows[0])
    cell = WRITERS["share"](share)
    assert table.shown[-1].heading == MORE.heading
    assert table.first[0][-1] == cell
    assert float(next(csv.DictReader(io.StringIO(table.csv())))["own_share"]) == share
    assert table.definitions["own_share"] == MORE.meaning
    console = Console(width=200, file=io.StringIO(), record=True)
    console.print(table.terminal())
    text = console.export_text()
    assert "of all" in text
    assert cell.replace("\u00a0", " ") in text


def test_a_column_without_words_is_refused():
    with pytest.raises(KeyError, match="no such column"):
        columns("donors", "no such column")


def test_every_amount_and_share_says_what_it_is():
    kinds = re.compile("money|percent|share|part|belief|chance")
    for key, entry in quantities().items():
        one = any(isinstance(value, str) for value in entry.values())
        for name, found in {"": entry}.items() if one else entry.items():
            if kinds.search(found.get("kind", "text")):
                assert found.get("meaning"), f"{key}.{name} has no meaning"


def test_every_quantity_has_what_a_column_needs():
    for key, entry in quantities().items():
        one = any(isinstance(value, str) for value in entry.values())
        for found in (entry,) if one else entry.values():
            assert set(found) <= {"heading", "kind", "meaning", "roomy"}, (key, found)


WORDS = "The attacker prefers peace at this line or beyond to war without end"


@pytest.mark.parametrize(
    ("cells", "letters", "broad"),
    [("China", 11, False), ("China", 12, True), (WORDS, 7, False), (WORDS, 8, True)],
)
def test_a_table_is_broad_where_its_numbers_and_words_need_more_than_half_a_page(
    cells, letters, broad
):
    keys = [f"n{k}" for k in range(5)]
    made = (Column("name", "Name"), *(Column(key, key, "figure") for key in keys))
    table = Table("any", "Rows", made, [{"name": cells} | dict.fromkeys(keys, "1" * letters)])
    assert table.broad == broad
    assert not replace(table, rows=[]).broad


def test_columns_that_are_asked_for_do_not_make_a_table_broad():
    keys = [f"n{k}" for k in range(20)]
    made = (Column("name", "Name"), *(Column(key, key, "plain") for key in keys))
    table = Table("any", "Rows", made, [{"name": "China"} | dict.fromkeys(keys, 1.0)])
    assert table.places.count("more") == 15
    assert not table.broad


def test_a_narrow_page_keeps_the_columns_that_decide_and_a_wide_one_six():
    keys = [f"n{k}" for k in range(8)]
    made = (Column("name", "Name"), *(Column(key, key.upper(), "plain") for key in keys))
    row = {"name": "China"} | dict.fromkeys(keys, 1.0)
    table = Table("any", "Rows", made, [row], deciding=("n5", "n1", "n7"))
    assert [key for key, place in zip(keys, table.places[1:], strict=True) if not place] == [
        "n1", "n5",
    ]  # fmt: skip
    assert table.places.count("wide") == 3
    assert table.places[1 + 7] == "wide", "the third that decides"
    assert [place for place, _ in table.behind] == ["more"] * 3 + ["wide"] * 3
    assert replace(table, deciding=()).places[:3] == ["", "", ""], "numbers by default"


def test_rows_without_words_on_their_fold_are_in_the_file_only():
    table = Table("any", "Rows", (Column("name", "Name"),), [{"name": c} for c in "abc"], lead=1)
    assert table.folded == [["b"], ["c"]]
    assert not replace(table, fold="").folded
    assert replace(table, fold="").csv().count("\n") == 4
