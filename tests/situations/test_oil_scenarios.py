"""Sanctions on energy itself, [oil.NAME], on the shipped world at every horizon."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from threatpoint.analysis import oil_tables
from threatpoint.analysis.oil_answers import scenarios, solve_oil
from threatpoint.analysis.outcome import page_horizons
from threatpoint.equilibrium.results import assumptions
from threatpoint.errors import SituationError
from threatpoint.oil import solve as oil_solve
from threatpoint.oil.inputs import OPEC
from threatpoint.oil.outcome import DAYS
from threatpoint.oil.priors import priors_of
from threatpoint.oil.setting import require_setting
from threatpoint.policy import CutOff, ListShips, MoveCap, Policy, PriceCap, Tariff
from threatpoint.policy.standing import on_day
from threatpoint.situation import load_situation
from threatpoint.situation.model import OilScenario
from threatpoint.world import load_world

NAME = "ukraine-2025-03-31"
SELLER = "RUS"
EMBARGO = ("embargo-held", "embargo-half", "embargo-spare")
HORIZONS = page_horizons(load_world())


@pytest.fixture(scope="module")
def situation():
    return load_situation(NAME)


@pytest.fixture(scope="module")
def world(situation):
    return on_day(load_world(), situation.date)


@pytest.fixture(scope="module")
def answers(situation, world):
    """Name of a scenario -> horizon -> its answer."""
    found = solve_oil(situation, world)
    return {
        name: {a.horizon: a for a in found if a.scenario.name == name} for name in situation.oil
    }


def each(answers, *names):
    """(name, horizon, outcome) of some scenarios, or of all."""
    for name in names or answers:
        for horizon, answer in answers[name].items():
            yield name, horizon, answer.outcome


def of(world, situation, *instruments, **changes):
    """The first-year answer to a sanction of one's own."""
    scenario = OilScenario("own", "own", Policy(instruments), changes.get("opec", "hold"))
    found = solve_oil(replace(situation, oil={"own": scenario}), world)
    return next(answer for answer in found if answer.horizon == "short")


def test_every_sanction_is_answered_at_every_horizon(answers):
    assert len(answers) == 8
    for by in answers.values():
        assert list(by) == HORIZONS or tuple(by) == tuple(HORIZONS)
        for horizon, a in by.items():
            assert a.failure == ""
            assert a.solution.status.residual <= 1e-10
            assert np.abs(a.solution.status.walras).max() <= 1e-8
            assert assumptions(a.solution)["horizon"] == horizon == a.outcome.horizon
            assert a.outcome.opec == a.scenario.opec


def test_barrels_balance_and_buyers_add_up(answers):
    for _, _, o in each(answers):
        assert o.imbalance <= 1e-9
        assert sum(after for _, after in o.buyers().values()) == pytest.approx(o.volume[1])
        assert sum(before for before, _ in o.buyers().values()) == pytest.approx(o.volume[0])
        assert np.abs(o.after.imbalance).max() <= 1e-9


def test_what_is_not_exported_is_shut_in_refined_or_not_pumped(answers):
    for _, _, o in each(answers):
        wells = o.before.offer.wells[0] - o.after.offer.wells[0]
        assert wells >= -1e-9
        parts = wells + o.pair("shut")[1] + o.pair("at_home")[1]
        assert o.volume[0] - o.volume[1] == pytest.approx(parts, abs=1e-9)


def test_revenue_is_price_times_volume_where_no_cap_is_evaded(answers):
    for name, _, o in each(answers):
        if name != "price-cap" and o.volume[1] > 0:
            assert o.revenue[1] == pytest.approx(o.price[1] * o.volume[1] * DAYS / 1e3)
            assert o.discount[1] == pytest.approx(o.benchmark[1] - o.price[1])


def test_the_baseline_is_the_base_of_the_day(answers, world):
    base = require_setting(world).outlets.base
    assert base.day == "2025-03"
    for _, _, o in each(answers):
        assert (o.benchmark[0], o.price[0]) == (base.benchmark, base.price)
        assert o.volume[0] == pytest.approx(base.bought.sum())


def test_the_world_price_rises_and_the_seller_loses(answers, world):
    for name, _, o in each(answers):
        assert o.world_price_percent > 0
        assert o.revenue_change < 0
        assert o.volume[1] < o.volume[0]
        answer = answers[name][o.horizon]
        assert answer.solution.welfare.percent[world.country(SELLER)] < 0


