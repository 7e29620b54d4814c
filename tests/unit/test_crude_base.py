"""The base of the crude market: barrels balance, dates pick a day, codes find their place."""

from __future__ import annotations

import datetime

import numpy as np
import pytest

import threatpoint as tp
from threatpoint.errors import WorldError
from threatpoint.files import read_csv
from threatpoint.oil.positions import position
from threatpoint.world.crude_base import TABLES, base_on, checked, made

DAYS = (None, datetime.date(2025, 8, 6))


def rows(name, day="2023"):
    return [row for row in read_csv(TABLES / name) if row["day"] == day]


@pytest.mark.parametrize(
    ("day", "stands_on"),
    [
        (None, "2023"),
        (datetime.date(2022, 3, 1), "2023"),
        (datetime.date(2024, 12, 31), "2023"),
        (datetime.date(2025, 1, 1), "2025-03"),
        (datetime.date(2026, 5, 1), "2025-03"),
    ],
)
def test_the_date_picks_the_day(day, stands_on):
    assert base_on(day).day == stands_on


@pytest.mark.parametrize("day", DAYS)
def test_barrels_balance(day):
    base = base_on(day)
    made_there = base.production[base.producers.index(base.seller)]
    assert abs(base.production.sum() - base.home - base.runs.sum()) < 1e-9
    assert abs(base.bought.sum() - base.exports) < 1e-9
    assert abs(made_there - base.home - base.exports) < 1e-9
    assert base.production.sum() == pytest.approx(82.0)


@pytest.mark.parametrize("day", DAYS)
def test_every_buyer_has_room_and_the_coalition_buys_nothing(day):
    base = base_on(day)
    buys = np.array(base.buyers) != "COA"
    assert (base.bought[buys] > 0).all()
    assert (base.ceiling[buys] > base.share[buys]).all()
    assert (base.near <= base.bought).all()
    assert base.bought[~buys] == base.ceiling[~buys] == 0.0


@pytest.mark.parametrize("day", DAYS)
def test_every_number_is_a_quantity_with_a_source(day):
    base = base_on(day)
    for code, number in zip(base.buyers, base.runs, strict=True):
        found = base.quantity("runs", code)
        assert (found.value, found.unit) == (number, "mb/d")
    assert all(q.source and q.page and q.unit and q.period for q in base.quantities.values())
    with pytest.raises(WorldError, match="no runs of XYZ"):
        base.quantity("runs", "XYZ")


def test_what_is_drawn_has_a_range_that_keeps_the_baseline_possible():
    base = base_on(None)
    for (item, code), (given, law) in base.ranges.items():
        assert given.low < given.high
        assert law == "triangular"
        if item == "ceiling":
            assert given.low > base.share[base.buyers.index(code)]
    assert not {"runs", "bought", "production"} & {item for item, _ in base.ranges}


def test_figures_of_march_2025():
    base = base_on(DAYS[1])
    assert (base.benchmark, base.price, base.cap) == (72.73, 58.0, 60.0)
    assert (base.home, base.exports, round(base.served, 2)) == (5.4, 4.3, 0.24)
    assert base.spare.sum() == pytest.approx(5.3)
    bought = dict(zip(base.buyers, base.bought, strict=True))
    assert (bought["CHN"], bought["IND"], bought["TUR"]) == (1.98, 1.75, 0.27)


def test_numbers_later_than_a_score_are_named():
    base = base_on(DAYS[1])
    late = base.later_than(datetime.date(2025, 7, 31))
    assert {("discount", "IND"), ("exports", "RUS"), ("runs", "RST")} <= set(late)
    assert ("spare", "SAU") not in late
    assert not base.later_than(datetime.date(2025, 8, 6))


@pytest.mark.parametrize(
    ("item", "code", "change", "says"),
    [
        ("production", "RST", 0.5, "production less home runs and the buyers' runs is 0.5 mb/d"),
        ("bought", "RST", 0.001, "what buyers bought less exports is 0.001 mb/d"),
        ("home", "RUS", 0.25, "the seller's output less home runs and exports is -0.25 mb/d"),
        ("ceiling", "IND", -0.2, "IND takes 0.340, not below its ceiling"),
        ("near", "CHN", 2.0, "CHN: 2.7 of 2.1404 mb/d are near"),
    ],
)
def test_a_base_that_does_not_hang_together_is_refused(item, code, change, says):
    found = [dict(row) for row in rows("crude_base.csv")]
    (row,) = [row for row in found if (row["item"], row["code"]) == (item, code)]
    for name in ("value", "low", "high"):
        row[name] = str(float(row[name]) + change)
    with pytest.raises(WorldError, match="crude base of 2023") as refused:
        checked(made("2023", found, rows("crude_members.csv")))
    assert says in str(refused.value)


def test_a_base_without_a_number_is_refused():
    found = [row for row in rows("crude_base.csv") if row["item"] != "haul"]
    with pytest.raises(WorldError, match="no haul of CHN"):
        made("2023", found, rows("crude_members.csv"))


def test_codes_stand_for_economies_of_the_shipped_table():
    world = tp.load_world()
    found = position(base_on(None), world)
    assert found["IND"] == ("IND",)
    assert found["BGR"] == found["CZE"] == ("REU",)
    assert {"USA", "JPN", "DEU", "REU", "ROW"} <= set(found["COA"])
    assert {"BRA", "TWN", "ROW"} <= set(found["RST"])
    assert not {"IND", "USA", "RUS", "HUN"} & set(found["RST"])
    assert "POL" in position(base_on(DAYS[1]), world)["COA"]
    made_by = position(base_on(None), world, "producer")
    assert made_by["SAU"] == ("SAU",)
    assert made_by["IRQ"] == made_by["OPE"] == ("ROW",)
    assert "SAU" not in made_by["RST"]
    assert made_by["RUS"] == ("RUS",)


def world_of(*codes, **labels):
    n = len(codes)
    trade = np.eye(n)[:, :, None] * 10.0
    return tp.Economy.from_arrays(
        codes, ["OILGAS"], trade=trade, inputs=np.zeros((n, 1, 1)),
        value_added=np.full((n, 1), 10.0), final=np.full((n, 1), 10.0), **labels,
    )  # fmt: skip


def test_a_union_that_is_one_row_holds_its_members():
    found = position(base_on(None), world_of("RUS", "EU", "ROW", residuals=["ROW"]))
    assert found["HUN"] == ("EU",)
    assert found["CHN"] == ("ROW",)
    assert found["RST"] == ("ROW",)


def test_an_economy_without_a_place_is_refused():
    with pytest.raises(WorldError, match="no row for IND of the crude base"):
        position(base_on(None), world_of("RUS", "CHN"))
    with pytest.raises(WorldError, match="no 'owner'"):
        position(base_on(None), tp.load_world(), "owner")
