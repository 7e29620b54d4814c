"""Designing a threat: what should be threatened, and what that is worth beside what was.

A design is a size for each form against each target. W is the change of the sender's real income
if it is carried out, after the targets' stated answer; K_i what target i then loses; L_i what
giving in costs it, as in the game of the threat. It is believed with p = Lambda(b + D W / s).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from threatpoint.errors import PolicyError
from threatpoint.strategy.answers import compliance_cost
from threatpoint.strategy.design import aims
from threatpoint.strategy.design.belief import Belief, beliefs_at
from threatpoint.strategy.design.bench import Bench
from threatpoint.strategy.design.designer import Design, Designer
from threatpoint.strategy.design.made import Made, made
from threatpoint.strategy.design.search import Task, search
from threatpoint.strategy.design.space import Space
from threatpoint.strategy.game import or_nan
from threatpoint.strategy.worlds import in_usd_bn
from threatpoint.views import Shown
from threatpoint.words import listing

if TYPE_CHECKING:
    from threatpoint.policy import Rule
    from threatpoint.strategy.design.aims import Places
    from threatpoint.strategy.design.forms import Form
    from threatpoint.strategy.design.model import Model
    from threatpoint.strategy.design.search import Aim
    from threatpoint.strategy.question import Question
    from threatpoint.strategy.threat import ThreatGame
    from threatpoint.strategy.type_priors import TypePrior

Codes = tuple[str, ...]
PARTS = (1 / 64, 1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1.0)
"""Of the way from what costs the sender least to the dearest threat made: points of a frontier."""
SHARE = 2e-3
"""Of the sender's income: the dearest point of a frontier where no threat made costs that much."""
NEAR = 0.01
"""A threat lies on the frontier where the same bite would cost less by no more than this part."""
LEAST = 0.05
"""USD bn that count as nothing beside that."""


@dataclass(frozen=True, eq=False)
class Frontier(Shown):
    """The most that some targets can be made to lose, by what that costs the sender.

    Attributes:
        targets: who is hit, together.
        answered: whether they answer as stated.
        designs: the cheapest first.
    """

    targets: Codes
    answered: bool
    designs: Sequence[Design]


@dataclass(frozen=True, eq=False)
class Beside(Shown):
    """A threat made, and the designs that could have stood in its place.

    Attributes:
        made: the threat.
        cheaper: bites as much at the least cost; None where none was found that bites so much.
        better: ahead of it in bite and in cost by as much as can be; None where nothing is.
    """

    made: Made
    cheaper: Design | None
    better: Design | None

    @property
    def saved(self) -> float:
        """By how much less the same bite could be had, USD bn a year; NaN where none bites so."""
        return math.nan if self.cheaper is None else max(0.0, self.cheaper.gain - self.made.gain)

    @property
    def on(self) -> bool:
        """Whether it lies on the frontier: as much can be had, and not for less."""
        return self.saved <= max(LEAST, NEAR * abs(self.made.gain))

    @property
    def inside(self) -> bool:
        """Whether as much could be had for less."""
        return self.cheaper is not None and not self.on


@dataclass(frozen=True, eq=False)
class Yielding(Shown):
    """The cheapest design that makes targets give in, at one belief.

    Attributes:
        targets: who must give in.
        costs: target -> L, USD bn a year.
        belief: what is taken of the sender's type.
        design: the cheapest; None where none was found.
        reason: why none is looked for, else "".
    """

    targets: Codes
    costs: Mapping[str, float]
    belief: Belief
    design: Design | None
    reason: str = ""

    @property
    def believed(self) -> float:
        """P that the design is carried out; NaN without one."""
        return math.nan if self.design is None else float(self.belief(self.design.gain))


@dataclass(frozen=True, eq=False)
class Designs(Shown):
    """Everything that was designed.

    Attributes:
        question: who threatens whom, with the stated answer.
        game: of the threat as made: what giving in costs.
        forms: what might be threatened.
        frontiers: of each target, and of all together last.
        beside: every threat made, without and with the answer.
        yielding: of each target and of all together, at each belief.
        families: whom designs are made against: each target, and all together last.
        solved: designs that were solved to find these, and those of them without an equilibrium.
    """

    question: Question
    game: ThreatGame
    forms: Sequence[Form]
    frontiers: Sequence[Frontier]
    beside: Sequence[Beside]
    yielding: Sequence[Yielding]
    families: Sequence[Codes]
    solved: tuple[int, int]

    @property
    def answered(self) -> bool:
        """Whether an answer is stated."""
        return bool(self.question.rule.retaliations)


