"""Everything that is drawn in a situation, in the order of the Sobol dimensions.

The rooms declare their own; here they stand in one list, each with its distribution, source, the
date from which it could be known, and the group that its share of a spread is told by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.analysis.ensemble.inputs import inputs_of
from threatpoint.drawn_input import CHOSEN, Input
from threatpoint.strategy.record import base_rate_of
from threatpoint.strategy.threat import compliance_costs
from threatpoint.strategy.type_priors import OWN, conceded, type_priors
from threatpoint.words import CLOSURES

if TYPE_CHECKING:
    from threatpoint.analysis.chain.acts import Asking
    from threatpoint.strategy.type_priors import TypePrior
    from threatpoint.world.economy import Economy

CLOSURE, OTHER_CLOSURE = "closure", "proportional"
FIXED_WEIGHT = 2.0 / 3.0
"""Weight of the closure asked for; the rest is of the other one. A prior."""
TABLE = "errors in the table of trade"
GROUPS = {
    "theta": "trade elasticities",
    "crude": "crude market",
    "supply": "supply of other goods",
    "phi": "supply of other goods",
    "eta": "substitution in production",
    "epsilon": "substitution in production",
    "rho": "substitution in production",
}
"""First word of a key of the world -> its group."""


def world_inputs(economy: Economy, horizon: str, market: bool) -> tuple[Input, ...]:
    """Elasticities, and the crude market where one is in question; keys as in an ensemble."""
    return tuple(
        replace(item, group=GROUPS[item.key.partition("_")[0]])
        for item in inputs_of(economy, horizon, market)
    )


def chain_inputs(
    economy: Economy,
    horizon: str,
    market: bool,
    threats: Sequence[Asking],
    deficits: str,
    rooms: Sequence[Input] = (),
) -> tuple[Input, ...]:
    """All of a situation; `rooms`: what talks, support and front draw."""
    shared = (*world_inputs(economy, horizon, market), _closure(deficits))
    return (*shared, *_type(threats), *_demands(threats), *rooms)


def _closure(deficits: str) -> Input:
    """What happens to deficits: a choice of the model, drawn by weight.

    "balanced" is left out: its baseline is another world, which knows no finer flows.
    """
    return Input(
        CLOSURE,
        f"deficits: 0 {CLOSURES[deficits]}, 1 {CLOSURES[_other(deficits)]}",
        f"0 in {100 * FIXED_WEIGHT:.0f} % of the draws",
        f"{OWN}: nobody knows how deficits react",
        lambda u: np.where(u < FIXED_WEIGHT, 0.0, 1.0),
        known=CHOSEN,
        group="how deficits react",
    )


def closure_of(deficits: str, uniform: float) -> str:
    """The closure of a draw; `deficits` is the one asked for."""
    return deficits if uniform < FIXED_WEIGHT else _other(deficits)


def _other(deficits: str) -> str:
    return OTHER_CLOSURE if deficits != OTHER_CLOSURE else "fixed"


WHICH, LEAST_COSTLY = "type_which", 0.75
"""Whether a sender does what costs it least, and the weight of that. A prior."""
DECIDES, BY_RULE = "type_decides", 0.5
"""How a target decides, and the weight of the rule. A prior."""
TYPE_NAMES = {
    "share": "how often threats stood firm",
    "s": "dollars that weigh as much as resolve",
    "h": "whether a tough sender acts at a clock",
    "years": "how long the punishment lasts",
    "rho": "resolve shared between targets",
}
"""Prior of the sender's type -> its group."""


def _type(threats: Sequence[Asking]) -> Iterator[Input]:
    """The sender's type; none without a threat. Its common resolve is integrated, not drawn."""
    if not threats:
        return
    if len(threats) > 1:
        yield Input(
            WHICH,
            "which of several threats is carried out on a target: 0 what costs the sender least, "
            "1 the hardest",
            f"0 in {100 * LEAST_COSTLY:g} % of the draws",
            f"{OWN}: no record says",
            lambda u: np.where(u < LEAST_COSTLY, 0.0, 1.0),
            known=CHOSEN,
            group="which threat is carried out",
        )
    yield from _deciding(threats)
    for name, prior in _priors(threats).items():
        given = prior.quantity
        spread = f"{prior.law}, {given.low:.3g} to {given.high:.3g}"
        about = f"type_{name}", prior.meaning, spread, given.source, prior.at
        yield Input(*about, given.unit, prior.known, TYPE_NAMES[name])


def _demands(threats: Sequence[Asking]) -> Iterator[Input]:
    """What giving in costs a target where the demand is no trade: triangular within its range."""
    for threat in threats:
        if threat.stops != threat.name or threat.question.rule.demand is None:
            continue
        for party, cost in compliance_costs(threat.question).items():
            words = f"what giving in costs {party} beyond trade"
            known = cost.period or CHOSEN  # a file that gives no date may have seen what came
            key = cost_key(threat, party)
            yield Input.of(key, words, cost, "triangular", known, COST_GROUP)


def later_than(inputs: Sequence[Input], day: date) -> tuple[Input, ...]:
    """Inputs that could not be known on a day; a year without a month is taken to its end.

    Priors of this project are among them: they were chosen with what came of 2025 in view, so that
    a score of draws that use them is marked.
    """
    return tuple(item for item in inputs if f"{item.known}-12"[:7] > f"{day:%Y-%m}")


COST_GROUP = "what giving in costs beyond trade"


def cost_key(threat: Asking, party: str) -> str:
    """Key of what a demand that is no trade costs a party."""
    return f"cost_{threat.stops}_{party}"


def _deciding(threats: Sequence[Asking]) -> Iterator[Input]:
    """How a target decides: by the rule, or as often as threats on record were given in to.

    The record rejects the rule as an estimate (validation/threats_1970_2000), so that has half of
    the weight. In a draw of the record all targets give in, or none: threats are counted there, and
    nobody knows how those to several targets go together.
    """
    share = conceded(base_rate_of(threats[0].question.rule.senders).sender)
    given = share.quantity
    spread = f"{share.law}, {given.low:.3g} to {given.high:.3g}"
    source = f"{given.source}: {given.page}"
    about = f"type_{share.name}", share.meaning, spread, source, share.at
    yield Input(*about, given.unit, share.known, "how often threats were given in to")
    yield Input(
        DECIDES,
        "how a target decides: 0 by what it fears and what giving in costs; from 1 on as the "
        "record has it, where it gives in if what is above 1 is below its share",
        f"0 in {100 * BY_RULE:g} % of the draws",
        f"{OWN}: the record rejects the rule as an estimate, and knows nothing of this case",
        lambda u: np.where(u < BY_RULE, 0.0, 1.0 + (u - BY_RULE) / (1.0 - BY_RULE)),
        known=CHOSEN,
        group="how a target decides",
    )


def _priors(threats: Sequence[Asking]) -> Mapping[str, TypePrior]:
    return type_priors(base_rate_of(threats[0].question.rule.senders).sender)
