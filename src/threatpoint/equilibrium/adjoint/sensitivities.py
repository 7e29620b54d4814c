"""How an outcome of an equilibrium moves with each trade cost, tariff, tax and elasticity.

At a solution z of G(z, u) = 0 an outcome h(z, u) moves with whatever was given, u, by
dh/du = h_u + r' G_u, where r solves G_z' r = -h_z: one linear solve for all u at once (implicit
function theorem; Griewank & Walther 2008, Evaluating Derivatives, chapter 15).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, overload

import numpy as np

from threatpoint.equilibrium.adjoint.nests import ToNests
from threatpoint.equilibrium.adjoint.outcome import Outcome, found
from threatpoint.equilibrium.adjoint.solve import Transposed
from threatpoint.equilibrium.adjoint.wedges import ToWedges, abroad, by_importer
from threatpoint.errors import ConvergenceError, PolicyError, require_type
from threatpoint.views import Tabled
from threatpoint.world.labelled import Labelled, dataset

if TYPE_CHECKING:
    import xarray as xr

    from threatpoint.array_types import Array
    from threatpoint.equilibrium.adjoint.bounds import Pulled
    from threatpoint.equilibrium.solution import Solution


@dataclass(frozen=True, eq=False)
class Sensitivities(Tabled, view="threatpoint.equilibrium.views:SENSITIVITIES"):
    """Derivatives of one outcome at one equilibrium; each is formed when it is first asked for.

    Which bounds are in force is held as it is, and so are prices and flows that a market of its own
    decides (`Solution.given`). The baseline is held too: that of a day's tariffs is not solved
    anew for other elasticities.

    Attributes:
        outcome: of what. solution: where.
        value: the outcome there.
        products: with the transposed Jacobian that the linear solve took, about an evaluation each.

    Example, after that of `sensitivities`:
        >>> found.outcome.of, found.cut.shape
        ('USA', (32, 32, 15))
    """

    outcome: Outcome
    solution: Solution
    value: float
    products: int
    _pull: Pulled = field(repr=False)

    @cached_property
    def _wedges(self) -> ToWedges:
        return ToWedges(self._pull, self.solution)

    @cached_property
    def _nests(self) -> ToNests:
        return ToNests(self._pull, self.solution)

    @property
    def _theta(self) -> Array:
        return self.solution.calibration.elasticities.theta

    @cached_property
    def cut(self) -> Array:
        """(N n, N i, S) to the log of what a policy leaves of a flow: a cut of 1 % is -0.01 of it.

        Home sales are on the diagonal.
        """
        return by_importer(self._wedges.total("left"))

    @cached_property
    def tariff(self) -> Array:
        """(N n, N i, S) to a tariff; 1 is 100 points. 0 at home."""
        return abroad(self._wedges.main.duty)

    @cached_property
    def export_tax(self) -> Array:
        """(N n, N i, S) to an export tax on what i sells n; 1 is 100 points. 0 at home."""
        return abroad(self._wedges.total("charge"))

    @cached_property
    def trade_cost(self) -> Array:
        """(N n, N i, S) to a cost of trading that is used up in the exporter's economy, as a share
        of the seller's price. 0 at home.
        """
        both = self._wedges.total("charge") + self._wedges.total("used")
        return abroad(both)

    @property
    def iceberg(self) -> Array:
        """(N n, N i, S) to the log of an iceberg cost: -theta times `cut`."""
        return -self._theta * self.cut

    @property
    def productivity(self) -> Array:
        """(N i, S) to the log of productivity: all that i makes, at home and abroad, gets cheaper.

        The same as an iceberg cost that falls towards every buyer.
        """
        return self._theta * self.cut.sum(axis=0)

    @property
    def theta(self) -> Array:
        """(S,) to trade elasticities."""
        return self._nests.theta + self._wedges.total("theta").sum(axis=(1, 2))

    @property
    def eta(self) -> Array:
        """(S,) to the using sector's elasticity between value added and inputs."""
        return self._nests.eta

    @property
    def epsilon(self) -> Array:
        """(S,) to the using sector's elasticity between inputs."""
        return self._nests.epsilon

    @property
    def rho(self) -> float:
        """To the elasticity between goods in final use."""
        return self._nests.rho

    def to_xarray(self) -> xr.Dataset:
        """All of them with labels, as an `xarray.Dataset`: to what is done to flows, and to theta.

        Raises:
            MissingExtraError: xarray is not installed.
        """
        base, flow = self.solution.calibration, ("importer", "exporter", "sector")
        names = ("tariff", "cut", "trade_cost", "export_tax", "iceberg")
        table: dict[str, Labelled] = {name: (flow, getattr(self, name), {}) for name in names}
        table["theta"] = (("sector",), self.theta, {})
        attrs = {"outcome": self.outcome.words, "value": self.value}
        return dataset(table, base.countries, base.sectors, attrs)

    @property
    def phi(self) -> Array:
        """(N, S) to the mobile share of value added; NaN in sectors where all of it is mobile."""
        return self._nests.phi.T


@overload
def sensitivities(solution: Solution, outcome: Outcome) -> Sensitivities: ...
@overload
def sensitivities(solution: Solution, outcome: Sequence[Outcome]) -> list[Sensitivities]: ...
def sensitivities(
    solution: Solution, outcome: Outcome | Sequence[Outcome]
) -> Sensitivities | list[Sensitivities]:
    """Derivatives of an outcome, or of each of several, to everything that was given.

    Args:
        solution: an equilibrium.
        outcome: one, or a list; several share their set-up.

    Raises:
        PolicyError: no outcome, unknown countries or sectors. ConvergenceError: the solution is
            none, or the linear solve does not settle.

    Example:
        >>> world = tp.load_world()
        >>> found = tp.sensitivities(tp.solve(world), tp.Outcome("real_income", "USA"))
        >>> usa, chn, electronics = world.country("USA"), world.country("CHN"), world.sector("ELEC")
        >>> a_point, one_percent = 0.01 * found.tariff, -0.01 * found.cut  # USD million
        >>> [round(float(x[usa, chn, electronics])) for x in (a_point, one_percent)]
        [-83, -491]
    """
    if not solution.status.converged:
        raise ConvergenceError(f"there is no equilibrium to differentiate: {solution.status}")
    asked = [outcome] if isinstance(outcome, Outcome) else list(outcome)
    for one in asked:
        require_type("outcome", one, Outcome, PolicyError)
    with np.errstate(all="ignore"):
        transposed = Transposed(solution)
        every = [_one(transposed, solution, one) for one in asked]
    return every[0] if isinstance(outcome, Outcome) else every


def _one(transposed: Transposed, solution: Solution, outcome: Outcome) -> Sensitivities:
    value, direct = found(outcome, solution, transposed.at)
    pull, taken = transposed.solve(direct)
    return Sensitivities(outcome, solution, value, taken, pull)