def test_the_more_time_the_smaller_the_price_rise(answers):
    for name in answers:
        rises = [o.world_price_percent for _, _, o in each(answers, name)]
        assert rises == sorted(rises, reverse=True)


def test_who_stops_buys_nothing_and_others_buy_more(answers):
    for name, out in {"india-stops": ["IND"], "india-and-china-stop": ["IND", "CHN"]}.items():
        for _, _, o in each(answers, name):
            buyers = o.buyers()
            assert all(buyers[code][1] == 0 for code in out)
            rest = [pair for code, pair in buyers.items() if code not in out]
            assert sum(after for _, after in rest) > sum(before for before, _ in rest)


def test_a_larger_group_of_buyers_costs_the_seller_more(answers):
    for h in HORIZONS:
        one, two = (answers[n][h].outcome for n in ("india-stops", "india-and-china-stop"))
        assert two.world_price_percent > one.world_price_percent
        assert two.revenue[1] < one.revenue[1]
        assert two.discount[1] > one.discount[1]


def test_the_implied_elasticity_is_the_sum_of_the_pair_used(answers):
    """Without idle capacity; what the seller's wells and refineries withhold counts as missing."""
    for name, by in answers.items():
        for horizon, answer in by.items():
            if answer.scenario.opec != "hold":
                continue
            for pair, outcome in answer.drawn.pairs.items():
                used = priors_of(horizon).at(pair)
                wanted = used["e_d"] + used["e_s"]
                assert outcome.implied_elasticity == pytest.approx(wanted, rel=0.1), name


def test_barrels_balance_in_every_draw(answers):
    for answer in (one for by in answers.values() for one in by.values()):
        assert answer.drawn.draws.imbalance <= 1e-9
        assert len(answer.drawn.number("world_price_percent")) == 1024


def test_the_sectors_price_is_crudes_share_of_the_markets(answers, world):
    j, seller = world.sector("OILGAS"), world.country(SELLER)
    others, output = np.arange(len(world.countries)) != seller, world.output[:, j]
    value = 82.0 * 365 * world.markets["crude"].benchmark.value
    for answer in (one for by in answers.values() for one in by.values()):
        costs = answer.solution.unit_costs[others, j]
        rise = 100 * (np.average(costs, weights=output[others]) - 1)
        share = min(value / output.sum(), 1)
        assert rise == pytest.approx(share * answer.outcome.world_price_percent, rel=0.1)


def test_the_price_is_that_of_the_first_pair_and_inside_its_range(answers):
    for name, horizon, o in each(answers):
        drawn = answers[name][horizon].drawn
        low, high = drawn.range("world_price_percent")
        assert low <= o.world_price_percent <= high
        first = next(iter(drawn.pairs.values()))  # a second pass of incomes apart
        assert o.world_price_percent == pytest.approx(first.world_price_percent, rel=2e-3)


def test_under_an_embargo_nothing_at_all_is_sold(answers):
    for _, _, o in each(answers, *EMBARGO):
        assert o.volume[1] == o.revenue[1] == 0.0
        assert all(after == 0 for _, after in o.buyers().values())
        assert np.isnan(o.discount[1])
        assert np.isnan(o.price[1])


def test_the_more_idle_capacity_comes_in_the_less_the_price_rises(answers):
    for by in answers.values():
        for a in by.values():
            rises = [a.full.regimes[opec].world_price_percent for opec in OPEC]
            assert rises == sorted(rises, reverse=True)
    for h in HORIZONS:
        held, half, spare = (answers[n][h].outcome.world_price_percent for n in EMBARGO)
        assert held > half > spare > 0


def test_a_cap_that_does_not_bind_changes_nothing_at_all(world, situation):
    for act in (PriceCap(SELLER, "WORLD", "crude", 60.0), MoveCap(SELLER, "crude", None)):
        answer = of(world, situation, act)
        assert answer.outcome.world_price_percent == pytest.approx(0, abs=1e-9)
        assert answer.outcome.revenue_change == pytest.approx(0, abs=1e-9)
        assert np.abs(answer.solution.welfare.percent).max() < 1e-6


def test_fewer_ships_raise_freight(world, situation):
    o = of(world, situation, ListShips(SELLER, "crude", 0.2)).outcome
    assert o.pair("freight")[1] > 0
    assert o.revenue_change < 0


