"""The registry: every number has unit, range, source and page; lookups say what is wrong."""

from __future__ import annotations

import pytest

from threatpoint.errors import WorldError
from threatpoint.world import load_world
from threatpoint.world.horizons import HORIZONS
from threatpoint.world.parameters import AS, KINDS, parameter, parameters, scoped

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
            assert parameter(name, horizon).horizon == AS.get(horizon, horizon)
        assert scoped("supply_elasticity", horizon)["OILGAS"].horizon == AS.get(horizon, horizon)
        for sector in load_world().sectors:
            assert parameter("theta", horizon, sector).value > 0


def test_values_grow_with_the_horizon():
    for sector in load_world().sectors:
        abrupt, short, medium, long = (parameter("theta", h, sector).value for h in HORIZONS)
        assert abrupt <= short <= medium <= long
    for name in (*ELASTIC, "phi"):
        abrupt, short, medium, long = (parameter(name, h).value for h in HORIZONS)
        assert abrupt == short < medium < long
    rows = [parameter("supply_elasticity", h, "OILGAS") for h in HORIZONS]
    assert rows[0] is rows[1]
    assert rows[1].value < rows[2].value < rows[3].value


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
    assert parameter("served_share", "short", "IND").value == 0.3
    assert set(scoped("spare_capacity")) == {"SAU", "ARE", "IRQ", "KWT", "WLD"}
    assert set(scoped("evasion_cost")) == {"all"}
    assert parameter("evasion_cost").value == pytest.approx((11 + 19) / 4)
    with pytest.raises(WorldError, match="unknown parameter 'delivered_price'"):
        parameter("delivered_price")
    with pytest.raises(WorldError, match="unknown parameter 'spare_capasity'"):
        scoped("spare_capasity")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("thetta", "short"), "unknown parameter 'thetta' (did you mean 'theta'?)"),
        (("eta", "shrot"), "eta: unknown horizon 'shrot' (did you mean 'short'?)"),
        (("theta", "long", "CHME"), "theta, long: unknown scope 'CHME' (did you mean 'CHEM'?)"),
        (("theta", "long"), "theta, long: unknown scope 'all'"),
        (
            ("spare_capacity", "all", "SUA"),
            "spare_capacity, all: unknown scope 'SUA' (did you mean 'SAU'?)",
        ),
    ],
)
def test_a_wrong_name_gets_the_nearest(asked, words):
    with pytest.raises(WorldError) as error:
        parameter(*asked)
    assert words in str(error.value)


def test_priors_are_flagged_as_quantities():
    assert parameter("shut_in_price", scope="RUS").quantity.prior
    assert not parameter("benchmark_price").quantity.prior
