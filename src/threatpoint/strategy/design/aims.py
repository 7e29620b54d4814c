"""What is sought of a design."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.strategy.design.search import Aim

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.strategy.design.belief import Belief
    from threatpoint.strategy.design.bench import Worth

Places = Sequence[int]


def together(worth: Worth, places: Places) -> Array:
    """(M,) what some targets lose."""
    return worth.targets[:, list(places)].sum(axis=1)


def hardest(places: Places, cost: float) -> Aim:
    """The most that some targets can lose at no more than a cost, USD bn a year."""
    return Aim(lambda w: together(w, places), lambda w: (w.sender + cost)[:, None])


def kindest(places: Places) -> Aim:
    """What costs the sender least, or brings it most."""
    return Aim(lambda w: w.sender, lambda w: together(w, places)[:, None])


def cheapest(places: Places, loss: float) -> Aim:
    """What costs the sender least of all that makes some targets lose so much together."""
    return Aim(lambda w: w.sender, lambda w: (together(w, places) - loss)[:, None])


def ahead(places: Places, gain: float, loss: float) -> Aim:
    """What is better than a threat by as much as can be, in both W and K."""
    return Aim(
        lambda w: w.sender - gain,
        lambda w: ((together(w, places) - loss) - (w.sender - gain))[:, None],
    )


def yielding(places: Places, costs: Sequence[float], belief: Belief) -> Aim:
    """What costs the sender least of all that makes targets give in: p K >= L for each."""

    def held(worth: Worth) -> Array:
        return belief(worth.sender)[:, None] * worth.targets[:, list(places)] - np.array(costs)

    return Aim(lambda w: w.sender, held)
