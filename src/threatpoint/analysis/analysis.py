"""From a situation to its answers: every equilibrium the brief and the command line read.

The brief computes nothing; what it shows is solved here. A scenario that has no equilibrium is
kept with its reason, never dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from threatpoint.analysis.carried import Carried, solve_carried, variants
from threatpoint.analysis.cases import Case
from threatpoint.analysis.chain.chain import QUICK, Chain, Drawing, solve_chain
from threatpoint.analysis.chain.figures import Figures, figures_of
from threatpoint.analysis.chain.talks import talks_of
from threatpoint.analysis.choices import solve_options
from threatpoint.analysis.claims import ClaimCheck, check_claims
from threatpoint.analysis.dated import solve_dated
from threatpoint.analysis.design.design import ThreatDesign
from threatpoint.analysis.design.of_situation import solve_design
from threatpoint.analysis.games import MOST, Games, count_of, solve_games, with_terms
from threatpoint.analysis.ground import drawn_support, front_of, support_of
from threatpoint.analysis.happened import Happened, happened
from threatpoint.analysis.leverage.of_situation import Levers, solve_levers
from threatpoint.analysis.made import made_first
from threatpoint.analysis.oil_answers import OilAnswer, solve_oil
from threatpoint.analysis.outcome import (
    Outcome,
    Plan,
    by_horizon,
    on_request,
    page_horizons,
    solve_outcome,
    solve_planned,
)
from threatpoint.analysis.played import Played, solve_played
from threatpoint.analysis.sweeps.sweep import Sweep, solve_sweep
from threatpoint.equilibrium.results import assumptions
from threatpoint.errors import PolicyError, require_label, require_type
from threatpoint.situation.model import Situation
from threatpoint.strategy import Terms
from threatpoint.strategy.threat import play
from threatpoint.views import Tabled
from threatpoint.words import CLOSURES
from threatpoint.world.economy import Economy

if TYPE_CHECKING:
    from typing import Any

    from threatpoint.analysis.options import Option
    from threatpoint.front.front import FrontResult
    from threatpoint.policy import Rule
    from threatpoint.policy.verdicts import Buyer
    from threatpoint.strategy import ThreatGame
    from threatpoint.support.drawn import SupportDrawn
    from threatpoint.support.support import SupportResult
    from threatpoint.talks.talks import TalksResult
    from threatpoint.words import Closure, Horizon


@dataclass(frozen=True, eq=False)
class Analysis(Tabled, view="threatpoint.brief.views:ANALYSIS"):
    """Everything known about a situation.

    Attributes:
        situation, economy: the input.
        horizon, deficits: of the main outcome and the scenarios.
        buyers: every economy's purchases with the verdict on it.
        main: the main threat carried out against all its targets.
        scenarios: other readings of the threat, as the situation file lists them, and its other
            threats as far as no reading shows them as they stand.
        variants: the main threat under other assumptions (closure, elasticities, tariffs).
        claims: the checked figures.
        assumptions: what carries the main outcome.
        by_horizon: horizon -> main threat solved at it, for the horizons of a page.
        on_request: the same for the other horizons.
        chain: the situation in draws; None where it cannot be drawn.
        levers: what the senders of the main threat can cut; None without trade with who is hit.
        levers_failure: why there are none, else "".
        design: what else could be threatened; None where it was not asked for, or nothing could.
        design_failure: why there is none, else "".
        threat: the main threat as a game at each horizon; lesser punishments.
        support: what donors must add, and had announced; None without [support].
        front: the front in the situation's month; None without [talks] or without data.
        front_failure: why there is no front, else "".
        happened: the answers scored against what happened since; empty without a shipped score.
        oil: sanction and horizon ("NAME-HORIZON") -> the oil market under it; empty without [oil].
        others: name of every threat but the main one -> it carried out.
        options: threats, the one made first first, and lesser tariffs as the sender's options.
        played: what its game says beyond that, in the first year; None where it has none.
    """

    situation: Situation
    economy: Economy
    horizon: str
    deficits: str
    buyers: tuple[Buyer, ...]
    main: Outcome
    scenarios: tuple[Outcome, ...]
    variants: tuple[Outcome, ...]
    claims: tuple[ClaimCheck, ...]
    assumptions: Mapping[str, Any]
    by_horizon: Mapping[str, Outcome] = field(default_factory=dict[str, Outcome])
    threat: Games = field(default_factory=Games)
    support: SupportResult | None = None
    front: FrontResult | None = None
    front_failure: str = ""
    oil: Mapping[str, OilAnswer] = field(default_factory=dict[str, "OilAnswer"])
    others: Mapping[str, Carried] = field(default_factory=dict[str, Carried])
    options: tuple[Option, ...] = ()
    played: Played | None = None
    happened: tuple[Happened, ...] = ()
    on_request: Mapping[str, Outcome] = field(default_factory=dict[str, Outcome])
    chain: Chain | None = None
    levers: Levers | None = None
    levers_failure: str = ""
    design: ThreatDesign | None = None
    design_failure: str = ""

    @property
    def carried(self) -> Mapping[str, Carried]:
        """Name of a threat -> it carried out; the one made first first."""
        name = self.situation.main
        about = (self.main, self.by_horizon, self.on_request)
        main = Carried(name, *about)
        found = {name: main, **self.others}
        return {name: found[name] for name in made_first(self.situation) if name in found}

    def of_threat(self, name: str) -> Analysis:
        """The same with another threat as the main one, as far as that was carried out.

        What rests on the main threat alone (other readings, games, talks, oil) stays as it is.
        """
        carried = self.carried
        found, situation = carried[name], replace(self.situation, main=name)
        others = {key: other for key, other in carried.items() if key != name}
        return replace(
            self,
            situation=situation,
            main=found.main,
            variants=self.variants if name == self.situation.main else (),
            by_horizon=found.by_horizon,
            on_request=found.on_request,
            others=others,
        )

    @property
    def games(self) -> Mapping[str, ThreatGame]:
        """Horizon -> the main threat as a game."""
        return self.threat.solved

    @property
    def talks(self) -> TalksResult | None:
        """The talks in the draws; None without [talks]."""
        return None if self.chain is None else talks_of(self.chain)

    @cached_property
    def figures(self) -> Figures | None:
        """What the draws say of trade and of the game; None where trade was not drawn."""
        return figures_of(self.chain)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Main outcome, scenarios and variants, in that order."""
        return (self.main, *self.scenarios, *self.variants)

    def directed(self, direction: str) -> Outcome | None:
        """The scenario that is the main threat in one direction only, found by its rule."""
        main = self.situation.policy
        if not all(hasattr(item, "direction") for item in main.templates):
            return None
        then = tuple(replace(item, direction=direction) for item in main.templates)  # type: ignore[call-arg]
        if then == main.templates:
            return None
        for outcome in self.scenarios:
            scenario = self.situation.scenarios.get(outcome.key)
            if scenario and replace(scenario.rule, name=main.name) == replace(main, then=then):
                return outcome
        return None

    @cached_property
    def sweep(self) -> Sweep | None:
        """The threat made first at other rates, enforcement and targets; None where none moves."""
        carried = next(iter(self.carried.values()))
        rule = self.situation.threats[carried.name]
        horizons = dict.fromkeys((self.horizon, *carried.by_horizon))
        return solve_sweep(rule, carried, self.economy, tuple(horizons), self.deficits)

    @cached_property
    def support_drawn(self) -> SupportDrawn | None:
        """What donors had announced, in the situation's draws; None where none is on record."""
        return drawn_support(self.support) if self.chain is None else self.chain.rooms.support_drawn


