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
from threatpoint.quantity import Ranged
from threatpoint.tables import Table, columns
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.analysis.chain.figures import Figures
    from threatpoint.equilibrium import Solution
    from threatpoint.situation.model import OilScenario, Situation
    from threatpoint.world.economy import Economy


@dataclass(frozen=True, eq=False)
class OilAnswer(Shown):
    """One sanction at one horizon.

    Attributes:
        scenario: what is done.
        horizon: at which.
        economy: the table.
        solution: the equilibrium; None where there is none.
        failure: why there is none, else "".
        figures: the draws that it is one of; None at another horizon, or where none were made.
    """

    scenario: OilScenario
    horizon: str
    economy: Economy
    solution: Solution | None
    failure: str = ""
    figures: Figures | None = None

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

    @cached_property
    def price(self) -> Ranged:
        """Change of the world price, %; the central one with the range of the market's own draws.

        That of the draws of the whole chain where it is one of them.
        """
        joint = self.figures.price(self.scenario.name) if self.figures else None
        return joint or self._own("world_price_percent", lambda o: o.world_price_percent, "%")

    @cached_property
    def revenue(self) -> Ranged:
        """What the seller earns after it, USD bn a month; as `price`."""
        joint = self.figures.receipts(self.scenario.name) if self.figures else None
        if joint is None or self.outcome is None:
            return self._own("revenue", lambda o: o.revenue[1], USD)
        before = self.outcome.revenue[0]
        ends = (before + joint.value, before + joint.low, before + joint.high)
        return Ranged(*ends, unit=USD)

    def _own(self, name: str, number: Callable[[OilOutcome], float], unit: str) -> Ranged:
        if self.outcome is None or self.drawn is None:
            return Ranged.exactly(math.nan, unit)
        return Ranged(number(self.outcome), *self.drawn.range(name), unit=unit)


USD = "USD bn a month"


def solve_oil(
    situation: Situation,
    economy: Economy,
    deficits: str = "fixed",
    horizon: str = "",
    figures: Figures | None = None,
) -> tuple[OilAnswer, ...]:
    """Every [oil.NAME] of a situation at every horizon of a page that begins at one.

    Empty without one, or without a market.

    A sanction without an equilibrium is kept with its reason.
    """
    if setting_of(economy) is None:
        return ()
    sets = {name: economy.elasticities[name] for name in page_horizons(economy, horizon)}
    return tuple(
        _answer(scenario, name, economy, found, figures if name == horizon else None)
        for scenario in situation.oil.values()
        for name, found in solve_many(
            economy, scenario.policy, elasticities=sets, deficits=deficits, opec=scenario.opec
        ).items()
    )


def _answer(
    scenario: OilScenario,
    horizon: Hashable,
    economy: Economy,
    found: Solution,
    figures: Figures | None,
) -> OilAnswer:
    if not found.status.converged:
        return OilAnswer(scenario, str(horizon), economy, None, found.status.message)
    return OilAnswer(scenario, str(horizon), economy, found, figures=figures)


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
        note=f"{_drawn_note(answers)} Who takes it: buyers that take more than before, mb/d.",
        lead=9,
        fold="All other scenarios",
        deciding=("horizon", "revenue_usd_bn_month"),
    )  # fmt: skip


def _drawn_note(answers: Sequence[OilAnswer]) -> str:
    """What the ranges are, and what stands in the middle."""
    if any(answer.figures for answer in answers):
        return (
            "World price and revenue of the first horizon: median and 90 of 100 draws; the rest "
            "at the central values, ranges 90 of 100 draws of the market alone."
        )
    return "Ranges are 5 to 95 % over draws of every prior, the middle at the central ones."


def _row(answer: OilAnswer) -> dict[str, Any]:
    o, named = answer.outcome, {"scenario": answer.scenario.label, "horizon": answer.horizon}
    numbers = {key: number(o) if o else math.nan for key, number in NUMBERS.items()}
    return named | numbers | _drawn_columns(answer) | _words(answer)


def _drawn_columns(answer: OilAnswer) -> dict[str, float]:
    """Price and revenue with their ranges; the range of the volume."""
    outcome, price, revenue = answer.outcome, answer.price, answer.revenue
    if outcome is None or answer.drawn is None:
        ends = ("oil_price_range", "oil_volume_range", "oil_revenue_range")
        return {f"{stem}_{end}": math.nan for stem in ends for end in ("low", "high")}
    low, high = answer.drawn.range("volume")
    return {
        "world_price_percent": price.value,
        "world_price_usd_bbl": outcome.benchmark[0] * (1.0 + price.value / 100.0),
        "revenue_usd_bn_month": revenue.value,
        "revenue_change_usd_bn_month": revenue.value - outcome.revenue[0],
        "oil_price_range_low": price.low,
        "oil_price_range_high": price.high,
        "oil_volume_range_low": low,
        "oil_volume_range_high": high,
        "oil_revenue_range_low": revenue.low,
        "oil_revenue_range_high": revenue.high,
    }


def _words(answer: OilAnswer) -> dict[str, str]:
    """Who takes it, who pumps more and what carries the price; why there is no answer."""
    if answer.outcome is None or answer.drawn is None:
        return {"taken_by": answer.failure, "absorbed_by": answer.failure, "carried_by": ""}
    return {
        "taken_by": tables.takers(answer.outcome),
        "absorbed_by": tables.more(answer.outcome),
        "carried_by": tables.carried(answer.drawn, "world_price_percent"),
    }
