"""Published figures beside the model's: the tables in the texts are what is computed now."""

from __future__ import annotations

import math
from importlib import import_module
from pathlib import Path

import pytest
from validation import compared
from validation.check import SourceDataMissing
from validation.compared import Compared, at_each, filled, horizons, real_income, table
from validation.fajgelbaum_2020 import replicate as war
from validation.kiel_2024 import replicate as kiel
from validation.tariff_shocks import replicate as shocks

from threatpoint.equilibrium import solve
from threatpoint.errors import EquilibriumError
from threatpoint.world import load_world

WORLD = load_world()
USA = WORLD.country("USA")


@pytest.mark.parametrize("folder", compared.COMPARISONS)
def test_the_text_holds_the_table_that_is_computed_now(folder):
    """To write all anew: python -m validation.compared --write."""
    package = import_module(f"validation.{folder}")
    try:
        made = table(package.rows())
    except SourceDataMissing as missing:
        pytest.skip(str(missing))
    text = Path(package.TEXT).read_text(encoding="utf-8")
    assert text == filled(text, made)


def test_a_table_has_a_column_a_horizon_the_shortest_first_and_the_rest_last():
    rows = [
        Compared("a", "1 %", {"long": "2 %", "short": "3 %"}),
        Compared("b", "", {"mine": "4 %"}),
    ]
    head, _, first, second = table(rows).splitlines()
    assert head == "|  | published | first year | 7–10 years | elasticities “mine” |"
    assert first == "| a | 1 % | 3 % | 2 % |  |"
    assert second == "| b |  |  |  | 4 % |"


def test_only_what_is_between_the_marks_is_replaced():
    text = f"before\n{compared.START}\nold\n{compared.END}\nafter\n"
    once = filled(text, "new\n")
    assert once == f"before\n{compared.START}\n\nnew\n\n{compared.END}\nafter\n"
    assert filled(once, "new\n") == once


def test_a_horizon_without_an_equilibrium_says_so():
    def solved(horizon):
        if horizon == "short":
            raise EquilibriumError("none")
        return solve(WORLD, horizon=horizon)

    said = at_each(solved, {"w": real_income("USA"), "words": lambda found: "x"}, ["short", "long"])
    assert said["w"]["short"] == said["words"]["short"] == "no equilibrium"
    assert said["words"]["long"] == "x"


# -- row 21 -----------------------------------------------------------------------------------


def test_the_break_costs_germany_less_the_more_time_there_is():
    found = [kiel.losses()[name] for name in horizons()]
    assert found == sorted(found)
    assert -2.0 <= kiel.losses()["long"] <= -1.0  # as published
    assert -6.0 < kiel.losses().get("abrupt", -5.0) < -4.0  # near what is published


def test_alone_and_with_services_it_costs_more():
    bloc, alone, goods = kiel.losses(), kiel.losses("alone"), kiel.losses(sectors="goods")
    assert all(alone[name] < bloc[name] < goods[name] < 0 for name in horizons())


def test_the_first_year_lies_inside_the_range_of_the_elasticity():
    printed = kiel.PUBLISHED["short"].low
    assert kiel.losses(end="low")["short"] < printed < kiel.losses()["short"]


# -- row 22 -----------------------------------------------------------------------------------


def test_what_is_hit_is_as_much_as_published():
    _, hit = war._hit(WORLD)
    imports = war.flows(WORLD, ["USA"], list(WORLD.countries), list(WORLD.goods))
    assert hit.sum() / imports == pytest.approx(0.127, rel=1e-12)
    china = hit[WORLD.country("CHN")].sum() / hit.sum()
    assert china == pytest.approx(250 / 290, rel=1e-12)
    back = war.war()[-1]
    exports = war.flows(WORLD, list(WORLD.countries), ["USA"], list(WORLD.goods))
    answered = war.flows(WORLD, list(back.importers), ["USA"], list(WORLD.goods))
    assert back.enforcement * answered / exports == pytest.approx(0.082, rel=1e-12)
    assert [round(100 * item.rate, 9) for item in war.war()] == [14.0, 14.0, 13.1]


def test_hit_prices_rise_by_nearly_the_whole_tariff_and_the_loss_is_small():
    for name in horizons():
        found = war.solved(name)
        for against in ("world", "suppliers"):
            assert 90 < war.pass_through(found, against=against) < 100
        gains = found.welfare
        assert -0.1 < gains.percent[USA] < 0
        assert gains.percent[USA] - gains.from_tariffs[USA] < gains.percent[USA]
        assert gains.percent[USA] < war.solved(name, retaliation=False).welfare.percent[USA]


# -- four shocks ------------------------------------------------------------------------------


def test_before_revenue_a_tariff_looks_worse_for_who_levies_it():
    for shock in shocks.CASES:
        for name in horizons():
            gains = shocks.solved(shock, name).welfare
            assert gains.from_tariffs[USA] > 0
            assert math.isfinite(gains.percent[USA])


def test_an_answer_costs_the_sender():
    for name in horizons():
        alone, answered = (shocks.solved(key, name) for key in ("yale", "yale, answered"))
        assert answered.welfare.percent[USA] < alone.welfare.percent[USA]