def analyse(
    situation: Situation,
    economy: Economy,
    *,
    horizon: Horizon = "",
    deficits: Closure = "fixed",
    alternatives: Mapping[str, Economy] | None = None,
    terms: Terms | None = None,
    drawing: Drawing = QUICK,
) -> Analysis:
    """Solve a situation: the main threat, its other readings, and other assumptions.

    Args:
        situation: from `load_situation`.
        economy: the baseline.
        horizon: set of elasticities of the main outcome; the first one of a page if empty.
        deficits: closure of the main outcome.
        alternatives: other baselines with the same labels, by their words; each becomes a variant.
        terms: what the payoffs of the games hold beside real income; nothing by default.
        drawing: how many draws of everything uncertain; by default trade itself is not drawn.

    Raises:
        PolicyError: the situation does not fit the economy (unknown labels, a rule that hits
            nobody). A missing equilibrium is no error: the outcome carries its reason.
        WorldError: unknown horizon.

    Example:
        >>> from dataclasses import replace
        >>> situation = tp.load_situation("ukraine-2025-03-31")
        >>> duty = tp.Rule("USA", named="IND", then=tp.Tariff("USA", "target", rate=0.25))
        >>> none = {"scenarios": {}, "oil": {}, "talks": None, "support": None}
        >>> situation = replace(situation, threats={situation.main: duty}, **none)
        >>> analysis = tp.analyse(situation, tp.load_world())
        >>> round(analysis.main.percent("IND"), 2)
        -0.24
    """
    require_type("situation", situation, Situation, PolicyError)
    require_type("economy", economy, Economy, PolicyError)
    require_label("deficit closure", deficits, CLOSURES, PolicyError)
    horizon = horizon or next(iter(page_horizons(economy)), "long")
    rule = situation.policy
    plan = Plan.of(rule, economy)
    words = situation.words[situation.main]
    note = "the main threat" if rule.announced else ""
    main = solve_outcome("main", words, note, plan, economy, horizon, deficits)
    tried = variants(plan, economy, horizon, deficits, alternatives or {})
    about = {"horizon": horizon, "deficits": deficits, "terms": terms}
    chain = solve_chain(situation, economy, drawing, **about)
    levers, lacking = solve_levers(situation, economy, main.targets, horizon, deficits)
    designed, undesigned = solve_design(situation, economy, drawing, **about)
    return Analysis(
        situation=situation,
        economy=economy,
        horizon=horizon,
        deficits=deficits,
        buyers=tuple(rule.buyers(economy)),
        main=main,
        scenarios=_solved_readings(situation, economy, horizon, deficits),
        variants=tried,
        claims=tuple(check_claims(situation, economy)),
        assumptions={} if main.solution is None else assumptions(main.solution),
        by_horizon=by_horizon(main, plan, economy, horizon, deficits),
        on_request=on_request(plan, economy, horizon, deficits),
        chain=chain,
        levers=levers,
        levers_failure=lacking,
        design=designed,
        design_failure=undesigned,
        **_parts(situation, economy, horizon, deficits, terms, figures_of(chain)),
    )


