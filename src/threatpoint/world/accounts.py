"""Balance every country of a table: inputs, value added and final use closest to a prior.

The totals come from trade and tariffs: absorption, output, and value added by country. Each country
is one projection (`threatpoint.world.projection`); builders make the shipped table with it, and a
drawn world is balanced with it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import WorldError
from threatpoint.world.projection import GaveWay, Names, project

if TYPE_CHECKING:
    from threatpoint.array_types import Array

VALUE_ADDED_SHARE = (0.05, 0.95)
"""Prior: no sector's value added leaves these shares of its output."""

HARD, SOFT = 1000.0, 1.0
"""Weights in a conflict: trade totals hold, GDP gives way first."""

GDP, FINAL = "value added (GDP)", "final expenditure"
"""The totals that are soft: what the one loses, the other does."""


@dataclass(frozen=True)
class Accounts:
    """Inputs (N, S, S), value added (N, S) and final use (N, S) that meet every identity.

    `gave_way` holds country and total where totals exclude each other.
    """

    inputs: Array
    value_added: Array
    final: Array
    gave_way: tuple[tuple[str, GaveWay], ...]


def balanced(
    prior: Array,
    absorption: Array,
    output: Array,
    value_added: Array,
    countries: Sequence[str],
    sectors: Sequence[str],
    own: Array | None = None,
) -> Accounts:
    """Balance every country to its output, absorption and value added.

    Args:
        prior: (N, S + 1, S + 1) inputs [k, j], with value added below and final use to the right.
        absorption: (N, S) spending at user prices.
        output: (N, S) sales at basic prices.
        value_added: (N,) of the country; it gives way where totals exclude each other.
        countries: N codes, for messages.
        sectors: S codes, for messages.
        own: (N, S) shares of value added in output that are allowed in any case.

    Raises:
        WorldError: a country does not balance.
    """
    names, weights = _names(sectors), np.array(([HARD] * len(sectors) + [SOFT]) * 2)
    cells, gave_way = np.zeros_like(prior), []
    for n, country in enumerate(countries):
        rows = np.append(absorption[n], value_added[n])
        final = absorption[n].sum() + value_added[n] - output[n].sum()
        low, high = _bounds(prior[n], output[n], None if own is None else own[n])
        columns = np.append(output[n], final)
        try:
            found = project(prior[n], rows, columns, low, high, names=names, weights=weights)
        except WorldError as stopped:
            raise WorldError(f"{country} does not balance: {stopped}") from stopped
        cells[n] = found.values
        gave_way += [(country, item) for item in found.gave_way]
    return Accounts(
        np.ascontiguousarray(cells[:, :-1, :-1]),
        np.ascontiguousarray(cells[:, -1, :-1]),
        np.ascontiguousarray(cells[:, :-1, -1]),
        tuple(gave_way),
    )


def _names(sectors: Sequence[str]) -> Names:
    return Names(
        (*(f"absorption of {code}" for code in sectors), GDP),
        (*(f"output of {code}" for code in sectors), FINAL),
    )


def _bounds(prior: Array, output: Array, own: Array | None) -> tuple[Array, Array]:
    """Lower and upper bounds: value added keeps a plausible share of output, or its own."""
    least, most = VALUE_ADDED_SHARE
    low, high = np.zeros_like(prior), np.full_like(prior, np.inf)
    low[-1, :-1] = output * (least if own is None else np.minimum(least, own))
    high[-1, :-1] = output * (most if own is None else np.maximum(most, own))
    return low, high
