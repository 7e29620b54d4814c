"""How large the punishment must be: roots of the game, not of a grid.

Each is the smallest punishment at which belief * K_i = L_i, others as in a profile. Those of many
targets are sought side by side: the next world of each is solved together with that of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeVar

from threatpoint.errors import PolicyError
from threatpoint.strategy.answers import compliance_cost
from threatpoint.strategy.game import DEFY, PUNISHED, NoWorld, put
from threatpoint.strategy.root import brent
from threatpoint.strategy.threat import enforced_rule, payoff, tariff_rule
from threatpoint.strategy.worlds import solve_asked

if TYPE_CHECKING:
    from threatpoint.strategy.question import Question
    from threatpoint.strategy.store import World
    from threatpoint.strategy.threat import ThreatGame

Code = Literal["found", "anyway", "none", "no equilibrium", "not applicable"]

LARGEST_TARIFF = 10.0
"""Added tariff of 1000 %: above it a tariff is a ban in all but name."""

STEPS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, LARGEST_TARIFF)
"""Tariffs tried in turn until one is large enough; the root is then found between two of them."""

ENFORCED = (0.5, 0.9, 0.99, 1.0)
"""The same of the enforcement of a cut-off."""

PRECISION = 1e-6


@dataclass(frozen=True)
class Threshold:
    """The smallest punishment at which a target gives in.

    Attributes:
        code: found; anyway (complying costs nothing); none (not even the largest is enough);
            no equilibrium (on the way); not applicable.
        value: as a share, NaN unless found (0 for anyway).
        words: the same for a reader.
    """

    code: Code
    value: float
    words: str


Search = Generator[tuple["Question", str], "World", Threshold]
"""Gives the question and profile whose world it wants, takes that world, returns what it found."""

Label = TypeVar("Label", bound=Hashable)


def minimal_tariff(
    threat: ThreatGame, target: str, *, belief: float = 1.0, others: str = DEFY
) -> Threshold:
    """Smallest added tariff on the target's goods at which it gives in.

    Args:
        threat: the solved threat; its instrument is replaced by a tariff on the same sectors.
        target: who should give in.
        belief: probability with which it expects to be punished, in (0, 1].
        others: letter (C, D or P) of all other targets; P: hit by the same tariff.

    Raises:
        PolicyError: unknown target, belief outside (0, 1].
    """
    return _found({target: _least_tariff(threat, target, belief, others)})[target]


def minimal_enforcement(
    threat: ThreatGame, target: str, *, belief: float = 1.0, others: str = DEFY
) -> Threshold:
    """Smallest enforcement of the cut-off at which the target gives in; as `minimal_tariff`."""
    return _found({target: _least_enforcement(threat, target, belief, others)})[target]


def thresholds(threat: ThreatGame, targets: Iterable[str]) -> dict[str, dict[str, Threshold]]:
    """Name of each of the two -> target -> what it finds, of some targets side by side."""
    seekers = {"minimal_tariff": _least_tariff, "minimal_enforcement": _least_enforcement}
    whom = tuple(targets)
    found = _found({(x, t): seek(threat, t) for x, seek in seekers.items() for t in whom})
    return {name: {target: found[name, target] for target in whom} for name in seekers}


def _least_tariff(
    threat: ThreatGame, target: str, belief: float = 1.0, others: str = DEFY
) -> Search:
    def asked(rate: float) -> Question:
        return replace(threat.question, rule=tariff_rule(threat.question, rate))

    sizes = (STEPS, f"{100 * LARGEST_TARIFF:g} % tariff")
    return _smallest(threat, target, belief, others, asked, *sizes)


def _least_enforcement(
    threat: ThreatGame, target: str, belief: float = 1.0, others: str = DEFY
) -> Search:
    def asked(enforcement: float) -> Question:
        return replace(threat.question, rule=enforced_rule(threat.question, enforcement))

    if threat.question.rule.only_tariffs:
        return Threshold("not applicable", float("nan"), "the threat is a tariff")
    sizes = (ENFORCED, "complete cut-off")
    return (yield from _smallest(threat, target, belief, others, asked, *sizes))


def _found(searches: Mapping[Label, Search]) -> dict[Label, Threshold]:
    """What each search finds; worlds that are wanted at the same time are solved together."""
    found: dict[Label, Threshold] = {}
    wanted: dict[Label, tuple[Question, str]] = {}

    def go_on(label: Label, world: World | None = None) -> None:
        try:
            wanted[label] = next(searches[label]) if world is None else searches[label].send(world)
        except StopIteration as end:
            wanted.pop(label, None)
            found[label] = end.value

    for label in searches:
        go_on(label)
    while wanted:
        for label, world in solve_asked(wanted).items():
            go_on(label, world)
    return found


def _smallest(
    threat: ThreatGame,
    target: str,
    belief: float,
    others: str,
    asked: Callable[[float], Question],
    steps: tuple[float, ...],
    largest: str,
) -> Search:
    """The smallest size of a punishment at which belief * K_i = L_i; `asked`: its question."""
    if not 0 < belief <= 1:
        raise PolicyError(f"belief {belief:g} is outside 0 to 1; give a probability above 0")
    game = threat.game
    i = game.position(target)
    place = put(others * len(game.targets), i, PUNISHED)
    cost = compliance_cost(game, i, place)
    spared = game.payoff(put(place, i, DEFY)).targets[i]
    psi = game.terms.value("psi", target)
    sizes, excess = _sizes(steps, largest), -cost
    next(sizes)
    while True:
        try:
            size = sizes.send(excess)
        except StopIteration as end:
            return end.value
        world = yield asked(size), place
        if world.reason:
            reason = str(NoWorld.of(place, world.reason))
            return Threshold("no equilibrium", float("nan"), reason)
        excess = belief * (spared - payoff(threat.question, world).targets[i] - psi) - cost


def _sizes(steps: tuple[float, ...], largest: str) -> Generator[float, float, Threshold]:
    """Sizes to try for the first root of what rises with them; bracketed by `steps`, then Brent.

    Takes the value at 0 first, then that at each size it gives.
    """
    low, below = 0.0, (yield 0.0)
    if below >= 0:
        return Threshold("anyway", 0.0, "gives in anyway")
    for high in steps:
        above = yield high
        if above >= 0:
            root = yield from brent(low, high, below, above, PRECISION)
            return Threshold("found", root, f"{100 * root:.3g} %")
        low, below = high, above
    return Threshold("none", float("nan"), f"none: not even a {largest} is enough")
