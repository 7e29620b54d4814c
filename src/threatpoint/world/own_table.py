"""A user's own table of elasticities, in TOML or CSV.

TOML: numbers `eta`, `epsilon`, `rho` (1 where left out), words `horizon` and `source`, and tables
`[theta]`, `[phi]`, `[supply]` with one number a sector, or "all" for every sector not named. `eta`
and `epsilon` may be such tables too, by the using sector: `eta = {all = 0.5, OILGAS = 0.05}`. In
`[phi]` (mobile share of value added) and `[supply]` (supply elasticity e, then phi = e / (1 + e)) a
sector may hold a table of countries instead: `OILGAS = {all = 0.1, RUS = 0.05}`.

CSV: columns `name,sector,country,value`; the last two or one of the middle ones may be empty, as in
`theta,OILGAS,,9.89`, `eta,,,0.5` or `eta,OILGAS,,0.05`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import MOST_FOUND, WorldError, problem_list, require_type, shown, unknown
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import SUBSTITUTION, Elasticities
from threatpoint.world.own_entries import ALL, LONGEST, READERS, TABLES, Entry, read_entries
from threatpoint.world.places import unknown_place
from threatpoint.world.plain import printable

if TYPE_CHECKING:
    from threatpoint.array_types import Array


def elasticities_from(word: str, economy: Economy) -> Elasticities:
    """A set of the economy by its name, or a user's own table by its path.

    Raises:
        WorldError: no such set (with the nearest name), or a table that cannot be used.
    """
    require_type("economy", economy, Economy, WorldError)
    require_type("the name of a set of elasticities", word, str, WorldError)
    if word in economy.elasticities:
        return economy.elasticities[word]
    if Path(word).suffix.lower() in READERS or "/" in word or "\\" in word:
        return read_elasticities(word, economy)
    known = tuple(economy.elasticities)
    raise WorldError(
        f"{unknown('horizon', word, known)}; or the path of a table of your own (.toml or .csv)"
    )


def with_horizon(economy: Economy, word: str) -> tuple[Economy, str]:
    """The economy with the set that `word` asks for among its own, and the name of that set.

    Raises:
        WorldError: as `elasticities_from`.
    """
    values = elasticities_from(word, economy)
    if word in economy.elasticities:
        return economy, word
    sets = MappingProxyType({**economy.elasticities, values.horizon: values})
    return replace(economy, elasticities=sets), values.horizon


def read_elasticities(path: str | Path, economy: Economy) -> Elasticities:
    """Read a table of elasticities for this economy.

    Raises:
        WorldError: no such file or not TOML or CSV; else every problem of the file at once.
    """
    require_type("economy", economy, Economy, WorldError)
    if not isinstance(path, str | Path):
        raise WorldError(f"the path of a table must be a text or a path, not {shown(path)}")
    path = Path(path)
    entries, problems = read_entries(path)
    entries, more = _known(entries, economy)
    problems += more
    theta, phi = _by_sector("theta", entries, economy), _phi(entries, economy)
    problems = problems or _gaps(theta, phi, economy)
    values = None if problems else _set(path, entries, economy, theta, phi)
    problems += _taken(_name(path, entries), economy, values)
    if values is None or problems:
        raise WorldError(problem_list(printable(path.name), problems))
    return values


def _set(
    path: Path, entries: list[Entry], economy: Economy, theta: Array, phi: Array
) -> Elasticities:
    """The set of a table without problems."""
    given = {entry.name: entry.value for entry in entries}
    return Elasticities.of(
        economy.countries,
        economy.sectors,
        theta,
        phi,
        horizon=_name(path, entries),
        source=given.get("source", f"given by the user: {printable(path.name)}"),
        **{name: _nest(name, entries, economy) for name in SUBSTITUTION if name in given},
    )


def _nest(name: str, entries: list[Entry], economy: Economy) -> float | Array:
    """One number, or by sector where the table names some; 1 for those it leaves out."""
    own = [entry for entry in entries if entry.name == name]
    if not any(entry.sector not in ("", ALL) for entry in own):
        return float(own[0].value)
    values = _by_sector(name, entries, economy)
    return np.where(np.isnan(values), 1.0, values)


def _known(entries: list[Entry], economy: Economy) -> tuple[list[Entry], list[str]]:
    """Entries whose sector and country the economy has; a sentence for each other one."""
    good, problems = list[Entry](), list[str]()
    for entry in entries:
        if len(problems) >= MOST_FOUND:
            break
        if entry.sector not in ("", ALL, *economy.sectors):
            problems.append(unknown("sector", entry.sector, economy.sectors, entry.where))
        elif entry.country not in ("", ALL, *economy.countries):
            problems.append(unknown_place(economy, entry.country, economy.countries, entry.where))
        else:
            good.append(entry)
    return good, problems


def _name(path: Path, entries: list[Entry]) -> str:
    """The name of the set: as given, else that of the file."""
    stem = printable(path.stem)[: LONGEST["horizon"]]
    return next((str(entry.value) for entry in entries if entry.name == "horizon"), stem)


def _taken(name: str, economy: Economy, values: Elasticities | None) -> list[str]:
    """A table must not pass for one of the economy's own sets, unless it is that set."""
    own = economy.elasticities.get(name)
    if own is None or (values is not None and values.same(own)):
        return []
    return [
        f"a set {name!r} exists already, with other values: give the table a name of its own, "
        'horizon = "..."'
    ]


def _by_sector(name: str, entries: list[Entry], economy: Economy) -> Array:
    """(S,) values of a name; NaN where the table says nothing."""
    values = {entry.sector or ALL: entry.value for entry in entries if entry.name == name}
    rest = values.get(ALL, np.nan)
    return np.array([values.get(code, rest) for code in economy.sectors], dtype=np.float64)


def _phi(entries: list[Entry], economy: Economy) -> Array:
    """(N, S) phi, the narrowest entry first to last: all, sector, country, both."""
    phi = np.full((len(economy.countries), len(economy.sectors)), np.nan)
    shares = [entry for entry in entries if entry.name in ("phi", "supply")]
    for entry in sorted(shares, key=lambda e: (e.sector != ALL, e.country not in ("", ALL))):
        value = float(entry.value)
        rows = [entry.country in ("", ALL, country) for country in economy.countries]
        columns = [entry.sector in (ALL, sector) for sector in economy.sectors]
        phi[np.ix_(rows, columns)] = value if entry.name == "phi" else value / (1.0 + value)
    return phi


def _gaps(theta: Array, phi: Array, economy: Economy) -> list[str]:
    """Sectors that the table leaves out."""
    found = list[str]()
    for name, values in (("theta", theta[None]), ("phi", phi)):
        holes = np.flatnonzero(np.isnan(values).any(axis=0))
        left = [economy.sectors[int(j)] for j in holes]
        if left:
            found.append(f"no {name} for {', '.join(left)}: add them, or {ALL}, to {TABLES[name]}")
    return found
