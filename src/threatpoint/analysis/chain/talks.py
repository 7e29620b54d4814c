"""The talks of a chain: every lever that takes money from the attacker, in the same draws."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.analysis.chain.decision import HIT, NOTHING, SANCTION, STOP, decision_of
from threatpoint.spread import Spread
from threatpoint.talks.talks import solve_talks

if TYPE_CHECKING:
    from threatpoint.analysis.chain.chain import Chain
    from threatpoint.analysis.chain.decision import Option
    from threatpoint.talks.talks import TalksResult

KEPT = 4
"""Chains whose talks are remembered."""
LEVERS = (NOTHING, HIT, STOP, SANCTION)
"""Kinds of options that may take money from the attacker; support stands beside them."""


def levers(chain: Chain) -> dict[str, Option]:
    """Key -> option, nothing first, then what takes least; empty where no income is known."""
    found = [o for o in decision_of(chain).options if o.kind in LEVERS and o.loss is not None]
    found.sort(key=lambda o: (o.kind != NOTHING, _median(o)))
    return {option.key: option for option in found}


def _median(option: Option) -> float:
    return 0.0 if option.loss is None else Spread(option.loss).median


@lru_cache(maxsize=KEPT)
def talks_of(chain: Chain) -> TalksResult | None:
    """The talks by lever and by change of support; None without [talks].

    The drift expected on the date is that of the file, in draws.
    """
    rooms = chain.rooms
    if rooms.attacker is None:
        return None
    losses = {key: o.loss for key, o in levers(chain).items() if o.loss is not None}
    losses = losses or {NOTHING: np.zeros(chain.draws)}
    found = solve_talks(chain.values, losses)
    return found if rooms.front is None else found.over_a_year(rooms.drifts)
