"""Designed threats: against an exhaustive grid, each solved again, and what is refused."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from tests.economies import random_world
from threatpoint import Policy, Rule, Tariff, load_situation, load_world, solve
from threatpoint.analysis.design import design_threat
from threatpoint.errors import PolicyError
from threatpoint.policy.demand import Demand
from threatpoint.policy.standing import on_day
from threatpoint.strategy.design import aims, tables
from threatpoint.strategy.design.belief import QUANTILES, Belief, beliefs_at
from threatpoint.strategy.design.bench import Bench
from threatpoint.strategy.design.designer import Design, Designer
from threatpoint.strategy.design.designs import Beside, _plain, families
from threatpoint.strategy.design.forms import FORMS, forms_of
from threatpoint.strategy.design.legal import NO, UNKNOWN, YES, Standing, lawful, standings
from threatpoint.strategy.design.made import Made
from threatpoint.strategy.design.model import Surface, samples
from threatpoint.strategy.design.search import POINT, Task, search
from threatpoint.strategy.design.space import Space
from threatpoint.strategy.threat import pose
from threatpoint.strategy.type_priors import type_priors
from threatpoint.world.elasticities import Elasticities

ALL = tuple(FORMS)
WORLD = load_world()


def toy(seed: int = 3, n: int = 4, s: int = 2):
    """A random economy in USD bn with one set of elasticities, called long."""
    world = random_world(seed, n, s, zeros=False, theta_range=(2.0, 6.0))
    sets = {"long": Elasticities(world.theta, world.phi)}
    return replace(world.economy, unit="USD bn", elasticities=sets)


def asked(economy=None, targets=("C01", "C02"), answer: float = 0.0, horizon="long"):
    economy = toy() if economy is None else economy
    sender = "C00" if "C00" in economy.countries else "USA"
    duty = Tariff(sender, "target", "all", 0.25, "add")
    back = (Tariff("target", sender, "all", answer, "add"),) if answer else ()
    rule = Rule(sender, then=duty, named=targets, retaliation=back, demand=Demand("stop"))
    return pose(economy, rule, horizon=horizon)


def designer(question, forms=ALL):
    return Designer(question, forms_of(forms), Bench(question))


def found(question, forms, family, *wanted):
    """The best design of each aim on a family."""
    own = designer(question, forms)
    (model,) = own.models([(family, bool(question.rule.retaliations))])
    best = search(own.bench, [Task(model, aim) for aim in wanted])
    return [None if x is None else own.design(model.space, x) for x in best]


# -- against a grid


@pytest.mark.parametrize("forms", [("tariff", "export-tax"), ("tariff", "export-ban")])
@pytest.mark.parametrize("answer", [0.0, 0.25])
def test_never_below_an_exhaustive_grid(forms, answer):
    question = asked(targets=("C01",), answer=answer)
    bench, space = Bench(question), Space.of(question, ("C01",), forms_of(forms))
    sizes = [np.linspace(0.0, most, 16) for most in space.most]
    worth = bench.worth(space, [np.array(x) for x in product(*sizes)])
    span = -worth.sender.min()
    costs = [part * span for part in (0.02, 0.1, 0.3)]
    best = found(question, forms, ("C01",), *(aims.hardest([0], cost) for cost in costs))
    for cost, design in zip(costs, best, strict=True):
        kept = worth.sender >= -cost
        if not kept.any():
            assert design is None
            continue
        assert design is not None
        assert design.gain >= -cost
        assert design.loss >= worth.targets[kept, 0].max() - 3e-4 * span


@pytest.mark.parametrize("answer", [0.0, 0.25])
def test_never_below_a_grid_against_two_targets_together(answer):
    both = ("C01", "C02")
    question = asked(targets=both, answer=answer)
    bench, space = Bench(question), Space.of(question, both, forms_of(["tariff"]))
    grid = [np.array(x) for x in product(np.linspace(0.05, 1.5, 16), repeat=2)]
    worth = bench.worth(space, grid)
    costs = [-worth.sender.max() + part * np.ptp(worth.sender) for part in (0.05, 0.3, 0.8)]
    best = found(question, ["tariff"], both, *(aims.hardest([0, 1], cost) for cost in costs))
    span = float(np.abs(worth.rows).max())
    for cost, design in zip(costs, best, strict=True):
        assert design is not None
        assert design.gain >= -cost
        inside = worth.targets[worth.sender >= -cost].sum(axis=1)
        assert design.loss >= inside.max() - 3e-4 * span


def test_never_below_a_grid_of_the_shipped_world():
    duty = Tariff("USA", "target", "goods", 0.25, "add")
    rule = Rule("USA", then=duty, named="IND", demand=Demand("stop"))
    question = pose(WORLD, rule, horizon="short")
    forms = ("tariff", "export-ban")
    bench, space = Bench(question), Space.of(question, ("IND",), forms_of(forms))
    grid = [np.array(x) for x in product(np.linspace(0, 1.5, 11), np.linspace(0, 1, 11))]
    worth = bench.worth(space, grid)
    wanted = [aims.hardest([0], cost) for cost in (0.0, 5.0, 15.0)]
    wanted.append(aims.cheapest([0], 20.0))
    *hardest, cheapest = found(question, forms, ("IND",), *wanted)
    for cost, design in zip((0.0, 5.0, 15.0), hardest, strict=True):
        assert design is not None
        assert design.loss >= worth.targets[worth.sender >= -cost, 0].max() - 0.01
    assert cheapest is not None
    assert cheapest.gain >= worth.sender[worth.targets[:, 0] >= 20.0].max() - 0.01


def test_a_search_does_not_stay_in_one_branch_of_forms():
    """A tax on exports bites harder on India for the money than the ban that a climb may end in."""
    duty = Tariff("USA", "target", "goods", 0.25, "add")
    question = pose(
        WORLD, Rule("USA", then=duty, named="IND", demand=Demand("stop")), horizon="short"
    )
    space = Space.of(question, ("IND",), forms_of())
    assert sorted(map(tuple, space.branches)) == [
        (0, 1, 0, 1), (0, 1, 1, 0), (1, 0, 0, 1), (1, 0, 1, 0)
    ]  # fmt: skip
    taxed = Bench(question).worth(space, [np.array([0.6, 0.0, 1.3, 0.0])])
    (best,) = found(question, ALL, ("IND",), aims.hardest([0], -float(taxed.sender[0])))
    assert best is not None
    assert best.loss >= taxed.targets[0, 0]


def test_no_row_of_a_frontier_is_behind_another_that_is_printed():
    """In its place stands the other; what is as good as another is printed once."""
    space = Space.of(asked(), ("C01",), forms_of(["tariff"]))
    low, behind, high, other = (
        Design(space, np.array([0.1]), gain, {"C01": loss})
        for gain, loss in ((1.0, 1.0), (-2.0, 3.0), (-5.0, 6.0), (-1.5, 3.5))
    )
    assert _plain([low, behind, None, high], [other]) == [low, other, high]
    assert _plain([low, behind, behind]) == [low, behind]


def test_what_is_hardly_used_is_tried_without():
    """Levers at a tenth of a percent are left out, and the rest is searched again."""
    question = asked(targets=("C01",))
    own = designer(question, ["tariff", "export-ban"])
    (model,) = own.models([(("C01",), False)])

    class Dusty(Task):
        @property
        def answer(self):
            return np.array([0.3, 0.001])

    bare = Dusty(model, aims.cheapest([0], 0.0)).barer()
    assert bare
    assert all(design[1] == 0.0 for design in bare)


def test_a_threat_that_no_design_matches_is_not_called_on_the_frontier():
    threat = Made("cut", "cut-off", ("C01",), False, -3.0, {"C01": 9.0}, Policy(()))
    alone = Beside(threat, None, None)
    assert not alone.on
    assert not alone.inside
    assert math.isnan(alone.saved)


# -- what a design is worth


@pytest.mark.parametrize("answer", [0.0, 0.25])
def test_a_design_solved_again_is_what_is_printed(answer):
    question = asked(answer=answer)
    (design,) = found(question, ALL, ("C01", "C02"), aims.hardest([0, 1], 0.5))
    assert design is not None
    economy = question.economy
    policy = design.space.policy(np.round(design.sizes, 4))
    after = solve(economy, policy, horizon="long").welfare.usd
    own = [economy.country(code) for code in ("C00", "C01", "C02")]
    assert after[own[0]] == pytest.approx(design.gain, abs=1e-9)
    for target, place in zip(("C01", "C02"), own[1:], strict=True):
        assert -after[place] == pytest.approx(design.losses[target], abs=1e-9)


def test_an_answer_costs_the_sender():
    plain, answered = asked(), asked(answer=0.25)
    for sizes in ([0.2, 0.0, 0.1, 0.0], [0.0, 0.3, 0.0, 0.2]):
        gains = []
        for question in (plain, answered):
            space = Space.of(question, ("C01",), forms_of())
            gains.append(Bench(question).worth(space, [np.array(sizes)]).sender[0])
        assert gains[1] < gains[0]


def test_who_is_not_hit_at_all_does_not_answer():
    """So in a space with answers everybody is hit by the least there is."""
    space = Space.of(asked(answer=0.25), ("C01", "C02"), forms_of())
    plain = space.plain(np.array([0.0, 0.0, 0.0, 0.0, 0.0, 0.1, 0.0, 0.0]))
    assert plain[0] == POINT
    assert plain[4:].tolist() == [0.0, 0.1, 0.0, 0.0]


def test_nothing_is_taxed_where_nothing_is_left():
    space = Space.of(asked(), ("C01",), forms_of())
    assert space.plain(np.array([0.5, 1.0, 0.5, 0.9])).tolist() == [0.0, 1.0, 0.5, 0.9]
    assert space.policy(np.array([0.5, 1.0, 0.5, 1.0])).describe().count("cuts off") == 1


def test_more_forms_and_more_money_never_bite_less():
    question = asked(targets=("C01",))
    costs = [0.1, 0.4, 1.6]
    wanted = [aims.hardest([0], cost) for cost in costs]
    few, more, every = (
        [d.loss for d in found(question, forms, ("C01",), *wanted) if d is not None]
        for forms in (("tariff",), ("tariff", "export-ban"), ALL)
    )
    assert few == sorted(few)
    assert len(few) == len(more) == len(every)
    for less, middle, most in zip(few, more, every, strict=True):
        assert less <= middle * 1.001 + 1e-3
        assert middle <= most * 1.001 + 1e-3


# -- belief


def test_belief_is_the_record_where_carrying_out_costs_nothing():
    belief = Belief(0.66, 1.0, 37.0)
    assert float(belief(0.0)) == pytest.approx(0.66)
    assert float(belief(-37.0)) == pytest.approx(1 / (1 + math.exp(-math.log(0.66 / 0.34) + 1)))


def test_every_answer_is_given_over_the_range_of_s():
    scales = [belief.scale for belief in beliefs_at(type_priors("USA"))]
    assert len(scales) == len(QUANTILES)
    assert scales[1] == pytest.approx(math.sqrt(5 * 280))
    fixed = dict(type_priors("USA"))
    fixed["s"] = fixed["s"].given(40.0)
    assert [belief.scale for belief in beliefs_at(fixed)] == [40.0]


# -- the model of worlds


def test_a_surface_goes_through_its_points_and_its_slopes_are_right():
    rng = np.random.default_rng(0)
    for levers, count in ((1, 12), (2, 30), (3, 60), (4, 20), (4, 6)):
        at = samples(levers, count)
        values = np.column_stack([np.sin(at.sum(axis=1)), (at**2).sum(axis=1)])
        surface = Surface.through(at, values)
        assert surface(at) == pytest.approx(values, abs=1e-6)
        x = rng.uniform(size=levers)
        value, slopes = surface.look(x)
        step = 1e-6 * np.eye(levers)
        assert value == pytest.approx(surface(x[None])[0], abs=1e-9)
        assert slopes == pytest.approx((surface(x + step) - surface(x - step)).T / 2e-6, abs=1e-5)


# -- the law


def test_the_shipped_table_bars_export_taxes_of_the_united_states():
    known = {each.form: each for each in standings(WORLD, ["USA"], forms_of())}
    assert known["export-tax"].lawful == NO
    assert "Art. I, sec. 9, cl. 5" in known["export-tax"].source
    kept = lawful(forms_of(), known.values())
    assert [form.name for form in kept] == ["tariff", "import-ban", "export-ban"]


def test_a_court_is_not_known_before_it_ruled():
    day = load_situation("ukraine-2025-03-31").date
    before, after = (standings(WORLD, ["USA"], forms_of(["tariff"]), d)[0] for d in (day, None))
    assert "Court" not in before.source
    assert "Supreme Court, 20 February 2026" in after.source


def test_a_customs_union_decides_for_its_members_and_a_file_goes_before_the_table():
    (one,) = standings(WORLD, ["DEU", "FRA"], forms_of(["tariff"]))
    assert (one.sender, one.lawful) == ("EU", YES)
    (one,) = standings(WORLD, ["IND"], forms_of(["tariff"]))
    assert one.lawful == UNKNOWN
    own = [Standing("IND", "tariff", YES, "a law")]
    (one,) = standings(WORLD, ["IND"], forms_of(["tariff"]), None, own)
    assert (one.lawful, one.source) == (YES, "a law")


def test_nothing_lawful_is_said_with_what_is_known():
    forms = forms_of(["export-tax"])
    with pytest.raises(PolicyError, match=r"nothing lawful can be threatened.*cl\. 5"):
        lawful(forms, standings(WORLD, ["USA"], forms))
    with pytest.raises(PolicyError, match="not on record"):
        lawful(forms, standings(WORLD, ["IND"], forms))


# -- a situation


@pytest.fixture(scope="module")
def ukraine():
    situation = load_situation("ukraine-2025-03-31")
    return situation, on_day(WORLD, situation.date)


def test_the_threats_made_stand_beside_the_designs(ukraine):
    situation, economy = ukraine
    how = {"targets": ["IND"], "forms": ["tariff", "export-ban"], "answer": 0.25}
    designed = design_threat(situation, economy, **how)
    beside = designed.designs.beside
    assert {(b.made.name, b.made.answered) for b in beside} == {
        (name, answered) for name in ("oil-tariff", "oil-cutoff") for answered in (False, True)
    }
    for each in beside:
        assert each.cheaper is None or each.cheaper.loss >= each.made.loss
        if each.better is not None:
            assert each.better.gain > each.made.gain
            assert each.better.loss > each.made.loss
    for each in designed.designs.yielding:
        if each.design is not None:
            cost = each.costs["IND"]
            assert each.believed * each.design.losses["IND"] >= cost
    assert [y.belief.scale for y in designed.designs.yielding] == pytest.approx(
        [5 * 56**0.05, math.sqrt(5 * 280), 5 * 56**0.95]
    )


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"senders": ["USB"]}, "unknown sender 'USB'.*'USA'"),
        ({"senders": ["USA"], "targets": ["USA"]}, "USA"),
        ({"targets": ["INDI"]}, "INDI"),
        ({"answer": -0.1}, "answer of -10 % is out of range"),
        ({"answer": 11.0}, "out of range"),
        ({"forms": ["tarif"]}, "did you mean 'tariff'"),
        ({"targets": "INDI"}, "INDI"),
        ({"forms": "tarif"}, "did you mean 'tariff'"),
        ({"threat": "oil-cutof"}, "did you mean 'oil-cutoff'"),
        ({"forms": ["export-tax"], "only_lawful": True}, "nothing lawful"),
    ],
)
def test_what_cannot_be_asked_is_refused(ukraine, how, words):
    situation, economy = ukraine
    with pytest.raises(PolicyError, match=words):
        design_threat(situation, economy, **how)


def test_a_demand_without_a_cost_is_said_to_have_none():
    situation = load_situation("brazil-2025-07-09")
    economy = on_day(WORLD, situation.date)
    designed = design_threat(situation, economy, forms="tariff")
    assert all("nobody says" in each.reason for each in designed.designs.yielding)
    assert designed.designs.frontiers[0].designs
    assert tables.yielding(designed.designs, str) is None
    assert tables.unasked(designed.designs, lambda _: "Brazil") == [
        "No threat that makes Brazil give in is looked for: nobody says what giving in costs it."
    ]


def test_who_could_join_in_nothing_lawful_is_left_out(ukraine):
    situation, economy = ukraine
    how = {"targets": "IND", "forms": "tariff", "only_lawful": True, "join": "JPN"}
    designed = design_threat(situation, economy, **how)
    assert designed.barred == ["JPN"]
    assert [each.joins for each in designed.coalitions] == [()]
    assert [each.sender for each in designed.standings] == ["USA", "JPN"]
    table = tables.coalition(designed.coalitions, lambda _: "Japan", designed.barred)
    assert "Left out is Japan" in table.note


def test_a_policy_of_a_design_can_be_typed(ukraine):
    """Its instruments are those of the house."""
    space = Space.of(asked(), ("C01",), forms_of())
    policy = space.policy(np.array([0.25, 0.0, 0.0, 0.3]))
    assert isinstance(policy, Policy)
    assert policy.describe() == (
        "C00 adds 25 points to the tariff on all from C01; C00 bans exports of all to C01 with "
        "30 % enforcement"
    )


def test_who_does_not_trade_what_could_be_hit_is_left_out_or_refused():
    economy = toy()
    cut = economy.trade.copy()
    at = [economy.country(code) for code in ("C00", "C01")]
    cut[at[1], at[0]] = 0.0  # the sender sells nothing there
    question = replace(asked(), economy=replace(economy, trade=cut))
    bans = forms_of(["export-ban"])
    assert families(question, forms_of()) == (("C01",), ("C02",), ("C01", "C02"))
    assert families(question, bans) == (("C02",),)
    with pytest.raises(PolicyError, match="C00 and C01 do not trade what export ban could hit"):
        families(asked(question.economy, ("C01",)), bans)
