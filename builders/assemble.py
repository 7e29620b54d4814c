"""Put the pieces together: one balanced economy per set of tariffs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from builders import data, trade
from builders.coefficients import Structure
from builders.sources import Array, Sources
from threatpoint.world.accounts import Accounts, balanced

FINAL_TAXES = data.WORLD["final_taxes"]
"""GDP less taxes on what is used in the end, over GDP: value, low, high."""


def gdp(sources: Sources, year: int) -> Array:
    """(N,) GDP at market prices."""
    known = trade.gdp_of(sources, year)
    return np.array([known[code] for code in sources.countries])


def value_added(sources: Sources, revenue: Array) -> Array:
    """(N,) value added of 2023: GDP less taxes on final use, less tariffs.

    What output leaves after inputs is value added at basic prices and the taxes on inputs. Taxes on
    final use are no part of it, though GDP at market prices holds them.
    """
    return FINAL_TAXES["value"] * gdp(sources, 2023) - revenue


def deficit_share(sources: Sources, flows: Array, year: int) -> Array:
    """(N,) trade deficit over GDP at market prices."""
    total = flows.sum(axis=2)
    return (total.sum(axis=1) - total.sum(axis=0)) / gdp(sources, year)


def accounts(
    sources: Sources, flows: Array, tariff: Array, prior: Mapping[str, Structure]
) -> Accounts:
    """Balance every country to its output, absorption and GDP."""
    absorption = (flows * (1 + tariff)).sum(axis=1)
    output = flows.sum(axis=0)
    codes = sources.countries
    start = np.stack(
        [prior_matrix(prior[c], absorption[n], output[n]) for n, c in enumerate(codes)]
    )
    added = value_added(sources, (flows * tariff).sum(axis=(1, 2)))
    return balanced(start, absorption, output, added, codes, sources.sectors)


def prior_matrix(structure: Structure, absorption: Array, output: Array) -> Array:
    """Prior use table with value added below and final use to the right, in money of 2023."""
    size = len(output)
    matrix = np.zeros((size + 1, size + 1))
    used = structure.inputs * output
    room = absorption * (1 - structure.final)
    total = used.sum(axis=1)
    matrix[:size, :size] = used * (room / np.where(total > 0, total, 1.0))[:, None]
    matrix[:size, size] = absorption * np.where(total > 0, structure.final, 1.0)
    matrix[size, :size] = structure.value_added * output
    return matrix
