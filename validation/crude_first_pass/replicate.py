"""The figures of the first pass (design of the crude market), each beside ours.

Ours at the pair of elasticities of the first pass (low case) and at the central pair; where the
first pass gave a range, ours over draws of the priors; and, where they differ, ours with the first
pass's own input.
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from threatpoint.equilibrium import Solution
from threatpoint.oil.cleared import Cleared
from threatpoint.oil.outcome import DAYS, OilOutcome
from threatpoint.oil.receipts import Receipts
from threatpoint.oil.solve import solve, solve_many
from threatpoint.policy import PriceCap, Quota, SanctionProducers, StopBuying
from threatpoint.units import money
from validation.check import published
from validation.crude_market import CENTRAL, LOW, cleared, numbers, outcome, priors, world

HERE = pathlib.Path(__file__)
TABLE, TEXT = HERE.with_name("table.csv"), HERE.with_name("differences.md")
ROWS = published(__file__)
DRAWS, WORLDS, SEED = 1024, 256, 14
"""Draws of the market, of the market with the world around it, and their seed."""

FIFTH = 0.2
"""A difference above this share of the first pass's figure has its reason."""

SHARE = 0.5
"""Of Russian crude exports that two producers sell: nearly half (Bloomberg, as quoted by ThePrint,
23 October 2025)."""


def _stop(*who: str) -> list[Any]:
    return [StopBuying(who, "RUS", "crude")]


SCENARIOS: Mapping[str, tuple[Sequence[Any], str, str]] = {
    "India": (_stop("IND"), "hold", "short"),
    "India and China": (_stop("IND", "CHN"), "hold", "short"),
    "half the volume": ([Quota("WORLD", "RUS", "crude", volume=0.5)], "hold", "short"),
    "nobody, hold": (_stop("WORLD"), "hold", "short"),
    "nobody, half": (_stop("WORLD"), "half", "short"),
    "nobody, all": (_stop("WORLD"), "all", "short"),
    "cap of 50": ([PriceCap("RUS", "WORLD", "crude", cap=50.0)], "hold", "short"),
    "producers": ([SanctionProducers("RUS", "crude", share=SHARE)], "hold", "short"),
    "nobody, hold, 1-3 years": (_stop("WORLD"), "hold", "medium"),
    "nobody, hold, 7-10 years": (_stop("WORLD"), "hold", "long"),
}
"""Name -> policy, what owners of idle capacity do, horizon."""

MEASURES: Mapping[str, tuple[str, Callable[[OilOutcome], float]]] = {
    "price": ("world price, %", lambda found: found.world_price_percent),
    "exports": ("exports, mb/d", lambda found: found.volume[1]),
    "revenue": ("revenue, USD bn a month", lambda found: found.revenue[1]),
    "revenue change": ("change of revenue, USD bn a month", lambda found: found.revenue_change),
    "shut": ("shut in, mb/d", lambda found: found.shut),
    "elasticity": ("implied elasticity", lambda found: found.implied_elasticity),
}
"""Measure of the market -> words and how it is read."""

OF_DRAWS: Mapping[str, Callable[[Cleared], Any]] = {
    "price": lambda found: 100.0 * np.expm1(found.log_price),
    "revenue": lambda found: Receipts(found).revenue * DAYS / 1e3,
}


UNDRAWN = ("elasticity",)
"""What the first pass gave a range of over scenarios, not over draws."""


@dataclass(frozen=True)
class Row:
    """One figure.

    Attributes:
        what, day: scenario and measure in words, day of the base.
        first: of the first pass; low, high: its range, where it gave one.
        ours: at the low case; central: at the central pair.
        range: 5 and 95 % of ours over all priors and pairs, where the first pass gave a range.
        variant: what is changed to the first pass's input, and ours then.
        reason: of a difference above a fifth.
    """

    what: str
    day: str
    first: float
    low: str
    high: str
    ours: float
    central: float
    range: tuple[float, float] | None
    variant: str
    then: float | None
    reason: str

    @property
    def far(self) -> bool:
        """Whether ours is more than a fifth away."""
        return abs(self.ours - self.first) > FIFTH * abs(self.first)


