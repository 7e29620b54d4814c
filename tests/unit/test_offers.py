"""Offers and bargaining over how much the target stops: by hand, and for February 2026."""

import math
from dataclasses import replace

import numpy as np
import pytest

from threatpoint.errors import PolicyError
from threatpoint.policy import Action, CutOff, Rule, Tariff
from threatpoint.policy.standing import added, eased, on_day
from threatpoint.strategy import Terms, pose
from threatpoint.strategy.agreement import Frontier, falling, least_weight
from threatpoint.strategy.bargain import Bargain, require_weight
from threatpoint.strategy.curve import Curve
from threatpoint.strategy.offer_rows import NASH, OFFERS, bargain_rows, offer_rows
from threatpoint.strategy.offers import bargain, threatened
from threatpoint.strategy.threat import sketch
from threatpoint.world import load_world

FLAT = Curve.through((0.0, 1.0), (0.0, 0.0))
LINE = Curve.through((0.0, 1.0), (0.0, 1.0))


def square(factor=1.0):
    """A factor times x^2."""
    return Curve(np.array([0.0, 1.0]), np.array([[0.0], [factor], [0.0], [0.0]]))


def dollar(loss=FLAT, seller=FLAT, to_sender=FLAT, refusal=(-1.0, 0.0)):
    """One dollar to share: a tariff takes from the target what it gives the sender."""
    return Bargain(loss, to_sender, seller, LINE.times(-1.0), LINE, refusal)


# -- by hand -------------------------------------------------------------------------------------


def test_equals_share_a_dollar_equally():
    found = Frontier(dollar(), 0.0).nash()
    assert (found.target, found.sender) == pytest.approx((0.5, 0.5), abs=1e-6)
    assert found.share == 0.0


def test_who_loses_less_without_an_agreement_gets_more():
    found = Frontier(dollar(refusal=(-1.0, 0.4)), 0.0).nash()
    assert found.rate == pytest.approx(0.7, abs=1e-6)


@pytest.mark.parametrize(("target", "sender"), [(0.5, 0.5), (0.9, 0.9), (0.9, 0.6), (0.3, 0.95)])
def test_alternating_offers_share_it_as_rubinstein_says(target, sender):
    """The one who offers first gets (1 - d of the other) / (1 - product of both)."""
    found = Frontier(dollar(), 0.0).alternating((target, sender))
    assert found.sender == pytest.approx((1 - target) / (1 - target * sender), abs=1e-6)
    assert found.sender + found.target == pytest.approx(1.0, abs=1e-6)


def test_a_pledge_is_worth_what_the_last_part_of_it_costs():
    """B x - x^2 is largest at B / 2; the tariff shares what that earns."""
    deal = dollar(loss=square(), seller=LINE)
    for weight in (0.2, 0.5, 1.0):
        found = Frontier(deal, weight).nash()
        assert found.share == pytest.approx(weight / 2, abs=1e-4)
        assert found.target == pytest.approx((1 + weight**2 / 4) / 2, abs=1e-6)
        assert found.sender == pytest.approx(found.target, abs=1e-6)


@pytest.mark.parametrize("weight", [0.0, 0.3, 1.0])
def test_patient_offers_end_at_nashs_point(weight):
    deal = Frontier(dollar(loss=square(), seller=LINE, refusal=(-1.0, 0.2)), weight)
    nash = deal.nash()
    gaps = []
    for patience in (0.9, 0.99, 0.999):
        found = deal.alternating((patience, patience))
        assert found.sender >= nash.sender - 1e-6  # who offers first has no less
        gaps.append(abs(found.target - nash.target))
    assert gaps[2] < 1e-3
    assert gaps == sorted(gaps, reverse=True)


def test_the_least_b_is_where_the_first_dollar_pays():
    """A pledge costs 0.3 x + x^2 and lowers the seller's revenue by x: from B = 0.3 on."""
    costly = square().tilted(0.3)
    assert least_weight(dollar(loss=costly, seller=LINE)) == pytest.approx(0.31, abs=0.002)
    assert least_weight(dollar(loss=square().tilted(2.0), seller=LINE)) == math.inf
    gives = dollar(loss=costly, seller=LINE, to_sender=LINE)
    assert least_weight(gives) == 0.0  # pays the sender in money


def test_where_nobody_can_gain_there_is_no_agreement():
    nothing = dollar(refusal=(0.0, 1.0))
    assert Frontier(nothing, 0.5).nash() is None
    assert Frontier(nothing, 0.5).alternating((0.9, 0.9)) is None
    assert Frontier(nothing, 0.5).most == pytest.approx(0.0, abs=1e-6)


