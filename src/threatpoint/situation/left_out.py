"""Left out: keys that a file does not give though they matter, each with what it is then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import BaseModel

from threatpoint.situation.keys import keys_of

if TYPE_CHECKING:
    from threatpoint.situation.model import Situation
    from threatpoint.situation.schema import SituationFile, ThreatTable
    from threatpoint.world.economy import Economy


def left_out(
    file: SituationFile, situation: Situation, economy: Economy
) -> Iterator[tuple[str, str]]:
    """Key and what it is, for the main threat and all that stands below it."""
    threat = file.threats[situation.main]
    path = f"threats.{situation.main}"
    idle = _idle(threat, situation, economy)
    yield from _open(path, threat, idle)
    if threat.made is not None:
        yield from _open(
            f"{path}.made", threat.made, {"clock"} if threat.made.clocks else {"clocks"}
        )
    if threat.when is not None:
        yield from _open(f"{path}.when", threat.when, idle)
    for name, items in (("then", threat.then), ("retaliation", threat.retaliation or [])):
        for position, item in enumerate(items):
            place = f"{path}.{name}" + (f"[{position}]" if len(items) > 1 else "")
            alone = {"evasion_cost"} if getattr(item, "enforcement", None) is None else set[str]()
            yield from _open(place, item, alone)


def _open(path: str, table: BaseModel, idle: set[str]) -> Iterator[tuple[str, str]]:
    """The keys of a table that are not given and matter."""
    given = {type(table).model_fields[name].alias or name for name in table.model_fields_set}
    for key in keys_of(type(table)):
        if key.left_out and key.name not in given | idle:
            yield f"{path}.{key.name}", key.left_out


def _idle(threat: ThreatTable, situation: Situation, economy: Economy) -> set[str]:
    """Keys that would say nothing in this threat."""
    when, rule = threat.when, situation.policy
    found = {"sender"}
    if threat.evasion is None:
        found |= {"evasion_cost"}
    if when is None or not when.buys:
        found |= {"added", "exempted", "min_value", "min_share", "purchases"}
    if threat.named or (when is not None and when.purchases):
        found |= {"min_value", "min_share"}
    if when is not None and not (when.demand or when.purchases):
        found |= {"cost"}
    if when is not None and when.costs:
        found |= {"cost"}
    inside = {code for codes in economy.groups.values() for code in codes}
    return found if inside & {*rule.targets(economy)} else found | {"unions"}
