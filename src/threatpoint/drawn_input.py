"""One input that is drawn: its distribution on a uniform, its unit, its source and its date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from threatpoint.laws import normal, quantile

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.quantity import Quantity

CHOSEN = "2026-11"
"""Month in which this project chose its priors; events up to August 2026 lay open."""
NORMAL = "standard normal"
standard_normal = normal
"""The quantile of a standard normal."""


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
        known: year or month from which it could be known; "" where it is not on record.
        group: inputs that are drawn together share one; a total index is of a group.
    """

    key: str
    meaning: str
    spread: str
    source: str
    quantile: Callable[[Array], Array]
    unit: str = "1"
    known: str = ""
    group: str = ""

    @classmethod
    def of(
        cls, key: str, meaning: str, given: Quantity, law: str, known: str, group: str = ""
    ) -> Input:
        """From a quantity and its law, one of `laws.LAWS`.

        Example:
            >>> from threatpoint.quantity import Quantity
            >>> number = Quantity(2.0, 1.0, 4.0, "1", source="prior", prior=True)
            >>> Input.of("r", "price of ground", number, "lognormal", "2025-03").spread
            'lognormal, 1 to 4'
        """
        spread = (
            f"always {given.value:g}"
            if given.low == given.high
            else (f"{law}, {given.low:g} to {given.high:g}")
        )
        source = "; ".join(part for part in (given.source, given.page) if part)
        return cls(key, meaning, spread, source, partial(quantile, given, law), given.unit,
                   known, group or key)  # fmt: skip
