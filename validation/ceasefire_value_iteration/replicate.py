"""Thresholds of a ceasefire, by closed form and by a dynamic programme that knows none.

y_min, y_max: value iteration on war without end, then the line of indifference. Sanction needed and
drift accepted: bisection on the decision of a programme in which a freeze in place stays on offer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from threatpoint.talks import ceasefire, programme
from threatpoint.talks.terms import Side, WarTerms
from validation.check import Check

HALVINGS = 60
CASES = {
    "advance": WarTerms(112_532.0, 203.0, 0.98, Side(1e-3, 6.2, 1.0), Side(8e-4, 4.0, 1.0)),
    "standstill": WarTerms(112_532.0, 0.0, 0.9, Side(2e-3, 6.2, 1.0), Side(8e-4, 4.0, 1.0)),
    "retreat": WarTerms(112_532.0, -300.0, 0.95, Side(4e-4, 6.2, 1.0), Side(8e-4, 4.0, 1.0)),
}


def checks() -> list[Check]:
    """Row 15: four thresholds in three wars; the programme's number stands as the published one."""
    return [check for name, terms in CASES.items() for check in _case(name, terms)]


def _case(name: str, t: WarTerms) -> list[Check]:
    line, drift, delta = float(t.line), float(t.drift), float(t.discount)
    low, _ = programme.accepted_line(t.attacker, line, drift, delta, 1.0)
    high, _ = programme.accepted_line(t.defender, line, drift, delta, -1.0)
    found = {
        "least line": ("km2", low, ceasefire.least_line(t)),
        "largest line": ("km2", high, ceasefire.largest_line(t)),
        "sanction needed": ("USD bn/month", max(0.0, _sanction(t)), ceasefire.sanction_needed(t)),
        "drift accepted": ("km2/month", _drift(t), ceasefire.drift_accepted_by_attacker(t)),
    }
    source = "value iteration, relative tolerance 1e-6"
    return [
        Check(15, f"{what}, {name}", unit, a, float(b), 1e-6 * max(1.0, abs(a)), source)
        for what, (unit, a, b) in found.items()
    ]


def _sanction(t: WarTerms) -> float:
    """The s_R from which on R takes the freeze in place at once."""

    def takes(sanction: float) -> bool:
        side = replace(t.attacker, peace_gain=sanction)
        return _stops(side, t, float(t.drift))

    return _first(takes, -1e3, 1e3)


def _drift(t: WarTerms) -> float:
    """The drift up to which R takes the freeze in place at once."""
    return -_first(lambda minus: _stops(t.attacker, t, -minus), -1e4, 1e4)


def _stops(side: Side, t: WarTerms, drift: float) -> bool:
    found = programme.freeze_programme(side, float(t.line), drift, float(t.discount))
    return bool(found.stops[0])


def _first(holds: Callable[[float], bool], low: float, high: float) -> float:
    """Where a condition that is false at `low` and true at `high` turns, by bisection."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
