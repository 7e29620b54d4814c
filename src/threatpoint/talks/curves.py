"""Curves for charts: an answer along one quantity, each point with its range over the priors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint.talks.measures import MEASURES
from threatpoint.talks.priors import BY_NAME, Priors
from threatpoint.talks.talks import case_of, inputs_of, measured

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
    name, held = "months_to_freeze", {**Priors.of(priors), **inputs_of()}
    return [
        {"months": n, **_row("value of ground", held | {name: BY_NAME[name].read(n)})}
        for n in months
    ]


def line_by_sanction(priors: Mapping[str, Quantity], sanctions: Sequence[float]) -> list[Row]:
    """y_min - x, km2, by what the threat adds to s_R, USD bn per month.

    Raises:
        TalksError: a sanction that is not finite; priors as in `solve_talks`.
    """
    held = Priors.of(priors)
    return [{"sanction": s, **_row("least line", {**held, **inputs_of(s)})} for s in sanctions]


def line_by_aid(priors: Mapping[str, Quantity], changes: Sequence[float]) -> list[Row]:
    """y_min - x, km2, by the change in support as a share of the baseline's.

    Raises:
        TalksError: a loss of more than all support; priors as in `solve_talks`.
    """
    held = Priors.of(priors)
    return [{"aid_change": a, **_row("least line", {**held, **inputs_of(0.0, a)})} for a in changes]


def _row(name: str, inputs: Mapping[str, Quantity]) -> Row:
    """One measure with its range."""
    measure = next(m for m in MEASURES if m.name == name)
    return measured(measure, inputs, case_of(inputs, {})).row()
