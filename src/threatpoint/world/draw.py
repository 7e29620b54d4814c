"""Draw a world: every cell of a table within its error, balanced again.

Factors are log-normal with mean 1. What is drawn is moved as the builder made it: totals of pairs
and their split, services, home sales, cells with a named flow, tariffs, GDP; and the proportions of
inputs and value added, which the projection then moves to the new totals. With all errors 0 a draw
is the table itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import WorldError
from threatpoint.world.accounts import FINAL, GDP, Accounts, balanced
from threatpoint.world.cell_errors import ALL, Errors, by_basis, by_pair, checked_errors
from threatpoint.world.flow import BASIS

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.world.economy import Economy
    from threatpoint.world.flow import Flow
    from threatpoint.world.standing import Standing

STREAMS = (
    "pair", "sector", "services", "home_country", "home_cell",
    "flow", "inputs", "value_added", "gdp", "tariff",
)  # fmt: skip
"""Each component has random numbers of its own: to leave one out moves no other."""


def draw_world(economy: Economy, seed: int, errors: Errors | None = None) -> Economy:
    """The table with every cell drawn within its error, balanced again.

    Args:
        economy: a balanced table that says how its trade came about (`basis`).
        seed: the same seed gives the same bits.
        errors: (component, scope) -> relative standard deviation, in place of those that ship
            (`threatpoint.world.cell_errors`, priors); 0 leaves a component as it is.

    Raises:
        WorldError: no seed, an unknown component, a table that does not say how its cells came
            about, or one that cannot be balanced. Where a country's GDP had to give way,
            `metadata["gave way"]` says so; elsewhere it is empty.

    Example:
        >>> world = tp.load_world()
        >>> drawn = tp.draw_world(world, seed=1)
        >>> bool(abs(drawn.gdp / world.gdp - 1).max() < 0.15), drawn.metadata["gave way"]
        (True, '')
    """
    factors = _Factors(_seed(seed), checked_errors(errors))
    if "trade" not in economy.basis:
        raise WorldError(
            "this table does not say how its cells came about, so their error is not known: give "
            "Economy.from_arrays a basis for trade"
        )
    trade = _trade(economy, factors)
    by_importer = factors.of("tariff", by_pair(factors.errors, "tariff", economy))
    tariff = economy.tariff * by_importer[:, :, None]
    return _with(economy, factors.seed, trade, tariff, _accounts(economy, factors, trade, tariff))


def _seed(given: int) -> int:
    if isinstance(given, bool) or not isinstance(given, int | np.integer) or given < 0:
        raise WorldError(f"a seed is a whole number of 0 or more, got {given!r}")
    return int(given)


class _Factors:
    """What each component is multiplied by in one draw."""

    def __init__(self, seed: int, errors: Errors) -> None:
        self.seed, self.errors = seed, errors

    def of(self, name: str, sd: Array) -> Array:
        """Log-normal factors with mean 1 and these standard deviations."""
        rng = np.random.default_rng([self.seed, STREAMS.index(name)])
        spread = np.sqrt(np.log1p(sd**2))
        return np.exp(spread * rng.standard_normal(sd.shape) - spread**2 / 2)

    def all(self, name: str, *shape: int) -> Array:
        """Factors of a component that has one error."""
        return self.of(name, np.full(shape, self.errors[name, ALL]))


def _trade(economy: Economy, factors: _Factors) -> Array:
    """(N, N, S) drawn trade: goods, services, cells with a named flow, home sales."""
    (n, s), held = economy.output.shape, _held(economy)
    goods = ~np.isin(economy.sectors, economy.services) & ~held
    across = np.where(goods, _goods(economy, factors, goods), 0.0)
    services = economy.trade * factors.all("services", n, n)[:, :, None]
    sd = by_basis(factors.errors, "flow", economy.basis["trade"])
    trade = np.where(
        held, economy.trade * factors.of("flow", sd), np.where(goods, across, services)
    )
    home = factors.all("home_country", n)[:, None] * factors.all("home_cell", n, s)
    at = np.arange(n)
    trade[at, at] = economy.trade[at, at] * home
    return trade


def _goods(economy: Economy, factors: _Factors, goods: Mask) -> Array:
    """(N, N, S) goods: the total of each pair drawn, and its split over sectors.

    A pair none of whose goods is more than estimated stands on no figure of the year.
    """
    before = np.where(goods, economy.trade, 0.0)
    split = before * factors.all("sector", *before.shape)
    estimated = BASIS.index("estimated")
    known = np.any((before > 0) & (economy.basis["trade"] != estimated), axis=2)
    sd = by_basis(factors.errors, "pair", np.where(known, 0, estimated))
    parts = split.sum(axis=2)
    level = factors.of("pair", sd) * before.sum(axis=2) / np.where(parts > 0, parts, 1.0)
    return split * level[:, :, None]


def _held(economy: Economy) -> Mask:
    """(N, N, S) cells that hold a named flow."""
    held = np.zeros(economy.trade.shape, dtype=bool)
    for flow in economy.flows.values():
        held[:, :, economy.sector(flow.sector)] |= flow.values > 0
    return held


def _accounts(economy: Economy, factors: _Factors, trade: Array, tariff: Array) -> Accounts:
    """Inputs, value added and final use on the drawn totals."""
    n, s = economy.output.shape
    prior = np.zeros((n, s + 1, s + 1))
    prior[:, :-1, :-1] = economy.inputs * factors.all("inputs", n, s, s)
    prior[:, -1, :-1] = economy.value_added * factors.all("value_added", n, s)
    prior[:, :-1, -1] = economy.final
    duties = trade * tariff
    added = economy.gdp * factors.all("gdp", n) - duties.sum(axis=(1, 2))
    use, output = (trade + duties).sum(axis=1), trade.sum(axis=0)
    own = economy.value_added / np.where(economy.output > 0, economy.output, 1.0)
    return balanced(prior, use, output, added, economy.countries, economy.sectors, own)


def _with(economy: Economy, seed: int, trade: Array, tariff: Array, accounts: Accounts) -> Economy:
    """The drawn table with the labels of the one that it was drawn from."""
    arrays = {
        "trade": trade,
        "tariff": tariff,
        "inputs": accounts.inputs,
        "value_added": accounts.value_added,
        "final": accounts.final,
    }
    for array in arrays.values():
        array.setflags(write=False)
    about = dict(economy.metadata) | {
        "title": f"{economy.metadata.get('title', 'World table')}, drawn with seed {seed}",
        "fingerprint": _fingerprint(arrays),
        "gave way": _gave_way(seed, accounts),
    }
    flows = {name: _scaled(flow, economy, trade) for name, flow in economy.flows.items()}
    day = _moved(economy.standing, tariff - economy.tariff)
    return replace(economy, **arrays, flows=flows, metadata=about, standing=day)


def _fingerprint(arrays: Mapping[str, Array]) -> str:
    """SHA-256 of the arrays."""
    digest = hashlib.sha256()
    for array in arrays.values():
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def _gave_way(seed: int, accounts: Accounts) -> str:
    """GDP that could not hold, in words.

    Raises:
        WorldError: another total could not, so that trade itself would have to change.
    """
    hard = [f"{item.constraint} of {code}" for code, item in accounts.gave_way
            if item.constraint not in (GDP, FINAL)]  # fmt: skip
    if hard:
        raise WorldError(f"draw {seed} does not balance: {', '.join(hard)} cannot hold")
    return ", ".join(
        f"{item.constraint} of {code} from {item.target:.6g} to {item.result:.6g}"
        for code, item in accounts.gave_way
        if item.constraint == GDP
    )


def _scaled(flow: Flow, economy: Economy, trade: Array) -> Flow:
    """A named flow, moved with the cell that holds it."""
    at = economy.sector(flow.sector)
    before = economy.trade[:, :, at]
    factor = np.divide(trade[:, :, at], before, out=np.zeros_like(before), where=before > 0)
    values = flow.values * factor
    values.setflags(write=False)
    return replace(flow, values=values)


def _moved(day: Standing | None, change: Array) -> Standing | None:
    """The tariffs of a day: what was added to those of the table stays added."""
    return day and replace(day, tariff=np.maximum(day.tariff + change, 0.0))
