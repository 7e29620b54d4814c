"""Solved: what the app asks of the rooms. Losses while a slider moves; the game once it rests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from threatpoint.analysis.analysis import Analysis
from threatpoint.analysis.chain.chain import QUICK, solve_chain
from threatpoint.analysis.outcome import Outcome, Plan, by_horizon, solve_outcome
from threatpoint.analysis.typed import analyse_as_typed
from threatpoint.app import document
from threatpoint.app.state import IDLE
from threatpoint.brief import world_map
from threatpoint.brief.first import losses_figure
from threatpoint.brief.first_facts import Facts
from threatpoint.brief.reading import Reading
from threatpoint.errors import PolicyError

if TYPE_CHECKING:
    from threatpoint.app.ground import Ground
    from threatpoint.app.state import State
    from threatpoint.brief.charts import Figure
    from threatpoint.situation import Situation

CLOSURE = "fixed"
BACK = ", and each answers"
"""After the name of a threat that is answered."""


@dataclass(frozen=True, eq=False)
class Solved:
    """A state and its analysis.

    Attributes:
        ground: where it stands.
        state: settled.
        plan: what is carried out.
        analysis: with the horizons, and the draws where the game was asked for.
    """

    ground: Ground
    state: State
    plan: Plan
    analysis: Analysis

    @property
    def facts(self) -> Facts:
        """What the sentences and charts of a first screen say something about."""
        return Facts(Reading(self.analysis))

    @property
    def answered(self) -> bool:
        """Whether what is shown holds what the targets do in return."""
        return bool(self.analysis.situation.policy.retaliations)

    def losses(self) -> Figure | None:
        """Who loses what."""
        return self._said(losses_figure(self.facts))

    def map(self, by_code: bool = False) -> Figure | None:
        """The same as a map; `by_code`: for a page that has the outlines."""
        return self._said(world_map.losses(Reading(self.analysis), by_code))

    def _said(self, figure: Figure | None) -> Figure | None:
        if figure is None or not self.answered:
            return figure
        return replace(figure, subtitle=f"{figure.subtitle}{BACK}")

    @property
    def percents(self) -> Mapping[str, float]:
        """Code -> change of real income, %."""
        main = self.analysis.main
        return {code: main.percent(code) for code in self.ground.economy.countries}


def tick(ground: Ground, state: State) -> Solved:
    """The threat carried out on all its targets at one horizon; nothing else.

    Raises:
        ThreatpointError: it cannot be made.
    """
    situation = document.situation_of(ground, state, whole=False)
    plan = _plan(ground, state, situation)
    main = _main(ground, state, situation, plan)
    return Solved(ground, state, plan, _light(ground, state, situation, main, {}))


def rest(ground: Ground, state: State) -> Solved:
    """The same at every horizon, and the game in draws of all but trade.

    Raises:
        ThreatpointError: it cannot be made.
    """
    situation = document.situation_of(ground, state)
    plan = _plan(ground, state, situation)
    main = _main(ground, state, situation, plan)
    over = by_horizon(main, plan, ground.economy, state.horizon, CLOSURE)
    analysis = _light(ground, state, situation, main, over)
    chain = solve_chain(situation, ground.economy, QUICK, horizon=state.horizon, deficits=CLOSURE)
    return Solved(ground, state, plan, replace(analysis, chain=chain))


def whole(ground: Ground, state: State) -> Analysis:
    """The analysis of the page that is handed on, as `threatpoint brief` makes it of the file.

    Raises:
        PolicyError: idle capacity that comes in, which a page does not show.
    """
    if state.opec != IDLE:
        raise PolicyError(f"opec {state.opec}: a page is drawn with {IDLE}; choose that for it")
    situation = document.situation_of(ground, state)
    name = document.name_of(ground, state).removesuffix(".toml")
    if name == ground.source.name:
        situation = replace(situation, main=ground.situation.main)
    return analyse_as_typed(
        replace(situation, name=name), ground.economy, horizon=state.horizon, drawing=replace(QUICK)
    )


def _plan(ground: Ground, state: State, situation: Situation) -> Plan:
    """What is carried out: with what the targets do in return, where that is stated or chosen.

    Raises:
        PolicyError: idle capacity where no market in crude is in question.
    """
    found = Plan.of(situation.policy, ground.economy)
    plan = replace(found, policy=found.answered or found.policy, answered=None)
    if state.opec == IDLE:
        return plan
    if not plan.regime:
        raise PolicyError(f"opec {state.opec} has no effect: no market in crude is in question")
    return replace(plan, regime=state.opec)


def _main(ground: Ground, state: State, situation: Situation, plan: Plan) -> Outcome:
    about = ("main", situation.words[situation.main], "", plan, ground.economy)
    return solve_outcome(*about, state.horizon, CLOSURE)


def _light(
    ground: Ground, state: State, situation: Situation, main: Outcome, over: Mapping[str, Outcome]
) -> Analysis:
    """An analysis of one threat carried out."""
    return Analysis(
        situation=situation, economy=ground.economy, horizon=state.horizon, deficits=CLOSURE,
        buyers=(), main=main, scenarios=(), variants=(), claims=(), assumptions={},
        by_horizon=over or {state.horizon: main},
    )  # fmt: skip
