"""Wrong types from Python: one clear typed error each, never an error of Python's insides."""

from __future__ import annotations

import numpy as np
import pytest

import threatpoint as tp
from threatpoint.errors import InfeasibleError, ThreatpointError
from threatpoint.policy import StopBuying
from threatpoint.world import (
    Elasticities,
    elasticities_from,
    read_elasticities,
    with_horizon,
)

NAME = "ukraine-2025-03-31"
CUBE = np.ones((2, 2, 1))
NO_NUMBERS = ("x", None, [[1], [1, 2]], 1j * CUBE, [[["1"], ["1"]], [["1"], ["1"]]])


@pytest.fixture(scope="module")
def world():
    return tp.load_world()


@pytest.fixture(scope="module")
def situation(world):
    return tp.load_situation(NAME, world)


def economy(**changed):
    given = {
        "countries": ["A", "B"],
        "sectors": ["x"],
        "trade": CUBE,
        "inputs": np.zeros((2, 1, 1)),
        "value_added": np.ones((2, 1)),
        "final": np.ones((2, 1)),
    }
    return tp.Economy.from_arrays(**given | changed)


def refused(call) -> str:
    with pytest.raises(ThreatpointError) as caught:
        call()
    return str(caught.value)


@pytest.mark.parametrize("policy", [3, "x", [3], {"a": 1}, np.ones(3)])
def test_what_is_no_policy(world, policy):
    message = refused(lambda: tp.solve(world, policy))
    assert "is not a policy: use" in message or "is not an instrument: use" in message


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("horizon", 5, "unknown horizon 5; known: long"),
        ("horizon", [], "unknown horizon []"),
        ("horizon", None, "unknown horizon None"),
        ("elasticities", "x", "elasticities must be an Elasticities, not 'x'"),
        ("deficits", 5, "unknown deficit closure 5"),
        ("deficits", [], "unknown deficit closure []"),
        ("tolerance", "x", "tolerance is 'x'; give a number"),
        ("tolerance", None, "tolerance is None; give a number"),
        ("start", 3, "start must be a Solution, not 3"),
        ("given", 3, "given must be a Given, not 3"),
        ("rebase", "x", "rebase must be a bool, not 'x'"),
    ],
)
def test_what_solve_cannot_take(world, key, value, words):
    assert words in refused(lambda: tp.solve(world, None, **{key: value}))


def test_what_is_no_economy(world, situation):
    tariff = tp.Tariff("USA", "CHN", rate=0.1)
    for given in (3, None, "world", [world]):
        calls = (
            lambda given=given: tp.solve(given, tariff),
            lambda given=given: tp.balanced_trade(given),
            lambda given=given: tariff.wedges(given),
            lambda given=given: tp.solve_threat(given, situation.policy),
            lambda given=given: tp.analyse(situation, given),
        )
        for call in calls:
            assert "economy must be an Economy, not " in refused(call)
    assert "economy must be an Economy" in refused(lambda: tp.load_situation(NAME, 5))


@pytest.mark.parametrize("given", [5, None, [], b"long"])
def test_what_is_no_set_of_elasticities(world, given):
    for read in (elasticities_from, with_horizon, read_elasticities):
        order = (world, given) if read is with_horizon else (given, world)
        message = refused(lambda read=read, order=order: read(*order))
        assert "must be a" in message
        assert repr(given) in message
    assert "economy must be an Economy" in refused(lambda: elasticities_from("long", 5))


@pytest.mark.parametrize("code", [5, None, [], "A" * 5000])
def test_what_is_no_label(world, code):
    for look in (world.country, world.sector, tp.load_world):
        message = refused(lambda look=look: look(code))
        assert "unknown" in message
        assert len(message) < 700  # sectors stand with their names


@pytest.mark.parametrize("name", ["trade", "inputs", "value_added", "final", "tariff"])
@pytest.mark.parametrize("values", NO_NUMBERS, ids=["text", "None", "ragged", "complex", "digits"])
def test_what_is_no_array_of_numbers(name, values):
    if name == "tariff" and values is None:  # no tariffs
        return
    message = refused(lambda: economy(**{name: values}))
    assert f"{name} is not an array of numbers" in message


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("countries", 5, "country labels must be a list of texts, not 5"),
        ("countries", None, "country labels must be a list of texts"),
        ("countries", "AB", "country labels must be a list of texts, not 'AB'"),
        ("countries", [1, 2], "country 1 is not a text label"),
        ("countries", [["A"], "B"], "country ['A'] is not a text label"),
        ("countries", np.array([[1], [2]]), "is not a text label"),
        ("countries", ["A", "A"], "country 'A' appears more than once"),
        ("countries", ["A", " "], "country ' ' is blank"),
        ("sectors", [], "no sector given"),
        ("names", ["A"], "names must be a mapping"),
        ("names", {"A": 5}, "names A: must be str, not 5"),
        ("sector_names", 7, "sector_names must be a mapping, not 7"),
        ("services", 5, "services must be a list of texts, not 5"),
        ("services", "x", "services must be a list of texts, not 'x'"),
        ("residuals", "A", "residuals must be a list of texts"),
        ("groups", 5, "groups must be a mapping"),
        ("groups", {"G": None}, "groups G must be a list of texts, not None"),
        ("groups", {"G": "A"}, "groups G must be a list of texts, not 'A'"),
        ("groups", {5: ["A"]}, "groups: the key 5 is no text"),
        ("flows", 3, "flows must be a mapping"),
        ("flows", {"a": 3}, "flows a: must be Flow, not 3"),
        ("elasticities", {"long": 3}, "elasticities long: must be Elasticities, not 3"),
        ("basis", {"trade": 3}, "basis trade: must be ndarray, not 3"),
        ("markets", 3, "markets must be a mapping"),
        ("metadata", 3, "metadata must be a mapping"),
        ("unit", 3, "unit must be a text, not 3"),
        ("year", "x", "year must be a whole number, not 'x'"),
    ],
)
def test_what_is_no_part_of_an_economy(key, value, words):
    assert words in refused(lambda: economy(**{key: value}))


