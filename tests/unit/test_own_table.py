"""A user's own table of elasticities: TOML and CSV, and every way to get one wrong."""

from __future__ import annotations

import numpy as np
import pytest

from tests.economies import random_world
from threatpoint.errors import WorldError
from threatpoint.world import (
    Elasticities,
    elasticities_from,
    load_world,
    read_elasticities,
    with_horizon,
)
from threatpoint.world.own_write import own_table

TOML = """
horizon = "my months"
source = "own estimates"
eta = 0.5
epsilon = 0.2

[theta]
all = 1.53
OILGAS = 9.89

[phi]
all = 0.25
CHEM = {USA = 0.5}

[supply]
OILGAS = {all = 0.1, RUS = 0.05}
"""

CSV = """name,sector,country,value
horizon,,,my months
source,,,own estimates
eta,,,0.5
epsilon,,,0.2
theta,all,,1.53
theta,OILGAS,,9.89
phi,all,,0.25
phi,CHEM,USA,0.5
supply,OILGAS,,0.1
supply,OILGAS,RUS,0.05
"""


@pytest.fixture(scope="module")
def world():
    return load_world()


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("suffix", "text"), [(".toml", TOML), (".csv", CSV)])
def test_both_forms_say_the_same(world, tmp_path, suffix, text):
    got = read_elasticities(write(tmp_path / f"own{suffix}", text), world)
    assert (got.horizon, got.source) == ("my months", "own estimates")
    assert (got.eta, got.epsilon, got.rho) == (0.5, 0.2, 1.0)
    crude, chem = world.sector("OILGAS"), world.sector("CHEM")
    assert got.theta[crude] == 9.89
    assert np.all(np.delete(got.theta, crude) == 1.53)
    expected = np.full(got.phi.shape, 0.25)
    expected[:, crude] = 0.1 / 1.1
    expected[world.country("RUS"), crude] = 0.05 / 1.05
    expected[world.country("USA"), chem] = 0.5
    np.testing.assert_allclose(got.phi, expected)


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".toml", TOML.replace("eta = 0.5", "eta = {all = 0.5, OILGAS = 0.05}")),
        (".csv", CSV + "eta,OILGAS,,0.05\n"),
    ],
)
def test_eta_and_epsilon_may_be_by_sector(world, tmp_path, suffix, text):
    got = read_elasticities(write(tmp_path / f"own{suffix}", text), world)
    assert (got.common("eta"), got.epsilon) == (0.5, 0.2)
    assert got.apart("eta", world.sectors) == {"OILGAS": 0.05}
    again = read_elasticities(write(tmp_path / "again.csv", own_table(got, world)), world)
    assert again.same(got)


def test_sectors_that_a_table_of_eta_leaves_out_are_at_1(world, tmp_path):
    text = "theta = {all = 2}\nphi = {all = 1}\n[epsilon]\nREFPET = 0.05\n"
    got = read_elasticities(write(tmp_path / "own.toml", text), world)
    assert got.common("epsilon") == 1.0
    assert got.apart("epsilon", world.sectors) == {"REFPET": 0.05}


