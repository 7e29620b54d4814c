"""The map of leverage: rows of flows, who counts, flows solved anew, tables and files."""

from __future__ import annotations

import csv
import json
import math
from functools import cache

import numpy as np
import pytest

import threatpoint as tp
from tests.unit.test_brief_page import small_economy
from threatpoint.analysis.leverage import Leverage, pairs, tables
from threatpoint.analysis.leverage.exact import largest
from threatpoint.analysis.leverage.exact import rows as solved
from threatpoint.errors import EquilibriumError, PolicyError, ThreatpointError, WorldError
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities


@cache
def small(sectors: str = "goods") -> Leverage:
    return tp.leverage(small_economy(residuals=("C04",)), sectors=sectors)


@cache
def day() -> Leverage:
    """The shipped world on the day of the built-in situation."""
    economy = tp.on_day(tp.load_world(), "2025-03-31")
    return tp.leverage(economy, horizon="short")


# -- rows of flows


def test_most_harm_first_and_of_goods_only():
    rows = small().flows().rows
    assert [r["loss"] for r in rows] == sorted((r["loss"] for r in rows), reverse=True)
    assert {r["sector"] for r in rows} == {"S00", "S01"}
    assert {r["sector"] for r in small("all").flows().rows} == {"S00", "S01", "S02"}


def test_each_side_of_each_flow_but_groups_of_many_states():
    rows = small().flows().rows
    places = [(r["of"], r["importer"], r["exporter"], r["sector"]) for r in rows]
    assert len(set(places)) == len(places)
    for row in rows:
        assert {row["of"], row["over"]} == {row["importer"], row["exporter"]}
        assert "C04" not in (row["of"], row["over"])
        assert row["also"] not in (row["of"], row["over"], "C04")


def test_who_is_named_decides_and_is_hurt():
    found = small()
    rows = found.flows("C00", "C01").rows
    assert {r["of"] for r in rows} == {"C00"}
    assert {r["over"] for r in rows} == {"C01"}
    assert all((r["importer"] == "C00") != (r["exporter"] == "C00") for r in rows)
    assert {r["importer"] for r in rows} | {r["exporter"] for r in rows} > {"C00", "C02"}
    row, at = rows[0], found.economy.country
    place = at(row["importer"]), at(row["exporter"]), found.economy.sector(row["sector"])
    assert row["loss"] == pytest.approx(0.01 * found.lost[(1, *place)])
    assert row["own_cost"] == pytest.approx(0.01 * found.lost[(0, *place)])
    assert row["loss_percent"] == pytest.approx(100 * row["loss"] / found.income[1])
    assert row["trade"] == pytest.approx(found.solution.trade[place])


def test_several_count_as_one_and_so_do_their_flows():
    found = small()
    rows = found.flows("UNION", "C02").rows
    row = next(r for r in rows if r["importer"] == "UNION")
    assert (row["of"], row["over"], row["of_members"]) == ("UNION", "C02", ("C00", "C01"))
    i, j = found.economy.country(row["exporter"]), found.economy.sector(row["sector"])
    assert row["own_cost"] == pytest.approx(0.01 * found.lost[:2, :2, i, j].sum())
    assert row["loss"] == pytest.approx(0.01 * found.lost[2, :2, i, j].sum())
    assert row["trade"] == pytest.approx(found.solution.trade[:2, i, j].sum())
    assert all((r["importer"] == "UNION") != (r["exporter"] == "UNION") for r in rows)
    two = found.flows(["C00", "C01"], "C02").rows
    assert {r["of"] for r in two} == {"C00+C01"}
    assert [r["loss"] for r in two] == [r["loss"] for r in rows]


def test_flows_of_several_are_solved_anew_as_one():
    found = small()
    for row in found.exact(found.flows("UNION", "C02", 1e-3, 3).rows, 1e-3).rows:
        assert row["loss_exact"] == pytest.approx(row["loss_first"], rel=5e-3)
        assert row["own_cost_exact"] == pytest.approx(row["own_cost_first"], rel=5e-3)


def test_a_larger_cut_is_as_much_larger_and_top_is_so_many():
    little, more = (small().flows("C00", "C01", cut, 3).rows for cut in (0.01, 0.02))
    assert len(little) == 3
    assert [r["loss"] for r in more] == pytest.approx([2 * r["loss"] for r in little])
    assert [r["ratio"] for r in more] == pytest.approx([r["ratio"] for r in little])


def test_a_name_is_as_good_as_a_code():
    assert small().flows("Land C00", "C01").rows == small().flows("C00", "C01").rows


