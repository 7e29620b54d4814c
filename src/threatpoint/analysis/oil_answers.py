"""The oil market under each sanction on energy of a situation, at every horizon of the economy."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from threatpoint.analysis.outcome import page_horizons
from threatpoint.equilibrium import solve_many
from threatpoint.oil.balance import ROUNDING
from threatpoint.oil.outcome import oil_outcome
from threatpoint.oil.regime import oil_supply
from threatpoint.oil.rows import absorbed_words
from threatpoint.tables import Table, columns
from threatpoint.words import DASH

if TYPE_CHECKING:
    from threatpoint.equilibrium import Solution
    from threatpoint.oil.outcome import OilOutcome
    from threatpoint.situation.model import OilScenario, Situation
    from threatpoint.world.economy import Economy


ABSORBED = 0.05
"""mb/d of more output from which an economy is named in the table."""


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

    @property
    def adds_up(self) -> bool:
        """No barrels are known to be missing; so too where there is no equilibrium."""
        return not self.outcome or not abs(self.outcome.balance.missing) > ROUNDING


def solve_oil(
    situation: Situation, economy: Economy, deficits: str = "fixed", horizon: str = ""
) -> tuple[OilAnswer, ...]:
    """Every [oil.NAME] of a situation at every horizon of a page that begins at one.

    Empty without one, or without a market.

    A sanction without an equilibrium is kept with its reason.
    """
    if "crude" not in economy.markets:
        return ()
    sets = {name: economy.elasticities[name] for name in page_horizons(economy, horizon)}
    return tuple(
        _answer(scenario, name, found)
        for scenario in situation.oil.values()
        for name, found in solve_many(
            economy,
            scenario.policy,
            elasticities=sets,
            deficits=deficits,
            supply=oil_supply(economy, scenario.opec),
        ).items()
    )


def _answer(scenario: OilScenario, horizon: Hashable, found: Solution) -> OilAnswer:
    if not found.status.converged:
        return OilAnswer(scenario, str(horizon), None, None, found.status.message)
    return OilAnswer(scenario, str(horizon), oil_outcome(found), found)


NUMBERS: Mapping[str, Callable[[OilOutcome], float]] = {
    "world_price_percent": lambda o: o.world_price_percent,
    "world_price_usd_bbl": lambda o: o.benchmark[1],
    "volume_mb_d": lambda o: o.volume[1],
    "price_usd_bbl": lambda o: o.price[1],
    "discount_usd_bbl": lambda o: o.discount[1],
    "revenue_usd_bn_month": lambda o: o.revenue[1],
    "missing_mb_d": lambda o: o.balance.missing,
    "revenue_change_usd_bn_month": lambda o: o.revenue_change,
}
"""Column -> what stands in it."""


def scenarios(answers: Sequence[OilAnswer], economy: Economy, seller: str) -> Table:
    """One row a sanction and horizon; NaN where there is no number.

    Args:
        answers: of `solve_oil`.
        economy: names who absorbs it.
        seller: as it stands inside a sentence.
    """
    sound = [answer.adds_up for answer in answers]
    return Table(
        "oil",
        f"The oil market by scenario and horizon; volume, price and revenue of {seller}",
        columns(
            "oil", "scenario", "horizon", "world_price_percent", "world_price_usd_bbl",
            "volume_mb_d", "price_usd_bbl", "discount_usd_bbl", "revenue_usd_bn_month",
            "absorbed_by" if any(sound) else "-absorbed_by",
            "-missing_mb_d" if all(sound) else "missing_mb_d", "-revenue_change_usd_bn_month",
        ),
        [_row(answer, economy) for answer in answers],
        note=f"Who absorbed it: whose output rises, mb/d, by {ABSORBED:g} or more."
        if all(sound)
        else "Does not add up: change of what all producers pump less change of what is used.",
        lead=9,
        fold="All other scenarios",
        deciding=("horizon", "revenue_usd_bn_month"),
    )  # fmt: skip


def _row(answer: OilAnswer, economy: Economy) -> dict[str, Any]:
    o = answer.outcome
    numbers = {key: number(o) if o else math.nan for key, number in NUMBERS.items()}
    named = {"scenario": answer.scenario.label, "horizon": answer.horizon}
    return named | numbers | {"absorbed_by": _absorbed(o, economy) if o else answer.failure}


def _absorbed(outcome: OilOutcome, economy: Economy) -> str:
    """'Brazil +0.08, Canada ...', the unit in the note."""
    found = absorbed_words(outcome, economy, ABSORBED)
    return outcome.withheld or found.replace(f" {outcome.units[1]}", "") or DASH
