"""Typed: a situation solved as the commands solve it, with the other baseline tariffs beside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from threatpoint.analysis.analysis import Analysis, analyse
from threatpoint.analysis.chain.chain import QUICK, Drawing
from threatpoint.policy.standing import world_on
from threatpoint.world import with_horizon

if TYPE_CHECKING:
    from threatpoint.situation.model import Situation
    from threatpoint.strategy import Terms
    from threatpoint.world.economy import Economy

FIRST_YEAR = "short"


def analyse_as_typed(
    situation: Situation,
    economy: Economy,
    tariffs: str = "collected",
    horizon: str = "",
    deficits: str = "fixed",
    terms: Terms | None = None,
    drawing: Drawing | None = None,
) -> Analysis:
    """The situation solved as `threatpoint brief` does, with the other baseline tariffs tried.

    Args:
        situation: what is asked.
        economy: the baseline, with the set of elasticities where one is asked for.
        tariffs: of the baseline.
        horizon: as typed; "" is those of a page, the first year first.
        deficits: closure.
        terms: of the game.
        drawing: how everything uncertain is drawn; trade is not by default.
    """
    other = "collected" if tariffs == "statutory" else "statutory"
    base, name = world_on(economy.standing.date if economy.standing else "", other), ""
    if horizon:
        base, name = with_horizon(base, horizon)
    if drawing is not None and drawing.quick:
        base, economy = (_alone(each, name or FIRST_YEAR) for each in (base, economy))
    tried = {f"the baseline has the {other} tariffs": base}
    return analyse(
        situation, economy, horizon=name, deficits=deficits, alternatives=tried, terms=terms,
        drawing=drawing or QUICK,
    )  # fmt: skip


def _alone(economy: Economy, horizon: str) -> Economy:
    """The economy with the sets of one horizon, its range ends among them; all others are left out.

    As it is where it does not know the horizon.
    """
    sets = {k: v for k, v in economy.elasticities.items() if k.partition("-")[0] == horizon}
    return replace(economy, elasticities=sets) if horizon in sets else economy
