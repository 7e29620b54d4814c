"""Effects: a key of a situation file that can change nothing is an error, not ignored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from threatpoint.errors import PolicyError, unknown
from threatpoint.policy.scope import member_codes
from threatpoint.policy.targets import unions_of
from threatpoint.situation.problems import Problem
from threatpoint.situation.references import figure_names

if TYPE_CHECKING:
    from threatpoint.policy import Rule
    from threatpoint.situation.lines import Path
    from threatpoint.situation.model import Scenario
    from threatpoint.situation.schema import SituationFile, ThreatTable
    from threatpoint.world.economy import Economy


def idle_problems(
    file: SituationFile,
    threats: Mapping[str, Rule],
    scenarios: Mapping[str, Scenario],
    economy: Economy,
) -> Iterator[Problem]:
    """Keys without effect in rules that are sound otherwise.

    Args:
        file: as read, groups replaced by their members.
        threats: the rules made of it, all labels known.
        scenarios: the other readings.
        economy: gives who would be a target.
    """
    for name, rule in threats.items():
        path: Path = ("threats", name)
        yield from _idle_thresholds(path, file.threats[name])
        yield from _idle_names(path, rule, economy)
        yield from _idle_unions(path, rule, economy)
        yield from _idle_costs((*path, "when"), rule, economy)
    for name, scenario in scenarios.items():
        given = {key for key, value in file.scenarios[name] if value is not None}
        path = ("scenarios", name)
        yield from (p for p in _idle_names(path, scenario.rule, economy) if p[0][-1] in given)
        if given == {"label", "threat"} and scenario.threat == file.situation.main:
            yield path, "changes nothing: it is the main threat as it stands; leave it out"


def _idle_senders(file: SituationFile) -> Iterator[Problem]:
    """A threat's own sender that is the situation's, and a situation's that no threat has."""
    common = file.situation.sender
    for name, table in file.threats.items():
        if table.sender is not None and set(table.sender) == set(common):
            text = "'sender' changes nothing: the situation says the same; leave it out"
            yield ("threats", name, "sender"), text
    if all(table.sender is not None for table in file.threats.values()):
        yield ("situation", "sender"), "has no effect: every threat has a sender of its own"


def unread_problems(file: SituationFile) -> Iterator[Problem]:
    """Senders stated twice, figures that no claim reads, claims of a figure against itself."""
    yield from _idle_senders(file)
    named = {name for claim in file.claims for _, name in figure_names(claim)}
    sound = named <= set(file.figures)  # else a name is misspelt
    for name in file.figures:
        if name not in named and sound:
            yield ("figures", name), "no claim reads it; name it in one or leave it out"
    for position, claim in enumerate(file.claims):
        against: Any = getattr(claim, "against", None)
        if against is not None and against in _own(claim):
            path: Path = ("claims", position, "against")
            yield path, f"has no effect: {against!r} is the figure that is checked"


def _own(claim: Any) -> set[str]:
    """The figure that a claim checks against another series."""
    return {getattr(claim, key) for key in ("total", "result", "figure") if hasattr(claim, key)}


def _idle_thresholds(path: Path, table: ThreatTable) -> Iterator[Problem]:
    """Thresholds of 0, and thresholds where names decide."""
    for key in ("min_value", "min_share"):
        figure = table.when and getattr(table.when, key)
        if figure and table.named:
            text = f"{key!r} has no effect: `named` says who is hit, whatever it buys"
            yield (*path, "when", key), text
        elif figure and not figure.value:
            yield (*path, "when", key), f"{key!r} has no effect: everybody buys 0 or more"


def _idle_names(path: Path, rule: Rule, economy: Economy) -> Iterator[Problem]:
    """Economies exempted that would be no target, or added that are one anyway."""
    for field, wanted in (("exempted", False), ("added", True)):
        words: tuple[str, ...] = tuple(getattr(rule, field))
        for word in words:
            rest = tuple(other for other in words if other != word)
            found = _target(replace(rule, **{field: rest}), word, economy)
            if found is wanted:
                why = "would be no target anyway" if field == "exempted" else "is a target anyway"
                yield (*path, field), f"{word} in {field!r} has no effect: it {why}"


def _target(rule: Rule, word: str, economy: Economy) -> bool:
    """Whether a rule hits a country, or any member of a group."""
    try:
        return bool({*member_codes(economy, [word])} & {*rule.targets(economy)})
    except PolicyError:  # it hits nobody
        return False


def _idle_unions(path: Path, rule: Rule, economy: Economy) -> Iterator[Problem]:
    """Customs unions of a rule that finds nobody, of which nobody takes part."""
    if rule.buys is not None:
        return
    part = {*rule.carriers(economy), *rule.targets(economy)}
    for name, members in unions_of(economy, rule.unions).items():
        if not part & {*members}:
            text = f"{name} in 'unions' has no effect: no member is a sender or named"
            yield (*path, "unions"), text


def _idle_costs(path: Path, rule: Rule, economy: Economy) -> Iterator[Problem]:
    """Costs of complying of somebody who is no target, or of all when each has its own."""
    if rule.demand is None:
        return
    targets, own = tuple(rule.parties(economy)), dict(rule.demand.own)
    for name in own:
        if name not in targets:
            yield (*path, "costs", name), unknown("target", name, targets)
    if rule.demand.cost and set(targets) <= set(own):
        yield (*path, "cost"), "has no effect: every target has its own in `costs`"
