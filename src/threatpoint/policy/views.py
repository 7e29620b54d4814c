"""Views of policies: what is done, an instrument a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from threatpoint.tables import Table, columns
from threatpoint.views import About, Named, View

if TYPE_CHECKING:
    from threatpoint.policy.policy import Policy


def about_policy(policy: Policy) -> About:
    """Name, and every instrument in words."""
    items = policy.items
    title = f"Policy {policy.name!r}" if policy.name else "Policy"
    told = {str(n): item.describe() for n, item in enumerate(items, 1)}
    return About(f"{title}: {len(items) or 'no'} instrument{'s' * (len(items) != 1)}", told,
                 "tp.solve(world, policy)")  # fmt: skip


def instruments(policy: Policy) -> Table:
    """An instrument a row."""
    rows = [
        {
            "instrument": item.word,
            "sides": ":".join(",".join(side) for side in item.sides),
            "words": item.describe(),
        }
        for item in policy.items
    ]
    shown = columns("steps", "instrument", "sides", "words")
    return Table("steps", "Instruments of the policy", shown, rows)


def tables_of(policy: Policy) -> Mapping[str, Named]:
    """Tables of a policy."""
    return {
        "instruments": Named("each instrument, its sides and words", lambda: instruments(policy))
    }


POLICY = View(about_policy, tables_of)
