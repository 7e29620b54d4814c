"""The registry of parameters: every number with its unit, range, source and page.

The rows ship in `tables/parameters.csv`, written by `builders.parameters`. Elasticity sets
(`threatpoint.world.horizons`) are made from them, and some rows of the base of the crude market.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path

from threatpoint.errors import WorldError, unknown
from threatpoint.files import read_csv
from threatpoint.quantity import Quantity

FILE = Path(__file__).with_name("tables") / "parameters.csv"

KINDS = ("estimate", "prior", "fact", "check", "definition")
"""Where a number comes from: estimated in the literature; a named prior, which nobody has measured;
an observed or computed fact; a published number to compare with, never the
value of a set, though an ensemble may draw over its range; a choice of form."""

ALL = "all"
"""Horizon or scope of a row that holds for every horizon, or for every sector or economy."""

NUMBERS = ("value", "low", "high")

AS = {"abrupt": "short"}
"""Horizon -> the one whose rows hold where it has none of its own: the first months differ from the
first year in how suppliers are replaced, and in nothing else."""


@dataclass(frozen=True, kw_only=True)
class Parameter(Quantity):
    """A row of the registry: a quantity, and what it is the number of.

    Attributes:
        name: what it is, e.g. "theta", "spare_capacity".
        horizon: one of `words.HORIZONS`, or "all".
        scope: sector or economy it is about, or "all".
        kind: one of `KINDS`.
        convention: what the published number is, and how it was converted.
        known: year or month from which the number could be known.
        note: what else a reader must know.
    """

    name: str
    horizon: str
    scope: str
    kind: str
    convention: str
    known: str = ""
    note: str = ""
    prior: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "prior", self.kind == "prior")

    @property
    def label(self) -> str:
        """Name, horizon and scope in words, e.g. "theta, short, OILGAS"."""
        return ", ".join((self.name, self.horizon, self.scope))

    @property
    def quantity(self) -> Quantity:
        """The bare number: solved worlds are kept by it, so kind and notes must not be in it."""
        return Quantity(**{each.name: getattr(self, each.name) for each in fields(Quantity)})


@cache
def parameters() -> tuple[Parameter, ...]:
    """All rows of the shipped registry, in file order."""
    return tuple(
        Parameter(**{key: float(cell) if key in NUMBERS else cell for key, cell in row.items()})  # type: ignore[arg-type]
        for row in read_csv(FILE)
    )


def parameter(name: str, horizon: str = ALL, scope: str = ALL) -> Parameter:
    """The shipped row for a name, horizon and scope.

    A row for just this horizon and scope goes before one for all scopes, then the horizon that this
    one takes the rest from (`AS`), then all horizons.
    Rows of kind "check" are never returned: they are there to compare with.

    Raises:
        WorldError: no such name, horizon or scope, with the nearest spelling.
    """
    named = _named(name)
    at = {(row.horizon, row.scope): row for row in named}
    for when in (horizon, AS.get(horizon, horizon), ALL):
        for wanted in ((when, scope), (when, ALL)):
            if wanted in at:
                return at[wanted]
    raise WorldError(_not_found(name, horizon, scope, named))


def _not_found(name: str, horizon: str, scope: str, named: list[Parameter]) -> str:
    """Say whether the horizon or the scope is the one that has no row."""
    horizons = tuple(dict.fromkeys(row.horizon for row in named))
    if horizon not in horizons and ALL not in horizons:
        return unknown("horizon", horizon, horizons, name)
    scopes = tuple(dict.fromkeys(row.scope for row in named if row.horizon in (horizon, ALL)))
    return unknown("scope", scope, scopes, f"{name}, {horizon}")


def scoped(name: str, horizon: str = ALL) -> Mapping[str, Parameter]:
    """Scope -> row, for a name at one horizon, or where its rows hold at every one (facts).

    Raises:
        WorldError: no such name, with the nearest spelling.
    """
    own = {row.scope: row for row in _named(name) if row.horizon == horizon}
    return scoped(name, AS[horizon]) if not own and horizon in AS else own


def _named(name: str) -> list[Parameter]:
    """The rows of a name, but for those to compare with."""
    rows = [row for row in parameters() if row.kind != "check"]
    if named := [row for row in rows if row.name == name]:
        return named
    raise WorldError(unknown("parameter", name, tuple(dict.fromkeys(row.name for row in rows))))
