"""Wedges: what a policy does to each flow, and who is paid.

| wedge | enters as | payee |
|---|---|---|
| tariff | `kappa = (1 + tau') / (1 + tau)` | the importer's treasury |
| survival below 1 | `d^(-theta) = survival`, an iceberg cost | nobody: the cost is real |
| survival 0 | the flow is cut off by mask, `pi' = 0` | nobody |
| export tax | the buyer pays (1 + tax) times the seller's price | the exporter's treasury |
| cost | the same | nobody: resources of the exporter's economy are used up |
| evading share | that part keeps the baseline tariff and bears the evasion cost instead | nobody |
| limits | a bound on volume or price; see `policy.limits` | as the limit says |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import PolicyError

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask, Positions
    from threatpoint.policy.limits import PriceLimit, VolumeLimit
    from threatpoint.world.economy import Economy

NONE = {
    **dict.fromkeys(("export_tax", "cost", "evading", "evasion_cost"), 0.0),
    "largest_volume": np.inf,
}
"""Wedges besides tariff and survival -> what each cell is where a policy has none."""


@dataclass(frozen=True, eq=False)
class Wedges:
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
        volume_limits, price_limits: bounds on volume and price.
        kept: name of a finer flow (such as "crude") -> (N n, N i) share of it that a policy aimed
            at this flow leaves at unchanged prices; flows not named are hit like their sector.
        largest_volume: (N, N, S) most volume of a flow, as a ratio to the baseline's, infinite
            where there is no bound: what is left of a cell whose crude is stopped is gas, which
            cannot take the crude's place. It binds only if the equilibrium would exceed it; the
            exporter then earns the buyers' price.
    """

    tariff: Array
    survival: Array
    causes: tuple[tuple[str, Mask], ...] = ()
    export_tax: Array = None  # type: ignore[assignment]
    cost: Array = None  # type: ignore[assignment]
    evading: Array = None  # type: ignore[assignment]
    evasion_cost: Array = None  # type: ignore[assignment]
    volume_limits: tuple[VolumeLimit, ...] = ()
    price_limits: tuple[PriceLimit, ...] = ()
    kept: Mapping[str, Array] = field(default_factory=dict[str, "Array"])
    largest_volume: Array = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        """Refuse wedges that mean nothing.

        Raises:
            PolicyError: shapes, non-finite cells, a tariff or export tax of -100 % or less,
                survival or an evading share outside [0, 1], a cost below 0, or anything but free
                trade at home.
        """
        for name, nothing in NONE.items():
            if getattr(self, name) is None:
                everywhere = np.broadcast_to(nothing, np.shape(self.tariff))
                object.__setattr__(self, name, everywhere)
        tariff, survival = np.asarray(self.tariff), np.asarray(self.survival)
        if tariff.ndim != 3 or tariff.shape != survival.shape or len(set(tariff.shape[:2])) != 1:
            raise PolicyError(
                f"wedges need two arrays [importer, exporter, sector] of one shape; tariff has "
                f"{tariff.shape}, survival {survival.shape}"
            )
        self._require_shapes(tariff.shape)
        home = np.eye(len(tariff), dtype=bool)[:, :, None]
        charged = (self.export_tax != 0) | (self.cost != 0) | (self.evading != 0)
        bounded = np.isfinite(self.largest_volume)
        for limit in (*self.volume_limits, *self.price_limits):
            bounded = bounded | limit.cells
        problems = {
            "a tariff is not finite": ~np.isfinite(tariff),
            "a tariff is -100 % or less": tariff <= -1.0,
            "survival is not within 0 and 1": ~((survival >= 0) & (survival <= 1)),
            "there is a tariff on home sales": home & (tariff != 0),
            "home sales are cut off": home & (survival != 1),
            "an export tax is not finite, or -100 % or less": ~(
                np.isfinite(self.export_tax) & (self.export_tax > -1.0)
            ),
            "a trading cost is not finite or below 0": ~(np.isfinite(self.cost) & (self.cost >= 0)),
            "an evading share is not within 0 and 1": ~((self.evading >= 0) & (self.evading <= 1)),
            "an evasion cost is not finite or below 0": ~(
                np.isfinite(self.evasion_cost) & (self.evasion_cost >= 0)
            ),
            "a largest volume is not above 0": ~(self.largest_volume > 0),
            "there is a wedge on home sales": home & charged,
            "there is a bound on home sales": home & bounded,
        }
        found = [
            f"{words} in {int(bad.sum())} cell(s), first at [n, i, j] = "
            f"{tuple(int(p) for p in np.argwhere(bad)[0])}"
            for words, bad in problems.items()
            if bad.any()
        ]
        if found:
            raise PolicyError("wedges cannot be used: " + "; ".join(found))

    def _require_shapes(self, shape: tuple[int, ...]) -> None:
        """Every other array must have the shape of the tariff."""
        limits = (*self.volume_limits, *self.price_limits)
        given = {name: np.shape(getattr(self, name)) for name in NONE}
        given |= {f"limit {k + 1}": np.shape(limit.cells) for k, limit in enumerate(limits)}
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
        """No policy: the tariffs of the baseline, nothing cut off."""
        return cls(economy.tariff, np.ones_like(economy.tariff))

    def touched(self, tariff: Array) -> Positions:
        """Where trade costs differ from a baseline with these tariffs; flat [n, i, j] positions."""
        changed = self.survival != 1.0
        if self.tariff is not tariff:
            changed |= self.tariff != tariff
        for values in (self.export_tax, self.cost, self.evading):
            if any(values.strides) or values.any():
                changed |= values != 0.0
        return np.flatnonzero(changed)

    def cause(self, n: int, i: int, j: int) -> str:
        """The words of the instruments that touched a cell, '' if none did."""
        return "; ".join(words for words, mask in self.causes if mask[n, i, j])
