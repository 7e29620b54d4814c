"""Instruments: words read back the same, order never matters, wedges stay in bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.situations.small_world import COUNTRIES, SECTORS, small_world
from tests.unit.markets import oil_world
from threatpoint.errors import PolicyError
from threatpoint.policy import (
    CutOff,
    CutOutput,
    ExportBan,
    ExportTax,
    Iceberg,
    Instrument,
    ListShips,
    MoveCap,
    Policy,
    PriceCap,
    Quota,
    ReleaseSpare,
    SanctionProducers,
    StopBuying,
    Tariff,
    TradeCost,
    percent,
)
from threatpoint.policy.instruments import INSTRUMENTS

WORLD = oil_world()
SIDES = st.lists(
    st.sampled_from((*COUNTRIES, "EU", "WORLD", "others")), min_size=1, max_size=4, unique=True
).map(tuple)
SIDE = st.lists(
    st.sampled_from(("RUS", "NOR", "CHN", "EU", "WORLD")), min_size=1, max_size=3, unique=True
).map(tuple)
CRUDE = st.just("crude")
SECTOR_LISTS = st.lists(
    st.sampled_from((*SECTORS, "goods", "services", "all")), min_size=1, max_size=3, unique=True
).map(tuple)
FLOWS = (SIDES, SIDES, SECTOR_LISTS)
RATES = st.one_of(st.floats(0, 10), st.floats(0, 1e4).map(percent))
COSTS = st.one_of(st.just(0.0), st.floats(1e-6, 10))
LEAKY = st.floats(0, 1, exclude_max=True)
GOODS = st.lists(st.sampled_from(("crude", "refined", "ELEC")), min_size=1, unique=True).map(tuple)
MODES = st.sampled_from(("set", "add"))
WAYS = st.sampled_from(("both", "imports", "exports"))
PAYEES = st.sampled_from(("importer", "exporter"))
ON_CRUDE = st.one_of(
    st.builds(
        PriceCap,
        SIDES,
        SIDES,
        st.just("crude"),
        st.floats(1e-3, 1e3),
        st.none() | st.floats(0, 1),
        st.none() | st.floats(0, 60),
    ),
    st.builds(Quota, SIDES, SIDES, st.just("crude"), st.floats(1e-3, 10), PAYEES),
    st.builds(MoveCap, SIDE, CRUDE, st.none() | st.floats(1e-3, 1e3)),
    st.builds(ListShips, SIDE, CRUDE, st.floats(0, 1)),
    st.builds(SanctionProducers, SIDE, CRUDE, st.floats(0, 1)),
    st.builds(CutOutput, SIDE, CRUDE, st.floats(1e-3, 20)),
    st.builds(ReleaseSpare, SIDE, CRUDE, st.floats(0, 1)),
)
ANY = st.one_of(
    st.builds(Tariff, *FLOWS, RATES, MODES),
    st.builds(Tariff, *FLOWS, RATES, MODES, LEAKY, COSTS),
    st.builds(CutOff, *FLOWS, WAYS, st.floats(0, 1)),
    st.builds(CutOff, *FLOWS, WAYS, LEAKY, COSTS),
    st.builds(ExportBan, *FLOWS, st.floats(0, 1)),
    st.builds(ExportBan, *FLOWS, LEAKY, COSTS),
    st.builds(Quota, *FLOWS, st.floats(1e-3, 10), PAYEES),
    st.builds(ExportTax, *FLOWS, st.floats(-1, 10, exclude_min=True)),
    st.builds(TradeCost, *FLOWS, RATES),
    st.builds(StopBuying, SIDES, SIDES, GOODS, st.floats(0, 1)),
    ON_CRUDE,
)


@given(ANY)
def test_words_read_back_exactly(instrument: Instrument):
    assert type(instrument).parse(instrument.to_words(), WORLD) == instrument
    assert instrument.describe()


@given(SIDES, SIDES, st.floats(-1, 0, exclude_min=True))
def test_lower_tariffs_read_back_and_say_what_they_do(importers, exporters, rate):
    for mode, words in (("add", "off the tariff"), ("set", "(an import subsidy)")):
        lower = Tariff(importers, exporters, rate=rate, mode=mode)
        assert Tariff.parse(lower.to_words(), WORLD) == lower
        assert words in lower.describe() or rate == 0


@given(st.lists(ANY, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_order_never_matters_wedges_stay_in_bounds_and_home_is_never_touched(instruments, random):
    def outcome(items):
        try:
            return Policy(items).wedges(WORLD)
        except PolicyError:
            return None

    shuffled = list(instruments)
    random.shuffle(shuffled)
    one, other = outcome(instruments), outcome(shuffled)
    assert (one is None) == (other is None)
    if one is None or other is None:
        return
    assert np.array_equal(one.survival, other.survival)
    for name in ("tariff", "export_tax", "cost", "evading", "evasion_cost"):
        pair = getattr(one, name), getattr(other, name)
        assert np.allclose(*pair, rtol=1e-13, atol=1e-13), name
    assert len(one.volume_limits) == len(other.volume_limits)
    for a, b in zip(one.volume_limits, other.volume_limits, strict=True):
        assert (a.volume, a.payee) == (b.volume, b.payee)
        assert np.array_equal(a.cells, b.cells)
    limits = one.volume_limits
    bound = np.sum([limit.cells for limit in limits], axis=0) if limits else np.zeros(1)
    assert bound.max() <= 1
    assert one.acts == other.acts
    assert len({*one.acts}) == len(one.acts)
    assert one.kept.keys() == other.kept.keys()
    for name, left in one.kept.items():
        assert np.array_equal(left, other.kept[name])
        assert ((left >= 0) & (left <= 1)).all()
    home = np.arange(len(COUNTRIES))
    assert not one.tariff[home, home].any()
    assert (one.survival[home, home] == 1).all()
    assert ((one.survival >= 0) & (one.survival <= 1)).all()
    assert (one.tariff >= 0).all()


@given(st.lists(ON_CRUDE, min_size=1, max_size=4))
def test_a_policy_does_what_its_instruments_do_to_a_market(instruments):
    try:
        together = Policy(instruments).wedges(WORLD)
    except PolicyError:
        return
    assert {*together.acts} == {act for item in instruments for act in item.wedges(WORLD).acts}
    assert (together.survival == 1).all()
    for act in together.acts:
        assert act.good == "crude"
        sides = [side for side in vars(act).values() if isinstance(side, tuple)]
        assert all({*side} <= {*COUNTRIES} and len({*side}) == len(side) for side in sides)


@given(st.sampled_from(COUNTRIES), GOODS, st.floats(0, 1))
def test_stopping_in_part_never_takes_more_than_stopping(buyer, goods, level):
    whole, part = (StopBuying(buyer, "RUS", goods, e) for e in (1.0, level))
    if not whole.bites(WORLD):
        return
    full, some = whole.wedges(WORLD), part.wedges(WORLD)
    assert (some.survival >= full.survival).all()
    taken = WORLD.trade * (1 - full.survival)
    assert np.allclose(WORLD.trade * (1 - some.survival), level * taken)


@pytest.mark.parametrize(
    ("kind", "words", "instrument"),
    [
        ("cut-off", "USA:CHN,IND", CutOff("USA", ("CHN", "IND"))),
        ("cut-off", "USA:CHN,IND:imports@80%",
         CutOff("USA", ("CHN", "IND"), "goods", "imports", 0.8)),
        ("cut-off", "usa: China , India :exports/oilgas,REFPET@0.8",
         CutOff("USA", ("CHN", "IND"), ("OILGAS", "REFPET"), "exports", 0.8)),
        ("cut-off", "United States of America:Türkiye", CutOff("USA", "TUR")),
        ("cut-off", "USA:rest of the world/Crude oil and natural gas",
         CutOff("USA", "ROW", "OILGAS")),
        ("cut-off", "eu:others/all", CutOff("EU", "others", "all")),
        ("cut-off", "USA:CHN@80%~10%", CutOff("USA", "CHN", "goods", "both", 0.8, 0.1)),
        ("tariff", "USA:IND:+25%/ELEC@80%~5%",
         Tariff("USA", "IND", "ELEC", percent(25), "add", 0.8, 0.05)),
        ("export-ban", "RUS:EU/OILGAS@0.9~5%", ExportBan("RUS", "EU", "OILGAS", 0.9, 0.05)),
        ("quota", "EU:China:50%:exporter/electronics", Quota("EU", "CHN", "ELEC", 0.5, "exporter")),
        ("export-tax", "RUS:WORLD:+20%/OILGAS", ExportTax("RUS", "WORLD", "OILGAS", 0.2)),
        ("export-tax", "RUS:WORLD:-20%", ExportTax("RUS", "WORLD", rate=-0.2)),
        ("trade-cost", "RUS:others:10%", TradeCost("RUS", "others", rate=0.1)),
        ("iceberg", "DEU:USA:-10%", Iceberg("DEU", "USA", rate=-0.1)),
        ("iceberg", "Germany:WORLD:+5%/ELEC", Iceberg("DEU", "WORLD", "ELEC", rate=0.05)),
        ("stop-buying", "IND:RUS:crude", StopBuying("IND", "RUS", "crude")),
        ("stop-buying", "India,EU:RUS:Crude,elec@80%",
         StopBuying(("IND", "EU"), "RUS", ("crude", "ELEC"), 0.8)),
        ("price-cap", "RUS:WORLD:60/crude", PriceCap("RUS", "WORLD", "crude", 60)),
        ("price-cap", "RUS : EU : 47.6/Crude@70%+10",
         PriceCap("RUS", "EU", "crude", 47.6, 0.7, 10)),
        ("quota", "IND,China:RUS:50%:exporter/Crude",
         Quota(("IND", "CHN"), "RUS", "crude", 0.5, "exporter")),
        ("move-cap", "Russia : 47.6/Crude", MoveCap("RUS", "crude", 47.6)),
        ("move-cap", "RUS:Lifted/crude", MoveCap("RUS", "crude", None)),
        ("list-ships", "RUS:crude@20%", ListShips("RUS", "crude", 0.2)),
        ("sanction-producers", "RUS:CRUDE@0.5", SanctionProducers("RUS", "crude", 0.5)),
        ("cut-output", "NOR,Rus:crude:1.0", CutOutput(("NOR", "RUS"), "crude", 1.0)),
        ("release-spare", "NOR:crude@100%", ReleaseSpare("NOR", "crude", 1.0)),
    ],
)  # fmt: skip
def test_words(kind, words, instrument):
    assert INSTRUMENTS[kind].parse(words, WORLD) == instrument


@pytest.mark.parametrize(
    ("words", "rate", "mode"),
    [
        ("USA:IND:25%", 0.25, "set"),
        ("USA:IND:=25 %", 0.25, "set"),
        ("USA:IND:+25%", 0.25, "add"),
        ("USA:IND:+2500%", 25.0, "add"),
        ("USA:IND:0%", 0.0, "set"),
    ],
)
def test_tariff_words(words, rate, mode):
    assert Tariff.parse(words, WORLD) == Tariff("USA", "IND", rate=percent(100 * rate), mode=mode)


@pytest.mark.parametrize(
    ("kind", "words", "parts"),
    [
        ("cut-off", "USA", ("cannot read 'USA'", "USA:CHN,IND:imports@80%")),
        ("cut-off", "USA:", ("cannot read 'USA:'",)),
        ("cut-off", "USA:CHN:import", ("direction 'import'", "did you mean 'imports'")),
        ("cut-off", "USA:Chena", ("country 'Chena'", "did you mean 'China'")),
        (
            "cut-off",
            "USA:Nigeria",
            ("'Nigeria' is a country (NGA)", "no row of its own", "counted in ROW"),
        ),
        ("cut-off", "USA:CHN/OILGASS", ("sector 'OILGASS'", "did you mean 'OILGAS'")),
        ("cut-off", "USA:CHN@80", ("enforcement 80 is outside", "write @80%")),
        ("cut-off", "USA:CHN@150%", ("enforcement 150% is outside",)),
        ("cut-off", "USA:CHN@most", ("'most' is not a number",)),
        ("tariff", "USA:IND:25", ("25 is ambiguous", "25%", "2500%")),
        ("tariff", "USA:IND:0.25", ("ambiguous", "0.25%", "25.00%")),
        ("tariff", "USA:IND:-125%", ("-125 %", "-100 %")),
        ("tariff", "USA:IND:-100%", ("-100 % or less",)),
        ("tariff", "USA:IND:nan%", ("not finite",)),
        ("tariff", "USA:IND", ("cannot read", "USA:IND:+25%/TEX")),
        ("tariff", "USA:IND:25%~5%", ("no meaning at 100 % enforcement",)),
        ("export-ban", "RUS:EU:imports", ("cannot read", "RUS:EU/OILGAS")),
        ("quota", "EU:CHN", ("cannot read 'EU:CHN'", "EU:CHN:50%/ELEC")),
        ("quota", "EU:CHN:50", ("ambiguous", "50%")),
        ("quota", "EU:CHN:0%", ("above 0", "cut-off")),
        ("quota", "EU:CHN:50%:exportr", ("payee 'exportr'", "did you mean 'exporter'")),
        ("quota", "EU:CHN:50%@80%", ("quota has no enforcement",)),
        ("quota", "EU:CHN:50%@", ("quota has no enforcement",)),
        ("export-tax", "RUS:EU:20", ("ambiguous",)),
        ("export-tax", "RUS:EU:-100%", ("-100 % or less",)),
        ("export-tax", "RUS:EU:20%~5%", ("export tax has no enforcement or evasion",)),
        ("trade-cost", "RUS:EU:-10%", ("below 0", "write an iceberg cost")),
        ("iceberg", "RUS:EU:-100%", ("iceberg cost -100 %", "no cost above 0")),
        ("iceberg", "RUS:EU:10", ("ambiguous", "write 10%")),
        ("trade-cost", "RUS:EUU:10%", ("'EUU'", "did you mean")),
        ("stop-buying", "IND:RUS", ("cannot read", "IND:RUS:crude")),
        ("stop-buying", "IND:RUS:crud", ("goods 'crud'", "did you mean 'crude'")),
        ("stop-buying", "IND:RUS:crude/OILGAS", ("cannot read",)),
        ("stop-buying", "IND:RUS:crude@80%~5%", ("cannot read",)),
        ("stop-buying", "IND:RUS:crude@80", ("enforcement 80 is outside",)),
        ("price-cap", "RUS:WORLD:60", ("cannot read", "RUS:WORLD:60/crude")),
        ("price-cap", "RUS:WORLD:sixty/crude", ("'sixty' is not a number", "60")),
        ("price-cap", "RUS:WORLD:60/crud", ("market 'crud'", "did you mean 'crude'")),
        ("price-cap", "RUS:WORLD:60/crude@70", ("served share 70 is outside", "@70%")),
        ("price-cap", "RUS:WORLD:60/crude+-1", ("below 0",)),
        ("price-cap", "RUS:WORLD:nan/crude", ("not finite",)),
        ("quota", "EU:CHN:50%/crud", ("sector 'crud'", "did you mean 'crude'")),
        ("move-cap", "RUS/crude", ("cannot read", "SELLERS:PRICE|lifted/GOOD", "RUS:50/crude")),
        ("move-cap", "RUS:lift/crude", ("'lift' is not a number", "50")),
        ("move-cap", "RUS:0/crude", ("price cap 0 USD/bbl must be above 0",)),
        ("move-cap", "RUS:50/refined", ("unknown market 'refined'",)),
        ("list-ships", "RUS:crude", ("cannot read", "RUS:crude@20%")),
        ("list-ships", "RUS:crude@20", ("share of the fleet 20 is outside", "@20%")),
        ("list-ships", "RUS:RUS:crude@20%", ("cannot read",)),
        ("sanction-producers", "RUS:crude@120%", ("share of the exports 120% is outside",)),
        ("cut-output", "NOR:crude", ("cannot read", "PRODUCERS:GOOD:VOLUME", "SAU:crude:1.0")),
        ("cut-output", "NOR:crude:10%", ("'10%' is not a number", "1.0")),
        ("cut-output", "NOR:crude:-1", ("output cut -1 mb/d must be above 0",)),
        ("cut-output", "NOR:crude:1@80%", ("output cut has no enforcement",)),
        ("release-spare", "NOR:crude@2", ("share of idle capacity 2 is outside",)),
        ("release-spare", "NRO:crude@20%", ("unknown country 'NRO'",)),
        ("cut-off", "USA:CHN~10%", ("no meaning at 100 % enforcement",)),
        ("cut-off", "USA:CHN@80%~10", ("10 is ambiguous",)),
    ],
)
def test_bad_words(kind, words, parts):
    with pytest.raises(PolicyError) as caught:
        INSTRUMENTS[kind].parse(words, WORLD)
    for part in parts:
        assert part in str(caught.value)


def test_a_table_without_markets_says_so():
    with pytest.raises(PolicyError, match="the table has no markets in physical units"):
        PriceCap.parse("RUS:WORLD:60/crude", small_world())