def test_a_constant_added_to_a_players_payoffs_changes_nothing():
    deal = dollar(loss=square(), seller=LINE, refusal=(-1.0, 0.2))
    lifted = replace(
        deal,
        target=Curve(deal.target.knots, deal.target.pieces + np.eye(4)[:, 3:] * 7.0),
        refusal=(deal.refusal[0] + 7.0, deal.refusal[1]),
    )
    for frontier in (Frontier(deal, 0.5), Frontier(lifted, 0.5)):
        assert frontier.nash().share == pytest.approx(0.25, abs=1e-4)
        assert frontier.nash().target == pytest.approx(Frontier(deal, 0.5).nash().target)
        assert frontier.alternating((0.9, 0.8)).sender == pytest.approx(
            Frontier(deal, 0.5).alternating((0.9, 0.8)).sender, abs=1e-6
        )


def test_a_falling_function_is_halved_to_its_root():
    assert falling(lambda x: 0.3 - x, 0.0, 1.0) == pytest.approx(0.3)
    assert falling(lambda x: 2.0 - x, 0.0, 1.0) == pytest.approx(1.0)


def test_b_and_patience_have_their_ranges():
    for weight in (-0.1, 1.5):
        with pytest.raises(PolicyError, match="it is what a dollar that the seller loses"):
            require_weight(weight)
        with pytest.raises(PolicyError, match="outside 0 to 1"):
            Frontier(dollar(), weight)
    with pytest.raises(PolicyError, match="B is 'much'; give a number"):
        require_weight("much")
    for patience in ((1.0, 0.9), (0.9, 0.0)):
        with pytest.raises(PolicyError, match=r"discount factor \d is outside 0 to 1"):
            Frontier(dollar(), 0.5).alternating(patience)


# -- what was added to the tariffs can be taken off ------------------------------------------------

OIL = Action(("crude", "refined"), "RUS")
DUTY = Tariff("USA", "target", rate=0.25, mode="add")
ORDER = Rule("USA", OIL, DUTY, ("IND",))


def test_what_was_added_is_taken_off_and_never_more():
    here, item = on_day(load_world(), "2026-02-06"), Tariff("USA", "IND", rate=0.1, mode="add")
    points = added(here, item)
    assert points == pytest.approx(0.329934)
    half, all_of_it = (eased(here, item, x).tariff for x in (0.1, 0.9))
    np.testing.assert_array_equal(all_of_it[item.cells(here)], here.tariff[item.cells(here)])
    taken = (here.tariff_in_force - half)[item.cells(here)]
    assert set(np.round(np.unique(taken), 12)) == {0.0, 0.1}  # nothing was added to fuels
    np.testing.assert_array_equal(half[~item.cells(here)], here.tariff_in_force[~item.cells(here)])


def test_without_a_day_nothing_was_added():
    bare = load_world()
    assert added(bare, Tariff("USA", "IND", rate=0.1, mode="add")) == 0.0


# -- February 2026 ---------------------------------------------------------------------------------
# India: 50 points stood in all, 25 of them for its oil; cut to 18 on its pledge to stop. The table
# of the day has 33 points on its goods, as some were exempt: the cut is by the same part of these.

CUT = 0.329934 * (50 - 18) / 50


@pytest.fixture(scope="module", params=["short", "long"])
def february(request):
    day = on_day(load_world(), "2026-02-06")
    return sketch(pose(day, ORDER, horizon=request.param))


@pytest.fixture(scope="module")
def deal(february):
    return bargain(february, "IND", in_force=True)


def test_february_2026_money_and_the_pledge(february, deal):
    rows = {row["part"]: row for row in offer_rows(february, "IND", CUT, in_force=True, found=deal)}
    cut, pledge, both = (rows[part] for part in ("tariff cut", "pledge", "both"))
    assert cut["cut_points"] == pytest.approx(21.1, abs=0.05)
    assert cut["target_gain_usd_bn"] > 4
    assert pledge["target_gain_usd_bn"] == pytest.approx(-deal.loss(1.0))
    assert pledge["explained_by"] == "B"
    assert 0.25 < pledge["pays_both_from_b"] < 0.5
    assert pledge["pays_sender_from_b"] < 0.1
    for key in ("target_gain_usd_bn", "sender_gain_usd_bn"):
        assert both[key] == pytest.approx(cut[key] + pledge[key])
    paid = cut["explained_by"] == "money"
    assert paid == (cut["sender_gain_usd_bn"] >= 0)


