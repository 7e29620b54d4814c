"""Carried: a threat carried out on all its targets, at every horizon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from threatpoint.analysis.cases import cases
from threatpoint.analysis.outcome import (
    Outcome,
    Plan,
    by_horizon,
    on_request,
    solve_cases,
    solve_outcome,
)
from threatpoint.errors import PolicyError
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.policy import Rule
    from threatpoint.world.economy import Economy


@dataclass(frozen=True, eq=False)
class Carried(Shown):
    """A threat carried out.

    Attributes:
        name: of the threat.
        main: as stated.
        by_horizon: horizon -> as stated, short to long.
        on_request: the other horizons -> as stated.
    """

    name: str
    main: Outcome
    by_horizon: Mapping[str, Outcome]
    on_request: Mapping[str, Outcome] = field(default_factory=dict[str, Outcome])


def solve_carried(
    name: str,
    words: str,
    rule: Rule,
    economy: Economy,
    horizon: str,
    deficits: str,
) -> Carried:
    """Solve a threat; one that cannot be applied to this economy is kept with its reason."""
    about = (f"threat-{name}", words, "")
    try:
        plan = Plan.of(rule, economy)
    except PolicyError as error:
        outcome = Outcome(*about, "", (), None, str(error))
        return Carried(name, outcome, {horizon: outcome})
    main = solve_outcome(*about, plan, economy, horizon, deficits)
    horizons = by_horizon(main, plan, economy, horizon, deficits)
    return Carried(name, main, horizons, on_request(plan, economy, horizon, deficits))


def variants(
    plan: Plan,
    economy: Economy,
    horizon: str,
    deficits: str,
    alternatives: Mapping[str, Economy],
) -> tuple[Outcome, ...]:
    """A threat with one assumption changed at a time."""
    _, *others = cases(economy, horizon, deficits, alternatives)
    return solve_cases(plan, others)
