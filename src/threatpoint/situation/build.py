"""From the tables of a situation file to rules, collecting problems with their key path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from threatpoint.errors import PolicyError, unknown
from threatpoint.policy import Action, CutOff, ExportBan, Instrument, Rule, Tariff, percent
from threatpoint.policy.units import MONEY_UNITS, money
from threatpoint.situation.lines import Path
from threatpoint.situation.model import Assumption, Scenario
from threatpoint.situation.schema import (
    CutOffTable,
    ExportBanTable,
    Figure,
    InstrumentTable,
    ScenarioTable,
    SituationFile,
    ThreatTable,
    WhenTable,
)

Problem = tuple[Path, str]


class Problems(list[Problem]):
    """Problems found so far; `at` runs a step and records its `PolicyError`."""

    def at(self, path: Path, step: Any, *arguments: Any) -> Any:
        """The step's result, or None after recording one problem per line of its message."""
        try:
            return step(*arguments)
        except PolicyError as error:
            self.extend((path, line.strip(" -")) for line in str(error).split("\n"))
            return None


def threat_rule(name: str, table: ThreatTable, sender: str, problems: Problems) -> Rule | None:
    """The rule of one [threats.NAME]; None when something in it is wrong."""
    path: Path = ("threats", name)
    before = len(problems)
    action = table.when and _action(table.when, (*path, "when"), problems)
    then = [
        problems.at((*path, "then", k), instrument, item, (*path, "then", k), problems)
        for k, item in enumerate(table.then)
    ]
    if len(problems) > before:
        return None
    return problems.at(
        path,
        lambda: Rule(
            table.sender or sender,
            action,
            tuple(then),
            tuple(table.named or ()),
            tuple(table.added or ()),
            tuple(table.exempted or ()),
            tuple(table.unions or ()),
            name,
        ),
    )


def _action(when: WhenTable, path: Path, problems: Problems) -> Action | None:
    """The action of a `when` table."""
    value = _money(when.min_value, (*path, "min_value"), problems)
    share = _part(when.min_share, (*path, "min_share"), problems)
    unit = when.min_value.unit if when.min_value and value else ""
    return problems.at(path, Action, tuple(when.buys), tuple(when.seller), value, share, unit)


def instrument(table: InstrumentTable, path: Path, problems: Problems) -> Instrument:
    """The instrument of one entry under `then`."""
    sectors = tuple(table.sectors)
    if isinstance(table, CutOffTable):
        level = _enforcement(table.enforcement, path, problems)
        sides = tuple(table.sender), tuple(table.targets)
        return CutOff(*sides, sectors, table.direction, level)
    if isinstance(table, ExportBanTable):
        level = _enforcement(table.enforcement, path, problems)
        return ExportBan(tuple(table.exporters), tuple(table.importers), sectors, level)
    rate = _rate(table.rate, (*path, "rate"), table.mode, problems)
    return Tariff(tuple(table.importers), tuple(table.exporters), sectors, rate, table.mode)


def scenario(
    name: str, table: ScenarioTable, threats: dict[str, Rule], problems: Problems
) -> Scenario | None:
    """The scenario of one [scenarios.NAME]; None when something in it is wrong."""
    path: Path = ("scenarios", name)
    base = threats.get(table.threat)
    if base is None:
        return None
    before = len(problems)
    then = [problems.at(path, _changed, item, table, path, problems) for item in base.templates]
    _require_use(table, base, path, problems)
    when = base.when and _thresholds(table, base.when, path, problems)
    if len(problems) > before:
        return None
    lists = {
        field: tuple(getattr(table, field))
        for field in ("named", "added", "exempted")
        if getattr(table, field) is not None
    }
    _require_change(table, base, when, tuple(then), path, problems)
    rule = problems.at(path, lambda: replace(base, when=when, then=tuple(then), name=name, **lists))
    return rule and Scenario(name, table.label, table.threat, rule)


def _thresholds(table: ScenarioTable, when: Action, path: Path, problems: Problems) -> Action:
    """The action with the scenario's thresholds."""
    if table.min_value is not None:
        value = _money(table.min_value, (*path, "min_value"), problems)
        when = replace(when, min_value=value, unit=table.min_value.unit if value else "")
    if table.min_share is not None:
        share = _part(table.min_share, (*path, "min_share"), problems)
        when = replace(when, min_share=share)
    return when


def _changed(item: Instrument, table: ScenarioTable, path: Path, problems: Problems) -> Instrument:
    """A template with the scenario's sectors, direction, enforcement and rate."""
    changes: dict[str, Any] = {}
    if table.sectors is not None:
        changes["sectors"] = tuple(table.sectors)
    if table.direction is not None and isinstance(item, CutOff):
        changes["direction"] = table.direction
    if table.enforcement is not None and not isinstance(item, Tariff):
        changes["enforcement"] = _enforcement(table.enforcement, path, problems)
    if table.rate is not None and isinstance(item, Tariff):
        changes["rate"] = _rate(table.rate, (*path, "rate"), item.mode, problems)
    return replace(item, **changes)


