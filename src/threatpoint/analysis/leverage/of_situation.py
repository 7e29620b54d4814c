"""The levers of a situation: what its senders can cut, and how that hurts each target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from threatpoint.analysis.leverage.exact import largest
from threatpoint.analysis.leverage.exact import rows as solved
from threatpoint.analysis.leverage.flows import between
from threatpoint.analysis.leverage.found import SMALL, leverage
from threatpoint.analysis.leverage.parties import Who
from threatpoint.errors import EquilibriumError
from threatpoint.strategy.coalition import senders_of
from threatpoint.views import Shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threatpoint.analysis.leverage.found import Leverage
    from threatpoint.situation.model import Situation
    from threatpoint.world.economy import Economy

Row = dict[str, Any]
MOST = 100_000_000
"""Cells of the largest map that is kept beside a page, 800 MB: a table of 120 by 57."""


@dataclass(frozen=True, eq=False)
class Levers(Shown):
    """What the senders can cut.

    Attributes:
        found: the map.
        rows: flows between senders and targets, each with the target it hurts, most harm first.
        exact: the largest solved anew, and those of crude.
    """

    found: Leverage
    rows: Sequence[Row]
    exact: Sequence[Row]


def solve_levers(
    situation: Situation,
    economy: Economy,
    targets: Sequence[str],
    horizon: str,
    deficits: str,
) -> tuple[Levers | None, str]:
    """The levers of the main threat's senders over those it hits, or why there are none.

    Args:
        situation: its main threat is read.
        economy: the baseline, on its day.
        targets: codes of those who are hit.
        horizon: of the elasticities.
        deficits: closure.
    """
    senders = senders_of(economy, situation.policy, ())
    parties = _parties(situation, economy, targets, senders)
    if not senders or not parties:
        return None, "nobody but the sender is hit"
    if len(economy.countries) * economy.trade.size > MOST:
        return None, "the table is too large for its map to be kept"
    try:
        found = leverage(economy, horizon=horizon, deficits=deficits)
    except EquilibriumError as error:
        return None, str(error)
    of = Who.named(found, situation.sender, senders)
    over = [Who.named(found, label, codes) for label, codes in parties]
    rows = [row for who in over for row in between(found, of, who, SMALL)]
    rows.sort(key=lambda row: -row["loss"])
    if not rows:
        return None, "senders and targets do not trade"
    return Levers(found, rows, solved(found, largest(rows), SMALL)), ""


def _parties(
    situation: Situation, economy: Economy, targets: Sequence[str], senders: Sequence[str]
) -> list[tuple[str, tuple[str, ...]]]:
    """Label and members of who is hit; a group that is hit as one once, no sender."""
    hit = [code for code in targets if code not in senders]
    groups = {name: codes for name, codes in situation.policy.as_one(economy).items()
              if set(codes) <= set(hit)}  # fmt: skip
    home = {code: name for name, codes in groups.items() for code in codes}
    labels = dict.fromkeys(home.get(code, code) for code in hit)
    return [(label, tuple(groups.get(label, (label,)))) for label in labels]
