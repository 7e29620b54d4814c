"""The builder on the source files: deterministic, traceable, and equal to what ships."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from builders import assemble, coefficients, data, oil, report, tariffs, trade, world2023, write
from builders.sources import data_directory, load

from tests.source_data import source_data
from threatpoint.errors import WorldError
from threatpoint.world import load_world


@pytest.fixture(scope="module")
def sources():
    try:
        folder = data_directory(source_data())
    except WorldError as missing:
        pytest.skip(str(missing))
    return load(folder)


@pytest.fixture(scope="module")
def built(sources):
    return world2023.build(sources)


def test_two_runs_write_the_same_bytes(sources, built, tmp_path):
    for name, world in (("one", built), ("two", world2023.build(sources))):
        world2023.ship(world, tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(files) == 7
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_what_ships_is_what_the_builder_makes(built, tmp_path):
    with np.load(write.TABLES / "world2023.npz") as shipped:
        made = world2023.arrays(built)
        assert sorted(shipped.files) == sorted(made)
        for name in shipped.files:
            np.testing.assert_allclose(made[name], shipped[name], rtol=1e-9, atol=1e-9)
    world2023.ship(built, tmp_path)
    for name in (
        "russian_oil_2023.csv",
        "elasticities.csv",
        "facts_2023.csv",
        "before_2023.csv",
        "errors_2023.csv",
    ):
        assert (tmp_path / name).read_bytes() == (write.TABLES / name).read_bytes()


def test_axes_are_importer_first(sources, built):
    usa, chn = (sources.countries.index(code) for code in ("USA", "CHN"))
    goods = built.trade[:, :, :-1].sum(axis=2)
    assert goods[usa, chn] == pytest.approx(sources.goods[usa, chn], rel=0.01)
    assert goods[usa, chn] > 2.5 * goods[chn, usa]


def test_only_pairs_without_a_reporter_count_as_holes(sources):
    assert trade.non_reporters(sources) == {"KOR", "POL", "VNM", "RUS", "TWN"}


def test_pairs_in_baci_meet_its_goods_totals(sources, built):
    kept = {(note[0], note[1]) for note in built.before.notes}
    for n, importer in enumerate(sources.countries):
        for i, exporter in enumerate(sources.countries):
            if n != i and (importer, exporter) not in kept:
                total = built.before.values[n, i, :-1].sum()
                assert total == pytest.approx(sources.goods[n, i], rel=1e-9)


def test_energy_is_at_the_prices_of_2023_whoever_sells_it(sources, built):
    price, energy = trade.energy_price(sources), data.WORLD["energy"]
    assert energy["low"] < price < energy["high"]
    assert price == pytest.approx(0.818, abs=0.001)
    at = [sources.sectors.index(code) for code in energy["sectors"]]
    grown = built.before.values / np.where(sources.trade > 0, sources.trade, 1.0)
    oil = sources.sectors.index("OILGAS")
    for n in range(len(sources.countries)):
        sold = sources.trade[n, n, at] > 0
        np.testing.assert_allclose(grown[n, n, at][sold], price)
        others = np.flatnonzero((sources.trade[n, :, oil] > 0) & (sources.trade[n, :, 0] > 0))
        for i in others[others != n]:  # within a pair energy falls against all other goods
            assert grown[n, i, oil] == pytest.approx(price * grown[n, i, 0])


def test_the_overlay_keeps_importers_totals(sources, built):
    before, after = built.before.values, built.overlay.values
    moved = ("importer's total", "imports (EPDK")
    exempt = {(note[0], note[1]) for note in built.overlay.notes if note[2].startswith(moved)}
    for code in ("OILGAS", "REFPET"):
        k = sources.sectors.index(code)
        for n, country in enumerate(sources.countries):
            if (country, code) not in exempt:
                assert after[n, :, k].sum() == pytest.approx(before[n, :, k].sum(), rel=1e-12)
    assert exempt == {
        ("HUN", "OILGAS"), ("SVK", "OILGAS"), ("TUR", "OILGAS"), ("TUR", "REFPET")
    }  # fmt: skip
    turkey = sources.countries.index("TUR")
    oil_sectors = [sources.sectors.index(code) for code in ("OILGAS", "REFPET")]
    grown = {
        note[0]: note[4] - note[3]
        for note in built.overlay.notes
        if note[2].startswith("importer's total") and note[1] == "OILGAS"
    }
    assert 0 < grown["TUR"] < 4000
    assert after[turkey][:, oil_sectors].sum() == pytest.approx(
        before[turkey][:, oil_sectors].sum() + grown["TUR"], rel=1e-12
    )


def test_every_oil_figure_has_a_source_and_a_place(sources, built):
    russia = sources.countries.index("RUS")
    cells = {"OILGAS": ("crude", "gas"), "REFPET": ("refined",)}
    for sale in built.overlay.sales:
        assert sale.source
        assert sale.basis in oil.BASES
        assert (sale.basis == "by law") == (sale.buyer in oil.EMBARGO)
        assert (sale.basis == oil.APPLIED) <= (sale.mt is not None)
        assert not ("12/31" in sale.source and sale.period == "2023")
    for sector, products in cells.items():
        k = sources.sectors.index(sector)
        for n, country in enumerate(sources.countries):
            sold = [
                s.usd for s in built.overlay.sales if s.buyer == country and s.product in products
            ]
            if sold:
                assert sum(sold) <= built.trade[n, russia, k] * (1 + 1e-12)


def test_oil_prices_and_volumes_come_from_the_facts(sources):
    fact = oil.Facts(sources.rows["oil"])
    price = oil.prices(fact)
    assert price.asia == pytest.approx(43.6e3 / 79.9)
    assert price.europe == pytest.approx(9.3e3 * 1.0813 / 21.3)
    volumes = {sale.buyer: sale.mt for sale in oil.crude(fact)}
    assert volumes["CHN"] == 107.02
    assert volumes["IND"] == 88.92
    assert fact.whole("crude", "TUR", "2023", "Mt") == 31.4
    assert fact.whole("products", "TUR", "2023", "Mt") == 12.5
    assert volumes["DEU"] == 0.0
    eu = ("HUN", "SVK", "POL", "NLD", "REU")
    assert sum(volumes[code] for code in eu) == pytest.approx(21.3)
    with pytest.raises(LookupError, match="0 rows for crude RUS->CHN 1999"):
        fact("crude", "CHN", "1999", "Mt")


def test_tariff_repairs_do_not_touch_other_cells(sources, built):
    base, made = sources.tariff, built.tariffs.collected
    changed = ~np.isclose(base, made)
    usa, chn = sources.countries.index("USA"), sources.countries.index("CHN")
    food, services = sources.sectors.index("FOOD"), sources.sectors.index("SVC")
    allowed = np.zeros(base.shape, dtype=bool)
    allowed[usa] = allowed[chn, usa] = True
    unnamed = [sources.countries.index(code) for code in ("KAZ", "UKR")]
    allowed[usa, unnamed] = False  # the source of the duties of 2024 does not name them
    allowed[:, :, services] = True
    hit = (base[:, :, food] > tariffs.ARTEFACT).any(axis=1)
    allowed[hit, :, food] = True
    assert made[usa, :, food].max() < 0.1  # no partner keeps a part of the prohibitive lines
    for members, excepted in tariffs.UNIONS.values():
        at = [sources.countries.index(code) for code in members]
        sectors = [k for k, code in enumerate(sources.sectors) if code not in excepted]
        allowed[np.ix_(at, at, sectors)] = True
    allowed[np.arange(32), np.arange(32)] = True
    assert not (changed & ~allowed).any()


@pytest.mark.parametrize("name", ["collected", "statutory"])
def test_the_us_collects_what_it_collected_in_2024(sources, built, name):
    rates, trade_2023 = getattr(built.tariffs, name), built.trade
    usa = sources.countries.index("USA")
    for codes, rate in tariffs.effective(sources).values():
        if (name, codes) == ("statutory", ("CHN",)):
            continue
        cells = np.ix_([usa], [sources.countries.index(c) for c in codes], range(14))
        paid = (trade_2023[cells] * rates[cells]).sum() / trade_2023[cells].sum()
        assert paid == pytest.approx(rate, rel=1e-9), codes
    at = [sources.countries.index(code) for code in ("DEU", "FRA", "IND")]
    food = sources.sectors.index("FOOD")
    filed, made = (np.delete(x[usa, at], food, axis=1)[:, :-1] for x in (sources.tariff, rates))
    factor = made / np.where(filed > 0, filed, 1.0)
    assert np.ptp(factor[0][filed[0] > 0]) < 1e-12  # the pattern over sectors stays
    assert factor[0].max() == pytest.approx(factor[1].max())  # of the union's economies alike
    assert factor[2].max() > 1 > factor[0].max()


def test_the_duties_on_chinese_goods_agree_with_another_source(sources):
    rows = {(r["importer"], r["exporter"], r["date"]): r for r in sources.rows["tariff_facts"]}
    other = float(rows["USA", "CHN", "2024-09"]["value"])
    (_, rate) = tariffs.effective(sources)["CHINA"]
    assert 100 * rate == pytest.approx(other, abs=0.2)  # printed as "about 11 %"


def test_structures_are_shares(sources):
    for country, prior in coefficients.structures(sources).items():
        assert prior.inputs.min() >= 0
        assert np.all((prior.final >= 0) & (prior.final <= 1)), country
        assert np.all((prior.value_added >= 0) & (prior.value_added <= 1)), country
    refining = sources.sectors.index("REFPET")
    crude = sources.sectors.index("OILGAS")
    usa = coefficients.structures(sources)["USA"].inputs[:, refining]
    assert usa[crude] == usa.max()


def test_china_is_read_from_the_table_of_2018(sources):
    """Every cell of the OECD's table is in ours: inputs per output, and what is left of output."""
    prior = coefficients.structures(sources)["CHN"]
    table = {row["Code"]: row for row in sources.rows["oecd"] if row["country"] == "CHN"}
    at = {code: k for k, code in enumerate(sources.sectors)}
    output = float(table["10"]["10"]), float(table["OUTPUT"]["10"])
    energy = float(table["03"]["10"]) / output[1]
    refining = prior.inputs[:, at["REFPET"]]
    assert refining[at["REFPET"]] == pytest.approx(output[0] / output[1])
    assert refining[at["COAL"]] + refining[at["OILGAS"]] == pytest.approx(energy)
    assert refining[at["OILGAS"]] > 0.9 * energy  # split by user, as in the United States
    singly = [k for code, k in at.items() if code not in ("COAL", "OILGAS")]
    whole = prior.inputs.sum(axis=0) + prior.value_added
    np.testing.assert_allclose(whole[singly], 1.0, rtol=1e-6)


