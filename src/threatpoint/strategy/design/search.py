"""The search for best designs: proposed by a model, each solved, and the model mended by it.

Sizes stand on a lattice as fine as they are printed, so that what is printed can be typed in again
and gives the same figures. A search ends when the model proposes what was solved already. Every
answer is the best of all designs that were solved, so never below any of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.strategy.design.bench import LOST, Worth
from threatpoint.strategy.design.space import LEAST as POINT

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask, Positions
    from threatpoint.strategy.design.bench import Bench
    from threatpoint.strategy.design.model import Model

ROUNDS = 10
"""Rounds of proposals at most."""
GAIN = 2e-5
"""What a round must gain of what is sought, as a part of what designs can move, to go on."""
POLISH = 3
"""Rounds around the best."""
NEAR, FEW = (0.03,), 8
"""Steps beside the best, in parts of the most, and levers up to which they are taken."""
FIRST, LATER = 4, 1
"""Searches on the model a task, in the first round and later, beside the best that was solved."""
DIFFERENT, SAME = 0.25, 0.01
"""Distance between first starts, and from which later ones are two, in parts of the most."""
CORNERS = 6
"""Levers that are rounded both ways; of more, those that matter least go to the nearest."""

SMALL = 15
"""Steps of the lattice up to which a lever is hardly used."""
SIMPLER = 5e-5
"""What fewer levers may cost of what is sought, as a part of what designs can move at all."""

Sought = Callable[["Worth"], "Array"]


@dataclass(frozen=True)
class Aim:
    """What a search is for.

    Attributes:
        sought: of designs (M,), to be made large, USD bn.
        held: of designs (M, C), each to be 0 or more, USD bn.
    """

    sought: Sought
    held: Sought

    def both(self, rows: Array) -> Array:
        """(M, 1 + C) what is sought and what is held, at (M, 1 + T) worth."""
        worth = Worth.of(rows)
        return np.column_stack([self.sought(worth), self.held(worth)])


def best_of(values: Array) -> int | None:
    """Place of the best of designs (M, 1 + C); None where none keeps what must hold."""
    kept: Mask = np.all(values[:, 1:] >= 0.0, axis=1)
    return int(np.argmax(np.where(kept, values[:, 0], -np.inf))) if kept.any() else None


def ranked(values: Array) -> Positions:
    """Places of designs (M, 1 + C): those that keep what must hold, the best first; then others."""
    short = np.minimum(values[:, 1:], 0.0).sum(axis=1)
    return np.lexsort((-values[:, 0], -short))


@dataclass(eq=False)
class Task:
    """One aim on one model.

    Attributes:
        model: of the designs.
        aim: what is sought.
        margin: (C,) by which what must hold is held tighter, for what the model misses.
        starts: in parts of the most.
    """

    model: Model
    aim: Aim
    margin: Array | float = 0.0
    starts: Sequence[Array] | None = None
    before: float = -math.inf

    def propose(self) -> list[Array]:
        """The next designs to solve, on the lattice."""
        starts = self._first() if self.starts is None else self._again()
        ends = np.array([self._climbed(start) for start in starts])
        order = ranked(self._tight(self.model.rows(ends)))
        self.starts = _apart(ends[order], SAME, LATER)
        return [near for x in self.starts for near in self._on_lattice(x)]

    def learn(self, designs: Sequence[Array], fresh: bool) -> bool:
        """Whether to go on; holds tighter what the model says is held and is not."""
        before, self.before = self.before, self._reached
        if fresh:
            self.margin = 0.0
            return not math.isfinite(before) or self.before - before > GAIN * self._scale
        worth = self.model.bench.worth(self.model.space, designs)
        values = self.aim.both(worth.rows)
        if best_of(values) is not None:
            return False
        self.margin = self.margin - 1.2 * np.minimum(values[0, 1:], 0.0)
        return True

    def around(self, step: float) -> list[Array]:
        """The answer so far and designs a step beside it, in parts of the most."""
        best, most = self.answer, self.model.space.most
        if best is None or len(best) > FEW:
            return []
        ways = np.where(best / most + step <= 1.0, step, -step) * most
        return [best, *(POINT * np.round((best + way) / POINT) for way in np.diag(ways))]

    def barer(self) -> list[Array]:
        """The best designs by the model without the levers that the answer hardly uses."""
        best = self.answer
        if best is None or not ((best > 0) & (best <= SMALL * POINT)).any():
            return []
        used = best > SMALL * POINT
        start = np.where(used, best / self.model.space.most, 0.0)
        return self._on_lattice(self._climbed(start, used))

    @property
    def _reached(self) -> float:
        """What is sought, at the best that was solved; minus infinity without any."""
        values = self.aim.both(self.model.bench.solved(self.model.space)[1])
        best = best_of(values)
        return -math.inf if best is None else float(values[best, 0])

    @cached_property
    def _scale(self) -> float:
        """USD bn that designs of this space can move."""
        rows = self.model.bench.solved(self.model.space)[1]
        return float(np.abs(rows[rows[:, 0] > -LOST / 2]).max(initial=0.0)) or 1.0

    @property
    def answer(self) -> Array | None:
        """The best design that was solved on the lattice; of as good ones the simplest."""
        at, rows = self.model.bench.solved(self.model.space)
        on = np.abs(at / POINT - np.round(at / POINT)).max(axis=1) < 1e-6
        at, values = at[on], self.aim.both(rows[on])
        best = best_of(values) if len(at) else None
        if best is None:
            return None
        good = (values[:, 1:] >= 0.0).all(axis=1)
        good &= values[:, 0] >= values[best, 0] - SIMPLER * self._scale
        used = np.where(good, (at > 0).sum(axis=1), len(at[0]) + 1)
        fewest = used == used.min()
        return at[int(np.argmax(np.where(fewest & good, values[:, 0], -np.inf)))]

    def _tight(self, rows: Array) -> Array:
        values = self.aim.both(rows)
        values[:, 1:] -= self.margin
        return values

    def _first(self) -> list[Array]:
        """The best of many designs by the model, unlike each other, in every branch."""
        begun = self.model.begun()
        each = -(-FIRST // len(begun))
        return [
            start
            for tried, rows in begun
            for start in _apart(tried[ranked(self.aim.both(rows))], DIFFERENT, each)
        ]

    def _again(self) -> list[Array]:
        """Where the last searches ended, and the best that was solved."""
        best = self.answer
        own = [] if best is None else [best / self.model.space.most]
        return _apart([*(self.starts or ()), *own], SAME, LATER + 1)

    def _climbed(self, start: Array, used: Mask | None = None) -> Array:
        """Where sequential quadratic steps on the model end, of all levers or those used."""
        optimize: Any = import_module("scipy.optimize")
        seen: dict[bytes, tuple[Array, Array]] = {}

        def look(x: Array) -> tuple[Array, Array]:
            if (key := x.tobytes()) not in seen:
                row, slopes = self.model.look(x)
                values = self._tight(row[None])[0], _outer(self.aim, row) @ slopes
                seen[key] = values[0] / self._scale, values[1] / self._scale
            return seen[key]

        def of(rows: slice | int, part: int, sign: float = 1.0) -> Callable[[Array], Any]:
            return lambda x: sign * look(np.clip(x, 0.0, 1.0))[part][rows]

        rest = slice(1, None)
        found = optimize.minimize(
            of(0, 0, -1.0), start, jac=of(0, 1, -1.0), method="SLSQP",
            bounds=[(0.0, float(free)) for free in (np.ones(len(start)) if used is None else used)],
            constraints=[{"type": "ineq", "fun": of(rest, 0), "jac": of(rest, 1)}],
            options={"maxiter": 30, "ftol": 1e-6},
        )  # fmt: skip
        return np.clip(found.x, 0.0, 1.0)

    def _on_lattice(self, x: Array) -> list[Array]:
        """The point of the lattice beside a design that is best by the model.

        Where a lever is hardly used, also the best without such levers.
        """
        sizes = x * self.model.space.most / POINT
        sides: list[list[float]] = [[float(round(size))] for size in sizes]
        for k in np.argsort(-np.abs(sizes - np.round(sizes)))[:CORNERS]:
            sides[k] = sorted({math.floor(sizes[k]), math.ceil(sizes[k])})
        tried = POINT * np.array([*product(*sides)])
        bare = np.where(tried <= SMALL * POINT, 0.0, tried)
        found = [self._best(tried)]
        return found if (bare == tried).all() else [*found, self._best(bare)]

    def _best(self, tried: Array) -> Array:
        """The best of some designs by the model."""
        return tried[ranked(self._tight(self.model.rows(tried / self.model.space.most)))[0]]


def _apart(designs: Iterable[Array], least: float, most: int) -> list[Array]:
    """The first designs, up to so many, that are further apart than a distance."""
    found: list[Array] = []
    left = np.array(list(designs))
    while len(left) and len(found) < most:
        found.append(left[0])
        left = left[np.abs(left - left[0]).max(axis=1) > least]
    return found


def _outer(aim: Aim, row: Array) -> Array:
    """(1 + C, 1 + T) slopes of what is sought and held in what a design is worth."""
    step = 1e-6 * max(1.0, float(np.abs(row).max()))
    found = aim.both(np.vstack([row, row + step * np.eye(len(row))]))
    return (found[1:] - found[0]).T / step


def search(bench: Bench, tasks: Sequence[Task]) -> list[Array | None]:
    """The best design of each task; None where none of those solved keeps what must hold.

    All tasks are searched side by side: first anywhere, then around the best that was found, where
    more is solved so that the model knows its slopes.
    """
    _rounds(bench, tasks, ROUNDS)
    for near in NEAR:
        bench.many((t.model.space, t.around(near)) for t in tasks)
        _rounds(bench, tasks, POLISH)
    bench.many((t.model.space, t.barer()) for t in tasks)
    return [task.answer for task in tasks]


def _rounds(bench: Bench, tasks: Sequence[Task], most: int) -> None:
    """Propose, solve and learn until nothing new is proposed."""
    going = list(tasks)
    for _ in range(most):
        proposed = [task.propose() for task in going]
        new = [bench.lacks(t.model.space, xs) for t, xs in zip(going, proposed, strict=True)]
        bench.many((t.model.space, xs) for t, xs in zip(going, proposed, strict=True))
        ended = zip(going, proposed, new, strict=True)
        going = [task for task, designs, fresh in ended if task.learn(designs, fresh)]
        if not going:
            break
