"""Instruments, policies and their wedges."""

from __future__ import annotations

import numpy as np
import pytest

from tests.situations.small_world import COUNTRIES, SECTORS, small_world
from threatpoint.errors import PolicyError
from threatpoint.policy import CutOff, ExportBan, ExportTax, Policy, Tariff, percent

WORLD = small_world()
GOODS = slice(0, 3)


def at(code: str) -> int:
    return COUNTRIES.index(code)


def test_cut_off_is_both_ways_goods_only_and_complete():
    survival = Policy(CutOff("USA", ("CHN", "IND"))).wedges(WORLD).survival
    assert not survival[at("USA"), at("CHN"), GOODS].any()
    assert not survival[at("IND"), at("USA"), GOODS].any()
    assert (survival == 0).sum() == 2 * 2 * 3
    assert survival[at("USA"), at("CHN"), 3] == 1.0


def test_direction_is_seen_from_the_sender():
    imports = Policy(CutOff("USA", "CHN", direction="imports")).wedges(WORLD).survival
    exports = Policy(CutOff("USA", "CHN", direction="exports")).wedges(WORLD).survival
    assert imports[at("USA"), at("CHN"), 0] == 0
    assert imports[at("CHN"), at("USA"), 0] == 1
    assert exports[at("USA"), at("CHN"), 0] == 1
    assert exports[at("CHN"), at("USA"), 0] == 0


def test_export_ban_and_enforcement():
    survival = Policy(ExportBan("RUS", "EU", "OILGAS", 0.8)).wedges(WORLD).survival
    for buyer in ("DEU", "HUN", "REU"):
        assert survival[at(buyer), at("RUS"), 0] == pytest.approx(0.2)
    assert (survival != 1).sum() == 3


def test_set_comes_before_add_in_any_order():
    instruments = [
        Tariff("USA", "CHN", rate=0.25, mode="add"),
        Tariff("USA", "WORLD", rate=0.10),
        Tariff("USA", "CHN", "ELEC", rate=0.05, mode="add"),
    ]
    for order in (instruments, instruments[::-1]):
        tariff = Policy(order).wedges(WORLD).tariff
        assert tariff[at("USA"), at("CHN"), :3] == pytest.approx([0.35, 0.35, 0.40])
        assert tariff[at("USA"), at("IND"), 0] == 0.10
        assert tariff[at("USA"), at("USA"), 0] == 0.0
        assert tariff[at("CHN"), at("USA"), 0] == 0.03


def test_no_instrument_is_the_baseline():
    wedges = Policy().wedges(WORLD)
    assert np.array_equal(wedges.tariff, WORLD.tariff)
    assert (wedges.survival == 1).all()


def test_union_against_others_leaves_trade_inside_alone():
    survival = Policy(CutOff("EU", "others", "all")).wedges(WORLD).survival
    assert survival[at("DEU"), at("HUN"), 0] == 1.0
    assert survival[at("DEU"), at("USA"), 3] == 0.0
    whole = Policy(CutOff("EU", "WORLD", "all")).wedges(WORLD).survival
    assert whole[at("DEU"), at("HUN"), 0] == 0.0
    assert whole[at("DEU"), at("DEU"), 0] == 1.0


def test_causes_name_the_instrument():
    wedges = Policy([CutOff("USA", "CHN"), Tariff("EU", "IND", rate=5.0)]).wedges(WORLD)
    assert wedges.cause(at("USA"), at("CHN"), 0) == "USA cuts off goods trade with CHN"
    assert wedges.cause(at("DEU"), at("IND"), 0) == "EU sets a 500 % tariff on goods from IND"
    assert wedges.cause(at("USA"), at("IND"), 0) == ""


def test_an_instrument_alone_is_a_policy():
    for one in (CutOff("USA", "CHN"), ExportBan("RUS", "EU"), Tariff("USA", "IND", rate=0.1)):
        alone, policy = one.wedges(WORLD), Policy(one).wedges(WORLD)
        assert np.array_equal(alone.tariff, policy.tariff)
        assert np.array_equal(alone.survival, policy.survival)
        assert alone.causes[0][0] == one.describe()


@pytest.mark.parametrize(
    ("rate", "mode", "words"),
    [
        (0.25, "set", "USA sets a 25 % tariff on goods from IND"),
        (-0.05, "set", "USA sets a -5 % tariff (an import subsidy) on goods from IND"),
        (0.353, "add", "USA adds 35.3 points to the tariff on goods from IND"),
        (0.01, "add", "USA adds 1 point to the tariff on goods from IND"),
        (-0.05, "add", "USA takes 5 points off the tariff on goods from IND"),
    ],
)
def test_tariffs_in_words(rate, mode, words):
    assert Tariff("USA", "IND", rate=rate, mode=mode).describe() == words


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (Tariff(["IND", "CHN"], "USA", rate=0.25, mode="add"), "IND and CHN add 25 points to"),
        (Tariff(["IND", "CHN"], "USA", rate=0.25), "IND and CHN set a 25 % tariff on"),
        (Tariff(["IND", "CHN"], "USA", rate=-0.1, mode="add"), "IND and CHN take 10 points off"),
        (ExportBan(["USA", "IND"], "CHN"), "USA and IND ban exports of"),
        (ExportTax(["USA", "IND"], "CHN", rate=0.1), "USA and IND tax exports of"),
        (ExportTax(["USA", "IND"], "CHN", rate=-0.1), "USA and IND subsidise exports of"),
        (CutOff(["USA", "IND"], "CHN"), "USA and IND cut off goods"),
    ],
)
def test_several_who_act_take_a_plural_verb(item, words):
    assert item.describe().startswith(words)


