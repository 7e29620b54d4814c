"""How much a target stops: part of its purchases, against a punishment of any size.

Its income is separable: what stopping a share x costs and what a punishment costs hardly depend on
each other (`alone.inseparable` says how much they do). So a few worlds of each kind and a monotone
curve between them do, and no grid of pairs. The others go on and are spared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from threatpoint.errors import PolicyError, refuse
from threatpoint.policy.scaled import scaled
from threatpoint.strategy.alone import known, pays, punishment, stops
from threatpoint.strategy.curve import Curve
from threatpoint.strategy.game import DEFY, NoWorld
from threatpoint.strategy.stopped import share_stopped
from threatpoint.strategy.worlds import solve_all

if TYPE_CHECKING:
    from threatpoint.equilibrium import Solution
    from threatpoint.policy import Policy, Wedges
    from threatpoint.strategy.game import Payoff
    from threatpoint.strategy.question import Question
    from threatpoint.strategy.threat import ThreatGame

Points = Mapping[Any, "Solution"]

SHARES = (0.05, 0.1, 0.25, 0.4, 0.55, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Shares of its purchases that a target is solved to stop, at unchanged prices."""

PARTS = (0.25, 0.5, 0.75, 1.0)
"""Parts of the punishment that are solved."""

RATES = (0.25, 0.5, 1.0)
"""Added tariffs that are asked about: those threatened in March and July 2025."""

NOTHING = Curve.through((0.0, 1.0), (0.0, 0.0))


@dataclass(frozen=True, eq=False)
class Stopping:
    """What a target loses by stopping part of its purchases, and by being punished in part.

    USD bn a year, political terms in them: phi in proportion to what it stops, psi to the part of
    the punishment.

    Attributes:
        target: who.
        loss: L over the share x of its purchases that it gives up, in volume (`stopped`). Below 0
            where buying less makes what it still buys cheaper.
        bite: K over the part of the punishment, 1 as threatened.
        duty: K over the rate of an added tariff in its place, as a share, without psi; None where
            none is asked.
        rally: psi.
        sender: what the sender gains over x.
        seller: revenue that the seller loses over x.
        linear: whether the demand is no trade, so that L is its cost times x.
    """

    target: str
    loss: Curve
    bite: Curve
    duty: Curve | None
    rally: float
    sender: Curve
    seller: Curve
    linear: bool

    def bite_of(self, rate: float | None = None) -> Curve:
        """K over the part of an added tariff; of the punishment as threatened for None.

        Raises:
            PolicyError: a larger tariff than those that were solved.
        """
        if rate is None:
            return self.bite
        if self.duty is None or not 0 < rate <= self.duty.knots[-1]:
            raise PolicyError(f"no tariff of {100 * rate:g} points was solved; give it in `rates`")
        return self.duty.stretched(rate).tilted(-self.rally)


def stoppings(
    threat: ThreatGame, targets: Iterable[str] = (), rates: Iterable[float] = RATES
) -> dict[str, Stopping | str]:
    """Target -> its curves, or why there are none; all worlds are solved side by side.

    Args:
        threat: the solved threat.
        targets: all by default.
        rates: added tariffs that will be asked about, as shares above 0.

    Raises:
        PolicyError: an unknown target, a rate that is not above 0, a punishment without a size.

    Example:
        >>> duty = tp.Tariff("USA", "target", rate=0.25, mode="add")
        >>> threat = tp.Rule("USA", tp.Action("crude", "RUS"), duty, named="IND")
        >>> india = stoppings(tp.solve_threat(tp.load_world(), threat))["IND"]
        >>> [round(x, 1) for x in (india.loss(0.5), india.loss(1.0), india.bite(1.0))]
        [2.3, 6.8, 7.3]
    """
    whom, tried = tuple(targets) or threat.game.targets, _rates(rates)
    for target in whom:
        threat.game.position(target)
    asked = {
        (target, *label): policy
        for target in whom
        for label, policy in _policies(threat.question, target, tried).items()
    }
    worlds = solve_all(threat.question, asked)
    found: dict[str, Stopping | str] = {}
    for target in whom:
        own = {label[1:]: worlds[label] for label in asked if label[0] == target}
        try:
            found[target] = _Curves(threat, target, own).stopping
        except NoWorld as why:
            found[target] = str(why)
    return found


def _rates(rates: Iterable[float]) -> tuple[float, ...]:
    """The rates that are solved: those asked about, and half of the least."""
    asked = sorted({float(rate) for rate in rates})
    refuse(f"a tariff of {100 * r:g} points must be above 0" for r in asked if not r > 0)
    return (asked[0] / 2, *asked) if asked else ()


def _policies(
    question: Question, target: str, rates: Iterable[float]
) -> dict[tuple[str, float], Policy | Wedges]:
    """What is solved for a target: (kind, size) -> policy."""
    economy = question.economy
    whole = punishment(question, target).wedges(economy)
    found: dict[tuple[str, float], Policy | Wedges] = {}
    if question.rule.when is not None:
        found |= {("share", x): stops(question, target, x) for x in SHARES}
    found |= {("part", s): scaled(whole, economy, s) for s in PARTS}
    return found | {("rate", r): punishment(question, target, r) for r in rates}


@dataclass(frozen=True)
class _Curves:
    """From solved points of a target to its curves; raises `NoWorld` where one has no equilibrium.

    Attributes:
        threat, target: whose.
        points: (kind, size) -> its world.
    """

    threat: ThreatGame
    target: str
    points: Points

    @property
    def stopping(self) -> Stopping:
        """All of them."""
        game, bought = self.threat.game, self.threat.question.rule.when is not None
        i, rally = game.position(self.target), game.terms.value("psi", self.target)
        beyond = game.terms.value("phi", self.target) + game.cost(i).value
        return Stopping(
            self.target,
            (self._lost("share", i) if bought else NOTHING).tilted(beyond),
            self._lost("part", i).tilted(-rally),
            self._lost("rate", i) if any(kind == "rate" for kind, _ in self.points) else None,
            rally,
            self._over("share", lambda pay: pay.sender) if bought else NOTHING,
            self._over("share", lambda pay: pay.revenue_lost) if bought else NOTHING,
            not bought,
        )

    def _lost(self, kind: str, i: int) -> Curve:
        return self._over(kind, lambda pay: -pay.targets[i])

    def _over(self, kind: str, value: Callable[[Payoff], float]) -> Curve:
        """The change of a value from where nothing is done, over the sizes of one kind."""
        quiet = self.threat.game.payoff(self.threat.game.everybody(DEFY))
        at, paid = [0.0], [quiet]
        for (own, size), found in self.points.items():
            if own == kind:
                paid.append(known(f"{self.target}, {kind} {size:g},", pays(self.threat, found)))
                at.append(self._stopped(size, found) if kind == "share" else size)
        if any(after <= before for before, after in pairwise(at)):
            raise NoWorld(f"{self.target} buys no less where it is told to stop more")
        return Curve.through(at, [value(pay) - value(quiet) for pay in paid])

    def _stopped(self, asked: float, found: Solution) -> float:
        """The share that it gives up where it is told to stop one at unchanged prices."""
        question = self.threat.question
        when, members = question.rule.when, question.parties[self.target]
        return (
            asked if when is None else share_stopped(question.economy, when, members, asked, found)
        )
