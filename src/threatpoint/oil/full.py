"""All that is said of a market after a policy: the answer, how sure it is, and who gains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from threatpoint.equilibrium.door import wedges_of
from threatpoint.oil.drawn import Drawn, drawn, under
from threatpoint.oil.inputs import OPEC
from threatpoint.oil.outcome import OilOutcome
from threatpoint.oil.setting import require_setting
from threatpoint.oil.solve import oil_outcome, real_incomes
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.equilibrium import Solution
    from threatpoint.world.economy import Economy


@dataclass(frozen=True, eq=False)
class Full(Shown):
    """A market after a policy.

    Attributes:
        outcome: at the central priors.
        drawn: under every published pair of elasticities, and over draws of all priors.
        regimes: what owners of idle capacity do -> the market if they do it, at the same incomes.
    """

    outcome: OilOutcome
    drawn: Drawn
    regimes: Mapping[str, OilOutcome]


def full(economy: Economy, policy: Any, solution: Solution) -> Full | None:
    """What is said of the market of a solution; None where it was left alone.

    Args:
        economy: of the solution.
        policy: of the solution.
        solution: by `oil.solve`, with an equilibrium.
    """
    outcome = oil_outcome(solution)
    if outcome is None:
        return None
    setting, wedges = require_setting(economy, outcome.good), wedges_of(economy, policy)
    income = real_incomes(solution)
    about = (setting, wedges, outcome.horizon)
    regimes = {opec: under(*about, opec, income) for opec in OPEC}
    return Full(outcome, drawn(*about, outcome.opec, income), regimes)