def test_gdp_less_taxes_on_final_use_is_met(sources):
    economy = load_world()
    kept = assemble.FINAL_TAXES
    assert kept["low"] <= kept["value"] <= kept["high"] <= 1
    np.testing.assert_allclose(economy.gdp, kept["value"] * assemble.gdp(sources, 2023), rtol=1e-9)


def test_the_world_counts_taiwan_once(sources):
    for year in (2022, 2023):
        published = trade.gdp_of(sources, year)
        assert sum(published.values()) == pytest.approx(sources.gdp["WLD", year], rel=1e-12)
        assert 750e3 < published["TWN"] < 800e3
    members = data.WORLD["taiwan"]["members"]
    later = {key: value for key, value in sources.gdp.items() if key != ("NCL", 2022)}
    odd = dataclasses.replace(sources, gdp=later)  # not published in a year: the last figure
    moved = trade.taiwan(odd, 2022) - trade.taiwan(sources, 2022)
    assert moved == pytest.approx(sources.gdp["NCL", 2022] - sources.gdp["NCL", 2021], abs=1e-3)
    assert "NCL" in members
    assert "TWN" not in members


def test_deficits_stay_near_those_of_the_icio(built):
    icio, _, shipped = report.deficits(built)
    assert np.all(np.abs(shipped - icio) < 0.03 + 1e-6)


