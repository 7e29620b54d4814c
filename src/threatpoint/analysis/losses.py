"""Losses of chances, beside naive ones, and how often came what was given about the same chance.

A loss is 0 at best. Log loss: minus the log of the chance given to what came. Brier: the squared
error (Gneiting & Raftery 2007, JASA 102, pp. 359-378).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.analysis.forecasts import NOTHING, OURS

if TYPE_CHECKING:
    from threatpoint.analysis.forecasts import Forecast

SMALL = 0.05
"""What a forecaster who expects nothing leaves to being wrong."""
COIN, NEVER, EQUAL = "a coin", "nothing ever happens (5 %)", "an equal chance for each"
QUIET = "nothing happens (95 %)"


@dataclass(frozen=True)
class Loss:
    """Of one forecast of something: means over the questions; 0 is best.

    Attributes:
        log: nats.
        brier: squared error; of a tree its sum over the leaves.
    """

    log: float
    brier: float


def tree_losses(leaves: Sequence[Forecast]) -> dict[str, Loss]:
    """Forecast -> its loss, of the leaves of a tree of which one came; ours first."""
    came = np.array([leaf.came is True for leaf in leaves], dtype=float)
    quiet = np.array([leaf.what == NOTHING for leaf in leaves], dtype=float)
    rest = (1.0 - quiet) * SMALL / max(len(leaves) - 1, 1)
    chances = {
        OURS: np.array([leaf.held for leaf in leaves]),
        EQUAL: np.full(len(leaves), 1.0 / len(leaves)),
        QUIET: (1.0 - SMALL) * quiet + rest,
    }
    return {
        name: Loss(-math.log(float(p @ came)), float(((p - came) ** 2).sum()))
        for name, p in chances.items()
    }


def losses(asked: Sequence[Forecast], naive: Mapping[str, float]) -> dict[str, Loss]:
    """Forecast -> its mean loss over questions; ours first.

    Args:
        asked: answered questions, at least one.
        naive: name -> the chance that it gives to each.
    """
    own = {OURS: [each.held for each in asked]}
    given = own | {name: [p] * len(asked) for name, p in naive.items()}
    return {name: _loss(p, asked) for name, p in given.items()}


def _loss(chances: Sequence[float], asked: Sequence[Forecast]) -> Loss:
    p = np.array(chances)
    came = np.array([each.came is True for each in asked])
    return Loss(float(-np.log(np.where(came, p, 1.0 - p)).mean()), float(((p - came) ** 2).mean()))


EDGES = (0.0, 0.05, 0.2, 0.5, 0.8, 0.95, 1.0)
"""Of the classes of chances, fixed before anything was scored."""


@dataclass(frozen=True)
class Class:
    """Questions that were given about the same chance.

    Attributes:
        count, came: how many, and how many came.
        chance: mean.
        low, high: 5 and 95 % of the share that came, were the chances right and the questions
            apart (Broecker & Smith 2007, Weather and Forecasting 22, pp. 651-661).
    """

    count: int
    came: int
    chance: float
    low: float
    high: float

    @property
    def share(self) -> float:
        """That came."""
        return self.came / self.count


def reliability(asked: Sequence[Forecast]) -> list[Class]:
    """Answered questions by class of chance; empty classes are left out."""
    at = np.searchsorted(EDGES[1:-1], [each.held for each in asked], side="right")
    groups = [[f for f, k in zip(asked, at, strict=True) if k == n] for n in range(len(EDGES) - 1)]
    return [_class(group) for group in groups if group]


def _class(group: Sequence[Forecast]) -> Class:
    p = [each.held for each in group]
    law = np.ones(1)
    for chance in p:
        law = np.convolve(law, [1.0 - chance, chance])
    below = np.cumsum(law)
    low, high = (int(np.searchsorted(below, share)) for share in (0.05, 0.95))
    n, came = len(group), sum(each.came is True for each in group)
    return Class(n, came, float(np.mean(p)), low / n, high / n)
