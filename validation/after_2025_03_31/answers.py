"""What the model says of each threat on the day it was made: money alone, nothing else counted.

Each threat is asked against the world of its own day, the tariffs then in force standing behind it;
nothing that was known only later enters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from threatpoint.equilibrium.baselines import standing_world
from threatpoint.policy.standing import on_day
from threatpoint.situation import Situation, load_situation
from threatpoint.strategy import Store, solve_threat
from threatpoint.strategy.results import target_rows
from threatpoint.world import load_world
from threatpoint.world.economy import Economy

SITUATION = "ukraine-2025-03-31"
CUT, MARCH, JULY, ORDER = "oil-cutoff", "oil-tariff", "oil-tariff-july", "india-order"
BUYERS, CUT_INSTEAD, NEXT_DAY = "any buyer", "cut-off instead", "the day after"

Rows = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Question:
    """A threat of the situation, asked on a day.

    Attributes:
        threat: its name in the situation.
        day: whose tariffs in force stand behind it; None: the day on which it was made.
        title: of its table.
        happened: what came of it, in words.
        events: ids in events.csv.
    """

    threat: str
    day: date | None
    title: str
    happened: str
    events: tuple[str, ...]


ASKED = {
    MARCH: Question(
        MARCH,
        None,
        "25 points on buyers of Russian oil (lower end of 25 to 50)",
        "not carried out; nobody was hit before August",
        ("threat",),
    ),
    CUT: Question(
        CUT,
        None,
        "a cut-off of buyers of Russian oil, as the dispatch has the threat",
        "not carried out; nobody was cut off",
        ("threat",),
    ),
    JULY: Question(
        JULY,
        None,
        "100 points on buyers of Russian oil within 50 days",
        "not carried out; on 6 August 25 points were put on India alone",
        ("july-threat", "order-india"),
    ),
    ORDER: Question(
        ORDER,
        None,
        "25 points on India",
        "ordered that day, in force from 27 August 2025 to February 2026; India went on buying",
        ("order-india", "september-crude", "november-crude", "revoked"),
    ),
    BUYERS: Question(
        MARCH,
        date(2025, 8, 6),
        "the same 25 points on any buyer",
        "on India alone; the order left it open whether others would follow",
        ("order-india",),
    ),
    CUT_INSTEAD: Question(
        CUT,
        date(2025, 8, 6),
        "a cut-off in place of the tariff",
        "the order was of a tariff",
        ("order-india",),
    ),
    NEXT_DAY: Question(
        ORDER,
        date(2025, 8, 7),
        "25 points on India, once the reciprocal tariff ordered on 31 July is in force",
        "as on 6 August",
        ("order-india",),
    ),
}
"""What is asked, in the order in which it is printed."""


@dataclass(frozen=True)
class Answers:
    """The model's numbers at one horizon.

    Attributes:
        horizon: the set of elasticities.
        rows: question -> target -> row of the game.
        exports: month of the record -> change of India's goods exports to the United States from
            the tariffs in force in May 2025 to those in force then, %.
    """

    horizon: str
    rows: Mapping[str, Rows]
    exports: Mapping[str, float]

    def gains(self, question: str) -> dict[str, float]:
        """Target -> what carrying out a threat brings the sender against sparing, USD bn a year."""
        return {t: row["credibility_usd_bn"] for t, row in self.rows[question].items()}


@cache
def situation() -> Situation:
    """The built-in situation."""
    return load_situation(SITUATION)


def day_of(question: str) -> date:
    """The day on which a question is asked."""
    asked = ASKED[question]
    return asked.day or situation().made[asked.threat].date


def ask(horizon: str) -> Answers:
    """The model at one horizon; raises `EquilibriumError` where the day has no world."""
    rows = {name: _rows(name, horizon) for name in ASKED}
    may = _exports(date(2025, 5, 31), horizon)
    months = {"september": date(2025, 9, 30), "november": date(2025, 11, 30)}
    exports = {name: 100 * (_exports(day, horizon) / may - 1) for name, day in months.items()}
    return Answers(horizon, rows, exports)


def _rows(question: str, horizon: str) -> dict[str, dict[str, float]]:
    """Target -> row of a question."""
    name, read = ASKED[question].threat, situation()
    rule = read.threats[name] if name in read.threats else read.later[name].rule
    world = _world(day_of(question))
    game = solve_threat(world, rule, horizon=horizon, store=_STORE)
    return {row["target"]: row for row in target_rows(game, thresholds=False)}


_STORE = Store()


@cache
def _world(day: date) -> Economy:
    """The world of a day."""
    return on_day(load_world(), day)


def _exports(day: date, horizon: str) -> float:
    """India's goods exports to the United States under the tariffs in force on a day."""
    world = _world(day)
    usa, ind = world.country("USA"), world.country("IND")
    goods = [world.sector(code) for code in world.goods]
    found = standing_world(world, world.elasticities[horizon])
    return float(np.asarray(found.trade)[usa, ind, goods].sum())
