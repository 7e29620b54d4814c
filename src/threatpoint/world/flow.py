"""Flows finer than the sectors of a table, and how its cells came about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Codes, Mask

BASIS = ("none", "observed", "scaled", "estimated")
"""How a cell came about: no value (also a ban), taken as published, published and rescaled (moved
to another year, a volume times a price, an average over months), or estimated."""


@dataclass(frozen=True)
class Flow(Shown):
    """A bilateral flow known in more detail than the sectors, such as crude oil inside oil and gas.

    Attributes:
        name: what flows, e.g. "crude".
        sector: the sector of the economy that contains it.
        values: money per year, shape (N importer, N exporter); part of `trade[:, :, sector]`.
        known: bool, same shape; False where nobody reports the flow (then the value is 0).
        basis: codes into `BASIS`, same shape.
        source: producer, year and how it was derived, in one sentence.
    """

    name: str
    sector: str
    values: Array
    known: Mask
    basis: Codes
    source: str
