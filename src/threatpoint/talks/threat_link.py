"""Threat link: how a threat to trade enters the talks.

If a ceasefire lifts the punishment of the buyers, the seller's side of the war earns more in peace
than in war: s_R is its real income with the threat lifted less its real income with the threat
carried out. Sanctions that outlive the peace are in both and drop out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import TalksError, unknown
from threatpoint.talks.ceasefire import (
    attacker_accepts_in_place,
    least_line,
    revealed_land_value,
    sanction_needed,
)
from threatpoint.talks.priors import MOST_AID
from threatpoint.talks.terms import require, require_names
from threatpoint.units import money

if TYPE_CHECKING:
    from threatpoint.equilibrium import Solution
    from threatpoint.talks.terms import Array, Mask, Number, WarTerms
    from threatpoint.world.economy import Economy

MONTHS = 12.0


@dataclass(frozen=True, eq=False)
class Move:
    """What an addition to s_R does.

    Attributes:
        added: USD bn per month.
        before, after: s_R, USD bn per month.
        needed: s_R*, USD bn per month.
        missing: max(0, s_R* - s_R after), USD bn per month.
        share: part of the gap s_R* - s_R before that is closed, in [0, 1]; 1 where none was open.
        line_before, line_after: y_min, km2.
        bound_before, bound_after: revealed bound on omega_R, USD bn per km2 and month.
        accepts_before, accepts_after: bool, R accepts a freeze in place.
    """

    added: Array
    before: Array
    after: Array
    needed: Array
    missing: Array
    share: Array
    line_before: Array
    line_after: Array
    bound_before: Array
    bound_after: Array
    accepts_before: Mask
    accepts_after: Mask


def sanction_flow(lifted: Number, carried_out: Number) -> Array:
    """s_R = (real income with the threat lifted - carried out) / 12, USD bn per month.

    Args:
        lifted: USD bn per year, a level or a change from the baseline; below 0 is a loss.
        carried_out: the same, from the same baseline.

    Raises:
        TalksError: not a finite number.
    """
    free = require("real income with the threat lifted", lifted, "USD bn per year")
    hit = require("real income with the threat carried out", carried_out, "USD bn per year")
    return (free - hit) / MONTHS


def sanction_flows(
    lifted: Mapping[str, float], carried_out: Mapping[str, float]
) -> dict[str, float]:
    """`sanction_flow` by horizon; both must have the same horizons.

    Raises:
        TalksError: a horizon that one of the two lacks.
    """
    require_names(carried_out, tuple(lifted), "horizon")
    return {name: float(sanction_flow(lifted[name], carried_out[name])) for name in lifted}


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


def monthly_income(economy: Economy, party: str) -> float | None:
    """What a country or a group of the table earns, USD bn per month; None for any other party.

    No sanction can cost it more.
    """
    members = economy.groups.get(party, (party,))
    if not set(members) <= set(economy.countries):
        return None
    income = sum(float(economy.gdp[economy.country(code)]) for code in members)
    return money(income, economy.unit, "USD bn") / MONTHS


def require_possible(economy: Economy, party: str, added: float, aid_change: float) -> None:
    """Refuse a threat that costs a party more than it earns, and support out of bounds.

    Args:
        economy: where it earns.
        party: see `monthly_income`.
        added: what the threat adds to s_R, USD bn per month.
        aid_change: change in support, % of the baseline's.

    Raises:
        TalksError: it is impossible.
    """
    if not -100.0 <= aid_change <= 100.0 * MOST_AID:
        bounds = f"-100 (all of it) to {100 * MOST_AID:.0f} % of the baseline's"
        raise TalksError(f"aid change {aid_change:g} is outside {bounds}")
    most = monthly_income(economy, party)
    if most is not None and abs(added) > most:
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
    free, hit = (income_change(s, seller) for s in (lifted, carried_out))
    return float(sanction_flow(free, hit))


def with_sanctions(terms: WarTerms, added: Number) -> WarTerms:
    """The terms with s_R raised by what the threat adds, USD bn per month."""
    more = require("sanctions that a ceasefire lifts", added, "USD bn per month")
    side = replace(terms.attacker, peace_gain=np.asarray(terms.attacker.peace_gain + more))
    return replace(terms, attacker=side)


def move(terms: WarTerms, added: Number) -> Move:
    """How far an addition to s_R goes towards s_R*, and what else it moves."""
    new = with_sanctions(terms, added)
    before, after = np.asarray(terms.attacker.peace_gain), np.asarray(new.attacker.peace_gain)
    needed = sanction_needed(terms)
    gap = needed - before
    closed = (after - before) / np.where(gap > 0, gap, 1.0)
    return Move(
        added=after - before,
        before=before,
        after=after,
        needed=needed,
        missing=np.maximum(0.0, needed - after),
        share=np.where(gap > 0, np.clip(closed, 0.0, 1.0), 1.0),
        line_before=least_line(terms),
        line_after=least_line(new),
        bound_before=revealed_land_value(terms),
        bound_after=revealed_land_value(new),
        accepts_before=attacker_accepts_in_place(terms),
        accepts_after=attacker_accepts_in_place(new),
    )
