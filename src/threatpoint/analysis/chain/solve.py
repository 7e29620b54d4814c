"""A block of draws into arrays: every act in each draw, on the block's own table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.analysis.chain.inputs import closure_of, world_inputs
from threatpoint.analysis.ensemble.draws import draws_of
from threatpoint.analysis.ensemble.schema import LONGEST_CODE, LONGEST_REASON
from threatpoint.oil.solve import oil_outcome, solve_many

if TYPE_CHECKING:
    from threatpoint.analysis.chain.asked import ChainAsked
    from threatpoint.analysis.ensemble.draws import Draws
    from threatpoint.analysis.ensemble.solve import Block
    from threatpoint.array_types import Array
    from threatpoint.equilibrium import Solution
    from threatpoint.world.economy import Economy

Label = tuple[int, str]


def solve_block(asked: ChainAsked, block: int) -> Block:
    """The arrays of a block, by name; the first axis runs over its draws, the second over acts."""
    points, economy = asked.points(block), asked.table(block)
    wide = len(world_inputs(asked.economy, asked.horizon, asked.market))
    draws = draws_of(economy, asked.horizon, points[:, :wide], asked.market)
    closures = [closure_of(asked.deficits, u) for u in points[:, wide]]
    found: dict[Label, Solution] = {}
    for closure in dict.fromkeys(closures):
        rows = [k for k, each in enumerate(closures) if each == closure]
        for regime, keys in asked.by_regime.items():
            found |= _solved(asked, economy, draws, rows, keys, closure, regime)
    columns = _columns(asked, found, len(points))
    return {"uniform": points} | columns


def _solved(
    asked: ChainAsked,
    economy: Economy,
    draws: Draws,
    rows: list[int],
    keys: list[str],
    closure: str,
    regime: str,
) -> dict[Label, Solution]:
    """Some acts in some draws, all under one closure and one regime of the oil market."""
    labels = [(k, key) for k in rows for key in keys]
    how: dict[str, Any] = {"horizon": asked.horizon, "deficits": closure}
    if regime:
        at = [k for k, _ in labels]
        numbers = {name: x[at] for name, x in draws.crude.items()}
        incomes = np.array([asked.incomes[key] for _, key in labels])
        how |= {"opec": regime, "values": numbers, "incomes": incomes}
    policies = {label: asked.acts[label[1]].policy for label in labels}
    sets = {label: draws.sets[label[0]] for label in labels}
    found = solve_many(economy, policies, elasticities=sets, **how)
    return {label: found[label] for label in labels}


def _columns(asked: ChainAsked, found: dict[Label, Solution], count: int) -> Block:
    """Each variable as (draws, acts, ...)."""
    records = [[_record(found[k, key]) for key in asked.acts] for k in range(count)]
    names = list(records[0][0])
    return {name: np.array([[one[name] for one in row] for row in records]) for name in names}


def _record(found: Solution) -> dict[str, Any]:
    """One act in one draw; NaN without an equilibrium."""
    return dict(_status(found)) | dict(_numbers(found))


def _status(found: Solution) -> Iterator[tuple[str, Any]]:
    status = found.status
    yield "status", status.code[:LONGEST_CODE]
    yield "reason", " ".join(status.message.split())[:LONGEST_REASON]
    yield "evaluations", status.evaluations


def _numbers(found: Solution) -> Iterator[tuple[str, Array | float]]:
    solved = found.status.converged
    nothing = np.full(len(found.calibration.countries), np.nan)
    yield "real_income_percent", found.welfare.percent if solved else nothing
    yield "real_income_money", found.welfare.usd if solved else nothing
    market = oil_outcome(found) if solved else None
    yield "crude_price_percent", np.nan if market is None else market.world_price_percent
    yield "crude_receipts", np.nan if market is None else market.revenue_change
