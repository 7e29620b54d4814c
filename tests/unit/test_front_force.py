"""A force to secure the rear: by hand, its sources, its table."""

from datetime import date

import numpy as np
import pytest

from tests.front_draws import front_values
from threatpoint.front import ahead, force, path_inputs
from threatpoint.front.results import force as force_table

DAY = date(2025, 3, 31)


def test_by_hand():
    values = {
        "force_cost": np.array([1e5]), "force_rotation": np.array([3.0]),
        "force_share": np.array([0.5]), "force_brigade": np.array([2500.0]),
        "force_months": np.array([6.0]),
    }  # fmt: skip
    found = force.solve_force(values, (10_000, 50_000))
    assert found.cost[0] == pytest.approx([1.0, 5.0])
    assert found.needed[0] == pytest.approx([30_000, 150_000])
    assert found.brigades[0] == pytest.approx([2, 10])
    assert found.time.median == 6


def test_costs_are_from_sources_that_were_out_by_the_day():
    found = force.costs()
    assert [cost.usd for cost in found] == [75_000, 140_000, 280_000, 1_300_000]
    assert all(cost.published[:7] <= "2025-03" and cost.source and cost.page for cost in found)
    assert {round(cost.usd / cost.eur, 3) for cost in found} == {1.082}


def test_every_draw_costs_what_somebody_published_and_grows_with_size():
    values = front_values(256, found=force.inputs())
    found = force.solve_force(values)
    ends = [cost.eur for cost in force.costs()]
    each = found.cost / np.array(found.sizes) * 1e9
    assert each.min() >= min(ends) * (1 - 1e-9)
    assert each.max() <= max(ends) * (1 + 1e-9)
    for part in (found.cost, found.needed, found.brigades):
        assert (np.diff(part, axis=1) > 0).all()
    assert (found.needed >= 2.5 * np.array(found.sizes)).all()


def test_the_table_holds_every_size():
    found = force.solve_force(front_values(64, found=force.inputs()))
    rows = force_table(found).rows
    assert [row["soldiers"] for row in rows] == list(force.SIZES)
    assert all(row["cost_low"] < row["cost"] < row["cost_high"] for row in rows)


def test_what_carries_the_ground_is_found_again_in_a_path_that_one_input_makes():
    values = front_values(1024, found=ahead.inputs())
    fixed = {"front_model": 0.9, "front_slow": 75.0, "front_fast": 75.0}
    values |= {key: np.full(1024, value) for key, value in fixed.items()}
    one = dict(values) | {"front_fast": values["front_norm"], "front_slow": values["front_norm"]}
    found = ahead.solve_ahead(one, DAY)
    assert found.driver == path_inputs.SPEEDS
    assert found.carried[path_inputs.SPEEDS] > 0.9
    still = ahead.solve_ahead(values, DAY)
    assert (still.carried, still.driver) == ({}, "")  # nothing varies
    assert ahead.solve_ahead(front_values(64, found=ahead.inputs()), DAY).driver == ""


def test_most_of_the_range_comes_from_the_months():
    found = ahead.solve_ahead(front_values(1024, found=ahead.inputs()), DAY)
    assert found.driver == path_inputs.GROUP
    assert 0.2 < found.carried[found.driver] < 0.6


def test_keys_of_the_room_stand_once():
    keys = [item.key for item in ahead.inputs()]
    assert len(keys) == len(set(keys))
    assert all(key.startswith(("front_", "force_")) for key in keys)
    assert all(item.source and item.known and item.group for item in ahead.inputs())
