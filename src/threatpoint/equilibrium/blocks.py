"""The small pieces of the Jacobian that a large world's guide is made of (`coarse`).

Rows are those of the map's step less what of prices and spending only follows the wage step, so
that a country's own block holds nothing of the others. Everything is in single precision.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.inverse import SMALLEST, inverted
from threatpoint.equilibrium.tangent import SINGLE, Directions, Tangent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threatpoint.array_types import Floats

AT_ONCE = 32
"""Directions whose image is taken at once: more do not stay in the processor's memory, and memory
that is asked for anew costs more than the numbers in it.
"""


class Compact(Tangent):
    """The derivative at a baseline with fewer numbers to read: all that is sold by one array."""

    def __init__(self, tangent: Tangent) -> None:
        vars(self).update(vars(tangent))
        self.wanted = self.sold  # the same at baseline prices

    def _across(self, wanted: Floats, demand: Floats, dearer: Floats) -> tuple[Floats, Floats]:
        less = self._over_sellers(self.sold.transpose(0, 2, 1), self.output * dearer)
        return self.output * wanted - self.home * demand, less - self.home * dearer


class Alone(Tangent):
    """The derivative where nothing reaches a country from abroad, without the numeraire."""

    def __init__(self, tangent: Tangent) -> None:
        vars(self).update(vars(tangent))
        self.money = copy(tangent.money)
        self.money.blocs = 0.0 * self.money.blocs

    @staticmethod
    def _over_sellers(shares: Floats, values: Floats) -> Floats:
        return np.einsum("jnn->jn", shares)[:, :, None] * values

    _over_buyers = _over_sellers

    def _across(self, wanted: Floats, demand: Floats, dearer: Floats) -> tuple[Floats, Floats]:
        return np.zeros_like(wanted), np.zeros_like(dearer)


def countries(tangent: Tangent) -> Floats:
    """Inverse of how prices and spending of a country move with each other there, [n, 2 S, 2 S].

    Raises:
        LinAlgError: one is singular.
    """
    s, n = tangent.system.shape
    found, alone = np.empty((n, 2 * s, 2 * s), dtype=SINGLE), Alone(tangent)
    one = np.broadcast_to(np.eye(2 * s, dtype=SINGLE)[:, None], (2 * s, n, 2 * s))
    for part in _parts(2 * s):
        each = one[..., part]
        still = np.zeros((n, each.shape[-1]), dtype=SINGLE)
        step = own_steps(alone, alone.image(Directions(still, each[:s], each[s:])).step)
        found[..., part] = np.reshape(step[n:], each.shape).transpose(1, 0, 2)
    return inverted(found, SMALLEST)


def sectors(tangent: Tangent) -> Floats:
    """Inverse of how the prices of a sector move with each other along supply curves, [k, n, n].

    For the sectors with a specific factor. Costs follow sales and the sector's own goods as inputs.

    Raises:
        LinAlgError: one is singular.
    """
    _, n = tangent.system.shape
    terms, pick, one = tangent.terms, tangent.terms.pick, np.eye(n, dtype=SINGLE)
    if terms.curve is None:
        return np.zeros((0, n, n), dtype=SINGLE)
    (_, supply, bend), made = terms.curve, tangent.use.made[pick]
    own = np.einsum("njj->jn", tangent.use.inputs)[pick][:, :, None]
    cost = terms.theta[pick] * made * supply * tangent.wanted[pick] + (1.0 - made) * own * one
    cost = cost / (1.0 + made * bend)
    if terms.given is not None:
        cost[np.arange(len(tangent.wanted))[pick] == terms.given] = 0.0
    there = np.matmul(tangent.bought[pick], cost) - one
    return inverted(there, SMALLEST)


def in_countries(blocks: Floats, columns: Floats) -> Floats:
    """Blocks of `countries` times columns of prices and spending [2 S N, m]."""
    n, both, _ = blocks.shape
    given = np.ascontiguousarray(np.reshape(columns, (both, n, -1)).transpose(1, 0, 2))
    return np.reshape(np.matmul(blocks, given).transpose(1, 0, 2), columns.shape)


def in_sectors(tangent: Tangent, blocks: Floats, columns: Floats) -> Floats:
    """Blocks of `sectors` times prices in columns [2 S N, m]; all else steps as the map does."""
    found = -columns
    pick = tangent.terms.pick
    if tangent.terms.curve is None:
        return found
    given, out = (np.reshape(x, (2, *tangent.system.shape, -1))[0] for x in (columns, found))
    out[pick] = np.matmul(blocks, given[pick])
    return found


def moved(tangent: Tangent, wage: Floats, rest: Floats) -> Floats:
    """The Jacobian times wages [n, m] above prices and spending [2 S N, m]: [size, m]."""
    found = np.empty((len(wage) + len(rest), wage.shape[1]), dtype=SINGLE)
    for part in _parts(wage.shape[1]):
        price, spend = np.reshape(rest[:, part], (2, *tangent.system.shape, -1))
        step = tangent.image(Directions(wage[:, part], price, spend)).step
        found[:, part] = own_steps(tangent, step)
    return found


def _parts(count: int) -> Iterator[slice]:
    """So many directions, `AT_ONCE` at a time."""
    return (slice(k, k + AT_ONCE) for k in range(0, count, AT_ONCE))


def own_steps(tangent: Tangent, steps: Floats) -> Floats:
    """Steps [size, m] less what of prices and spending only follows the wage step, in place."""
    s, n = tangent.system.shape
    rest = np.reshape(steps[n:], (2, s, n, -1))
    rest -= tangent.follow * steps[:n]
    return steps
