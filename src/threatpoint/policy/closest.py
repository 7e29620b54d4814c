"""Closest: who came nearest to the thresholds of a rule that hits nobody, and by how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from threatpoint.units import money_words, percent_words

if TYPE_CHECKING:
    from threatpoint.policy.buyers import Buyer
    from threatpoint.policy.targets import Action
    from threatpoint.world.economy import Economy


def closest(when: Action, table: list[Buyer], economy: Economy) -> str:
    """Who came closest to the thresholds, and by how much."""
    floor, least = when.floor(economy), when.min_share
    near = [b for b in table if b.verdict == "below" and b.measured_value > 0]
    if not near:
        why = [f"{b.country} {b.reason}" for b in table if b.value > 0][:3]
        return "; ".join(why) or f"nobody {when.describe()} in this table"

    def reach(b: Buyer) -> float:
        ratios = [b.measured_value / floor] if floor > 0 else []
        ratios += [b.measured_share / least] if least > 0 else []
        return min(ratios, default=np.inf)

    best = max(near, key=reach)
    gaps: list[str] = []
    if best.measured_value < floor:
        gap = money_words(floor - best.measured_value, economy.unit)
        gaps.append(f"{gap} below the least value of {money_words(floor, economy.unit)}")
    if best.measured_share < least:
        points = f"{100 * (least - best.measured_share):.2g} percentage points"
        gaps.append(f"{points} below the least share of {percent_words(least)}")
    return (
        f"closest is {best.union or best.country} ({best.reason}), {' and '.join(gaps)}; "
        "lower a threshold or add it by name"
    )
