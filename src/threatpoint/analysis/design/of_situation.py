"""What else could be threatened in a situation, as a page says it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from threatpoint.analysis.design.design import ThreatDesign, design_threat
from threatpoint.errors import PolicyError
from threatpoint.units import MONEY_UNITS

if TYPE_CHECKING:
    from threatpoint.analysis.chain.chain import Drawing
    from threatpoint.situation.model import Situation
    from threatpoint.strategy import Terms
    from threatpoint.world.economy import Economy

DRAWS = 16
"""Of a page: enough to tell what stays better in four draws of five from what does not."""


def solve_design(
    situation: Situation,
    economy: Economy,
    drawing: Drawing,
    *,
    horizon: str,
    deficits: str,
    terms: Terms | None,
) -> tuple[ThreatDesign | None, str]:
    """Designs of a situation's first threat, or why there are none.

    Args:
        situation: gives the threats.
        economy: the baseline, on its day.
        drawing: of the page; where that draws nothing of trade, nothing is designed.
        horizon: of the elasticities.
        deficits: closure.
        terms: political terms of the payoffs.
    """
    if drawing.quick:
        return None, "designs are not made with --quick"
    if economy.unit not in MONEY_UNITS:  # payoffs are in USD
        return None, "the table has no money in USD"
    how: dict[str, Any] = {"horizon": horizon, "deficits": deficits, "terms": terms, "brief": True}
    how["drawing"] = replace(drawing, draws=DRAWS, store=None, progress=None)
    try:
        return design_threat(situation, economy, only_lawful=True, **how), ""
    except PolicyError as error:
        return None, str(error)
