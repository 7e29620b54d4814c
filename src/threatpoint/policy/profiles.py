"""Profiles: what each party of a rule does, and the policy that follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias

from threatpoint.errors import PolicyError, unknown
from threatpoint.policy.targets import stopping

if TYPE_CHECKING:
    from threatpoint.policy.instruments import Instrument
    from threatpoint.policy.rules import Rule
    from threatpoint.world.economy import Economy

ProfileMove: TypeAlias = Literal["comply", "defy", "punished", "retaliates"]

PROFILE_MOVES: tuple[ProfileMove, ...] = ("comply", "defy", "punished", "retaliates")
"""What a party of a rule can do, with what follows from it."""


def profile_instruments(
    rule: Rule,
    economy: Economy,
    parties: Mapping[str, tuple[str, ...]],
    moves: Mapping[str, ProfileMove],
) -> tuple[tuple[Instrument, ...], tuple[Instrument, ...]]:
    """What the sender does, and what the parties do, in one profile; see `Rule.profile_policy`.

    Raises:
        PolicyError: every problem at once.
    """
    problems = [
        unknown("move", str(move), PROFILE_MOVES, f"{rule.title}, {party}")
        for party, move in moves.items()
        if move not in PROFILE_MOVES
    ]
    comply = _members(parties, moves, "comply")
    if comply and not rule.asks:
        problems.append(f"{rule.title} has no `when`: nobody is asked to stop, so none can comply")
    back = _members(parties, moves, "retaliates")
    if back and not rule.retaliations:
        problems.append(f"{rule.title} has no retaliation; give `retaliation`")
    if problems:
        raise PolicyError("\n".join(problems))
    hit = _members(parties, moves, "punished", "retaliates")
    answers: tuple[Instrument, ...] = rule.retaliate(economy, back) if back else ()
    if comply and rule.when is not None:
        answers += stopping(economy, rule.when, comply)
    return rule.instruments(economy, hit), answers


def _members(
    parties: Mapping[str, tuple[str, ...]], moves: Mapping[str, ProfileMove], *wanted: str
) -> list[str]:
    """Members of the parties that make one of these moves, in the order of the parties."""
    return [c for party, codes in parties.items() if moves.get(party) in wanted for c in codes]
