"""Names as well as codes, wherever a country, a group or a sector can be written."""

from __future__ import annotations

import unicodedata

import pytest

import threatpoint as tp
from tests.golden_worlds import golden_world
from tests.situations.small_world import small_world
from threatpoint.errors import PolicyError, SituationError, WorldError
from threatpoint.world import country_names
from threatpoint.world.other_names import OTHER_NAMES
from threatpoint.world.places import code_of
from threatpoint.world.plain import folded
from threatpoint.world.sector_names import sector_of

WORLD = tp.load_world()
SPELLINGS = {
    "as it is": str,
    "lower": str.lower,
    "upper": str.upper,
    "bare": lambda t: "".join(
        c for c in unicodedata.normalize("NFKD", t) if not unicodedata.combining(c)
    ),
    "with the": lambda t: f"the {t}",
    "spaced": lambda t: f"  {t} ",
}


@pytest.fixture
def bare(monkeypatch):
    """Without the extra "names"."""
    monkeypatch.setattr(country_names, "_table", tuple)


@pytest.mark.parametrize("spell", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.usefixtures("bare")
def test_every_code_and_every_name_is_read_in_every_spelling(spell):
    for code, name in (*WORLD.names.items(), *((group, group) for group in WORLD.groups)):
        assert code_of(spell(code), WORLD) == code
        assert code_of(spell(name), WORLD) == code
    for code in WORLD.sectors:
        assert sector_of(spell(code), WORLD) == code
        assert sector_of(spell(WORLD.sector_names[code]), WORLD) == code


@pytest.mark.usefixtures("bare")
def test_other_names_are_of_one_code_and_read():
    spelled = [(folded(name), code) for code, names in OTHER_NAMES.items() for name in names]
    assert len({name for name, _ in spelled}) == len(spelled)
    known = {*WORLD.countries, *WORLD.groups}
    for name, code in spelled:
        assert code_of(name, WORLD) == (code if code in known else None), name


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Mexico", "MEX"), ("méxico", "MEX"), ("European Union", "EU"), ("the EU", "EU"),
        ("Vietnam", "VNM"), ("Viet Nam", "VNM"), ("South Korea", "KOR"), ("Korea", "KOR"),
        ("UK", "GBR"), ("U.S.", "USA"), ("Turkey", "TUR"), ("turkiye", "TUR"), ("UAE", "ARE"),
        ("Atlantis", None), ("", None), ("the", None),
    ],
)  # fmt: skip
def test_a_country_is_read_by_the_names_people_use(word, code):
    assert code_of(word, WORLD) == code


def test_a_country_of_a_users_table_has_its_other_names_too():
    table = tp.Economy.from_arrays(
        ["CZE", "UK"],
        ["ALL"],
        trade=[[[8], [2]], [[2], [8]]],
        inputs=[[[0]], [[0]]],
        value_added=[[10], [10]],
        final=[[10], [10]],
        names={"CZE": "Czech Republic", "UK": "Ukraine"},
    )
    assert code_of("czechia", table) == "CZE"
    assert code_of("uk", table) == "UK"  # its own codes win over names


def test_a_name_of_two_countries_is_nobodys():
    table = small_world(names={"CHN": "Guinea", "IND": "Guinea"})
    assert code_of("guinea", table) is None


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("vehicles", "TRANSP"), ("vehicle", "TRANSP"), ("metals", "METMIN"),
        ("refined petroleum", "REFPET"), ("oil and gas", "OILGAS"), ("clothing", "TEX"),
        ("Other manufacturing", "OMF"), ("services", "SVC"),
        ("manufacturing", None), ("equipment", None), ("crude", None), ("cars", None),
        ("and", None),
    ],
)  # fmt: skip
def test_a_sector_is_read_by_its_name_and_by_words_that_are_its_own(word, code):
    assert sector_of(word, WORLD) == code


@pytest.mark.parametrize(
    ("sectors", "parts"),
    [
        ("equipment", ("ELEC (Electronics", "TRANSP (Vehicles")),
        ("manufacturing", ("only a part of OMF", "write the code")),
        ("crude", ("only a part of OILGAS", "write the code")),
        ("steel", ("unknown sector 'steel' (did you mean METMIN (Metals",)),
        ("cars", ("did you mean TRANSP (Vehicles",)),
        ("vehicals", ("unknown sector 'vehicals'", "did you mean 'Vehicles'", "TEX (Textiles")),
    ],
)
def test_a_word_for_a_sector_that_is_not_clear_is_refused_with_what_it_may_be(sectors, parts):
    with pytest.raises(PolicyError) as caught:
        tp.Tariff("USA", "IND", sectors, rate=0.25).cells(WORLD)
    for part in parts:
        assert part in str(caught.value)


