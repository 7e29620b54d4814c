"""The front in every draw: the paths of the gains, and a force to secure the rear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from threatpoint.array_types import Array
from threatpoint.drawn_input import Input
from threatpoint.front import force, path_inputs
from threatpoint.front.data import Control
from threatpoint.front.force import Force, solve_force
from threatpoint.front.gains import YEAR
from threatpoint.front.path_inputs import MONTHS, month_key
from threatpoint.front.paths import Paths, solve_paths
from threatpoint.spread import carried_by
from threatpoint.views import Shown


@dataclass(frozen=True, eq=False)
class Ahead(Shown):
    """What the draws say of the front.

    Attributes:
        paths: gains by month.
        force: by size; it does not enter the paths.
        carried: group of inputs -> part of the variance of the ground of twelve months that it
            alone carries, the most first; empty with few draws.
    """

    paths: Paths
    force: Force
    carried: Mapping[str, float] = field(default_factory=dict[str, float])

    @property
    def driver(self) -> str:
        """The group that carries most of the ground; "" with few draws."""
        return next(iter(self.carried), "")


def inputs() -> tuple[Input, ...]:
    """All inputs of `solve_ahead`; keys begin with "front_" or "force_"."""
    return (*path_inputs.inputs(), *force.inputs())


def solve_ahead(values: Mapping[str, Array], day: date, record: Control | None = None) -> Ahead:
    """Paths and force from a day on; nothing later is looked at.

    Args:
        values: input key -> (K,), of `inputs`.
        day: of the situation.
        record: of control; the shipped one by default.

    Raises:
        TalksError: too little was known of the gains on the day.
    """
    paths = solve_paths(values, day, record)
    return Ahead(paths, solve_force(values), carried(values, paths))


def carried(values: Mapping[str, Array], paths: Paths) -> dict[str, float]:
    """Group of inputs -> part of the variance of the ground of twelve months it alone carries."""
    late = {month_key(n) for n in range(YEAR + 1, MONTHS + 1)}
    groups: dict[str, list[Array]] = {}
    for item in path_inputs.inputs():
        if item.key not in late:
            groups.setdefault(item.group, []).append(values[item.key])
    told = {name: np.stack(columns, axis=1) for name, columns in groups.items()}
    return carried_by(told, paths.ground(YEAR))
