"""Words and instruments: what is written reads back the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.situations.small_world import COUNTRIES, SECTORS, small_world
from threatpoint.errors import PolicyError
from threatpoint.policy import CutOff, ExportBan, Instrument, Policy, Tariff, percent

WORLD = small_world()
SIDES = st.lists(
    st.sampled_from((*COUNTRIES, "EU", "WORLD", "others")), min_size=1, max_size=4, unique=True
).map(tuple)
SECTOR_LISTS = st.lists(
    st.sampled_from((*SECTORS, "goods", "services", "all")), min_size=1, max_size=3, unique=True
).map(tuple)
ENFORCEMENT = st.floats(0, 1)
INSTRUMENTS = st.one_of(
    st.builds(
        Tariff,
        SIDES,
        SIDES,
        SECTOR_LISTS,
        st.one_of(st.floats(0, 10), st.floats(0, 1e4).map(percent)),
        st.sampled_from(("set", "add")),
    ),
    st.builds(
        CutOff,
        SIDES,
        SIDES,
        SECTOR_LISTS,
        st.sampled_from(("both", "imports", "exports")),
        ENFORCEMENT,
    ),
    st.builds(ExportBan, SIDES, SIDES, SECTOR_LISTS, ENFORCEMENT),
)


@given(INSTRUMENTS)
def test_words_read_back_exactly(instrument: Instrument):
    assert type(instrument).parse(instrument.to_words(), WORLD) == instrument


@given(SIDES, SIDES, st.floats(-1, 0, exclude_min=True))
def test_lower_tariffs_read_back_and_say_what_they_do(importers, exporters, rate):
    for mode, words in (("add", "off the tariff"), ("set", "(an import subsidy)")):
        lower = Tariff(importers, exporters, rate=rate, mode=mode)
        assert Tariff.parse(lower.to_words(), WORLD) == lower
        assert words in lower.describe() or rate == 0


@given(st.lists(INSTRUMENTS, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_order_never_matters_and_home_is_never_touched(instruments, random):
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
    assert np.allclose(one.tariff, other.tariff, rtol=1e-14, atol=0)
    assert np.array_equal(one.survival, other.survival)
    home = np.arange(len(COUNTRIES))
    assert not one.tariff[home, home].any()
    assert (one.survival[home, home] == 1).all()
    assert ((one.survival >= 0) & (one.survival <= 1)).all()
    assert (one.tariff >= 0).all()


@pytest.mark.parametrize(
    ("words", "instrument"),
    [
        ("USA:CHN,IND", CutOff("USA", ("CHN", "IND"))),
        ("USA:CHN,IND:imports@80%", CutOff("USA", ("CHN", "IND"), "goods", "imports", 0.8)),
        ("usa: China , India :exports/oilgas,REFPET@0.8",
         CutOff("USA", ("CHN", "IND"), ("OILGAS", "REFPET"), "exports", 0.8)),
        ("United States of America:Türkiye", CutOff("USA", "TUR")),
        ("USA:rest of the world/Crude oil and natural gas", CutOff("USA", "ROW", "OILGAS")),
        ("eu:others/all", CutOff("EU", "others", "all")),
    ],
)  # fmt: skip
def test_cut_off_words(words, instrument):
    assert CutOff.parse(words, WORLD) == instrument


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
        (CutOff, "USA", ("cannot read 'USA'", "USA:CHN,IND:imports@80%")),
        (CutOff, "USA:", ("cannot read 'USA:'",)),
        (CutOff, "USA:CHN:import", ("direction 'import'", "did you mean 'imports'")),
        (CutOff, "USA:Chena", ("country 'Chena'", "did you mean 'China'")),
        (
            CutOff,
            "USA:Nigeria",
            ("'Nigeria' is a country (NGA)", "no row of its own", "counted in ROW"),
        ),
        (CutOff, "USA:CHN/OILGASS", ("sector 'OILGASS'", "did you mean 'OILGAS'")),
        (CutOff, "USA:CHN@80", ("enforcement 80 is outside", "write @80%")),
        (CutOff, "USA:CHN@150%", ("enforcement 150% is outside",)),
        (CutOff, "USA:CHN@most", ("'most' is not a number",)),
        (Tariff, "USA:IND:25", ("25 is ambiguous", "25%", "2500%")),
        (Tariff, "USA:IND:0.25", ("ambiguous", "0.25%", "25.00%")),
        (Tariff, "USA:IND:-125%", ("-125 %", "-100 %")),
        (Tariff, "USA:IND:-100%", ("-100 % or less",)),
        (Tariff, "USA:IND:nan%", ("not finite",)),
        (Tariff, "USA:IND", ("cannot read", "USA:IND:+25%/TEX")),
        (Tariff, "USA:IND:25%~5%", ("no meaning at 100 % enforcement",)),
        (ExportBan, "RUS:EU:imports", ("cannot read", "RUS:EU/OILGAS")),
    ],
)
def test_bad_words(kind, words, parts):
    with pytest.raises(PolicyError) as caught:
        kind.parse(words, WORLD)
    for part in parts:
        assert part in str(caught.value)
