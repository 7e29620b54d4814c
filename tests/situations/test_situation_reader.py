"""Reading situation files: what comes out of a sound one, what a bad one is told."""

from __future__ import annotations

import dataclasses
import pathlib

import pytest

from tests.situations.bad_files import GOOD, NUMBERS, SPOILED, line
from tests.situations.small_world import small_world
from threatpoint.analysis import analyse
from threatpoint.errors import SituationError
from threatpoint.policy import CutOff, Tariff
from threatpoint.situation import built_in, load_situation
from threatpoint.situation.lines import line_numbers, line_of
from threatpoint.world import load_world

WORLD = small_world()


def read(tmp_path, text: str):
    path = tmp_path / "case.toml"
    path.write_text(text, encoding="utf-8")
    return load_situation(path, WORLD)


def test_a_sound_file(tmp_path):
    situation = read(tmp_path, GOOD)
    assert (situation.name, situation.sender, situation.main) == ("case", "USA", "oil")
    assert situation.policy.targets(WORLD) == ("CHN", "IND", "TUR")
    assert situation.policy.templates == (CutOff("USA", "target"),)
    assert situation.threats["levy"].templates[0] == Tariff("USA", "target", rate=0.25, mode="add")
    assert situation.scenarios["china"].rule.targets(WORLD) == ("CHN",)
    assert situation.policy.when.floor(WORLD) == 5_000
    assert situation.words["oil"] == "buyers of oil are cut off"
    assert [a.where for a in situation.assumptions] == [
        "threats.oil.when.min_value",
        "threats.oil.when.min_share",
    ]
    wedges = situation.policy.wedges(WORLD)
    assert (wedges.survival == 0).sum() == 3 * 2 * 3
    with pytest.raises(dataclasses.FrozenInstanceError):
        situation.title = "another"  # type: ignore[misc]
    with pytest.raises(TypeError):
        situation.threats["new"] = situation.policy  # type: ignore[index]


def test_scenarios_change_what_they_say(tmp_path):
    more = """
[scenarios.leaky]
label = "Services too, imports only, leaking, other thresholds"
threat = "oil"
sectors = ["all"]
direction = "imports"
enforcement = { value = 80, unit = "%", period = "-", source = "choice" }
min_value = { value = 60, unit = "USD bn", period = "-", source = "choice" }
min_share = { value = 0, unit = "%", period = "-", source = "choice" }

[scenarios.steep]
label = "600 %"
threat = "levy"
exempted = ["IND"]
rate = { value = 2600, unit = "%", period = "-", source = "choice" }
"""
    situation = read(tmp_path, GOOD + more)
    leaky, steep = situation.scenarios["leaky"].rule, situation.scenarios["steep"].rule
    assert leaky.templates == (CutOff("USA", "target", "all", "imports", 0.8),)
    assert leaky.targets(WORLD) == ("CHN",)
    assert "IND" not in steep.targets(WORLD)
    assert steep.wedges(WORLD).tariff.max() == pytest.approx(26.03)


@pytest.mark.parametrize("case", SPOILED)
def test_bad_files_are_told_what_is_wrong(tmp_path, case):
    old, new, parts = SPOILED[case]
    assert old in GOOD
    with pytest.raises(SituationError) as caught:
        read(tmp_path, GOOD.replace(old, new, 1))
    for part in ("case.toml", *parts):
        assert part in str(caught.value), str(caught.value)


@pytest.mark.parametrize("case", NUMBERS)
def test_numbers_beyond_measure_are_refused_at_once(tmp_path, case):
    written, part = NUMBERS[case]
    for old in ("value = 3.0", "value = 25,", "range = [5, 20]", "row = 1", "date = 2025-03-31"):
        key = old.split(" = ")[0]
        new = f"{key} = {written}" + "," * old.endswith(",")
        with pytest.raises(SituationError) as caught:
            read(tmp_path, GOOD.replace(old, new, 1))
        assert len(str(caught.value)) < 1_000
        if old == "value = 3.0":
            assert part in str(caught.value)


def test_a_threat_without_a_condition_hits_the_named(tmp_path):
    plain = GOOD.replace('[threats.levy.when]\nbuys = ["crude"]\nfrom = ["RUS"]\n', "")
    plain = plain.replace(
        'buyers of oil pay a tariff"', 'a tariff"\nnamed = ["EU", "IND"]\nunions = ["EU"]'
    )
    rule = read(tmp_path, plain).threats["levy"]
    assert rule.when is None
    assert rule.buyers(WORLD) == []
    assert rule.parties(WORLD) == {"EU": ("DEU", "HUN", "REU"), "IND": ("IND",)}
    assert rule.describe() == "USA adds 25 points to the tariff on goods from EU and IND"
    scenario = '[scenarios.more]\nlabel = "x"\nthreat = "levy"\n'
    figure = '{ value = 5, unit = "USD bn", period = "-", source = "-" }'
    for line_, part in (
        ('added = ["CHN"]', "`added` has no meaning without `when`"),
        (f"min_value = {figure}", "threat 'levy' has no `when`"),
        ('named = ["IND", "EU"]', "'named' changes nothing"),
        ('named = ["USA"]', "USA is the sender"),
        ('named = ["NOR"]', "hits nothing"),
        ('named = ["NOR", "CHN"]', "NOR has no trade with the sender"),
    ):
        with pytest.raises(SituationError) as caught:
            read(tmp_path, f"{plain}\n{scenario}{line_}\n")
        assert part in str(caught.value)