def test_instruments_and_rules_in_python_take_names():
    named = tp.Tariff("United States", ("Mexico", "European Union"), "vehicles", rate=0.25)
    coded = tp.Tariff("USA", ("MEX", "EU"), "TRANSP", rate=0.25)
    assert (named.cells(WORLD) == coded.cells(WORLD)).all()
    rules = [
        tp.Rule(
            sender,
            when=tp.Action("crude", seller, min_value=5, unit="USD bn"),
            then=tp.CutOff(sender, "target"),
            exempted=exempted,
            unions=union,
        )
        for sender, seller, exempted, union in (
            ("USA", "RUS", "TUR", "EU"),
            ("United States", "russia", "Turkey", "European Union"),
        )
    ]
    assert rules[0].parties(WORLD) == rules[1].parties(WORLD)
    assert rules[0].policy(WORLD).wedges(WORLD).survival.tolist() == (
        rules[1].policy(WORLD).wedges(WORLD).survival.tolist()
    )


def test_a_stop_of_buying_by_name_is_the_sector_not_a_flow_inside_it():
    named, coded = (
        tp.StopBuying("India", "Russia", "Vehicles"),
        tp.StopBuying("IND", "RUS", "TRANSP"),
    )
    assert (named.effect(WORLD).cells == coded.effect(WORLD).cells).all()
    assert not named.effect(WORLD).kept


def test_a_member_of_a_union_is_found_under_its_name():
    rule = tp.Rule("USA", named="Germany", then=tp.Tariff("USA", "target", rate=0.1), unions="EU")
    with pytest.raises(PolicyError, match="DEU is a member of the customs union EU"):
        rule.parties(WORLD)


def test_an_economy_finds_a_country_by_name():
    assert WORLD.country("Mexico") == WORLD.countries.index("MEX")
    with pytest.raises(WorldError, match="did you mean 'Mexico'"):
        WORLD.country("Mexcio")


FILE = """
[situation]
title = "A duty"
date = 2025-03-01
question = "Who loses?"
sender = "{sender}"
main = "duty"
source = "hand-made"

[groups]
Pair = [{pair}]

[parties]
{sender_key} = "threatens"
Pair = "asked"

[threats.duty]
words = "A duty"
named = ["{group}"]

[[threats.duty.then]]
instrument = "tariff"
importers = ["{sender}"]
exporters = ["target"]
sectors = ["{sector}"]
mode = "add"
rate = {{value = 25, unit = "percentage points", period = "2025", source = "hand-made"}}
"""
CODES = {
    "sender": "USA", "sender_key": "USA", "pair": '"CHN", "IND"', "group": "Pair", "sector": "ELEC"
}  # fmt: skip
NAMES = {
    "sender": "united states",
    "sender_key": '"The United States"',
    "pair": '"China", "india"',
    "group": "pair",
    "sector": "electronics",
}


def situation(folder, **words):
    path = folder / "duty.toml"
    path.write_text(FILE.format(**words), encoding="utf-8")
    return tp.load_situation(path, golden_world(6))


def test_a_situation_file_takes_names(tmp_path):
    named, coded = situation(tmp_path, **NAMES), situation(tmp_path, **CODES)
    assert named.policy == coded.policy
    assert dict(named.parties) == dict(coded.parties)
    assert named.sender == coded.sender == "USA"
    assert dict(named.groups) == {"Pair": ("CHN", "IND")}


def test_a_party_under_two_names_is_refused(tmp_path):
    two = NAMES | {"sender_key": 'USA = "threatens"\n"United States"'}
    with pytest.raises(SituationError, match="'United States' and 'USA' are the same"):
        situation(tmp_path, **two)


def test_a_group_cannot_take_the_name_of_a_country(tmp_path):
    text = FILE.replace("Pair", "Korea").format(**CODES | {"group": "Korea"})
    path = tmp_path / "korea.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SituationError, match="'Korea' means something already"):
        tp.load_situation(path)
