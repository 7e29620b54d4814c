"""From the tables of a situation file to rules, collecting problems with their key path."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterator
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from threatpoint.errors import PolicyError
from threatpoint.policy import Action, Instrument, Policy, Rule
from threatpoint.situation.amounts import money_of, part_of
from threatpoint.situation.asked import asked
from threatpoint.situation.figure import Figure
from threatpoint.situation.instruments import changed, instrument, users, varied_keys
from threatpoint.situation.lines import Path
from threatpoint.situation.model import Assumption, Evasion, OilScenario, Scenario
from threatpoint.situation.problems import Problem, Problems
from threatpoint.situation.schema import (
    OilTable,
    ScenarioTable,
    SituationFile,
    ThreatTable,
)
from threatpoint.strategy.evasion import COST, evaded
from threatpoint.units import money

__all__ = ["Problem", "Problems", "assumptions", "scenario", "threat_rule"]


def threat_rule(
    name: str, table: ThreatTable, sender: list[str], problems: Problems
) -> Rule | None:
    """The rule of one [threats.NAME]; None when something in it is wrong."""
    path: Path = ("threats", name)
    before = len(problems)
    action, demand = asked(table.when, (*path, "when"), problems)
    then, retaliation = (
        [
            problems.at((*path, key, k), instrument, item, (*path, key, k), problems)
            for k, item in enumerate(items)
        ]
        for key, items in (("then", table.then), ("retaliation", table.retaliation or []))
    )
    if len(problems) > before:
        return None
    rule = problems.at(
        path,
        lambda: Rule(
            tuple(table.sender or sender),
            action,
            tuple(then),
            tuple(table.named or ()),
            tuple(table.added or ()),
            tuple(table.exempted or ()),
            tuple(table.unions or ()),
            name,
            tuple(retaliation),
            demand,
        ),
    )
    return rule and problems.at((*path, "evasion"), _round, rule, evasion(table))


def _round(rule: Rule, given: Evasion | None) -> Rule:
    """The rule with what goes round it by third countries.

    Raises:
        PolicyError: nothing in it can be evaded, or going round costs as much as its tariff.
    """
    if given is None or not given.possible:
        return rule
    cost = COST.value if given.cost is None else given.cost.value / 100
    found = evaded(rule, given.share.value / 100, cost)
    if found.templates == rule.templates:
        raise PolicyError(
            f"has no effect: going round costs {100 * cost:g} % and the tariff is no higher; "
            "give a lower `evasion_cost`, or leave `evasion` out"
        )
    return found


def evasion(table: ThreatTable) -> Evasion | None:
    """What goes round one [threats.NAME]; None where nothing is said."""
    if table.evasion is None:
        return None
    return Evasion(table.evasion.quantity, table.evasion_cost and table.evasion_cost.quantity)


def scenario(
    name: str, table: ScenarioTable, threats: dict[str, Rule], problems: Problems
) -> Scenario | None:
    """The scenario of one [scenarios.NAME]; None when something in it is wrong."""
    path: Path = ("scenarios", name)
    base = threats.get(table.threat)
    if base is None:
        return None
    before = len(problems)
    then = [problems.at(path, changed, item, table, path, problems) for item in base.templates]
    _require_use(table, base, path, problems)
    buys = base.buys and _thresholds(table, base.buys, path, problems)
    if len(problems) > before:
        return None
    lists = {
        field: tuple(getattr(table, field))
        for field in ("named", "added", "exempted")
        if getattr(table, field) is not None
    }
    _require_change(table, base, buys, tuple(then), path, problems)
    found = _buying(base, buys)
    rule = problems.at(path, lambda: replace(found, then=tuple(then), name=name, **lists))
    return rule and Scenario(name, table.label, table.threat, rule)


def oil_scenario(name: str, table: OilTable, problems: Problems) -> OilScenario | None:
    """The scenario of one [oil.NAME]; None when something in it is wrong."""
    before = len(problems)
    path: Path = ("oil", name, "instruments")
    items = [
        problems.at((*path, k), instrument, item, (*path, k), problems)
        for k, item in enumerate(table.instruments)
    ]
    if len(problems) > before:
        return None
    return OilScenario(name, table.label, Policy(tuple(filter(None, items)), name), table.opec)


def _buying(base: Rule, buys: Action | None) -> Rule:
    """The rule with another action that finds its targets."""
    if base.demand is None:
        return replace(base, when=buys)
    return replace(base, demand=replace(base.demand, buying=buys))


def _thresholds(table: ScenarioTable, when: Action, path: Path, problems: Problems) -> Action:
    """The action with the scenario's thresholds."""
    if table.min_value is not None:
        value = money_of(table.min_value, (*path, "min_value"), problems)
        when = replace(when, min_value=value, unit=table.min_value.unit if value else "")
    if table.min_share is not None:
        share = part_of(table.min_share, (*path, "min_share"), problems)
        when = replace(when, min_share=share)
    return when


