"""Crude by the barrel: random markets clear once, and move as economics says they must."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.crude_markets import market, markets
from threatpoint.errors import WorldError
from threatpoint.oil import levels
from threatpoint.oil.buyers import Buyers
from threatpoint.oil.cleared import LOG_PRICES, Cleared, offered
from threatpoint.oil.clearing import clear
from threatpoint.oil.receipts import Receipts
from threatpoint.oil.roots import falling_root
from threatpoint.oil.seller import evading, evasion, netback, spent

BALANCE = 1e-9
"""mb/d."""

MANY = settings(max_examples=60, deadline=None)


def price(found: Cleared) -> np.ndarray:
    """World price over the baseline's."""
    return np.exp(found.log_price)


@MANY
@given(markets(changed=False))
def test_nothing_done_leaves_the_baseline(crude):
    found = clear(crude)
    assert np.allclose(price(found), 1.0, atol=1e-10)
    assert np.allclose(found.price, crude.price, rtol=1e-9)
    assert np.allclose(found.taken.volume, crude.bought, atol=1e-9)


@MANY
@given(markets())
def test_barrels_balance_and_none_is_negative(crude):
    found = clear(crude)
    assert np.abs(found.imbalance).max() <= BALANCE
    pumped = found.made.sum(axis=1) + found.offer.wells - found.shut
    used = found.refined.sum(axis=1) + found.offer.home - found.at_home
    assert np.allclose(pumped, used, atol=BALANCE)
    for volume in (found.taken.volume, found.refined, found.made, found.shut, found.offer.wells):
        assert (volume >= 0).all()


@MANY
@given(markets())
def test_wells_close_only_at_the_shut_in_price(crude):
    found = clear(crude)
    net = netback(crude, found.price, found.seaborne)
    closed = found.shut > 1e-7
    assert np.allclose(net[closed], crude.shut_in[closed], rtol=1e-9)
    assert (net >= crude.shut_in * (1 - 1e-9)).all()


@MANY
@given(markets(), st.integers(0, 3))
def test_every_level_has_one_root(crude, seed):
    """A scan of the outer function, and of the middle one at random world prices."""
    grid = np.linspace(*LOG_PRICES, 241)
    one = crude.pick(slice(0, 1)).wide(len(grid))
    outer = levels._at(one, grid).imbalance
    assert ((outer[:-1] > 0) & (outer[1:] <= 0)).sum() == 1
    assert (np.diff(outer) <= 1e-9).all()
    level = np.random.default_rng(seed).uniform(-0.5, 0.8)
    buyers = Buyers(one, np.full(len(grid), level))
    asked = np.linspace(float(one.shut_in[0]), 250.0, len(grid))
    taken = buyers.taken(asked)
    world = one.world_price * np.exp(level)
    middle = taken.total - offered(one, taken, asked, world).exports
    assert (np.diff(middle) <= 1e-9).all()
    assert (np.diff((one.haul * taken.volume).sum(axis=1)) <= 1e-9).all()


@MANY
@given(markets(draws=1), st.sampled_from(("demand", "supply")), st.floats(1.1, 4.0))
def test_the_more_elastic_the_less_the_price_moves(crude, name, factor):
    more = replace(crude, **{name: getattr(crude, name) * factor})
    plain, other = (clear(each).log_price[0] for each in (crude, more))
    same = np.sign(plain) == np.sign(other) or min(abs(plain), abs(other)) < 1e-9
    assert same
    assert abs(other) <= abs(plain) + 1e-9


@MANY
@given(markets(draws=1), st.floats(0.1, 6.0))
def test_more_spare_capacity_never_raises_the_price(crude, more):
    spare = crude.spare.copy()
    spare[:, 0] += more
    assert clear(replace(crude, spare=spare)).log_price[0] <= clear(crude).log_price[0] + 1e-10


