"""An offer on record in the world of its day: a cut of all tariffs counts in proportion."""

from dataclasses import replace
from decimal import Decimal

import pytest

from threatpoint.analysis.bargains import offered
from threatpoint.policy.standing import on_day
from threatpoint.situation import load_situation
from threatpoint.world import load_world

SITUATION = load_situation("ukraine-2025-03-31")
(NAME,) = SITUATION.offers
WORLD = on_day(load_world(), SITUATION.date)


def cuts(**points):
    """Part of the offer -> the tariff cut in points, with some of the offer's figures changed."""
    found = SITUATION.offers[NAME]
    changes = {key: figure(found, key, value) for key, value in points.items()}
    stated = replace(SITUATION, offers={NAME: found.model_copy(update=changes)})
    return {row["part"]: row["cut_points"] for row in offered(stated, WORLD, "short", "fixed")}


def figure(offer, key, value):
    """A figure of the offer with another number; none for None."""
    return value and getattr(offer, key).model_copy(update={"value": Decimal(value)})


@pytest.fixture(scope="module")
def stated():
    """The cut as the file has it: 32 of 50 points, some goods exempt from all of them."""
    return cuts()


def test_a_cut_counts_in_proportion_where_goods_are_exempt(stated):
    whole = stated["tariff cut"] / 0.64
    assert 0 < whole < 50
    assert cuts(cut=25)["tariff cut"] == pytest.approx(0.5 * whole)
    assert cuts(of=64)["tariff cut"] == pytest.approx(0.5 * whole)


def test_without_a_whole_every_good_bears_the_cut_in_full():
    assert cuts(of=None, cut=20)["both"] == pytest.approx(20)


def test_parts_of_the_offer_have_the_cut_or_not(stated):
    assert stated["pledge"] == 0
    assert stated["both"] == stated["tariff cut"]


def test_money_does_not_explain_the_pledge_and_hardly_the_cut():
    """February 2026 as docs/threat-game.md has it."""
    rows = {row["part"]: row for row in offered(SITUATION, WORLD, "short", "fixed")}
    cut, pledge, both = (rows[part] for part in ("tariff cut", "pledge", "both"))
    gain, cost = cut["target_gain_usd_bn"], -cut["sender_gain_usd_bn"]
    assert 0 < cost < 0.2 * gain
    assert gain < -pledge["target_gain_usd_bn"]
    assert both["explained_by"] == "neither"
    assert pledge["pays_sender_from_b"] < 0.1 < pledge["pays_both_from_b"] < 0.5
