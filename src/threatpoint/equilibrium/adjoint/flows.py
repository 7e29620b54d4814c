"""Derivatives to the weights of flows: what buyers see of each, and who is paid along it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.apart import Weights

if TYPE_CHECKING:
    from threatpoint.array_types import Positions
    from threatpoint.equilibrium.adjoint.pull import Pull

Places = tuple["Positions", "Positions", "Positions"]
"""Positions (sector, importer, exporter) of flows; they broadcast against each other."""


def every(sectors: int, countries: int) -> Places:
    """All flows, [j, n, i]."""
    j, n, i = np.ogrid[:sectors, :countries, :countries]
    return j, n, i


def to_weights(pull: Pull, at: Places) -> Weights:
    """Derivatives to A, B, C and W of these flows (`Flows`), bounds in force left out."""
    levels, (j, n, i) = pull.at, at
    strength, abroad = levels.strength[j, i], n != i
    unit = levels.per_unit[j, n] * strength
    weight = (pull.worth / levels.state.competitiveness)[j, n] * strength
    sold = (pull.sold + pull.meets / levels.output)[j, i] - pull.revenue[n]
    received = unit * (sold + abroad * (pull.abroad[j, i] + pull.owed[n]))
    unit *= abroad
    return Weights(
        weight,
        received,
        unit * (pull.charged[n] + pull.charges[i]),
        unit * pull.waste[i],
    )