@MANY
@given(markets(draws=1, changed=False), st.integers(0, 4), st.floats(0.3, 0.99))
def test_a_tighter_ceiling_never_lowers_the_discount(crude, outlet, factor):
    """Purchases at another outlet have stopped, so that its barrels need room elsewhere."""
    kept = crude.kept.copy()
    kept[:, (outlet + 1) % kept.shape[1]] = 0.0
    stopped = replace(crude, kept=kept)
    share = crude.bought[:, outlet] / crude.runs[:, crude.buyer[outlet]]
    ceiling = crude.ceiling.copy()
    ceiling[:, outlet] = np.maximum(ceiling[:, outlet] * factor, share / 0.98)
    loose, tight = clear(stopped), clear(replace(stopped, ceiling=ceiling))
    gap = [x.world_price[0] - x.price[0] for x in (loose, tight)]
    assert gap[1] >= gap[0] - 1e-8


@MANY
@given(markets(draws=1), st.floats(0.0, 40.0))
def test_a_cap_at_or_above_what_evading_nets_changes_nothing(crude, above):
    free = replace(crude, cap=np.full(1, np.inf))
    before = clear(free)
    cap = np.full(1, before.price[0] + above)
    after = clear(replace(free, cap=cap))
    assert after.log_price[0] == pytest.approx(before.log_price[0], abs=1e-10)
    assert Receipts(after).revenue[0] == pytest.approx(Receipts(before).revenue[0], rel=1e-9)


@MANY
@given(markets(draws=1, changed=False), st.floats(0.05, 2.0), st.floats(0.0, 1.0))
def test_a_cap_anywhere_with_any_share_served_clears(crude, ratio, served):
    sea = np.where(crude.haul > 0, crude.bought, 0.0).sum(axis=1)
    capped = replace(crude, cap=crude.price * ratio, own_fleet=(1 - served) * sea)
    found = clear(capped)
    assert np.abs(found.imbalance).max() <= BALANCE
    paid = Receipts(found)
    assert paid.revenue[0] <= Receipts(clear(crude)).revenue[0] + 1e-6
    if found.exports[0] > 0:
        assert paid.net[0] <= found.price[0] + 1e-9


@MANY
@given(markets(draws=1), st.floats(0.0, 8.0), st.floats(20.0, 120.0))
def test_what_evading_costs_is_the_area_under_its_curve(crude, volume, price):
    steps = np.linspace(0.0, volume, 4001)
    many = crude.wide(len(steps))
    area = np.trapezoid(evasion(many, steps), steps)
    assert spent(crude, np.array([volume]))[0] == pytest.approx(area, rel=1e-3, abs=1e-3)
    capped = replace(crude, cap=np.full(1, 40.0))
    count = evading(capped, np.array([price]), np.array([volume]))[0]
    gain = max(price - 40.0, 0.0)
    assert evasion(crude, np.array([count * (1 - 1e-9)]))[0] <= gain + 1e-6
    if count < volume:
        assert evasion(crude, np.array([count + 1e-6]))[0] >= gain - 1e-4


@MANY
@given(st.lists(st.floats(-3, 3), min_size=1, max_size=8), st.floats(0.3, 5.0))
def test_roots_of_falling_functions(centres, power):
    centre = np.array(centres)

    def f(x: np.ndarray) -> np.ndarray:
        return np.sign(centre - x) * np.abs(centre - x) ** power

    root = falling_root(f, np.full_like(centre, -4.0), np.full_like(centre, 4.0))
    assert np.abs(root - centre).max() < 1e-12
    one = falling_root(
        lambda x: np.sign(centre[:1] - x) * np.abs(centre[:1] - x) ** power,
        -4 * np.ones(1),
        4 * np.ones(1),
    )
    assert one[0] == root[0]


def test_no_price_is_said_so():
    crude = market()
    stuck = replace(crude, cut=crude.elsewhere * 2.0)
    with pytest.raises(WorldError, match="no price of crude between"):
        clear(stuck)
