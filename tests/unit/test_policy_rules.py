"""Who a rule hits, why, and what the profile of actions changes."""

from __future__ import annotations

import numpy as np
import pytest

from tests.situations.small_world import COUNTRIES, CRUDE, REFINED, small_world
from threatpoint.errors import PolicyError
from threatpoint.policy import Action, CutOff, Policy, Rule, Tariff, stopping

WORLD = small_world()
OIL = Action(("crude", "refined"), "RUS", min_value=5, min_share=0.1, unit="USD bn")
RULE = Rule("USA", OIL, CutOff("USA", "target"), unions="EU", name="oil")


def at(code: str) -> int:
    return COUNTRIES.index(code)


def buyers(economy, action: Action, unions=()):
    return Rule("USA", action, CutOff("USA", "target"), unions=unions).buyers(economy)


def verdicts(rule: Rule) -> dict[str, str]:
    return {buyer.country: buyer.verdict for buyer in rule.buyers(WORLD)}


def test_every_economy_has_a_verdict():
    assert verdicts(RULE) == {
        "CHN": "target",
        "IND": "target",
        "TUR": "target",
        "ROW": "group of states",
        "RUS": "seller",
        "USA": "sender",
        "NOR": "unknown",
        "DEU": "below",
        "HUN": "below",
        "REU": "below",
    }
    assert RULE.targets(WORLD) == ("CHN", "IND", "TUR")


def test_figures_of_a_buyer():
    by_code = {buyer.country: buyer for buyer in RULE.buyers(WORLD)}
    china, rest = by_code["CHN"], by_code["ROW"]
    assert china.value == CRUDE["CHN"] + REFINED["CHN"]
    imports = sum(WORLD.trade[at("CHN"), i, j] for i in range(10) if i != at("CHN") for j in (0, 1))
    assert china.share_of_imports == pytest.approx(64_000 / imports)
    exported = sum(CRUDE.values()) + sum(REFINED.values())
    assert china.share_of_exports == pytest.approx(64_000 / exported)
    assert china.reason == (
        f"buys USD 64 bn, {100 * 64_000 / imports:.0f} % of its imports of OILGAS, REFPET: "
        "above both thresholds"
    )
    assert (china.basis, rest.basis, by_code["USA"].basis) == ("observed", "estimated", "none")
    assert "a group of states buys but does not decide" in rest.reason
    assert sum(b.share_of_exports for b in by_code.values()) == pytest.approx(1)


def test_a_union_is_tested_and_hit_as_one():
    low = Rule(
        "USA", Action(("crude", "refined"), "RUS", 4_000), CutOff("USA", "target"), unions="EU"
    )
    table = {buyer.country: buyer for buyer in low.buyers(WORLD)}
    assert all(table[code].target for code in ("DEU", "HUN", "REU"))
    assert table["DEU"].measured_value == 4_500
    assert "member of the customs union EU" in table["DEU"].reason
    assert low.parties(WORLD)["EU"] == ("HUN", "REU", "DEU")
    inside = [at(code) for code in ("DEU", "HUN", "REU")]
    outside = [i for i in range(10) if i not in inside]
    imports = WORLD.trade[np.ix_(inside, outside, [0, 1])].sum()
    assert table["DEU"].measured_share == pytest.approx(4_500 / imports)
    alone = Rule("USA", Action(("crude", "refined"), "RUS", 2_000), CutOff("USA", "target"))
    assert "HUN" in alone.targets(WORLD)
    assert "REU" not in alone.targets(WORLD)


def test_profiles():
    everybody = RULE.policy(WORLD).wedges(WORLD).survival
    assert np.array_equal(everybody, RULE.wedges(WORLD).survival)
    china_stops = RULE.policy(WORLD, {"CHN": False}).wedges(WORLD).survival
    assert everybody[at("USA"), at("CHN"), 0] == 0
    assert china_stops[at("USA"), at("CHN"), 0] == 1
    assert china_stops[at("USA"), at("IND"), 0] == 0
    nobody = RULE.policy(WORLD, dict.fromkeys(("CHN", "IND", "TUR"), False))
    assert nobody.items == ()
    with pytest.raises(PolicyError, match=r"unknown target 'CHM' \(did you mean 'CHN'\?\)"):
        RULE.policy(WORLD, {"CHM": True})


