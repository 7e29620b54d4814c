"""First proposer's share in alternating offers with discounting."""

from __future__ import annotations

from threatpoint.talks.bargaining import rubinstein_share
from validation.check import Check, compare, published

PAIRS = ((0.9, 0.9), (0.95, 0.9), (0.99, 0.99))


def checks() -> list[Check]:
    """Row 7."""
    computed = {
        ("first proposer's share", f"({a:g}, {b:g})"): float(rubinstein_share(a, b))
        for a, b in PAIRS
    }
    return compare(published(__file__), computed)
