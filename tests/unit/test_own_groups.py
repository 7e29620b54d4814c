"""Groups that a user names: what they stand for, and what is refused."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

import threatpoint as tp
from threatpoint.errors import PolicyError, WorldError

WORLD = tp.load_world()
NAMED = {"BRICS": ["Brazil", "RUS", "India", "CHN", "ZAF"], "G2": ["USA", "CHN"]}
GROUPED = WORLD.with_groups(NAMED)


def test_a_group_is_a_word_for_its_members():
    by_group = tp.solve(GROUPED, [tp.Tariff("United States", "brics", rate=0.2)])
    by_code = tp.solve(WORLD, [tp.Tariff("USA", ["BRA", "RUS", "IND", "CHN", "ZAF"], rate=0.2)])
    np.testing.assert_array_equal(by_group.welfare.percent, by_code.welfare.percent)


def test_a_group_has_a_row_that_is_the_sum_of_its_members():
    found = tp.solve(GROUPED, [tp.Tariff("USA", "BRICS", rate=0.2)])
    each, groups = (found.to_pandas(name).set_index("country") for name in ("welfare", "groups"))
    money = each.real_income_money[list(GROUPED.groups["BRICS"])].sum()
    assert groups.real_income_money["BRICS"] == pytest.approx(money, rel=1e-12)
    value = tp.sensitivities(found, tp.Outcome("real_income", "BRICS")).value
    assert value == pytest.approx(money, rel=1e-12)


def test_one_group_on_both_sides_is_trade_among_its_members():
    inside = tp.Iceberg("G2", "G2", "ELEC", rate=-0.1)
    pairs = np.argwhere(inside.cells(GROUPED))[:, :2].tolist()
    usa, china = GROUPED.country("USA"), GROUPED.country("CHN")
    assert sorted(pairs) == sorted([[usa, china], [china, usa]])


def test_groups_that_share_a_member_do_not_face_each_other():
    with pytest.raises(PolicyError, match="CHN on both sides"):
        tp.Tariff("G2", "BRICS", rate=0.1).cells(GROUPED)


def test_a_group_of_the_user_sets_no_tariffs_together():
    """By partner, the members of a union have one rate; those of an own group do not."""
    from threatpoint.strategy.tariffs.partners import partners_of

    words = [set(partners_of(world, ("USA",), ("WORLD",))) for world in (WORLD, GROUPED)]
    assert words[0] == words[1]


def test_groups_outlive_a_copy_and_a_day():
    assert pickle.loads(pickle.dumps(GROUPED)).own_groups == ("BRICS", "G2")
    assert "BRICS" in tp.on_day(GROUPED, "2025-03-31").groups


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"CHN": ["USA"]}, "means something already"),
        ({"China": ["USA"]}, r"means something already \(CHN\)"),
        ({"EU": ["USA"]}, "means something already"),
        ({"goods": ["USA"]}, "means something already"),
        ({"world": ["USA"]}, "means something already"),
        ({"X": []}, "has no members"),
        ({"X": ["USA", "United States"]}, "USA stands in it twice"),
        ({"X": ["EU", "DEU"]}, "DEU stands in it twice"),
        ({"X": ["Chna"]}, r"did you mean 'China'\?"),
        ({"X": "USA"}, "is no list of members"),
        ({"X": 3}, "is no list of members"),
        ({"X": [3]}, "unknown country or group"),
        ({3: ["USA"]}, "is no name of a group"),
        ({" ": ["USA"]}, "is no name of a group"),
        (["USA"], "give names with members"),
    ],
)
def test_what_is_no_group_is_refused(given, said):
    with pytest.raises(WorldError, match=said):
        WORLD.with_groups(given)


def test_a_name_is_given_once():
    with pytest.raises(WorldError, match="means something already"):
        GROUPED.with_groups({"BRICS": ["USA"]})
