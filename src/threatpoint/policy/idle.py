"""Idle: whether a retaliation does anything beside the punishment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import refuse

if TYPE_CHECKING:
    from threatpoint.policy.rules import Rule
    from threatpoint.policy.wedges import Wedges
    from threatpoint.world.economy import Economy

CELLS = ("tariff", "export_tax", "cost", "iceberg", "evading", "evasion_cost")
"""Wedges that mean nothing on a flow that is cut off."""


def require_retaliation(rule: Rule, economy: Economy) -> None:
    """Refuse a retaliation that changes nothing once the threat is carried out.

    A tariff in return on trade that the punishment has cut off is one.

    Raises:
        PolicyError: names each instrument without effect; and as `Rule.policy`.
    """
    everybody = tuple(rule.parties(economy))
    answers = rule.retaliations
    full = _done(rule.policy(economy, retaliating=everybody).wedges(economy), economy)
    problems: list[str] = []
    for position, item in enumerate(answers):
        rest = answers[:position] + answers[position + 1 :]
        policy = replace(rule, retaliation=rest).policy(
            economy, retaliating=everybody if rest else ()
        )
        if _done(policy.wedges(economy), economy) == full:
            problems.append(
                f"{rule.title}: retaliation [{item.describe()}] has no effect: what it hits is cut "
                "off or hit alike already; hit other trade, or retaliate to a lesser threat"
            )
    refuse(problems)


def _done(wedges: Wedges, economy: Economy) -> list[object]:
    """What wedges do to every flow there is, comparable."""
    flows = economy.trade > 0
    left = flows & (wedges.survival > 0)
    values = [wedges.survival[flows], *(getattr(wedges, name)[left] for name in CELLS)]
    values += [value for limit in wedges.volume_limits for value in vars(limit).values()]
    arrays = (*values, *wedges.kept.values())
    return [*wedges.acts, *wedges.kept, *(np.asarray(v).tobytes() for v in arrays)]
