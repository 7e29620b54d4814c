"""Evasion: what re-routing leaves of a punishment, and who could carry it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from threatpoint.equilibrium import solve
from threatpoint.errors import PolicyError
from threatpoint.policy import Action, CutOff, ExportBan, ExportTax, Rule, Tariff
from threatpoint.policy.standing import on_day
from threatpoint.strategy import pose
from threatpoint.strategy.carriers import carrier_rows, carriers
from threatpoint.strategy.evasion import COST, SHARE, evaded, evasion_rows
from threatpoint.strategy.results import target_rows
from threatpoint.strategy.threat import sketch
from threatpoint.world import load_world

OIL = Action(("crude", "refined"), "RUS")
DUTY = Tariff("USA", "target", rate=0.25, mode="add")
CUT = CutOff("USA", "target")


def rule(*then, named=("CHN", "IND")):
    return Rule("USA", OIL, then, named)


@pytest.fixture(scope="module")
def world():
    return on_day(load_world(), "2025-03-31")


@pytest.fixture(scope="module", params=[DUTY, CUT], ids=["tariff", "cut-off"])
def threat(request, world):
    return sketch(pose(world, rule(request.param), horizon="short"))


def test_a_share_escapes_and_bears_the_cost():
    duty, cut = evaded(rule(DUTY, CUT), 0.2, 0.1).templates
    assert (duty.enforcement, duty.evasion_cost) == (0.8, pytest.approx(0.1))
    assert (cut.enforcement, cut.evasion_cost) == (0.8, pytest.approx(0.1))


def test_what_escaped_already_keeps_its_cost():
    leaky = CutOff("USA", "target", enforcement=0.5, evasion_cost=0.3)
    (cut,) = evaded(rule(leaky), 0.5, 0.1).templates
    assert cut.enforcement == 0.25
    assert cut.evasion_cost == pytest.approx((0.5 * 0.3 + 0.25 * 0.1) / 0.75)


def test_nothing_is_rerouted_where_it_costs_as_much_as_the_tariff():
    assert evaded(rule(DUTY), 0.3, 0.25).templates == (DUTY,)
    assert evaded(rule(DUTY), 0.0, 0.1) == rule(DUTY)


def test_what_cannot_be_evaded_is_refused():
    tax = Rule("USA", OIL, ExportTax("USA", "target", rate=0.1), ("CHN",))
    with pytest.raises(PolicyError, match="nothing that is done to the targets can be evaded"):
        evaded(tax)
    with pytest.raises(PolicyError, match="share that is re-routed 15 is outside 0 to 1"):
        evaded(rule(DUTY), 15)
    with pytest.raises(PolicyError, match="cost of re-routing -10 % is below 0"):
        evaded(rule(DUTY), 0.15, -0.1)


def test_the_bite_falls_with_what_is_rerouted(threat):
    rows = evasion_rows(threat)
    assert {row["status"] for row in rows} == {"found"}
    for target in threat.game.targets:
        own = [row for row in rows if row["target"] == target]
        assert [row["rerouted_percent"] for row in own] == [0.0, 2.0, 15.0, 50.0]
        bites = [row["bite_usd_bn"] for row in own]
        assert bites == sorted(bites, reverse=True)
        i = threat.game.position(target)
        hit = "".join("P" if k == i else "D" for k in range(2))
        assert bites[0] == pytest.approx(-threat.game.payoff(hit).targets[i], abs=1e-6)
        assert own[0]["bite_lost_percent"] == 0


@settings(max_examples=8, deadline=None)
@given(st.floats(0.01, 0.9), st.floats(0.0, 0.24), st.sampled_from(["CHN", "IND"]))
def test_the_bite_never_rises_with_what_is_rerouted(share, cost, target):
    here = load_world()
    bites = []
    for each in (0.0, share / 2, share):
        policy = evaded(rule(DUTY), each, cost).policy(here, {"CHN": target == "CHN",
                                                              "IND": target == "IND"})  # fmt: skip
        found = solve(here, policy, horizon="long")
        bites.append(-found.welfare.usd[here.country(target)])
    assert bites[0] >= bites[1] - 1e-6
    assert bites[1] >= bites[2] - 1e-6


def test_a_tariff_that_is_evaded_earns_the_sender_less(world):
    threat = sketch(pose(world, rule(DUTY), horizon="long"))
    lost = [row["tariff_revenue_lost_usd_bn"] for row in evasion_rows(threat)]
    assert lost[:4] == sorted(lost[:4])
    assert lost[0] == 0 < lost[3]


def test_the_priors_are_marked_and_in_range():
    for prior in (SHARE, COST):
        assert prior.prior
        assert prior.source.startswith("prior")
        assert 0 < prior.low < prior.value < prior.high < 1


def test_who_carries_it_buys_more_of_the_target_and_sells_more_to_the_sender(threat):
    rows = carrier_rows(threat, 4)
    for target in threat.game.targets:
        own = [row for row in rows if row["target"] == target]
        room = [row["carries_usd_bn"] for row in own]
        assert room == sorted(room, reverse=True)
        assert len(own) == 4
        assert all(row["main_sector"] != "SVC" for row in own)  # goods alone are punished
        assert not {row["country"] for row in own} & {"USA", target}
    china = [row["country"] for row in rows if row["target"] == "CHN"]
    assert "MEX" in china


def test_carriers_by_hand(world):
    """By sector, the lesser of both rises; nothing of a fall."""
    found = solve(world, rule(DUTY, named=("IND",)).policy(world), horizon="short")
    rise = found.trade - found.baseline_trade
    usa, ind, mex = (world.country(code) for code in ("USA", "IND", "MEX"))
    goods = [world.sector(code) for code in world.goods]
    least = np.minimum(rise[mex, ind, goods], rise[usa, mex, goods])
    row = next(x for x in carriers(found, ["USA"], ["IND"]) if x["country"] == "MEX")
    assert row["carries_usd_bn"] == pytest.approx(np.maximum(least, 0).sum() / 1e3)
    with pytest.raises(PolicyError, match="needs a solution of a labelled economy"):
        carriers(type("Bare", (), {"economy": None})(), ["USA"], ["IND"])


@pytest.mark.parametrize("kind", [CutOff, ExportBan])
def test_at_full_enforcement_there_is_no_cost_of_escaping(kind):
    """The search for the least enforcement asks for all of it first."""
    evaded_ = kind("USA", "CHN", enforcement=0.8, evasion_cost=0.1)
    assert evaded_.at(0.5).evasion_cost == 0.1
    assert evaded_.at(1.0) == kind("USA", "CHN")


def test_a_cut_off_with_a_cost_of_evasion_has_a_least_enforcement(world):
    cut = CutOff("USA", "target", enforcement=0.8, evasion_cost=0.1)
    (row,) = target_rows(sketch(pose(world, rule(cut, named=("IND",)), horizon="short")))
    assert row["minimal_enforcement_status"] == "found"
    assert row["minimal_enforcement_words"].endswith("%")
