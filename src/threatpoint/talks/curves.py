"""Curves for charts: an answer along one quantity, each point with its range over the priors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from threatpoint.talks.measures import MEASURES
from threatpoint.talks.priors import Priors
from threatpoint.talks.talks import case_of, inputs_of, measured

if TYPE_CHECKING:
    from threatpoint.quantity import Quantity
    from threatpoint.tables import Row


def line_by_sanction(priors: Mapping[str, Quantity], sanctions: Sequence[float]) -> list[Row]:
    """y_min - x, km2, by what the threat adds to s_R, USD bn per month.

    Raises:
        TalksError: a sanction that is not finite; priors as in `solve_talks`.
    """
    held, least_line = Priors.of(priors), next(m for m in MEASURES if m.name == "least line")
    points = [(sanction, {**held, **inputs_of(sanction)}) for sanction in sanctions]
    return [
        {"sanction": sanction, **measured(least_line, inputs, case_of(inputs, {})).row()}
        for sanction, inputs in points
    ]
