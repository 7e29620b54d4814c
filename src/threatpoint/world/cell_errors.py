"""How far a cell of a table may be off: relative standard deviations by component.

A table does not carry an array of errors for each of its arrays: what a cell is made of (the total
of a pair, a split, a named flow) and how it came about (its basis) say its error. The components
ship in `tables/errors_2023.csv`, priors all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import WorldError, unknown
from threatpoint.world.facts import table
from threatpoint.world.flow import BASIS

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Codes
    from threatpoint.world.economy import Economy

FILE = "errors_2023.csv"
ALL = "all"

Errors = Mapping[tuple[str, str], float]
"""(component, scope) -> relative standard deviation; a scope is "all", a basis of cells, or a pair
such as "USA-CHN", importer first."""


def shipped_errors() -> dict[tuple[str, str], float]:
    """The components of the shipped table."""
    return {(row["component"], row["scope"]): float(row["sd"]) for row in table(FILE)}


def checked_errors(given: Errors | None) -> dict[tuple[str, str], float]:
    """The shipped components, with those that are given in their place.

    Raises:
        WorldError: an unknown component, or a deviation that is no number of 0 or more.
    """
    errors = shipped_errors()
    names = tuple(dict.fromkeys(name for name, _ in errors))
    for (name, scope), sd in (given or {}).items():
        if name not in names:
            raise WorldError(unknown("component of the error", name, names))
        if not (math.isfinite(sd) and sd >= 0):
            raise WorldError(f"the error of {name}, {scope} must be 0 or more, got {sd}")
        if scope == ALL:
            errors = {key: value for key, value in errors.items() if key[0] != name}
        errors[name, scope] = float(sd)
    return errors


def by_basis(errors: Errors, name: str, codes: Codes) -> Array:
    """Standard deviation of each cell: that of its basis where there is one, else of all."""
    sds = [errors.get((name, basis), errors[name, ALL]) for basis in BASIS]
    return np.array(sds)[codes]


def by_pair(errors: Errors, name: str, economy: Economy) -> Array:
    """(N importer, N exporter) standard deviations; pairs by name stand apart."""
    codes = economy.countries
    sds = np.full((len(codes), len(codes)), errors[name, ALL])
    for (component, scope), sd in errors.items():
        n, _, i = scope.partition("-")
        if component == name and n in codes and i in codes:
            sds[codes.index(n), codes.index(i)] = sd
    return sds
