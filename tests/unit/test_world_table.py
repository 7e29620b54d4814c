"""The shipped table: identities, plausibility, variants, provenance."""

from __future__ import annotations

import hashlib
from importlib import resources

import numpy as np
import pytest

from threatpoint.errors import WorldError
from threatpoint.world import BASIS, Economy, check, compare, info, load_world, require_balanced
from threatpoint.world.before import moved
from threatpoint.world.facts import table
from threatpoint.world.info import sources

TARIFFS = ("collected", "statutory")


@pytest.fixture(scope="module")
def world():
    return load_world()


@pytest.mark.parametrize("tariffs", TARIFFS)
def test_every_identity_holds_to_1e_9(tariffs):
    economy = load_world(tariffs)
    assert [item.name for item in check(economy, 1e-9) if not item.ok] == []
    require_balanced(economy, 1e-9)


@pytest.mark.parametrize("tariffs", TARIFFS)
def test_identities_hold_even_against_the_cell_itself(tariffs):
    economy = load_world(tariffs)
    used = economy.inputs.sum(axis=2) + economy.final
    made = economy.value_added + economy.inputs.sum(axis=1)
    np.testing.assert_allclose(used, economy.absorption, rtol=1e-9)
    np.testing.assert_allclose(made, economy.output, rtol=1e-9)


def test_arrays_are_frozen(world):
    arrays = [world.trade, world.tariff, world.inputs, world.value_added, world.final]
    arrays += list(world.basis.values())
    arrays += [part for flow in world.flows.values() for part in (flow.values, flow.known)]
    assert not any(array.flags.writeable for array in arrays)
    with pytest.raises(TypeError):
        world.names["USA"] = "elsewhere"


def test_no_sector_with_output_lacks_value_added(world):
    active = world.output > 0
    share = world.value_added[active] / world.output[active]
    assert share.min() >= 0.05 * (1 - 1e-9)
    assert share.max() <= 0.95 * (1 + 1e-9)
    assert not world.value_added[~active].any()
    assert not world.inputs.transpose(0, 2, 1)[~active].any()


@pytest.mark.parametrize("tariffs", TARIFFS)
def test_what_moved_since_the_table_before(tariffs):
    economy = load_world(tariffs)
    rows = {row["name"]: row for row in moved(economy).rows}
    assert len(rows) == len(economy.countries)
    us = rows["United States"]
    assert us["value_added_before"] > us["value_added"] > 0
    assert us["tariffs_levied"] == pytest.approx(
        100 * economy.tariff_revenue[0] / economy.imports[0]
    )
    assert rows["Taiwan"]["value_added"] > rows["Taiwan"]["value_added_before"]
    faced, exports = (np.array([row["tariffs_faced"] for row in rows.values()]), economy.exports)
    assert faced @ exports / 100 == pytest.approx(economy.tariff_revenue.sum())
    assert moved(economy_of_two()).rows == []


def economy_of_two():
    return Economy.from_arrays(
        ["A", "B"], ["ALL"], [[[8], [2]], [[2], [8]]], [[[0]], [[0]]], [[10], [10]], [[10], [10]]
    )


def test_deficits_an_economist_would_expect(world):
    share = dict(zip(world.countries, world.deficit / world.gdp, strict=True))
    assert 0.02 < share["USA"] < 0.05
    assert share["CHN"] < 0
    assert share["DEU"] < 0
    assert share["SAU"] < -0.05
    assert share["RUS"] < -0.05
    assert abs(world.deficit.sum()) < 1e-9 * world.output.sum()


def test_crude_and_gas_go_to_refining_and_utilities_not_to_households(world):
    crude = world.sector("OILGAS")
    used = world.inputs[:, crude]
    industry = used[:, world.sector("REFPET")] + used[:, world.sector("SVC")]
    assert industry.sum() > 0.65 * world.absorption[:, crude].sum()
    assert np.all(world.final[:, crude] < 0.05 * world.absorption[:, crude])


def test_statutory_tariffs_raise_more_revenue_on_chinese_goods(world):
    statutory = load_world("statutory")
    usa, chn = world.country("USA"), world.country("CHN")
    goods = [world.sector(code) for code in world.goods]

    def average(economy, n, i):
        trade = economy.trade[n, i, goods]
        return float(economy.tariff[n, i, goods] @ trade / trade.sum())

    assert average(world, usa, chn) == pytest.approx(0.10866, abs=1e-9)
    assert 0.19 < average(statutory, usa, chn) < 0.22
    assert 0.10 < average(world, chn, usa) < 0.12
    assert 0.20 < average(statutory, chn, usa) < 0.23
    others = np.ones(world.tariff.shape, dtype=bool)
    others[usa, chn] = others[chn, usa] = False
    np.testing.assert_array_equal(world.tariff[others], statutory.tariff[others])


def test_tariffs_are_zero_at_home_on_services_and_inside_unions(world):
    services = [world.sector(code) for code in world.services]
    assert not world.tariff[:, :, services].any()
    eu = [world.country(code) for code in world.groups["EU"]]
    assert not world.tariff[np.ix_(eu, eu)].any()
    turkey, steel = world.country("TUR"), world.sector("METMIN")
    assert not world.tariff[eu, turkey, steel].any()
    assert world.tariff[turkey, eu, world.sector("AGR")].any()
    assert world.tariff.max() < 0.6


