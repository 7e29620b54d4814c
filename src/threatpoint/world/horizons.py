"""The horizons, and the sets of elasticities that the registry of parameters gives them.

The equations are the same at every horizon; only the values differ. "long" is the set of the
shipped table; the others come from `tables/parameters.csv`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.words import HORIZONS
from threatpoint.world.elasticities import BY_SECTOR, Elasticities
from threatpoint.world.parameters import ALL, Parameter, parameter, scoped

if TYPE_CHECKING:
    from threatpoint.array_types import Array

HOMOGENEOUS = ("OILGAS",)
"""Sectors near-homogeneous at every horizon: their theta stays at its value in the sets of range
ends too, since a low theta on crude would alone decide every oil threat."""

MADE = ("medium", "short", "abrupt")
"""Horizons whose sets are made from the registry."""

ENDS = {"": "value", "-low": "low", "-high": "high"}
"""Ending of a set's name -> the number of each row of the registry that it takes."""


def cases_of(horizon: str, names: Iterable[str]) -> tuple[str, ...]:
    """Sets that vary this one at the same horizon: its range ends, or the cases of long.

    A name that begins with no other horizon is a case of long.
    """
    return tuple(name for name in names if name != horizon and _run(name) == _run(horizon))


def _run(name: str) -> str:
    """The horizon that a set belongs to."""
    first = name.partition("-")[0]
    return first if first in HORIZONS else "long"


def horizon_sets(
    countries: Sequence[str], sectors: Sequence[str], longest: Array
) -> dict[str, Elasticities]:
    """Sets of all but long, and the ends of their ranges ("short-low", "short-high", ...).

    In a set of range ends theta and the substitution elasticities stand at that end, but for those
    of sectors with values of their own; phi stays at its value: supply has a range of its own in
    the registry. No theta is above that of long.

    Args:
        countries: N codes.
        sectors: S codes.
        longest: (S,) theta of long.
    """
    return {
        horizon + end: _set(horizon, end, countries, sectors, longest)
        for end in ENDS
        for horizon in MADE
    }


def _set(
    horizon: str, end: str, countries: Sequence[str], sectors: Sequence[str], longest: Array
) -> Elasticities:
    rows = {code: parameter("theta", horizon, code) for code in sectors}
    common = next(row for code, row in rows.items() if code not in HOMOGENEOUS)
    theta = [getattr(row, ENDS["" if code in HOMOGENEOUS else end]) for code, row in rows.items()]
    return Elasticities.of(
        countries,
        sectors,
        np.minimum(theta, longest),
        [mobile_share(horizon, code) for code in sectors],
        horizon=horizon + end,
        source=_source(horizon, end, common),
        rho=getattr(parameter("rho", horizon), ENDS[end]),
        **{name: _nest(name, horizon, end, sectors) for name in BY_SECTOR},
    )


def _nest(name: str, horizon: str, end: str, sectors: Sequence[str]) -> float | list[float]:
    """Eta or epsilon: one number, or by sector where some have a row of their own.

    These keep its value at both ends: a range of inputs in general says nothing about crude.
    """
    rows = [parameter(name, horizon, code) for code in sectors]
    values = [getattr(row, ENDS[end if row.scope == ALL else ""]) for row in rows]
    return values if len(set(values)) > 1 else values[0]


def mobile_share(horizon: str, sector: str) -> float:
    """Mobile share phi: e / (1 + e) where the registry has a supply elasticity e, else its phi."""
    row = scoped("supply_elasticity", horizon).get(sector)
    return row.value / (1.0 + row.value) if row else parameter("phi", horizon, sector).value


def _source(horizon: str, end: str, theta: Parameter) -> str:
    """One sentence; the pages stand in the registry."""
    if end:
        return (
            f"as {horizon}, but theta, eta, epsilon and rho at the {end.lstrip('-')} ends of their "
            "ranges in the registry of parameters"
        )
    return (
        f"registry of parameters, {horizon} ({HORIZONS[horizon]}); theta: "
        f"{theta.source.partition(';')[0]}; crude and gas near-homogeneous"
    )
