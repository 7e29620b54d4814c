"""Properties of designed threats on random worlds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.economies import random_world, rebuilt
from threatpoint import Rule, Tariff
from threatpoint.policy.demand import Demand
from threatpoint.strategy.design import aims
from threatpoint.strategy.design.bench import Bench
from threatpoint.strategy.design.coalition import burdens_of
from threatpoint.strategy.design.designer import Design, Designer
from threatpoint.strategy.design.forms import forms_of
from threatpoint.strategy.design.search import Task, search
from threatpoint.strategy.design.space import Space
from threatpoint.strategy.question import Question
from threatpoint.strategy.threat import pose
from threatpoint.world.elasticities import Elasticities

SEEDS = st.integers(0, 2**31 - 1)


def question(world, senders=("C00",), answer: float = 0.0) -> Question:
    """A threat of the senders to C02, on all goods."""
    sets = {"long": Elasticities(world.theta, world.phi)}
    economy = replace(world.economy, unit="USD bn", elasticities=sets)
    duty = Tariff(senders, "target", "all", 0.25, "add")
    back = (Tariff("target", senders, "all", answer, "add"),) if answer else ()
    rule = Rule(senders, then=duty, named="C02", retaliation=back, demand=Demand("stop"))
    return pose(economy, rule, horizon="long")


def world_of(seed):
    return random_world(seed, 4, 2, zeros=False, theta_range=(1.5, 6.0))


def best(asked, *wanted, forms=("tariff", "export-tax")):
    own = Designer(asked, forms_of(forms), Bench(asked))
    (model,) = own.models([(("C02",), bool(asked.rule.retaliations))])
    found = search(own.bench, [Task(model, aim) for aim in wanted])
    return [None if x is None else own.design(model.space, x) for x in found]


@given(SEEDS)
@settings(max_examples=6, deadline=None)
def test_a_larger_allowance_never_bites_less_and_nothing_solved_is_better(seed):
    asked = question(world_of(seed))
    bench = Bench(asked)
    space = Space.of(asked, ("C02",), forms_of(("tariff", "export-tax")))
    grid = [np.array([a, b]) for a in np.linspace(0, 1.5, 7) for b in np.linspace(0, 1.5, 7)]
    worth = bench.worth(space, grid)
    span = float(np.abs(worth.rows).max())
    costs = [0.0, 0.05 * span, 0.3 * span]
    found = best(asked, *(aims.hardest([0], cost) for cost in costs))
    losses = []
    for cost, design in zip(costs, found, strict=True):
        assert design is not None  # no threat at all costs nothing
        assert design.gain >= -cost
        inside = worth.targets[worth.sender >= -cost, 0]
        assert design.loss >= inside.max() - 2e-3 * span
        losses.append(design.loss)
    assert losses == sorted(losses)


@given(SEEDS, st.permutations(range(4)))
@settings(max_examples=4, deadline=None)
def test_the_order_of_countries_does_not_matter(seed, order):
    world = world_of(seed)
    aim = aims.hardest([0], 0.02 * float(world.economy.final_expenditure.sum()))
    (one,), (other,) = (
        best(question(each), aim) for each in (world, rebuilt(world, list(order), [1, 0]))
    )
    assert one is not None
    assert other is not None
    assert other.loss == pytest.approx(one.loss, rel=2e-3, abs=1e-4)


@given(SEEDS, st.floats(0.05, 1.0), st.floats(0.0, 0.9))
@settings(max_examples=10, deadline=None)
def test_transfers_make_a_burden_even_and_add_up_to_nothing(seed, rate, share):
    asked = question(world_of(seed), ("C00", "C01"))
    space = Space.of(asked, ("C02",), forms_of(("tariff", "export-ban")))
    sizes = space.plain(np.array([rate, share]))
    worth = Bench(asked).worth(space, [sizes])
    design = Design(space, sizes, float(worth.sender[0]), {"C02": float(worth.targets[0, 0])})
    burdens = list(burdens_of(design))
    assert [each.member for each in burdens] == ["C00", "C01"]
    assert sum(each.transfer for each in burdens) == pytest.approx(0.0, abs=1e-9)
    assert burdens[0].share == pytest.approx(burdens[1].share, abs=1e-12)
    assert sum(each.change for each in burdens) == pytest.approx(design.gain, abs=1e-9)