def test_left_out_words_are_the_file(world, tmp_path):
    path = write(tmp_path / "mine.toml", "theta = {all = 2}\nphi = {all = 1}\n")
    got = read_elasticities(path, world)
    assert got.horizon == "mine"
    assert got.source == "given by the user: mine.toml"
    assert (got.eta, got.epsilon, got.rho) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TOML.replace("epsilon", "epsilom"), ["line 5, epsilom: unknown key 'epsilom' (did you"]),
        (TOML.replace("OILGAS = 9", "OILGASS = 9"), ["line 9, theta.OILGASS: unknown sector"]),
        (TOML.replace("RUS", "RUSS"), ["line 16, supply.OILGAS: unknown country 'RUSS' (did"]),
        (TOML.replace("9.89", "0"), ["theta must be a number above 0", "not 0"]),
        (TOML.replace("9.89", "-1.5"), ["theta must be a number above 0"]),
        (TOML.replace("9.89", "nan"), ["line 9, theta.OILGAS: theta must be a number", "not nan"]),
        (TOML.replace("9.89", "inf"), ["not inf"]),
        (TOML.replace("9.89", "1" + 100 * "0"), ["theta must be a number above 0"]),
        (TOML.replace("9.89", "true"), ["not True"]),
        (TOML.replace("9.89", "{RUS = 3}"), ["theta must be a number"]),
        (TOML.replace("eta = 0.5", "eta = '0.5'"), ["eta must be a number 0 or more, not '0.5'"]),
        (TOML.replace("eta = 0.5", "eta = {CHEM = {USA = 0.5}}"), ["eta must be a number"]),
        (TOML.replace("eta = 0.5", "eta = {CHEM = -0.5}"), ["line 4, eta.CHEM: eta must be a"]),
        (TOML.replace("eta = 0.5", "eta = {CHME = 0.5}"), ["unknown sector 'CHME' (did you"]),
        (TOML.replace("0.25", "1.25"), ["phi must be a number above 0 and at most 1, not 1.25"]),
        (TOML.replace("all = 0.1,", "all = -0.1,"), ["supply must be a number above 0"]),
        (TOML.replace('"my months"', "3"), ["horizon: must be words in quotes"]),
        (TOML.replace("all = 1.53", ""), ["no theta for AGR, COAL, OMIN", "add them, or all"]),
        (TOML.replace("all = 0.25", ""), ["no phi for AGR, COAL", "[supply]"]),
        (TOML.replace("[supply]", "[phi.OILGAS]\nall = 0.3\n[supply]"), ["given twice"]),
        ("", ["no theta for", "no phi for"]),
        ("theta = 3\n[phi]\nall = 1\n", ["theta needs a sector, or all"]),
        (TOML.replace("9.89", "9" * 5000), ["line 9: a number of 5,000 characters"]),
        (TOML.replace("OILGAS = 9", "a." * 3000 + "b = 9"), ["line 9: a key has more than 20"]),
        (TOML.replace("my months", "a\\u001Bb"), ["line 2, horizon: horizon has a control char"]),
        (TOML.replace("my months", "a\\nb"), ["horizon has a control character (U+000A)"]),
        (TOML.replace("my months", " "), ["horizon must have 1 to 40 characters"]),
        (TOML.replace("my months", "m" * 41), ["horizon must have 1 to 40 characters"]),
        (TOML.replace("all = 1.53", "all = 2023-02-30"), ["Invalid date", "line 8"]),
    ],
)
def test_every_problem_of_a_toml_table_is_named(world, tmp_path, text, words):
    with pytest.raises(WorldError) as error:
        read_elasticities(write(tmp_path / "own.toml", text), world)
    assert "own.toml: " in str(error.value)
    for word in words:
        assert word in str(error.value)


def test_all_problems_at_once(world, tmp_path):
    text = TOML.replace("9.89", "-1").replace("0.25", "7").replace("RUS", "RSU")
    with pytest.raises(WorldError) as error:
        read_elasticities(write(tmp_path / "own.toml", text), world)
    assert str(error.value).startswith("own.toml: 3 problems\n  - ")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("theta,CHME,,2", "line 12: unknown sector 'CHME' (did you mean 'CHEM'?)"),
        ("thetta,CHEM,,2", "line 12: unknown key 'thetta'"),
        ("theta,CHEM,USA,2", "line 12: theta is by sector, not by country"),
        ("theta,CHEM,,two", "line 12: theta must be a number above 0"),
        ("theta,CHEM,,", "line 12: theta must be a number above 0"),
        ("theta,CHEM,,nan", "has no meaning otherwise), not 'nan'"),
        ("theta,CHEM,,0_5", "not '0_5'"),
        ("theta,CHEM,,٣", "not '٣'"),
        ("theta,CHEM,,1e999999999", "not '1e999999999'"),
        ("source,,,\x1b[31mred", "line 12: source has a control character (U+001B)"),
        ("theta,CHEM,," + "9" * 5000, "line 12: theta must be a number above 0"),
        ("theta,CHEM,2", "line 12: 4 cells wanted"),
        ("theta,CHEM,,2,3", "line 12: 4 cells wanted"),
        ("eta,CHEM,USA,0.5", "line 12: eta is by sector, not by country"),
        ("eta,all,,0.5", "line 12: eta all given twice"),
        ("rho,CHEM,,1", "line 12: rho is one number, without sector or country"),
        ("theta,all,,2", "line 12: theta all given twice (first at line 6)"),
        ("phi,OILGAS,RUS,0.2", "line 12: phi and supply OILGAS, RUS given twice (first at line 11"),
        ("phi,OILGAS,all,0.2", "given twice"),
    ],
)
def test_a_bad_line_of_a_csv_table(world, tmp_path, line, words):
    with pytest.raises(WorldError) as error:
        read_elasticities(write(tmp_path / "own.csv", CSV + line + "\n"), world)
    assert words in str(error.value)


