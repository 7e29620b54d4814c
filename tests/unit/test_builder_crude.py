"""The builder of the crude base: what ships is what it makes, and every number has a source."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest
from builders import crude as builder
from builders.crude_report import REPORT
from builders.crude_rows import Day, Row

from tests.source_data import source_data
from threatpoint.errors import WorldError

TABLES = ("crude_base.csv", "crude_members.csv", "crude_priors.csv", "crude_pairs.csv")
MAY_BE_EMPTY = {"note"}


@pytest.fixture
def folder():
    found = source_data()
    if not all((found / name).is_file() for name in (builder.OIL, builder.BRENT)):
        pytest.skip(f"no oil files under {found}")
    return found


def test_what_ships_is_what_the_builder_makes(folder, tmp_path):
    builder.build(folder, tmp_path, tmp_path / "report.md")
    assert sorted(path.name for path in tmp_path.glob("*.csv")) == sorted(TABLES)
    for name in TABLES:
        shipped = (builder.TABLES / name).read_bytes()
        assert (tmp_path / name).read_bytes() == shipped, f"{name}: run the builder"
    assert (tmp_path / "report.md").read_bytes() == REPORT.read_bytes()


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_but_a_note_is_empty(name):
    with (builder.TABLES / name).open(newline="", encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    assert rows
    empty = [
        (row, key)
        for row in rows
        for key, cell in row.items()
        if not cell and key not in MAY_BE_EMPTY
    ]
    assert not empty


def test_a_prior_says_so_and_has_a_range():
    for name in ("crude_base.csv", "crude_priors.csv"):
        with (builder.TABLES / name).open(newline="", encoding="utf-8") as text:
            rows = [row for row in csv.DictReader(text) if row["prior"] == "yes"]
        assert rows
        assert not [row for row in rows if not float(row["low"]) < float(row["high"])]


GOOD = Row(
    "2023", "buyer", "IND", "runs", 5.0, 4.0, 6.0, "mb/d", "no", "2023", "A", "p. 1", "2024-01"
)


@pytest.mark.parametrize("name", ["unit", "period", "source", "page", "known"])
def test_a_row_that_cannot_be_checked_is_refused(name):
    assert builder.sound([GOOD]) == [GOOD]
    with pytest.raises(WorldError, match=f"2023 runs IND: no {name}"):
        builder.sound([replace(GOOD, **{name: ""})])


def test_a_row_twice_or_not_at_all_is_refused():
    with pytest.raises(WorldError, match="2023 runs IND: more than one row"):
        builder.sound([GOOD, GOOD])
    with pytest.raises(WorldError, match="two rows give runs of IND"):
        Day("2023", iter([(GOOD, None), (GOOD, None)]))
    with pytest.raises(WorldError, match="no row gives runs of CHN"):
        Day("2023", iter([(GOOD, None)])).row("runs", "CHN")
