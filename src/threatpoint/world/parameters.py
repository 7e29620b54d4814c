"""The registry of parameters: every number with its unit, range, source and page.

The rows ship in `tables/parameters.csv`, written by `builders.parameters`. Elasticity sets
(`threatpoint.world.horizons`) and the facts of the crude market
(`threatpoint.world.shipped_market`) are made from them.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from threatpoint.errors import WorldError, unknown
from threatpoint.world.market import Quantity

FILE = Path(__file__).with_name("tables") / "parameters.csv"

KINDS = ("estimate", "prior", "fact", "check", "definition")
"""Where a number comes from: estimated in the literature; a named prior, which nobody has measured;
an observed or computed fact; a published number to compare with, never used; a choice of form."""

ALL = "all"
"""Horizon or scope of a row that holds for every horizon, or for every sector or economy."""

NUMBERS = ("value", "low", "high")
MAY_BE_EMPTY = ("convention", "note")


@dataclass(frozen=True)
class Parameter:
    """One number with all that is needed to check it.

    Attributes:
        name: what it is, e.g. "theta", "spare_capacity".
        horizon: "short", "medium", "long", or "all".
        scope: sector or economy it is about, or "all".
        value, low, high: the number and its range, in `unit`.
        unit: e.g. "1" (no unit), "USD/bbl", "mb/d".
        kind: one of `KINDS`.
        convention: what the published number is, and how it was converted.
        period: the time it is about.
        source: author or producer, document, year.
        page: where in the source, in words.
        note: what else a reader must know.
    """

    name: str
    horizon: str
    scope: str
    value: float
    low: float
    high: float
    unit: str
    kind: str
    convention: str
    period: str
    source: str
    page: str
    note: str = ""

    @property
    def prior(self) -> bool:
        """True when nobody has measured it."""
        return self.kind == "prior"

    @property
    def label(self) -> str:
        """Name, horizon and scope in words, e.g. "theta, short, OILGAS"."""
        return ", ".join((self.name, self.horizon, self.scope))

    @property
    def quantity(self) -> Quantity:
        """The number as a fact of a market."""
        return Quantity(
            self.value,
            self.low,
            self.high,
            self.unit,
            self.period,
            self.source,
            self.page,
            self.prior,
        )


COLUMNS = tuple(field.name for field in fields(Parameter))


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
    scopes = tuple(dict.fromkeys(r.scope for r in named if r.horizon in (horizon, ALL)))
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
    if not all(math.isfinite(x) for x in (value, low, high)):
        found.append(f"{where}: value and range must be finite numbers")
    elif not low <= value <= high:
        found.append(f"{where}: {value:g} is outside its range {low:g} to {high:g}")
    elif row["kind"] == "prior" and not low < high:
        found.append(f"{where}: a prior needs a range, not one number")
    return found


def _repeated(rows: tuple[Parameter, ...]) -> list[str]:
    """Rows that say the same thing twice; checks may be many."""
    labels = [row.label for row in rows if row.kind != "check"]
    return [
        f"{label}: more than one row" for label in dict.fromkeys(labels) if labels.count(label) > 1
    ]
