"""The oil market under each sanction on energy of a situation, at every horizon of the economy."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from threatpoint.analysis.outcome import page_horizons
from threatpoint.oil import tables
from threatpoint.oil.drawn import Drawn
from threatpoint.oil.full import Full, full
from threatpoint.oil.outcome import OilOutcome
from threatpoint.oil.setting import setting_of
from threatpoint.oil.solve import solve_many
from threatpoint.tables import Table, columns

if TYPE_CHECKING:
    from threatpoint.equilibrium import Solution
    from threatpoint.situation.model import OilScenario, Situation
    from threatpoint.world.economy import Economy


@dataclass(frozen=True, eq=False)
class OilAnswer:
    """One sanction at one horizon.

    Attributes:
        scenario: what is done.
        horizon: at which.
        economy: the table.
        solution: the equilibrium; None where there is none.
        failure: why there is none, else "".
    """

    scenario: OilScenario
    horizon: str
    economy: Economy
    solution: Solution | None
    failure: str = ""

    @cached_property
    def full(self) -> Full | None:
        """The market, how sure it is and who gains; None where there is no equilibrium."""
        if self.solution is None:
            return None
        return full(self.economy, self.scenario.policy, self.solution)

    @property
    def outcome(self) -> OilOutcome | None:
        """The market at the central priors."""
        return self.full and self.full.outcome

    @property
    def drawn(self) -> Drawn | None:
        """The same under each pair of elasticities and in draws."""
        return self.full and self.full.drawn


def solve_oil(
    situation: Situation, economy: Economy, deficits: str = "fixed", horizon: str = ""
) -> tuple[OilAnswer, ...]:
    """Every [oil.NAME] of a situation at every horizon of a page that begins at one.

    Empty without one, or without a market.

    A sanction without an equilibrium is kept with its reason.
    """
    if setting_of(economy) is None:
        return ()
    sets = {name: economy.elasticities[name] for name in page_horizons(economy, horizon)}
    return tuple(
        _answer(scenario, name, economy, found)
        for scenario in situation.oil.values()
        for name, found in solve_many(
            economy, scenario.policy, elasticities=sets, deficits=deficits, opec=scenario.opec
        ).items()
    )


def _answer(
    scenario: OilScenario, horizon: Hashable, economy: Economy, found: Solution
) -> OilAnswer:
    if not found.status.converged:
        return OilAnswer(scenario, str(horizon), economy, None, found.status.message)
    return OilAnswer(scenario, str(horizon), economy, found)


NUMBERS: Mapping[str, Callable[[OilOutcome], float]] = {
    "world_price_percent": lambda o: o.world_price_percent,
    "world_price_usd_bbl": lambda o: o.benchmark[1],
    "volume_mb_d": lambda o: o.volume[1],
    "shut_in_mb_d": lambda o: o.pair("shut")[1],
    "price_usd_bbl": lambda o: o.price[1],
    "discount_usd_bbl": lambda o: o.discount[1],
    "revenue_usd_bn_month": lambda o: o.revenue[1],
    "implied_elasticity": lambda o: o.implied_elasticity,
    "imbalance_mb_d": lambda o: o.imbalance,
    "revenue_change_usd_bn_month": lambda o: o.revenue_change,
}
"""Column -> what stands in it."""


def scenarios(answers: Sequence[OilAnswer], seller: str) -> Table:
    """One row a sanction and horizon; NaN where there is no number.

    Args:
        answers: of `solve_oil`.
        seller: as it stands inside a sentence.
    """
    return Table(
        "oil",
        f"The oil market by scenario; volume, price and revenue of {seller}",
        columns(
            "oil", "scenario", "horizon", "world_price_percent", "oil_price_range",
            "volume_mb_d", "price_usd_bbl", "discount_usd_bbl", "revenue_usd_bn_month",
            "oil_revenue_range", "shut_in_mb_d", "taken_by", "implied_elasticity",
            "-world_price_usd_bbl", "-oil_volume_range", "-absorbed_by", "-carried_by",
            "-imbalance_mb_d", "-revenue_change_usd_bn_month",
        ),
        [_row(answer) for answer in answers],
        note="Ranges are 5 to 95 % over draws of every prior, the middle at the central ones. Who "
        "takes it: buyers that take more than before, mb/d.",
        lead=9,
        fold="All other scenarios",
        deciding=("horizon", "revenue_usd_bn_month"),
    )  # fmt: skip


def _row(answer: OilAnswer) -> dict[str, Any]:
    o, named = answer.outcome, {"scenario": answer.scenario.label, "horizon": answer.horizon}
    numbers = {key: number(o) if o else math.nan for key, number in NUMBERS.items()}
    return named | numbers | _ranges(answer.drawn) | _words(answer)


STEMS = {"world_price_percent": "oil_price_range", "volume": "oil_volume_range",
         "revenue": "oil_revenue_range"}  # fmt: skip
"""Number of a market -> stem of the columns of its range."""


def _ranges(drawn: Drawn | None) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, stem in STEMS.items():
        low, high = drawn.range(name) if drawn else (math.nan, math.nan)
        found |= {f"{stem}_low": low, f"{stem}_high": high}
    return found


def _words(answer: OilAnswer) -> dict[str, str]:
    """Who takes it, who pumps more and what carries the price; why there is no answer."""
    if answer.outcome is None or answer.drawn is None:
        return {"taken_by": answer.failure, "absorbed_by": answer.failure, "carried_by": ""}
    return {
        "taken_by": tables.takers(answer.outcome),
        "absorbed_by": tables.more(answer.outcome),
        "carried_by": tables.carried(answer.drawn, "world_price_percent"),
    }
