"""What would change the answer: thresholds found by root-finding, with the date's value beside."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.analysis.chain.game import DrawnGame
from threatpoint.spread import Spread
from threatpoint.talks.watch import drift_at, loss_at

if TYPE_CHECKING:
    from threatpoint.analysis.chain.chain import Chain

LEVELS = (0.25, 0.5)
"""Chances at which a watch-point stands."""
HALF = 0.5
HALVINGS = 40
MOST_WORTH = 1e4
"""USD bn a year: no word is worth more."""
DRIFT, LOSS, WORD, BELIEF = "drift", "loss", "word", "belief"


@dataclass(frozen=True)
class Watch:
    """A threshold.

    Attributes:
        kind: `DRIFT`, mean of twelve months, km2 a month; `LOSS`, what levers cost the attacker a
            month, USD bn; `WORD`, what sparing must cost the sender, USD bn a year; `BELIEF`, from
            which a target gives in, %.
        level: chance that is reached there: of a freeze, of giving in.
        at: where; NaN where nothing brings it there.
        today: the same on the date.
        threat, target: whose.
        low, high: of `at` over the draws, where it is a number of a draw.
    """

    kind: str
    level: float
    at: float
    today: float
    unit: str
    threat: str = ""
    target: str = ""
    low: float = math.nan
    high: float = math.nan


def watches(chain: Chain) -> tuple[Watch, ...]:
    """All thresholds of a chain: of the talks, then of the game."""
    return (*_talks(chain), *_game(chain))


def _talks(chain: Chain) -> Iterator[Watch]:
    attacker, front = chain.rooms.attacker, chain.rooms.front
    if attacker is None:
        return
    if front is not None:
        expected = chain.rooms.expected
        for level in LEVELS:
            found = drift_at(attacker, level, expected)
            yield Watch(DRIFT, level, found, Spread(expected).median, "km2/month")
    for level in LEVELS:
        yield Watch(LOSS, level, loss_at(attacker, level), _most_loss(chain), "USD bn/month")


def _most_loss(chain: Chain) -> float:
    """What the lever that costs the attacker most takes a month, median; NaN without one."""
    losses = [chain.loss(key) for key in chain.worlds.acts]
    return max((Spread(loss).median for loss in losses), default=math.nan)


def _game(chain: Chain) -> Iterator[Watch]:
    game = chain.game
    if game is None:
        return
    for name in game.open:
        threat = game.threats[name]
        for party, needed in threat.needed.items():
            if np.isnan(needed).all():  # nobody says what giving in costs
                continue
            yield _belief(chain, game, name, party)
            if not game.clocks:
                yield Watch(WORD, HALF, _worth(game, name, party), 0.0, "USD bn/year", name, party)


def beliefs(chain: Chain, threat: str) -> tuple[Watch, ...]:
    """From which belief each target gives in to a threat; empty where that was carried out, and
    without the targets whose cost of giving in nobody states.
    """
    game = chain.game
    if game is None or threat not in game.open:
        return ()
    needed = game.threats[threat].needed
    known = [party for party, values in needed.items() if not np.isnan(values).all()]
    return tuple(_belief(chain, game, threat, party) for party in known)


def _belief(chain: Chain, game: DrawnGame, name: str, party: str) -> Watch:
    spread = Spread(100.0 * game.threats[name].needed[party], chain.weight)
    believed = 100.0 * Spread(game.belief(name, party), game.weight).mean
    ends = {"low": spread.low, "high": spread.high}
    return Watch(BELIEF, HALF, spread.median, believed, "%", name, party, **ends)


def _worth(game: DrawnGame, name: str, party: str) -> float:
    """What sparing must cost the sender for a target to give in in half of the draws."""
    threat = game.threats[name]

    def enough(worth: float) -> bool:
        moved = replace(threat, gain={**threat.gain, party: threat.gain[party] + worth})
        alone = DrawnGame({name: moved}, game.values)
        return bool(np.mean(alone.belief(name, party) >= threat.needed[party]) >= HALF)

    return first_at(enough, 0.0, MOST_WORTH)


def first_at(holds: Callable[[float], bool], low: float, high: float) -> float:
    """The least number from which on something holds; NaN where it does not up to `high`."""
    if holds(low):
        return low
    if not holds(high):
        return math.nan
    for _ in range(HALVINGS):
        middle = low + (high - low) / 2.0
        low, high = (low, middle) if holds(middle) else (middle, high)
    return float(np.round(high, 12))
