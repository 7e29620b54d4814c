"""The front in every draw: the paths of the gains, and a force to secure the rear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from threatpoint.array_types import Array
from threatpoint.drawn_input import Input
from threatpoint.front import force, path_inputs
from threatpoint.front.data import Control
from threatpoint.front.force import Force, solve_force
from threatpoint.front.paths import Paths, solve_paths


@dataclass(frozen=True, eq=False)
class Ahead:
    """What the draws say of the front.

    Attributes:
        paths: gains by month.
        force: by size; it does not enter the paths.
    """

    paths: Paths
    force: Force


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
    return Ahead(solve_paths(values, day, record), solve_force(values))
