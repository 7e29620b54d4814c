"""One input that is drawn: its distribution on a uniform, its unit and its source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threatpoint.array_types import Array

NORMAL = "standard normal"


@dataclass(frozen=True)
class Input:
    """One input.

    Attributes:
        key: its name in the store.
        meaning: what it is.
        spread: its distribution in words.
        source: where that comes from.
        quantile: uniforms in (0, 1) -> values.
        unit: of the values.
    """

    key: str
    meaning: str
    spread: str
    source: str
    quantile: Callable[[Array], Array]
    unit: str = "1"


def standard_normal(uniform: Array) -> Array:
    """The quantile of a standard normal."""
    from scipy.special import ndtri  # takes a tenth of a second, and only a worker needs it

    return ndtri(uniform)
