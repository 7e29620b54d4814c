"""A block of draws into arrays: every act in each draw, on the block's own table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.analysis.ensemble.schema import LONGEST_CODE, LONGEST_REASON
from threatpoint.oil.solve import oil_outcome, solve_many

if TYPE_CHECKING:
    from threatpoint.analysis.chain.acts import Act
    from threatpoint.analysis.ensemble.draws import Draws
    from threatpoint.analysis.ensemble.schema import Block
    from threatpoint.array_types import Array
    from threatpoint.equilibrium import Solution
    from threatpoint.world.economy import Economy

Label = tuple[int, str]


@dataclass(frozen=True, eq=False)
class Question:
    """Every act in each of some draws, on one table.

    Attributes:
        economy: the table of these draws.
        horizon: of the solver.
        acts: key -> what is done.
        draws: sets of elasticities, and numbers of the crude market.
        closures: of each draw.
        incomes: act -> (N,) real incomes that move what is refined; not used without a market.
    """

    economy: Economy
    horizon: str
    acts: Mapping[str, Act]
    draws: Draws
    closures: Sequence[str]
    incomes: Mapping[str, Array]

    def solve(self) -> Block:
        """The arrays by name; the first axis runs over the draws, the second over acts."""
        found: dict[Label, Solution] = {}
        for closure in dict.fromkeys(self.closures):
            rows = [k for k, each in enumerate(self.closures) if each == closure]
            for regime, keys in by_regime(self.acts).items():
                found |= _solved(self, rows, keys, closure, regime)
        return _columns(self.acts, found, len(self.closures))


def by_regime(acts: Mapping[str, Act]) -> dict[str, list[str]]:
    """Regime of the oil market -> keys of the acts under it."""
    found: dict[str, list[str]] = {}
    for key, act in acts.items():
        found.setdefault(act.regime, []).append(key)
    return found


def _solved(
    asked: Question, rows: list[int], keys: list[str], closure: str, regime: str
) -> dict[Label, Solution]:
    """Some acts in some draws, all under one closure and one regime of the oil market."""
    draws, labels = asked.draws, [(k, key) for k in rows for key in keys]
    how: dict[str, Any] = {"horizon": asked.horizon, "deficits": closure}
    if regime:
        at = [k for k, _ in labels]
        numbers = {name: x[at] for name, x in draws.crude.items()}
        incomes = np.array([asked.incomes[key] for _, key in labels])
        how |= {"opec": regime, "values": numbers, "incomes": incomes}
    policies = {label: asked.acts[label[1]].policy for label in labels}
    sets = {label: draws.sets[label[0]] for label in labels}
    found = solve_many(asked.economy, policies, elasticities=sets, **how)
    return {label: found[label] for label in labels}


def _columns(acts: Mapping[str, Act], found: dict[Label, Solution], count: int) -> Block:
    """Each variable as (draws, acts, ...)."""
    records = [[_record(found[k, key]) for key in acts] for k in range(count)]
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
