"""The talks in all draws: a freeze by lever and by change of support, and what goes with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import TalksError
from threatpoint.spread import Spread, carried_by
from threatpoint.talks.attacker import MILLIONS, PREFIX, Attacker
from threatpoint.talks.freeze import Chance, freeze, freeze_over
from threatpoint.talks.terms import require
from threatpoint.talks.waiting import MONTHS_AHEAD, Waiting, worth_taking
from threatpoint.talks.watch import drift_at, loss_at, sanction_needed
from threatpoint.talks.wider import WiderWar
from threatpoint.views import Tabled

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.quantity import Ranged
    from threatpoint.talks.terms import Number

SUPPORTS = (-0.4, 0.0, 0.2)
"""Changes of support of the table."""
LEVELS = (0.25, 0.5)
"""Chances of a freeze of the watch-points."""
ENOUGH = 200
"""Effective draws behind a conditioned figure; with fewer it is marked."""


@dataclass(frozen=True, eq=False)
class Cell:
    """The chance of a freeze under a lever and a change of support.

    Attributes:
        lever: its name.
        support: change of support as a share of it.
        chance: over the draws.
        driver: the input that carries most of its spread; "" if none does.
    """

    lever: str
    support: float
    chance: Chance
    driver: str

    @property
    def prior(self) -> bool:
        """What support does to the front rests on a prior alone."""
        return self.support != 0.0

    @property
    def few(self) -> bool:
        """Fewer effective draws than a conditioned figure needs."""
        return self.chance.effective < ENOUGH


@dataclass(frozen=True, eq=False)
class TalksResult(Tabled, view="threatpoint.talks.views:TALKS"):
    """The talks in all draws; every figure is given the refusal on the date, but for the wider war.

    Attributes:
        attacker: in each draw.
        values: name of an input -> (K,) values, this room's.
        losses: lever -> (K,) what it costs the attacker, USD bn a month.
        supports: changes of support.
        expected: (K,) drift expected on the date, km2 a month.
        drifts: (P,) mean drifts of the next twelve months over that, equally likely; empty where
            nothing is known of them.
    """

    attacker: Attacker
    values: Mapping[str, Array]
    losses: Mapping[str, Array]
    supports: Sequence[float] = SUPPORTS
    expected: Array = field(default_factory=lambda: np.ones(0))
    drifts: Array = field(default_factory=lambda: np.ones(0))

    def over_a_year(self, drifts: Array) -> TalksResult:
        """The same with what the front may do in twelve months; `drifts` as the attribute."""
        return replace(self, drifts=drifts)

    def under(self, losses: Mapping[str, Number]) -> TalksResult:
        """The same under other levers: name -> what each costs the attacker, USD bn a month."""
        count = self.attacker.ratio.shape
        return replace(
            self, losses={name: _loss(name, loss, count) for name, loss in losses.items()}
        )

    def named(self, names: Mapping[str, str]) -> TalksResult:
        """The same with levers called otherwise; two of one name are told apart by their keys."""
        found: dict[str, Array] = {}
        for key, loss in self.losses.items():
            name = names.get(key, key)
            found[f"{name} ({key})" if name in found else name] = loss
        return replace(self, losses=found)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Lever by lever, each at every change of support."""
        return tuple(
            self._cell(lever, loss, support)
            for lever, loss in self.losses.items()
            for support in self.supports
        )

    def chance(self, lever: str, support: float = 0.0) -> Cell:
        """One cell of the table."""
        return next(c for c in self.cells if (c.lever, c.support) == (lever, support))

    def loss(self, lever: str) -> Ranged:
        """What a lever costs the attacker, USD bn a month."""
        return Spread(self.losses[lever], unit="USD bn/month").ranged()

    @cached_property
    def within_a_year(self) -> Mapping[str, Chance]:
        """Lever -> chance of a freeze when twelve months have gone, support as it is.

        Empty where nothing is known of the drifts.
        """
        levers = self.losses.items() if self.drifts.size else ()
        return {lever: freeze_over(self.attacker, loss, self.drifts) for lever, loss in levers}

    @cached_property
    def waiting(self) -> Waiting:
        """Which reason stands behind the refusal."""
        return Waiting.of(self.attacker, self.values)

    @cached_property
    def ground(self) -> Mapping[int, Chance]:
        """Months to a freeze -> chance that a km2 is worth its price."""
        return {n: worth_taking(self.attacker, self.values, n) for n in MONTHS_AHEAD}

    @cached_property
    def wider(self) -> WiderWar:
        """Base rates and the loss of a wider war."""
        return WiderWar.of(self.values)

    @cached_property
    def price(self) -> Ranged:
        """What a km2 costs the attacker, C / mu, USD m."""
        return self._spread(MILLIONS * self.attacker.cost / self.expected, "USD m")

    @cached_property
    def cost(self) -> Ranged:
        """C, USD bn a month."""
        return self._spread(self.attacker.cost, "USD bn/month")

    @cached_property
    def drift(self) -> Ranged:
        """Expected on the date, km2 a month."""
        return Spread(self.expected, unit="km2/month").ranged()

    @cached_property
    def per_billion(self) -> Ranged:
        """By how much a billion a month lifted raises the bar tau0, %."""
        return self._spread(100.0 / (self.attacker.cost + self.attacker.peace), "%")

    @cached_property
    def needed(self) -> Ranged:
        """s_R*, what a ceasefire must lift, USD bn a month."""
        return sanction_needed(self.attacker)

    @cached_property
    def watch_drift(self) -> Mapping[float, float]:
        """Chance of a freeze -> mean drift of twelve months at which it is reached, km2 a month."""
        return {level: drift_at(self.attacker, level, self.expected) for level in LEVELS}

    @cached_property
    def watch_loss(self) -> Mapping[float, float]:
        """Chance of a freeze -> loss a month at which it is reached, USD bn."""
        return {level: loss_at(self.attacker, level) for level in LEVELS}

    @property
    def draws(self) -> int:
        """How many there are."""
        return len(self.attacker.ratio)

    @property
    def effective(self) -> float:
        """Equally weighted draws that say as much as those weighted by the refusal."""
        return Spread(self.attacker.refuses, self.attacker.refuses).effective

    def _cell(self, lever: str, loss: Array, support: float) -> Cell:
        found = freeze(self.attacker, loss, support)
        return Cell(lever, support, found, self._driver(found, {"loss": loss}))

    def _driver(self, chance: Chance, more: Mapping[str, Array]) -> str:
        """The input that carries most of the spread of a chance."""
        drawn = {key.removeprefix(PREFIX): v for key, v in self.values.items()} | dict(more)
        moving = {key: v for key, v in drawn.items() if np.ndim(v) and np.ptp(v) > 0}
        parts = carried_by(moving, chance.each, chance.refuses)
        return next((key for key, part in parts.items() if part > 0), "")

    def _spread(self, values: Array, unit: str) -> Ranged:
        return Spread(values, self.attacker.refuses, unit).ranged()