def families(question: Question, forms: Sequence[Form]) -> tuple[Codes, ...]:
    """Each target with a flow that can be hit, and all of them together where there are several.

    Raises:
        PolicyError: there is no such flow.
    """
    parties = tuple(question.parties)
    every = tuple(t for t in parties if Space.of(question, (t,), forms).levers)
    if not every:
        raise PolicyError(
            f"nothing can be threatened: {listing(question.senders)} and {listing(parties)} do not "
            f"trade what {listing([form.words for form in forms])} could hit"
        )
    alone = tuple((target,) for target in every)
    return (*alone, every) if len(every) > 1 else alone


@dataclass(eq=False)
class _Work:
    """The searches of one question."""

    game: ThreatGame
    forms: Sequence[Form]
    rules: Mapping[str, Rule]
    beliefs: Sequence[Belief]
    families: Sequence[Codes]
    parts: Sequence[float]
    designer: Designer = field(init=False)

    def __post_init__(self) -> None:
        self.designer = Designer(self.question, self.forms, Bench(self.question))

    @property
    def question(self) -> Question:
        return self.game.question

    @cached_property
    def answered(self) -> bool:
        return bool(self.question.rule.retaliations)

    @cached_property
    def made(self) -> list[Made]:
        quiet = self.designer.bench.quiet
        found = made(self.question, self.rules, self.families, quiet)
        return [each for each in found if not each.reason]

    @cached_property
    def models(self) -> dict[tuple[Codes, bool], Model]:
        """Family and whether it answers -> its model."""
        wanted = [(family, self.answered) for family in self.families]
        wanted += [key for m in self.made if (key := (m.targets, m.answered)) not in wanted]
        keys = list(dict.fromkeys(wanted))
        return dict(zip(keys, self.designer.models(keys), strict=True))

    def places(self, targets: Codes) -> Places:
        names = list(self.question.parties)
        return [names.index(target) for target in targets]

    def found(self, asked: Sequence[tuple[Codes, bool, Aim]]) -> list[Design | None]:
        """The best design of each aim."""
        tasks = [Task(self.models[family, answered], aim) for family, answered, aim in asked]
        bench = self.designer.bench
        search(bench, [task for task in tasks if len(task.model.alone) == 1])
        joint = [task for task in tasks if len(task.model.alone) > 1]
        for model in {id(task.model): task.model for task in joint}.values():
            bench.worth(model.space, model.combined())
        search(bench, joint)
        best = [task.answer for task in tasks]
        return [
            None if sizes is None else self.designer.design(task.model.space, sizes)
            for task, sizes in zip(tasks, best, strict=True)
        ]


def design(
    game: ThreatGame,
    forms: Sequence[Form],
    priors: Mapping[str, TypePrior],
    rules: Mapping[str, Rule],
    only: Sequence[Codes] = (),
    parts: Sequence[float] = PARTS,
) -> Designs:
    """Designs of a threat, all searched side by side.

    Args:
        game: of the threat, from `sketch`: what giving in costs, and the stated answer.
        forms: what may be threatened.
        priors: of the sender's type.
        rules: name -> a threat made by the same senders.
        only: whom designs are made against; each target and all together by default.
        parts: points of a frontier, as parts of the way to its dearest.
    """
    able = families(game.question, forms)
    every = [family for family in only if family in able] if only else able
    every = every or able
    work = _Work(game, forms, rules, beliefs_at(priors), every, parts)
    least = _least(work)
    frontier = [(f, work.answered, aim) for f, aims_ in least.items() for aim in aims_]
    beside = [(m.targets, m.answered, aim) for m in work.made for aim in _beside(work, m)]
    asking = list(_asking(work))
    yields = [
        (
            y.targets,
            work.answered,
            aims.yielding(work.places(y.targets), [*y.costs.values()], y.belief),
        )
        for y in asking
        if not y.reason
    ]
    found = iter(work.found([*frontier, *beside, *yields]))
    lines = {f: [next(found) for _ in aims_] for f, aims_ in least.items()}
    stand = [Beside(m, next(found), _ahead(m, next(found))) for m in work.made]
    given_in = [y if y.reason else _with(y, next(found)) for y in asking]
    frontiers = [
        Frontier(f, work.answered, _plain(own, _others(f, work.answered, stand, given_in)))
        for f, own in lines.items()
    ]
    solved = work.designer.bench.solved_at_all
    return Designs(work.question, game, forms, frontiers, stand, given_in, every, solved)


