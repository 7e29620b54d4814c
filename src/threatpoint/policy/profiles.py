"""Profiles: what each party of a rule does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias

from threatpoint.errors import refuse, unknown

if TYPE_CHECKING:
    from threatpoint.policy.statement import Statement

ProfileMove: TypeAlias = Literal["comply", "defy", "punished", "retaliates"]

PROFILE_MOVES: tuple[ProfileMove, ...] = ("comply", "defy", "punished", "retaliates")
"""What a party of a rule can do, with what follows from it."""


def require_moves(rule: Statement, moves: Mapping[str, ProfileMove]) -> None:
    """Refuse moves that the rule does not know."""
    problems = [
        unknown("move", str(move), PROFILE_MOVES, f"{rule.title}, {party}")
        for party, move in moves.items()
        if move not in PROFILE_MOVES
    ]
    made = set(moves.values())
    if "comply" in made and not rule.asks:
        problems.append(f"{rule.title} has no `when`: nobody is asked to stop, so none can comply")
    if "retaliates" in made and not rule.retaliations:
        problems.append(f"{rule.title} has no retaliation; give `retaliation`")
    refuse(problems)


def members_of(
    parties: Mapping[str, tuple[str, ...]], moves: Mapping[str, ProfileMove], *wanted: str
) -> list[str]:
    """Members of the parties that make one of these moves, in the order of the parties."""
    return [c for party, codes in parties.items() if moves.get(party) in wanted for c in codes]
