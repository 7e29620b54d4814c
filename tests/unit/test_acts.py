"""Acts on the market of a good: what each instrument hands over, and what it refuses."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest

from tests.situations.small_world import COUNTRIES, small_world
from tests.unit.markets import oil_world, quantity
from threatpoint.errors import PolicyError
from threatpoint.oil.regime import touches_market
from threatpoint.policy import (
    Action,
    CutOff,
    CutOutput,
    ExportBan,
    ListShips,
    Measure,
    MoveCap,
    Policy,
    PriceCap,
    Quota,
    ReleaseSpare,
    Rule,
    SanctionProducers,
    StopBuying,
    Tariff,
    TradeCost,
)
from threatpoint.policy.acts import (
    CapAct,
    CapInForceAct,
    OutputAct,
    ProducersAct,
    QuotaAct,
    ShipsAct,
    SpareAct,
)
from threatpoint.policy.aim import sent_by
from threatpoint.policy.idle import require_retaliation

WORLD = oil_world()
EU = ("DEU", "HUN", "REU")
OTHERS = tuple(code for code in COUNTRIES if code != "RUS")
CAP = PriceCap("RUS", "WORLD", "crude", 48)
MOVE, LIFT = MoveCap("RUS", "crude", 50), MoveCap("RUS", "crude", None)
SHIPS, FIRMS = ListShips("RUS", "crude", 0.2), SanctionProducers("RUS", "crude", 0.5)
CUT, RELEASE = CutOutput("RUS", "crude", 1), ReleaseSpare("NOR", "crude", 0.5)
HALF = Quota(("IND", "EU"), "RUS", "crude", 0.5)
EACH = (CAP, MOVE, SHIPS, FIRMS, CUT, RELEASE)


def wedges(*items, economy=WORLD):
    return Policy(items).wedges(economy)


@pytest.mark.parametrize(
    ("item", "act"),
    [
        (CAP, CapAct("crude", ("RUS",), OTHERS, 48)),
        (
            PriceCap("Russia", ("EU", "IND"), "crude", 60, 0.7, 10),
            CapAct("crude", ("RUS",), ("IND", *EU), 60, 0.7, 10),
        ),
        (MOVE, CapInForceAct("crude", ("RUS",), 50)),
        (LIFT, CapInForceAct("crude", ("RUS",), None)),
        (SHIPS, ShipsAct("crude", ("RUS",), 0.2)),
        (ListShips("WORLD", "crude", 1), ShipsAct("crude", ("RUS",), 1)),
        (FIRMS, ProducersAct("crude", ("RUS",), 0.5)),
        (HALF, QuotaAct("crude", ("RUS",), ("IND", *EU), 0.5, "buyer")),
        (
            Quota("WORLD", "RUS", "crude", 0.5, "exporter"),
            QuotaAct("crude", ("RUS",), OTHERS, 0.5, "seller"),
        ),
        (CUT, OutputAct("crude", ("RUS",), 1)),
        (CutOutput("WORLD", "crude", 2), OutputAct("crude", ("RUS", "NOR"), 2)),
        (RELEASE, SpareAct("crude", ("NOR",), 0.5)),
        (ReleaseSpare("WORLD", "crude", 1), SpareAct("crude", ("NOR",), 1)),
    ],
)
def test_what_each_hands_over(item, act):
    found = wedges(item)
    assert found.acts == (act,)
    ((words, cells),) = found.causes
    assert words == item.describe()
    sellers = {COUNTRIES[i] for i in np.flatnonzero(cells.any(axis=(0, 2)))}
    assert sellers == {*getattr(act, "sellers", getattr(act, "producers", ()))}
    assert not cells[:, :, 1:].any()
    assert not cells.diagonal().any()
    assert (WORLD.trade[cells] > 0).all()
    assert touches_market(WORLD, found)


@pytest.mark.parametrize("item", [*EACH, HALF])
def test_nothing_else_changes(item):
    found, none = wedges(item), Policy().wedges(WORLD)
    for name in ("tariff", "survival", "export_tax", "cost", "evading", "evasion_cost"):
        assert np.array_equal(getattr(found, name), getattr(none, name))
    assert not found.touched(WORLD.tariff).size
    assert found.volume_limits == none.volume_limits == none.acts == ()
    assert found.kept == {}


def test_acts_add_up_in_any_order_and_the_same_is_done_once():
    items = (CAP, LIFT, SHIPS, FIRMS, RELEASE)
    found = {wedges(*order).acts for order in permutations(items)}
    assert len(found) == 1
    assert len(*found) == 5
    assert wedges(*items, *items).acts == wedges(*items).acts
    assert wedges(StopBuying("CHN", "RUS", "crude"), CAP).kept["crude"].min() == 0


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (CAP, "the price of crude from RUS to WORLD is capped at 48 USD/bbl"),
        (
            PriceCap("RUS", "EU", "crude", 60, 0.7, 10),
            "the price of crude from RUS to EU is capped at 60 USD/bbl on 70 % of the volume; the "
            "rest costs 10 USD/bbl",
        ),
        (MOVE, "the price cap in force on crude from RUS is moved to 50 USD/bbl"),
        (LIFT, "the price cap in force on crude from RUS is lifted"),
        (SHIPS, "20 % of the own fleet that carries crude from RUS is listed"),
        (FIRMS, "firms with 50 % of the exports of crude from RUS are sanctioned"),
        (CUT, "RUS cuts output of crude by 1 mb/d"),
        (
            CutOutput(("RUS", "NOR"), "crude", 1.5),
            "RUS and NOR together cut output of crude by 1.5 mb/d",
        ),
        (RELEASE, "NOR releases 50 % of idle capacity of crude"),
        (
            Quota("IND", "RUS", "crude", 0.5),
            "a quota holds each flow of crude from RUS to IND at 50 % of its baseline volume, "
            "rent to the importer",
        ),
    ],
)
def test_in_words(item, words):
    assert item.describe() == words


NAN = math.nan


@pytest.mark.parametrize(
    ("make", "parts"),
    [
        (lambda: PriceCap("RUS", "EU", "crude", 0), ("price cap 0 USD/bbl must be above 0",)),
        (lambda: PriceCap("RUS", "EU", "crude", NAN), ("missing or not finite",)),
        (lambda: PriceCap("RUS", "EU", "crude", 60, served=70), ("served share 70 is outside",)),
        (lambda: PriceCap("RUS", "EU", "crude", 60, evasion_cost=-1), ("is below 0",)),
        (lambda: PriceCap("RUS", "EU", ("crude", "gas"), 60), ("one good, not on crude and gas",)),
        (lambda: MoveCap("RUS", "crude", -5), ("must be above 0",)),
        (lambda: MoveCap("RUS", "crude", "lifted"), ("is 'lifted'; give a number",)),
        (lambda: ListShips("RUS", "crude", 20), ("share of the fleet 20 is outside", "0.2")),
        (lambda: ListShips("RUS", ("crude", "gas"), 0.2), ("listing of ships: on one good",)),
        (lambda: SanctionProducers("RUS", "crude", -0.1), ("share of the exports -0.1",)),
        (lambda: CutOutput("SAU", "crude", 0), ("output cut 0 mb/d must be above 0",)),
        (lambda: CutOutput("SAU", "crude", math.inf), ("not finite",)),
        (lambda: ReleaseSpare("SAU", "crude", None), ("share of idle capacity is None",)),
        (lambda: ReleaseSpare((), "crude", 1), ("producers", "nothing is given")),
    ],
)
def test_bad_values_are_refused_when_made(make, parts):
    with pytest.raises(PolicyError) as caught:
        make()
    for part in parts:
        assert part in str(caught.value)


GONE = StopBuying("WORLD", "RUS", "crude")


@pytest.mark.parametrize(
    ("items", "parts"),
    [
        ([PriceCap("RUS", "EU", "crud", 60)], ("market 'crud'", "did you mean 'crude'")),
        ([PriceCap("RUS", "USA", "crude", 60)], ("hits nothing", "no such flow of crude")),
        ([PriceCap(("RUS", "NOR"), "WORLD", "crude", 60)], ("hits nothing of NOR",)),
        ([PriceCap("RUS", "EU", "crude", 60, unit="USD/t")], ("prices of crude are in USD/bbl",)),
        ([ListShips("NOR", "crude", 0.2)], ("hits nothing of NOR", "no such flow of crude")),
        ([ListShips("EU", "crude", 0.2)], ("listed: hits nothing, the table knows of no such",)),
        ([ListShips("others", "crude", 0.2)], ("'others' has no meaning", "no other side")),
        ([ListShips("target", "crude", 0.2)], ("'target' has a meaning only inside a rule",)),
        ([ListShips("RUS", "crude", 0)], ("hits nothing; leave it out",)),
        ([SanctionProducers("RUS", "crude", 0)], ("hits nothing; leave it out",)),
        ([SanctionProducers("RUSS", "crude", 1)], ("unknown country or group 'RUSS'",)),
        (
            [CutOutput("CHN", "crude", 1)],
            ("hits nothing of CHN", "no such output; known: RUS, NOR"),
        ),
        ([CutOutput("EU", "crude", 1)], ("hits nothing, the market of crude",)),
        ([CutOutput("NOR", "crude", 8)], ("output is 8 mb/d; cut less than that",)),
        ([CutOutput("NOR", "crude", 1, unit="Mt")], ("volumes of crude are in mb/d",)),
        ([ReleaseSpare("RUS", "crude", 1)], ("hits nothing of RUS", "no such idle capacity")),
        ([ReleaseSpare("NOR", "crude", 0)], ("hits nothing; leave it out",)),
        ([Quota("IND", "RUS", ("crude", "ELEC"), 0.5)], ("crude has a market of its own",)),
        ([Quota("IND", "RUS", "refined", 0.5)], ("'refined'",)),
        ([Quota("IND", "NOR", "crude", 0.5)], ("hits nothing of NOR",)),
        ([Quota("USA", "RUS", "crude", 0.5)], ("hits nothing", "no such flow of crude")),
        ([CAP, PriceCap("RUS", "CHN", "crude", 60)], ("set different price caps on the market",)),
        ([CAP, PriceCap("RUS", "CHN", "crude", 48, 0.7)], ("set different price caps",)),
        ([CAP, HALF], ("bind both price and volume", "on the market of crude")),
        ([CAP, Quota("CHN", "RUS", volume=0.5)], ("bind both price and volume", "1 flow(s)")),
        ([HALF, Quota("IND", "RUS", volume=0.5)], ("quotas on a sector and on a good inside it",)),
        ([HALF, Quota("IND", "RUS", "crude", 0.6)], ("set different quotas",)),
        ([HALF, Quota("IND", "RUS", "crude", 0.5, "exporter")], ("set different quotas",)),
        ([MOVE, LIFT], ("move the price cap in force to different prices",)),
        ([SHIPS, ListShips("RUS", "crude", 0.3)], ("list different shares of the fleet",)),
        ([FIRMS, SanctionProducers("RUS", "crude", 1)], ("sanction producers of different",)),
        ([CUT, CutOutput(("NOR", "RUS"), "crude", 1)], ("both cut output",)),
        ([CUT, CUT], ("both cut output",)),
        ([RELEASE, ReleaseSpare("WORLD", "crude", 1)], ("release different shares",)),
        ([RELEASE, CutOutput("NOR", "crude", 1)], ("cut output and release idle capacity",)),
        ([CAP, GONE], ("is about flows that are all completely cut off; drop it",)),
        ([SHIPS, CutOff("RUS", "WORLD", "OILGAS")], ("all completely cut off; drop it",)),
        (
            [PriceCap("RUS", "CHN", "crude", 48), StopBuying("CHN", "RUS", "crude")],
            ("all completely cut off",),
        ),
    ],
)
def test_bad_policies_name_the_instrument(items, parts):
    with pytest.raises(PolicyError) as caught:
        wedges(*items)
    for part in ("the policy cannot be applied", *parts):
        assert part in str(caught.value), str(caught.value)


def test_what_stands_beside_each_other():
    beside = [MOVE, StopBuying("CHN", "RUS", "crude"), Tariff("USA", "RUS", rate=0.1)]
    assert len(wedges(CAP, *beside).acts) == 2
    assert len(wedges(HALF, PriceCap("RUS", "CHN", "crude", 48)).acts) == 2
    leaky = StopBuying("WORLD", "RUS", "crude", 0.8)
    assert wedges(SHIPS, leaky).acts == wedges(SHIPS).acts
    assert wedges(CUT, GONE).acts == wedges(CUT).acts  # output is cut whoever buys
    assert wedges(SHIPS, TradeCost("RUS", "WORLD", rate=0.1)).acts == wedges(SHIPS).acts


@pytest.mark.parametrize("item", [*EACH, HALF])
def test_what_the_other_side_cuts_off_is_not_done(item):
    found = Policy(item, answers=ExportBan("RUS", "WORLD", "OILGAS")).wedges(WORLD)
    assert found.acts == (wedges(item).acts if item in (CUT, RELEASE) else ())


@pytest.mark.parametrize("item", EACH)
@pytest.mark.parametrize(
    ("economy", "part"),
    [
        (small_world(), "the table has no markets in physical units"),
        (oil_world(exports={}, output={}, spare={}), "known: none"),
        (small_world(markets=WORLD.markets, flows={}), "unknown flow 'crude'"),
    ],
)
def test_each_needs_the_figures_of_its_market(item, economy, part):
    with pytest.raises(PolicyError) as caught:
        wedges(item, economy=economy)
    assert part in str(caught.value)


def test_a_quota_needs_the_sellers_exports():
    with pytest.raises(PolicyError, match="hits nothing of RUS, the market of crude knows of no"):
        wedges(HALF, economy=oil_world(exports={"NOR": quantity(1, "mb/d")}))


def test_the_market_has_its_own_figures_where_none_are_given():
    bare = oil_world(evasion_cost=None, served=None, prices={})
    (act,) = wedges(CAP, economy=bare).acts
    assert isinstance(act, CapAct)
    assert (act.served, act.evasion_cost) == (None, None)


# -- in rules -------------------------------------------------------------------------------------

OIL = Action("crude", "RUS", min_value=5_000)


def test_aimed_at_targets_and_done_beside_a_threat():
    on_russia = Rule("USA", then=(ListShips("target", "crude", 0.2), CUT), named="RUS")
    assert on_russia.wedges(WORLD).acts == wedges(SHIPS, CUT).acts
    levy = Tariff("USA", "target", rate=0.25)
    beside = Rule("USA", OIL, (levy, SHIPS, RELEASE))
    found = beside.policy(WORLD, {"IND": False, "TUR": False})
    assert found.instruments == (levy.aimed(("CHN",)), SHIPS, RELEASE)
    assert beside.bystanders(WORLD) == ("RUS",)
    assert beside.carriers(WORLD) == ("USA", "NOR")
    nobody = beside.policy(WORLD, dict.fromkeys(beside.parties(WORLD), False))
    assert nobody.wedges(WORLD).acts == ()


def test_who_cuts_its_own_output_in_return():
    rule = Rule("USA", then=ListShips("target", "crude", 0.2), named="RUS", retaliation=CUT)
    require_retaliation(rule, WORLD)
    back = rule.policy(WORLD, retaliating=["RUS"])
    assert back.wedges(WORLD).acts == wedges(SHIPS, CUT).acts
    with pytest.raises(PolicyError, match="is nobody's: only a target hits back"):
        Rule("USA", OIL, CutOff("USA", "target"), retaliation=CUT).wedges(WORLD)
    with pytest.raises(PolicyError, match="is nobody's: no target carries it out"):
        Rule("USA", OIL, CutOff("USA", "target"), retaliation=SHIPS)


def test_another_sender_does_not_cut_for_who_cuts():
    assert sent_by(CUT, WORLD, ("USA",), ("CHN",)) == CUT
    assert sent_by(SHIPS, WORLD, ("USA",), ("CHN",)) == SHIPS
    assert sent_by(CUT, WORLD, ("RUS",), ("NOR",)).sides == (("NOR",),)


@pytest.mark.parametrize(
    ("item", "senders", "hit"),
    [
        (SHIPS, {*OTHERS}, {"RUS"}),
        (LIFT, {*OTHERS}, {"RUS"}),
        (CutOutput("NOR", "crude", 1), {"NOR"}, {*COUNTRIES} - {"NOR"}),
    ],
)
def test_who_acts_and_who_is_hit(item, senders, hit):
    measure = Measure.of(Policy(item), WORLD)
    assert {*measure.carriers(WORLD)} == senders
    assert {*measure.targets(WORLD)} == hit


def test_others_are_not_the_whole_world():
    with pytest.raises(PolicyError, match="the same economies act and are hit"):
        Measure.of(Policy(CutOutput("WORLD", "crude", 1)), WORLD)
