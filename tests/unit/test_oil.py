"""The crude market after a policy: what the outcome, its draws and its tables say of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from threatpoint.errors import PolicyError, WorldError
from threatpoint.oil import tables
from threatpoint.oil.drawn import Drawn, drawn, under
from threatpoint.oil.inputs import OPEC
from threatpoint.oil.outcome import DAYS, OilOutcome
from threatpoint.oil.priors import priors_of
from threatpoint.oil.setting import Setting, require_setting, setting_of
from threatpoint.oil.solve import oil_outcome, solve
from threatpoint.policy import Policy, StopBuying, Tariff
from threatpoint.world import load_world

WORLD = load_world()
BOTH = Policy([StopBuying(["IND", "CHN"], "RUS", "crude")])


@pytest.fixture(scope="module")
def setting() -> Setting:
    return require_setting(WORLD)


@pytest.fixture(scope="module")
def stopped(setting) -> OilOutcome:
    """India and China stop, first year, at unchanged incomes."""
    return under(setting, BOTH.wedges(WORLD), "short", "hold")


@pytest.fixture(scope="module")
def many(setting) -> Drawn:
    return drawn(setting, BOTH.wedges(WORLD), "short", "hold", count=256)


# -- the outcome ---------------------------------------------------------------------------------


def test_without_a_policy_nothing_moves(setting):
    for opec in OPEC:
        o = under(setting, Policy().wedges(WORLD), "short", opec)
        for name in ("benchmark", "price", "discount", "volume", "revenue"):
            before, after = o.pair(name)
            assert after == pytest.approx(before), name
        assert o.world_price_percent == pytest.approx(0, abs=1e-9)
        assert np.isnan(o.implied_elasticity)
        assert tables.takers(o) == tables.more(o) == ""


def test_revenue_is_volume_times_price_and_the_discount_their_gap(stopped):
    for k in (0, 1):
        assert stopped.revenue[k] == pytest.approx(
            stopped.volume[k] * stopped.price[k] * DAYS / 1e3
        )
        assert stopped.discount[k] == pytest.approx(stopped.benchmark[k] - stopped.price[k])
    assert stopped.revenue_change == stopped.revenue[1] - stopped.revenue[0]


def test_the_implied_elasticity_counts_barrels_the_world_loses(stopped):
    """Counted here from what is refined elsewhere less what is pumped elsewhere."""
    pumped = sum(after - before for before, after in stopped.producers().values())
    used = float(stopped.after.refined.sum() - stopped.before.refined.sum())
    world = float(stopped.outlets.base.production.sum())
    rise = np.log(stopped.benchmark[1] / stopped.benchmark[0])
    assert stopped.implied_elasticity == pytest.approx((pumped - used) / world / rise)


def test_gains_are_output_at_the_world_price(stopped):
    was, now = stopped.benchmark
    for code, (before, after) in stopped.producers().items():
        assert stopped.gains()[code] == pytest.approx((now * after - was * before) * DAYS / 1e3)
    assert "RUS" not in stopped.gains()
    assert stopped.owners[0] == "SAU"


def test_what_is_paid_on_landing_starts_at_the_base(stopped):
    base = stopped.outlets.base
    known = dict(zip(base.buyers, base.discount, strict=True))
    for code, (before, after) in stopped.landed_discounts().items():
        assert before == pytest.approx(known[code])
        assert np.isnan(after) == (stopped.buyers()[code][1] == 0)


def test_takers_and_pumpers_are_named_largest_first(stopped):
    taken = tables.takers(stopped).split(", ")
    gains = {c: after - before for c, (before, after) in stopped.buyers().items()}
    best = max(gains, key=gains.__getitem__)
    assert taken[0] == f"{stopped.name(best)} +{gains[best]:.2f}"
    assert "India" not in tables.takers(stopped)
    assert tables.takers(stopped, least=99) == ""
    assert tables.more(stopped).startswith("others +")


def test_codes_of_the_base_have_names(stopped):
    assert [stopped.name(code) for code in ("IND", "KWT", "RST", "OPE", "???")] == [
        "India", "Kuwait", "others", "other OPEC", "???",
    ]  # fmt: skip


# -- draws ---------------------------------------------------------------------------------------


def test_pairs_are_those_of_the_horizon_and_the_first_is_central(many, stopped):
    assert list(many.pairs) == [pair.name for pair in priors_of("short").pairs]
    first = next(iter(many.pairs.values()))
    assert first.world_price_percent == pytest.approx(stopped.world_price_percent)
    assert all(o.imbalance <= 1e-9 for o in many.pairs.values())
    assert many.draws.imbalance <= 1e-9


def test_a_range_holds_nine_of_ten_draws(many):
    for name in ("world_price_percent", "volume", "revenue"):
        low, high = many.range(name)
        found = many.number(name)
        assert np.mean((found >= low) & (found <= high)) == pytest.approx(0.9, abs=0.02)


def test_parts_of_the_variance_are_ranked_and_at_most_all_of_it(many):
    parts = list(many.carries("world_price_percent").values())
    assert parts == sorted(parts, reverse=True)
    assert all(0 <= part <= 1 for part in parts)
    assert next(iter(many.carries("world_price_percent"))) == "pair"
    assert "elasticities of demand and supply" in tables.carried(many, "world_price_percent")


def test_what_does_not_move_is_carried_by_nothing(setting):
    stop = Policy([StopBuying("WORLD", "RUS", "crude")])
    gone = drawn(setting, stop.wedges(WORLD), "short", "hold", count=32)
    assert gone.carries("volume") == {}
    assert gone.carries("price") == {}  # no exports, no price
    assert tables.carried(gone, "volume") == ""
    assert all(np.isnan(end) for end in gone.range("price"))


# -- tables --------------------------------------------------------------------------------------


def test_tables_of_the_terminal_say_what_the_outcome_says(stopped, many):
    rows = {row["what"]: row for row in tables.market([stopped]).rows}
    exports = rows["exports of RUS, mb/d"]
    assert (exports["before"], exports["short"]) == stopped.volume
    assert rows["implied elasticity"]["short"] == stopped.implied_elasticity
    bought = {row["buyer"]: row["short"] for row in tables.buyers([stopped]).rows}
    assert sum(bought.values()) == pytest.approx(stopped.volume[1])
    sure = tables.sure({"short": (stopped, many)})
    assert "Caldara et al. 2019" in [column.heading for column in sure.columns]
    (price, *_) = sure.rows
    assert (price["low"], price["high"]) == many.range("world_price_percent")
    (first, *_) = tables.owners({"hold": stopped}).rows
    assert first == {"owner": "Saudi Arabia", "decimals": 2, "hold": stopped.gains()["SAU"]}
    assert any("Barrels balance" in text for text in tables.remarks([stopped]))


def test_every_prior_has_words():
    for horizon in ("abrupt", "short", "medium", "long"):
        for key in priors_of(horizon, require_setting(WORLD).outlets.base).numbers:
            said = tables.prior_words(key)
            assert key in tables.PRIORS or said.startswith(tuple(tables.ITEMS.values()))
            assert "RST" not in said
            assert "_" not in said


# -- bad input -----------------------------------------------------------------------------------


def test_an_economy_without_the_market_says_so():
    bare = replace(WORLD, markets={})
    assert setting_of(bare) is None
    with pytest.raises(PolicyError, match=r"no market of crude in barrels \(markets: none\)"):
        require_setting(bare)
    lost = replace(WORLD, flows={k: v for k, v in WORLD.flows.items() if k != "crude"})
    with pytest.raises(WorldError, match="market of crude: unknown flow 'crude'"):
        setting_of(lost)


def test_a_misspelt_regime_gets_the_known_ones():
    with pytest.raises(PolicyError, match=r"regime of OPEC 'hodl' \(did you mean 'hold'"):
        solve(WORLD, BOTH, opec="hodl")


def test_a_policy_that_leaves_the_market_alone_solves_none(setting):
    duty = Policy([Tariff("USA", "IND", rate=0.1)])
    assert not setting.touched(duty.wedges(WORLD))
    assert setting.touched(BOTH.wedges(WORLD))
    assert oil_outcome(solve(WORLD, duty)) is None
