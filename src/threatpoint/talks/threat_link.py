"""Threat link: how a threat to trade enters the talks.

If a ceasefire lifts the punishment of the buyers, the seller's side of the war earns more in peace
than in war: s_R is its real income with the threat lifted less its real income with the threat
carried out. Sanctions that outlive the peace are in both and drop out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import TalksError, unknown
from threatpoint.talks.ceasefire import sanction_needed
from threatpoint.talks.priors import MONTHS, MOST_AID
from threatpoint.units import money

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium import Solution
    from threatpoint.talks.terms import Number, WarTerms
    from threatpoint.world.economy import Economy


def sanction_flow(lifted: float, carried_out: float) -> float:
    """s_R = (real income with the threat lifted - carried out) / 12, USD bn per month.

    Args:
        lifted: USD bn per year, a level or a change from the baseline; below 0 is a loss.
        carried_out: the same, from the same baseline.
    """
    return (lifted - carried_out) / MONTHS


def income_change(solution: Solution, seller: str) -> float:
    """Exact real-income change of the seller in one equilibrium, USD bn per year.

    Raises:
        TalksError: a seller the equilibrium does not have, or one in shares without money.
    """
    codes = solution.calibration.countries
    if seller not in codes:
        raise TalksError(unknown("country", seller, codes))
    if solution.economy is None:
        raise TalksError("the equilibrium was solved in shares: its money has no unit")
    change = float(solution.welfare.usd[list(codes).index(seller)])
    return money(change, solution.economy.unit, "USD bn")


def require_possible(economy: Economy, party: str, added: float, aid_change: float) -> None:
    """Refuse a threat that costs a party more than it earns, and support out of bounds.

    Args:
        economy: where it earns.
        party: a country or a group of the table; of any other the income is not known.
        added: what the threat adds to s_R, USD bn per month.
        aid_change: change in support, % of the baseline's.

    Raises:
        TalksError: it is impossible.
    """
    if not -100.0 <= aid_change <= 100.0 * MOST_AID:
        bounds = f"-100 (all of it) to {100 * MOST_AID:.0f} % of the baseline's"
        raise TalksError(f"aid change {aid_change:g} is outside {bounds}")
    members = economy.groups.get(party, (party,))
    if not set(members) <= set(economy.countries):
        return
    income = sum(float(economy.gdp[economy.country(code)]) for code in members)
    most = money(income, economy.unit, "USD bn") / MONTHS
    if abs(added) > most:
        raise TalksError(
            f"sanctions {added:g} is outside {-most:.0f} to {most:.0f} USD bn/month: "
            f"{party} earns no more than that a month"
        )


def sanction_from(lifted: Solution, carried_out: Solution, seller: str) -> float:
    """`sanction_flow` of the seller from two equilibria of one baseline and horizon.

    Raises:
        TalksError: an unknown seller, or equilibria at two horizons.
    """
    horizons = [s.calibration.elasticities.horizon for s in (lifted, carried_out)]
    if horizons[0] != horizons[1]:
        raise TalksError(f"the equilibria are at two horizons: {horizons[0]} and {horizons[1]}")
    return sanction_flow(income_change(lifted, seller), income_change(carried_out, seller))


def with_sanctions(terms: WarTerms, added: Number) -> WarTerms:
    """The terms with s_R raised by what the threat adds, USD bn per month."""
    raised = np.asarray(terms.attacker.peace_gain + added)
    return replace(terms, attacker=replace(terms.attacker, peace_gain=raised))


def gap_closed(terms: WarTerms, added: Number) -> Array:
    """Part of the gap s_R* - s_R that an addition to s_R closes, 0 to 1; 1 where none is open."""
    before = np.asarray(terms.attacker.peace_gain)
    gap = sanction_needed(terms) - before
    closed = (before + added - before) / np.where(gap > 0, gap, 1.0)
    return np.where(gap > 0, np.clip(closed, 0.0, 1.0), 1.0)
