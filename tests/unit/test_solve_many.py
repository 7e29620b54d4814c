"""Many counterfactuals at once: labels, statuses, bits, and one message where a list is wrong."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from threatpoint.equilibrium import solve, solve_many
from threatpoint.errors import PolicyError, WorldError
from threatpoint.policy import CutOff, StopBuying, Tariff
from threatpoint.words import HORIZONS
from threatpoint.world import load_world

WORLD = load_world()
CUT = CutOff("USA", "CHN")
CUTS = {part: CutOff("USA", "CHN", enforcement=part) for part in (0.25, 0.5, 1.0)}


def drawn(count, horizon="long"):
    """Sets of elasticities around the world's own."""
    rng, base = np.random.default_rng(3), WORLD.elasticities[horizon]
    factors = rng.uniform(0.8, 1.25, (count, len(WORLD.sectors)))
    return [replace(base, theta=base.theta * row) for row in factors]


def percent(found):
    """(members, countries) changes of real income."""
    return np.array([solution.welfare.percent for solution in found.values()])


@pytest.mark.parametrize("horizon", HORIZONS)
@pytest.mark.parametrize("deficits", ["fixed", "proportional", "balanced"])
def test_each_member_is_what_solve_says(horizon, deficits):
    how = {"horizon": horizon, "deficits": deficits}
    found = solve_many(WORLD, CUTS, **how)
    assert list(found) == list(CUTS)
    alone = [solve(WORLD, policy, **how).welfare.percent for policy in CUTS.values()]
    np.testing.assert_allclose(percent(found), alone, atol=1e-7)
    assert all(solution.status.residual <= 1e-10 for solution in found.values())


def test_a_member_has_the_same_bits_however_the_list_is_cut():
    sets = drawn(40, "short")
    whole = percent(solve_many(WORLD, CUT, elasticities=sets, horizon="short"))
    for k, part in ((0, sets[:1]), (5, sets[5:9]), (30, sets[30:])):
        found = percent(solve_many(WORLD, CUT, elasticities=part, horizon="short"))
        np.testing.assert_array_equal(found, whole[k : k + len(part)])
    backwards = percent(solve_many(WORLD, CUT, elasticities=sets[::-1], horizon="short"))
    np.testing.assert_array_equal(backwards[::-1], whole)


@pytest.mark.parametrize("horizon", ["short", "long"])
def test_policies_have_the_same_bits_in_lists_of_every_length(horizon):
    cuts = [CutOff("USA", "CHN", enforcement=part) for part in np.linspace(0.1, 1.0, 35)]
    whole = percent(solve_many(WORLD, cuts, horizon=horizon))
    for count in (1, 2, 3, 5, 9, 31):
        found = percent(solve_many(WORLD, cuts[:count], horizon=horizon))
        np.testing.assert_array_equal(found, whole[:count])


def test_the_sets_of_every_horizon_go_side_by_side():
    sets = {name: WORLD.elasticities[name] for name in HORIZONS}
    found = solve_many(WORLD, CUT, elasticities=sets)
    alone = [solve(WORLD, CUT, horizon=name).welfare.percent for name in HORIZONS]
    np.testing.assert_allclose(percent(found), alone, atol=1e-7)


@pytest.mark.parametrize("deficits", ["fixed", "balanced"])
def test_draws_on_baselines_of_their_own_are_what_solve_says(deficits):
    """Under "balanced" each draw has a baseline of its own: every constant differs."""
    sets, how = drawn(3, "short"), {"horizon": "short", "deficits": deficits}
    found = percent(solve_many(WORLD, CUT, elasticities=sets, **how))
    alone = [solve(WORLD, CUT, elasticities=each, **how).welfare.percent for each in sets]
    np.testing.assert_allclose(found, alone, atol=1e-7)


def test_starts_are_taken_and_give_the_same_answers():
    first = solve(WORLD, CUT)
    found = solve_many(WORLD, CUTS, starts=[first] * 3)
    np.testing.assert_allclose(percent(found), percent(solve_many(WORLD, CUTS)), atol=1e-7)
    assert found[1.0].status.evaluations <= 2


def test_a_failure_is_a_member_with_its_reason_and_the_others_are_solved():
    """Hungary cannot do without all services from abroad in one draw; the others can."""
    stop = CutOff("USA", "CHN", "all")
    everybody = tuple(code for code in WORLD.countries if code != "UKR")
    alone = CutOff("UKR", everybody, "all")
    found = solve_many(WORLD, {"a": CUT, "alone": alone, "b": stop})
    assert list(found.failures) == ["alone"]
    assert found["alone"].status.message.startswith("no equilibrium")
    assert np.isnan(found["alone"].welfare.percent).all()
    assert found["a"].status.converged
    assert found["b"].status.converged
    assert repr(found).startswith("<3 solutions, 1 without an equilibrium>\n")


def test_bounds_come_to_bind_beside_members_that_have_none():
    stop = StopBuying("CHN", "RUS", "crude")
    found = solve_many(WORLD, [CUT, stop, Tariff("USA", "CHN", rate=0.25, mode="add")])
    np.testing.assert_allclose(
        found[1].welfare.percent, solve(WORLD, stop).welfare.percent, atol=1e-7
    )


def test_tables_stand_side_by_side_with_their_statuses():
    table = solve_many(WORLD, CUTS).to_xarray()
    assert table.sizes["member"] == 3
    assert table["member"].values.tolist() == ["0.25", "0.5", "1.0"]
    assert bool(table["converged"].all())
    assert float(table["residual"].max()) <= 1e-10
    us = table["real_income"].sel(country="USA").values
    assert (np.diff(us) < 0).all()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"policies": []}, "the list of policies is empty"),
        ({"policies": CUT}, "needs a list"),
        ({"policies": [CUT], "elasticities": drawn(2)}, "1 policies, 2 elasticities"),
        ({"policies": {"a": CUT}, "elasticities": {"b": drawn(1)[0]}}, "have no 'a'"),
        ({"policies": [CUT, "cut"]}, "member 1: str is not a policy"),
        ({"policies": [CUT, CUT], "starts": [None, 3]}, "member 1: start"),
        ({"policies": [CUT], "horizon": "longer"}, "unknown horizon"),
        ({"policies": [CUT], "deficits": "fixd"}, "unknown deficit closure"),
    ],
)
def test_what_does_not_fit_is_one_message(given, says):
    policies = given.pop("policies")
    with pytest.raises((PolicyError, WorldError), match=says) as error:
        solve_many(WORLD, policies, **given)
    assert "\n" not in str(error.value)


def test_an_unknown_label_is_named_with_the_nearest():
    found = solve_many(WORLD, {"half": CUTS[0.5]})
    assert "half" in found
    assert "halve" not in found
    with pytest.raises(WorldError, match=r"unknown member 'halve'.*half"):
        found["halve"]
