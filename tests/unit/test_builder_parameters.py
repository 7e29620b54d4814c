"""The builder of the registry: what ships is what it makes, and the page says the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import elasticities, parameters
from builders.oil import Facts
from builders.parameter_docs import DOCS, text
from builders.sources import data_directory

from tests.source_data import source_data
from threatpoint.errors import WorldError
from threatpoint.world.parameters import FILE, Parameter
from threatpoint.world.parameters import parameters as shipped


@pytest.fixture(scope="module")
def data():
    folder = source_data()
    if not all((folder / name).is_file() for name in parameters.FILES):
        pytest.skip(f"no oil files under {folder}")
    return folder


def test_what_ships_is_what_the_builder_makes(data, tmp_path):
    for name in ("one", "two"):
        out, docs = tmp_path / f"{name}.csv", tmp_path / f"{name}.md"
        parameters.main(["--data", str(data), "--out", str(out), "--docs", str(docs)])
        assert out.read_bytes() == FILE.read_bytes()
        assert docs.read_bytes() == DOCS.read_bytes()


def test_the_page_lists_every_row():
    page = DOCS.read_text(encoding="utf-8")
    assert page == text(shipped())
    for row in shipped():
        assert f"| {row.name} | {row.horizon} | {row.scope} | {row.value:g} |" in page


def test_long_run_supply_is_that_of_the_world_table():
    rows = [r for r in shipped() if (r.name, r.horizon) == ("supply_elasticity", "long")]
    assert [(r.low, r.value, r.high) for r in rows] == [elasticities.OIL_SUPPLY]


GOOD = Parameter(
    name="eta", horizon="short", scope="all", value=0.5, low=0.2, high=0.8, unit="1",
    kind="estimate", convention="", period="2019", source="A (2019)", page="p. 1",
    known="2019",
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"unit": ""}, "eta, short, all: no unit"),
        ({"source": ""}, "no source"),
        ({"page": ""}, "no page"),
        ({"known": ""}, "no known"),
        ({"kind": "guess"}, "unknown kind 'guess'"),
        ({"kind": "prior", "low": 0.5, "high": 0.5}, "a prior needs a range"),
    ],
)
def test_a_bad_row_is_an_error(changes, words):
    assert parameters.sound([GOOD]) == [GOOD]
    with pytest.raises(WorldError, match=words):
        parameters.sound([replace(GOOD, **changes)])


def test_all_problems_of_a_registry_at_once_and_no_row_twice():
    with pytest.raises(WorldError, match=r"(?s)no unit.*no page"):
        parameters.sound([replace(GOOD, unit=""), replace(GOOD, horizon="long", page="")])
    with pytest.raises(WorldError, match="eta, short, all: more than one row"):
        parameters.sound([GOOD, GOOD])


def test_missing_source_files_are_named(tmp_path):
    with pytest.raises(WorldError, match=r"oil/oil_and_trade_facts.csv, oil/brent-monthly.csv"):
        data_directory(tmp_path, parameters.FILES)


def test_a_figure_must_be_found_once():
    row = {"item": "crude", "exporter_or_country": "RUS", "importer": "CHN", "period": "2023",
           "unit": "Mt", "value": "107.02"}  # fmt: skip
    asked = ("crude", "CHN", "2023", "Mt")
    assert Facts([row])(*asked) == 107.02
    with pytest.raises(LookupError, match="0 rows for crude RUS->CHN 2023 in Mt"):
        Facts([])(*asked)
    with pytest.raises(LookupError, match="2 rows"):
        Facts([row, row])(*asked)
