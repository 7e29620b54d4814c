"""What a file says of a threat besides its rule: clocks, offer, evasion, purchases as figures."""

from __future__ import annotations

import datetime

import pytest

from tests.situations.every_key import POINTS, changed, dump, figure
from tests.situations.small_world import small_world
from threatpoint.errors import PolicyError, SituationError
from threatpoint.policy import Action, Demand, Rule, Tariff
from threatpoint.quantity import Quantity
from threatpoint.situation import load_situation
from threatpoint.situation.record import clock_rows, offer_rows
from threatpoint.strategy.evasion import COST

WORLD = small_world()
DAY = datetime.date
FILE = {
    "situation": {"title": "t", "date": DAY(2025, 3, 31), "question": "q", "sender": "USA"}
    | {"main": "levy", "source": "s"},
    "parties": {"USA": "sender"},
    "threats": {
        "levy": {
            "words": "buyers pay",
            "made": {
                "by": "USA",
                "date": DAY(2025, 3, 24),
                "source": "press",
                "clock": DAY(2025, 4, 2),
                "clocks": [
                    {"date": DAY(2025, 4, 2), "hit": []},
                    {"date": DAY(2025, 5, 1), "hit": ["China"], "source": "order"},
                    {"date": DAY(2025, 6, 1)},
                ],
            },
            "offer": {"by": "USA", "date": DAY(2025, 7, 1), "source": "press"}
            | {"cut": figure(20, POINTS)},
            "evasion": figure(15, range=[5, 30], prior=True),
            "evasion_cost": figure(8),
            "when": {
                "buys": ["crude"],
                "from": ["Venezuela"],
                "purchases": {"China": figure(6, "USD bn"), "IND": figure(1.5, "USD bn")}
                | {"DEU": figure(0.4, "USD bn"), "HUN": figure(0.3, "USD bn")},
                "min_value": figure(0.5, "USD bn"),
            },
            "unions": ["EU"],
            "then": [
                {"instrument": "tariff", "importers": ["USA"], "exporters": ["target"]}
                | {"mode": "add", "rate": figure(25, POINTS)}
            ],
        }
    },
}
LEVY, WHEN = ("threats", "levy"), ("threats", "levy", "when")


def read(tmp_path, raw):
    path = tmp_path / "case.toml"
    path.write_text(dump(raw), encoding="utf-8")
    return load_situation(path, WORLD)


def test_clocks_in_order_with_what_came_of_them(tmp_path):
    found = read(tmp_path, FILE)
    rows = [(row["clock"], row["came"], row["hit"]) for row in clock_rows(found)]
    assert rows == [
        (DAY(2025, 4, 2), "passed", ""),
        (DAY(2025, 5, 1), "carried out", "CHN"),
        (DAY(2025, 6, 1), "not said", ""),
    ]
    assert [row["source"] for row in clock_rows(found)] == ["press", "order", "press"]


def test_the_day_named_is_the_only_clock_where_none_is_recorded(tmp_path):
    found = read(tmp_path, changed(FILE, (*LEVY, "made", "clocks"), None))
    assert [clock.date for clock in found.made["levy"].due] == [DAY(2025, 4, 2)]
    none = changed(changed(FILE, (*LEVY, "made", "clocks"), None), (*LEVY, "made", "clock"), None)
    assert read(tmp_path, none).made["levy"].due == ()


def test_an_offer_after_the_day_stands_apart_from_the_figures_of_the_day(tmp_path):
    found = read(tmp_path, FILE)
    assert offer_rows(found)[0]["cut_percentage_points"] == 20
    assert offer_rows(found)[0]["pledge_percent"] == 100
    assert not any("offer" in one.where for one in found.given)
    early = read(tmp_path, changed(FILE, (*LEVY, "offer", "date"), DAY(2025, 3, 31)))
    assert "threats.levy.offer.cut" in [one.where for one in early.given]


def test_a_later_threat_has_its_offer_apart_too(tmp_path):
    later = {**FILE["threats"]["levy"]}
    later["made"] = {"by": "USA", "date": DAY(2025, 6, 15), "source": "press"}
    raw = changed(FILE, ("threats", "next"), later)
    found = read(tmp_path, raw).when_made("next")
    assert "threats.next.evasion" in [one.where for one in found.given]
    assert not any("next.offer" in one.where for one in found.given)


