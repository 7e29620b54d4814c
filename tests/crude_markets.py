"""Small crude markets for tests: one by hand, and random ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from threatpoint.oil.crude import Crude

BUYERS = ("big", "medium", "small", "rest", "never")


def market(draws: int = 1) -> Crude:
    """Five outlets of four buyers, one of them by pipeline, and a buyer who never buys."""

    def one(x: float) -> np.ndarray:
        return np.full(1, x)

    bought = np.array([[0.7, 1.3, 1.8, 0.3, 0.2]])
    haul = np.array([[0.0, 1.4, 1.0, 0.25, 1.0]])
    none, pumped = np.zeros_like(bought), np.array([[10.0, 4.0, 52.7]])
    return Crude(
        world_price=one(80.0), price=one(62.0), landed=np.full_like(bought, 4.0),
        runs=np.array([[14.0, 5.0, 0.7, 20.0, 31.3]]), income=np.ones((1, 5)),
        buyer=np.array([0, 0, 1, 2, 3]), bought=bought,
        ceiling=np.array([[0.055, 0.145, 0.45, 0.7, 0.04]]), haul=haul,
        kept=np.ones_like(bought), charge=none, levy=none, tax=none,
        quota=np.full_like(bought, np.inf), to_seller=none,
        elsewhere=pumped, cut=np.zeros_like(pumped), spare=np.zeros_like(pumped),
        demand=one(0.13), supply=one(0.05), own_supply=one(0.05), tau=one(4.0), fleet=one(12.0),
        ships=(haul * bought).sum(axis=1), band=one(0.05), home=one(5.4), home_room=one(0.8),
        home_from=one(0.6), home_full=one(0.4), own_cut=one(0.0),
        shut_in=one(25.0), net_before=one(62.0),
        cap=one(62.0), own_fleet=one(2.6), evasion=one(7.5), evasion_slope=one(8.0),
    ).wide(draws)  # fmt: skip


@st.composite
def markets(draw: st.DrawFn, draws: int = 5, changed: bool = True) -> Crude:
    """Markets with random responses, whose baseline balances; `changed` does something to them."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    base = market(draws)

    def within(low: float, high: float) -> np.ndarray:
        return rng.uniform(low, high, draws)

    made = replace(
        base, demand=within(0.03, 0.8), supply=within(0.0, 0.4), own_supply=within(0.0, 0.4),
        tau=within(1.0, 10.0), fleet=within(0.0, 30.0), shut_in=within(10.0, 45.0),
        evasion=within(1.0, 20.0), evasion_slope=within(1.0, 25.0), band=within(0.02, 0.2),
        home_room=within(0.0, 1.5), own_fleet=within(0.0, 3.6),
        spare=rng.uniform(0.0, 2.0, base.spare.shape),
        ceiling=base.ceiling * rng.uniform(0.8, 1.5, base.ceiling.shape),
    )  # fmt: skip
    return _changed(made, rng) if changed else made


def _changed(base: Crude, rng: np.random.Generator) -> Crude:
    """Stops, charges, quotas, a cap, ships listed, an export tax, income and a cut at random."""
    shape = base.bought.shape
    levy = rng.choice([0.0, 0.1, 0.3], shape)
    return replace(
        base, kept=rng.choice([0.0, 0.4, 1.0], shape), charge=rng.choice([0.0, 5.0], shape),
        levy=levy, tax=rng.choice([0.0, 0.2], shape[0])[:, None] + np.zeros(shape),
        quota=np.where(rng.random(shape) < 0.3, base.bought * rng.uniform(0.1, 1.2), np.inf),
        to_seller=rng.choice([0.0, 1.0], shape), cap=rng.uniform(15.0, 90.0, shape[0]),
        ships=base.ships * rng.uniform(0.7, 1.0, shape[0]),
        income=rng.uniform(0.95, 1.02, base.income.shape),
        cut=base.elsewhere * rng.choice([0, 0.01]),
    )  # fmt: skip
