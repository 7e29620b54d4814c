"""Political terms given to an analysis are those of its games and options."""

from __future__ import annotations

from dataclasses import replace

import pytest

import threatpoint as tp
from tests.golden_worlds import golden_world
from threatpoint.analysis import analyse, situation_of

WORLD = golden_world(4)


def test_backing_down_that_costs_makes_punishing_worth_so_much_more():
    duty = tp.Tariff("USA", "target", "ELEC", rate=0.25, mode="add")
    rule = tp.Rule("USA", when=tp.Action("ELEC", "CHN"), then=duty, named="IND")
    base = situation_of(tp.Policy(tp.Tariff("USA", "IND", "ELEC", rate=0.25)), WORLD)
    situation = replace(base, threats={base.main: rule}, command="")
    plain, dear = (analyse(situation, WORLD, terms=t) for t in (None, tp.Terms(kappa={"IND": 20})))
    gains = [found.options[0].gain("IND").value for found in (plain, dear)]
    assert gains[1] - gains[0] == pytest.approx(20)
    assert dear.games["short"].game.terms.value("kappa", "IND") == 20
