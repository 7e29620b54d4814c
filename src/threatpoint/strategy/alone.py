"""A target alone: what it stops and how it is punished, while the others go on and are spared."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from threatpoint.policy.policy import Policy
from threatpoint.policy.targets import stopping
from threatpoint.strategy.game import DEFY, PUNISHED, NoWorld, Payoff, put
from threatpoint.strategy.threat import payoff, tariff_rule
from threatpoint.strategy.worlds import solve_all, world_of

if TYPE_CHECKING:
    from threatpoint.equilibrium import Solution
    from threatpoint.policy import Wedges
    from threatpoint.strategy.question import Question
    from threatpoint.strategy.threat import ThreatGame

Label = TypeVar("Label", bound=Hashable)


def stops(question: Question, target: str, share: float) -> Policy:
    """A target stops a share of what it is asked to stop, at unchanged prices.

    Nothing where the demand is no trade.
    """
    when, members = question.rule.when, question.parties[target]
    items = () if when is None else stopping(question.economy, when, members)
    return Policy((), question.rule.name, tuple(item.at(share) for item in items))


def punishment(question: Question, target: str, rate: float | None = None) -> Policy:
    """A target is punished: as threatened, or by an added tariff in place of that."""
    own = question if rate is None else replace(question, rule=tariff_rule(question, rate))
    parties = tuple(question.parties)
    return own.policy(put(DEFY * len(parties), parties.index(target), PUNISHED))


def paid(
    threat: ThreatGame, policies: Mapping[Label, Policy | Wedges]
) -> dict[Label, Payoff | str]:
    """Label -> what the world of a policy pays, or why it has no equilibrium.

    All are solved together.
    """
    found = solve_all(threat.question, policies)
    return {label: pays(threat, found[label]) for label in policies}


def pays(threat: ThreatGame, found: Solution) -> Payoff | str:
    """What a solution pays, or why it is none."""
    world = world_of(threat.question, found)
    before = threat.worlds[threat.game.everybody(DEFY)].revenue
    return world.reason or payoff(threat.question, world, before)


def known(label: object, found: Payoff | str) -> Payoff:
    """What a world pays; raises `NoWorld` where it has no equilibrium."""
    if isinstance(found, str):
        raise NoWorld(f"{label} has no equilibrium: {found}")
    return found


def inseparable(threat: ThreatGame, target: str, shares: Iterable[float] = (0.5, 1.0)) -> float:
    """How far a target's income is from separable: the largest gap as a share of its bite.

    |V(x, t) - V(x, 0) - V(0, t) + V(0, 0)| / K(t) at some shares x, punished as threatened.

    Raises:
        PolicyError: an unknown target.
        NoWorld: one of the worlds has no equilibrium.
    """
    question, i, tried = threat.question, threat.game.position(target), tuple(shares)
    hit = punishment(question, target)
    asked: dict[tuple[str, float], Policy] = {("hit", 0.0): hit}
    for x in tried:
        stopped = stops(question, target, x)
        asked["stops", x] = stopped
        asked["both", x] = Policy(hit.items, hit.name, stopped.items)
    income = {label: known(label, found).targets[i] for label, found in paid(threat, asked).items()}
    lost = threat.game.payoff(threat.game.everybody(DEFY)).targets[i] - income["hit", 0.0]
    gaps = [income["both", x] - income["stops", x] + lost for x in tried]
    return max(map(abs, gaps)) / lost
