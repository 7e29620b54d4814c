"""A model of what designs are worth, through designs that were solved; it only proposes designs.

Against one target a smooth surface goes through solved designs (radial functions, Powell 1992).
Against several their surfaces add up, and a further one goes through what that misses: incomes
of targets hit together are those of each hit alone within some percent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.strategy.design.bench import LOST

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.strategy.design.bench import Bench
    from threatpoint.strategy.design.space import Space

APART = 1.2e-3
"""Designs nearer than this, in parts of the most, count as one: closer ones tell no slope."""
DENSER = 1.5
"""Power of a part that is drawn: small threats are told apart more finely."""
PRICES = np.geomspace(0.03, 30.0, 48)
"""Prices at which designs against single targets are put together."""
TRIED = 600
"""Designs drawn among which the first starts of a search are."""
TINY = 1e-12
POWER = {2: 5, 1: 3, 0: 1}
"""Degree of the polynomial beneath a surface -> power of the distance."""


def samples(levers: int, count: int, seed: int = 0) -> Array:
    """(M, levers) designs in parts of the most: a Latin hypercube, denser where sizes are small."""
    rng = np.random.default_rng(seed)
    rows = np.argsort(rng.uniform(size=(count, levers)), axis=0)
    return ((rows + rng.uniform(size=rows.shape)) / count) ** DENSER


def corners(levers: int) -> Array:
    """(2^levers, levers) every lever at nothing or at its most."""
    return np.array(np.meshgrid(*[[0.0, 1.0]] * levers)).reshape(levers, -1).T


@dataclass(frozen=True, eq=False)
class Surface:
    """A smooth surface through values at points: sum of w |x - at|^power, and a polynomial.

    Attributes:
        at: (M, V) points.
        weights: (M, R) of the distances.
        trend: (P, R) of the polynomial.
        degree: of the polynomial.
    """

    at: Array
    weights: Array
    trend: Array
    degree: int

    @classmethod
    def through(cls, at: Array, values: Array) -> Surface:
        """Through values (M, R) at points (M, V); of points too near each other the first."""
        kept: list[int] = []
        for k, x in enumerate(at):
            if not kept or np.abs(at[kept] - x).max(axis=1).min() > APART:
                kept.append(k)
        at, values = at[kept], values[kept]
        count = len(at)
        need = {d: _polynomial(at[:1], d).shape[1] for d in POWER}
        degree = next(d for d in (2, 1, 0) if count >= 2 * need[d] or d == 0)
        below = _polynomial(at, degree)
        size = below.shape[1]
        whole = np.zeros((count + size, count + size))
        whole[:count, :count] = _distance(at, at) ** POWER[degree]
        whole[:count, count:], whole[count:, :count] = below, below.T
        right = np.vstack([values, np.zeros((size, values.shape[1]))])
        found: Array = np.linalg.solve(whole, right).astype(np.float64)
        return cls(at, found[:count], found[count:], degree)

    def __call__(self, x: Array) -> Array:
        """(M, R) at (M, V)."""
        far = _distance(x, self.at) ** POWER[self.degree]
        return far @ self.weights + _polynomial(x, self.degree) @ self.trend

    def look(self, x: Array) -> tuple[Array, Array]:
        """(R,) and slopes (R, V) at one point (V,)."""
        power, apart = POWER[self.degree], x - self.at
        far = np.sqrt(np.einsum("mv,mv->m", apart, apart))
        scale = power * np.maximum(far, TINY) ** (power - 2)
        slopes = (self.weights * scale[:, None]).T @ apart
        below, steps = _below(x, self.degree)
        return far**power @ self.weights + below @ self.trend, slopes + (steps @ self.trend).T


def _distance(one: Array, other: Array) -> Array:
    return np.sqrt(((one[:, None] - other[None]) ** 2).sum(axis=2))


def _polynomial(x: Array, degree: int) -> Array:
    """(M, P): 1; x; the products of two of x."""
    parts = [np.ones((len(x), 1)), x][: 1 + degree]
    if degree == 2:
        i, j = _pairs(x.shape[1])
        parts.append(x[:, i] * x[:, j])
    return np.hstack(parts)


def _below(x: Array, degree: int) -> tuple[Array, Array]:
    """(P,) the same at one point (V,), and its slopes (V, P)."""
    wide = len(x)
    i, j = _pairs(wide)
    count = (1, 1 + wide, 1 + wide + len(i))[degree]
    value = np.concatenate([[1.0], x, x[i] * x[j]])
    slopes = np.zeros((wide, 1 + wide + len(i)))
    slopes[:, 1 : 1 + wide] = np.eye(wide)
    at = 1 + wide + np.arange(len(i))
    np.add.at(slopes, (i, at), x[j])
    np.add.at(slopes, (j, at), x[i])
    return value[:count], slopes[:, :count]


@cache
def _pairs(wide: int) -> tuple[Any, Any]:
    return np.triu_indices(wide)


@dataclass(eq=False)
class Model:
    """What designs against some targets are worth: W and every K, in parts of the levers' most.

    Attributes:
        space: of these targets.
        alone: the spaces of each of them; the space itself where there is one target.
        bench: what was solved.
    """

    space: Space
    alone: Sequence[Space]
    bench: Bench
    _known: dict[int, tuple[int, Surface]] = field(default_factory=dict[int, "tuple[int, Surface]"])
    _begun: tuple[int, list[tuple[Array, Array]]] = (-1, [])

    def rows(self, x: Array) -> Array:
        """(M, 1 + T) at (M, V)."""
        found = sum(surface(x[:, part]) for surface, part in self._parts)
        return found + self._missed(x) if len(self.alone) > 1 else np.asarray(found)

    def begun(self) -> list[tuple[Array, Array]]:
        """Designs among which first starts are, with their rows (M, 1 + T): a pair a branch.

        All together, where there are several targets: their branches are too many.
        """
        count = self.bench.count(self.space)
        if self._begun[0] != count:
            tried, several = self._tried(), len(self.alone) > 1
            branches = [np.ones(tried.shape[1])] if several else self.space.branches
            found = [tried * branch for branch in branches]
            self._begun = count, [(own, self.rows(own)) for own in found]
        return self._begun[1]

    def _tried(self) -> Array:
        """Designs drawn, and those that were solved."""
        rng = np.random.default_rng(0)
        tried = rng.uniform(size=(TRIED, len(self.space.levers))) ** DENSER
        tried[::2] *= rng.uniform(size=tried[::2].shape) < 0.5
        return np.vstack([self.bench.solved(self.space)[0] / self.space.most, tried])

    def look(self, x: Array) -> tuple[Array, Array]:
        """(1 + T,) and slopes (1 + T, V) at one design (V,)."""
        found = [surface.look(x[part]) for surface, part in self._parts]
        rows, slopes = sum(value for value, _ in found), np.hstack([slope for _, slope in found])
        if len(self.alone) > 1:
            missed = self._missed.look(x)
            return rows + missed[0], slopes + missed[1]
        return np.asarray(rows), slopes

    @property
    def _parts(self) -> list[tuple[Surface, slice]]:
        """The surface of each target, and where its levers stand."""
        return [
            (self._surface(one), part) for one, part in zip(self.alone, self._places, strict=True)
        ]

    @cached_property
    def _places(self) -> list[slice]:
        ends = np.cumsum([0, *(len(one.levers) for one in self.alone)]).tolist()
        return [slice(a, b) for a, b in pairwise(ends)]

    def combined(self) -> list[Array]:
        """The best designs against each target, put together at the same price of a loss.

        Incomes nearly add up, so the best against all have one price: what a dollar more lost by a
        target may cost the sender.
        """
        names = list(self.bench.question.parties)
        known = [(*self.bench.solved(one), names.index(one.targets[0])) for one in self.alone]
        return [
            np.concatenate(
                [at[np.argmax(rows[:, 1 + i] + p * rows[:, 0])] for at, rows, i in known]
            )
            for p in PRICES
        ]

    def _surface(self, space: Space) -> Surface:
        """Through all designs of a space that were solved."""
        count = self.bench.count(space)
        if self._known.get(id(space), (0,))[0] != count:
            at, rows = _with_alike(space, *self.bench.solved(space))
            if space is self.space and len(self.alone) > 1:
                rows = rows - sum(s((at / space.most)[:, part]) for s, part in self._parts)
            kept = rows[:, 0] > -LOST / 2
            self._known[id(space)] = count, Surface.through(at[kept] / space.most, rows[kept])
        return self._known[id(space)][1]

    @property
    def _missed(self) -> Surface:
        """What the sum misses where targets were hit together."""
        return self._surface(self.space)


def _with_alike(space: Space, at: Array, rows: Array) -> tuple[Array, Array]:
    """Designs and what they are worth, with those that differ only in what has no effect."""
    more = [space.alike(x) for x in at]
    counts = [len(each) for each in more]
    return np.array([x for each in more for x in each]), np.repeat(rows, counts, axis=0)