def _pair(name: str, horizon: str) -> str | None:
    """The pair at a horizon that has it, else the one that it has."""
    names = [pair.name for pair in priors(horizon=horizon).pairs]
    return name if name in names else None


def value(scenario: str, day: str, measure: str, pair: str, changes: Mapping[str, Any]) -> float:
    """A measure of a scenario at a pair of elasticities."""
    policy, opec, horizon = SCENARIOS[scenario]
    at = _pair(pair, horizon)
    kind, _, code = measure.partition(" ")
    if kind in ("welfare", "cost"):
        return _of_world(kind, code, scenario, day, at, tuple(changes.items()))
    found = outcome(policy, day=day, pair=at, horizon=horizon, opec=opec, **changes)
    return MEASURES[measure][1](found)


def _of_world(
    kind: str, code: str, scenario: str, day: str, pair: str | None, changes: tuple[Any, ...]
) -> float:
    """Change of real income, %, or what it is worth, USD bn a year."""
    return _read(kind, code, _solved(scenario, day, pair, changes), day)


def _read(kind: str, code: str, found: Solution, day: str) -> float:
    here = world(day)
    n = here.country(code)
    percent = float(found.welfare.percent[n])
    if kind == "welfare":
        return percent
    return money(-percent / 100.0 * float(here.final[n].sum()), here.unit, "USD bn")


@cache
def _solved(scenario: str, day: str, pair: str | None, changes: tuple[Any, ...]) -> Solution:
    policy, opec, horizon = SCENARIOS[scenario]
    values = numbers(day, pair, horizon) | dict(changes)
    return solve(world(day), list(policy), horizon=horizon, opec=opec, values=values)


def spread(scenario: str, day: str, measure: str) -> tuple[float, float]:
    """5 and 95 % over draws of the priors and of the pairs."""
    policy, opec, horizon = SCENARIOS[scenario]
    if measure not in OF_DRAWS:
        return _spread_of_worlds(scenario, day, measure)
    values = priors(day, horizon).draw(DRAWS, SEED)
    found = cleared(policy, values, day=day, opec=opec)
    low, high = np.quantile(OF_DRAWS[measure](found), (0.05, 0.95))
    return float(low), float(high)


def _spread_of_worlds(scenario: str, day: str, measure: str) -> tuple[float, float]:
    """The same of what the world around the market says, over fewer draws."""
    policy, opec, horizon = SCENARIOS[scenario]
    values, same = priors(day, horizon).draw(WORLDS, SEED), list(policy)
    each = dict.fromkeys(range(WORLDS), same)
    found = solve_many(world(day), each, horizon=horizon, opec=opec, values=values)
    kind, _, code = measure.partition(" ")
    lost = [_read(kind, code, one, day) for one in found.values()]
    low, high = np.quantile(lost, (0.05, 0.95))
    return float(low), float(high)


def rows() -> list[Row]:
    """Every figure of the first pass beside ours."""
    return [_row(row) for row in ROWS]


def _row(row: Mapping[str, str]) -> Row:
    name, day, measure = row["scenario"], row["day"], row["measure"]
    changes = _changes(row["variant"])
    ours, central = (value(name, day, measure, pair, {}) for pair in (LOW, CENTRAL))
    then = value(name, day, measure, LOW, changes) if changes else None
    drawn = spread(name, day, measure) if row["low"] and measure not in UNDRAWN else None
    return Row(
        f"{name}: {words(measure)}", day, float(row["value"]), row["low"], row["high"],
        ours, central, drawn, row["variant"], then, row["reason"],
    )  # fmt: skip


def _changes(written: str) -> dict[str, float]:
    """The numbers of "key=value;key=value"."""
    parts = (part.partition("=") for part in written.split(";") if part)
    return {key: float(number) for key, _, number in parts}


def words(measure: str) -> str:
    """A measure in words."""
    kind, _, code = measure.partition(" ")
    if measure in MEASURES:
        return MEASURES[measure][0]
    return f"real income of {code}, %" if kind == "welfare" else f"cost to {code}, USD bn a year"