def _least(work: _Work) -> dict[Codes, list[Aim]]:
    """Family -> the aims of its frontier: what costs least, and more for more."""
    every = work.families
    kind = work.found([(f, work.answered, aims.kindest(work.places(f))) for f in every])
    found: dict[Codes, list[Aim]] = {}
    for family, best in zip(every, kind, strict=True):
        places = work.places(family)
        found[family] = [aims.kindest(places)]
        if best is not None:
            begin, end = -best.gain, _dearest(work, family)
            end = max(end, begin + _income(work) * SHARE)
            found[family] += [aims.hardest(places, begin + (end - begin) * q) for q in work.parts]
    return found


def _dearest(work: _Work, family: Codes) -> float:
    """What the dearest threat made costs the sender."""
    own = [-m.gain for m in work.made if (m.targets, m.answered) == (family, work.answered)]
    return max(own, default=-math.inf)


def _income(work: _Work) -> float:
    economy = work.question.economy
    at = [economy.country(code) for code in work.question.senders]
    return in_usd_bn(float(economy.final_expenditure[at].sum()), economy)


def _beside(work: _Work, threat: Made) -> tuple[Aim, Aim]:
    places = work.places(threat.targets)
    return aims.cheapest(places, threat.loss), aims.ahead(places, threat.gain, threat.loss)


def _ahead(threat: Made, better: Design | None) -> Design | None:
    """A design that is ahead in both; None where it is not."""
    if better is None or better.gain < threat.gain or better.loss < threat.loss:
        return None
    return better if better.gain - threat.gain > LEAST else None


def _asking(work: _Work) -> list[Yielding]:
    """What is asked of each family at each belief."""
    game, quiet = work.game.game, "D" * len(work.question.parties)
    own = {t: or_nan(compliance_cost, game, i, quiet) for i, t in enumerate(work.question.parties)}
    found: list[Yielding] = []
    for family in work.families:
        costs = {t: own[t] for t in family}
        lost = [t for t, cost in costs.items() if math.isnan(cost)]
        whom = "it" if len(family) == 1 else "each of them"
        reason = f"nobody says what giving in costs {whom}" if lost else ""
        if not reason and all(cost <= 0 for cost in costs.values()):
            reason = "giving in costs nothing: no threat is needed"
        found += [Yielding(family, costs, belief, None, reason) for belief in work.beliefs]
    return found


def _with(asked: Yielding, found: Design | None) -> Yielding:
    return Yielding(asked.targets, asked.costs, asked.belief, found)


def _others(
    family: Codes, answered: bool, stand: Sequence[Beside], given_in: Sequence[Yielding]
) -> list[Design]:
    """Designs of a family that are printed elsewhere."""
    own = [b for b in stand if (b.made.targets, b.made.answered) == (family, answered)]
    found = [design for b in own for design in (b.cheaper, b.better)]
    found += [y.design for y in given_in if y.targets == family]
    return [design for design in found if design is not None]


def _plain(found: Sequence[Design | None], others: Sequence[Design] = ()) -> list[Design]:
    """Designs that were found, each once, the cheapest first.

    In the place of one that another is ahead of in both stands the other.
    """
    own = [design for design in found if design is not None]
    every = [*own, *others]
    own = [max((d for d in every if _no_worse(d, one)), key=lambda d: d.loss) for one in own]
    kept: list[Design] = []
    for each in sorted(own, key=lambda d: (-d.gain, -d.loss)):
        if not kept or each.loss > kept[-1].loss:
            kept.append(each)
    return kept


def _no_worse(design: Design, other: Design) -> bool:
    return design.gain >= other.gain and design.loss >= other.loss