@pytest.mark.parametrize(
    ("of", "over", "cut", "message"),
    [
        ("C09", None, 0.01, "unknown country or group 'C09'"),
        (None, "C9", 0.01, "over: unknown country"),
        ("UNION", "C01", 0.01, "C01 stands on both sides"),
        ("C00", "C01", 0.0, "not a share above 0"),
        ("C00", "C01", 1.5, "not a share above 0"),
        ("C00", "C01", math.nan, "not a share above 0"),
        ("C00", "C01", "1%", "not a share above 0"),
        ([], None, 0.01, "nothing is given"),
    ],
)
def test_bad_words_are_one_error(of, over, cut, message):
    with pytest.raises(PolicyError, match=message):
        small().flows(of, over, cut)


@pytest.mark.parametrize("top", [0, -1, 1.5, "ten"])
def test_a_number_of_rows_that_is_none(top):
    with pytest.raises(PolicyError, match="is not a whole number from 1"):
        small().flows(top=top)


def test_bad_input_of_the_map():
    with pytest.raises(PolicyError, match="economy must be an Economy"):
        tp.leverage("world")  # type: ignore[arg-type]
    with pytest.raises(PolicyError, match="unknown sector 'S09'"):
        tp.leverage(small_economy(), sectors="S09")
    with pytest.raises(WorldError, match="unknown horizon"):
        tp.leverage(small_economy(), horizon="shrot")


def islands() -> Economy:
    """Two pairs of economies that trade tools, and one alone; haircuts stay at home."""
    trade = np.zeros((5, 5, 2))
    for a, b in ((0, 1), (2, 3)):
        trade[[a, b], [a, b], 0], trade[a, b, 0], trade[b, a, 0] = 8.0, 2.0, 2.0
    trade[4, 4, 0], trade[range(5), range(5), 1] = 10.0, 5.0
    codes, sectors = ("A", "B", "C", "D", "E"), ("TOOLS", "HAIRCUTS")
    values = Elasticities.of(codes, sectors, 4.0)
    made = np.tile([10.0, 5.0], (5, 1))
    return Economy.from_arrays(
        codes, sectors, trade, np.zeros((5, 2, 2)), made, made, elasticities={"long": values}
    )


def test_no_trade_is_no_power_and_no_row():
    found = tp.leverage(islands())
    assert math.isnan(found.power[0, 2])
    assert found.power[0, 1] == pytest.approx(1.0)
    assert found.log_power[0, 1] == pytest.approx(0.0, abs=1e-9)
    rows = found.flows("A", "C").rows  # A's flows with B, which C does not feel
    assert all(row["loss"] == pytest.approx(0.0, abs=1e-9) for row in rows)
    assert found.friends[4] == pytest.approx([0.0, 0.0, 0.0, 0.0, 1.0], abs=1e-9)
    with pytest.raises(PolicyError, match="leverage of E over everybody: the table has no trade"):
        found.flows("E")
    home = tp.leverage(islands(), sectors="HAIRCUTS")
    with pytest.raises(PolicyError, match="leverage of A over everybody: the table has no trade"):
        home.flows("A")


# -- numbers of pairs


def test_power_where_somebody_does_not_lose():
    depends = np.array([[math.nan, 2.0, -1.0], [1.0, math.nan, -1.0], [3.0, -2.0, math.nan]])
    power = pairs.power(depends)
    assert power[0, 1] == 0.5
    assert power[1, 0] == 2.0
    assert power[0, 2] == math.inf  # the third loses, the first does not
    assert power[2, 0] == 0.0
    assert math.isnan(power[1, 2])
    logs = pairs.log_power(depends)
    assert (logs[0, 1], logs[0, 2], logs[2, 0]) == (math.log(0.5), math.inf, -math.inf)


def test_own_costs_that_are_gains_say_so():
    rows = [dict(small().flows("C00", "C01").rows[0])]
    gain = rows[0] | {"own_cost": -1.0, "ratio": math.inf}
    table = tables.flows(small(), [*rows, gain, gain | {"own_cost": 0.0}], 0.01)
    at = [c.key for c in table.shown].index("ratio")
    cells = [row[at] for row in [*table.first, *table.folded]]
    assert cells[1:] == ["gains itself", "costs nothing"]
    assert "below 0 is a gain" in table.note


def test_pairs_take_groups_as_one_and_sort_by_dependence():
    rows = small().pairs("UNION").rows
    assert [row["over"] for row in rows if row["of"] == "UNION"] == [row["over"] for row in rows]
    assert {row["over"] for row in rows} == {"C02", "C03"}
    lost = [row["loss_percent"] for row in small().pairs().rows]
    assert lost == sorted(lost, reverse=True)
    friends = [row["friend"] for row in small().friendships().rows]
    assert friends == sorted(friends, reverse=True)


# -- solved anew


