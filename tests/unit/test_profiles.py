"""Retaliation, and the policy of a profile of moves."""

from __future__ import annotations

import numpy as np
import pytest

from tests.situations.small_world import COUNTRIES
from tests.unit.markets import oil_world
from threatpoint.errors import PolicyError
from threatpoint.policy import (
    PROFILE_MOVES,
    Action,
    CutOff,
    ExportBan,
    ExportTax,
    Policy,
    PriceCap,
    Quota,
    Rule,
    StopBuying,
    Tariff,
    TradeCost,
)

WORLD = oil_world()
OIL = Action(("crude", "refined"), "RUS", min_value=5, min_share=0.1, unit="USD bn")
LEVY = Tariff("USA", "target", rate=0.25, mode="add")
RULE = Rule(
    "USA", OIL, LEVY, unions="EU", name="oil", retaliation=ExportBan("target", "USA", "ELEC")
)


def at(code: str) -> int:
    return COUNTRIES.index(code)


def test_who_retaliates_does_it_to_the_sender():
    found = RULE.policy(WORLD, {"IND": False}, ["CHN"]).wedges(WORLD)
    assert found.survival[at("USA"), at("CHN"), 2] == 0
    assert found.survival[at("USA"), at("TUR"), 2] == 1
    assert found.tariff[at("USA"), at("CHN"), 0] == pytest.approx(0.28)
    assert found.tariff[at("USA"), at("IND"), 0] == 0.03
    assert RULE.retaliations == (ExportBan("target", "USA", "ELEC"),)


def test_each_side_decides_alone_and_the_stricter_cut_holds():
    leaky = CutOff("USA", "target", enforcement=0.8)
    rule = Rule("USA", OIL, leaky, retaliation=ExportBan("target", "USA", "ELEC", 0.9))
    found = rule.policy(WORLD, retaliating=["CHN"]).wedges(WORLD)
    assert found.survival[at("USA"), at("CHN"), 2] == pytest.approx(0.1)
    assert found.survival[at("USA"), at("CHN"), 0] == pytest.approx(0.2)
    assert found.survival[at("USA"), at("IND"), 2] == pytest.approx(0.2)
    quota = Policy(Quota("USA", "CHN", volume=0.5), answers=ExportBan("CHN", "USA", "ELEC"))
    (limit,) = quota.wedges(WORLD).volume_limits
    assert not limit.cells[:, :, 2].any()
    assert limit.cells[:, :, 0].sum() == 1
    gone = Policy(PriceCap("RUS", "CHN", "crude", 48), answers=ExportBan("RUS", "CHN", "OILGAS"))
    assert gone.wedges(WORLD).acts == ()


TAX = Rule("USA", OIL, LEVY, name="oil", retaliation=ExportTax("target", "USA", "ELEC", 0.3))


def test_each_move_of_a_profile():
    moves = {"CHN": "retaliates", "IND": "comply", "TUR": "defy"}
    found = TAX.profile_policy(WORLD, moves).wedges(WORLD)
    assert found.tariff[at("USA"), at("CHN"), 2] == pytest.approx(0.28)
    assert found.export_tax[at("USA"), at("CHN"), 2] == 0.3
    assert found.survival[at("IND"), at("RUS"), 0] == 0
    assert found.kept["crude"][at("IND"), at("RUS")] == 0
    assert found.tariff[at("USA"), at("TUR"), 2] == 0.03
    assert (found.export_tax > 0).sum() == 1
    punished = TAX.profile_policy(WORLD, {"CHN": "punished"}).wedges(WORLD)
    only = TAX.policy(WORLD, {"IND": False, "TUR": False}).wedges(WORLD)
    assert np.array_equal(punished.tariff, only.tariff)
    assert TAX.profile_policy(WORLD, {}).items == ()
    assert PROFILE_MOVES == ("comply", "defy", "punished", "retaliates")


def test_a_union_complies_as_one():
    rule = Rule("USA", Action("crude", "RUS", 2_000), LEVY, unions="EU")
    (stop,) = rule.profile_policy(WORLD, {"EU": "comply"}).items
    assert isinstance(stop, StopBuying)
    assert set(stop.sides[0]) == {"DEU", "HUN", "REU"}
    assert stop.goods_words == ("crude",)


@pytest.mark.parametrize(
    "template",
    [
        Quota("USA", "target", "ELEC", 0.5),
        ExportTax("USA", "target", "ELEC", 0.2),
        TradeCost("target", "WORLD", rate=0.1),
        PriceCap("RUS", "target", "crude", 48),
        Quota("target", "RUS", "crude", 0.5),
        StopBuying("USA", "target", "ELEC"),
        CutOff("USA", "target", enforcement=0.8, evasion_cost=0.1),
    ],
)
def test_every_instrument_is_a_template(template):
    rule = Rule("USA", OIL, template, name="oil")
    assert "CHN" in rule.targets(WORLD)
    (item,) = rule.policy(WORLD, {"IND": False, "TUR": False}).items
    assert item == template.aimed(("CHN",))
    assert rule.wedges(WORLD).causes
    assert "target" not in item.describe()


@pytest.mark.parametrize(
    ("make", "parts"),
    [
        (
            lambda: Rule("USA", OIL, LEVY, retaliation=ExportBan("NOR", "USA")).wedges(WORLD),
            ("retaliation [NOR bans", "is nobody's: only a target hits back (CHN"),
        ),
        (
            lambda: Rule("USA", OIL, LEVY, retaliation=ExportBan("target", "target")),
            ("does not say who hits back",),
        ),
        (lambda: RULE.policy(WORLD, retaliating=["CHM"]), ("target 'CHM'", "did you mean 'CHN'")),
        (lambda: RULE.policy(WORLD, {"CHN": False}, ["CHN"]), ("CHN stops", "no reason")),
        (
            lambda: Rule("USA", OIL, LEVY).policy(WORLD, retaliating=["CHN"]),
            ("has no retaliation",),
        ),
        (
            lambda: Rule("USA", OIL, LEVY).profile_policy(WORLD, {"CHN": "retaliates"}),
            ("has no retaliation",),
        ),
        (lambda: RULE.profile_policy(WORLD, {"XXX": "comply"}), ("unknown target 'XXX'",)),
        (
            lambda: RULE.profile_policy(WORLD, {"CHN": "complies", "IND": "difies"}),
            ("unknown move 'complies' (did you mean 'comply'?)", "'difies'", "rule 'oil', IND"),
        ),
        (
            lambda: Rule("USA", then=LEVY, named="CHN").profile_policy(WORLD, {"CHN": "comply"}),
            ("has no `when`", "nobody is asked to stop"),
        ),
        (
            lambda: Rule(
                "USA", OIL, LEVY, retaliation=ExportBan("target", "USA", "CARS")
            ).profile_policy(WORLD, {}),
            ("unknown sector 'CARS'",),
        ),
    ],
)
def test_bad_profiles_say_what_is_wrong(make, parts):
    with pytest.raises(PolicyError) as caught:
        make()
    for part in parts:
        assert part in str(caught.value)
