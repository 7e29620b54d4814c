"""Derivatives of every real income to every flow and productivity, and what pairs are by them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from threatpoint.analysis.leverage import pairs
from threatpoint.errors import PolicyError
from threatpoint.policy.scope import OTHERS, WORLD, listed, member_codes
from threatpoint.world.places import code_of

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.equilibrium import Solution
    from threatpoint.policy.scope import Selector
    from threatpoint.world.economy import Economy


@dataclass(frozen=True, eq=False)
class Slopes:
    """Who can hurt whom by which flow, at first order.

    Indices: k whose real income it is, n importer, i exporter, j sector.

    Attributes:
        economy: the baseline, on its day.
        solution: the world as it is, which everything is a small step from.
        sectors: (S,) those whose flows are listed; power is over all trade.
        lost: (N k, N n, N i, S) money a year that k loses for a log of what is left of a flow: one
            percent less costs a hundredth of it. 0 at home.
        growth: (N k, N i, S) money a year that k gains for a log of the productivity of i in j.
        how: what else it was solved under.
    """

    economy: Economy
    solution: Solution
    sectors: Mask
    lost: Array
    growth: Array
    how: dict[str, Any]

    @property
    def horizon(self) -> str:
        """Of the elasticities."""
        return self.solution.calibration.elasticities.horizon

    @property
    def income(self) -> Array:
        """(N,) real income in the world as it is, money a year."""
        return self.solution.calibration.income

    @cached_property
    def friends(self) -> Array:
        """(N k, N i) see `pairs.friends`."""
        return pairs.friends(self.growth, self.income)

    @cached_property
    def dependence(self) -> Array:
        """(N k, N a) see `pairs.dependence`."""
        return pairs.dependence(self.lost, self.income)

    @cached_property
    def power(self) -> Array:
        """(N a, N b) see `pairs.power`."""
        return pairs.power(self.dependence)

    @cached_property
    def log_power(self) -> Array:
        """(N a, N b) see `pairs.log_power`."""
        return pairs.log_power(self.dependence)

    def codes(self, words: Selector, what: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Countries and groups by their codes as asked, and the countries behind them.

        Raises:
            PolicyError: words of no country or group of the table, or for everybody; a country that
                is named twice, alone and in a group.
        """
        asked = listed(words, what)
        every = [word for word in asked if word.casefold() in (WORLD.casefold(), OTHERS)]
        if every:
            problem = f"{every[0]} is everybody, and no one side of a flow"
            raise PolicyError(f"{what}: {problem}; leave it out, or name countries or groups")
        codes = member_codes(self.economy, asked, what)
        each = [code for word in asked for code in member_codes(self.economy, (word,), what)]
        twice = [code for code in codes if each.count(code) > 1]
        if twice:
            raise PolicyError(f"{what}: {', '.join(twice)} is named twice, alone and in a group")
        return tuple(code_of(word, self.economy) or word for word in asked), codes
