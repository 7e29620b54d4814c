"""Curves for charts: an answer along one quantity, each point with its range over the priors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from threatpoint.talks.measures import MEASURES
from threatpoint.talks.priors import BY_NAME
from threatpoint.talks.talks import Ranged, case_of, inputs_of, ranged

if TYPE_CHECKING:
    from threatpoint.quantity import Quantity

Row = dict[str, Any]
MONTHS = (24, 18, 12, 9, 6, 3, 2, 1, 0)


def ground_by_month(priors: Mapping[str, Quantity], months: Sequence[float] = MONTHS) -> list[Row]:
    """Value of a km2 taken today by months to the freeze, USD m.

    It rises towards the date: what is taken late is kept for good.

    Raises:
        TalksError: months below 0 or not finite; priors as in `solve_talks`.
    """
    return [
        {"months": n, **_row(_at("value of ground", priors, months_to_freeze=n))} for n in months
    ]


def line_by_sanction(priors: Mapping[str, Quantity], sanctions: Sequence[float]) -> list[Row]:
    """y_min - x, km2, by what the threat adds to s_R, USD bn per month.

    Raises:
        TalksError: a sanction that is not finite; priors as in `solve_talks`.
    """
    return [{"sanction": s, **_row(_at("least line", priors, s_R=s))} for s in sanctions]


def line_by_aid(priors: Mapping[str, Quantity], changes: Sequence[float]) -> list[Row]:
    """y_min - x, km2, by the change in support as a share of the baseline's.

    Raises:
        TalksError: a loss of more than all support; priors as in `solve_talks`.
    """
    return [{"aid_change": a, **_row(_at("least line", priors, aid_change=a))} for a in changes]


def _at(
    name: str,
    priors: Mapping[str, Quantity],
    s_R: float = 0.0,
    aid_change: float = 0.0,
    **fixed: float,
) -> Ranged:
    """One measure with some priors held at a value."""
    for key, value in fixed.items():
        BY_NAME[key].check(value)
    held = {
        key: replace(priors[key], value=value, low=value, high=value)
        for key, value in fixed.items()
    }
    inputs = inputs_of({**priors, **held}, s_R, aid_change)
    measure = next(m for m in MEASURES if m.name == name)
    return ranged(measure.formula, measure.uses, measure.unit, inputs, case_of(inputs, {}))


def _row(number: Ranged) -> Row:
    return {"value": number.value, "low": number.low, "high": number.high, "unit": number.unit}