def test_flows_solved_anew_are_near_for_a_small_cut():
    found = small()
    levers = found.flows(top=6).rows
    for row in found.exact(levers).rows:
        assert row["loss_exact"] == pytest.approx(row["loss_first"], rel=0.02)
        assert row["own_cost_exact"] == pytest.approx(row["own_cost_first"], rel=0.02)
        assert row["loss_whole_first"] == pytest.approx(100 * row["loss_first"])
        assert not row["barrels"]
    assert found.exact([]).rows == []


def test_a_flow_without_an_equilibrium_says_why():
    found = tp.leverage(islands())
    (row,) = found.exact(found.flows("A", "B", top=1).rows).rows
    assert "no equilibrium" in row["failure"]
    assert math.isnan(row["loss_whole_exact"])
    assert row["loss_exact"] == pytest.approx(row["loss_first"], rel=0.02)
    table = found.exact(found.flows("A", "B", top=1).rows)
    assert "note" in [column.key for column in table.shown]


def test_crude_is_marked_where_only_the_solved_numbers_are_in_barrels():
    found = day()
    table = found.flows("IND", "RUS")
    rows = [r for r in table.rows if (r["importer"], r["exporter"]) == ("IND", "RUS")]
    crude, metals = (next(r for r in rows if r["sector"] == x) for x in ("OILGAS", "METMIN"))
    assert (crude["barrels"], metals["barrels"]) == (True, False)
    assert sum(row["barrels"] for row in table.rows) == sum(
        (row["exporter"], row["sector"]) == ("RUS", "OILGAS") for row in table.rows
    )
    anew = found.exact([crude, metals])
    first, second = anew.rows
    assert first["loss_exact"] > 1.5 * first["loss_first"]
    assert second["loss_exact"] == pytest.approx(second["loss_first"], rel=0.01)
    said = "Crude oil and natural gas, Russia to India"
    assert f"{said} (solved in barrels)" in {row[0] for row in anew.first}
    assert f"{said} (here not in barrels)" in {row[0] for row in [*table.first, *table.folded]}


def test_flows_of_crude_are_solved_anew_where_others_are_larger():
    levers = [{"k": k, "barrels": k in (3, 12, 14)} for k in range(20)]
    assert [lever["k"] for lever in largest(levers)] == [*range(10), 12, 14]


@pytest.mark.parametrize("horizon", ["abrupt", "medium", "long"])
def test_every_horizon_is_the_slope_of_the_solved(horizon: str):
    economy = tp.on_day(tp.load_world(), "2025-03-31")
    found = tp.leverage(economy, horizon=horizon)
    for row in solved(found, found.flows("USA", "CHN", 1e-3, 2).rows, 1e-3):
        assert row["loss_exact"] == pytest.approx(row["loss_first"], rel=3e-3)
        assert row["own_cost_exact"] == pytest.approx(row["own_cost_first"], rel=3e-3)


# -- tables and files


def test_files_hold_flows_and_pairs(tmp_path):
    found = small()
    written = found.to_csv(tmp_path / "map.csv")
    assert {path.name for path in written} == {
        *("map.csv", "map.meta.json", "map-power.csv", "map-power.meta.json"),
    }
    with (tmp_path / "map.csv").open(encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    assert len(rows) == len(found.flows().rows)
    assert float(rows[0]["loss"]) == found.flows().rows[0]["loss"]
    about = json.loads((tmp_path / "map.meta.json").read_text(encoding="utf-8"))
    assert about["order"] == "first"
    assert "first order" in about["definitions"]["loss"]
    found.to_csv(tmp_path / "map.json")
    whole = json.loads((tmp_path / "map.json").read_text(encoding="utf-8"))
    assert len(whole["power"]) == len(found.pairs().rows)


def test_files_that_cannot_be_written_are_refused(tmp_path):
    with pytest.raises(ThreatpointError, match=r"ends in \.csv or \.json"):
        small().to_csv(tmp_path / "map.txt")


def test_matrices_with_labels():
    pytest.importorskip("xarray")
    found = small()
    data = found.to_xarray()
    assert float(data["power"].sel(country="C00", exporter="C01")) == found.power[0, 1]
    assert data.attrs["horizon"] == "long"
    frame = data["friends"].to_pandas()
    assert frame.loc["C02", "C00"] == found.friends[2, 0]


def test_money_of_a_small_cut_is_in_millions_where_the_unit_has_them():
    table = small().flows("C00", "C01")
    headings = {column.key: column.heading for column in table.shown}
    assert headings["loss"] == "Loss, USD million"
    other = tp.leverage(small_economy(unit="florins")).flows("C00", "C01")
    assert {c.key: c.heading for c in other.shown}["loss"] == "Loss, florins"


def test_a_world_that_cannot_be_solved_is_said_to_be_so(monkeypatch):
    def never(*given, **how):
        raise EquilibriumError("none")

    monkeypatch.setattr("threatpoint.analysis.leverage.found.solve", never)
    with pytest.raises(EquilibriumError):
        tp.leverage(small_economy())
