"""What the draws said before, against what came: shipped forecasts of all situations, and losses.

A loss is 0 at best. Log loss: minus the log of the chance given to what came. Brier: the squared
error. CRPS: of a number, in its unit (Gneiting & Raftery 2007, JASA 102, pp. 359-378). The record
is in the shipped files alone; `validation.chain_scored` writes them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path

import numpy as np

from threatpoint.files import read_csv

LEAF, HIT, GIVES_IN, THREAT, FREEZE = "leaf", "hit", "gives in", "threat", "freeze"
"""Kinds of forecasts; those beside `LEAF` are questions that are answered by yes or no."""
OURS = "this model"
SMALL = 0.05
"""What a forecaster who expects nothing leaves to being wrong."""
COIN, NEVER, EQUAL = "a coin", "nothing ever happens (5 %)", "an equal chance for each"
QUIET = "nothing happens (95 %)"


@dataclass(frozen=True)
class Forecast:
    """One leaf of a tree, or one question, within a year of a situation's date.

    Attributes:
        situation: whose.
        kind: one of the kinds above.
        what: in words.
        chance: 0 to 1, over all draws.
        low, high: over the variants of the model; `chance` where there are none.
        quick: the chance where trade is not drawn.
        draws: effective ones: no chance is known better than half a draw.
        came: whether it came; None where the record does not say.
        date, source: of the record.
        words: what came.
        version: of the software that was asked.
    """

    situation: str
    kind: str
    what: str
    chance: float
    low: float
    high: float
    quick: float
    draws: float
    came: bool | None
    date: str
    source: str
    words: str
    version: str

    @property
    def asked(self) -> bool:
        """A question that the record answers."""
        return self.kind != LEAF and self.came is not None

    @property
    def held(self) -> float:
        """The chance, no nearer to 0 or 1 than half a draw."""
        least = 0.5 / self.draws
        return min(max(self.chance, least), 1.0 - least)


@dataclass(frozen=True)
class Number:
    """One number against what came, by one forecast.

    Attributes:
        situation: whose.
        what: in words.
        said, came: in words, with the unit.
        unit: of the score.
        forecast: `OURS`, or a naive one.
        crps: in the unit.
        version: of the software that was asked.
    """

    situation: str
    what: str
    said: str
    came: str
    unit: str
    forecast: str
    crps: float
    version: str


FORECASTS, NUMBERS = "forecasts.csv", "numbers.csv"
COLUMNS = {
    FORECASTS: tuple(field.name for field in fields(Forecast)),
    NUMBERS: tuple(field.name for field in fields(Number)),
}
"""Shipped file -> its columns."""


def place(name: str) -> Path:
    """A shipped file of the scores of all situations."""
    return Path(str(files("threatpoint.situation").joinpath("library", name)))


def forecasts() -> tuple[Forecast, ...]:
    """Every shipped forecast, in the order of the file."""
    rows = read_csv(place(FORECASTS)) if place(FORECASTS).is_file() else []
    return tuple(forecast(row) for row in rows)


def forecast(row: Mapping[str, str]) -> Forecast:
    """Of a row of the file."""
    numbers = {key: float(row[key]) for key in ("chance", "low", "high", "quick", "draws")}
    came = {"yes": True, "no": False}.get(row["came"])
    return Forecast(**{**row, **numbers, "came": came})  # type: ignore[arg-type]


def numbers(situation: str) -> tuple[Number, ...]:
    """The shipped scores of numbers of a situation."""
    rows = read_csv(place(NUMBERS)) if place(NUMBERS).is_file() else []
    found = (Number(**{**row, "crps": float(row["crps"])}) for row in rows)  # type: ignore[arg-type]
    return tuple(number for number in found if number.situation == situation)


# -- losses ----------------------------------------------------------------------------------


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


NOTHING = "nothing of it"
"""Words of the leaf in which nothing comes."""


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


# -- reliability -----------------------------------------------------------------------------

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
