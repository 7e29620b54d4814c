"""What a situation says of a threat that is designed: who asks for what, the answer, the law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from threatpoint.analysis.course import priors_of
from threatpoint.analysis.design.drawn import Drawn, draw
from threatpoint.analysis.games import with_terms
from threatpoint.analysis.made import leading
from threatpoint.analysis.outcome import page_horizons
from threatpoint.errors import PolicyError, require_label, require_type
from threatpoint.policy import Tariff
from threatpoint.policy.numbers import number
from threatpoint.policy.scope import TARGET, listed, member_codes
from threatpoint.situation.model import Situation
from threatpoint.strategy import pose
from threatpoint.strategy.design.coalition import Coalition, coalitions, with_joined
from threatpoint.strategy.design.designs import Designs, design, families
from threatpoint.strategy.design.forms import forms_of
from threatpoint.strategy.design.legal import Standing, lawful, shared, standings
from threatpoint.strategy.joining import joined
from threatpoint.strategy.threat import sketch
from threatpoint.views import Tabled
from threatpoint.world.economy import Economy

if TYPE_CHECKING:
    from threatpoint.analysis.chain.chain import Drawing
    from threatpoint.policy import Rule
    from threatpoint.policy.scope import Selector
    from threatpoint.quantity import Quantity
    from threatpoint.strategy import Question, Terms
    from threatpoint.strategy.type_priors import TypePrior
    from threatpoint.words import Closure, Horizon

LARGEST, FEWER = 2, (1 / 64, 1 / 16, 1 / 4, 1.0)
"""Targets that a page designs against, and points of each frontier."""
MOST_ANSWER = 10.0
"""Largest answer: of 1000 %, as the largest tariff tried elsewhere."""


@dataclass(frozen=True, eq=False)
class ThreatDesign(Tabled, view="threatpoint.analysis.views:DESIGN"):
    """A designed threat.

    Attributes:
        situation: what was asked of.
        threat: name of the threat whose demand is made.
        designs: what was found.
        standings: what is on record of the law of each form for each sender.
        only_lawful: whether forms that are not on record as lawful were left out.
        priors: of the sender's type.
        drawn: the designs over draws; None where none were asked for.
        coalitions: the sender alone, then with others, until a design works; empty where nobody
            was asked to join.
        barred: who was asked to join and shares no form that is on record as lawful.

    Example, after that of `design_threat`:
        >>> [design.words("IND") for design in found.designs.frontiers[0].designs][:1]
        ['tariff of 17 points']
    """

    situation: Situation
    threat: str
    designs: Designs
    standings: Sequence[Standing]
    only_lawful: bool
    priors: Mapping[str, TypePrior]
    drawn: Drawn | None = None
    coalitions: Sequence[Coalition] = ()
    barred: Sequence[str] = ()

    @property
    def question(self) -> Question:
        """Who threatens whom."""
        return self.designs.question


def design_threat(
    situation: Situation,
    economy: Economy,
    *,
    threat: str = "",
    senders: Selector = (),
    targets: Selector = (),
    answer: float | None = None,
    only_lawful: bool = False,
    forms: Selector = (),
    horizon: Horizon = "",
    deficits: Closure = "fixed",
    terms: Terms | None = None,
    scale: Quantity | None = None,
    drawing: Drawing | None = None,
    brief: bool = False,
    join: Selector = (),
) -> ThreatDesign:
    """What should be threatened: the most that targets can be made to lose by what it costs.

    Args:
        situation: gives the demand, the threats made and the stated answer.
        economy: the table on the situation's day.
        threat: whose demand is made; the one made first by default.
        senders: in place of the file's; here and below one word, or several.
        targets: only these.
        answer: tariff that each target hit adds on the senders' goods, as a share; 0: none; None:
            what the file states.
        only_lawful: use only forms that are on record as lawful for every sender.
        forms: of `strategy.design.forms.FORMS`; all by default.
        horizon: set of elasticities; the first of a page by default.
        deficits: closure.
        terms: political terms of the payoffs.
        scale: s in place of its prior, USD bn.
        drawing: how many draws the designs are solved again in; none by default.
        join: who may join the sender.
        brief: of each of the largest targets alone, with fewer points, as a page has it.

    Raises:
        PolicyError: unknown names, nobody to give in, a sender that is a target, nothing lawful.

    Example:
        >>> situation = tp.load_situation("ukraine-2025-03-31")
        >>> asked = {"targets": ["IND"], "forms": ["tariff"], "answer": 0}
        >>> found = tp.design_threat(situation, tp.load_world(), **asked)
        >>> found.threat, found.designs.frontiers[0].targets
        ('oil-tariff', ('IND',))
    """
    require_type("situation", situation, Situation, PolicyError)
    require_type("economy", economy, Economy, PolicyError)
    name = require_label("threat", threat or leading(situation), situation.threats, PolicyError)
    rule = situation.threats[name]
    wanted = forms_of(_several(forms, "forms"))
    whose, whom_ = _several(senders, "senders"), _several(targets, "targets")
    question = _posed(economy, rule, whose, whom_, answer, horizon, deficits)
    may_join = _several(join, "join")

    def law(asked: Question) -> list[Standing]:
        """What is on record for those of a question."""
        return standings(economy, asked.senders, wanted, situation.date, situation.legal)

    def able(asked: Question) -> bool:
        """Whether they share a form that may be used."""
        return not only_lawful or bool(shared(wanted, law(asked)))

    known = law(with_joined(question, may_join))
    kept = lawful(wanted, law(question)) if only_lawful else wanted
    barred = [one for one in may_join if not able(joined(question, one))]
    priors = priors_of(question.senders, scale)
    game = with_terms(sketch(question), terms)
    less: dict[str, Any] = {}
    if brief:
        less = {"only": [(target,) for target in [*question.parties][:LARGEST]], "parts": FEWER}
    found = design(game, kept, priors, _comparable(situation, question), **less)
    drawn = None if drawing is None else draw(found, name, drawing, not brief)

    def made(asked: Question) -> Designs:
        """Designs of a coalition against all targets together."""
        may = shared(wanted, law(asked)) if only_lawful else wanted
        whom = [families(asked, may)[-1]]
        rated = priors_of(asked.senders, scale)
        return design(with_terms(sketch(asked), terms), may, rated, {}, only=whom, parts=())

    joining = tuple(one for one in may_join if one not in barred)
    tried = coalitions(question, joining, made, able) if may_join else ()
    return ThreatDesign(situation, name, found, known, only_lawful, priors, drawn, tried, barred)


def _several(selector: Selector, what: str) -> tuple[str, ...]:
    """Words that may be one word; none is none."""
    return () if isinstance(selector, Sequence) and not selector else listed(selector, what)


def _posed(
    economy: Economy,
    rule: Rule,
    senders: Sequence[str],
    targets: Sequence[str],
    answer: float | None,
    horizon: str,
    deficits: str,
) -> Question:
    """The question, its parts checked."""
    horizon = horizon or next(iter(page_horizons(economy)), "long")
    if not rule.asks:
        raise PolicyError(
            f"{rule.title} asks nobody for anything, so that nobody can give in to it: name a "
            "threat that does"
        )
    about: dict[str, Any] = {"horizon": horizon, "deficits": deficits}
    asked = pose(economy, rule, senders=tuple(senders), targets=tuple(targets), **about)
    both = {*member_codes(economy, targets, "targets")} & {*asked.senders}
    if both:
        raise PolicyError(f"{', '.join(sorted(both))} is sender and target: name other targets")
    _ = asked.mark, asked.parties
    return asked if answer is None else _answered(asked, answer)


def _answered(asked: Question, answer: float) -> Question:
    """The question with another answer of those hit."""
    number("answer", answer, "0.25")
    if not 0 <= answer <= MOST_ANSWER:
        raise PolicyError(
            f"an answer of {100 * answer:g} % is out of range: give 0 (none) to "
            f"{100 * MOST_ANSWER:g} %"
        )
    back = (Tariff(TARGET, asked.senders, "goods", answer, "add"),) if answer else ()
    return replace(asked, rule=replace(asked.rule, retaliation=back))


def _comparable(situation: Situation, question: Question) -> dict[str, Rule]:
    """The threats made by the same senders that hit somebody here."""
    found: dict[str, Rule] = {}
    for name, rule in situation.threats.items():
        try:
            same = set(rule.carriers(question.economy)) == set(question.senders)
            hit = rule.parties(question.economy)
        except PolicyError:  # it hits nobody here
            continue
        if same and set(hit) & set(question.parties):
            found[name] = rule
    return found
