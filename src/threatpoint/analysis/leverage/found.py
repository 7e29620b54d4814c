"""The map of leverage: every derivative of every real income to every flow, and what is made of it.

At first order: the derivatives hold for a small cut from the world as it is. `exact` solves the
largest anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.analysis.leverage import pairs
from threatpoint.equilibrium.adjoint.outcome import Outcome
from threatpoint.equilibrium.adjoint.sensitivities import sensitivities
from threatpoint.errors import PolicyError, require_type
from threatpoint.oil.solve import solve
from threatpoint.policy.scope import listed, member_codes, sector_mask
from threatpoint.world.economy import Economy
from threatpoint.world.labelled import dataset
from threatpoint.world.places import code_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import xarray as xr

    from threatpoint.array_types import Array, Mask
    from threatpoint.equilibrium import Solution
    from threatpoint.policy.scope import Selector
    from threatpoint.tables import Table

SMALL = 0.01
"""Share of a flow that is cut where nobody says."""


@dataclass(frozen=True, eq=False)
class Leverage:
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

    Example, after that of `leverage`:
        >>> found.flows("USA", "CHN").rows[0]["sector"]
        'ELEC'
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
            PolicyError: words of no country or group of the table.
        """
        asked = listed(words, what)
        codes = member_codes(self.economy, asked, what)
        return tuple(code_of(word, self.economy) or word for word in asked), codes

    def flows(
        self,
        of: Selector | None = None,
        over: Selector | None = None,
        cut: float = SMALL,
        top: int | None = None,
    ) -> Table:
        """Each flow that somebody can cut, whom that hurts, and what it costs; most harm first.

        Args:
            of: who cuts: flows of which it is the importer or the exporter; of several the sum
                counts. None: each economy that is no group of many states.
            over: who is hurt; of several the sum counts. None: the other side of the flow.
            cut: share of the flow, 0 to 1.
            top: so many rows; None: all.

        Raises:
            PolicyError: unknown words, somebody on both sides, no trade, a share outside 0 to 1.
        """
        from threatpoint.analysis.leverage.flows import rows
        from threatpoint.analysis.leverage.tables import flows

        return flows(self, rows(self, of, over, cut, top), cut)

    def exact(self, levers: Sequence[Any], cut: float = SMALL) -> Table:
        """Flows solved anew: cut by that share, and altogether, with the first order beside.

        Args:
            levers: rows of `flows`.
            cut: the share of `flows`.
        """
        from threatpoint.analysis.leverage.exact import rows
        from threatpoint.analysis.leverage.tables import exact

        return exact(self, rows(self, levers, cut), cut)

    def pairs(self, of: Selector | None = None, over: Selector | None = None) -> Table:
        """The power of each over each other, the most dependent first.

        Args:
            of: who has power, a group as one; None: every economy that is no group of states.
            over: over whom; likewise.

        Raises:
            PolicyError: unknown words.
        """
        from threatpoint.analysis.leverage.pair_rows import rows
        from threatpoint.analysis.leverage.tables import power

        return power(self, rows(self, of, over))

    def friendships(self, of: Selector | None = None, over: Selector | None = None) -> Table:
        """Whose growth helps whom, the best friend first and the worst enemy last; see `pairs`."""
        from threatpoint.analysis.leverage.pair_rows import rows
        from threatpoint.analysis.leverage.tables import friends

        return friends(self, sorted(rows(self, of, over), key=lambda row: -row["friend"]))

    def to_csv(self, path: str | Path) -> list[Path]:
        """Write every flow and every pair as one long CSV, or as .json; returns the files.

        Raises:
            ThreatpointError: another ending; a place that cannot be written.
        """
        from threatpoint.analysis.leverage.export import write

        return write(self, path)

    def to_xarray(self) -> xr.Dataset:
        """The matrices with labels, as an `xarray.Dataset`; `.to_pandas()` makes frames of them."""
        rows = ("country", "exporter")
        table = {
            "friends": (rows, self.friends, {"unit": "% for 1 % of productivity of the exporter"}),
            "dependence": (rows, self.dependence, {"unit": "% for 1 % of all trade with it"}),
            "power": (rows, self.power, {"unit": "ratio, of the country over the other"}),
        }
        codes, attrs = self.economy, {"horizon": self.horizon, "order": "first"}
        return dataset(table, codes.countries, codes.sectors, attrs)


def leverage(
    economy: Economy,
    *,
    horizon: str = "long",
    deficits: str = "fixed",
    sectors: Selector = "goods",
    elasticities: Any = None,
) -> Leverage:
    """The derivative of every real income to every flow of trade, in the world as it is.

    One adjoint solve an economy (`sensitivities`); see there for the equations. A flow cut by one
    percent is one of which a policy leaves .99 at unchanged prices. Crude is a good like any other
    here; `Leverage.exact` has it in barrels.

    Args:
        economy: the baseline; `on_day` gives that of a day.
        horizon: of the elasticities.
        deficits: closure.
        sectors: whose flows are listed: codes, "goods", "services" or "all". Power is over all
            trade whatever they are.
        elasticities: a set in place of the horizon's.

    Raises:
        PolicyError: no economy, unknown sectors.
        WorldError: unknown horizon.
        EquilibriumError: the baseline cannot be solved.

    Example:
        >>> found = tp.leverage(tp.load_world(), horizon="short")
        >>> usa, india = (found.economy.country(code) for code in ("USA", "IND"))
        >>> bool(found.power[usa, india] > 1), bool(found.friends[usa, usa] > 1)
        (True, True)
    """
    require_type("economy", economy, Economy, PolicyError)
    chosen = sector_mask(economy, listed(sectors, "sectors"), "sectors")
    how: dict[str, Any] = {"horizon": horizon, "deficits": deficits, "elasticities": elasticities}
    solution = solve(economy, **how)
    lost, growth = _derivatives(solution)
    return Leverage(economy, solution, chosen, lost, growth, how)


def _derivatives(solution: Solution) -> tuple[Array, Array]:
    """`Leverage.lost` and `growth`; each country's derivatives are dropped once they are in."""
    codes = solution.calibration.countries
    wanted = sensitivities(solution, [Outcome("real_income", code) for code in codes])
    lost, growth = np.empty((len(codes), *solution.trade.shape)), []
    for k in range(len(codes)):
        one = wanted.pop(0)
        lost[k] = one.cut
        growth.append(one.productivity)
    home = np.arange(len(codes))
    lost[:, home, home] = 0.0
    return lost, np.stack(growth)
