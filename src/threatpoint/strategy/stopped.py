"""How much of its purchases a target gives up in a world, in volume."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.oil.solve import oil_outcome
from threatpoint.policy.goods import bought, held, part_of_cells
from threatpoint.policy.scope import member_codes

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium import Solution
    from threatpoint.policy import Action
    from threatpoint.world.economy import Economy


def share_stopped(
    economy: Economy, action: Action, members: Iterable[str], asked: float, found: Solution
) -> float:
    """The share of its purchases that a target gives up, each good by its value before.

    Told to stop a share at unchanged prices, its buyers give up less: what the seller cannot sell
    gets cheaper. Crude is counted in barrels, where a market of it is solved.

    Args:
        economy: before.
        action: what is bought from whom.
        members: codes of the target.
        asked: the share at unchanged prices.
        found: the world.
    """
    rows, columns = (
        [economy.country(code) for code in codes]
        for codes in (members, member_codes(economy, action.sellers, action.title))
    )
    kept = np.ones(len(economy.countries))
    kept[rows] = 1.0 - asked
    before = after = 0.0
    for sector, goods in held(economy, action.goods, action.title).items():
        for good in goods:
            value = bought(economy, [good])[0]
            left = _left(economy, sector, good, kept, found)
            before += float(value[np.ix_(rows, columns)].sum())
            after += float((value * left)[np.ix_(rows, columns)].sum())
    return 1.0 - after / before


def _left(economy: Economy, sector: str, good: str, kept: Array, found: Solution) -> Array:
    """(N n, N i) volume of a good in a world over that before; 1 where there was none.

    Of a good that is part of a sector it is that of the sector, less what was told to stop of it.
    """
    j = economy.sector(sector)
    before, now = found.baseline_trade[:, :, j], found.trade[:, :, j] / found.unit_costs[:, j]
    whole = np.divide(now, before, out=np.ones_like(now), where=before > 0)
    market = oil_outcome(found)
    if market is not None and market.good == good:
        taken = market.taken_over_before(kept)  # none on the day: as it is told
        whole[:, economy.country(market.seller)] = np.where(np.isnan(taken), kept, taken)
        return whole
    part = part_of_cells(economy, good, good)[:, :, j]
    told = 1.0 - (1.0 - kept[:, None]) * part
    return kept[:, None] * np.divide(whole, told, out=np.ones_like(whole), where=told > 0)
