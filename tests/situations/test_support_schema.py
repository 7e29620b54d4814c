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
from threatpoint.support.capability import CAPABILITIES
from threatpoint.support.support import solve_support


def tables():
    text, _ = read_text("ukraine-2025-03-31")
    return copy.deepcopy(tomllib.loads(text, parse_float=Decimal)["support"])


def test_the_built_in_tables_hold_the_defaults():
    read = schema.SupportTables.model_validate(tables())
    for table, known in zip(read.capabilities, CAPABILITIES, strict=True):
        found = table.capability()
        assert found.name == known.name
        for part in ("weight", "ceiling", "months"):
            one, other = getattr(found, part), getattr(known, part)
            assert (one.value, one.low, one.high) == pytest.approx(
                (other.value, other.low, other.high)
            )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.update(kee="gdp"), "Extra inputs"),
        (lambda d: d.update(key="gpd"), "'gdp', 'effort' or 'capacity'"),
        (lambda d: d.update(baseline=["2022-02"]), "at least 2"),
        (lambda d: d.update(baseline=["2022-02", "2022-13"]), "pattern"),
        (lambda d: d["capabilities"][0].update(x=1), "Extra inputs"),
        (lambda d: d["capabilities"].clear(), "at least 1"),
    ],
)
def test_tables_of_another_shape_are_refused(change, words):
    given = tables()
    change(given)
    with pytest.raises(ValidationError, match=words):
        schema.SupportTables.model_validate(given)


@pytest.mark.parametrize(
    ("change", "where", "words"),
    [
        (lambda d: d["horizon"].update(value=0), "horizon", "1 to 600"),
        (lambda d: d["horizon"].update(unit="%"), "horizon", "whole months"),
        (lambda d: d["horizon"].update(value=Decimal("1.5")), "horizon", "whole months"),
        (lambda d: d["covered"].update(prior=False), "covered", "is a prior"),
        (lambda d: d["substitution"].update(value=2), "substitution", "within its range"),
        (lambda d: d["capabilities"][0]["weight"].update(range=[-1, 20]), "range", "above 0"),
        (lambda d: d["capabilities"][0]["ceiling"].update(range=[1, 101]), "range", "at most 100"),
        (lambda d: d["capabilities"][0]["weight"].update(unit="months"), "weight", "use '%'"),
        (lambda d: d["capabilities"].append(d["capabilities"][0]), "name", "twice"),
    ],
)
def test_figures_out_of_bounds_are_told_where(change, where, words):
    given = tables()
    change(given)
    found = schema.support_problems(schema.SupportTables.model_validate(given))
    ((path, text),) = found
    assert path[-1] == where
    assert words in text


def test_the_built_in_tables_have_no_problem():
    assert not [*schema.support_problems(schema.SupportTables.model_validate(tables()))]


def test_a_situation_holds_what_support_is_asked_with():
    given = load_situation("ukraine-2025-03-31").support
    assert given is not None
    plain, asked = solve_support(), solve_support(**given.arguments())
    assert asked.gap == plain.gap
    assert asked.ready_months == pytest.approx(plain.ready_months)
    assert asked.path == pytest.approx(plain.path)


def test_a_file_without_support(tmp_path):
    text, _ = read_text("ukraine-2025-03-31")
    start, end = text.index("# -- support ---"), text.index("# -- figures ---")
    path = tmp_path / "case.toml"
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    with pytest.raises(SituationError, match=r"has no table \[support\]"):
        load_support(path)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('baseline = ["2022-02", "2024-12"]', 'baseline = ["2022-02"]', "needs 2 entries, not 1"),
        (
            'source = "prior of this project; no published figure"\nprior = true',
            'source = "prior of this project; no published figure"\nprior = false',
            "must be true, not false",
        ),
        ('key = "gdp"', 'key = "gpd"', "unknown value 'gpd' (did you mean 'gdp'?)"),
        ("afterwards = ", "afterward = ", "unknown key 'afterward' (did you mean 'afterwards'?)"),
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
