"""The threat game of one target in logit agent-QRE, by Gambit and by hand.

Status quo (0, 0); the target complies (1, -1); the sender carries out (-0.5, -2) or backs down
(-0.3, 0.5). Each information set is an agent, so the game is solved from its end: carry out,
comply, threat.
"""

from __future__ import annotations

import math

from threatpoint.errors import MissingExtraError
from threatpoint.strategy import Game, Payoff, Terms, quantal_response
from validation.check import Check, SourceDataMissing, compare, published

COMPLY, CARRY, BACK = (1.0, -1.0), (-0.5, -2.0), (-0.3, 0.5)


def by_hand(precision: float) -> dict[str, float]:
    """Backward induction with logit choice at each node."""

    def logit(gain: float) -> float:
        return 1.0 / (1.0 + math.exp(-precision * gain))

    carry = logit(CARRY[0] - BACK[0])
    defied = [carry * CARRY[i] + (1 - carry) * BACK[i] for i in (0, 1)]
    comply = logit(COMPLY[1] - defied[1])
    threat = logit(comply * COMPLY[0] + (1 - comply) * defied[0])
    return {"carry out": carry, "comply": comply, "threat": threat}


def by_gambit(precision: float) -> dict[str, float]:
    """The same through this software's game and Gambit.

    Raises:
        SourceDataMissing: Gambit is not installed.
    """
    payoffs = {p: Payoff(x[0], (x[1],)) for p, x in zip("CPD", (COMPLY, CARRY, BACK), strict=True)}
    try:
        found = quantal_response(Game(("target",), payoffs, Terms()), [precision])[0]
    except MissingExtraError as error:
        raise SourceDataMissing(str(error)) from error
    return {
        "carry out": found.punished["target"],
        "comply": found.comply["target"],
        "threat": found.threat,
    }


def checks() -> list[Check]:
    """Row 12: Gambit against the published number, and against the calculation by hand."""
    rows = published(__file__)
    gambit, hand = by_gambit(1.0), by_hand(1.0)
    same = [
        Check(
            12, f"Gambit equals backward induction, {k}", "share", hand[k], gambit[k], 1e-8, "logit"
        )
        for k in hand
    ]
    return compare(rows, {("lambda 1", key): value for key, value in gambit.items()}) + same
