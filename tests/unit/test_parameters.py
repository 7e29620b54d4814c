"""The registry: every number has unit, range, source and page; lookups say what is wrong."""

from __future__ import annotations

import pytest

from threatpoint.errors import WorldError
from threatpoint.world import load_world
from threatpoint.world.horizons import HORIZONS
from threatpoint.world.parameters import (
    COLUMNS,
    FILE,
    KINDS,
    find,
    parameter,
    parameters,
    read_parameters,
    scoped,
)

ELASTIC = ("eta", "epsilon", "rho")


@pytest.mark.parametrize("row", parameters(), ids=lambda row: row.label)
def test_every_row_can_be_checked(row):
    for name in ("name", "horizon", "scope", "unit", "kind", "period", "source", "page"):
        assert getattr(row, name).strip(), name
    assert row.kind in KINDS
    assert row.low <= row.value <= row.high
    assert row.low < row.high or row.kind != "prior"
    assert row.source.startswith("prior") == (row.kind == "prior")


def test_every_horizon_has_a_value_for_every_sector():
    for horizon in HORIZONS:
        for name in (*ELASTIC, "phi"):
            assert parameter(name, horizon).horizon == horizon
        assert parameter("supply_elasticity", horizon, "OILGAS").horizon == horizon
        for sector in load_world().sectors:
            assert parameter("theta", horizon, sector).value > 0


def test_values_grow_with_the_horizon():
    for sector in load_world().sectors:
        short, medium, long = (parameter("theta", h, sector).value for h in HORIZONS)
        assert short <= medium <= long
    for name in (*ELASTIC, "phi"):
        short, medium, long = (parameter(name, h).value for h in HORIZONS)
        assert short < medium < long
    short, medium, long = (parameter("supply_elasticity", h, "OILGAS").value for h in HORIZONS)
    assert short < medium < long


def test_crude_is_near_homogeneous_at_every_horizon():
    assert {parameter("theta", h, "OILGAS").value for h in HORIZONS} == {9.8923}


def test_converted_numbers():
    assert parameter("theta", "short").value == pytest.approx(2.53 - 1)
    blp = [row for row in parameters() if row.name == "theta_published"]
    assert [row.value for row in blp] == [0.76 - 1, 2.0 - 1]
    assert (blp[1].low, blp[1].high) == (1.75 - 1, 2.25 - 1)


def test_the_narrowest_row_wins_and_checks_are_never_returned():
    assert parameter("theta", "short", "CHEM").scope == "all"
    assert parameter("theta", "short", "OILGAS").scope == "OILGAS"
    assert parameter("largest_share", "short", "IND").value == 0.5
    assert set(scoped("spare_capacity")) == {"SAU", "ARE", "IRQ", "KWT", "WLD"}
    assert set(scoped("evasion_cost")) == {"all"}
    assert parameter("evasion_cost").value == pytest.approx((11 + 19) / 4)
    with pytest.raises(WorldError, match="unknown parameter 'delivered_price'"):
        parameter("delivered_price")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("thetta", "short"), "unknown parameter 'thetta' (did you mean 'theta'?)"),
        (("eta", "shrot"), "eta: unknown horizon 'shrot' (did you mean 'short'?)"),
        (("theta", "long", "CHME"), "theta, long: unknown scope 'CHME' (did you mean 'CHEM'?)"),
        (("theta", "long"), "theta, long: unknown scope 'all'"),
        (("output", "all", "SUA"), "output, all: unknown scope 'SUA' (did you mean 'USA'?)"),
    ],
)
def test_a_wrong_name_gets_the_nearest(asked, words):
    with pytest.raises(WorldError) as error:
        parameter(*asked)
    assert words in str(error.value)


def test_priors_are_flagged_as_quantities():
    assert parameter("shut_in_price", scope="RUS").quantity.prior
    assert not parameter("benchmark_price").quantity.prior


GOOD = {
    "name": "eta", "horizon": "short", "scope": "all", "value": "0.5", "low": "0.2", "high": "0.8",
    "unit": "1", "kind": "estimate", "convention": "", "period": "2019", "source": "A (2019)",
    "page": "p. 1", "note": "",
}  # fmt: skip


def registry(path, *rows):
    lines = [",".join(COLUMNS), *(",".join(row[name] for name in COLUMNS) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"unit": ""}, "line 2 (eta, short, all): no unit"),
        ({"source": ""}, "no source"),
        ({"page": ""}, "no page"),
        ({"kind": "guess"}, "unknown kind 'guess'"),
        ({"value": "0.9"}, "0.9 is outside its range 0.2 to 0.8"),
        ({"value": "nan"}, "must be finite numbers"),
        ({"high": "inf"}, "must be finite numbers"),
        ({"value": "half"}, "could not convert string to float: 'half'"),
        ({"kind": "prior", "low": "0.5", "high": "0.5"}, "a prior needs a range"),
        ({"note": "one,too many"}, "13 cells wanted"),
    ],
)
def test_a_bad_row_is_an_error_with_its_line(tmp_path, changes, words):
    with pytest.raises(WorldError) as error:
        read_parameters(registry(tmp_path / "bad.csv", GOOD | changes))
    assert words in str(error.value)


def test_all_problems_of_a_registry_at_once_and_no_row_twice(tmp_path):
    bad = registry(tmp_path / "bad.csv", GOOD | {"unit": ""}, GOOD | {"page": ""})
    with pytest.raises(WorldError, match=r"(?s)line 2.*no unit.*line 3.*no page"):
        read_parameters(bad)
    with pytest.raises(WorldError, match="eta, short, all: more than one row"):
        read_parameters(registry(tmp_path / "twice.csv", GOOD, GOOD))


def test_a_file_that_is_no_registry(tmp_path):
    with pytest.raises(WorldError, match="cannot be read"):
        read_parameters(tmp_path / "none.csv")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(WorldError, match="columns are"):
        read_parameters(tmp_path / "other.csv")
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    with pytest.raises(WorldError, match="columns are"):
        read_parameters(tmp_path / "empty.csv")


def test_find_works_on_any_registry(tmp_path):
    rows = read_parameters(registry(tmp_path / "good.csv", GOOD))
    assert find(rows, "eta", "short", "CHEM") == rows[0]
    assert read_parameters(FILE) == parameters()
