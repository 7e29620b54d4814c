"""The [support] tables: the built-in ones are read, anything unknown or out of range is refused."""

import copy
import tomllib
from decimal import Decimal

import pytest
from pydantic import ValidationError

import threatpoint.situation.support_schema as schema
from threatpoint.errors import SituationError
from threatpoint.situation import load_situation, load_support
from threatpoint.situation.text import read_text
from threatpoint.support.support import solve_support


def tables():
    text, _ = read_text("ukraine-2025-03-31")
    return copy.deepcopy(tomllib.loads(text, parse_float=Decimal)["support"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.update(kee="gdp"), "Extra inputs"),
        (lambda d: d.update(key="gpd"), "'gdp', 'effort' or 'capacity'"),
        (lambda d: d.update(baseline=["2022-02"]), "at least 2"),
        (lambda d: d.update(baseline=["2022-02", "2022-13"]), "pattern"),
        (lambda d: d.update(capabilities=[], horizon=1), "horizon, capabilities: leave out"),
    ],
)
def test_tables_of_another_shape_are_refused(change, words):
    given = tables()
    change(given)
    with pytest.raises(ValidationError, match=words):
        schema.SupportTables.model_validate(given)


def test_a_baseline_that_ends_before_it_begins_is_told():
    given = tables() | {"baseline": ["2024-12", "2022-02"]}
    ((path, text),) = schema.support_problems(schema.SupportTables.model_validate(given))
    assert path == ("support", "baseline")
    assert "before the first" in text


def test_the_built_in_tables_have_no_problem():
    assert not [*schema.support_problems(schema.SupportTables.model_validate(tables()))]


def test_a_situation_holds_what_support_is_asked_with():
    given = load_situation("ukraine-2025-03-31").support
    assert given is not None
    plain, asked = solve_support(), solve_support(**given.arguments())
    assert asked.gap == plain.gap
    assert asked.added == pytest.approx(plain.added)


def test_a_file_without_support(tmp_path):
    text, _ = read_text("ukraine-2025-03-31")
    start, end = text.index("# -- support ---"), text.index("# -- sanctions on energy")
    path = tmp_path / "case.toml"
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    with pytest.raises(SituationError, match=r"has no table \[support\]"):
        load_support(path)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('baseline = ["2022-02", "2024-12"]', 'baseline = ["2022-02"]', "needs 2 entries, not 1"),
        ('key = "gdp"', 'key = "gpd"', "unknown value 'gpd' (did you mean 'gdp'?)"),
        ('key = "gdp"', 'key = "gdp"\nafterward = 1', "unknown key 'afterward'"),
        ('key = "gdp"', 'key = "gdp"\ncovered = 1', "covered: leave out; support is told from"),
    ],
)
def test_bad_tables_of_a_file_are_told_what_is_wrong(tmp_path, old, new, words):
    text, _ = read_text("ukraine-2025-03-31")
    assert old in text
    path = tmp_path / "case.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SituationError) as caught:
        load_situation(path)
    assert words in str(caught.value), str(caught.value)