def test_a_file_that_is_no_table(world, tmp_path):
    with pytest.raises(WorldError, match=r"none\.toml: cannot be read: No such file"):
        read_elasticities(tmp_path / "none.toml", world)
    with pytest.raises(WorldError, match="not valid TOML"):
        read_elasticities(write(tmp_path / "bad.toml", "theta = ["), world)
    with pytest.raises(WorldError, match="first line must be name,sector,country,value"):
        read_elasticities(write(tmp_path / "bad.csv", "sector,theta\n"), world)
    with pytest.raises(WorldError, match="not empty"):
        read_elasticities(write(tmp_path / "empty.csv", ""), world)
    with pytest.raises(WorldError, match=r"a \.toml or \.csv file"):
        read_elasticities(write(tmp_path / "own.txt", TOML), world)
    (tmp_path / "latin.csv").write_bytes(b"name,sector,country,value\nsource,,,caf\xe9\n")
    with pytest.raises(WorldError, match="cannot be read"):
        read_elasticities(tmp_path / "latin.csv", world)
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(WorldError, match="cannot be read"):
        read_elasticities(tmp_path / "folder.toml", world)


def test_a_word_is_a_set_and_a_path_a_table(world, tmp_path):
    assert elasticities_from("short", world) is world.elasticities["short"]
    path = write(tmp_path / "own.toml", TOML)
    assert elasticities_from(str(path), world).horizon == "my months"
    with pytest.raises(WorldError, match=r"unknown horizon 'shrot' \(did you mean 'short'\?\)"):
        elasticities_from("shrot", world)
    with pytest.raises(WorldError, match=r"shrot\.toml: cannot be read: No such"):
        elasticities_from("shrot.toml", world)


def test_a_table_joins_the_economys_sets_under_its_own_name(world, tmp_path):
    assert with_horizon(world, "short") == (world, "short")
    path = write(tmp_path / "own.toml", TOML)
    economy, name = with_horizon(world, str(path))
    assert name == "my months"
    assert tuple(economy.elasticities) == (*world.elasticities, "my months")
    assert economy.elasticities[name].eta == 0.5
    with pytest.raises(WorldError, match="unknown horizon 'lnog'"):
        with_horizon(world, "lnog")


@pytest.mark.parametrize(
    ("name", "text"),
    [("own.toml", TOML.replace("my months", "short")), ("long.toml", TOML.replace("horizon", "#"))],
)
def test_a_table_cannot_pass_for_a_shipped_set(world, tmp_path, name, text):
    with pytest.raises(WorldError, match="exists already, with other values: give the table a"):
        read_elasticities(write(tmp_path / name, text), world)


@pytest.mark.parametrize("name", ["long", "short", "medium-low", "published-high"])
def test_a_set_that_was_written_is_read_back(world, tmp_path, name):
    text = own_table(world.elasticities[name], world)
    path = write(tmp_path / "elasticities.csv", text)
    got = read_elasticities(path, world)
    assert got.same(world.elasticities[name])
    assert got.horizon == name
    assert with_horizon(world, str(path))[1] == name
    assert own_table(got, world) == text
    changed = write(tmp_path / "other.csv", text.replace("rho,,,", "rho,,,1"))
    with pytest.raises(WorldError, match="exists already, with other values"):
        read_elasticities(changed, world)


def test_an_economy_without_sets_still_takes_a_table(tmp_path):
    economy = random_world(1, 2, 2).economy
    path = write(tmp_path / "own.toml", "theta = {all = 2}\nphi = {all = 0.5}\n")
    got = elasticities_from(str(path), economy)
    assert isinstance(got, Elasticities)
    assert got.phi.shape == (2, 2)
    with pytest.raises(WorldError, match="unknown horizon 'long'"):
        elasticities_from("long", economy)
