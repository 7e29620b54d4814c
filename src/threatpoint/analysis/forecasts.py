"""What the draws said before, against what came: shipped forecasts of all situations.

The record is in the shipped files alone; `validation.chain_scored` writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path

from threatpoint.files import read_csv

LEAF, HIT, GIVES_IN, THREAT, FREEZE = "leaf", "hit", "gives in", "threat", "freeze"
"""Kinds of forecasts; those beside `LEAF` are questions that are answered by yes or no."""
OURS = "this model"
NOTHING = "nothing of it"
"""Words of the leaf in which nothing comes."""


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