def test_named_added_exempted():
    def with_(**fields):
        return Rule("USA", OIL, CutOff("USA", "target"), unions=("EU",), **fields)

    assert with_(named=("CHN", "IND")).targets(WORLD) == ("CHN", "IND")
    assert verdicts(with_(named=("CHN",)))["IND"] == "not named"
    assert with_(exempted=("CHN",)).targets(WORLD) == ("IND", "TUR")
    assert verdicts(with_(exempted=("CHN",)))["CHN"] == "exempted"
    assert set(with_(added=("EU",)).targets(WORLD)) == {"CHN", "IND", "TUR", "DEU", "HUN", "REU"}
    assert set(with_(named=("EU",)).targets(WORLD)) == {"DEU", "HUN", "REU"}
    assert verdicts(with_(added=("EU",)))["REU"] == "added"


def test_a_rule_without_a_condition_hits_the_named():
    tariff = Tariff("EU", "target", "ELEC", rate=0.353, mode="add")
    rule = Rule("EU", then=tariff, named=("CHN", "ROW"), unions="EU")
    assert rule.describe() == "EU adds 35.3 points to the tariff on ELEC from CHN and ROW"
    assert rule.buyers(WORLD) == []
    assert rule.targets(WORLD) == ("CHN", "ROW")
    after = rule.policy(WORLD, {"ROW": False}).wedges(WORLD).tariff
    assert after[at("DEU"), at("CHN"), 2] == pytest.approx(0.383)
    assert after[at("DEU"), at("ROW"), 2] == 0.03
    whole = Rule("USA", then=CutOff("USA", "target"), named="EU", unions="EU")
    assert whole.parties(WORLD) == {"EU": ("DEU", "HUN", "REU")}
    parts = Rule("USA", then=CutOff("USA", "target"), named="EU")
    assert list(parts.parties(WORLD)) == ["DEU", "HUN", "REU"]
    assert np.array_equal(whole.wedges(WORLD).survival, parts.wedges(WORLD).survival)


def test_no_trade_with_the_sender_is_said():
    action = Action("ELEC", "RUS", min_value=500)
    rule = Rule("USA", action, CutOff("USA", "target"))
    assert verdicts(rule)["NOR"] == "no trade"
    assert "NOR" not in rule.targets(WORLD)
    tariff = Rule("USA", action, Tariff("USA", "target", rate=0.25, mode="add"))
    assert verdicts(tariff)["NOR"] == "no trade"
    other_side = Rule("USA", action, CutOff("target", "USA", direction="exports"))
    assert other_side.targets(WORLD) == rule.targets(WORLD)


def test_several_templates_and_a_group_as_sender():
    rule = Rule(
        "EU",
        OIL,
        (CutOff("EU", "target", "ELEC"), Tariff("EU", "target", "REFPET", rate=0.5)),
        unions="EU",
    )
    wedges = rule.wedges(WORLD)
    assert wedges.survival[at("DEU"), at("CHN"), 2] == 0
    assert wedges.tariff[at("REU"), at("IND"), 1] == 0.5
    assert verdicts(rule)["DEU"] == "sender"
    assert "USA" not in rule.targets(WORLD)


def test_thresholds_alone_and_sector_goods():
    table = buyers(WORLD, Action("OILGAS", "RUS", min_share=0.2), ("EU",))
    assert len(table) == len(COUNTRIES)
    china = next(b for b in table if b.country == "CHN")
    assert china.value == CRUDE["CHN"] + 8_000
    assert china.basis == "not recorded"


def test_stopping_takes_only_the_flow_out_of_the_sector():
    stops = stopping(WORLD, OIL, ("CHN", "EU"))
    wedges = Policy(stops).wedges(WORLD)
    assert wedges.survival[at("CHN"), at("RUS"), 0] == pytest.approx(8_000 / 68_000)
    assert wedges.survival[at("CHN"), at("RUS"), 1] == 0
    assert wedges.survival[at("HUN"), at("RUS"), 0] == pytest.approx(3_000 / 5_500)
    assert wedges.survival[at("CHN"), at("RUS"), 2] == 1


