"""The registry of parameters: every number with its unit, range, source and page.

The rows ship in `tables/parameters.csv`, written by `builders.parameters`. Elasticity sets
(`threatpoint.world.horizons`) and the facts of the crude market
(`threatpoint.world.shipped_market`) are made from them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path

from threatpoint.errors import WorldError, unknown
from threatpoint.quantity import Quantity, range_problem

FILE = Path(__file__).with_name("tables") / "parameters.csv"

KINDS = ("estimate", "prior", "fact", "check", "definition")
"""Where a number comes from: estimated in the literature; a named prior, which nobody has measured;
an observed or computed fact; a published number to compare with, never used; a choice of form."""

ALL = "all"
"""Horizon or scope of a row that holds for every horizon, or for every sector or economy."""

COLUMNS = (
    "name", "horizon", "scope", "value", "low", "high", "unit", "kind", "convention", "period",
    "source", "page", "note",
)  # fmt: skip
NUMBERS = ("value", "low", "high")
MAY_BE_EMPTY = ("convention", "note")


@dataclass(frozen=True, kw_only=True)
class Parameter(Quantity):
    """A row of the registry: a quantity, and what it is the number of.

    Attributes:
        name: what it is, e.g. "theta", "spare_capacity".
        horizon: "short", "medium", "long", or "all".
        scope: sector or economy it is about, or "all".
        kind: one of `KINDS`.
        convention: what the published number is, and how it was converted.
        note: what else a reader must know.
    """

    name: str
    horizon: str
    scope: str
    kind: str
    convention: str
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
    return read_parameters(FILE)


def read_parameters(path: str | Path) -> tuple[Parameter, ...]:
    """Read a registry and check every row.

    Raises:
        WorldError: no such file, a missing or unknown column, or one sentence per bad row.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WorldError(f"the registry of parameters cannot be read: {path}: {error}") from error
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise WorldError(f"{path.name}: columns are {reader.fieldnames}, not {list(COLUMNS)}")
    rows = [(reader.line_num, row) for row in reader]
    found = [problem for line, row in rows for problem in _row_problems(line, row)]
    made = () if found else tuple(_parameter(row) for _, row in rows)
    found += _repeated(made)
    if found:
        raise WorldError(f"{path.name}:\n  - " + "\n  - ".join(found))
    return made


def parameter(name: str, horizon: str = ALL, scope: str = ALL) -> Parameter:
    """The shipped row for a name, horizon and scope.

    A row for just this horizon and scope goes before one for all scopes, then all horizons.
    Rows of kind "check" are never returned: they are there to compare with.

    Raises:
        WorldError: no such name, horizon or scope, with the nearest spelling.
    """
    return find(parameters(), name, horizon, scope)


def find(rows: Iterable[Parameter], name: str, horizon: str = ALL, scope: str = ALL) -> Parameter:
    """As `parameter`, in any registry."""
    named = [row for row in rows if row.name == name and row.kind != "check"]
    if not named:
        known = dict.fromkeys(row.name for row in rows if row.kind != "check")
        raise WorldError(unknown("parameter", name, tuple(known)))
    at = {(row.horizon, row.scope): row for row in named}
    for wanted in ((horizon, scope), (horizon, ALL), (ALL, scope), (ALL, ALL)):
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


def scoped(name: str) -> Mapping[str, Parameter]:
    """Scope -> row, for a name whose rows hold at every horizon (facts by economy)."""
    rows = [row for row in parameters() if row.name == name and row.kind != "check"]
    if not rows:
        return {parameter(name).scope: parameter(name)}
    return {row.scope: row for row in rows if row.horizon == ALL}


def _parameter(row: Mapping[str, str]) -> Parameter:
    numbers = {name: float(row[name]) for name in NUMBERS}
    return Parameter(**{**row, **numbers})  # type: ignore[arg-type]


def _row_problems(line: int, row: Mapping[str, str]) -> list[str]:
    """What is wrong with a row: cells, kind, numbers, range."""
    where = f"line {line} ({row['name']}, {row['horizon']}, {row['scope']})"
    if None in row or None in row.values():
        return [f"{where}: {len(COLUMNS)} cells wanted, one for each column"]
    found = [
        f"{where}: no {name}" for name in COLUMNS if name not in MAY_BE_EMPTY and not row[name]
    ]
    if row["kind"] not in KINDS:
        found.append(unknown("kind", row["kind"], KINDS, where))
    try:
        value, low, high = (float(row[name]) for name in NUMBERS)
    except ValueError as error:
        return [*found, f"{where}: {error}"]
    if problem := range_problem(value, low, high):
        found.append(f"{where}: {problem}")
    elif row["kind"] == "prior" and not low < high:
        found.append(f"{where}: a prior needs a range, not one number")
    return found


def _repeated(rows: tuple[Parameter, ...]) -> list[str]:
    """Rows that say the same thing twice; checks may be many."""
    labels = [row.label for row in rows if row.kind != "check"]
    return [
        f"{label}: more than one row" for label in dict.fromkeys(labels) if labels.count(label) > 1
    ]