def test_what_goes_round(tmp_path):
    found = read(tmp_path, FILE).evasion["levy"]
    assert (found.share.low, found.share.value, found.share.high) == (5, 15, 30)
    assert found.cost is not None
    assert found.cost.value == 8
    assert read(tmp_path, changed(FILE, (*LEVY, "evasion_cost"), None)).evasion["levy"].cost is None


def duty_of(rule):
    """The one tariff of a rule."""
    (duty,) = rule.templates
    assert isinstance(duty, Tariff)
    return duty


def test_what_goes_round_is_in_the_threat(tmp_path):
    duty = duty_of(read(tmp_path, FILE).policy)
    assert (duty.enforcement, duty.evasion_cost) == pytest.approx((0.85, 0.08))
    duty = duty_of(read(tmp_path, changed(FILE, (*LEVY, "evasion_cost"), None)).policy)
    assert (duty.enforcement, duty.evasion_cost) == pytest.approx((0.85, COST.value))


def test_what_goes_round_comes_on_top_of_what_is_let_through(tmp_path):
    raw = changed(FILE, (*LEVY, "then", 0, "enforcement"), figure(80))
    raw = changed(raw, (*LEVY, "then", 0, "evasion_cost"), figure(5))
    duty = duty_of(read(tmp_path, raw).policy)
    escapes = 0.2 + 0.8 * 0.15
    assert duty.enforcement == pytest.approx(1 - escapes)
    assert duty.evasion_cost * escapes == pytest.approx(0.2 * 0.05 + 0.8 * 0.15 * 0.08)


def test_a_reading_of_a_threat_has_what_goes_round_it(tmp_path):
    raw = FILE | {"scenarios": {"more": {"threat": "levy", "label": "l", "named": ["China"]}}}
    duty = duty_of(read(tmp_path, raw).scenarios["more"].rule)
    assert duty.enforcement == pytest.approx(0.85)


def test_targets_are_found_from_purchases_as_figures(tmp_path):
    rule = read(tmp_path, FILE).policy
    assert rule.when is None
    assert rule.asks
    assert rule.parties(WORLD) == {"CHN": ("CHN",), "IND": ("IND",), "EU": ("DEU", "HUN", "REU")}
    listed = {buyer.country: buyer for buyer in rule.buyers(WORLD)}
    assert (listed["CHN"].value, listed["CHN"].basis) == (6000.0, "as given")
    assert listed["EU" if "EU" in listed else "HUN"].measured_value == pytest.approx(700)
    assert listed["TUR"].reason == "no figure is given; counted as nothing"
    assert listed["CHN"].share_of_exports == pytest.approx(6 / 8.2)
    assert "of its imports of OILGAS" in listed["IND"].reason


def test_a_threshold_above_the_figures_hits_nobody_else(tmp_path):
    rule = read(tmp_path, changed(FILE, (*WHEN, "min_value"), figure(5, "USD bn"))).policy
    assert rule.targets(WORLD) == ("CHN",)


def test_goods_that_no_table_has_need_no_sector(tmp_path):
    raw = changed(changed(FILE, (*WHEN, "buys"), ["rare earths"]), (*WHEN, "from"), ["NOR"])
    rule = read(tmp_path, raw).policy
    listed = {buyer.country: buyer for buyer in rule.buyers(WORLD)}
    assert listed["CHN"].reason == "buys USD 6 bn: above the threshold"
    assert listed["CHN"].share_of_imports == 0
    assert listed["NOR"].verdict == "seller"


def test_stopping_changes_no_trade_and_costs_what_is_given(tmp_path):
    raw = changed(FILE, (*WHEN, "cost"), figure(2, "USD bn"))
    rule = read(tmp_path, raw).policy
    complied = rule.profile_policy(WORLD, dict.fromkeys(rule.parties(WORLD), "comply"))
    assert not complied.items
    cost = rule.demand and rule.demand.of("CHN")
    assert cost
    assert cost.value == 2
    assert rule.describe().startswith("whoever buys crude from Venezuela: ")


def test_a_reading_has_other_thresholds(tmp_path):
    reading = {"label": "large", "threat": "levy", "min_value": figure(5, "USD bn")}
    found = read(tmp_path, FILE | {"scenarios": {"large": reading}})
    assert found.scenarios["large"].rule.targets(WORLD) == ("CHN",)


