"""First proposer's share in alternating offers with discounting."""

from __future__ import annotations

from threatpoint.talks.ceasefire import rubinstein_share
from validation.check import Check, compare, given, published


def checks() -> list[Check]:
    """Row 7."""
    rows = published(__file__)
    return compare(
        rows,
        {(r["measure"], r["item"]): float(rubinstein_share(*given(r["item"]))) for r in rows},
    )
