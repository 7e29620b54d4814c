"""The sender's type beside logit agent-QRE: two reasons why a threat is carried out by chance.

In the type model the sender knows what it will do and the target does not; in quantal response the
sender itself errs, with lambda = 1/s. For one target both are the logistic of Gamma / s, but for
what the record adds (b) and how long the punishment lasts (D).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from threatpoint.errors import ConvergenceError, PolicyError
from threatpoint.strategy import quantal
from threatpoint.strategy.answers import credibility, stated
from threatpoint.strategy.game import DEFY
from threatpoint.strategy.resolve import Resolve
from threatpoint.strategy.toughness import Draws
from threatpoint.strategy.type_priors import TypePrior, type_priors

if TYPE_CHECKING:
    from threatpoint.quantity import Quantity
    from threatpoint.strategy.game import Game

Row = dict[str, Any]
SCALES = (5.0, 37.0, 280.0)
"""s, USD bn: ends and middle of its range."""
CONCEPT = (
    "probability that the sender is tough on a target that goes on, at a given s, before a clock"
)
THREAT = "threat"


def gains_of(game: Game) -> dict[str, float]:
    """Target -> Gamma, the others going on and spared, after the stated answer if there is one.

    USD bn a year. Political terms count: the audience cost of sparing raises it.

    Raises:
        NoWorld: a profile that it needs has no equilibrium.
    """
    quiet, fate = game.everybody(DEFY), stated(game)
    return {t: credibility(game, i, quiet, fate) for i, t in enumerate(game.targets)}


def compared(
    game: Game,
    priors: Mapping[str, TypePrior] | None = None,
    scales: Sequence[float] = SCALES,
) -> list[Row]:
    """P(punished if it defies) by s and target in both models, each with its concept.

    `type_alone` is the type model without the record, for one year: what is left to differ from
    quantal response is whom the sender expects to comply. Where no point is reached the
    quantal probability is NaN and `status` says why.

    Args:
        game: solved, with its political terms.
        priors: of the sender's type; those of all senders where left out.
        scales: s, USD bn; lambda is 1/s.

    Raises:
        PolicyError: an s out of range.
        NoWorld: a profile that Gamma needs has no equilibrium.
    """
    gains = gains_of(game)
    of = Resolve({THREAT: gains}, priors or type_priors())
    alone = of.with_prior("share", 0.5).with_prior("years", 1.0)
    return [row for s in scales for row in _rows(game, gains, s, of, alone)]


def scales_of(given: Quantity) -> tuple[float, ...]:
    """Ends and middle of a range of s, each once; the middle of the prior is a round one."""
    if (given.low, given.high) == (SCALES[0], SCALES[-1]):
        return SCALES
    return tuple(sorted({given.low, given.value, given.high}))


def _rows(
    game: Game, gains: Mapping[str, float], s: float, of: Resolve, alone: Resolve
) -> list[Row]:
    typed, bare = (
        {target: carried_out(each.with_prior("s", s).drawn, gain) for target, gain in gains.items()}
        for each in (of, alone)
    )
    chosen, status = _quantal(game, 1.0 / s)
    return [
        {
            "s_usd_bn": s,
            "lambda_per_usd_bn": 1.0 / s,
            "target": target,
            "type_probability": typed[target],
            "type_alone": bare[target],
            "type_concept": CONCEPT,
            "quantal_probability": chosen.get(target, math.nan),
            "quantal_concept": quantal.CONCEPT,
            "status": status,
        }
        for target in game.targets
    ]


def carried_out(draws: Draws, gain: float) -> float:
    """Mean of Lambda(b + D Gamma / s) over drawn types."""
    special: Any = import_module("scipy.special")
    return float(special.expit(draws.b + draws.years * gain / draws.s).mean())


def _quantal(game: Game, precision: float) -> tuple[dict[str, float], str]:
    """Target -> probability that it is punished, and why there is none."""
    try:
        (point,) = quantal.quantal_response(game, [precision])
    except (PolicyError, ConvergenceError) as error:
        return {}, str(error)
    return point.punished, "solved"