def test_flows_lie_inside_their_sectors(world):
    crude_and_gas = world.flows["crude"].values + world.flows["gas"].values
    cell = world.trade[:, :, world.sector("OILGAS")]
    assert np.all(crude_and_gas <= cell * (1 + 1e-12))
    refined = world.flows["refined"].values
    assert np.all(refined <= world.trade[:, :, world.sector("REFPET")] * (1 + 1e-12))
    russia = world.country("RUS")
    for flow in world.flows.values():
        assert not np.delete(flow.values, russia, axis=1).any()
        assert not flow.values[~flow.known].any()


def test_embargoed_markets_are_known_to_buy_nothing(world):
    crude, russia = world.flows["crude"], world.country("RUS")
    for code in ("USA", "GBR", "CAN", "AUS"):
        assert crude.known[world.country(code), russia]
        assert crude.values[world.country(code), russia] == 0
    order = np.argsort(-crude.values[:, russia])
    assert [world.countries[n] for n in order[:2]] == ["CHN", "IND"]


def test_facts_are_near_and_every_gap_has_an_explanation(world):
    results = compare(world)
    assert len(results) == 10
    for item in results:
        assert item.fact.explanation
        limit = 15.0 if item.fact.item == "value_added" else 3.5
        assert abs(item.difference_percent) < limit, item


def test_facts_are_only_for_the_shipped_table(world):
    other = type(world).from_arrays(
        ["A", "B"], ["x"], np.ones((2, 2, 1)), np.zeros((2, 1, 1)), np.ones((2, 1)) * 2,
        np.ones((2, 1)) * 2,
    )  # fmt: skip
    assert compare(other) == []
    assert [table.key for table in info(other)] == ["world", "economy-names", "sector-names"]


def test_basis_counts_cover_every_cell(world):
    tables = {table.caption: table.rows for table in info(world)}
    for row in tables["Cells by basis"]:
        assert sum(row[name] for name in BASIS) == getattr(world, row["array"]).size
    for name in ("trade", "inputs", "final", "value_added"):
        empty = world.basis[name] == 0
        np.testing.assert_array_equal(empty, getattr(world, name) == 0)
    assert {row["kind"] for row in sources(world).rows} == {"source", "licence"}


def test_fingerprint_is_that_of_the_arrays(world):
    path = resources.files("threatpoint.world") / "tables" / "world2023.npz"
    digest = hashlib.sha256()
    with resources.as_file(path) as file, np.load(file) as archive:
        for name in sorted(archive.files):
            array = np.ascontiguousarray(archive[name])
            digest.update(f"{name}{array.shape}{array.dtype.str}".encode())
            digest.update(array.tobytes())
    assert digest.hexdigest() == world.metadata["fingerprint"]
    assert path.stat().st_size < 1_000_000  # type: ignore[attr-defined]


def test_elasticities_convert_and_keep_crude_near_homogeneous(world):
    long, printed, low = (world.elasticities[name] for name in ("long", "printed", "low"))
    goods = [world.sector(code) for code in world.goods]
    np.testing.assert_allclose(long.theta[goods], printed.theta[goods] - 1, atol=1e-9)
    crude = world.sector("OILGAS")
    assert printed.theta[crude] == pytest.approx(10.892, abs=1e-3)
    assert printed.theta[world.sector("REFPET")] == pytest.approx(3.638, abs=1e-3)
    assert long.theta.max() < 12
    assert low.theta[crude] == long.theta[crude]
    assert np.all(np.delete(low.theta, crude) == 1.0)
    np.testing.assert_allclose(long.phi[:, crude], 0.5 / 1.5)
    assert np.all(np.delete(long.phi, crude, axis=1) == 1.0)


def test_the_ends_of_the_published_range_are_sets_of_their_own(world):
    long, low, high = (
        world.elasticities[name] for name in ("long", "published-low", "published-high")
    )
    assert np.all((low.theta <= long.theta) & (long.theta <= high.theta))
    assert np.all(low.theta < high.theta)
    for name in ("low", "high"):
        shipped = {row["sector"]: float(row[name]) for row in table("elasticities.csv")}
        theta = world.elasticities[f"published-{name}"].theta
        assert dict(zip(world.sectors, theta, strict=True)) == shipped


def test_bases_of_flows_say_how_the_figure_came_about(world):
    rows = {(row["buyer"], row["product"]): row for row in table("russian_oil_2023.csv")}
    russia = world.country("RUS")
    codes = {"by law": 0, "observed": 1, "volume observed, price applied": 2, "estimated": 3,
             "total observed, averaged over months": 2}  # fmt: skip
    for (buyer, product), row in rows.items():
        assert world.flows[product].basis[world.country(buyer), russia] == codes[row["basis"]]
    assert rows["USA", "crude"]["basis"] == "by law"
    assert rows["CHN", "gas"]["year"] == rows["IND", "refined"]["year"] == "2023-01..2025-07"
    assert rows["BRA", "refined"]["year"] == rows["CHN", "crude"]["year"] == "2023"


def test_unknown_tariffs_name_the_choices():
    with pytest.raises(WorldError, match=r"'colected' \(did you mean 'collected'\?\)"):
        load_world("colected")
