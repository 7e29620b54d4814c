"""The oil market under each sanction on energy of a situation, at every horizon of the economy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from threatpoint.equilibrium import solve
from threatpoint.oil.outcome import oil_outcome
from threatpoint.oil.regime import oil_supply
from threatpoint.oil.rows import absorbed_words
from threatpoint.words import HORIZONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threatpoint.equilibrium import Solution
    from threatpoint.oil.outcome import OilOutcome
    from threatpoint.situation.model import OilScenario, Situation
    from threatpoint.world.economy import Economy


@dataclass(frozen=True, eq=False)
class OilAnswer:
    """One sanction at one horizon.

    Attributes:
        scenario: what is done.
        horizon: at which.
        outcome, solution: the market and the equilibrium; None where there is none.
        failure: why there is none, else "".
    """

    scenario: OilScenario
    horizon: str
    outcome: OilOutcome | None
    solution: Solution | None
    failure: str = ""


def solve_oil(
    situation: Situation, economy: Economy, deficits: str = "fixed"
) -> tuple[OilAnswer, ...]:
    """Every [oil.NAME] of a situation at every horizon; empty without one, or without a market.

    A sanction without an equilibrium is kept with its reason.
    """
    if "crude" not in economy.markets:
        return ()
    names = [name for name in HORIZONS if name in economy.elasticities]
    return tuple(
        _answer(scenario, economy, name, deficits)
        for scenario in situation.oil.values()
        for name in names
    )


def _answer(scenario: OilScenario, economy: Economy, horizon: str, deficits: str) -> OilAnswer:
    supply, asked = oil_supply(economy, scenario.opec), scenario.policy
    found = solve(economy, asked, horizon=horizon, deficits=deficits, supply=supply, throw=False)
    if not found.status.converged:
        return OilAnswer(scenario, horizon, None, None, found.status.message)
    return OilAnswer(scenario, horizon, oil_outcome(found), found)


def oil_rows(answers: Sequence[OilAnswer], economy: Economy) -> list[dict[str, Any]]:
    """One row per sanction and horizon, ready for a table; NaN where there is no number."""
    return [_row(answer, economy) for answer in answers]


def _row(answer: OilAnswer, economy: Economy) -> dict[str, Any]:
    o = answer.outcome
    none = float("nan")
    row: dict[str, Any] = {
        "scenario": answer.scenario.label,
        "horizon": answer.horizon,
        "opec": answer.scenario.opec,
    }
    numbers = {
        "world_price_percent": o.world_price_percent if o else none,
        "world_price_usd_bbl": o.benchmark[1] if o else none,
        "volume_mb_d": o.volume[1] if o else none,
        "price_usd_bbl": o.price[1] if o else none,
        "discount_usd_bbl": o.discount[1] if o else none,
        "revenue_usd_bn_month": o.revenue[1] if o else none,
        "revenue_change_usd_bn_month": o.revenue[1] - o.revenue[0] if o else none,
        "missing_mb_d": o.balance.missing if o else none,
        "seller_real_income_percent": _percent(answer, o.seller) if o else none,
    }
    words = absorbed_words(o, economy, least=0.05) if o else answer.failure
    return row | numbers | {"absorbed_by": words}


def _percent(answer: OilAnswer, code: str) -> float:
    found = answer.solution
    if found is None or found.economy is None:
        return float("nan")
    return float(found.welfare.percent[found.economy.country(code)])