def test_february_2026_the_bargain_by_b(february, deal):
    rows = bargain_rows(february, "IND", in_force=True, found=deal)
    assert [row["concept"] for row in rows] == [NASH] * 4
    assert all(row["status"] == "found" for row in rows)
    stops = [row["stops_percent"] for row in rows]
    assert stops[0] < 20 < 60 < stops[1] < stops[2]
    assert all(-33.0 <= row["added_points"] <= 0.0 for row in rows)
    assert all(row["target_gain_usd_bn"] > 0 < row["sender_gain_with_b_usd_bn"] for row in rows)
    assert 0.03 < rows[0]["pledge_from_b"] < 0.12


@pytest.mark.parametrize("horizon", ["short", "long"])
def test_counted_as_points_on_all_goods_money_explains_the_cut(horizon):
    """50 points on everything, cut to 18: both gain; no exemption is counted."""
    rule = Rule("USA", OIL, replace(DUTY, rate=0.5), ("IND",))
    threat = sketch(pose(on_day(load_world(), "2025-03-30"), rule, horizon=horizon))
    cut, pledge, _ = offer_rows(threat, "IND", 0.32)
    assert cut["explained_by"] == "money"
    assert cut["sender_gain_usd_bn"] > 2 < cut["target_gain_usd_bn"]
    assert pledge["explained_by"] == "B"


def test_patience_adds_rows_of_alternating_offers(february, deal):
    rows = bargain_rows(february, "IND", [0.5], patience=(0.999, 0.999), found=deal)
    nash, offers = rows
    assert offers["concept"] == OFFERS
    assert offers["sender_gain_with_b_usd_bn"] == pytest.approx(
        nash["sender_gain_with_b_usd_bn"], abs=0.02
    )


def test_the_curve_of_the_tariff_agrees_with_the_threat_carried_out(february):
    found = bargain(february, "IND")
    assert found.rates == pytest.approx((-0.329934, 0.25))
    assert found.target(0.25) == pytest.approx(found.refusal[0], abs=1e-6)
    assert found.sender(0.25) == pytest.approx(found.refusal[1], abs=1e-6)
    assert found.target(0.0) == pytest.approx(0.0, abs=1e-9)
    rally = bargain(february.with_terms(Terms(psi=2.0)), "IND")
    assert rally.refusal[0] == pytest.approx(found.refusal[0] + 2.0)


def test_bad_offers_get_one_message_each(february, deal):
    with pytest.raises(PolicyError, match="the offer is above the threat: a cut of -5 points"):
        offer_rows(february, "IND", -0.05, found=deal)
    with pytest.raises(PolicyError, match="a cut of 40 points cannot be offered: only 33"):
        offer_rows(february, "IND", 0.4, found=deal)
    with pytest.raises(PolicyError, match="pledge 100 is outside 0 to 1; write 1 for 100 %"):
        offer_rows(february, "IND", 0.1, 100, found=deal)
    with pytest.raises(PolicyError, match="unknown target 'INDIA'"):
        offer_rows(february, "INDIA", 0.1)
    with pytest.raises(PolicyError, match="unknown target 'CHN'"):
        bargain_rows(february, "CHN")
    with pytest.raises(PolicyError, match="B 2 is outside 0 to 1"):
        bargain_rows(february, "IND", [2.0], found=deal)
    with pytest.raises(PolicyError, match=r"a least tariff of -50 points cannot be agreed on"):
        bargain(february, "IND", least=-0.5)
    with pytest.raises(PolicyError, match="there is no tariff to bargain over"):
        bargain(february, "IND", least=0.0, in_force=True)


def test_of_a_cut_off_it_is_the_tariffs_of_the_day_that_are_bargained_over():
    rule = Rule("USA", OIL, CutOff("USA", "target"), ("CHN",))
    threat = sketch(pose(on_day(load_world(), "2025-03-31"), rule, horizon="short"))
    assert threatened(threat.question) == 0.0
    found = bargain(threat, "CHN")
    assert found.rates == pytest.approx((-0.202937, 0.0))
    assert found.refusal[0] < -100
    rows = offer_rows(threat, "CHN", 0.0, 0.5, found=found)
    assert rows[0]["target_gain_usd_bn"] == pytest.approx(-found.refusal[0])