def _require_use(table: ScenarioTable, base: Rule, path: Path, problems: Problems) -> None:
    """A key that changes nothing in the threat is an error, not ignored."""
    for key in varied_keys():
        if getattr(table, key) is None or any(key in item.entries for item in base.templates):
            continue
        text = f"{key!r} has no effect: threat {table.threat!r} has no {users(key)}"
        problems.append(((*path, key), text))
    for key in ("min_value", "min_share"):
        if getattr(table, key) is not None and base.buys is None:
            text = f"{key!r} has no effect: threat {table.threat!r} has no `when` about purchases"
            problems.append(((*path, key), text))


def _require_change(
    table: ScenarioTable,
    base: Rule,
    buys: Action | None,
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
    same += [
        key
        for key in varied_keys()
        if getattr(table, key) is not None
        and all(
            getattr(new, key, None) == getattr(old, key, None)
            for new, old in zip(then, base.templates, strict=True)
        )
    ]
    if buys is not None and base.buys is not None:
        same += ["min_value"] * (table.min_value is not None and _same_value(buys, base.buys))
        same += ["min_share"] * (
            table.min_share is not None and buys.min_share == base.buys.min_share
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


def assumptions(file: SituationFile, later: Container[str] = ()) -> tuple[Assumption, ...]:
    """All priors of the threats and their other readings; [talks] and [support] keep their own.

    Those of `later` threats are left out.
    """
    return tuple(
        Assumption(".".join(str(part) for part in path), figure)
        for path, figure in _known(file, later)
        if figure.prior and path[0] not in ("talks", "support")
    )


def _known(file: SituationFile, later: Container[str]) -> Iterator[tuple[Path, Figure]]:
    """The figures of the file but for those of later threats and offers."""
    for path, figure in figures_in(file):
        if path[0] == "threats":
            table = file.threats[str(path[1])]
            if str(path[1]) in later or _offered_after(path, table, file.situation.date):
                continue
        yield path, figure


def _offered_after(path: Path, table: ThreatTable, day: datetime.date) -> bool:
    """Whether a figure is of an offer that nobody knew on a day."""
    return path[2] == "offer" and table.offer is not None and table.offer.date > day


def given_in(file: SituationFile, threat: str) -> tuple[Assumption, ...]:
    """Every figure of a later threat known on its day, with its place, measured or not."""
    table = file.threats[threat]
    day = table.made.date if table.made else file.situation.date
    found = figures_in(table, ("threats", threat))
    return tuple(
        Assumption(".".join(map(str, path)), figure)
        for path, figure in found
        if not _offered_after(path, table, day)
    )


def given(file: SituationFile, later: Container[str] = ()) -> tuple[Assumption, ...]:
    """Every figure of the file with its place, measured or not, but those of `later` threats."""
    found = list(_known(file, later))
    return tuple(Assumption(".".join(map(str, path)), figure) for path, figure in found)


def show(limits: list[Any]) -> str:
    """[0, 10] without type names."""
    return "[" + ", ".join(str(limit) for limit in limits) + "]"