def _parts(
    situation: Situation,
    economy: Economy,
    horizon: str,
    deficits: str,
    terms: Terms | None,
    figures: Figures | None,
) -> dict[str, Any]:
    """What stands behind the losses: game, talks, support, front, oil; fields of `Analysis`."""
    front, failure = front_of(situation)
    solved = solve_options(situation, economy, horizon, deficits, terms)
    options = tuple(replace(option, figures=figures) for option in solved)
    oil = solve_oil(situation, economy, deficits, horizon, figures)
    return {
        "threat": solve_games(situation, economy, deficits, terms, horizon),
        "support": support_of(situation),
        "front": front,
        "happened": happened(situation),
        "front_failure": failure,
        "options": options,
        "played": _played(situation, economy, options, terms),
        "others": {
            name: solve_carried(name, situation.words[name], rule, economy, horizon, deficits)
            for name, rule in situation.threats.items()
            if name != situation.main
        },
        "oil": {f"{answer.scenario.name}-{answer.horizon}": answer for answer in oil},
    }


def _played(
    situation: Situation, economy: Economy, options: tuple[Option, ...], terms: Terms | None
) -> Played | None:
    """The game of the threat made first, the others beside it; None where nobody is asked."""
    lead = next((option for option in options if option.key in situation.threats), None)
    if lead is None:
        return None
    asked = lead.game.question
    beside = solve_dated(situation, economy, asked.horizon, asked.deficits, terms)
    return solve_played(_whole(lead.game, terms), situation, beside)


def _whole(game: ThreatGame, terms: Terms | None) -> ThreatGame:
    """The game with every profile, where an analysis solves so many; else the small one."""
    question = game.question
    if count_of(question) > MOST:
        return game
    return with_terms(play(question, Terms()), terms)


def _readings(situation: Situation) -> Iterator[tuple[str, str, Rule]]:
    """Key, words and rule of every case beside the main one."""
    shown = [situation.policy]
    for scenario in situation.scenarios.values():
        yield scenario.name, scenario.label, scenario.rule
        shown.append(replace(scenario.rule, name=scenario.threat))
    for name, rule in situation.threats.items():
        if rule not in shown:
            yield f"threat-{name}", situation.words[name], rule


def _solved_readings(
    situation: Situation, economy: Economy, horizon: str, deficits: str
) -> tuple[Outcome, ...]:
    """The other readings; a rule that cannot be applied to this economy is kept with its reason."""
    asked: dict[int, tuple[Plan, Case]] = {}
    found: dict[int, Outcome] = {}
    for k, (key, title, rule) in enumerate(_readings(situation)):
        try:
            asked[k] = Plan.of(rule, economy), Case(key, title, "", economy, horizon, deficits)
        except PolicyError as error:
            found[k] = Outcome(key, title, "", "", (), None, str(error))
    found |= zip(asked, solve_planned(asked.values()), strict=True)
    return tuple(found[k] for k in sorted(found))
