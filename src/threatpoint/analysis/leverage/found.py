"""The map of leverage: every derivative of every real income to every flow, and what is made of it.

At first order: the derivatives hold for a small cut from the world as it is. `exact` solves the
largest anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.analysis.leverage import exact, export, flows, pair_rows, tables
from threatpoint.analysis.leverage.slopes import Slopes
from threatpoint.equilibrium.adjoint.outcome import Outcome
from threatpoint.equilibrium.adjoint.sensitivities import sensitivities
from threatpoint.errors import PolicyError, require_type
from threatpoint.oil.solve import solve
from threatpoint.policy.scope import listed, sector_mask
from threatpoint.views import Tabled
from threatpoint.world.economy import Economy
from threatpoint.world.labelled import dataset

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import xarray as xr

    from threatpoint.array_types import Array
    from threatpoint.equilibrium import Solution
    from threatpoint.policy.scope import Selector
    from threatpoint.tables import Table
    from threatpoint.words import Closure, Horizon

SMALL = 0.01
"""Share of a flow that is cut where nobody says."""


class Leverage(Slopes, Tabled, view="threatpoint.analysis.views:LEVERAGE"):
    """Who can hurt whom by which flow, at first order; see `Slopes` for its arrays.

    Example, after that of `leverage`:
        >>> found.flows("USA", "CHN").rows[0]["sector"]
        'ELEC'
    """

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
            PolicyError: unknown words, somebody on both sides, no trade, a share outside 0 to 1, a
                number of rows below 1.
        """
        return tables.flows(self, flows.rows(self, of, over, cut, top), cut)

    def exact(self, levers: Sequence[Any], cut: float = SMALL) -> Table:
        """Flows solved anew: cut by that share, and altogether, with the first order beside.

        Args:
            levers: rows of `flows`.
            cut: the share of `flows`.
        """
        return tables.exact(self, exact.rows(self, levers, cut), cut)

    def pairs(self, of: Selector | None = None, over: Selector | None = None) -> Table:
        """The power of each over each other, the most dependent first.

        Args:
            of: who has power, a group as one; None: every economy that is no group of states.
            over: over whom; likewise.

        Raises:
            PolicyError: unknown words.
        """
        return tables.power(self, pair_rows.rows(self, of, over))

    def friendships(self, of: Selector | None = None, over: Selector | None = None) -> Table:
        """Whose growth helps whom, the best friend first and the worst enemy last; see `pairs`."""
        rows = sorted(pair_rows.rows(self, of, over), key=lambda row: -row["friend"])
        return tables.friends(self, rows)

    def to_csv(self, path: str | Path) -> list[Path]:
        """Write every flow, and every pair beside it as NAME-power.csv, or all in one .json.

        Definitions and what carries the numbers stand in NAME.meta.json. Returns the files.

        Raises:
            ThreatpointError: another ending; a place that cannot be written.
        """
        return export.write(self, path, (self.flows(), self.pairs()))

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
    horizon: Horizon = "long",
    deficits: Closure = "fixed",
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