def test_tables_have_a_row_a_scenario_and_horizon(answers, world):
    found = [a for by in answers.values() for a in by.values()]
    asked = [(a.scenario.label, a.horizon) for a in found]
    for table in (
        scenarios(found, "Russia"), oil_tables.prices(found), oil_tables.incomes(found),
    ):  # fmt: skip
        assert [(row["scenario"], row["horizon"]) for row in table.rows] == asked
    incomes = oil_tables.incomes(found, 3)
    shown = [c.key for c in incomes.columns if c.shown][2:]
    assert len(shown) == 3
    assert SELLER in shown
    assert not set(shown) & set(world.residuals)
    for row, a in zip(incomes.rows, found, strict=True):
        assert row[SELLER] == a.solution.welfare.percent[world.country(SELLER)]


def test_owners_stand_once_for_one_policy_whatever_they_do(answers):
    held, half = (answers[name]["short"] for name in EMBARGO[:2])
    rows = oil_tables.owners([held, half]).rows
    assert [row["owner"] for row in rows] == [held.outcome.name(c) for c in held.outcome.owners]
    assert rows[0]["owner"] == "Saudi Arabia"
    gains = {opec: market.gains() for opec, market in held.full.regimes.items()}
    assert all(rows[0][opec] == gains[opec]["SAU"] for opec in OPEC)


def test_an_economy_without_markets_has_no_oil_answers(situation, world):
    assert solve_oil(situation, replace(world, markets={})) == ()
    assert solve_oil(replace(situation, oil={}), world) == ()


def test_a_sanction_without_an_equilibrium_keeps_its_reason(situation, world):
    """Rows then hold no number."""
    # closure 'fixed' cannot pay the seller's deficit when all of its trade is stopped
    answer = of(world, situation, CutOff(SELLER, "others", "all"))
    assert answer.outcome is None
    assert answer.solution is None
    assert "no equilibrium" in answer.failure
    (row,) = scenarios((answer,), SELLER).rows
    assert np.isnan(row["world_price_percent"])
    assert row["taken_by"] == row["absorbed_by"] == answer.failure
    for make in (oil_tables.prices, oil_tables.owners, oil_tables.incomes):
        assert not make([answer]).rows


def test_the_regime_alone_moves_nothing(world):
    for opec in OPEC:
        o = oil_solve.oil_outcome(oil_solve.solve(world, horizon="short", opec=opec))
        assert o.world_price_percent == pytest.approx(0, abs=1e-9)
        assert o.volume[1] == pytest.approx(o.volume[0])
        assert np.isnan(o.implied_elasticity)


def test_elasticities_of_trade_under_another_name_take_the_long_runs_market(world):
    duty = Policy([Tariff("USA", "IND", rate=0.1)])
    for name, horizon in {
        "printed": "long",
        "short-low": "short",
        "published-high": "long",
    }.items():
        solution = oil_solve.solve(world, duty, horizon=name, opec="hold")
        assert oil_solve.oil_outcome(solution).horizon == horizon


FILE = """
[oil.stop]
label = "India stops"
opec = "{opec}"

[[oil.stop.instruments]]
instrument = "stop-buying"
buyers = ["{buyer}"]
sellers = ["RUS"]
goods = ["crude"]
"""


def spoilt(tmp_path, **changes):
    """The built-in situation with one more sanction."""
    from importlib.resources import files

    text = (files("threatpoint.situation") / "library" / f"{NAME}.toml").read_text("utf-8")
    path = tmp_path / "spoilt.toml"
    path.write_text(text + FILE.format(**{"opec": "hold", "buyer": "IND", **changes}), "utf-8")
    return path


def test_a_sanction_of_ones_own_is_read(tmp_path):
    own = load_situation(spoilt(tmp_path)).oil["stop"]
    assert (own.label, own.opec) == ("India stops", "hold")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"opec": "hodl"}, ["hodl", "hold"]),
        ({"opec": ""}, ["opec"]),
        ({"buyer": "INDD"}, ["INDD", "IND"]),
        ({"buyer": "RUS"}, ["RUS"]),
        ({"buyer": "USA"}, ["crude"]),
    ],
)
def test_a_wrong_word_in_a_sanction_is_refused(tmp_path, changes, words):
    with pytest.raises(SituationError) as caught:
        load_situation(spoilt(tmp_path, **changes))
    for word in ("oil.stop", *words):
        assert word in str(caught.value)
