"""Three episodes: what the market answers over draws of its priors, and what was measured."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from threatpoint.oil.cleared import Cleared
from threatpoint.oil.clearing import clear
from threatpoint.policy import ListShips, SanctionProducers
from validation.check import published
from validation.crude_episodes import past
from validation.crude_market import CENTRAL, cleared, numbers, outlets, priors

HERE = pathlib.Path(__file__)
TABLE, TEXT = HERE.with_name("table.csv"), HERE.with_name("differences.md")
ROWS = published(__file__)
DRAWS, SEED = 1024, 14

SHIPS = 0.2
"""Part of Russian oil exports of 2024 that the listed ships carried: more than a fifth, 600 million
barrels (IStories, 22 January 2025)."""

PRODUCERS = 0.5
"""Part of Russian crude exports that Rosneft and Lukoil sell: nearly half (Bloomberg, as quoted by
ThePrint, 23 October 2025)."""

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Episode:
    """One episode.

    Attributes:
        title: what happened.
        month: of its beginning.
        day: of the shipped base that it is asked on, or whose priors it takes.
        solved: numbers of the market -> the market after.
        known: what the market is asked with -> month from which it could be known.
    """

    title: str
    month: str
    day: str
    solved: Callable[[Values], Cleared]
    known: Callable[[], Mapping[str, str]]

    @property
    def later(self) -> tuple[str, ...]:
        """Inputs that could not be known when it began."""
        return tuple(sorted(name for name, month in self.known().items() if month > self.month))


def _embargo(values: Values) -> Cleared:
    return clear(past.stopped(past.market(values)))


def _ships(values: Values) -> Cleared:
    """The own fleet loses what carried a fifth of exports; it carries what is not served."""
    share = SHIPS / (1.0 - outlets("2025-03").base.served)
    return cleared([ListShips("RUS", "crude", share=share)], values, day="2025-03")


def _producers(values: Values) -> Cleared:
    return cleared([SanctionProducers("RUS", "crude", share=PRODUCERS)], values, day="2025-03")


def _shipped(day: str) -> dict[str, str]:
    """Every number of the shipped base and of the priors."""
    of_base = {" ".join(key): month for key, month in outlets(day).base.known.items()}
    return of_base | dict(priors(day).known)


EPISODES = {
    "a": Episode(
        "January 2022 to March 2023: embargo and voluntary stops", "2022-01", "2023", _embargo,
        lambda: past.known() | dict(priors("2023").known),
    ),
    "b": Episode(
        "January 2025: 183 ships listed", "2025-01", "2025-03", _ships,
        lambda: _shipped("2025-03"),
    ),
    "c": Episode(
        "October to December 2025: two producers sanctioned", "2025-10", "2025-03", _producers,
        lambda: _shipped("2025-03"),
    ),
}  # fmt: skip


def _discount(found: Cleared) -> Any:
    """Rise of the discount free on board."""
    crude = found.crude
    return found.world_price - found.price - (crude.world_price - crude.price)


def _taken(found: Cleared, code: str) -> Any:
    """mb/d that a buyer takes."""
    codes = [one["buyer"] for one in past.read()["outlet"]]
    shipped = outlets("2025-03").codes
    here = codes if found.taken.volume.shape[1] == len(codes) else shipped
    return found.taken.volume[:, [k for k, each in enumerate(here) if each == code]].sum(axis=1)


def _landed(found: Cleared) -> Any:
    """Rise of India's landed discount."""
    return found.taken.discount[:, list(outlets("2025-03").codes).index("IND")]


MEASURES: Mapping[str, tuple[str, Callable[[Cleared], Any]]] = {
    "discount": ("rise of the discount, free on board", _discount),
    "freight": ("rise of freight to India", lambda found: found.taken.freight),
    "freight at once": ("rise of freight to India, at once", lambda found: found.taken.freight),
    "volume": (
        "change of exports",
        lambda found: 100.0 * (found.exports / found.crude.exports - 1.0),
    ),
    "India": ("India buys", lambda found: _taken(found, "IND")),
    "China": ("China buys", lambda found: _taken(found, "CHN")),
    "landed": ("rise of the landed discount in India", _landed),
    "price": ("change of the world price", lambda found: 100.0 * np.expm1(found.log_price)),
}
"""Measure -> words and how it is read, one a draw."""


@cache
def answers(key: str) -> tuple[Cleared, Cleared]:
    """(the central answer, those of the draws)."""
    episode = EPISODES[key]
    central = {k: np.array([v]) for k, v in numbers(episode.day, CENTRAL).items()}
    return episode.solved(central), episode.solved(priors(episode.day).draw(DRAWS, SEED))


@dataclass(frozen=True)
class Row:
    """One figure of an episode.

    Attributes:
        episode: its key.
        what, unit: the measure.
        low, high: as published.
        central: ours at central priors and the central pair.
        range: 5 and 95 % of ours.
        source: of what is published.
    """

    episode: str
    what: str
    unit: str
    low: float
    high: float
    central: float
    range: tuple[float, float]
    source: str

    @property
    def inside(self) -> bool:
        """Whether the middle of what is published lies in our range."""
        return self.range[0] <= (self.low + self.high) / 2.0 <= self.range[1]


def rows() -> list[Row]:
    """Every published figure beside ours, misses first."""
    found = [_row(row) for row in ROWS]
    return sorted(found, key=lambda row: row.inside)


def _row(row: Mapping[str, str]) -> Row:
    what, read = MEASURES[row["measure"]]
    central, drawn = (read(found) for found in answers(row["episode"]))
    low, high = np.quantile(drawn, (0.05, 0.95))
    return Row(
        row["episode"], what, row["unit"], float(row["low"]), float(row["high"]),
        float(central[0]), (float(low), float(high)), row["source"],
    )  # fmt: skip
