"""Carriers: third countries through which a punished flow could be re-routed.

They are read from who buys more of the target and sells more to the sender once it is punished.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.strategy.alone import punishment
from threatpoint.strategy.worlds import in_usd_bn, solve_all

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.equilibrium import Solution
    from threatpoint.strategy.threat import ThreatGame
    from threatpoint.world.economy import Economy

Row = dict[str, Any]


def carriers(solution: Solution, senders: Iterable[str], target: Iterable[str]) -> list[Row]:
    """Third countries through which a punished flow could go, the largest first.

    By punished sector of goods the lesser of how much more a country buys of the target, and
    sells to the senders, than before: what the model's trade leaves room for, no flow that anybody
    saw. Both also rise where trade is merely diverted, so it bounds re-routing from above.

    Args:
        solution: of the punished world.
        senders: codes of who punishes.
        target: codes of who is punished.

    Raises:
        PolicyError: the solution has no labels.
    """
    economy = solution.economy
    if economy is None:
        raise PolicyError("who carries what is re-routed needs a solution of a labelled economy")
    us, them = ([economy.country(code) for code in side] for side in (senders, target))
    rise = solution.trade - solution.baseline_trade
    bought, sold = rise[:, them].sum(axis=1), rise[us].sum(axis=0)
    room = np.maximum(np.minimum(bought, sold), 0.0)
    room[[*us, *them]] = 0.0
    room[:, ~_punished(solution, economy, us, them)] = 0.0
    room[:, [economy.sector(code) for code in economy.services]] = 0.0  # nobody re-ships a holiday
    return [
        _carrier(economy, k, bought, sold, room)
        for k in np.argsort(-room.sum(axis=1), kind="stable")
        if room[k].sum() > 0
    ]


def _punished(solution: Solution, economy: Economy, us: list[int], them: list[int]) -> Mask:
    """(S,) sectors in which the senders' purchases of the target are hit."""
    done = solution.policy
    hit = (done.tariff != economy.tariff_in_force) | (done.survival != 1.0)
    return hit[np.ix_(us, them)].any(axis=(0, 1))


def _carrier(economy: Economy, k: int, bought: Array, sold: Array, room: Array) -> Row:
    """One third country; its main sector is the one with most room."""
    code = economy.countries[k]
    return {
        "country": code,
        "name": economy.names.get(code, code),
        "carries_usd_bn": in_usd_bn(float(room[k].sum()), economy),
        "buys_more_usd_bn": in_usd_bn(float(bought[k].sum()), economy),
        "sells_more_usd_bn": in_usd_bn(float(sold[k].sum()), economy),
        "main_sector": economy.sectors[int(np.argmax(room[k]))],
    }


def carrier_rows(threat: ThreatGame, most: int = 5) -> list[Row]:
    """The largest carriers of each target's flow if it alone is punished as threatened."""
    targets, horizon = threat.game.targets, threat.question.horizon
    found = solve_all(threat.question, {t: punishment(threat.question, t) for t in targets})
    about = {t: {"target": t, "target_name": threat.name(t), "horizon": horizon} for t in targets}
    return [
        {**about[target], "rank": rank, **row}
        for target in targets
        if found[target].status.converged
        for rank, row in enumerate(_of(threat, target, found[target])[:most], 1)
    ]


def _of(threat: ThreatGame, target: str, found: Solution) -> list[Row]:
    return carriers(found, threat.question.senders, threat.parties[target])
