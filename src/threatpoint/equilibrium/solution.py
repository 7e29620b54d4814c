"""The equilibrium that was found: levels, hats, welfare and status, with labels on request."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium.calibration import freeze
from threatpoint.equilibrium.welfare import Welfare, welfare
from threatpoint.errors import require_extra
from threatpoint.world.economy import Economy

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.equilibrium.status import Status
    from threatpoint.equilibrium.system import State
    from threatpoint.policy.wedges import Wedges

    Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Solution:
    """One equilibrium. World value added is the numeraire: it keeps its baseline value.

    Attributes:
        calibration, wedges, closure, economy: what was solved; `economy` is None when the
            baseline was given in shares.
        status: outcome and the residual of every market.
        wages: (N,) hat of the mobile factor's wage.
        prices: (N, S) hat of P[n, j], tariffs included; 1 where there is no market.
        unit_costs: (N, S) hat of c[i, j]; 1 where there is no output.
        expenditure: (N, S) money at user prices, X'.
        output: (N, S) money, Y'.
        value_added: (N, S) money.
        income: (N,) money, final expenditure I'.
        tariff_revenue, deficit: (N,) money.
    """

    calibration: Calibration
    wedges: Wedges
    closure: str
    economy: Economy | None
    status: Status
    wages: Array
    prices: Array
    unit_costs: Array
    expenditure: Array
    output: Array
    value_added: Array
    income: Array
    tariff_revenue: Array
    deficit: Array
    _state: State = field(repr=False)
    _weights: Array = field(repr=False)

    def __post_init__(self) -> None:
        freeze(self)

    @classmethod
    def from_state(
        cls,
        calibration: Calibration,
        wedges: Wedges,
        weights: Array,
        state: State,
        status: Status,
        closure: str,
        economy: Economy | None,
    ) -> Solution:
        """Assemble levels from the solver's state."""
        c = calibration
        has_market = (c.expenditure > 0) & (weights > 0).any(axis=1)
        return cls(
            calibration,
            wedges,
            closure,
            economy,
            status,
            wages=np.exp(state.log_wage),
            prices=np.where(has_market, np.exp(state.log_price.T), 1.0),
            unit_costs=np.where(c.output > 0, np.exp(state.log_cost.T), 1.0),
            expenditure=state.expenditure.T.copy(),
            output=state.output.T.copy(),
            value_added=c.gamma * state.output.T,
            income=state.income,
            tariff_revenue=state.revenue,
            deficit=state.deficit,
            _state=state,
            _weights=weights,
        )

    @cached_property
    def trade(self) -> Array:
        """(N n, N i, S j) trade at basic prices (before tariff), money; formed when first asked."""
        s = self._state
        strength = np.exp(-self.calibration.elasticities.theta * s.log_cost.T)
        per_unit = (s.expenditure / s.competitiveness).T
        trade = self._weights * strength * per_unit[:, None, :] / (1.0 + self.wedges.tariff)
        trade.setflags(write=False)
        return trade

    @property
    def final(self) -> Array:
        """(N, S) final use at user prices, alpha I'."""
        return self.calibration.alpha * self.income[:, None]

    @property
    def inputs(self) -> Array:
        """(N, S k, S j) input use at user prices, gamma_in Y'."""
        return self.calibration.gamma_in * self.output[:, None, :]

    @property
    def price_index(self) -> Array:
        """(N,) hat of the ideal final-use price index, prod_j P^alpha."""
        return np.exp((self.calibration.alpha * np.log(self.prices)).sum(axis=1))

    @cached_property
    def welfare(self) -> Welfare:
        """Exact real-income change and its first-order decomposition."""
        return welfare(self)

    @cached_property
    def baseline_trade(self) -> Array:
        """(N, N, S) trade at baseline, at basic prices."""
        c = self.calibration
        if self.economy is not None:
            return self.economy.trade
        return c.pi * c.expenditure[:, None, :] / (1.0 + c.tariff)

    def stacked(self, expenditure: Array) -> Array:
        """The solver's state at this solution, as a start for another counterfactual."""
        s = self._state
        live = (expenditure > 0) & (s.expenditure > 0)
        spend = np.zeros_like(expenditure)
        np.log(s.expenditure / np.where(live, expenditure, 1.0), out=spend, where=live)
        return np.concatenate([s.log_wage, s.log_price.ravel(), spend.ravel()])

    def to_xarray(self) -> xr.Dataset:
        """Every result as an `xarray.Dataset`, with units and the status in the attributes."""
        require_extra("xarray", "to_xarray", "xarray")
        import xarray as xr

        c = self.calibration
        unit = self.economy.unit if self.economy else "money"
        w = self.welfare
        by_country = ("country",)
        by_market = ("country", "sector")
        table: dict[str, tuple[tuple[str, ...], Array, str]] = {
            "wages": (by_country, self.wages, "ratio to baseline"),
            "price_index": (by_country, self.price_index, "ratio to baseline"),
            "income": (by_country, self.income, unit),
            "tariff_revenue": (by_country, self.tariff_revenue, unit),
            "deficit": (by_country, self.deficit, unit),
            "real_income": (by_country, w.percent, "% change"),
            "real_income_money": (by_country, w.usd, unit),
            "real_wage": (by_country, w.real_wage, "% change"),
            "terms_of_trade": (by_country, w.terms_of_trade, "%, first order"),
            "volume_of_trade": (by_country, w.volume_of_trade, "%, first order"),
            "prices": (by_market, self.prices, "ratio to baseline"),
            "unit_costs": (by_market, self.unit_costs, "ratio to baseline"),
            "output": (by_market, self.output, unit),
            "expenditure": (by_market, self.expenditure, unit),
            "final": (by_market, self.final, unit),
            "value_added": (by_market, self.value_added, unit),
            "trade": (("importer", "exporter", "sector"), self.trade, unit),
        }
        data = {
            name: xr.DataArray(values, dims=dims, attrs={"unit": unit_})
            for name, (dims, values, unit_) in table.items()
        }
        names = list(c.countries)
        coords = {
            "country": names,
            "importer": names,
            "exporter": names,
            "sector": list(c.sectors),
        }
        attrs: dict[str, Any] = {
            "status": str(self.status),
            "deficits": self.closure,
            "horizon": c.elasticities.horizon,
        }
        return xr.Dataset(data, coords=coords, attrs=attrs)


def rebased(solution: Solution, **labels: Any) -> Economy:
    """The equilibrium as a new, balanced baseline with the tariffs of the policy."""
    c = solution.calibration
    return Economy.from_arrays(
        c.countries,
        c.sectors,
        solution.trade,
        solution.inputs,
        solution.value_added,
        solution.final,
        tariff=solution.wedges.tariff,
        elasticities={c.elasticities.horizon: c.elasticities},
        **labels,
    )
