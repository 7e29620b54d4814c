"""Random balanced economies and random shocks, for property tests and the stress benchmark."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from threatpoint.policy.wedges import Wedges
from threatpoint.world.economy import Economy


@dataclass(frozen=True, eq=False)
class World:
    """A random economy with elasticities of its own."""

    economy: Economy
    theta: np.ndarray
    phi: np.ndarray

    def __repr__(self) -> str:
        return f"World({self.economy.metadata['recipe']})"


def random_world(
    seed: int,
    n: int,
    s: int,
    *,
    specific: bool = False,
    zeros: bool = True,
    theta_range: tuple[float, float] = (0.5, 12.0),
    balanced: bool = False,
) -> World:
    """A random world economy that satisfies every accounting identity to rounding.

    Levels come first and the rest follows: trade and tariffs are drawn, output and spending are
    their sums, input use is drawn and scaled so that it exceeds neither spending (final use >= 0)
    nor output (value added > 0). So income = spending on final use holds by construction.

    Args:
        seed: of the generator.
        n: number of countries.
        s: number of sectors.
        specific: phi drawn in [0.3, 1] (else 1).
        zeros: allow empty flows, non-traded sectors and markets without own supply.
        theta_range: bounds of theta, drawn log-uniformly.
        balanced: every pair trades as much one way as the other, so all trade balances.
    """
    rng = np.random.default_rng([seed, n, s])
    trade = _random_trade(rng, n, s, zeros)
    # between the draw and its mirror image: from very unbalanced trade to none unbalanced
    weight = 0.5 if balanced else rng.uniform(0, 0.5)
    trade = (1 - weight) * trade + weight * trade.transpose(1, 0, 2)
    tariff = _random_tariff(rng, n, s)
    inputs = _random_inputs(rng, trade, tariff)
    output = trade.sum(axis=0)
    value_added = np.where(output > 0, output - inputs.sum(axis=1), 0.0)
    spending = (trade * (1 + tariff)).sum(axis=1)
    used = inputs.sum(axis=2)
    final = np.where(spending - used > 1e-12 * spending, spending - used, 0.0)
    recipe = f"seed={seed}, n={n}, s={s}, specific={specific}, zeros={zeros}"
    economy = Economy.from_arrays(
        [f"C{m:02d}" for m in range(n)],
        [f"S{m:02d}" for m in range(s)],
        trade,
        inputs,
        value_added,
        final,
        tariff,
        metadata={"recipe": recipe},
    )
    low, high = np.log(theta_range)
    theta = np.exp(rng.uniform(low, high, s))
    phi = rng.uniform(0.3, 1.0, (n, s)) if specific else np.ones((n, s))
    return World(economy, theta, phi)


def _random_trade(rng, n: int, s: int, zeros: bool) -> np.ndarray:
    """Sizes differ by orders of magnitude, openness by country and sector."""
    size = np.exp(rng.normal(0, 1.2, n))
    openness = np.exp(rng.uniform(np.log(3e-3), np.log(2.0), (n, 1, s)))
    pull = np.sqrt(size[:, None] * size[None, :])[:, :, None] * np.exp(rng.normal(0, 1, (n, n, s)))
    trade = pull * openness / max(n - 1, 1)
    own = np.arange(n)
    trade[own, own] = size[:, None] * np.exp(rng.normal(0, 0.5, (n, s)))
    if zeros:
        trade *= rng.random((n, n, s)) > rng.uniform(0, 0.6)
        nontraded = rng.random(s) < 0.2
        trade[:, :, nontraded] *= np.eye(n)[:, :, None]
        keep = size[:, None] * np.exp(rng.normal(0, 0.5, (n, s)))
        lost = rng.random((n, s)) < 0.05
        lost[:, 0] = False
        trade[own, own] = np.where(lost, 0.0, keep)
    # sector 0 is traded around a ring, so no country is cut off at baseline
    ring = (own + 1) % n
    trade[ring, own, 0] = np.maximum(trade[ring, own, 0], 0.01 * np.minimum(size, size[ring]))
    return trade


def _random_tariff(rng, n: int, s: int) -> np.ndarray:
    """No tariffs in a quarter of the worlds; else up to 50 %, a third of them zero."""
    if rng.random() < 0.25:
        return np.zeros((n, n, s))
    tariff = rng.uniform(0, 0.5, (n, n, s)) * (rng.random((n, n, s)) > 1 / 3)
    return tariff * (1 - np.eye(n))[:, :, None]


def _random_inputs(rng, trade: np.ndarray, tariff: np.ndarray) -> np.ndarray:
    """Input use [n, k, j]: wished by technology, capped by what the country buys of k."""
    n, _, s = trade.shape
    output = trade.sum(axis=0)
    spending = (trade * (1 + tariff)).sum(axis=1)
    share = rng.uniform(0, 0.9, (n, 1, s))
    mix = rng.dirichlet(np.full(s, 0.7), size=(n, s)).transpose(0, 2, 1)
    wished = share * mix * output[:, None, :]
    cap = spending * np.where(rng.random((n, s)) < 0.1, 1.0, rng.uniform(0.3, 0.95, (n, s)))
    cap[:, 0] = np.minimum(cap[:, 0], 0.95 * spending[:, 0])  # somebody consumes something
    total = wished.sum(axis=2)
    factor = np.where(total > cap, cap / np.where(total > 0, total, 1.0), 1.0)
    return wished * factor[:, :, None]


@st.composite
def worlds(draw, max_n: int = 8, max_s: int = 6, min_s: int = 1, **options) -> World:
    """A random `World`; `specific` is drawn unless given."""
    n = draw(st.integers(2, max_n))
    s = draw(st.integers(min_s, max_s))
    seed = draw(st.integers(0, 2**31 - 1))
    options.setdefault("specific", draw(st.booleans()))
    return random_world(seed, n, s, **options)


SHOCKS = ("pair tariffs", "world tariffs", "cut-off", "coalition", "leaky coalition", "iceberg")


def random_shock(world: World, seed: int, kind: str) -> Wedges:
    """A random policy that leaves every market a supplier.

    Kinds: tariffs up to 500 % between one pair, or on every cross-border flow; complete cut-off of
    some pairs in some sectors; an embargo by several countries on one, complete or with partial
    enforcement; a partial loss on random flows. Cut-offs never touch a market's last supplier:
    where they would, the market keeps its flows.
    """
    rng = np.random.default_rng([seed, SHOCKS.index(kind)])
    economy = world.economy
    n, _, s = economy.trade.shape
    tariff, survival = economy.tariff.copy(), np.ones((n, n, s))
    abroad = (1 - np.eye(n))[:, :, None] * np.ones(s) > 0
    a, b = rng.choice(n, 2, replace=False)
    if kind == "pair tariffs":
        tariff[a, b] = rng.uniform(0, 5, s)
        tariff[b, a] = rng.uniform(0, 5, s)
    elif kind == "world tariffs":
        tariff = np.where(abroad, rng.uniform(0, 5, (n, n, s)), 0.0)
    elif kind == "cut-off":
        survival[abroad & (rng.random((n, n, s)) < 0.15)] = 0.0
    elif kind in ("coalition", "leaky coalition"):
        members = np.flatnonzero((rng.random(n) < 0.6) & (np.arange(n) != a))
        left = 0.0 if kind == "coalition" else rng.uniform(0.01, 0.9)
        survival[members, a] = left
        survival[a, members] = left
    elif kind == "iceberg":
        survival = np.where(abroad, rng.uniform(0.05, 1, (n, n, s)), 1.0)
    return Wedges(tariff, keep_last_supplier(economy, survival))


def keep_last_supplier(economy: Economy, survival: np.ndarray) -> np.ndarray:
    """Undo cut-offs in markets that would lose every supplier."""
    bought = economy.trade.sum(axis=1) > 0
    left = ((economy.trade > 0) & (survival > 0)).any(axis=1)
    return np.where((bought & ~left)[:, None, :], 1.0, survival)


def open_countries(economy: Economy, survival: np.ndarray) -> np.ndarray:
    """Bool (N,): the country still both buys abroad and sells abroad at unchanged prices."""
    n = len(economy.countries)
    live = (economy.trade * survival > 0).any(axis=2) & ~np.eye(n, dtype=bool)
    return live.any(axis=0) & live.any(axis=1)


def rebuilt(world: World, countries, sectors, scale=1.0) -> World:
    """The same world with countries and sectors in another order and money in another unit."""
    e = world.economy
    pair, use, cell = (np.ix_(*axes) for axes in _axes(countries, sectors))
    economy = Economy.from_arrays(
        [e.countries[n] for n in countries],
        [e.sectors[j] for j in sectors],
        e.trade[pair] * scale,
        e.inputs[use] * scale,
        e.value_added[cell] * scale,
        e.final[cell] * scale,
        e.tariff[pair],
        metadata=e.metadata,
    )
    return World(economy, world.theta[sectors], world.phi[cell])


def _axes(n, s):
    return (n, n, s), (n, s, s), (n, s)
