"""Light: an analysis of the draws alone, for who asks what to expect and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threatpoint.analysis.analysis import Analysis
from threatpoint.analysis.chain.chain import solve_chain
from threatpoint.analysis.happened import happened
from threatpoint.analysis.outcome import Plan, solve_outcome

if TYPE_CHECKING:
    from threatpoint.analysis.chain.chain import Drawing
    from threatpoint.situation.model import Situation
    from threatpoint.world.economy import Economy


def expected(
    situation: Situation,
    economy: Economy,
    drawing: Drawing,
    *,
    horizon: str = "short",
    deficits: str = "fixed",
) -> Analysis:
    """The chain of a situation, its main threat solved once, and its score; nothing else.

    Raises:
        ThreatpointError: as `solve_chain`.
    """
    rule = situation.policy
    plan = Plan.of(rule, economy)
    words = situation.words[situation.main]
    return Analysis(
        situation=situation,
        economy=economy,
        horizon=horizon,
        deficits=deficits,
        buyers=tuple(rule.buyers(economy)),
        main=solve_outcome("main", words, "", plan, economy, horizon, deficits),
        scenarios=(),
        variants=(),
        claims=(),
        assumptions={},
        happened=happened(situation),
        chain=solve_chain(situation, economy, drawing, horizon=horizon, deficits=deficits),
    )
