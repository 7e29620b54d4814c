"""Instruments of a situation file: from their tables, and as a scenario changes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from threatpoint.policy.instruments import INSTRUMENTS, Instrument
from threatpoint.policy.instruments.entries import UNITS, Entry, entries_of
from threatpoint.situation.amounts import part_of, percent_of, price_of, rate_of, volume_of
from threatpoint.situation.figure import Figure
from threatpoint.situation.instrument_tables import InstrumentTable, scenario_keys
from threatpoint.situation.lines import Path
from threatpoint.situation.problems import Problems
from threatpoint.situation.schema import ScenarioTable

READ = {"part": part_of, "percent": percent_of, "price": price_of, "volume": volume_of}
"""Key of an entry -> what reads its figure."""


def instrument(table: InstrumentTable, path: Path, problems: Problems) -> Instrument:
    """The instrument of one entry under `then` or `retaliation`."""
    kind = INSTRUMENTS[table.instrument]
    given = {name: getattr(table, name) for name in entries_of(kind)}
    for name, entry in entries_of(kind).items():
        if entry.needs and given[name] is not None and given[entry.needs] is None:
            text = f"has no meaning without `{entry.needs}`: nothing gets through"
            problems.append(((*path, name), text))
            given[name] = None
    return kind(**_values(kind, given, {}, path, problems))


def varied_keys() -> tuple[str, ...]:
    """The keys of instruments that a scenario can give anew."""
    return tuple(scenario_keys(INSTRUMENTS.values()))


def users(key: str) -> str:
    """'cut-off, export ban or tariff': the instruments that have a key."""
    titles = [kind.title for kind in INSTRUMENTS.values() if key in entries_of(kind)]
    return " or ".join(", ".join(titles).rsplit(", ", 1))


def changed(item: Instrument, table: ScenarioTable, path: Path, problems: Problems) -> Instrument:
    """A template with what the scenario gives in place of its own."""
    kind = type(item)
    given = {key: getattr(table, key) for key in varied_keys() if key in entries_of(kind)}
    return replace(item, **_values(kind, given, vars(item), path, problems))


def _values(
    kind: type[Instrument],
    given: Mapping[str, Any],
    before: Mapping[str, Any],
    path: Path,
    problems: Problems,
) -> dict[str, Any]:
    """Field -> value for what is given; `before` are the values of an instrument that changes."""
    entries = {name: entry for name, entry in entries_of(kind).items() if given.get(name)}
    now = {**before, **given}
    found = {
        name: _value(entry, given[name], (*path, name), now, problems)
        for name, entry in entries.items()
    }
    physical = [name for name, entry in entries_of(kind).items() if entry.key in UNITS]
    figures = {name: given[name] for name in physical if isinstance(given.get(name), Figure)}
    if figures:
        leading = figures.get(physical[0])
        unit = found["unit"] = before["unit"] if leading is None else leading.unit
        for name, figure in figures.items():
            _require_unit(figure, unit, physical[0], (*path, name), problems)
    return found


def _require_unit(figure: Figure, unit: str, leading: str, path: Path, problems: Problems) -> None:
    """All prices of an instrument must be in one unit."""
    if figure.unit != unit:
        text = f"unit {figure.unit!r} differs from the {leading}'s, {unit!r}"
        problems.append(((*path, "unit"), text))


def _value(entry: Entry, given: Any, path: Path, now: Mapping[str, Any], problems: Problems) -> Any:
    """What a key means for an instrument that has or gets the values `now`."""
    if entry.points is not None:
        added = now[entry.points[0]] == entry.points[1]
        return rate_of(given, path, entry.points, added, problems)
    if entry.nothing and given == entry.nothing:
        return None
    read = READ.get(entry.key)
    return (
        read(given, path, problems) if read else tuple(given) if isinstance(given, list) else given
    )
