"""Views of the front: who holds what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from threatpoint.front.results import areas, drift, sides
from threatpoint.views import About, Named, View

if TYPE_CHECKING:
    from threatpoint.front.front import FrontResult


def about(result: FrontResult) -> About:
    """What is held on the day, and the gain of the month."""
    moved = result.drift
    facts = {
        "month, observed": f"{result.month}, {result.observed}",
        "held": f"{result.total:,.0f} km2 in {sum(item.share > 0 for item in result.held)} oblasts",
        "gain of the month": f"{moved.low:,.0f} to {moved.high:,.0f} km2" if moved else "unknown",
        "status": result.status,
    }
    return About("Front", facts, ".to_pandas(), .held, .claims, .pockets")


def tables_of(result: FrontResult) -> Mapping[str, Named]:
    """Tables of the front."""
    found = {
        "areas": Named("what is held or claimed, by oblast", lambda: areas(result)),
        "drift": Named("gain of the month by source", lambda: drift(result)),
        "sides": Named("sides of the contact line and of borders", lambda: sides(result)),
    }
    return {key: made for key, made in found.items() if key != "sides" or result.lines}


FRONT = View(about, tables_of)
