"""The map of leverage on random worlds: slopes, sums, other labels, power there and back."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import threatpoint as tp
from tests.economies import random_world
from threatpoint.analysis.leverage import Leverage
from threatpoint.analysis.leverage.pair_rows import pair
from threatpoint.analysis.leverage.parties import Who
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities

seeds = st.integers(0, 10_000)


@cache
def world(seed: int, n: int = 4, s: int = 2) -> Economy:
    """A random world with elasticities of its own; every other one has specific factors."""
    made = random_world(seed, n, s, specific=bool(seed % 2), theta_range=(0.8, 8.0))
    codes = made.economy.countries, made.economy.sectors
    values = Elasticities.of(*codes, made.theta, made.phi, eta=0.7, epsilon=0.5, rho=0.9)
    return replace(made.economy, elasticities={"long": values})


@cache
def plain(seed: int, share: float = 0.6, n: int = 4, s: int = 3) -> Economy:
    """A world without tariffs in which value added is the same share of every output."""
    rng = np.random.default_rng(seed)
    trade = rng.uniform(0.1, 1.0, (n, n, s))
    trade[np.arange(n), np.arange(n)] += 2.0 * n
    output = trade.sum(axis=0)
    parts = rng.dirichlet(np.ones(s), (n, s)).transpose(0, 2, 1)
    inputs = (1 - share) * parts * output[:, None, :]
    final = trade.sum(axis=1) - inputs.sum(axis=2)
    assert final.min() > 0
    codes, sectors = [f"C{k}" for k in range(n)], [f"S{k}" for k in range(s)]
    values = Elasticities.of(
        codes, sectors, rng.uniform(1.0, 6.0, s), phi=rng.uniform(0.3, 1.0, (n, s))
    )
    return Economy.from_arrays(
        codes, sectors, trade, inputs, share * output, final, elasticities={"long": values}
    )


def slope(economy: Economy, place: tuple[int, int, int]) -> np.ndarray:
    """What everybody loses for a log of a flow, from two exact solves."""
    n, i, j = place
    flow = economy.countries[n], economy.countries[i], (economy.sectors[j],)
    cuts = {e: tp.CutOff(*flow, direction="imports", enforcement=e) for e in (1e-3, 2e-3)}
    solved = tp.solve_many(economy, cuts, tolerance=1e-12)
    little, more = (-solved[e].welfare.usd / e for e in cuts)
    return 2 * little - more


@given(seeds)
@settings(max_examples=12)
def test_first_order_is_the_slope_of_exact_solves(seed: int):
    economy = world(seed)
    found = tp.leverage(economy)
    places = np.argwhere((found.solution.trade > 0) & ~np.eye(4, dtype=bool)[:, :, None])
    place = tuple(int(x) for x in places[seed % len(places)])
    exact, first = slope(economy, place), found.lost[(slice(None), *place)]
    assert np.abs(exact - first).max() <= 2e-4 * np.abs(first).max()


@given(seeds)
@settings(max_examples=10)
def test_without_tariffs_the_world_loses_what_the_cost_takes(seed: int):
    """Hulten's theorem: of a flow X cut by an iceberg cost the world loses X / theta; of
    productivity it gains the output.
    """
    economy = plain(seed)
    found = tp.leverage(economy)
    theta = economy.elasticities["long"].theta
    abroad = ~np.eye(4, dtype=bool)[:, :, None]
    assert found.lost.sum(axis=0) == pytest.approx(economy.trade / theta * abroad, rel=1e-6)
    assert found.growth.sum(axis=0) == pytest.approx(economy.output, rel=1e-6)


@given(seeds)
@settings(max_examples=10)
def test_growth_everywhere_raises_all_incomes_alike(seed: int):
    """By one over the share of value added, where that is the same everywhere: no price but the
    level of all moves.
    """
    found = tp.leverage(plain(seed, share=0.6))
    assert found.friends.sum(axis=1) == pytest.approx(np.full(4, 1 / 0.6), rel=1e-6)


@given(seeds)
@settings(max_examples=10)
def test_power_there_is_that_back_with_the_other_sign(seed: int):
    found = tp.leverage(world(seed))
    logs = found.log_power
    there, back = (
        np.nan_to_num(logs, posinf=1e9, neginf=-1e9),
        np.nan_to_num(logs.T, posinf=1e9, neginf=-1e9),
    )
    assert np.array_equal(there, -back)
    positive = np.isfinite(logs)
    assert np.exp(logs[positive]) == pytest.approx(found.power[positive])


def renamed(economy: Economy, order: np.ndarray) -> Economy:
    """The same economy with its countries in another order and other codes."""
    values = economy.elasticities["long"]
    codes = [f"X{k}" for k in range(len(order))]
    arrays = economy.trade[np.ix_(order, order)], economy.inputs[order], economy.value_added[order]
    again = Elasticities.of(
        codes, economy.sectors, values.theta, values.phi[order], eta=0.7, epsilon=0.5, rho=0.9
    )
    tariff = economy.tariff[np.ix_(order, order)]
    more = {"tariff": tariff, "elasticities": {"long": again}}
    return Economy.from_arrays(codes, economy.sectors, *arrays, economy.final[order], **more)


@given(seeds, st.permutations(range(4)))
@settings(max_examples=8)
def test_other_labels_change_nothing(seed: int, order: list[int]):
    economy, at = world(seed), np.array(order)
    found, again = tp.leverage(economy), tp.leverage(renamed(economy, at))
    scale = np.abs(found.lost).max()
    moved = found.lost[np.ix_(at, at, at)]
    assert np.abs(again.lost - moved).max() <= 1e-8 * scale
    assert again.friends == pytest.approx(found.friends[np.ix_(at, at)], rel=1e-6, abs=1e-9)
    rows, others = found.flows().rows, again.flows().rows
    assert [r["loss"] for r in others] == pytest.approx([r["loss"] for r in rows], rel=1e-6)


def who(found: Leverage, *at: int) -> Who:
    return Who("+".join(found.economy.countries[k] for k in at), at)


@given(seeds)
@settings(max_examples=8)
def test_a_row_of_a_pair_says_what_the_matrices_say(seed: int):
    found = tp.leverage(world(seed))
    trade = found.solution.trade.sum(axis=2)
    row = pair(found, trade, who(found, 0), who(found, 1))
    assert row["power"] == pytest.approx(found.power[0, 1], nan_ok=True)
    assert row["loss_percent"] == pytest.approx(found.dependence[1, 0])
    assert row["friend"] == pytest.approx(found.friends[1, 0])
    together = pair(found, trade, who(found, 0, 2), who(found, 1))
    apart = [pair(found, trade, who(found, k), who(found, 1))["loss_percent"] for k in (0, 2)]
    assert together["loss_percent"] == pytest.approx(sum(apart))


def closed_form(economy: Economy) -> np.ndarray:
    """Friends and enemies of one sector without inputs, tariffs and deficits, from shares alone.

    With S the shares of spending and T those of sales, wages solve
    dw = T dw + theta (T S - 1)(dw - dz), world income unchanged, and du = dw - S (dw - dz)
    (Kleinman, Liu & Redding 2024, AEJ: Macroeconomics 16(4), their friend-enemy matrix).
    """
    trade, theta = economy.trade[:, :, 0], float(economy.elasticities["long"].theta[0])
    spent = trade / trade.sum(axis=1, keepdims=True)
    sold = (trade / trade.sum(axis=0)).T
    one, size = np.eye(len(trade)), trade.sum(axis=0)
    moved = theta * (sold @ spent - one)
    left = np.vstack([one - sold - moved, size])
    wages = np.linalg.lstsq(left, np.vstack([-moved, np.zeros(len(trade))]), rcond=None)[0]
    return wages - spent @ (wages - one)


@given(seeds, st.floats(0.8, 8.0))
@settings(max_examples=10)
def test_friends_are_those_of_the_closed_form_where_there_is_one(seed: int, theta: float):
    rng = np.random.default_rng(seed)
    half = rng.uniform(0.1, 1.0, (5, 5))
    trade = (half + half.T + 4.0 * np.diag(rng.uniform(0.5, 2.0, 5)))[:, :, None]
    codes, made = [f"C{k}" for k in range(5)], trade.sum(axis=0)
    values = Elasticities.of(codes, ["ALL"], theta)
    economy = Economy.from_arrays(
        codes, ["ALL"], trade, np.zeros((5, 1, 1)), made, made, elasticities={"long": values}
    )
    found = tp.leverage(economy)
    assert found.friends == pytest.approx(closed_form(economy), rel=1e-6, abs=1e-8)
