"""Baseline shares from baseline levels, and the shapes every equation shares.

Inside this room arrays carry no labels. Public arrays are ordered [importer n, exporter i,
sector j]; `Calibration` keeps the labels only to name a market in a message.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, wraps
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

import numpy as np

from threatpoint.errors import WorldError
from threatpoint.views import Shown
from threatpoint.world.elasticities import Elasticities

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike

    from threatpoint.array_types import Array
    from threatpoint.world.economy import Economy


T = TypeVar("T")


def freeze(holder: object) -> None:
    """Make every array of a dataclass read-only: results are shared and kept."""
    for value in vars(holder).values():
        if isinstance(value, np.ndarray):
            value.setflags(write=False)


class Token:
    """Stands for the shares of a table, whatever the elasticities."""


OF_SHARES = ("input_shares", "trade", "output", "income", "token")
"""Cached properties that do not depend on elasticities."""

SHARES = 1e-9
"""Shares count as summing to 1 within this."""


@dataclass(frozen=True, eq=False)
class Calibration(Shown, view="threatpoint.equilibrium.views:CALIBRATION"):
    """The baseline in shares: everything the equations of section 1 need.

    Attributes:
        countries, sectors: labels, N and S of them.
        pi: (N n, N i, S j) share of n's spending on j that goes to i, tariffs included; sums to 1
            over i where the market exists and to 0 where it does not.
        gamma: (N, S) value-added share of gross output; 1 where a sector has no output.
        gamma_in: (N, S k, S j) share of input k in the gross output of j.
        alpha: (N, S) final-use shares, sum to 1 over j.
        tariff: (N, N, S) ad-valorem tariff.
        value_added: (N, S) money.
        deficit: (N,) money.
        expenditure: (N, S) money, spending X at baseline.
        elasticities: theta (S,), phi (N, S) and the three substitution elasticities.

    Source: Caliendo & Parro (2015), section 2; `phi` adds a factor fixed in each sector.

    Example:
        >>> world = tp.load_world()
        >>> shares = tp.Calibration.from_economy(world, world.elasticities["long"])
        >>> us, electronics = world.country("USA"), world.sector("ELEC")
        >>> round(float(shares.pi[us, us, electronics]), 2)
        0.49
    """

    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    pi: Array
    gamma: Array
    gamma_in: Array
    alpha: Array
    tariff: Array
    value_added: Array
    deficit: Array
    expenditure: Array
    elasticities: Elasticities

    def __post_init__(self) -> None:
        freeze(self)

    @classmethod
    def from_economy(cls, economy: Economy, elasticities: Elasticities) -> Calibration:
        """Shares of a balanced economy.

        Raises:
            WorldError: a country without final expenditure.
        """
        spending = economy.trade * (1.0 + economy.tariff)
        absorption = spending.sum(axis=1)
        output = economy.output
        produced = np.where(output > 0, output, 1.0)
        income = economy.final_expenditure
        _require_positive(income, economy.countries, "final expenditure")
        _require_positive(economy.value_added.sum(axis=1), economy.countries, "value added")
        return cls(
            economy.countries,
            economy.sectors,
            pi=spending / np.where(absorption > 0, absorption, 1.0)[:, None, :],
            gamma=np.where(output > 0, economy.value_added / produced, 1.0),
            gamma_in=economy.inputs / produced[:, None, :],
            alpha=economy.final / income[:, None],
            tariff=economy.tariff,
            value_added=economy.value_added,
            deficit=economy.deficit,
            expenditure=absorption,
            elasticities=elasticities,
        )

    @classmethod
    def of(
        cls,
        countries: Sequence[str],
        sectors: Sequence[str],
        pi: ArrayLike,
        gamma: ArrayLike,
        gamma_in: ArrayLike,
        alpha: ArrayLike,
        tariff: ArrayLike,
        value_added: ArrayLike,
        deficit: ArrayLike,
        theta: ArrayLike,
        expenditure: ArrayLike | None = None,
    ) -> Calibration:
        """Shares given directly, for published data that are not an equilibrium as they stand.

        `value_added` is (N,) or (N, S); with (N,) the whole of it is mobile (phi = 1).
        `expenditure` is only a starting point for the solver.
        """
        names = (tuple(countries), tuple(sectors))
        given = (pi, gamma, gamma_in, alpha, tariff, value_added, deficit)
        pi_, gamma_, in_, alpha_, tariff_, va, d = (np.array(x, dtype=float) for x in given)
        _require_shares(names, pi_, gamma_ + in_.sum(axis=1), alpha_)
        if va.ndim == 1:
            va = va[:, None] * alpha_ / alpha_.sum(axis=1, keepdims=True)
        start = va.sum(axis=1)[:, None] * np.maximum(alpha_, 1.0 / alpha_.shape[1])
        if expenditure is not None:
            start = np.array(expenditure, dtype=float)
        values = Elasticities.of(*names, theta)
        return cls(*names, pi_, gamma_, in_, alpha_, tariff_, va, d, start, values)

    def at(self, elasticities: Elasticities) -> Calibration:
        """The same shares with other elasticities; what is made of shares alone is not remade."""
        if elasticities is self.elasticities:
            return self
        other = replace(self, elasticities=elasticities)
        vars(other).update({name: getattr(self, name) for name in OF_SHARES})
        return other

    @cached_property
    def token(self) -> Token:
        """What calibrations of the same shares have in common."""
        return Token()

    @cached_property
    def input_shares(self) -> Array:
        """(N, S k, S j) share of input k in all inputs of j, s = gamma_in / (1 - gamma); or 0."""
        rest = 1.0 - self.gamma
        used = np.ascontiguousarray(self.gamma_in)
        return np.divide(used, rest[:, None, :], out=used * 0.0, where=rest[:, None, :] > 0)

    @cached_property
    def trade(self) -> Array:
        """(N n, N i, S j) money at basic prices, pi X / (1 + tau)."""
        return self.pi * self.expenditure[:, None, :] / (1.0 + self.tariff)

    @cached_property
    def output(self) -> Array:
        """(N i, S j) output at baseline, Y = sum_n pi X / (1 + tau)."""
        return np.einsum("nij,nj->ij", self.pi / (1.0 + self.tariff), self.expenditure)

    @cached_property
    def income(self) -> Array:
        """(N,) final expenditure at baseline, I = value added + tariff revenue + deficit."""
        share = (self.pi * self.tariff / (1.0 + self.tariff)).sum(axis=1)
        return self.value_added.sum(axis=1) + (share * self.expenditure).sum(axis=1) + self.deficit


def once(make: Callable[[Calibration], T]) -> Callable[[Calibration], T]:
    """The same function of a calibration, its result kept as long as that; both are frozen.

    The result may share the calibration's arrays but not hold it: it would never be let go.
    """
    return _kept(make, lambda base: base)


def once_of_shares(make: Callable[[Calibration], T]) -> Callable[[Calibration], T]:
    """As `once`, of what does not depend on elasticities: calibrations of one table share it."""
    return _kept(make, lambda base: base.token)


def _kept(
    make: Callable[[Calibration], T], key: Callable[[Calibration], Calibration | Token]
) -> Callable[[Calibration], T]:
    store: WeakKeyDictionary[Calibration | Token, T] = WeakKeyDictionary()

    @wraps(make)
    def found(base: Calibration) -> T:
        at = key(base)
        if at not in store:
            store[at] = make(base)
        return store[at]

    return found


def _require_shares(
    names: tuple[tuple[str, ...], tuple[str, ...]], pi: Array, costs: Array, alpha: Array
) -> None:
    """Shares must sum to 1 (trade shares also to 0): otherwise no market system clears."""
    bought = pi.sum(axis=1)
    sums = {
        "gamma + sum_k gamma_in": costs,
        "trade shares pi": np.where(np.abs(bought) < SHARES, 1.0, bought),
        "final-use shares alpha": alpha.sum(axis=1),
    }
    problems: list[str] = []
    for what, values in sums.items():
        gap = np.abs(values - 1.0)
        if not gap.max() <= SHARES:
            place = np.unravel_index(int(gap.argmax()), gap.shape)
            where = ", ".join(labels[p] for labels, p in zip(names, place, strict=False))
            problems.append(f"{what} sum to {values[place]:.9g} in {where}, not to 1")
    if problems:
        raise WorldError("shares do not add up:\n  - " + "\n  - ".join(problems))


def _require_positive(values: Array, countries: Sequence[str], what: str) -> None:
    bad = [f"{countries[n]} ({values[n]:g})" for n in map(int, np.flatnonzero(~(values > 0)))]
    if bad:
        raise WorldError(f"{what} must be above 0 in every country; it is not in {', '.join(bad)}")