def test_a_lower_tariff_is_read(tmp_path):
    text = GOOD.replace("value = 25, unit", "value = -2, unit")
    rule = read(tmp_path, text).threats["levy"]
    assert rule.templates[0].describe() == "USA takes 2 points off the tariff on goods from target"
    with pytest.raises(SituationError, match="tariff -100 % is -100 % or less"):
        read(tmp_path, GOOD.replace("value = 25, unit", "value = -100, unit"))


def test_the_documented_file_is_read_and_solved(tmp_path):
    page = pathlib.Path(__file__).parents[2] / "docs" / "situations.md"
    section = page.read_text(encoding="utf-8").split("## A complete file\n")[1]
    path = tmp_path / "vehicles.toml"
    path.write_text(section.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    economy = load_world()
    analysis = analyse(load_situation(path), economy)
    assert (analysis.buyers, analysis.main.targets) == ((), ("CHN",))
    assert analysis.main.policy == "USA adds 25 points to the tariff on goods from CHN"
    assert analysis.main.percent("CHN") < 0
    assert [outcome.failure for outcome in (*analysis.variants, *analysis.scenarios)] == [""] * len(
        (*analysis.variants, *analysis.scenarios)
    )


def test_every_problem_of_a_file_comes_at_once(tmp_path):
    shape = {
        'sender = "USA"\nmain': 'sendr = "USA"\nmain',
        'unit = "%"': 'unit = "percent"',
        '"cut-off"': '"cutt-off"',
        'mode = "add"': 'mode = "ad"',
        "value = 3.0": 'value = "3.0"',
        'mark = "checked"': 'mark = "cheked"',
    }
    text = GOOD
    for old, new in shape.items():
        text = text.replace(old, new, 1)
    with pytest.raises(SituationError) as caught:
        read(tmp_path, text)
    assert len(caught.value.problems) == 7
    found = [int(problem.split(",")[0].removeprefix("line ")) for problem in caught.value.problems]
    assert found == sorted(found)


def test_every_problem_of_meaning_comes_at_once(tmp_path):
    meaning = {
        'CHN = "buyer"': 'CHM = "buyer"',
        '"crude", "refined"': '"crudd", "refined"',
        'importers = ["USA"]': 'importers = ["UAS"]',
        'threat = "oil"': 'threat = "oill"',
        'parts = ["out", "in"]': 'parts = ["ouut", "in"]',
        "row = 1": "row = 7",
        "range = [1, 10]": "range = [6, 10]",
    }
    text = GOOD
    for old, new in meaning.items():
        text = text.replace(old, new, 1)
    with pytest.raises(SituationError) as caught:
        read(tmp_path, text)
    assert len(caught.value.problems) == 7, str(caught.value)
    for start in ("CHM", "buys", "importers", "threat =", "parts =", "row ="):
        assert line(text, start) in str(caught.value)


def test_a_threat_named_like_an_instrument_keeps_its_path(tmp_path):
    text = GOOD.replace("threats.levy", "threats.tariff").replace('mode = "add"', 'mode = "ad"')
    with pytest.raises(SituationError, match=r"threats\.tariff\.then\[0\]\.mode"):
        read(tmp_path, text)


def test_missing_and_unreadable_files(tmp_path):
    with pytest.raises(SituationError) as caught:
        load_situation("ukraine-2025-03-13", WORLD)
    assert "did you mean 'ukraine-2025-03-31'" in str(caught.value)
    assert f"built in: {', '.join(built_in())}" in str(caught.value)
    with pytest.raises(SituationError, match="cannot be read"):
        load_situation(tmp_path, WORLD)
    (tmp_path / "latin.toml").write_bytes(b'title = "\xe9"')
    with pytest.raises(SituationError, match="line 1: byte 9 is not UTF-8"):
        load_situation(tmp_path / "latin.toml", WORLD)
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        (tmp_path / "wide.toml").write_text(GOOD, encoding=encoding)
        with pytest.raises(SituationError, match="looks like UTF-16"):
            load_situation(tmp_path / "wide.toml", WORLD)
    with pytest.raises(SituationError, match=r"a\\x00b: 1 problem"):
        load_situation("a\0b", WORLD)


def test_a_byte_order_mark_is_no_error(tmp_path):
    assert read(tmp_path, "\ufeff" + GOOD).name == "case"


def test_lines_of_nested_and_quoted_keys():
    text = (
        'a = """\n[not.a.table]\n"""\n[x."y z"]\nk = { in = 1, "s = t" = 2 }\n'
        "[[list]]\nv = 1\n[[list]]\n[list.sub]\nw = 2\n[[list.deep]]\nq = 'a = b'\n"
    )
    lines = line_numbers(text)
    assert lines[("x", "y z", "k", "in")] == 5
    assert lines[("list", 1, "sub", "w")] == 10
    assert lines[("list", 1, "deep", 0, "q")] == 12
    assert ("not", "a", "table") not in lines
    assert line_of(lines, ("list", 0, "sum", "v")) == 7
    assert line_of(lines, ("nowhere",)) is None
