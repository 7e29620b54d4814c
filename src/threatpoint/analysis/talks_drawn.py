"""The talks of a situation, drawn by themselves: what levers cost the attacker is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from threatpoint.analysis.ensemble.draws import drawn, require_draws
from threatpoint.errors import TalksError, require_type
from threatpoint.situation.talks_input import TalksInput
from threatpoint.talks.attacker import MONTHS
from threatpoint.talks.freeze_inputs import inputs
from threatpoint.talks.talks import SUPPORTS, TalksResult, solve_talks
from threatpoint.units import money

if TYPE_CHECKING:
    from threatpoint.talks.terms import Number
    from threatpoint.world.economy import Economy

DRAWS = 1024


def draw_talks(
    given: TalksInput,
    losses: Mapping[str, Number],
    *,
    supports: Sequence[float] = SUPPORTS,
    draws: int = DRAWS,
    seed: int = 0,
) -> TalksResult:
    """How likely a freeze is by lever and by change of support, over draws of the priors.

    Args:
        given: [talks] of a situation.
        losses: lever -> what it costs the attacker, USD bn a month; one number, or one a draw.
        supports: changes of support as shares of it, above -1.
        draws: a power of 2.
        seed: of the Latin hypercube, 0 or more.

    Raises:
        TalksError: a number out of bounds.
        ThreatpointError: draws that are no power of 2.

    Example:
        >>> situation = tp.load_situation("ukraine-2025-03-31")
        >>> talks = tp.draw_talks(situation.talks, {"nothing": 0.0, "5 bn a month": 5.0})
        >>> [round(cell.chance.value, 2) for cell in talks.cells if cell.support == 0.0]
        [0.0, 0.17]
    """
    require_type("talks", given, TalksInput, TalksError)
    require_draws(draws)
    values = drawn(inputs(given.priors, given.known), draws, seed)
    return solve_talks(values, losses, supports)


MOST_AID = 10.0
"""Times the support of the date by which it may grow."""


def require_possible(economy: Economy, party: str, loss: float, aid_change: float) -> None:
    """Refuse a lever that costs a party more than it earns, and support out of bounds.

    Args:
        economy: where it earns.
        party: a country or a group of the table; of any other the income is not known.
        loss: USD bn a month.
        aid_change: change in support, % of what it is.

    Raises:
        TalksError: it is impossible.
    """
    if not -100.0 < aid_change <= 100.0 * MOST_AID:
        bounds = f"above -100 (all of it) and at most {100 * MOST_AID:.0f} % of what it is"
        raise TalksError(f"aid change {aid_change:g} must be {bounds}")
    members = economy.groups.get(party, (party,))
    if not set(members) <= set(economy.countries):
        return
    income = sum(float(economy.gdp[economy.country(code)]) for code in members)
    most = money(income, economy.unit, "USD bn") / MONTHS
    if abs(loss) > most:
        raise TalksError(
            f"sanctions {loss:g} is outside {-most:.0f} to {most:.0f} USD bn/month: "
            f"{party} earns no more than that a month"
        )
