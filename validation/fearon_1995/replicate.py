"""The bargaining range with p = 0.6 and costs 0.1 and 0.15, and the Nash point in it."""

from __future__ import annotations

from validation.check import Check, compare, published
from validation.models.bargaining import fearon_range, nash_point


def checks() -> list[Check]:
    """Row 8."""
    low, high = fearon_range(0.6, 0.1, 0.15)
    computed = {
        ("bargaining range", "low"): float(low),
        ("bargaining range", "high"): float(high),
        ("Nash point", "equal power"): float(nash_point(low, high)),
    }
    return compare(published(__file__), computed)