def test_policy_is_the_same_on_a_table_without_services_or_groups():
    plain = small_world(services=(), groups={}, residuals=())
    survival = Policy(CutOff("USA", "CHN")).wedges(plain).survival
    assert (survival == 0).sum() == 2 * len(SECTORS)


@pytest.mark.parametrize(
    ("make", "parts"),
    [
        (lambda: Tariff("USA", "CHN", rate=25), ("2500 %", "write 0.25 for 25 %")),
        (lambda: Tariff("USA", "CHN", rate=-1.5), ("-150 %", "-100 % or less")),
        (lambda: Tariff("USA", "CHN"), ("rate of a tariff", "missing")),
        (lambda: Tariff("USA", "CHN", rate="25%"), ("'25%'", "0.25 for 25 %")),
        (lambda: Tariff("USA", "CHN", rate=0.1, mode="ad"), ("'ad'", "did you mean 'add'")),
        (lambda: CutOff("USA", "CHN", enforcement=80), ("outside 0 to 1", "write 0.8 for 80 %")),
        (lambda: CutOff("USA", "CHN", enforcement=float("nan")), ("enforcement", "not finite")),
        (lambda: CutOff("USA", "CHN", direction="import"), ("did you mean 'imports'",)),
        (lambda: Tariff("USA", "CHN", 0.25), ("sectors", "0.25 is not a code")),
        (lambda: CutOff("USA", ()), ("targets", "nothing is given")),
        (lambda: CutOff("USA", ("CHN", 3)), ("targets", "3 is not a code")),
        (lambda: Policy(["USA:CHN"]), ("'USA:CHN'", "not an instrument")),
        (lambda: Policy(5), ("5 is not an instrument",)),
        (lambda: Policy(answers="USA"), ("not an instrument",)),
    ],
)
def test_bad_values_are_refused_when_made(make, parts):
    with pytest.raises(PolicyError) as caught:
        make()
    for part in parts:
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("instruments", "parts"),
    [
        ([CutOff("USA", "CHM")], ("'CHM'", "did you mean 'CHN'", "USA cuts off")),
        ([CutOff("USA", "CHN", "OILGASS")], ("sector 'OILGASS'", "did you mean 'OILGAS'")),
        ([CutOff("USA", "NOR")], ("hits nothing", "is 0 in the baseline")),
        ([CutOff("USA", "USA")], ("only domestic flows",)),
        ([Tariff("WORLD", "others", rate=5)], ("only domestic flows", "(WORLD:WORLD)")),
        ([CutOff("others", "WORLD")], ("only domestic flows", "(WORLD:WORLD)")),
        ([CutOff("others", "others")], ("stands on both sides",)),
        ([CutOff("USA", "target")], ("only inside a rule",)),
        ([ExportBan("RUS", "USA", ("OILGAS", "REFPET"))], ("hits nothing",)),
        (
            [Tariff("USA", "CHN", rate=0.1), Tariff("USA", "WORLD", "ELEC", rate=0.2)],
            ("contradiction", "set different tariffs", "1 flow(s)", "USA buying ELEC from CHN"),
        ),
        (
            [CutOff("USA", "CHN", enforcement=0.8), CutOff("CHN", "USA", "ELEC")],
            ("cut off with different enforcement", "2 flow(s)"),
        ),
        (
            [CutOff("USA", "CHN"), Tariff("USA", "CHN", rate=0.25, mode="add")],
            ("put a tariff on a flow that is completely cut off", "3 flow(s)"),
        ),
    ],
)
def test_bad_policies_name_the_instrument(instruments, parts):
    with pytest.raises(PolicyError) as caught:
        Policy(instruments, "test").wedges(WORLD)
    for part in ("policy 'test' cannot be applied", *parts):
        assert part in str(caught.value)


def test_all_problems_come_at_once():
    bad = [
        CutOff("USE", ("CHM", "IND"), ("OILL", "ELEC")),
        Tariff("USA", "NOR", rate=0.1),
        CutOff("USA", "CHN", enforcement=0.5),
        CutOff("USA", "CHN"),
    ]
    with pytest.raises(PolicyError) as caught:
        Policy(bad).wedges(WORLD)
    text = str(caught.value)
    assert text.count("\n  - ") == 5
    for part in ("'USE'", "'CHM'", "'OILL'", "hits nothing", "different enforcement"):
        assert part in text


def test_same_instrument_twice_is_no_contradiction():
    once = Policy([CutOff("USA", "CHN", enforcement=0.8)]).wedges(WORLD)
    twice = Policy([CutOff("USA", "CHN", enforcement=0.8)] * 2).wedges(WORLD)
    assert np.array_equal(once.survival, twice.survival)


def test_tariff_on_a_leaking_flow_and_a_meant_large_tariff():
    policy = Policy(
        [CutOff("USA", "CHN", enforcement=0.9), Tariff("USA", "CHN", rate=percent(2500))]
    )
    wedges = policy.wedges(WORLD)
    assert wedges.tariff[at("USA"), at("CHN"), 0] == 25.0
    assert wedges.survival[at("USA"), at("CHN"), 0] == pytest.approx(0.1)
