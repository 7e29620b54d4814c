"""Wedges: what a policy does to each flow, and who is paid.

| wedge | enters as | payee |
|---|---|---|
| tariff | `kappa = (1 + tau') / (1 + tau)` | the importer's treasury |
| survival below 1 | `d^(-theta) = survival`, an iceberg cost | nobody: the cost is real |
| survival 0 | the flow is cut off by mask, `pi' = 0` | nobody |
| export tax | the buyer pays (1 + tax) times the seller's price | the exporter's treasury |
| iceberg | `d` times 1 + iceberg: so much more is shipped for the same to arrive | nobody |
| cost | the same | nobody: resources of the exporter's economy are used up |
| evading share | that part keeps the baseline tariff and bears the evasion cost instead | nobody |
| limits | a bound on volume; see `policy.limits` | as the limit says |
| acts | the market of a good as a whole; see `policy.acts` | as that market says |
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.views import Shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from threatpoint.array_types import Array, Mask, Positions
    from threatpoint.policy.acts import Act
    from threatpoint.policy.limits import VolumeLimit
    from threatpoint.world.economy import Economy

D = TypeVar("D", bound=np.generic)

CHARGES = ("export_tax", "cost", "evading", "evasion_cost", "iceberg")
"""Wedges besides tariff and survival; each cell is 0 where a policy has none."""


REFUSED: tuple[tuple[str, str, Callable[[Array], Mask]], ...] = (
    ("a tariff is not finite", "tariff", lambda x: ~np.isfinite(x)),
    ("a tariff is -100 % or less", "tariff", lambda x: x <= -1.0),
    ("survival is not within 0 and 1", "survival", lambda x: ~((x >= 0) & (x <= 1))),
    (
        "an export tax is not finite, or -100 % or less",
        "export_tax",
        lambda x: ~(np.isfinite(x) & (x > -1.0)),
    ),
    (
        "a trading cost is not finite or below 0",
        "cost",
        lambda x: ~(np.isfinite(x) & (x >= 0)),
    ),
    (
        "the change of an iceberg cost is not finite, or -100 % or less",
        "iceberg",
        lambda x: ~(np.isfinite(x) & (x > -1.0)),
    ),
    (
        "an evading share is not within 0 and 1",
        "evading",
        lambda x: ~((x >= 0) & (x <= 1)),
    ),
    (
        "an evasion cost is not finite or below 0",
        "evasion_cost",
        lambda x: ~(np.isfinite(x) & (x >= 0)),
    ),
)
"""Words of a problem, the kind of wedge that has it, and which of its numbers have it."""


@dataclass(frozen=True, eq=False)
class Wedges(Shown):
    """Trade costs after a policy, cell by cell, in the order [importer n, exporter i, sector j].

    Attributes:
        tariff: (N, N, S) ad-valorem tariff after the policy, as a share.
        survival: (N, N, S) share of the flow that survives at unchanged prices, in [0, 1];
            1 where nothing is cut off, 0 where the cut-off is complete.
        causes: for each instrument, its words and the bool mask (N, N, S) of the cells it touched;
            used to name the rule in an error.
        export_tax: (N, N, S) ad-valorem export tax, as a share of the seller's price.
        cost: (N, N, S) ad-valorem cost of trading, as a share of the seller's price.
        evading: (N, N, S) share of the flow, at unchanged prices, that escapes the change of the
            tariff, in [0, 1].
        evasion_cost: (N, N, S) what the escape costs, as a share of the seller's price.
        iceberg: (N, N, S) change of what has to be shipped for one unit to arrive, as a share:
            -0.1 is 10 % less.
        volume_limits: bounds on volume.
        acts: what is done to the market of a good as a whole. An equilibrium of trade alone takes
            none: `threatpoint.solve` solves the market with it.
        kept: name of a finer flow (such as "crude") -> (N n, N i) share of it that a policy aimed
            at this flow leaves at unchanged prices; flows not named are hit like their sector.
    """

    tariff: Array
    survival: Array
    causes: tuple[tuple[str, Mask], ...] = ()
    export_tax: Array = None  # type: ignore[assignment]
    cost: Array = None  # type: ignore[assignment]
    evading: Array = None  # type: ignore[assignment]
    evasion_cost: Array = None  # type: ignore[assignment]
    volume_limits: tuple[VolumeLimit, ...] = ()
    acts: tuple[Act, ...] = ()
    kept: Mapping[str, Array] = field(default_factory=dict[str, "Array"])
    iceberg: Array = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        """Refuse wedges that mean nothing.

        Raises:
            PolicyError: shapes, non-finite cells, a tariff or export tax of -100 % or less,
                survival or an evading share outside [0, 1], a cost below 0, an iceberg cost of
                -100 % or less, or anything but free trade at home.
        """
        for name in CHARGES:
            if getattr(self, name) is None:
                everywhere = np.broadcast_to(0.0, np.shape(self.tariff))
                object.__setattr__(self, name, everywhere)
        tariff, survival = np.asarray(self.tariff), np.asarray(self.survival)
        if tariff.ndim != 3 or tariff.shape != survival.shape or len(set(tariff.shape[:2])) != 1:
            raise PolicyError(
                f"wedges need two arrays [importer, exporter, sector] of one shape; tariff has "
                f"{tariff.shape}, survival {survival.shape}"
            )
        self._require_shapes(tariff.shape)
        found = [*self._out_of_range(), *self._at_home()]
        if found:
            raise PolicyError("wedges cannot be used: " + "; ".join(found))

    def _out_of_range(self) -> Iterator[str]:
        """Cells that mean nothing by themselves, in words.

        What means something is an interval for each kind: where the least and the most cell lie in
        it, all do.
        """
        for words, name, bad in REFUSED:
            values = _different(np.asarray(getattr(self, name)))
            if bad(np.array([values.min(), values.max()])).any():
                yield _places(words, np.broadcast_to(bad(values), self.tariff.shape))

    def _at_home(self) -> Iterator[str]:
        """Anything but free trade at home, in words."""
        charges = [home_sales(values) != 0 for values in self._charges]
        bounds = [home_sales(limit.cells) for limit in self.volume_limits]
        problems = {
            "there is a tariff on home sales": home_sales(self.tariff) != 0,
            "home sales are cut off": home_sales(self.survival) != 1,
            "there is a wedge on home sales": np.any(charges, axis=0),
            "there is a bound on home sales": np.any(bounds, axis=0),
        }
        for words, bad in problems.items():
            if bad.any():
                everywhere = np.zeros(self.tariff.shape, dtype=bool)
                own = np.arange(len(bad))
                everywhere[own, own] = bad
                yield _places(words, everywhere)

    def _require_shapes(self, shape: tuple[int, ...]) -> None:
        """Every other array must have the shape of the tariff."""
        given = {name: np.shape(getattr(self, name)) for name in CHARGES}
        given |= {
            f"limit {k + 1}": np.shape(limit.cells) for k, limit in enumerate(self.volume_limits)
        }
        wrong = [f"{name} has {found}" for name, found in given.items() if found != shape]
        wrong += [
            f"kept {name!r} has {np.shape(values)}"
            for name, values in self.kept.items()
            if np.shape(values) != shape[:2]
        ]
        if wrong:
            raise PolicyError(f"wedges need arrays of shape {shape}: " + "; ".join(wrong))

    @classmethod
    def none(cls, economy: Economy) -> Wedges:
        """No policy: the tariffs in force, nothing cut off."""
        return cls(economy.tariff_in_force, np.ones_like(economy.tariff))

    @property
    def _charges(self) -> tuple[Array, Array, Array, Array]:
        """What makes a flow pay, or escape, somebody else than the importer's treasury."""
        return self.export_tax, self.cost, self.evading, self.iceberg

    @property
    def charging(self) -> bool:
        """Whether any flow has an export tax, a cost of any kind or a share that evades."""
        return any(_different(values).any() for values in self._charges)

    def touched(self, tariff: Array) -> Positions:
        """Where trade costs differ from a baseline with these tariffs; flat [n, i, j] positions."""
        changed = self.survival != 1.0
        if self.tariff is not tariff:
            changed |= self.tariff != tariff
        if self.charging:
            for values in self._charges:
                changed |= values != 0.0
        return np.flatnonzero(changed)

    def cause(self, n: int, i: int, j: int) -> str:
        """The words of the instruments that touched a cell, '' if none did."""
        return "; ".join(words for words, mask in self.causes if mask[n, i, j])


def home_sales(values: NDArray[D]) -> NDArray[D]:
    """(N, S) what countries buy from themselves, of (N, N, S)."""
    return values.diagonal().T


def _different(values: Array) -> Array:
    """The cells of an array; one of them where they are one number stored once."""
    return values if any(values.strides) else values[:1, :1, :1]


def _places(words: str, bad: Mask) -> str:
    """A problem, in how many cells it stands, and the first of them."""
    place = tuple(int(p) for p in np.argwhere(bad)[0])
    return f"{words} in {int(bad.sum())} cell(s), first at [n, i, j] = {place}"
