"""From a situation to its answers, on the shipped table and on a small world."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.situations.small_world import small_world
from threatpoint.analysis import analyse
from threatpoint.errors import PolicyError, WorldError
from threatpoint.policy import Action, CutOff, Rule
from threatpoint.situation import load_situation
from threatpoint.situation.model import Scenario
from threatpoint.world import load_world


@pytest.fixture(scope="module")
def analysis():
    return analyse(
        load_situation("ukraine-2025-03-31"),
        load_world(),
        alternatives={"statutory": load_world("statutory")},
    )


def test_the_sender_and_every_target_lose(analysis):
    assert set(analysis.main.targets) >= {"CHN", "IND"}
    for code in ("USA", *analysis.main.targets):
        assert analysis.main.percent(code) < 0
        assert analysis.main.money(code) < 0


def test_every_case_has_an_equilibrium_or_a_reason(analysis):
    for outcome in (analysis.main, *analysis.scenarios, *analysis.variants):
        assert (outcome.solution is None) == bool(outcome.failure)
        if outcome.solution is not None:
            assert outcome.solution.status.converged
            assert outcome.solution.status.residual <= 1e-10


def test_more_is_cut_off_more_is_lost(analysis):
    by = {o.key: o for o in analysis.scenarios}
    losses = [by[k].percent("CHN") for k in ("tariff-25", "tariff-50", "enforcement-80")]
    losses += [analysis.main.percent("CHN"), by["goods-and-services"].percent("CHN")]
    assert losses == sorted(losses, reverse=True)


def test_variants_change_one_assumption_each(analysis):
    keys = [o.key for o in analysis.variants]
    assert len(set(keys)) == len(keys)
    assert {"deficits-balanced", "deficits-proportional", "baseline-statutory"} <= set(keys)
    assert {o.policy for o in analysis.variants} == {analysis.main.policy}


def test_the_balanced_variant_compares_with_a_balanced_baseline(analysis):
    found = next(o for o in analysis.variants if o.key == "deficits-balanced")
    base = found.solution.economy
    np.testing.assert_allclose(base.deficit / base.gdp, 0.0, atol=1e-9)


def test_unknown_horizon_and_misfit_are_errors():
    situation = load_situation("ukraine-2025-03-31")
    with pytest.raises(WorldError, match="horizon"):
        analyse(situation, load_world(), horizon="shrt")
    world = small_world()
    rule = Rule(world.countries[0], Action("crude", world.countries[1]), CutOff("QQQ", "target"))
    broken = replace(situation, threats={**situation.threats, situation.main: rule})
    with pytest.raises(PolicyError):
        analyse(broken, load_world())


def test_a_scenario_without_equilibrium_is_kept_with_its_reason():
    situation = load_situation("ukraine-2025-03-31")
    rule = situation.policy
    alone = replace(rule, then=(CutOff("target", "others", "all"),), named=("CHN",))
    scenario = Scenario("alone", "China cut off from all", situation.main, alone)
    changed = replace(situation, scenarios={"alone": scenario})
    outcome, other = analyse(changed, load_world()).scenarios
    assert (other.key, other.title) == ("threat-oil-tariff", changed.words["oil-tariff"])
    assert other.solution is not None
    assert outcome.solution is None
    assert "CHN can no longer trade" in outcome.failure
    assert math.isnan(outcome.percent("CHN"))
