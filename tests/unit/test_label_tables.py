"""Sectors and economies in tables: every word that they list means what they say."""

from __future__ import annotations

import json

import pytest
from builders.sector_parts import TABLE, divisions, text
from builders.sources import FILES

from tests.commands import typed
from tests.economies import random_world
from tests.source_data import source_data
from threatpoint.files import read_csv
from threatpoint.world import info, load_world
from threatpoint.world.label_tables import economies, sectors
from threatpoint.world.places import code_of
from threatpoint.world.sector_names import sector_of

WORLD = load_world()


def test_every_word_for_a_sector_means_it():
    for row in sectors(WORLD).rows:
        for word in filter(None, (row["sector"], row["name"], *row["also"].split(", "))):
            assert sector_of(word, WORLD) == row["sector"], word


def test_every_name_of_an_economy_means_it():
    for row in economies(WORLD).rows:
        for word in filter(None, (row["economy"], row["name"], *row["also"].split(", "))):
            assert code_of(word, WORLD) == row["economy"], word


def test_every_division_stands_in_one_sector():
    rows = read_csv(TABLE)
    assert {row["sector"] for row in rows} == set(WORLD.sectors)
    assert len({row["industry"] for row in rows}) == len(rows)
    assert divisions("C10T12") == "10 to 12"
    assert divisions("C17_18") == "17 and 18"
    assert divisions("C24A") == divisions("C24B") == "24"


def test_the_table_of_industries_is_that_of_the_source():
    folder = source_data()
    if not (folder / FILES["aggregation"]).is_file():
        pytest.skip("the aggregation is not among the source data here")
    assert TABLE.read_text(encoding="utf-8") == text(folder)


def test_another_economy_has_its_own_labels_and_no_divisions():
    economy = random_world(1, 3, 2).economy
    table = sectors(economy)
    assert [row["sector"] for row in table.rows] == list(economy.sectors)
    assert "divisions" not in table.fields
    assert {each.key for each in info(economy)} >= {"sector-names", "economy-names"}


@pytest.mark.parametrize("what", ["sectors", "economies"])
def test_it_is_printed_and_written(what, tmp_path):
    said = typed("world", what, "--out", f"{what}.csv", folder=tmp_path)
    assert f"written: {what}.csv" in said or f"{what}.csv" in said
    rows = read_csv(tmp_path / f"{what}.csv")
    typed("world", what, "--out", f"{what}.json", folder=tmp_path)
    kept = json.loads((tmp_path / f"{what}.json").read_text(encoding="utf-8"))
    key = "sector-names" if what == "sectors" else "economy-names"
    assert kept[key] == list(rows)
    assert len(rows) == len(WORLD.sectors if what == "sectors" else WORLD.countries) + (
        what == "economies"
    )
