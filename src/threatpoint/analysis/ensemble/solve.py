"""A block of draws into arrays: each draw has a status, and numbers where it has an equilibrium."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.analysis.ensemble.schema import LONGEST_CODE, LONGEST_REASON
from threatpoint.equilibrium.results import country_columns, together
from threatpoint.world.elasticities import SUBSTITUTION

if TYPE_CHECKING:
    from threatpoint.analysis.ensemble.draws import Draws
    from threatpoint.analysis.ensemble.schema import Block
    from threatpoint.equilibrium import Solution

BY_COUNTRY = (
    "real_income_percent",
    "real_income_money",
    "real_income_before_tariffs_percent",
    "gdp_percent",
    "price_index_percent",
    "wage_percent",
    "exports_percent",
    "imports_percent",
    "tariff_revenue",
)
"""Columns of `equilibrium.results.country_columns` that are kept."""
Parties = Mapping[str, tuple[str, ...]]


def block_of(draws: Draws, found: Iterable[Solution], parties: Parties) -> Block:
    """The arrays of solved draws, by name; the first axis runs over the draws."""
    records = [_record(solution, parties) for solution in found]
    columns = {name: np.array([record[name] for record in records]) for name in records[0]}
    return _drawn(draws) | columns


def _drawn(draws: Draws) -> Block:
    """What was drawn."""
    single = {name: np.array([s.common(name) for s in draws.sets]) for name in SUBSTITUTION}
    return {
        "uniform": draws.uniforms,
        "input_value": draws.values,
        "theta": draws.theta,
        "theta_capped": draws.capped.astype(np.int8),
        **single,
    }


def _record(solution: Solution, members: Parties) -> dict[str, Any]:
    """One draw: its status, and the tables; NaN without an equilibrium."""
    status = solution.status
    n, s = len(solution.calibration.countries), len(solution.calibration.sectors)
    record: dict[str, Any] = {
        "status": status.code[:LONGEST_CODE],
        "reason": " ".join(status.message.split())[:LONGEST_REASON],
        "evaluations": status.evaluations,
        "residual": status.residual if status.converged else np.nan,
    }
    if not status.converged:
        country = dict.fromkeys(BY_COUNTRY, np.full(n, np.nan))
        party = np.full(len(members), np.nan)
        return record | country | {"output": np.full((n, s), np.nan)} | _parties(party, party)
    columns = country_columns(solution)
    changes = [together(solution, each) for each in members.values()]
    percent, money = np.array(changes).T
    return (
        record
        | {name: columns[name] for name in BY_COUNTRY}
        | {"output": solution.output}
        | _parties(percent, money)
    )


def _parties(percent: np.ndarray, money: np.ndarray) -> dict[str, np.ndarray]:
    return {"party_real_income_percent": percent, "party_real_income_money": money}