def _require_use(table: ScenarioTable, base: Rule, path: Path, problems: Problems) -> None:
    """A key that changes nothing in the threat is an error, not ignored."""
    users = {"direction": CutOff, "enforcement": (CutOff, ExportBan), "rate": Tariff}
    names = {"direction": "cut-off", "enforcement": "cut-off or export ban", "rate": "tariff"}
    for key, kinds in users.items():
        if getattr(table, key) is None or any(isinstance(i, kinds) for i in base.templates):
            continue
        problems.append(
            ((*path, key), f"{key!r} has no effect: threat {table.threat!r} has no {names[key]}")
        )
    for key in ("min_value", "min_share"):
        if getattr(table, key) is not None and base.when is None:
            text = f"{key!r} has no effect: threat {table.threat!r} has no `when`"
            problems.append(((*path, key), text))


def _require_change(
    table: ScenarioTable,
    base: Rule,
    when: Action | None,
    then: tuple[Instrument, ...],
    path: Path,
    problems: Problems,
) -> None:
    """A key that gives what the threat says already is an error, not ignored."""
    same = [
        field
        for field in ("named", "added", "exempted")
        if getattr(table, field) is not None and {*getattr(table, field)} == {*getattr(base, field)}
    ]
    keys = ("sectors", "direction", "enforcement", "rate")
    same += [
        key
        for key in keys
        if getattr(table, key) is not None
        and all(
            getattr(new, key, None) == getattr(old, key, None)
            for new, old in zip(then, base.templates, strict=True)
        )
    ]
    if when is not None and base.when is not None:
        same += ["min_value"] * (table.min_value is not None and _same_value(when, base.when))
        same += ["min_share"] * (
            table.min_share is not None and when.min_share == base.when.min_share
        )
    for key in same:
        text = f"{key!r} changes nothing: threat {table.threat!r} says the same; leave it out"
        problems.append(((*path, key), text))


def _same_value(one: Action, other: Action) -> bool:
    """Whether two thresholds are the same amount; amounts in two currencies never are."""
    if not one.unit or not other.unit:
        return one.min_value == other.min_value
    try:
        return money(one.min_value, one.unit, other.unit) == other.min_value
    except PolicyError:
        return False


# -- figures ---------------------------------------------------------------------------------


def figures_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, Figure]]:
    """Every figure of the file with its key path."""
    if isinstance(value, Figure):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from figures_in(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from figures_in(item, (*path, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from figures_in(item, (*path, position))


def figure_problems(file: SituationFile) -> Iterator[Problem]:
    """Ranges that are no range, and priors without one."""
    for path, figure in figures_in(file):
        limits = figure.range
        if limits is not None and (len(limits) != 2 or limits[0] > limits[1]):
            yield (*path, "range"), "range must be [low, high]"
        elif limits is not None and not limits[0] <= figure.value <= limits[1]:
            yield (*path, "range"), f"value {figure.value} is outside its range {show(limits)}"
        elif figure.prior and limits is None:
            yield path, "a prior needs a range: nobody has measured it"


def assumptions(file: SituationFile) -> tuple[Assumption, ...]:
    """All priors of the file."""
    return tuple(
        Assumption(".".join(str(part) for part in path), figure)
        for path, figure in figures_in(file)
        if figure.prior
    )


def show(limits: list[Any]) -> str:
    """[0, 10] without type names."""
    return "[" + ", ".join(str(limit) for limit in limits) + "]"


def _money(figure: Figure | None, path: Path, problems: Problems) -> float:
    if figure and figure.unit not in MONEY_UNITS:
        problems.append(((*path, "unit"), unknown("money unit", figure.unit, MONEY_UNITS)))
    elif figure and figure.value < 0:
        problems.append((path, f"{path[-1]} {figure.value} {figure.unit} is below 0"))
        return 0.0
    return figure.number if figure else 0.0


def _share(figure: Figure | None, path: Path, problems: Problems) -> float:
    """A figure in % as a share; 0 when there is none."""
    if figure and figure.unit != "%":
        problems.append(((*path, "unit"), f"unit {figure.unit!r} is not a share; write '%'"))
        return 0.0
    return figure.share if figure else 0.0


def _part(figure: Figure | None, path: Path, problems: Problems) -> float:
    """A figure from 0 to 100 % as a share; 0 when there is none."""
    if figure and figure.unit == "%" and not 0 <= figure.value <= 100:
        problems.append((path, f"{path[-1]} {figure.value} % is outside 0 to 100 %"))
        return 0.0
    return _share(figure, path, problems)


def _enforcement(figure: Figure | None, path: Path, problems: Problems) -> float:
    return _part(figure, (*path, "enforcement"), problems) if figure else 1.0


def _rate(figure: Figure, path: Path, mode: str, problems: Problems) -> float:
    """A tariff in % or, when it is added, in percentage points."""
    if figure.unit == "percentage points" and mode == "add":
        return percent(figure.number)
    if figure.unit == "percentage points":
        problems.append(
            ((*path, "unit"), "'percentage points' are added: write mode = \"add\", or unit '%'")
        )
        return 0.0
    _share(figure, path, problems)
    return percent(figure.number)
