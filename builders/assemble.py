"""Put the pieces together: one balanced economy per set of tariffs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from builders import balance, data, trade
from builders.balance import GaveWay, Names
from builders.coefficients import Structure
from builders.sources import Array, Sources


@dataclass(frozen=True)
class Accounts:
    """Inputs (N, S, S), value added (N, S) and final use (N, S) that meet every identity."""

    inputs: Array
    value_added: Array
    final: Array
    gave_way: tuple[tuple[str, GaveWay], ...]


VALUE_ADDED_SHARE = (0.05, 0.95)
"""Prior: no sector's value added leaves these shares of its output."""

HARD, SOFT = 1000.0, 1.0
"""Weights in a conflict: trade totals hold, GDP gives way first."""


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
    revenue = (flows * tariff).sum(axis=(1, 2))
    targets = value_added(sources, revenue)
    inputs = np.zeros((*output.shape, output.shape[1]))
    added, final = np.zeros_like(output), np.zeros_like(output)
    gave_way: list[tuple[str, GaveWay]] = []
    names = Names(
        (*(f"absorption of {code}" for code in sources.sectors), "value added (GDP)"),
        (*(f"output of {code}" for code in sources.sectors), "final expenditure"),
    )
    weights = np.array(([HARD] * len(sources.sectors) + [SOFT]) * 2)
    for n, country in enumerate(sources.countries):
        start = prior_matrix(prior[country], absorption[n], output[n])
        rows = np.append(absorption[n], targets[n])
        columns = np.append(output[n], absorption[n].sum() + targets[n] - output[n].sum())
        low, high = _bounds(start, output[n])
        result = balance.project(start, rows, columns, low, high, names=names, weights=weights)
        inputs[n], final[n] = result.values[:-1, :-1], result.values[:-1, -1]
        added[n] = result.values[-1, :-1]
        gave_way += [(country, item) for item in result.gave_way]
    return Accounts(inputs, added, final, tuple(gave_way))


def _bounds(start: Array, output: Array) -> tuple[Array, Array]:
    """Lower and upper bounds: value added keeps a plausible share of output."""
    low, high = np.zeros_like(start), np.full_like(start, np.inf)
    low[-1, :-1] = VALUE_ADDED_SHARE[0] * output
    high[-1, :-1] = VALUE_ADDED_SHARE[1] * output
    return low, high


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
