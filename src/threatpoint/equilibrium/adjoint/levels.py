"""Shares and money of one solved state, as the transposed pass needs them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.tangent import Use

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask, Positions
    from threatpoint.equilibrium.state import State
    from threatpoint.equilibrium.system import System


class Levels:
    """One state at which every market clears, in double precision.

    Attributes:
        system: with its bound flows apart. opened: the same with them among the others.
        unit: [j, n, i] money of a flow for each unit of its weight.
        bought: [j, n, i] share of a buyer's spending, home sales included.
        trade: [j, n, i] what producers get, money; home: that of home sales, [j, n].
        abroad, arriving: exports [j, i] and imports [j, n] of it.
        use: who buys what.
        made: [j, n] value added's share of unit costs.
        live: [j, n] markets that exist.
    """

    def __init__(self, system: System, opened: System, state: State) -> None:
        self.system, self.opened, self.state = system, opened, state
        self.theta, self.live = system.theta, system.expenditure > 0
        strength = np.exp(-system.theta * state.log_cost)
        self.strength, self.per_unit = strength, state.expenditure / state.competitiveness
        self.bought = whole(opened.A_off, opened.A_own)
        self.bought *= strength[:, None, :]
        self.bought /= state.competitiveness[:, :, None]
        self.trade = whole(opened.B_off, opened.B_own)
        self.trade *= strength[:, None, :]
        self.trade *= self.per_unit[:, :, None]
        self.home = np.einsum("jnn->jn", self.trade)
        self.spent = self.trade.sum(axis=2)
        self.abroad = self.trade.sum(axis=1) - self.home
        self.arriving = self.spent - self.home
        self.output = np.where(state.output > 0, state.output, 1.0)
        self.use = Use(system, state, np.float64)
        self.made: Array = self.use.made[:, :, 0]

    @cached_property
    def unit(self) -> Array:
        """[j, n, i] money of a flow for each unit of its weight."""
        return self.per_unit[:, :, None] * self.strength[:, None, :]

    @cached_property
    def charged(self) -> Positions:
        """(Q,) sectors in which the exporter's side takes something."""
        return self.system.charged.argmax(axis=0)

    @cached_property
    def charges(self) -> tuple[Array, Array]:
        """[q, n, i] what the exporter's side takes, and what of it is used up, money."""
        unit = self.per_unit[self.charged][:, :, None] * self.strength[self.charged][:, None, :]
        return self.opened.C_off * unit, self.opened.W_off * unit

    @cached_property
    def binding(self) -> Mask:
        """(K,) bounds that are in force; the gap of the others is -u (`cells.gaps`)."""
        return self.state.bound + self.state.bound_gap > 0

    @cached_property
    def picked(self) -> Positions:
        """(K,) sectors with a specific factor somewhere, or with prices given."""
        return self.system.place.argmax(axis=0)

    @cached_property
    def income(self) -> Array:
        """[n] factor income, money."""
        state = self.state
        return state.income - state.revenue - state.charges - state.deficit

    @cached_property
    def account(self) -> tuple[Array, Array]:
        """[n] 1 over foreign receipts, and over payments; 0 of a country without trade."""
        state = self.state
        earned = self.abroad.sum(axis=0) + state.charges + np.maximum(state.deficit, 0.0)
        paid = self.arriving.sum(axis=0) + self.charges[0].sum(axis=(0, 2))
        paid = paid + np.maximum(-state.deficit, 0.0)
        one, two = (np.divide(1.0, x, out=np.zeros_like(x), where=x > 0) for x in (earned, paid))
        return one, two


def whole(off: Array, own: Array) -> Array:
    """[j, n, i] with home sales on the diagonal; a copy."""
    found = off.copy()
    home = np.arange(len(own[0]))
    found[:, home, home] = own
    return found