BAD = {
    "a clock before the threat": (
        (*LEVY, "made", "clocks", 0, "date"),
        DAY(2025, 3, 1),
        "threats.levy.made.clocks[0].date: 2025-03-01 is before the threat was made, 2025-03-24",
    ),
    "clocks out of order": (
        (*LEVY, "made", "clocks", 1, "date"),
        DAY(2025, 4, 1),
        "clocks[1].date: 2025-04-01 stands after 2025-04-02; write the days in order, each once",
    ),
    "a clock twice": (
        (*LEVY, "made", "clocks", 2, "date"),
        DAY(2025, 5, 1),
        "clocks[2].date: 2025-05-01 stands after 2025-05-01; write the days in order, each once",
    ),
    "no clocks": ((*LEVY, "made", "clocks"), [], "made.clocks: the list is empty"),
    "carried out on nobody asked": (
        (*LEVY, "made", "clocks", 1, "hit"),
        ["Turkey"],
        "threats.levy.made.clocks[1].hit: unknown target 'TUR'; known: CHN, IND, EU",
    ),
    "an offer above the threat": (
        (*LEVY, "offer", "cut"),
        figure(60, POINTS),
        "threats.levy.offer.cut: a cut of 60 points is above the threat: 25 points threatened and "
        "at most 12.5 in force on 2025-07-01; give at most 37.5",
    ),
    "an offer of nothing": (
        (*LEVY, "offer", "cut"),
        figure(0, POINTS),
        "threats.levy.offer.cut: a cut of 0 percentage points offers nothing; give more than 0",
    ),
    "an offer in percent": (
        (*LEVY, "offer", "cut"),
        figure(10),
        "threats.levy.offer.cut.unit: unit '%' is no cut of a tariff; write 'percentage points'",
    ),
    "an offer before the threat": (
        (*LEVY, "offer", "date"),
        DAY(2025, 3, 1),
        "threats.levy.offer.date: 2025-03-01 is before the threat was made, 2025-03-24",
    ),
    "an offer by a stranger": (
        (*LEVY, "offer", "by"),
        "NOR",
        "threats.levy.offer.by: unknown party 'NOR'; known: USA",
    ),
    "an offer of more than there is": (
        (*LEVY, "offer", "of"),
        figure(15, POINTS),
        "threats.levy.offer.of: a cut of 20 percentage points is more than the 15 there are: an "
        "offer cannot be above the threat",
    ),
    "an offer of a part in percent": (
        (*LEVY, "offer", "of"),
        figure(40),
        "threats.levy.offer.of.unit: unit '%' is no tariff; write 'percentage points'",
    ),
    "a pledge above all": (
        (*LEVY, "offer", "pledge"),
        figure(120),
        "threats.levy.offer.pledge: pledge 120 % is outside 0 to 100 %",
    ),
    "a pledge of nothing": ((*LEVY, "offer", "pledge"), figure(0), "pledge 0 % pledges nothing"),
    "evasion above all": (
        (*LEVY, "evasion"),
        figure(101),
        "threats.levy.evasion: evasion 101 % is outside 0 to 100 %",
    ),
    "evasion that may be below 0": (
        (*LEVY, "evasion"),
        figure(1, range=[-5, 5], prior=True),
        "threats.levy.evasion: evasion -5 to 5 % is outside 0 to 100 %",
    ),
    "evasion in points": (
        (*LEVY, "evasion"),
        figure(1, POINTS),
        "threats.levy.evasion.unit: unit 'percentage points' is not a share; write '%'",
    ),
    "no evasion": ((*LEVY, "evasion"), figure(0), "evasion 0 % means that nothing goes round"),
    "a cost of going round that nobody bears": (
        (*LEVY, "evasion"),
        None,
        "threats.levy.evasion_cost: has no effect: nothing goes round; give the share, `evasion`",
    ),
    "a negative cost of going round": (
        (*LEVY, "evasion_cost"),
        figure(-3),
        "threats.levy.evasion_cost: evasion_cost -3 % is below 0 %",
    ),
    "going round that costs more than it spares": (
        (*LEVY, "evasion_cost"),
        figure(25),
        "threats.levy.evasion: has no effect: going round costs 25 % and the tariff is no higher; "
        "give a lower `evasion_cost`, or leave `evasion` out",
    ),
    "going round what nobody can evade": (
        (*LEVY, "then"),
        [
            {"instrument": "trade-cost", "exporters": ["target"], "importers": ["USA"]}
            | {"rate": figure(40)}
        ],
        "nothing that is done to the targets can be evaded",
    ),
    "purchases of nobody known": (
        (*WHEN, "purchases"),
        {"Chian": figure(6, "USD bn")},
        "unknown country 'Chian' (did you mean 'China'?)",
    ),
    "purchases of a group": (
        (*WHEN, "purchases"),
        {"EU": figure(6, "USD bn")},
        "EU is a group; give the purchases of its members (DEU, HUN, REU)",
    ),
    "purchases of nothing": (
        (*WHEN, "purchases", "IND"),
        figure(0, "USD bn"),
        "threats.levy.when.purchases.IND: 0 has no effect: leave out who buys nothing",
    ),
    "purchases below nothing": (
        (*WHEN, "purchases", "IND"),
        figure(-1, "USD bn"),
        "threats.levy.when.purchases.IND: IND -1 USD bn is below 0",
    ),
    "purchases in no money": (
        (*WHEN, "purchases", "IND"),
        figure(1, "Mt"),
        "threats.levy.when.purchases.IND.unit: unknown money unit 'Mt'",
    ),
    "purchases in another currency": (
        (*WHEN, "purchases", "IND"),
        figure(1, "EUR bn"),
        "no exchange rate is assumed",
    ),
    "a seller misspelt": (
        (*WHEN, "from"),
        ["Chinna"],
        "'Chinna' is no country (did you mean 'China'?)",
    ),
    "purchases that the table knows": (
        (*WHEN, "from"),
        ["Russia"],
        "threats.levy.when.purchases: action 'buys crude from RUS': the table knows what RUS sells "
        "of these goods; leave `purchases` out",
    ),
    "a share of imports of goods that no table has": (
        WHEN,
        {"buys": ["rare earths"], "from": ["NOR"], "min_share": figure(10)}
        | {"purchases": {"CHN": figure(6, "USD bn")}},
        "threats.levy.when.purchases: action 'buys rare earths from NOR': a least share of imports "
        "needs goods of the table, and it does not have all of rare earths; give `min_value`",
    ),
    "purchases beside a demand": (
        WHEN,
        {"demand": "d", "purchases": {"CHN": figure(6, "USD bn")}},
        "threats.levy.when.purchases: has no effect beside `demand`, which is no trade",
    ),
    "a cost of stopping what the table trades": (
        WHEN,
        {"buys": ["crude"], "from": ["RUS"], "cost": figure(1, "USD bn")},
        "threats.levy.when.cost: has no effect: what it costs to stop buying is computed",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_record_gets_one_message(tmp_path, case):
    path, value, part = BAD[case]
    raw = changed(FILE, path, value)
    if case == "an offer before the threat":
        raw = changed(raw, (*LEVY, "made", "clocks"), None)
    with pytest.raises(SituationError) as caught:
        read(tmp_path, raw)
    assert len(caught.value.problems) == 1
    assert part in str(caught.value)


CHINA = (("CHN", Quantity.exactly(6.0, "USD bn")),)
DUTY = Tariff("USA", "target", rate=0.25, mode="add")


def test_in_python_figures_belong_to_a_demand():
    buying = Action("crude", "Venezuela", figures=CHINA)
    rule = Rule("USA", then=DUTY, demand=Demand("stops", buying=buying))
    assert rule.targets(WORLD) == ("CHN",)
    with pytest.raises(PolicyError, match="give them to a `Demand`"):
        Rule("USA", buying, DUTY)
    nothing = Action("crude", "Venezuela", figures=(("CHN", Quantity.exactly(0.0, "USD bn")),))
    with pytest.raises(PolicyError, match="a figure is above 0"):
        Rule("USA", then=DUTY, demand=Demand("stops", buying=nothing)).targets(WORLD)


def test_named_buyers_must_have_a_figure():
    buying = Action("crude", "Venezuela", figures=CHINA)
    rule = Rule("USA", then=DUTY, named="IND", demand=Demand("stops", buying=buying))
    with pytest.raises(PolicyError, match="IND is named, but no figure says what it buys"):
        rule.targets(WORLD)