def solve_talks(
    values: Mapping[str, Array],
    losses: Mapping[str, Number],
    supports: Sequence[float] = SUPPORTS,
    expected: Number | None = None,
) -> TalksResult:
    """The talks in all draws.

    Args:
        values: drawn values, (K,) each, of `freeze_inputs.inputs`; others are left alone.
        losses: lever -> what it costs the attacker, USD bn a month, (K,) or one number.
        supports: changes of support as shares of it, above -1.
        expected: drift expected on the date, km2 a month, above 0; the prior "drift" by default.

    Raises:
        TalksError: a number out of bounds, an input that is missing, arrays that do not fit.
    """
    own = {key: np.asarray(v, float) for key, v in values.items() if key.startswith(PREFIX)}
    try:
        attacker = Attacker.of(own)
        drift = own[f"{PREFIX}drift"] if expected is None else expected
    except KeyError as error:
        name = str(error.args[0]).removeprefix(PREFIX)
        raise TalksError(f"the input {PREFIX + name!r} is missing") from None
    count = attacker.ratio.shape
    return TalksResult(
        attacker,
        own,
        {lever: _loss(lever, loss, count) for lever, loss in losses.items()},
        tuple(float(require("change of support", x, "of support", above=-1.0)) for x in supports),
        _fitting("drift", require("drift", drift, "km2 per month", above=0.0), count),
    )


def _loss(lever: str, given: Number, count: tuple[int, ...]) -> Array:
    """(K,) USD bn a month; NaN where a draw has none."""
    name = f"loss under {lever!r}"
    try:
        known = np.nan_to_num(np.asarray(given, float), nan=0.0, posinf=np.inf, neginf=-np.inf)
    except (TypeError, ValueError):
        known = given
    require(name, known, "USD bn per month")
    return _fitting(name, given, count)


def _fitting(name: str, given: Number, count: tuple[int, ...]) -> Array:
    """A number, or one a draw, as (K,)."""
    found = np.asarray(given, float)
    if found.shape not in ((), count):
        raise TalksError(f"{name}: {found.size} values for {count[0]} draws")
    return np.broadcast_to(found, count)