def test_labels_may_be_arrays():
    found = economy(
        countries=np.array(["A", "B"]),
        sectors=np.array(["x"]),
        services=np.array(["x"]),
        groups={"G": np.array(["A"])},
    )
    assert found.countries == ("A", "B")
    assert type(found.countries[0]) is str
    assert found.groups["G"] == ("A",)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Elasticities.of(5, ["x"], 1), "country labels must be a list"),
        (lambda: Elasticities.of(["A"], ["x"], "x"), "theta does not fit"),
        (lambda: Elasticities.of(["A"], ["x"], None), "theta must be above 0"),
        (lambda: Elasticities.of(["A"], ["x"], 1, eta="x"), "must be 0 or more and finite"),
        (lambda: Elasticities.of(["A"], ["x"], 1, eta=True), "not True"),
        (lambda: Elasticities.of(["A"], ["x"], 1, horizon=5), "must be a text, not 5"),
        (lambda: Elasticities("x", "y"), "theta must be an array of numbers"),  # type: ignore[arg-type]
        (lambda: tp.Tariff([["USA"]], "CHN", rate=0.1), "['USA'] is not a code"),
        (lambda: tp.Tariff("USA", "CHN", rate=10**400), "not finite (inf)"),
        (lambda: tp.Tariff("USA", "CHN", rate=[]), "is []; give a number"),
        (lambda: tp.CutOff("USA", "CHN", direction=5), "unknown cut-off direction 5"),
        (lambda: StopBuying("IND", "RUS", 5), "5 is not a code"),
        (lambda: tp.Policy(5), "5 is not an instrument"),
        (lambda: tp.Policy((), name=5), "must be a str, not 5"),
        (lambda: tp.Action("crude", "RUS", "x"), "min_value is 'x'; give a number"),
        (lambda: tp.Action("crude", "RUS", 1, None), "min_share is None; give a number"),
        (lambda: tp.Terms(kappa=[1]), "kappa is [1]; give a number"),
        (lambda: tp.draw_talks(5, {}), "talks must be a TalksInput, not 5"),
        (lambda: tp.solve_front(5), "5 is not a month"),
        (lambda: tp.solve_support(5), "unknown key"),
        (lambda: tp.analyse(5, 5), "situation must be a Situation, not 5"),
        (lambda: tp.write_brief(5, "x"), "analysis must be an Analysis, not 5"),
    ],
)
def test_what_is_no_argument(make, words):
    assert words in refused(make)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("horizon", 5, "unknown horizon 5"),
        ("targets", 5, "5 is not a code"),
        ("senders", 5, "5 is not a code"),
        ("targets", np.array(["XX"]), "unknown country or group 'XX'"),
        ("terms", 5, "terms must be a Terms, not 5"),
        ("terms", tp.Terms(kappa={"XX": 1}), "unknown target 'XX'"),
        ("workers", "x", "workers must be an int, not 'x'"),
        ("workers", 0, "workers must be 1 or more"),
    ],
)
def test_what_a_threat_cannot_take(world, situation, key, value, words):
    given = {"targets": ("IND",), key: value}
    assert words in refused(lambda: tp.solve_threat(world, situation.policy, **given))


def test_talks_are_asked_what_is_possible(situation):
    given = situation.talks
    for loss in (float("inf"), "x"):
        assert "loss" in refused(lambda loss=loss: tp.draw_talks(given, {"a": loss}, draws=2).cells)
    for change in (-1.0, float("nan"), "x"):
        asked = {"supports": (change,), "draws": 2}
        assert "change of support" in refused(lambda a=asked: tp.draw_talks(given, {"a": 1.0}, **a))


def test_a_rule_that_asks_for_nothing_names_what_there_is(world):
    rule = tp.Rule("USA", None, (tp.CutOff("USA", "target"),), ("CHN",))
    message = refused(lambda: tp.solve_threat(world, rule))
    assert "there is no threat to give in to" in message
    assert "`threatpoint brief FILE`" in message
    assert "`threatpoint.solve(economy, rule)`" in message


def test_an_absurd_elasticity_is_no_warning_but_a_reason(world):
    values = Elasticities.of(world.countries, world.sectors, 1e9, 0.5)
    with pytest.raises(InfeasibleError, match=r"cheaper at a trade elasticity of 1e\+09"):
        tp.solve(world, tp.Tariff("USA", "CHN", rate=-0.5), elasticities=values)
