"""From a rule to a game: every profile solved, every answer read from the same worlds."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from threatpoint.errors import PolicyError, require_type
from threatpoint.policy import Rule, Tariff
from threatpoint.policy.scope import TARGET, listed
from threatpoint.quantity import Quantity
from threatpoint.strategy.coalition import listed_or_empty, senders_of, with_senders, with_targets
from threatpoint.strategy.game import DEFY, PUNISHED, RETALIATES, Game, NoWorld, Payoff, put
from threatpoint.strategy.perfect import Equilibria, equilibria
from threatpoint.strategy.question import Question
from threatpoint.strategy.regime import regime_of
from threatpoint.strategy.store import MEMORY
from threatpoint.strategy.terms import YEARLY, Terms
from threatpoint.strategy.worlds import in_usd_bn, solve_worlds
from threatpoint.views import Tabled
from threatpoint.world.economy import Economy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from threatpoint.array_types import Array
    from threatpoint.policy import Instrument
    from threatpoint.strategy.store import Store, World
    from threatpoint.strategy.worlds import Progress


@dataclass(frozen=True, eq=False)
class ThreatGame(Tabled, view="threatpoint.strategy.views:GAME"):
    """A threat on an economy: worlds, game, and how it was made.

    Attributes:
        question: economy, rule (with senders and targets as played), horizon, closure, retaliation.
        worlds: profile -> its world.
        game: the payoffs in USD bn per year, with the political terms.
    """

    question: Question
    worlds: Mapping[str, World]
    game: Game

    @property
    def parties(self) -> dict[str, tuple[str, ...]]:
        """Target -> its members, the largest buyer first."""
        return self.question.parties

    def equilibria(self, moves: str = "simultaneous") -> Equilibria:
        """All subgame-perfect outcomes in pure strategies."""
        return equilibria(self.game, moves)

    def with_terms(self, terms: Terms) -> ThreatGame:
        """The same worlds with other political terms; nothing is solved again."""
        return replace(self, game=replace(self.game, terms=terms))

    @property
    def lost(self) -> Mapping[str, str]:
        """Profile without an equilibrium -> why."""
        return self.game.missing

    def name(self, code: str) -> str:
        """Full name of an economy; of several joined by "+", each."""
        names = self.question.economy.names
        return ", ".join(names.get(part, part) for part in code.split("+"))

    def change(self, profile: str, codes: tuple[str, ...]) -> float:
        """Change in real income of some economies together, USD bn; raises `NoWorld`."""
        world = self.worlds[profile]
        if world.reason:
            raise NoWorld.of(profile, world.reason)
        return self._sum(world.change, codes)

    def income(self, codes: tuple[str, ...]) -> float:
        """Baseline real income (final expenditure) of some economies together, USD bn."""
        return self._sum(self.question.economy.final_expenditure, codes)

    def _sum(self, values: Array, codes: tuple[str, ...]) -> float:
        economy = self.question.economy
        return in_usd_bn(float(sum(values[economy.country(code)] for code in codes)), economy)

    @cached_property
    def purchases(self) -> dict[str, float]:
        """Target -> what it buys from the seller, USD bn per year."""
        economy = self.question.economy
        value = {buyer.country: buyer.value for buyer in self.question.rule.buyers(economy)}
        return {
            party: in_usd_bn(sum(value.get(code, 0.0) for code in members), economy)
            for party, members in self.parties.items()
        }


def pose(
    economy: Economy,
    threat: Rule,
    *,
    horizon: str = "long",
    deficits: str = "fixed",
    senders: tuple[str, ...] = (),
    targets: tuple[str, ...] = (),
    add: tuple[str, ...] = (),
    exempt: tuple[str, ...] = (),
    retaliation: tuple[Instrument, ...] = (),
    **solver: Any,
) -> Question:
    """The question a threat asks, checked but not solved; arguments as `solve_threat`."""
    require_type("economy", economy, Economy, PolicyError)
    require_type("threat", threat, Rule, PolicyError)
    senders, targets, add, exempt = map(listed_or_empty, (senders, targets, add, exempt))
    rule = with_targets(economy, threat, targets, add, exempt)
    if retaliation:
        rule = replace(rule, retaliation=retaliation)
    if senders:
        rule = with_senders(economy, rule, senders)
    codes = senders_of(economy, rule, senders)
    if "opec" not in solver and (regime := regime_of(economy, rule)):
        solver["opec"] = regime
    return Question(economy, rule, horizon, deficits, codes, solver)


def solve_threat(
    economy: Economy,
    threat: Rule,
    *,
    terms: Terms | None = None,
    store: Store | None = None,
    progress: Progress | None = None,
    workers: int = 1,
    **question: Any,
) -> ThreatGame:
    """Solve every profile of a threat and put the payoffs together.

    Args:
        economy: the baseline.
        threat: the rule; must say what the targets are asked to stop.
        terms: political terms; none by default.
        store: where solved worlds are looked up and kept; the process's memory by default.
        progress: called with (done, total).
        workers: processes.
        **question: horizon, deficits; senders: a coalition that punishes together; targets: only
            these; add, exempt: changes to the targets found; retaliation: instruments with "target"
            on one side, in place of the rule's own; anything else goes to `solve`.

    Raises:
        PolicyError: unknown labels, nobody hit, a rule without `when`, too many targets.

    Example:
        >>> duty = tp.Tariff("USA", "target", rate=0.25, mode="add")
        >>> threat = tp.Rule("USA", tp.Action("crude", "RUS"), duty, named="IND")
        >>> game = tp.solve_threat(tp.load_world(), threat)
        >>> {profile: round(game.change(profile, ("IND",)), 1) for profile in ("C", "P")}
        {'C': -6.8, 'P': -7.3}
    """
    asked = pose(economy, threat, **question)
    terms = require_type("terms", Terms() if terms is None else terms, Terms, PolicyError)
    asked.require_terms(terms)
    return play(asked, terms, store=store, progress=progress, workers=workers)


def play(question: Question, terms: Terms, **how: Any) -> ThreatGame:
    """Every profile of a question solved, with the payoffs; `how` goes to `solve_worlds`."""
    worlds = solve_worlds(question, **how)
    return ThreatGame(question, worlds, _game(question, worlds, terms))


def sketch(question: Question, like: ThreatGame | None = None) -> ThreatGame:
    """A game of a few profiles: everybody alike, and each target alone in each of its fates.

    2 k + 3 worlds instead of 3^k, or 3 k + 4 instead of 4^k with retaliation: enough for what
    stopping and punishment cost each target and its punishment the sender while the others go on
    and are spared, not for what the others may do.

    Args:
        question: who threatens whom, without political terms.
        like: another threat in the same economy; where it asks for the same of the same targets,
            its worlds without a punishment are taken over.
    """
    k = len(question.parties)
    fates = [letter for letter in question.letters if letter != DEFY]
    alone = [put(DEFY * k, i, fate) for i in range(k) for fate in fates]
    wanted = dict.fromkeys([DEFY * k, *alone, *(fate * k for fate in fates)])
    if like is not None and _asks_the_same(like.question, question):
        known = MEMORY.worlds(question.mark)
        for profile, world in like.worlds.items():
            if not {PUNISHED, RETALIATES} & {*profile}:
                known.setdefault(question.key(profile), world)
    worlds = solve_worlds(question, only=wanted)
    return ThreatGame(question, worlds, _game(question, worlds, Terms(), partial=True))


def _asks_the_same(one: Question, other: Question) -> bool:
    """Whether a world without a punishment is the same in both."""
    return (
        one.economy is other.economy
        and (one.horizon, one.deficits) == (other.horizon, other.deficits)
        and one.rule.when == other.rule.when
        and one.parties == other.parties
    )


def payoff(question: Question, world: World, before: float = math.nan) -> Payoff:
    """What a world is worth, USD bn per year; a customs union's is the sum of its members'.

    Args:
        question: who plays.
        world: a solved one.
        before: the seller's revenue without a threat, the economy's money unit.
    """
    economy = question.economy

    def change(codes: tuple[str, ...]) -> float:
        return in_usd_bn(float(world.change[[economy.country(c) for c in codes]].sum()), economy)

    targets = tuple(map(change, question.parties.values()))
    return Payoff(change(question.senders), targets, in_usd_bn(before - world.revenue, economy))


def _game(
    question: Question, worlds: Mapping[str, World], terms: Terms, partial: bool = False
) -> Game:
    parties, costs = question.parties, compliance_costs(question)
    before = worlds[DEFY * len(parties)].revenue
    return Game(
        tuple(parties),
        {p: payoff(question, w, before) for p, w in worlds.items() if not w.reason},
        terms,
        {profile: world.reason for profile, world in worlds.items() if world.reason},
        bool(question.rule.retaliations),
        question.sender,
        costs,
        () if question.rule.demand is None else tuple(p for p in parties if p not in costs),
        partial,
    )


def compliance_costs(question: Question) -> dict[str, Quantity]:
    """Target -> what complying with a demand that is no trade costs it, USD bn per year.

    Empty where the demand is about trade; targets without a cost are left out.
    """
    demand, economy = question.rule.demand, question.economy
    found: dict[str, Quantity] = {}
    for party, members in question.parties.items():
        cost = demand and demand.of(party)
        if cost:
            value, low, high = (in_usd_bn(x, economy) for x in cost.amounts(economy, members))
            found[party] = Quantity(value, low, high, YEARLY, source=cost.source, prior=low < high)
    return found


def instead(question: Question, rule: Rule) -> Question:
    """The question with the instruments of another rule, sent by the same senders."""
    sent = with_senders(question.economy, rule, question.senders).templates
    return replace(question, rule=replace(question.rule, then=sent))


def tariff_rule(question: Question, rate: float) -> Rule:
    """The rule with its instruments replaced by one added tariff of the senders on the targets.

    On every sector that one of the instruments is about.
    """
    named = [getattr(item, "sectors", "goods") for item in question.rule.templates]
    sectors = tuple(dict.fromkeys(word for words in named for word in listed(words, "sectors")))
    duty = Tariff(question.senders, TARGET, sectors, rate, "add")
    return replace(question.rule, then=(duty,))


def enforced_rule(question: Question, enforcement: float) -> Rule:
    """The rule with the enforcement of its cut-offs replaced."""
    then = tuple(item.at(enforcement) for item in question.rule.templates)
    return replace(question.rule, then=then)
