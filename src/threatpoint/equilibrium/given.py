"""A sector whose prices another market decides, such as crude sold by the barrel.

Its producers' prices are imposed, from above and from below: they make whatever is asked at them,
and value added takes what the price leaves over inputs. Who buys from whom shifts by weights, and a
flow's price may differ from the producer's mean. Nothing is bounded, so that a world with a given
sector is solved as fast as one without.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium.calibration import freeze
from threatpoint.equilibrium.network import names
from threatpoint.errors import WorldError, shown
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask, Positions
    from threatpoint.equilibrium.calibration import Calibration
    from threatpoint.policy.wedges import Wedges

CLOSING = 3.0
"""Power with which a flow that is cut off altogether goes to 0 as a shock grows."""


@dataclass(frozen=True, eq=False)
class Given(Shown):
    """Prices and flows of one sector that come from outside the equilibrium.

    The sector keeps its baseline amount of the mobile factor, at the going wage; the rest of its
    value added is rent of its country.

    Attributes:
        sector: its position.
        price: (N,) producers' price c, ratio to the baseline's, with world value added as the
            numeraire; without effect where the sector has no output.
        weight: (N n, N i) factor on the trade weights pi, home sales included: 1 no change, 0 no
            flow, above 1 more. A flow that the baseline lacks stays none.
        cost: (N n, N i) real cost of trading besides the policy's, as a share of the producer's
            price, above -1: the buyer pays (1 + cost) c, the exporter's side takes cost c and uses
            it up. Below 0 the buyer pays less than the producers' mean price, and what the
            exporter's side takes and uses up is negative: only sums over buyers then mean
            something. None at home.
        words: where this comes from.
        market: the market that decided them; None where there is none.
        policy: all that the policy does, where the market took over a part of it.

    Raises:
        WorldError: no such position, a price not above 0, a weight below 0, a cost of -1 or less or
            at home, not finite, or arrays that do not fit each other.

    Example:
        >>> world = tp.load_world()
        >>> dearer = tp.Given.none(world, "OILGAS").times(1.2)
        >>> found = tp.solve(world, given=dearer)
        >>> round(float(found.unit_costs[world.country("NOR"), world.sector("OILGAS")]), 6)
        1.2
    """

    sector: int
    price: Array
    weight: Array
    cost: Array
    words: str = ""
    market: Any = None
    policy: Wedges | None = None

    def __post_init__(self) -> None:
        if type(self.sector) is not int:
            raise WorldError(f"given: the sector is a position, not {shown(self.sector)}")
        for name in ("price", "weight", "cost"):
            try:
                values = np.array(getattr(self, name), dtype=np.float64)
            except (TypeError, ValueError) as error:
                raise WorldError(f"given: {name} must be an array of numbers") from error
            object.__setattr__(self, name, values)
        problems = [*self._shapes()] or [*self._numbers()]
        if problems:
            raise WorldError("given: " + "; ".join(problems))
        freeze(self)

    def _shapes(self) -> list[str]:
        n = self.price.shape
        wanted = {"price": n[:1], "weight": n * 2, "cost": n * 2}
        return [
            f"{name} has {getattr(self, name).shape}, not {fits}"
            for name, fits in wanted.items()
            if getattr(self, name).shape != fits
        ]

    def _numbers(self) -> list[str]:
        rules = {
            "a price is not above 0 and finite": (self.price > 0) & np.isfinite(self.price),
            "a weight is below 0 or not finite": (self.weight >= 0) & np.isfinite(self.weight),
            "a cost is -1 or less, or not finite": (self.cost > -1) & np.isfinite(self.cost),
            "there is a cost on home sales": self.cost.diagonal() == 0,
        }
        return [words for words, right in rules.items() if not right.all()]

    @classmethod
    def none(cls, economy: Any, sector: str | int) -> Given:
        """Nothing changed in a sector of an `Economy` or `Calibration`, by its code or position."""
        n = len(economy.countries)
        at = sector if isinstance(sector, int) else economy.sector(sector)
        return cls(at, np.ones(n), np.ones((n, n)), np.zeros((n, n)))

    def times(self, factor: float) -> Given:
        """The same with all prices times a factor."""
        return replace(self, price=factor * self.price)

    def at(self, share: float) -> Given:
        """A share of it, 0 to 1: prices move geometrically, a flow that ends as a power."""
        weight = np.where(self.weight > 0, self.weight**share, (1.0 - share) ** CLOSING)
        cost = (1.0 + self.cost) ** share - 1.0
        return replace(self, price=self.price**share, weight=weight, cost=cost)

    def touched(self, sectors: int) -> Positions:
        """Flat positions [n, i, j] of the cells it changes, of so many sectors."""
        pairs = np.flatnonzero((self.weight != 1.0) | (self.cost != 0.0))
        return pairs * sectors + self.sector


def require_fitting(given: Given, base: Calibration, wedges: Wedges) -> None:
    """Refuse what has no meaning on this baseline.

    Raises:
        WorldError: other shapes, a producer without value added, which no price can pay; a country
            whose mobile factor is in this sector alone, so that nothing would set its wage; or
            levies that leave the buyer no price above 0.
    """
    n, s = base.value_added.shape
    if not 0 <= given.sector < s or given.price.shape != (n,):
        raise WorldError(
            f"given: sector {given.sector} of {given.price.size} countries does not fit an economy "
            f"of {n} countries and {s} sectors"
        )
    j, mobile = given.sector, base.elasticities.phi * base.value_added
    levied = wedges.export_tax[:, :, j] + wedges.cost[:, :, j] + given.cost
    code = base.sectors[j]
    refused: dict[str, Mask] = {
        f"{code} is made without value added, which a price could pay, in": (
            (base.output[:, j] > 0) & (base.value_added[:, j] <= 0)
        ),
        f"the mobile factor works in {code} alone, so that nothing sets the wage, in": (
            mobile.sum(axis=1) <= mobile[:, j]
        ),
        f"cost and levies on {code} leave buyers no price above 0 in": np.any(levied <= -1, axis=1),
    }
    for words, bad in refused.items():
        if bad.any():
            raise WorldError(f"given: {words} {names(base.countries, bad)}")


@dataclass(frozen=True, eq=False)
class Costs:
    """Trade costs by cell (N, N, S), as `Wedges` has them, with what is given added.

    Weights stand in `survival`, which may then exceed 1.
    """

    tariff: Array
    survival: Array
    export_tax: Array
    cost: Array
    evading: Array
    evasion_cost: Array
    iceberg: Array
    charging: bool


def costs(wedges: Wedges, given: Given | None) -> Wedges | Costs:
    """What each flow costs under a policy and a given sector."""
    if given is None:
        return wedges
    arrays: dict[str, Any] = {
        f.name: getattr(wedges, f.name) for f in fields(Costs) if f.name != "charging"
    }
    survival, j = wedges.survival.copy(), given.sector
    survival[:, :, j] *= given.weight
    charging = wedges.charging
    if given.cost.any():
        cost, charging = np.array(wedges.cost), True
        cost[:, :, j] += given.cost
        arrays["cost"] = cost
    return Costs(**arrays | {"survival": survival}, charging=charging)
