"""Put the pieces together: one balanced economy per set of tariffs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from builders import balance, coefficients, trade
from builders.balance import GaveWay
from builders.coefficients import Structure
from builders.sources import Array, Sources


@dataclass(frozen=True)
class Accounts:
    """Inputs (N, S, S), value added (N, S) and final use (N, S) that meet every identity."""

    inputs: Array
    value_added: Array
    final: Array
    gave_way: tuple[tuple[str, GaveWay], ...]
    shifts: tuple[tuple[str, str, str, float, float], ...]


def value_added_target(sources: Sources, output: Array, prior: Array, revenue: Array) -> Array:
    """(N,) value added: GDP of 2023 less tariff revenue; without GDP, the prior share of output.

    GDP is at market prices: taxes on products count as value added here.
    """
    gdp = trade.gdp_of(sources, 2023)
    return np.array(
        [
            gdp[c] - revenue[n] if c in gdp else float(prior[n] @ output[n])
            for n, c in enumerate(sources.countries)
        ]
    )


def accounts(
    sources: Sources, flows: Array, tariff: Array, prior: Mapping[str, Structure]
) -> Accounts:
    """Balance every country to its output, absorption and GDP."""
    absorption = (flows * (1 + tariff)).sum(axis=1)
    output = flows.sum(axis=0)
    revenue = (flows * tariff).sum(axis=(1, 2))
    shares = np.stack([prior[c].value_added for c in sources.countries])
    targets = value_added_target(sources, output, shares, revenue)
    inputs = np.zeros((*output.shape, output.shape[1]))
    added, final = np.zeros_like(output), np.zeros_like(output)
    gave_way: list[tuple[str, GaveWay]] = []
    shifts: list[tuple[str, str, str, float, float]] = []
    for n, country in enumerate(sources.countries):
        start = prior_matrix(prior[country], absorption[n], output[n])
        rows = np.append(absorption[n], targets[n])
        columns = np.append(output[n], absorption[n].sum() + targets[n] - output[n].sum())
        result = balance.project(start, rows, columns)
        inputs[n], final[n] = result.values[:-1, :-1], result.values[:-1, -1]
        added[n] = result.values[-1, :-1]
        gave_way += [(country, item) for item in result.gave_way]
    return Accounts(inputs, added, final, tuple(gave_way), tuple(shifts))


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
