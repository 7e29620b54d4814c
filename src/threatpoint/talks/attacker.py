"""The attacker on the date, in every draw: what a month of war costs it and brings it.

A month of war costs C = c_R + deaths x value of a life, USD bn, and brings ground worth r C. r is
not observed: in each draw it is log-normal, with a median and a log-sd that are drawn themselves.
A freeze was refused on the date, so r is known to be above tau0 = 1 + s_R / C.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.laws import probability
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.array_types import Array

MONTHS, MILLIONS = 12.0, 1e3
"""Months in a year; USD m in a USD bn."""
PREFIX = "talks_"
"""Of the keys of this room's inputs."""


@dataclass(frozen=True, eq=False)
class Attacker(Shown):
    """R in each draw; all (K,).

    Attributes:
        ratio: median of r, the worth of a month's ground over the cost of the month.
        doubt: log-sd of r.
        cost: C, USD bn a month.
        peace: s_R, what a ceasefire lifts of the sanctions in force, USD bn a month.
        elasticity: eta, % by which the drift falls where support rises by 1 %.
        lifted: part of a lever's cost that a ceasefire lifts, 0 to 1.
    """

    ratio: Array
    doubt: Array
    cost: Array
    peace: Array
    elasticity: Array
    lifted: Array

    @classmethod
    def of(cls, values: Mapping[str, Array]) -> Attacker:
        """From the drawn values of the room's inputs, (K,) each."""
        get = {key.removeprefix(PREFIX): np.asarray(v, float) for key, v in values.items()}
        budget = get["attacker_expenditure"] * get["attacker_war_share"] / 100.0 / MONTHS
        return cls(
            get["ground_ratio"],
            get["ground_doubt"],
            budget + get["deaths"] * get["life_value"] / MILLIONS,
            get["sanctions_lifted"],
            get["aid_elasticity"],
            get["part_lifted"] / 100.0,
        )

    @cached_property
    def bar(self) -> Array:
        """(K,) tau0 = 1 + s_R / C: up to this r a freeze is accepted on the date."""
        return self.bar_with(0.0)

    @cached_property
    def refuses(self) -> Array:
        """(K,) 1 - F(tau0), the probability of the refusal: the weight of the draw."""
        return self.above(self.bar)

    def bar_with(self, gain: Array | float) -> Array:
        """(K,) tau = 1 + (s_R + ds) / C; ds, USD bn a month, is what peace brings besides."""
        return 1.0 + (self.peace + gain) / self.cost

    def above(self, level: Array | float) -> Array:
        """(K,) P(r > level), exact; 1 where the level is 0 or less."""
        level = np.broadcast_to(np.asarray(level, float), self.ratio.shape)
        with np.errstate(divide="ignore"):
            z = np.log(np.maximum(level, 0.0) / self.ratio) / self.doubt
        return probability(-z)