def test_totals_in_conflict_give_way_by_name(sources, built):
    """GDP above output cannot hold: it gives way, and the report says so."""
    huge = {key: 50 * value if key == ("UKR", 2023) else value for key, value in
            sources.gdp.items()}  # fmt: skip
    odd = dataclasses.replace(sources, gdp=huge)
    prior = coefficients.structures(sources)
    made = assemble.accounts(odd, built.trade, built.tariffs.collected, prior)
    names = {(country, item.constraint) for country, item in made.gave_way}
    assert ("UKR", "value added (GDP)") in names
    assert all(country == "UKR" for country, _ in names)
    output = built.trade.sum(axis=0)
    cost = made.value_added + made.inputs.sum(axis=1)
    np.testing.assert_allclose(cost, output, rtol=1e-9)


def test_the_report_names_what_gave_way(built):
    text = report.text(built)
    assert "SVK | OILGAS: importer's total" in text
    assert "| VNM |" in text
    assert "| IND | 1.45 | 2.40 | 2.40 |" in text
    assert "| Taiwan | 684715 | 739726 |" in text
    assert text.count("## ") == 10
    assert text == write.REPORT.read_text(encoding="utf-8")


def test_labels_cover_the_table(sources):
    assert set(data.WORLD["names"]) == set(sources.countries)
    assert set(data.WORLD["sector_names"]) == set(sources.sectors)


def test_missing_source_files_are_named(tmp_path):
    with pytest.raises(WorldError, match=r"world/icio2022_32x32x15\.npz"):
        data_directory(tmp_path)
