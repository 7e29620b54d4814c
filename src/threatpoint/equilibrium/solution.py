"""The equilibrium that was found: levels, hats, welfare and status, with labels on request."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from threatpoint.equilibrium import equations, measures
from threatpoint.equilibrium.calibration import freeze
from threatpoint.equilibrium.changes import trade_changes
from threatpoint.equilibrium.system import opened
from threatpoint.equilibrium.welfare import (
    Welfare,
    income_part,
    real_income,
    terms_of_trade,
    volume_of_trade,
)
from threatpoint.errors import WorldError
from threatpoint.views import Tabled
from threatpoint.views.frames import Frame, frame
from threatpoint.world.economy import Economy
from threatpoint.world.labelled import dataset

if TYPE_CHECKING:
    from collections.abc import Iterable

    import xarray as xr

    from threatpoint.array_types import Array
    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.equilibrium.given import Given
    from threatpoint.equilibrium.state import State
    from threatpoint.equilibrium.system import System
    from threatpoint.policy.scope import Selector
    from threatpoint.policy.wedges import Wedges
    from threatpoint.status import Status


@dataclass(frozen=True, eq=False)
class Asked:
    """One counterfactual, as given to `solve`; `economy` is None for a baseline in shares."""

    calibration: Calibration
    wedges: Wedges
    closure: str
    given: Given | None
    economy: Economy | None


@dataclass(frozen=True, eq=False)
class Solution(Asked, Tabled, view="threatpoint.equilibrium.views:SOLUTION"):
    """One equilibrium. World value added is the numeraire: it keeps its baseline value.

    Where `status` says that there is none (`solve(..., throw=False)`), every number is NaN.

    Attributes:
        calibration, wedges, closure, given, economy: what was solved.
        status: outcome and the residual of every market.
        wages: (N,) hat of the mobile factor's wage.
        prices: (N, S) hat of P[n, j], tariffs included; 1 where there is no market.
        unit_costs: (N, S) hat of c[i, j]; 1 where there is no output.
        expenditure: (N, S) money at user prices, X'.
        output: (N, S) money, Y'.
        value_added: (N, S) money.
        income: (N,) money, final expenditure I'.
        tariff_revenue: (N,) money, with the rents of quotas that buyers earn.
        export_charges: (N,) money that the exporter's side takes before its producers: export
            taxes, rents of its own quotas, and real costs of trading.
        waste: (N,) money, the part of income that real costs of trading use up.
        deficit: (N,) money.

    Example, after that of `solve`:
        >>> sold = solution.trade[world.country("USA"), world.country("CHN")]
        >>> float(sold[world.sector("ELEC")])
        0.0
    """

    status: Status
    wages: Array
    prices: Array
    unit_costs: Array
    expenditure: Array
    output: Array
    value_added: Array
    income: Array
    tariff_revenue: Array
    export_charges: Array
    waste: Array
    deficit: Array
    _state: State = field(repr=False)
    _system: System = field(repr=False)

    def __post_init__(self) -> None:
        freeze(self)

    @classmethod
    def from_state(cls, asked: Asked, system: System, state: State, status: Status) -> Solution:
        """Assemble levels from the solver's state."""
        system = opened(system, state.bound)
        supplied = (system.A_off.sum(axis=2) + system.A_own).T > 0
        has_market = (system.expenditure.T > 0) & supplied
        return cls(
            **{field.name: getattr(asked, field.name) for field in fields(Asked)},
            status=status,
            wages=np.exp(state.log_wage),
            prices=np.where(has_market, np.exp(state.log_price.T), 1.0),
            unit_costs=np.where(asked.calibration.output > 0, np.exp(state.log_cost.T), 1.0),
            expenditure=state.expenditure.T.copy(),
            output=state.output.T.copy(),
            value_added=state.value_added.T.copy(),
            income=state.income,
            tariff_revenue=state.revenue,
            export_charges=state.charges,
            waste=state.waste,
            deficit=state.deficit,
            _state=state,
            _system=system,
        )

    def _split(self, off: Array, own: Array) -> Array:
        """(N n, N i, S j) money: spending times some part of the trade weights."""
        state = self._state
        strength = np.exp(-self._system.theta * state.log_cost)
        per_unit = state.expenditure / state.competitiveness
        parts = off * strength[:, None, :] * per_unit[:, :, None]
        home = np.arange(len(self.calibration.countries))
        parts[:, home, home] = own * strength * per_unit
        found = parts.transpose(1, 2, 0)
        found.setflags(write=False)
        return found

    @cached_property
    def trade(self) -> Array:
        """(N n, N i, S j) what producers receive (before export taxes, costs, tariffs), money."""
        return self._split(self._system.B_off, self._system.B_own)

    @cached_property
    def spending(self) -> Array:
        """(N n, N i, S j) what buyers pay, tariffs and all else included, money."""
        return self._split(self._system.A_off, self._system.A_own)

    @cached_property
    def charges(self) -> Array:
        """(N n, N i, S j) what the exporter's side takes before its producers, money."""
        system = self._system
        full = np.zeros_like(system.A_off)
        full[system.charged.argmax(axis=0)] = system.C_off
        return self._split(full, system.B_own * 0.0)

    @property
    def shares(self) -> Array:
        """(N n, N i, S j) pi', share of n's spending on j that goes to i; 0 without a market."""
        total = self.spending.sum(axis=1, keepdims=True)
        return np.divide(self.spending, total, out=self.spending * 0.0, where=total > 0)

    @property
    def tariff(self) -> Array:
        """(N n, N i, S j) effective tariff: what the importer's side takes over the border price.

        The policy's tariff, less what evades it, plus the rents of quotas; the policy's where there
        is no trade.
        """
        border = self.trade + self.charges
        paid = np.divide(self.spending, border, out=np.ones_like(border), where=border != 0) - 1.0
        return np.where(border != 0, paid, self.wedges.tariff)

    @property
    def final(self) -> Array:
        """(N, S) final use at user prices, alpha' I'."""
        system, state = self._system, self._state
        spent = equations.final_spending(
            system.alpha, state.log_price, state.index, state.income, system.rho, np
        )
        return spent.T

    @property
    def inputs(self) -> Array:
        """(N, S k, S j) input use at user prices, gamma_in' Y'."""
        system, state = self._system, self._state
        made = (state.log_price, state.bundle, state.log_cost, state.output)
        nests = (system.eta, system.epsilon, system.within)
        used, dearer = equations.input_scales(system.gamma, *made, *nests, system.shares, np)
        found = system.shares * used.T[:, None, :] * dearer.T[:, :, None]
        n, _, s = found.shape
        return found.reshape(n, -1, s, s).sum(axis=1)

    @property
    def price_index(self) -> Array:
        """(N,) hat of the ideal final-use price index."""
        return np.exp(self._state.index)

    @property
    def value_added_price(self) -> Array:
        """(N, S) hat of the cost of value added, v; its quantity is VA' / VA / v."""
        return np.exp(self._state.log_value.T)

    @cached_property
    def welfare(self) -> Welfare:
        """Exact real-income change and its first-order decomposition."""
        base, index, flows = self.calibration, self.price_index, self.baseline_trade
        kept, factors = self.income - self.waste, base.value_added.sum(axis=1)
        tariffs = base.income - factors - base.deficit
        net, net_before = kept - self.tariff_revenue, base.income - tariffs
        some = np.where(net_before > 0, net_before, np.nan)
        exact, before = real_income(kept / base.income, index), real_income(net / some, index)
        return Welfare(
            percent=exact,
            usd=exact / 100.0 * base.income,
            before_tariffs=before,
            before_tariffs_usd=before / 100.0 * net_before,
            real_wage=real_income(self.wages, index),
            terms_of_trade=terms_of_trade(self.unit_costs, flows, base.income),
            volume_of_trade=volume_of_trade(
                self.trade, self.unit_costs, flows, base.tariff, base.income
            ),
            from_factors=income_part(net - self.deficit, factors, index, base.income),
            from_tariffs=income_part(self.tariff_revenue, tariffs, index, base.income),
            from_deficit=income_part(self.deficit, base.deficit, index, base.income),
        )

    @cached_property
    def baseline_trade(self) -> Array:
        """(N, N, S) trade at baseline, at basic prices."""
        return self.calibration.trade if self.economy is None else self.economy.trade

    @property
    def policy(self) -> Wedges:
        """All that the policy does, the part that a market took over included."""
        taken = None if self.given is None else self.given.policy
        return self.wedges if taken is None else taken

    @property
    def table(self) -> Economy:
        """The economy that was solved, for its labels and baseline.

        Raises:
            WorldError: the baseline was given in shares, without labels.
        """
        if self.economy is None:
            raise WorldError("this solution was computed from shares: it has no labelled economy")
        return self.economy

    @property
    def point(self) -> tuple[System, State]:
        """The solver's constants, bound flows among the others, and its state at this solution."""
        return self._system, self._state

    def stacked(self, system: System) -> Array:
        """The solver's state at this solution, as a start for another counterfactual.

        Unknowns of bounds start at 0.
        """
        state, expenditure = self._state, system.expenditure
        live = (expenditure > 0) & (state.expenditure > 0)
        spend = np.zeros_like(expenditure)
        np.log(state.expenditure / np.where(live, expenditure, 1.0), out=spend, where=live)
        bounds = np.zeros(0 if system.cells is None else len(system.cells))
        parts = (state.log_wage, state.log_price.ravel(), spend.ravel(), bounds)
        return np.concatenate(parts)

    def trade_changes(
        self,
        importer: Selector | None = None,
        exporter: Selector | None = None,
        sector: Selector | None = None,
        by: Iterable[Literal["importer", "exporter", "sector"]] = ("importer", "exporter"),
    ) -> Frame:
        """Flows between countries before and after, in money and in percent, largest change first.

        At basic prices, before tariffs; what a country sells itself is left out.

        Args:
            importer: who buys: codes, names or groups, one or several; None: everybody.
            exporter: who sells; likewise.
            sector: codes, names, "goods", "services" or "all"; None: all.
            by: what the rows tell apart; flows are added up over the rest.

        Raises:
            PolicyError: unknown words with the nearest name, no flow, or an unknown axis.
            MissingExtraError: pandas is not installed.

        Example, after that of `solve`:
            >>> lost = solution.trade_changes("United States", sector="goods", by="exporter")
            >>> lost.exporter.iloc[0], round(lost.change_percent.iloc[0])
            ('CHN', -100)
        """
        return frame(lambda: trade_changes(self, importer, exporter, sector, by))

    def to_xarray(self) -> xr.Dataset:
        """Every result as an `xarray.Dataset`, with units and the status in the attributes."""
        base, gains = self.calibration, self.welfare
        border, paid = measures.import_prices(self)
        unit = self.economy.unit if self.economy else "money"
        country, market, ratio = ("country",), ("country", "sector"), "ratio to baseline"
        table: dict[str, tuple[tuple[str, ...], Array, str]] = {
            "wages": (country, self.wages, ratio),
            "price_index": (country, self.price_index, ratio),
            "income": (country, self.income, unit),
            "tariff_revenue": (country, self.tariff_revenue, unit),
            "deficit": (country, self.deficit, unit),
            "real_income": (country, gains.percent, "% change"),
            "real_income_money": (country, gains.usd, unit),
            "real_income_before_tariffs": (country, gains.before_tariffs, "% change"),
            "real_income_before_tariffs_money": (country, gains.before_tariffs_usd, unit),
            "gdp": (country, measures.gdp(self), unit),
            "real_gdp": (country, measures.real_gdp(self), ratio),
            "import_prices": (country, border, ratio),
            "import_prices_paid": (country, paid, ratio),
            "real_wage": (country, gains.real_wage, "% change"),
            "terms_of_trade": (country, gains.terms_of_trade, "%, first order"),
            "volume_of_trade": (country, gains.volume_of_trade, "%, first order"),
            "prices": (market, self.prices, ratio),
            "unit_costs": (market, self.unit_costs, ratio),
            "output": (market, self.output, unit),
            "expenditure": (market, self.expenditure, unit),
            "final": (market, self.final, unit),
            "value_added": (market, self.value_added, unit),
            "trade": (("importer", "exporter", "sector"), self.trade, unit),
        }
        horizon = base.elasticities.horizon
        attrs = {"status": str(self.status), "deficits": self.closure, "horizon": horizon}
        labelled = {name: (axes, x, {"unit": of}) for name, (axes, x, of) in table.items()}
        return dataset(labelled, base.countries, base.sectors, attrs)


def rebased(solution: Solution, tariff: Array | None = None, **labels: Any) -> Economy:
    """The equilibrium as a new, balanced baseline with the effective tariffs of the policy.

    tariff: these to the last bit, where they are known; none evades them.

    Raises:
        WorldError: export taxes or costs of trading are in force, which a baseline does not have.
    """
    base = solution.calibration
    if np.abs(solution.charges).max() > 0 or np.abs(solution.waste).max() > 0:
        raise WorldError("a baseline has no export taxes or costs of trading; drop them first")
    return Economy.from_arrays(
        base.countries,
        base.sectors,
        solution.trade,
        solution.inputs,
        solution.value_added,
        solution.final,
        tariff=solution.tariff if tariff is None else tariff,
        elasticities={base.elasticities.horizon: base.elasticities},
        **labels,
    )
