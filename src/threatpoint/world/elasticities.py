"""Elasticities: five families of values, one set per horizon.

The symbols are those of the theory. The horizon ("long", "short") only picks the values; the
equations are the same at every horizon.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import WorldError, require_label, shown
from threatpoint.views import Shown
from threatpoint.world.given import labels_given

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from threatpoint.array_types import Array

SUBSTITUTION = ("eta", "epsilon", "rho")
BY_SECTOR = ("eta", "epsilon")
"""Of these, those that may differ by the using sector."""

WORDS = ("horizon", "source")


@dataclass(frozen=True, eq=False)
class Elasticities(Shown, view="threatpoint.world.views:ELASTICITIES"):
    """One set of elasticities.

    Attributes:
        theta: (S,) trade elasticity sigma_j - 1, the response of trade valued WITH tariffs.
        phi: (N, S) share of the mobile factor in value added; the supply elasticity of a sector
            is phi / (1 - phi), infinite at 1.
        eta: between value added and intermediates; one number, or (S,) by the using sector.
        epsilon: among intermediates; the same.
        rho: among final goods.
        horizon: the name of the set.
        source: where the values come from, in one sentence.

    Example:
        >>> own = tp.Elasticities.of(["A", "B"], ["FOOD", "STEEL"], theta=[8.0, 3.0], rho=0.5)
        >>> own.theta.tolist()
        [8.0, 3.0]
    """

    theta: Array
    phi: Array
    eta: float | Array = 1.0
    epsilon: float | Array = 1.0
    rho: float = 1.0
    horizon: str = "long"
    source: str = "given by the user"

    @classmethod
    def of(
        cls,
        countries: Sequence[str],
        sectors: Sequence[str],
        theta: ArrayLike,
        phi: ArrayLike = 1.0,
        **other: float | str | ArrayLike,
    ) -> Elasticities:
        """Build and check a set; `theta` broadcasts to (S,), `phi` to (N, S).

        Eta and epsilon are numbers, or (S,).

        Raises:
            WorldError: theta not above 0 (a cut-off then has no meaning), phi outside (0, 1], a
                substitution elasticity negative or not finite, or an unknown name.
        """
        countries, wrong = labels_given("country", countries)
        sectors, more = labels_given("sector", sectors)
        if wrong or more:
            raise WorldError("; ".join([*wrong, *more]))
        shape = (len(countries), len(sectors))
        for name in other:
            require_label("elasticity", name, (*SUBSTITUTION, *WORDS), WorldError)
        theta_ = _broadcast("theta", theta, shape[1:], "one value per sector, or one for all")
        phi_ = _broadcast("phi", phi, shape, "countries by sectors, one per sector, or one for all")
        bad = [sectors[int(j)] for j in np.flatnonzero(~(theta_ > 0) | ~np.isfinite(theta_))]
        if bad:
            raise WorldError(THETA + f"; it is not in {', '.join(bad)}")
        return cls(theta_, phi_, **other)  # type: ignore[arg-type]

    def __post_init__(self) -> None:
        """Refuse values that have no meaning, however the set was made."""
        theta, phi = (_floats(name, getattr(self, name)) for name in ("theta", "phi"))
        if not (np.isfinite(theta).all() and (theta > 0).all()):
            raise WorldError(THETA)
        if not ((phi > 0) & (phi <= 1)).all():
            raise WorldError("mobile-factor share phi must lie in (0, 1]")
        for name in WORDS:
            if not isinstance(value := getattr(self, name), str):
                problem = f"{name} of a set of elasticities must be a text, not {shown(value)}"
                raise WorldError(problem)
        nests = {name: _nest(name, getattr(self, name), theta.shape) for name in SUBSTITUTION}
        own = {name: values for name, values in nests.items() if isinstance(values, np.ndarray)}
        for name, values in (own | {"theta": theta, "phi": phi}).items():
            values.setflags(write=False)
            object.__setattr__(self, name, values)

    def same(self, other: Elasticities) -> bool:
        """Whether every value is that of another set, whatever the words beside them."""
        ours, theirs = ([*map(x.sectoral, SUBSTITUTION), x.theta, x.phi] for x in (self, other))
        return all(map(np.array_equal, ours, theirs))

    def sectoral(self, name: str) -> Array:
        """(S,) a substitution elasticity by using sector."""
        return np.broadcast_to(np.asarray(getattr(self, name), dtype=float), self.theta.shape)

    def common(self, name: str) -> float:
        """The value of a substitution elasticity that most sectors have."""
        values, counts = np.unique(self.sectoral(name), return_counts=True)
        return float(values[counts.argmax()])

    def apart(self, name: str, sectors: Sequence[str]) -> dict[str, float]:
        """Sector -> value, of those (by their codes) that have another than most."""
        values, common = self.sectoral(name), self.common(name)
        return {c: float(x) for c, x in zip(sectors, values, strict=True) if x != common}


THETA = (
    "trade elasticity theta must be above 0 and finite (a cut-off has no meaning otherwise; "
    "estimates on tariff-exclusive values are -(theta + 1): convert them first)"
)


def _broadcast(name: str, given: ArrayLike, shape: tuple[int, ...], wanted: str) -> Array:
    """A fresh array of this shape; a clear error where the values do not fit."""
    try:
        values = np.asarray(given, dtype=np.float64)
        return np.array(np.broadcast_to(values, shape))
    except (TypeError, ValueError) as error:
        raise WorldError(
            f"{name} does not fit {shape} ({wanted}): {type(given).__name__} of shape "
            f"{np.shape(np.asarray(given, dtype=object))}"
        ) from error


def _nest(name: str, value: Any, shape: tuple[int, ...]) -> Any:
    """A substitution elasticity, checked: a number, or an array by sector."""
    if name in BY_SECTOR and isinstance(value, list | tuple | np.ndarray) and np.ndim(value) > 0:
        values = np.array(_floats(name, value))
        if values.shape != shape:
            raise WorldError(f"{name} has {values.shape}: give one number, or {shape}, by sector")
        if not (np.isfinite(values) & (values >= 0)).all():
            raise WorldError(f"elasticity {name} must be 0 or more and finite in every sector")
        return values
    if not _usable(value):
        raise WorldError(f"elasticity {name} must be 0 or more and finite, not {shown(value)}")
    return value


def _usable(value: object) -> bool:
    """Whether a substitution elasticity is a finite number, 0 or more."""
    number = isinstance(value, int | float | np.integer | np.floating)
    return number and not isinstance(value, bool) and bool(0 <= value < np.inf)


def _floats(name: str, values: object) -> Array:
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise WorldError(f"{name} must be an array of numbers, not {shown(values)}") from error