@pytest.mark.parametrize(
    ("make", "parts"),
    [
        (
            lambda: Rule("USA", OIL, CutOff("USA", "CHN"), name="x"),
            ("rule 'x'", "does not say whom it hits", "'target'"),
        ),
        (lambda: Rule("USA", OIL, ()), ("`then` is empty",)),
        (lambda: Rule("USA", then=CutOff("USA", "target")), ("does not say who is hit", "`named`")),
        (
            lambda: Rule("USA", then=CutOff("USA", "target"), named="CHN", exempted="IND"),
            ("`exempted` has no meaning without `when`",),
        ),
        (
            lambda: Rule("USA", then=CutOff("USA", "target", "CARS"), named="CHN").targets(WORLD),
            ("unknown sector 'CARS'",),
        ),
        (
            lambda: Rule(
                "USA", then=CutOff("USA", "target"), named=("CHN", "DEU"), unions="EU"
            ).targets(WORLD),
            ("DEU is a member of the customs union EU", "write 'EU'"),
        ),
        (
            lambda: Rule("USA", OIL, CutOff("USA", "target"), named="CHN", exempted="CHN"),
            ("CHN is both named or added and exempted",),
        ),
        (lambda: Action("crude", "RUS", min_share=10), ("outside 0 to 1", "write 0.1 for 10 %")),
        (lambda: Action("crude", "RUS", min_value=-1), ("below 0",)),
        (
            lambda: buyers(WORLD, Action(("crud", "OILGAS"), "RUS")),
            ("goods 'crud'", "did you mean 'crude'"),
        ),
        (lambda: buyers(WORLD, Action("crude", "RUSS")), ("'RUSS'", "did you mean 'RUS'")),
        (lambda: buyers(WORLD, Action(("crude", "OILGAS"), "RUS")), ("counted twice",)),
        (lambda: buyers(WORLD, Action("crude", "USA")), ("nobody reports these flows",)),
        (lambda: buyers(WORLD, OIL, ("EUU",)), ("customs union 'EUU'", "did you mean 'EU'")),
        (
            lambda: buyers(WORLD, Action("crude", "RUS", 5, unit="EUR bn")),
            ("no exchange rate is assumed",),
        ),
        (
            lambda: buyers(WORLD, Action("crude", "RUS", 5, unit="USD bln")),
            ("money unit 'USD bln'", "did you mean 'USD bn'"),
        ),
        (
            lambda: Rule("USA", OIL, CutOff("USA", "target"), added="ROW").targets(WORLD),
            ("ROW stands for many states",),
        ),
        (
            lambda: Rule("USA", OIL, CutOff("USA", "target"), unions="EU", added="DEU").targets(
                WORLD
            ),
            ("DEU is a member of the customs union EU", "write 'EU'"),
        ),
        (
            lambda: Rule("USA", OIL, CutOff("USA", "target"), named="USA").targets(WORLD),
            ("USA is the sender",),
        ),
        (
            lambda: Rule("USA", OIL, CutOff("USA", "target"), named="RUS").targets(WORLD),
            ("RUS is the seller",),
        ),
        (
            lambda: Rule("USA", OIL, CutOff("USA", "target"), named="NOR").targets(WORLD),
            ("NOR is named, but buys none",),
        ),
        (
            lambda: Rule(
                "USA", Action("crude", "RUS", 80, 0.1, "USD bn"), CutOff("USA", "target")
            ).targets(WORLD),
            ("hits nobody", "closest is CHN", "USD 20 bn below the least value of USD 80 bn"),
        ),
        (
            lambda: Rule(
                "USA", Action("crude", "RUS", min_share=0.9), CutOff("USA", "target")
            ).targets(WORLD),
            ("hits nobody", "percentage points below the least share of 90 %"),
        ),
    ],
)
def test_bad_rules_say_what_is_wrong(make, parts):
    with pytest.raises(PolicyError) as caught:
        make()
    for part in parts:
        assert part in str(caught.value)


def test_reasons_say_how_near_a_threshold_is_and_what_is_not_reported():
    def reason(code: str, least: float) -> str:
        action = Action(("crude", "refined"), "RUS", least)
        return next(b.reason for b in buyers(WORLD, action) if b.country == code)

    assert reason("CHN", 60_000).endswith("but near USD 60 bn (by 6.7 %)")
    assert reason("CHN", 65_000).endswith("below USD 65 bn (by 1.5 %)")
    assert reason("CHN", 20_000).endswith("above the threshold")
    assert reason("CHN", 640_000).endswith("below USD 640 bn")
    assert reason("NOR", 1) == (
        "the sources used name no figure; counted as nothing "
        "(the table's cells of OILGAS, REFPET hold nothing from the seller)"
    )
